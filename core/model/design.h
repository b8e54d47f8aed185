// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file design.h What the older designs have in common: a file with one network
   or a few, each of which can be seen as rows in and rows out.

   models/older/networks.py is the same in PyTorch.
*/

#ifndef CT_MODEL_DESIGN_H
#define CT_MODEL_DESIGN_H

#include "base/arena.h"
#include "base/attributes.h"
#include "base/status.h"
#include "model/loader.h"
#include "model/safetensors.h"
#include "model/tower.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

/// Most networks of a file
#define CT_MAX_NETWORKS 3U

/// Most classes of an input row
#define CT_MAX_FEATURES 4U

/// Most classes of a head
#define CT_MAX_LABELS 2048

/// Largest width of a hidden layer
#define CT_MAX_HIDDEN 4096

/// Largest width of an embedding, and of a latent
#define CT_MAX_EMBEDDING 1024

/// Symbols: padding, "held", "rest", and the keys of a piano
#define CT_N_SYMBOLS 91U

/// Longest window
#define CT_MAX_WINDOW 256

/// A network as rows in and rows out, for what knows no more of it: tests,
/// scorers and benches
typedef struct CtNetworkImpl {
  const char* name;      ///< As in the file, "" where there is only one
  const void* weights;   ///< Which `run` knows
  uint32_t    n_classes; ///< Classes of an input row
  uint32_t    limits[CT_MAX_FEATURES]; ///< Each class is below its limit
  uint32_t    n_numbers;               ///< Numbers of an input row
  uint32_t    n_latent;  ///< Numbers that are the same for all rows
  uint32_t    n_outputs; ///< Numbers of an output row: the logits of all heads
  uint32_t    window; ///< Input rows to one output row: 0 if each has its own

  /// Floats of scratch that `run` needs for `n` rows
  size_t (*scratch_size)(const struct CtNetworkImpl* network, uint32_t n);

  /**
     Run over rows, from a state of zeros.

     @param input As a tower's: `numbers` are the latent's if there is one.
     @param n Rows; exactly `window`, if that is not 0.
     @param scratch [scratch_size()] all zero.
     @param outputs [n or 1, n_outputs]
  */
  void (*run)(const struct CtNetworkImpl* network,
              const CtTowerInput*         input,
              uint32_t                    n,
              CtMultiply                  multiply,
              float*                      scratch,
              float*                      outputs);
} CtNetwork;

/// One of the older designs
typedef struct {
  const char* kind; ///< As in the file
  size_t      size; ///< Of what `load` fills

  /// Load what the metadata's "architecture" tells of
  void (*load)(CtLoader* loader, const struct cJSON* architecture, void* net);

  /// What is in a loaded one.  @return How many of `networks` were set
  uint32_t (*list)(const void* net, CtNetwork networks[CT_MAX_NETWORKS]);
} CtDesign;

/**
   Load the networks of a file, and run its self-test.

   @thread main
   @param json The `continuo` metadata's text.
   @param net What the design says: CtTwoClefs for ct_two_clefs, and so on.
   @param arena Set to the memory that `net` lives in, for ct_arena_free(); null
   on failure.
   @return CT_MODEL_BAD_METADATA, CT_MODEL_BAD_VERSION, CT_MODEL_BAD_KIND,
   CT_MODEL_MISSING_TENSOR, CT_MODEL_EXTRA_TENSOR, CT_MODEL_WRONG_SHAPE,
   CT_MODEL_NOT_FINITE, CT_MODEL_SELF_TEST or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_design_load(const CtDesign*     design,
               const CtTensorFile* file,
               const char*         json,
               void*               net,
               CtArena**           arena);

/// Read a whole number in [1, max] by its key; 1 after a failure, which stays
/// in the loader.  @thread main
uint32_t
ct_design_size(CtLoader*           loader,
               const struct cJSON* architecture,
               const char*         key,
               int                 max);

/// Likewise, item `index` of a list.  @thread main
uint32_t
ct_design_size_at(CtLoader*           loader,
                  const struct cJSON* architecture,
                  const char*         key,
                  int                 index,
                  int                 max);

/**
   Load a tower of one table and one head, of `n_labels` classes each, out of an
   "embedding", "hidden" and "layers".

   @thread main
   @param owner Of its tensors; "" for none.
   @param layers Name of its recurrent layers.
   @param n_more Rows of the table past its classes.
   @param tower Its n_numbers must be set.
*/
void
ct_design_load_tower(CtLoader*           loader,
                     const struct cJSON* architecture,
                     const char*         owner,
                     const char*         layers,
                     CtCell              cell,
                     uint32_t            n_labels,
                     uint32_t            n_more,
                     CtTower*            tower);

/**
   The logits of all heads along a window, one head's after the other's.

   @thread any, but for OpenBLAS
   @param u [n, H] From ct_tower_window().
   @param scratch [ct_tower_scratch_size() + n times all classes] Overwritten.
   @param outputs [n, all classes]
*/
CT_REALTIME void
ct_design_heads(const CtTower* tower,
                const float*   u,
                uint32_t       n,
                CtMultiply     multiply,
                float*         scratch,
                float*         outputs);

/// A tower as rows in and rows out; its numbers are a latent if that is said.
/// @thread any
CtNetwork
ct_design_tower(const char* name, const CtTower* tower, bool is_latent);

/// A network that is told a window of symbols, without its scratch_size and
/// run.
/// @thread any
CtNetwork
ct_design_window(const char* name,
                 const void* weights,
                 uint32_t    window,
                 uint32_t    n_outputs);

#endif // CT_MODEL_DESIGN_H

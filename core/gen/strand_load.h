// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file strand_load.h Models of the older designs, from their files

#ifndef CT_GEN_STRAND_LOAD_H
#define CT_GEN_STRAND_LOAD_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/model.h"
#include "gen/strand.h"
#include "model/design.h"
#include "model/safetensors.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

/// What the rows of one network of a file tell a strand
typedef struct {
  const char* network; ///< Its name, "" where there is only one
  uint32_t    strand;
  uint32_t    first; ///< Feature of the strand's rows that its own begin at
  uint32_t    n;     ///< How many
  bool        is_numbers; ///< Not classes
} CtStrandFeed;

/// How the files of a kind are read
typedef struct {
  const CtDesign*       networks;
  const CtStrandDesign* design;
  CtStrandFeed          feeds[CT_MAX_NETWORKS];
  uint32_t              n_feeds;

  /// Read the tables, and whether they fit the networks.
  /// @param codec The metadata's "codec".
  bool (*read)(const struct cJSON* codec, CtStrandModel* model);
} CtStrandFile;

/// As CtKind's load().  @thread main
CT_NODISCARD CtStatus
ct_strand_load(const CtStrandFile* kind,
               const CtTensorFile* file,
               const char*         json,
               CtModel*            model);

/// As CtKind's networks().  @thread any
uint32_t
ct_strand_networks(const CtModel* model, CtNetwork networks[CT_MAX_NETWORKS]);

/// As CtKind's unload().  @thread worker|main
void
ct_strand_unload(CtModel* model);

/// Read rising grid ticks as ticks.
/// @thread main
/// @param n How many they must be; at most CT_STRAND_TICKS.
/// @return `n`, or 0 if they are not that
uint32_t
ct_strand_read_ticks(const struct cJSON* list, uint32_t n, int32_t* ticks);

/// Read the grid ticks of a step.  @return False if they are none.
/// @thread main
bool
ct_strand_read_unit(const struct cJSON* item, CtStrandModel* model);

/// Read a name of a part.  @return False if it is none.  @thread main
bool
ct_strand_read_part(const struct cJSON* name, uint8_t* part);

/// Read keys of `n` labels.  @return False if they are not that, or there is no
/// memory.  @thread main
bool
ct_strand_read_labels(const struct cJSON* list,
                      uint32_t            n,
                      CtStrandLabels*     labels);

/// Make labels of `n` keys from `low` on, behind `n_before` that are no notes.
/// @return False if they are not MIDI's, or there is no memory.  @thread main
bool
ct_strand_make_labels(uint32_t        n_before,
                      uint32_t        low,
                      uint32_t        n,
                      CtStrandLabels* labels);

/// Read a number.  @return False if it is none.  @thread main
bool
ct_strand_read_number(const struct cJSON* item, float* number);

/// What a CtKind of these designs has the same as the others
#define CT_STRAND_FUNCTIONS                                                   \
  .unload = ct_strand_unload, .moment_size = ct_strand_moment_size,           \
  .scratch_size = ct_strand_scratch_size, .begin = ct_strand_begin,           \
  .breathe = ct_strand_breathe, .bar = ct_strand_bar, .next = ct_strand_next, \
  .networks = ct_strand_networks

#endif // CT_GEN_STRAND_LOAD_H

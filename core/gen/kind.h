// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file kind.h Kinds of models: what each does in its own way.

   A model file names its kind.  The generator, the take and the scorer call a
   kind's functions and know nothing of its network, so that another kind is
   more files and a row in the list of kinds.c.
*/

#ifndef CT_GEN_KIND_H
#define CT_GEN_KIND_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/context.h"
#include "gen/generator.h"
#include "gen/model.h"
#include "gen/settings.h"
#include "model/design.h"
#include "model/safetensors.h"
#include "music/meter.h"
#include "music/note.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How a kind follows a form: which bars come back, and where the music ends
typedef struct {
  /// As ct_generator_ending().  @thread any
  void (*ending)(CtMoment* moment, uint32_t ending);

  /// As ct_generator_recall().  @thread any
  void (*recall)(CtMoment* moment, const CtBarNotes* bar, uint32_t grade);

  /// As ct_generator_last_bar().  @thread any
  const CtBarNotes* (*last_bar)(const CtMoment* moment);
} CtKindForm;

/// One kind of models
struct CtKindImpl {
  const char* name; ///< As `kind` of the metadata says it

  /**
     Load and prove the network and the tables, once the version is known.

     @thread main
     @param json The `continuo` metadata.
     @param model Its network, codec and arena, or what else it has, are set;
     ct_model_free() follows in any case.
  */
  CtStatus (*load)(const CtTensorFile* file, const char* json, CtModel* model);

  /// Free what load() took beside the arena; null if that is nothing.
  /// @thread worker|main
  void (*unload)(CtModel* model);

  /// Write a line of layers and sizes.  @thread main
  void (*describe)(const CtModel* model, char* text, size_t size);

  /// Bytes of a moment after what all kinds have.  @thread any
  size_t (*moment_size)(const CtModel* model);

  /// Bytes of what a generator works in.  @thread any
  size_t (*scratch_size)(const CtModel* model);

  /// As ct_generator_begin(), in a moment that is zero but for its place.
  /// @thread any
  void (*begin)(CtGenerator*      self,
                const CtSettings* settings,
                int64_t           bar_length,
                CtMeter           meter);

  /// As ct_generator_breathe().  @thread any
  void (*breathe)(CtGenerator* self);

  /// As ct_generator_bar(); the moment's place is that of the bar already.
  /// @thread any
  void (*bar)(CtGenerator*      self,
              const CtSettings* settings,
              int64_t           bar_length,
              CtMeter           meter);

  /// As ct_generator_next(); the moment's tick is moved to the note.
  /// @thread any
  CtMade (*next)(CtGenerator*  self,
                 const CtWish* wishes,
                 size_t        n_wishes,
                 CtNote*       note);

  /// The network's parts as rows in and rows out; null if it has no such.
  /// @thread any  @return How many of `networks` were set
  uint32_t (*networks)(const CtModel* model,
                       CtNetwork      networks[CT_MAX_NETWORKS]);

  const CtKindForm* form; ///< Null if it follows none
};

/**
   The kind that a model file is of.

   @thread main
   @param json The `continuo` metadata.
   @param kind Set on success.
   @return CT_SUCCESS, CT_MODEL_BAD_METADATA, CT_MODEL_BAD_VERSION or
   CT_MODEL_BAD_KIND.
*/
CT_NODISCARD CtStatus
ct_kind_read(const char* json, const CtKind** kind);

#endif // CT_GEN_KIND_H

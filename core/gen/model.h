// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model.h A model file, loaded and proved: a network with its codec

#ifndef CT_GEN_MODEL_H
#define CT_GEN_MODEL_H

#include "base/arena.h"
#include "base/attributes.h"
#include "base/status.h"
#include "gen/codec.h"
#include "model/note_lstm.h"

#include <stddef.h>
#include <stdint.h>

/// What a model is: kind.h
typedef struct CtKindImpl CtKind;

/// Everything a model file holds; read only once loaded, so threads may share
/// it
typedef struct {
  const CtKind* kind;
  CtNoteLstm    network;     ///< Of the house kind
  CtCodec       codec;       ///< Of other kinds than the house only the styles
  void*         design;      ///< What other kinds have beside, or null
  CtArena*      arena;       ///< Where the weights live
  char*         name;        ///< Such as "House"
  char*         licence;     ///< Of the weights
  char*         data;        ///< What it was trained on
  char*         description; ///< Layers and sizes
  uint64_t      n_weights;
  size_t        size; ///< Bytes of the file
} CtModel;

/**
   Load a model from the bytes of its file, and run its self-test.

   @thread main
   @param bytes [size] Needed during the call only; at a multiple of four.
   @param model Set to a model for ct_model_free(); null on failure.
   @return CT_SUCCESS, CT_NO_MEMORY, CT_TENSORS_... or CT_MODEL_...
*/
CT_NODISCARD CtStatus
ct_model_load(const uint8_t* bytes, size_t size, CtModel** model);

/// As ct_model_load(), from the file at `path`.  @thread main
CT_NODISCARD CtStatus
ct_model_load_file(const char* path, CtModel** model);

/// Null is fine.  @thread worker|main
void
ct_model_free(CtModel* model);

#endif // CT_GEN_MODEL_H

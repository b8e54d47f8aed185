// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_lstm_load.h A NoteLstm from the tensors and the metadata of a
/// model file

#ifndef CT_MODEL_NOTE_LSTM_LOAD_H
#define CT_MODEL_NOTE_LSTM_LOAD_H

#include "base/arena.h"
#include "base/attributes.h"
#include "base/status.h"
#include "model/note_lstm.h"
#include "model/safetensors.h"

/// Sizes that a model file states and its tensors must have
typedef struct {
  uint32_t n_hidden;
  uint32_t head_width;
  uint32_t n_rows[CT_N_TABLES]; ///< Rows of the tables of a field
  uint32_t
    input_width[CT_N_TABLES]; ///< Width of a field's input table, 0 for none
  uint32_t n_classes[CT_N_HEADS];
  uint32_t
    head_tables[CT_N_HEADS]; ///< Bit `field` is set if the head looks at it
} CtNoteLstmShape;

/**
   Read the architecture out of the `continuo` metadata.

   @thread main
   @param json The metadata's text.
   @return CT_MODEL_BAD_METADATA, CT_MODEL_BAD_VERSION or CT_MODEL_BAD_KIND.
*/
CT_NODISCARD CtStatus
ct_note_lstm_shape_read(const char* json, CtNoteLstmShape* shape);

/**
   Load the weights, from int8 with a scale for each row or from float32.

   @thread main
   @param arena Set to the memory that `net` lives in, for ct_arena_free(); null
   on failure.
   @return CT_MODEL_MISSING_TENSOR, CT_MODEL_EXTRA_TENSOR, CT_MODEL_WRONG_SHAPE,
   or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_note_lstm_load(const CtTensorFile*    file,
                  const CtNoteLstmShape* shape,
                  CtNoteLstm*            net,
                  CtArena**              arena);

/**
   Run the file's own test: contexts with the logits that PyTorch gave for them.

   @thread main
   @param shape Of which `net` was loaded.
   @param json The metadata's text.
   @return CT_MODEL_BAD_METADATA if there is no test, CT_MODEL_SELF_TEST if the
   logits differ by more than 5e-3.
*/
CT_NODISCARD CtStatus
ct_note_lstm_self_test(const CtNoteLstm*      net,
                       const CtNoteLstmShape* shape,
                       const char*            json);

#endif // CT_MODEL_NOTE_LSTM_LOAD_H

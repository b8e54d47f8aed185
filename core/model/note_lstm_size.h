// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_lstm_size.h How much memory loading a NoteLstm takes

#ifndef CT_MODEL_NOTE_LSTM_SIZE_H
#define CT_MODEL_NOTE_LSTM_SIZE_H

#include "model/note_lstm_load.h"

#include <stddef.h>

/// Bytes that hold what is loaded and made of a file whose network is as wide
/// as its shape says.  @thread main
size_t
ct_note_lstm_arena_size(const CtTensorFile* file, const CtNoteLstmShape* shape);

/// Bytes that hold W_input of lstm1 twice, and its scales.  @thread main
size_t
ct_note_lstm_work_size(const CtTensorFile* file, const CtNoteLstmShape* shape);

#endif // CT_MODEL_NOTE_LSTM_SIZE_H

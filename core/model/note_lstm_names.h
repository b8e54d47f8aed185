// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_lstm_names.h Names of fields and heads in a model file

#ifndef CT_MODEL_NOTE_LSTM_NAMES_H
#define CT_MODEL_NOTE_LSTM_NAMES_H

#include "model/note_lstm.h"

/// As in tensor names and metadata, indexed by CtField
extern const char* const ct_field_names[CT_N_TABLES];

/// As in tensor names and metadata, indexed by CtHeadId
extern const char* const ct_head_names[CT_N_HEADS];

/// The tensor that is multiplied with the input's tables
extern const char* const ct_w_input_name;

#endif // CT_MODEL_NOTE_LSTM_NAMES_H

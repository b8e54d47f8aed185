// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_lstm_rows.h Table rows of a NoteLstm context, for its step and
/// its sequence

#ifndef CT_MODEL_NOTE_LSTM_ROWS_H
#define CT_MODEL_NOTE_LSTM_ROWS_H

#include "base/attributes.h"
#include "model/note_lstm.h"

/// gates = lstm1's bias + W_input x.  @thread any  @param gates [4H]
CT_REALTIME void
ct_note_lstm_input(const CtNoteLstm*    net,
                   const CtNoteContext* context,
                   float*               gates);

/// y += the rows of `context` in the input's or a head's tables.
/// @thread any
/// @param width 4H or W.
/// @param y [width]
CT_REALTIME void
ct_note_lstm_add_rows(const CtTable*       tables,
                      const CtNoteContext* context,
                      uint32_t             width,
                      float*               y);

#endif // CT_MODEL_NOTE_LSTM_ROWS_H

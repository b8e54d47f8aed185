// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file note_lstm_rows.h Table rows of a NoteLstm context, for its step and
/// its sequence

#ifndef CT_MODEL_NOTE_LSTM_ROWS_H
#define CT_MODEL_NOTE_LSTM_ROWS_H

#include "base/attributes.h"
#include "model/note_lstm.h"

/// x = the input rows of `context`, side by side.  @thread any  @param x
/// [n_input]
CT_REALTIME void
ct_note_lstm_input_row(const CtNoteLstm*    net,
                       const CtNoteContext* context,
                       float*               x);

/// y += the rows of `context` in a head's tables.  @thread any  @param y [W]
CT_REALTIME void
ct_note_lstm_add_rows(const CtTable*       tables,
                      const CtNoteContext* context,
                      float*               y);

#endif // CT_MODEL_NOTE_LSTM_ROWS_H

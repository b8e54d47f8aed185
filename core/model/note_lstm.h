// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file note_lstm.h NoteLstm, the house network: one step for each note.

   x is the last event, where it stands, what sounds, and the conditions, as
   table rows.  They are few, so lstm1's product with each is made when the
   network is loaded, and a step adds what its rows have become.

   h1 = lstm1(x)

   h2 = lstm2(norm(h1))

   u = gain * h1 + h2

   Five heads are asked one after the other: shift, part, pitch, duration,
   level.  Each is out(gelu(hidden(u) + the sum of its table rows)), and its
   rows tell what the heads before it have chosen, and what remembered bars had
   there. models/network.py is the same in PyTorch.
*/

#ifndef CT_MODEL_NOTE_LSTM_H
#define CT_MODEL_NOTE_LSTM_H

#include "base/attributes.h"
#include "model/layers.h"

#include <stdint.h>

/// Sets: the rows of all their members are summed
typedef enum {
  CT_SET_HELD,     ///< Pitches sounding on
  CT_SET_ECHO,     ///< Pitches that began here in the bar before; heads only
  CT_SET_RECALLED, ///< Pitches that began here in the bar that is recalled;
                   ///< heads only
  CT_N_SETS
} CtSetId;

/// What a table row can stand for.  From CT_FIELD_LAST on only heads are told,
/// but for the held set
typedef enum {
  CT_FIELD_SHIFT,
  CT_FIELD_PART,
  CT_FIELD_PITCH, ///< 0 is none
  CT_FIELD_DURATION,
  CT_FIELD_POSITION,
  CT_FIELD_METER,
  CT_FIELD_BAR,
  CT_FIELD_KEY,
  CT_FIELD_COMPOSER,
  CT_FIELD_ENSEMBLE,
  CT_FIELD_DENSITY,
  CT_FIELD_POLYPHONY,
  CT_FIELD_ENDING,          ///< How near the end of the music is
  CT_FIELD_LEVEL,           ///< Loudness of the last note
  CT_FIELD_LAST,            ///< Last pitch of the chosen part, 0 is none
  CT_FIELD_ECHO_SHIFT,      ///< What led on from here in the bar before
  CT_FIELD_ECHO_DURATION,   ///< What the chosen pitch had there
  CT_FIELD_RECALL,          ///< How much a bar is recalled, 0 is none
  CT_FIELD_RECALL_SHIFT,    ///< As the echo's, of the bar that is recalled
  CT_FIELD_RECALL_DURATION, ///< Likewise
  CT_N_FIELDS,              ///< Fields of one row each

  /// One table for each set
  CT_FIELD_HELD     = CT_N_FIELDS + CT_SET_HELD,
  CT_FIELD_ECHO     = CT_N_FIELDS + CT_SET_ECHO,
  CT_FIELD_RECALLED = CT_N_FIELDS + CT_SET_RECALLED,
  CT_N_TABLES       = CT_N_FIELDS + CT_N_SETS
} CtField;

/// The questions of a step, in the order they are asked
typedef enum {
  CT_HEAD_SHIFT,
  CT_HEAD_PART,
  CT_HEAD_PITCH,
  CT_HEAD_DURATION,
  CT_HEAD_LEVEL,
  CT_N_HEADS
} CtHeadId;

/// Most members of a set
#define CT_MAX_MEMBERS 88U

/// Most classes of a head
#define CT_MAX_CLASSES 128U

/// Members of a set
typedef struct {
  uint8_t n_members;
  uint8_t members[CT_MAX_MEMBERS]; ///< Ascending
} CtRowSet;

/// What the network is told: a row for every field, and the sets
typedef struct {
  uint16_t row[CT_N_FIELDS];
  CtRowSet sets[CT_N_SETS];
} CtNoteContext;

/// One head
typedef struct {
  uint32_t n_classes;
  CtDense  hidden;              ///< [W, H]
  CtTable  tables[CT_N_TABLES]; ///< Those it does not look at have no rows
  CtDense  project;             ///< [tied width, W] without bias, or nothing
  CtDense  out; ///< [n_classes, W], or the tied table with a bias
} CtHead;

/// Weights; read only, may be shared by any number of states
typedef struct {
  uint32_t n_hidden;            ///< H
  uint32_t head_width;          ///< W
  CtTable  inputs[CT_N_TABLES]; ///< All that not only heads are told, 4 H
                                ///< wide: times the columns of lstm1's W_input
                                ///< that see them
  CtLstm       lstm1;           ///< Without W_input
  CtLstm       lstm2;
  CtNorm       norm;
  const float* gain; ///< [H]
  CtHead       heads[CT_N_HEADS];
} CtNoteLstm;

/// Floats of one state: h1, c1, h2, c2 and u, [H] each.  @thread any
uint32_t
ct_note_lstm_state_size(const CtNoteLstm* net);

/// Floats of scratch that a step or a head needs, alone or as a pair.
/// @thread any
uint32_t
ct_note_lstm_scratch_size(const CtNoteLstm* net);

/**
   Advance one step: `state` has heard `context`.

   @thread any
   @param state [ct_note_lstm_state_size()] all zero before a first step.
   @param scratch [ct_note_lstm_scratch_size()] Overwritten.
*/
CT_REALTIME void
ct_note_lstm_step(const CtNoteLstm*    net,
                  const CtNoteContext* context,
                  float*               state,
                  float*               scratch);

/**
   Advance two states at once, in little more time than one: the weights are
   read once for both, and each becomes what ct_note_lstm_step() makes of it.

   @thread any
   @param contexts [2]
   @param states [2, ct_note_lstm_state_size()]
   @param scratch [ct_note_lstm_scratch_size()] Overwritten.
*/
CT_REALTIME void
ct_note_lstm_step_pair(const CtNoteLstm*    net,
                       const CtNoteContext* contexts,
                       float*               states,
                       float*               scratch);

/**
   Ask one head what it expects next.

   @thread any
   @param context For the shift head the step's own; for the later heads what
   has been chosen so far, and position, sets and last pitch as they are after
   the shift.
   @param logits [n_classes of the head] Overwritten; nothing is masked yet.
*/
CT_REALTIME void
ct_note_lstm_head(const CtNoteLstm*    net,
                  CtHeadId             head,
                  const CtNoteContext* context,
                  const float*         state,
                  float*               scratch,
                  float*               logits);

/**
   Ask one head about two states at once, as ct_note_lstm_step_pair() steps.

   @thread any
   @param contexts [2] As for ct_note_lstm_head().
   @param states [2, ct_note_lstm_state_size()]
   @param logits [2, n_classes of the head] Overwritten.
*/
CT_REALTIME void
ct_note_lstm_head_pair(const CtNoteLstm*    net,
                       CtHeadId             head,
                       const CtNoteContext* contexts,
                       const float*         states,
                       float*               scratch,
                       float*               logits);

/**
   Step through a whole sequence at once, by OpenBLAS.

   @thread main
   @param contexts [n]
   @param state Read and written, as by `n` calls of ct_note_lstm_step().
   @param u [n, H] The trunk's output after each step.
   @return False if out of memory.
*/
CT_NODISCARD _Bool
ct_note_lstm_sequence(const CtNoteLstm*    net,
                      const CtNoteContext* contexts,
                      uint32_t             n,
                      float*               state,
                      float*               u);

/**
   Ask one head along a whole sequence, by OpenBLAS.

   @thread main
   @param contexts [n] As for ct_note_lstm_head().
   @param u [n, H] From ct_note_lstm_sequence().
   @param logits [n, n_classes] Overwritten.
   @return False if out of memory.
*/
CT_NODISCARD _Bool
ct_note_lstm_head_sequence(const CtNoteLstm*    net,
                           CtHeadId             head,
                           const CtNoteContext* contexts,
                           uint32_t             n,
                           const float*         u,
                           float*               logits);

#endif // CT_MODEL_NOTE_LSTM_H

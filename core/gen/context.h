// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file context.h Where a piece stands: what the network is told before and
   within a step.

   The encoder drives it with the events of a file, the generator with those
   that the network draws; both feed the network from it, so that what it hears
   while playing is what it heard in training.
*/

#ifndef CT_GEN_CONTEXT_H
#define CT_GEN_CONTEXT_H

#include "base/attributes.h"
#include "gen/codec.h"
#include "model/note_lstm.h"

#include <stdbool.h>
#include <stdint.h>

/// Most pitches of a model
#define CT_MAX_PITCHES CT_MAX_MEMBERS

/// Notes of a bar that are remembered
#define CT_BAR_MEMORY 96U

/// What a whole piece is told: rows of the network's tables
typedef struct {
  uint16_t composer;
  uint16_t ensemble;
  uint16_t density;
  uint16_t polyphony;
} CtConditions;

/// A note, as it is chosen
typedef struct {
  uint32_t shift; ///< Class below codec->bar
  uint32_t part;
  uint32_t pitch; ///< Row, not 0
  uint32_t duration;
  uint32_t level; ///< codec->n_levels if nothing tells it
} CtChoice;

/// Notes of a bar, in the order of events
typedef struct {
  uint32_t n_notes;
  uint8_t  position[CT_BAR_MEMORY]; ///< Grid ticks after the bar line
  uint8_t  pitch[CT_BAR_MEMORY];    ///< Rows, not 0
  uint8_t  duration[CT_BAR_MEMORY]; ///< Classes
  uint8_t  part[CT_BAR_MEMORY];     ///< Not told to the network
} CtBarNotes;

/// An event, and what the heads saw when they chose it
typedef struct {
  uint16_t shift;    ///< Class, or codec->begin
  uint16_t part;     ///< CT_N_PARTS if no note
  uint16_t pitch;    ///< Row: 0 is none, else 1 + pitch - codec->low
  uint16_t duration; ///< Class, or codec->n_durations
  uint16_t position; ///< Grid ticks after the bar line
  uint16_t last;     ///< Row of the part's pitch before this one
  uint16_t level; ///< Of the last note, this one included, or codec->n_levels
  CtRowSet held;  ///< Pitches sounding on at its onset, less codec->low
} CtCodedEvent;

/// State of the codec after an event
typedef struct {
  CtCodedEvent event;                ///< The last one
  int64_t      bar_begin;            ///< Grid ticks from the beginning
  uint32_t     bar;                  ///< Bars from the beginning
  uint16_t     bar_length;           ///< Grid ticks
  uint16_t     meter;                ///< Row
  uint16_t     key;                  ///< Row
  uint16_t     last[CT_N_PARTS];     ///< Row of each part's last pitch
  int64_t      end[CT_MAX_PITCHES];  ///< Grid tick at which each pitch stops
  uint8_t      part[CT_MAX_PITCHES]; ///< Who holds it
  uint8_t      rests[CT_N_PARTS]; ///< Bar lines since each part's last onset,
                                  ///< at most UINT8_MAX
  uint16_t n_struck;              ///< Notes at the event's onset so far
  uint16_t ending;   ///< How near the end this bar is: row, CT_N_ENDINGS if
                     ///< unknown
  uint16_t   recall; ///< How much this bar is to be like `recalled`, 0 is not
  CtBarNotes this_bar;
  CtBarNotes last_bar;
  CtBarNotes recalled;
} CtContext;

/// Stand at the beginning of a piece.  @thread any
CT_REALTIME void
ct_context_begin(CtContext*     context,
                 const CtCodec* codec,
                 uint32_t       bar_length,
                 uint32_t       meter,
                 uint32_t       key);

/// Pass a bar line into a bar as described.  @thread any
CT_REALTIME void
ct_context_bar(CtContext*     context,
               const CtCodec* codec,
               uint32_t       bar_length,
               uint32_t       meter,
               uint32_t       key);

/// Let the bar that was just entered be like an earlier one, up to its end.
/// @thread any
/// @param grade Below CT_N_RECALLS: how much, 0 is not
CT_REALTIME void
ct_context_recall(CtContext* context, const CtBarNotes* bar, uint32_t grade);

/// Tell how near the end the bar is that was just entered, up to its own end.
/// @thread any
/// @param ending Below CT_N_ENDINGS: row
CT_REALTIME void
ct_context_ending(CtContext* context, uint32_t ending);

/// Play a note.  @thread any
CT_REALTIME void
ct_context_note(CtContext*      context,
                const CtCodec*  codec,
                const CtChoice* choice);

/// Repetitions of a bar from which on it is a loop: pieces leave it after three
#define CT_LOOP_BARS 2U

/// Whether this bar so far has the notes of the one before.  @thread any
CT_REALTIME bool
ct_context_repeats(const CtContext* context);

/// Let nothing sound on.  @thread any
CT_REALTIME void
ct_context_release(CtContext* context);

/// End the piece; only after a bar line.  @thread any
CT_REALTIME void
ct_context_end(CtContext* context, const CtCodec* codec);

/// What the network's step is told after the last event.  @thread any
CT_REALTIME void
ct_context_input(const CtContext*    context,
                 const CtCodec*      codec,
                 const CtConditions* conditions,
                 CtNoteContext*      out);

/**
   What the later heads are told once the shift is known.

   The rest follows as it is chosen, by the functions below.
   @thread any
   @param before From ct_context_input().
*/
CT_REALTIME void
ct_context_after_shift(const CtContext*     context,
                       const CtCodec*       codec,
                       const CtNoteContext* before,
                       uint32_t             shift,
                       CtNoteContext*       out);

/// Tell the later heads which part was chosen.  @thread any
/// @param after From ct_context_after_shift()
CT_REALTIME void
ct_context_after_part(const CtContext* context,
                      uint32_t         part,
                      CtNoteContext*   after);

/// Tell the later heads which pitch row was chosen.  @thread any
/// @param after From ct_context_after_part()
CT_REALTIME void
ct_context_after_pitch(const CtContext* context,
                       const CtCodec*   codec,
                       uint32_t         pitch,
                       CtNoteContext*   after);

/// Grid ticks from the beginning to the last event.  @thread any
CT_REALTIME int64_t
ct_context_now(const CtContext* context);

#endif // CT_GEN_CONTEXT_H

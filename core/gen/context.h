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
#define CT_MAX_PITCHES CT_MAX_HELD

/// What a whole piece is told: rows of the network's tables
typedef struct {
  uint16_t composer;
  uint16_t ensemble;
  uint16_t density;
  uint16_t polyphony;
} CtConditions;

/// An event, and what the heads saw when they chose it
typedef struct {
  uint16_t shift;    ///< Class, or codec->begin
  uint16_t part;     ///< CT_N_PARTS if no note
  uint16_t pitch;    ///< Row: 0 is none, else 1 + pitch - codec->low
  uint16_t duration; ///< Class, or codec->n_durations
  uint16_t position; ///< Grid ticks after the bar line
  uint16_t last;     ///< Row of the part's pitch before this one
  uint8_t  n_held;
  uint8_t  held[CT_MAX_PITCHES]; ///< Pitches sounding on at its onset, less
                                 ///< codec->low, ascending
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

/// Play a note.
/// @thread any
/// @param shift Class below codec->bar.
/// @param pitch Row, not 0
CT_REALTIME void
ct_context_note(CtContext*     context,
                const CtCodec* codec,
                uint32_t       shift,
                uint32_t       part,
                uint32_t       pitch,
                uint32_t       duration);

/// Let nothing sound on.  @thread any
CT_REALTIME void
ct_context_release(CtContext* context);

/// End the piece; only after a bar line.  @thread any
CT_REALTIME void
ct_context_end(CtContext* context, const CtCodec* codec);

/// What the network's step is told after the last event.  @thread any
CT_REALTIME void
ct_context_input(const CtContext*    context,
                 const CtConditions* conditions,
                 CtNoteContext*      out);

/**
   What the later heads are told once the shift is known.

   Part, pitch and last are to be filled in by the caller as they are chosen.
   @thread any
   @param before From ct_context_input().
*/
CT_REALTIME void
ct_context_after_shift(const CtContext*     context,
                       const CtCodec*       codec,
                       const CtNoteContext* before,
                       uint32_t             shift,
                       CtNoteContext*       out);

/// Grid ticks from the beginning to the last event.  @thread any
CT_REALTIME int64_t
ct_context_now(const CtContext* context);

#endif // CT_GEN_CONTEXT_H

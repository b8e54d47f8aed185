// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file strand.h What the older designs share: a piece as strands, each of
   which tells its events one after another.

   An event is a rest, a note or a chord with its duration, or a step of one
   that may go on.  That which comes first of all strands is next.  A design
   says when a strand's next event comes and draws it; what lies between that
   and the notes that are played (chance by place, wishes, transposition, range,
   loudness) is here.
*/

#ifndef CT_GEN_STRAND_H
#define CT_GEN_STRAND_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/codec.h"
#include "gen/generator.h"
#include "gen/kind.h"
#include "gen/model.h"
#include "gen/settings.h"
#include "model/design.h"
#include "model/matrix.h"
#include "music/event.h"
#include "music/note.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Most strands of a design
#define CT_MAX_STRANDS 2U

/// Most keys of a chord
#define CT_STRAND_KEYS 16U

/// Most entries of a table of ticks
#define CT_STRAND_TICKS 64U

/// Most classes and numbers of an event
#define CT_STRAND_FEATURES 4U

/// Classes and numbers by which an event is told to a network
typedef struct {
  uint16_t classes[CT_STRAND_FEATURES];
  float    numbers[CT_STRAND_FEATURES];
} CtStrandRow;

/// What sounds from an onset on
typedef struct {
  int64_t  duration;             ///< Ticks, above 0
  uint32_t n_keys;               ///< 0 is a rest
  uint8_t  keys[CT_STRAND_KEYS]; ///< MIDI keys, in the model's own key
  uint8_t  part;                 ///< CtPart, or CT_N_PARTS for a hand by pitch
  bool     is_open;              ///< It may go on: CtStrandDesign's extend()
} CtStrandEvent;

/// Keys that a class stands for
typedef struct {
  uint8_t n_keys; ///< 0 is none: a rest, or what is no note
  uint8_t keys[CT_STRAND_KEYS];
} CtLabel;

/// What the classes of a strand are
typedef struct {
  uint32_t n_labels;
  CtLabel* labels; ///< [n_labels] of the head of pitches
  uint8_t  part;   ///< Of all its events, or CT_N_PARTS
} CtStrandLabels;

typedef struct CtStrandDesignImpl  CtStrandDesign;
typedef struct CtSymbolNetworkImpl CtSymbolNetwork; ///< symbols.h
typedef struct CtStrandNotesImpl   CtStrandNotes;   ///< strand_notes.h
typedef struct CtStrandRowsImpl    CtStrandRows;    ///< Likewise

/// How many classes a design draws from where the knob is off; 0 is all
typedef struct {
  uint32_t pitch;
  uint32_t rhythm;
} CtStrandTopK;

/// What a model of these kinds holds; read only once loaded
typedef struct {
  const CtStrandDesign* design;
  const CtDesign*       networks; ///< What filled `net`
  void*                 net;
  uint32_t              n_offsets;
  int32_t               offsets[CT_STRAND_TICKS]; ///< Ticks, ascending
  uint32_t              n_durations;
  int32_t               durations[CT_STRAND_TICKS]; ///< Ticks, ascending
  CtStrandLabels        strands[CT_MAX_STRANDS];
  uint32_t              n_parts;           ///< Of the head of instruments
  uint8_t               parts[CT_N_PARTS]; ///< CtPart of each instrument
  bool                  has_programs;
  uint8_t               programs[CT_N_PARTS]; ///< Of MIDI, by part
  CtStrandTopK          top_k;
  float   pitch[2];    ///< Centre and scale of a pitch that is a number
  float   duration[2]; ///< Of a duration, in units of `unit`
  int32_t unit;        ///< Ticks of a step
  float   walk;        ///< How much of a latent the next one keeps
  size_t  n_state;     ///< Floats of a strand's state
  float*  openings;    ///< [2, n_strands, n_state] having heard real music in
                       ///< major, in minor
} CtStrandModel;

/// A strand at work, with the wishes and the chance of a place
typedef struct {
  const CtStrandModel* model;
  uint32_t             strand;
  float*               state;   ///< [model->n_state]
  float*               scratch; ///< [design->scratch_size()]
  CtMultiply           multiply;
  const CtSettings*    settings;
  CtTick               tick;       ///< Where the draw is, of chance
  uint32_t             count;      ///< Which draw there
  int64_t              advance;    ///< Ticks from the onset before to the event
  bool                 begins;     ///< It is the first of a section
  bool                 must_sound; ///< It must not be a rest
} CtStrandPlace;

/// Sums over the events of a strand
typedef struct {
  double shift;
  double part;
  double pitch;
  double duration;
} CtStrandNats;

/// How one design tells events
struct CtStrandDesignImpl {
  uint32_t               n_strands;
  const CtSymbolNetwork* symbols; ///< Of the designs of symbols

  /// Floats of a strand's state.  @thread any
  size_t (*state_size)(const void* net);

  /// Floats of scratch.  @thread any
  size_t (*scratch_size)(const void* net);

  /// Stand before the first event; the state is zero.  @thread any
  void (*start)(const CtStrandPlace* place);

  /// Ticks from an onset to the next: drawn, and `least` at the least.  Null if
  /// an event comes where the one before ends.
  /// @thread any
  int64_t (*advance)(const CtStrandPlace* place, int64_t least);

  /// Draw an event, and let the network hear it.  @thread any
  void (*draw)(const CtStrandPlace* place, CtStrandEvent* event);

  /// Draw whether an open event goes on, and let the network hear that; null if
  /// none is ever open.  At most one step of the network.
  /// @thread any
  void (*extend)(const CtStrandPlace* place, CtStrandEvent* event);

  /// Tell the notes of a piece as events of a strand.  @thread main
  void (*encode)(const CtStrandModel* model,
                 const CtStrandNotes* notes,
                 uint32_t             strand,
                 CtStrandRows*        rows);

  /// Let the network hear an event.  @thread any
  void (*hear)(const CtStrandPlace* place, const CtStrandRow* row);

  /// Let what is played lead from what was heard to what another state has
  /// heard, `length` ticks from the beginning; null if the design knows no way.
  /// @thread any
  void (*toward)(const CtStrandPlace* place, const float* goal, int64_t length);

  /// Add what an event costs, before it is heard; null if the design defines no
  /// probabilities.  @thread any
  void (*nats)(const CtStrandPlace* place,
               const CtStrandRow*   row,
               CtStrandNats*        nats);
};

/// Where a strand stands
typedef struct {
  int64_t  onset;  ///< Of the last event, ticks after the bar line
  int64_t  next;   ///< Where that ends
  uint32_t count;  ///< Events at that onset
  bool     begins; ///< The next event begins a section, at the bar line
} CtStrandStand;

/// What a moment holds of these kinds
typedef struct {
  int64_t  bar_length;               ///< Ticks
  uint32_t bar;                      ///< Bars from the beginning
  uint32_t n_events;                 ///< In this bar
  uint32_t n_notes;                  ///< In this bar
  bool     owes_note;                ///< The bar must not be empty
  int32_t  ends[CT_MIDI_NOTE_COUNT]; ///< Where each key stops, ticks after
                                     ///< the bar line
  CtStrandEvent event;               ///< Being played
  uint32_t      strand;              ///< Whose it is
  uint32_t      n_played;            ///< Of its keys
  CtStrandStand strands[CT_MAX_STRANDS];
  float         states[]; ///< [n_strands, n_state]
} CtStrandMoment;

/// Part of a moment.  @thread any
static inline CtStrandMoment*
ct_strand_moment(CtMoment* const moment)
{
  return (CtStrandMoment*)moment->own;
}

/// What a model of these kinds holds.  @thread any
static inline const CtStrandModel*
ct_strand_model(const CtModel* const model)
{
  return (const CtStrandModel*)model->design;
}

/// The functions of a CtKind that are the same for all of these.  @thread any
size_t
ct_strand_moment_size(const CtModel* model);

size_t
ct_strand_scratch_size(const CtModel* model);

void
ct_strand_begin(CtGenerator*      self,
                const CtSettings* settings,
                int64_t           bar_length,
                CtMeter           meter);

void
ct_strand_breathe(CtGenerator* self);

void
ct_strand_bar(CtGenerator*      self,
              const CtSettings* settings,
              int64_t           bar_length,
              CtMeter           meter);

CtMade
ct_strand_next(CtGenerator*  self,
               const CtWish* wishes,
               size_t        n_wishes,
               CtNote*       note);

/// Let each strand of a moment that is zero stand where a piece begins, with
/// nothing heard.  @thread any
void
ct_strand_start(const CtModel* model, CtMoment* moment, float* scratch);

#endif // CT_GEN_STRAND_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/strand.h"

#include "gen/section.h"
#include "gen/strand_draw.h"
#include "gen/velocity.h"
#include "model/matrix.h"
#include "music/event.h"

#include <string.h>

/// Events of a strand at one onset; more, and the next must come later
#define MOST_AT_ONCE 12U

/// Events in a bar; beyond, the network has lost its way
#define MOST_IN_BAR 160U

/// What the next event comes after, where there are too many at once
static const int64_t sixteenth = CT_PPQN / 4;

/// Where the event before a first one is taken to be, before the bar line
static const int64_t usual_upbeat = CT_PPQN;

size_t
ct_strand_moment_size(const CtModel* const model)
{
  const CtStrandModel* const own = ct_strand_model(model);
  return sizeof(CtStrandMoment) +
         (own->design->n_strands * own->n_state * sizeof(float));
}

size_t
ct_strand_scratch_size(const CtModel* const model)
{
  const CtStrandModel* const own = ct_strand_model(model);
  return (own->design->scratch_size(own->net) + 1U) * sizeof(float);
}

static CtStrandPlace
place_of(const CtModel* const model,
         CtMoment* const      moment,
         const uint32_t       strand,
         float* const         scratch)
{
  const CtStrandModel* const own  = ct_strand_model(model);
  CtStrandMoment* const      here = ct_strand_moment(moment);
  return (CtStrandPlace){.model    = own,
                         .strand   = strand,
                         .state    = here->states + (strand * own->n_state),
                         .scratch  = scratch,
                         .multiply = ct_matrix_multiply_window};
}

/// Where a strand draws at `onset`, ticks after the bar line
static CtStrandPlace
place_at(const CtGenerator* const self,
         const uint32_t           strand,
         const CtSettings* const  settings,
         const int64_t            onset)
{
  const CtStrandMoment* const here  = ct_strand_moment(self->moment);
  const CtStrandStand* const  stand = &here->strands[strand];
  CtStrandPlace               place =
    place_of(self->model, self->moment, strand, (float*)self->scratch);
  place.settings   = settings;
  place.tick       = self->moment->bar_tick + onset;
  place.count      = onset == stand->onset ? stand->count : 0U;
  place.advance    = onset - stand->onset;
  place.begins     = stand->begins;
  place.must_sound = here->owes_note && here->n_notes == 0U;
  return place;
}

void
ct_strand_start(const CtModel* const model,
                CtMoment* const      moment,
                float* const         scratch)
{
  const CtStrandDesign* const design = ct_strand_model(model)->design;
  CtStrandMoment* const       here   = ct_strand_moment(moment);
  for (uint32_t s = 0U; s < design->n_strands; ++s) {
    const CtStrandPlace place = place_of(model, moment, s, scratch);
    design->start(&place);
    here->strands[s] = (CtStrandStand){-usual_upbeat, 0, 0U, true};
  }
}

/// Let the next events come at the bar line that follows, with nothing sounding
static void
stand_at_line(CtGenerator* const self)
{
  const CtStrandDesign* const design = ct_strand_model(self->model)->design;
  CtStrandMoment* const       here   = ct_strand_moment(self->moment);
  memset(here->ends, 0, sizeof(here->ends));
  memset(&here->event, 0, sizeof(here->event));
  here->n_played = 0U;
  for (uint32_t s = 0U; s < design->n_strands; ++s) {
    here->strands[s].begins = true;
  }
}

void
ct_strand_begin(CtGenerator* const      self,
                const CtSettings* const settings,
                const int64_t           bar_length,
                const CtMeter           meter)
{
  (void)meter; // Strands run over bar lines, whatever the meter
  const CtStrandModel* const own     = ct_strand_model(self->model);
  CtStrandMoment* const      here    = ct_strand_moment(self->moment);
  const size_t               n_state = own->design->n_strands * own->n_state;
  memcpy(here->states,
         own->openings + (settings->scale == CT_SCALE_MINOR ? n_state : 0U),
         n_state * sizeof(float));
  for (uint32_t s = 0U; s < own->design->n_strands; ++s) {
    here->strands[s].onset = -usual_upbeat;
  }
  here->bar_length = bar_length;
  here->owes_note  = true;
  stand_at_line(self);
}

void
ct_strand_breathe(CtGenerator* const self)
{
  ct_strand_moment(self->moment)->bar |= CT_SECTION_BARS - 1U;
  stand_at_line(self);
}

void
ct_strand_bar(CtGenerator* const      self,
              const CtSettings* const settings,
              const int64_t           bar_length,
              const CtMeter           meter)
{
  (void)settings;
  (void)meter;
  CtStrandMoment* const here = ct_strand_moment(self->moment);
  const int64_t         past = here->bar_length;
  for (uint32_t s = 0U; s < CT_MAX_STRANDS; ++s) {
    here->strands[s].onset -= past;
    here->strands[s].next -= past;
  }
  for (uint32_t key = 0U; key < CT_MIDI_NOTE_COUNT; ++key) {
    const int64_t left = here->ends[key] - past;
    here->ends[key]    = left > 0 ? (int32_t)left : 0;
  }
  here->bar += past ? 1U : 0U; // Nothing lies before a first bar
  here->owes_note  = here->n_notes == 0U;
  here->n_notes    = 0U;
  here->n_events   = 0U;
  here->bar_length = bar_length;
}

/// When a strand's next event comes under some wishes: `least` ticks after the
/// bar line at the least
static int64_t
when(const CtGenerator* const self,
     const uint32_t           strand,
     const CtSettings* const  settings,
     const int64_t            least)
{
  const CtStrandDesign* const design = ct_strand_model(self->model)->design;
  const CtStrandStand* const  stand =
    &ct_strand_moment(self->moment)->strands[strand];
  int64_t onset = stand->next;
  if (stand->begins) {
    onset = 0;
  } else if (design->advance) {
    const bool          full  = stand->count >= MOST_AT_ONCE;
    const int64_t       gap   = full ? sixteenth : 0;
    const int64_t       wait  = least - stand->onset;
    const CtStrandPlace place = place_at(self, strand, settings, stand->onset);
    onset = stand->onset + design->advance(&place, wait > gap ? wait : gap);
  }
  return onset > least ? onset : least;
}

/// Draw an event at `onset`, ticks after the bar line
static void
draw(CtGenerator* const      self,
     const uint32_t          strand,
     const CtSettings* const settings,
     const int64_t           onset)
{
  CtStrandMoment* const here  = ct_strand_moment(self->moment);
  CtStrandStand* const  stand = &here->strands[strand];
  const CtStrandPlace   place = place_at(self, strand, settings, onset);
  memset(&here->event, 0, sizeof(here->event));
  ct_strand_model(self->model)->design->draw(&place, &here->event);
  here->strand       = strand;
  here->n_played     = 0U;
  stand->count       = place.count + 1U;
  stand->onset       = onset;
  stand->next        = onset + here->event.duration;
  stand->begins      = false;
  self->moment->tick = place.tick;
  ++here->n_events;
}

/// Let an open event go on, or end
static void
extend(CtGenerator* const self, const CtSettings* const settings)
{
  CtStrandMoment* const here  = ct_strand_moment(self->moment);
  CtStrandStand* const  stand = &here->strands[here->strand];
  CtStrandPlace         place =
    place_at(self, here->strand, settings, stand->onset + here->event.duration);
  ct_strand_model(self->model)->design->extend(&place, &here->event);
  stand->next = stand->onset + here->event.duration;
}

/// Play the next key of an event that is not down yet.  @return False if there
/// is none left
static bool
play(CtGenerator* const      self,
     const CtSettings* const settings,
     CtNote* const           note)
{
  CtStrandMoment* const      here  = ct_strand_moment(self->moment);
  const CtStrandEvent* const event = &here->event;
  const int64_t              onset = here->strands[here->strand].onset;
  while (here->n_played < event->n_keys) {
    const bool    is_top = here->n_played == 0U;
    const uint8_t key = ct_strand_key(settings, event->keys[here->n_played++]);
    if (here->ends[key] > onset) {
      continue;
    }
    const uint8_t part     = ct_strand_part(event, key);
    CtStrandPlace place    = place_at(self,
                                   here->strand,
                                   settings,
                                   self->moment->tick - self->moment->bar_tick);
    place.count            = here->n_notes;
    const CtNotePlace loud = {here->bar,
                              (uint32_t)(onset / CT_TICKS_PER_GRID),
                              ct_grid_bar_length(here->bar_length),
                              part,
                              is_top,
                              0.0F,
                              ct_strand_coin(&place, CT_STRAND_HEAD_VELOCITY)};
    here->ends[key]        = (int32_t)(onset + event->duration);
    ++here->n_notes;
    *note = (CtNote){
      .tick     = self->moment->tick,
      .duration = (int32_t)event->duration,
      .pitch    = key,
      .velocity = ct_velocity(&loud, settings->velocity, settings->dynamics),
      .channel  = settings->channel_mode == CT_CHANNEL_PER_PART ? part : 0U,
      .part     = part};
    return true;
  }
  return false;
}

/// The strand whose event comes first, and when that is, ticks after the bar
/// line, under which wishes
typedef struct {
  uint32_t          strand;
  int64_t           onset;
  const CtSettings* settings;
} Next;

static Next
find_next(const CtGenerator* const self,
          const CtWish* const      wishes,
          const size_t             n_wishes)
{
  const CtTick   line  = self->moment->bar_tick;
  const int64_t  here  = self->moment->tick - line;
  const uint32_t n     = ct_strand_model(self->model)->design->n_strands;
  Next           first = {0U, INT64_MAX, &wishes[0].settings};
  for (uint32_t s = 0U; s < n; ++s) {
    Next next = {
      s, when(self, s, &wishes[0].settings, here), &wishes[0].settings};
    for (size_t i = 1U; i < n_wishes && line + next.onset >= wishes[i].tick;
         ++i) {
      const int64_t from = wishes[i].tick - line;
      next.settings      = &wishes[i].settings;
      next.onset = when(self, s, next.settings, from > here ? from : here);
    }
    first = next.onset < first.onset ? next : first;
  }
  return first;
}

CtMade
ct_strand_next(CtGenerator* const  self,
               const CtWish* const wishes,
               const size_t        n_wishes,
               CtNote* const       note)
{
  CtStrandMoment* const here = ct_strand_moment(self->moment);
  self->spread.n             = 0U;
  if (here->event.is_open) {
    extend(self, &wishes[0].settings);
  } else if (here->n_played == here->event.n_keys) {
    const Next next = find_next(self, wishes, n_wishes);
    if (next.onset >= here->bar_length || here->n_events >= MOST_IN_BAR) {
      return CT_MADE_BAR;
    }
    draw(self, next.strand, next.settings, next.onset);
    if (!here->event.is_open && play(self, next.settings, note)) {
      return CT_MADE_NOTE;
    }
    return CT_MADE_NOTHING;
  }
  return !here->event.is_open && play(self, &wishes[0].settings, note)
           ? CT_MADE_NOTE
           : CT_MADE_NOTHING;
}

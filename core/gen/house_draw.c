// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// How the house network draws a note: when, who, what, how long and how loud

#include "gen/house.h"

#include "base/rng.h"
#include "gen/close.h"
#include "gen/interpret.h"
#include "gen/pull.h"
#include "gen/sampler.h"
#include "gen/velocity.h"
#include "music/key.h"

#include <math.h>
#include <string.h>

// Found by measuring generated pieces against real ones.  Of the first bars,
// times the wish
static const float opening_temperature = 0.95F;

static const float coldest = 0.05F;

/// Head number of the draw that scatters velocities
#define HEAD_VELOCITY CT_N_HEADS

static float
coin_for(const CtGenerator* const self,
         const CtSettings* const  settings,
         const uint32_t           head)
{
  const uint64_t seed =
    settings->salt ? ct_mix(((uint64_t)settings->salt << 32U) | settings->seed)
                   : settings->seed;
  return ct_coin(ct_key(seed,
                        self->moment->tick,
                        ct_house_moment(self->moment)->context.n_struck,
                        head));
}

static CtFreedom
freedom_of(const CtHouseMoment* const moment,
           const CtSettings* const    settings,
           const CtHeadId             head)
{
  const bool  is_rhythm = head == CT_HEAD_SHIFT || head == CT_HEAD_DURATION;
  const float wished =
    is_rhythm ? settings->rhythm_temperature : settings->temperature;
  const float opening =
    moment->context.bar < CT_OPENING_BARS ? opening_temperature : 1.0F;
  const float temperature = wished * opening;
  return (CtFreedom){temperature < coldest ? coldest : temperature,
                     settings->min_p,
                     is_rhythm && settings->rhythm_top_k
                       ? settings->rhythm_top_k
                       : settings->top_k,
                     settings->top_p};
}

static uint32_t
draw(const CtGenerator* const self,
     const CtSettings* const  settings,
     const CtHeadId           head,
     float* const             logits,
     const uint32_t           n)
{
  const CtFreedom freedom =
    freedom_of(ct_house_moment(self->moment), settings, head);
  return ct_sample(logits, n, &freedom, coin_for(self, settings, head));
}

static CtHouseScratch*
scratch_of(const CtGenerator* const self)
{
  return (CtHouseScratch*)self->scratch;
}

static CtNoteContext
without_guidance(const CtNoteContext* const context)
{
  CtNoteContext unguided          = *context;
  unguided.row[CT_FIELD_COMPOSER] = CT_COMPOSER_FREE;
  unguided.row[CT_FIELD_ENDING]   = CT_N_ENDINGS;
  return unguided;
}

/// Let the network hear the last event, once
static void
hear(CtGenerator* const self, const CtSettings* const settings)
{
  const CtNoteLstm* const network = &self->model->network;
  CtHouseMoment* const    moment  = ct_house_moment(self->moment);
  const CtConditions      conditions =
    ct_interpret_conditions(self->model, settings);
  moment->context.key = (uint16_t)ct_interpret_key(settings);
  ct_context_input(&moment->context,
                   &self->model->codec,
                   &conditions,
                   &scratch_of(self)->input);
  if (!moment->is_stepped) {
    const CtNoteContext contexts[] = {
      scratch_of(self)->input, without_guidance(&scratch_of(self)->input)};
    ct_note_lstm_step_pair(
      network, contexts, moment->state, scratch_of(self)->floats);
    moment->is_stepped = true;
  }
}

/// Ask a head, and guide it: logits = untold + strength (told - untold), as in
/// classifier-free guidance (Ho & Salimans, arXiv:2207.12598, equation 6)
static void
ask(CtGenerator* const         self,
    const CtSettings* const    settings,
    const CtHeadId             head,
    const CtNoteContext* const context,
    float* const               logits)
{
  const CtNoteLstm* const network = &self->model->network;
  const uint32_t          n       = network->heads[head].n_classes;
  const float* const      states  = ct_house_moment(self->moment)->state;
  if (settings->style_strength == 1.0F) {
    ct_note_lstm_head(
      network, head, context, states, scratch_of(self)->floats, logits);
    return;
  }

  const CtNoteContext contexts[] = {*context, without_guidance(context)};
  float               both[2U * CT_MAX_CLASSES];
  ct_note_lstm_head_pair(
    network, head, contexts, states, scratch_of(self)->floats, both);
  for (uint32_t i = 0U; i < n; ++i) {
    const float told   = both[i];
    const float untold = both[n + i];
    logits[i]          = untold + (settings->style_strength * (told - untold));
  }
}

static CtPull
pull_of(const CtGenerator* const   self,
        const CtSettings* const    settings,
        const CtNoteContext* const asked)
{
  const CtHouseMoment* const moment   = ct_house_moment(self->moment);
  const CtModel* const       model    = self->model;
  const CtEnsemble           ensemble = ct_interpret_ensemble(model, settings);
  const bool                 is_solo  = ensemble == CT_ENSEMBLE_MELODY;
  return (CtPull){&model->codec,
                  settings,
                  &moment->context,
                  asked,
                  ct_interpret_players(model, settings).low,
                  moment->n_repeats,
                  is_solo};
}

/// Who plays, and what they may play after `shift`
static CtPlayers
players_after(const CtGenerator* const self,
              const CtSettings* const  settings,
              const uint32_t           shift)
{
  CtPlayers    players = ct_interpret_players(self->model, settings);
  const CtPull pull    = pull_of(self, settings, &scratch_of(self)->input);
  if (scratch_of(self)->is_owed) {
    ct_close_root(&pull, &players);
  } else if (shift == 0U) {
    ct_close_chord(&pull, &players);
  }
  return players;
}

/// Whether the bar may not end empty: bar one, the last, and a bar after an
/// empty one
static bool
owes_note(const CtGenerator* const self)
{
  const CtContext* const context = &ct_house_moment(self->moment)->context;
  return context->this_bar.n_notes == 0U &&
         (self->moment->bar_tick == 0 || context->ending == CT_LAST_BAR ||
          context->last_bar.n_notes == 0U);
}

/// Whether the root of the last chord is still to come, and somebody can play
/// it
static bool
owes_root(const CtGenerator* const self, const CtSettings* const settings)
{
  const CtHouseMoment* const moment = ct_house_moment(self->moment);
  const CtPull pull = pull_of(self, settings, &scratch_of(self)->input);
  if (!ct_close_owes_root(&pull)) {
    return false;
  }
  CtPlayers players = ct_interpret_players(self->model, settings);
  ct_close_root(&pull, &players);
  return ct_can_shift(
    &self->model->codec, &moment->context, &moment->struck, &players, 0U);
}

/// Draw a shift that leads to `earliest` or later
static uint32_t
draw_shift(CtGenerator* const      self,
           const CtSettings* const settings,
           const CtTick            earliest)
{
  const CtCodec* const       codec  = &self->model->codec;
  const CtHouseMoment* const moment = ct_house_moment(self->moment);
  scratch_of(self)->is_owed         = false;
  const CtPlayers players           = players_after(self, settings, codec->bar);
  const CtTick    here              = self->moment->tick;

  // Music begins with its first bar line: nobody waits for a sound after
  // pressing play
  const bool begins   = moment->context.event.shift == codec->begin;
  bool       can_play = false;
  float      logits[CT_MAX_CLASSES] = {0.0F};
  ask(self, settings, CT_HEAD_SHIFT, &scratch_of(self)->input, logits);
  const CtPull pull  = pull_of(self, settings, &scratch_of(self)->input);
  CtPlayers    chord = players;
  ct_close_chord(&pull, &chord);
  ct_pull_shift(&pull, logits);
  for (uint32_t s = 0U; s <= codec->end; ++s) {
    const bool in_time =
      s >= codec->n_shifts ||
      here + ((int64_t)codec->shifts[s] * CT_TICKS_PER_GRID) >= earliest;
    if (!in_time || (begins && s > 0U) ||
        !ct_can_shift(codec,
                      &moment->context,
                      &moment->struck,
                      s > 0U ? &players : &chord,
                      s)) {
      logits[s] = -INFINITY;
    }
    can_play = can_play || (s < codec->n_shifts && logits[s] > -INFINITY);
  }
  if (can_play && owes_note(self)) {
    logits[codec->bar] = -INFINITY;
  }
  const uint32_t shift =
    draw(self, settings, CT_HEAD_SHIFT, logits, codec->end + 1U);
  const bool is_owed =
    shift > 0U && here >= earliest && owes_root(self, settings);
  scratch_of(self)->is_owed = is_owed;
  return is_owed ? 0U : shift;
}

static uint32_t
draw_part(CtGenerator* const         self,
          const CtSettings* const    settings,
          const uint32_t             shift,
          const CtNoteContext* const after)
{
  const CtHouseMoment* const moment     = ct_house_moment(self->moment);
  const CtPlayers            players    = players_after(self, settings, shift);
  const uint32_t             free_parts = ct_free_parts(
    &self->model->codec, &moment->context, &moment->struck, &players, shift);

  float logits[CT_MAX_CLASSES];
  ask(self, settings, CT_HEAD_PART, after, logits);
  const CtPull pull = pull_of(self, settings, after);
  ct_pull_part(&pull, logits);
  if (scratch_of(self)->is_owed) {
    ct_close_part(logits);
  }
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    if (!(free_parts & (1U << part))) {
      logits[part] = -INFINITY;
    }
  }
  return draw(self, settings, CT_HEAD_PART, logits, CT_N_PARTS);
}

/// MIDI key that a row of the pitch table is heard as
static uint8_t
key_of(const CtGenerator* const self,
       const CtSettings* const  settings,
       const uint32_t           row)
{
  return (uint8_t)((int32_t)(self->model->codec.low + row) - 1 +
                   (CT_PITCH_CLASS_COUNT * settings->octave));
}

/// @return A row of the pitch table
static uint32_t
draw_pitch(CtGenerator* const         self,
           const CtSettings* const    settings,
           const uint32_t             shift,
           const uint32_t             part,
           const CtNoteContext* const after)
{
  const CtCodec* const       codec   = &self->model->codec;
  const CtHouseMoment* const moment  = ct_house_moment(self->moment);
  const CtPlayers            players = players_after(self, settings, shift);
  const CtPitchSet           set =
    ct_free_pitches(codec, &moment->context, &players, shift, part);

  float logits[CT_MAX_CLASSES];
  ask(self, settings, CT_HEAD_PITCH, after, logits);
  const CtPull pull = pull_of(self, settings, after);
  ct_pull_pitch(&pull, logits);
  for (uint32_t p = 0U; p < codec->n_pitches; ++p) {
    if (!ct_pitches_contain(set, p)) {
      logits[p] = -INFINITY;
    }
  }

  const CtFreedom freedom = freedom_of(moment, settings, CT_HEAD_PITCH);
  const float     coin    = coin_for(self, settings, CT_HEAD_PITCH);
  const uint32_t  row =
    1U +
    ct_sample_spread(logits, codec->n_pitches, &freedom, coin, &self->spread);
  for (uint32_t i = 0U; i < self->spread.n; ++i) {
    self->spread.keys[i] = key_of(self, settings, 1U + self->spread.keys[i]);
  }
  return row;
}

static uint32_t
draw_duration(CtGenerator* const         self,
              const CtSettings* const    settings,
              const CtNoteContext* const after)
{
  const uint32_t n = self->model->codec.n_durations;
  float          logits[CT_MAX_CLASSES];
  ask(self, settings, CT_HEAD_DURATION, after, logits);
  const CtPull pull = pull_of(self, settings, after);
  ct_pull_duration(&pull, logits);
  return draw(self, settings, CT_HEAD_DURATION, logits, n);
}

/// Draw how loud the note is, or leave it untold in a style whose scores tell
/// nothing: asked about those, the network would guess
static uint32_t
draw_level(CtGenerator* const         self,
           const CtSettings* const    settings,
           const CtNoteContext* const after)
{
  const CtCodec* const codec = &self->model->codec;
  const CtStyle* const style =
    &codec->styles[ct_interpret_style(self->model, settings)];
  if (!style->is_marked) {
    return codec->n_levels;
  }

  float logits[CT_MAX_CLASSES];
  ask(self, settings, CT_HEAD_LEVEL, after, logits);
  return draw(self, settings, CT_HEAD_LEVEL, logits, codec->n_levels);
}

/// Enter the chosen note in the moment
static void
play(CtGenerator* const self, const CtChoice* const choice)
{
  CtHouseMoment* const moment = ct_house_moment(self->moment);
  if (self->model->codec.shifts[choice->shift]) {
    memset(moment->struck.n_struck, 0, sizeof(moment->struck.n_struck));
  }
  ct_context_note(&moment->context, &self->model->codec, choice);
  moment->is_stepped = false;
  ++moment->struck.n_struck[choice->part];
  ++moment->struck.n_in_bar;
  self->moment->tick =
    self->moment->bar_tick +
    ((int64_t)moment->context.event.position * CT_TICKS_PER_GRID);
}

static CtNote
note_of(const CtGenerator* const self, const CtSettings* const settings)
{
  const CtHouseMoment* const moment = ct_house_moment(self->moment);
  const CtContext* const     here   = &moment->context;
  const CtCodedEvent* const  event  = &here->event;
  const CtNotePlace          place  = {
              here->bar,
              event->position,
              here->bar_length,
              event->part,
              here->n_struck == 1U,
              ct_velocity_of_level(event->level, self->model->codec.n_levels),
              coin_for(self, settings, HEAD_VELOCITY)};

  return (CtNote){
    .tick     = self->moment->tick,
    .duration = (int32_t)self->model->codec.durations[event->duration] *
                CT_TICKS_PER_GRID,
    .pitch    = key_of(self, settings, event->pitch),
    .velocity = ct_velocity(&place, settings->velocity, settings->dynamics),
    .channel =
      settings->channel_mode == CT_CHANNEL_PER_PART ? (uint8_t)event->part : 0U,
    .part = (uint8_t)event->part,
  };
}

/// Tick of the onset, or the bar line, that `shift` leads to
static CtTick
tick_after(const CtGenerator* const self, const uint32_t shift)
{
  const CtCodec* const       codec  = &self->model->codec;
  const CtHouseMoment* const moment = ct_house_moment(self->moment);
  const int64_t              position =
    shift < codec->n_shifts
                   ? (int64_t)moment->context.event.position + codec->shifts[shift]
                   : (int64_t)moment->context.bar_length;
  return self->moment->bar_tick + (position * CT_TICKS_PER_GRID);
}

CtMade
ct_house_next(CtGenerator* const  self,
              const CtWish* const wishes,
              const size_t        n_wishes,
              CtNote* const       note)
{
  const CtCodec* const       codec    = &self->model->codec;
  const CtHouseMoment* const moment   = ct_house_moment(self->moment);
  const CtSettings*          settings = &wishes[0].settings;
  hear(self, settings);

  uint32_t shift = draw_shift(self, settings, INT64_MIN);
  for (size_t i = 1U; i < n_wishes && tick_after(self, shift) >= wishes[i].tick;
       ++i) {
    // The same coin where all is open: wishes that leave the rhythm alone leave
    // this onset
    settings = &wishes[i].settings;
    shift    = draw_shift(self, settings, INT64_MIN);
    if (tick_after(self, shift) < wishes[i].tick) {
      shift = draw_shift(self, settings, wishes[i].tick);
    }
  }
  if (shift == codec->bar) {
    return CT_MADE_BAR;
  }

  const CtContext* const context = &moment->context;
  CtChoice               choice  = {.shift = shift};
  CtNoteContext          after;
  ct_context_after_shift(
    context, codec, &scratch_of(self)->input, shift, &after);
  choice.part = draw_part(self, settings, shift, &after);
  ct_context_after_part(context, choice.part, &after);
  choice.pitch = draw_pitch(self, settings, shift, choice.part, &after);
  ct_context_after_pitch(context, codec, choice.pitch, &after);
  choice.duration = draw_duration(self, settings, &after);
  choice.level    = draw_level(self, settings, &after);
  play(self, &choice);
  *note = note_of(self, settings);
  return CT_MADE_NOTE;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/generator.h"

#include "base/rng.h"
#include "gen/close.h"
#include "gen/interpret.h"
#include "gen/pull.h"
#include "gen/sampler.h"
#include "gen/section.h"
#include "gen/velocity.h"
#include "music/key.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Found by measuring generated pieces against real ones.  Of the first bars,
// times the wish
static const float opening_temperature = 0.85F;

static const float coldest = 0.05F;

/// Head number of the draw that scatters velocities
#define HEAD_VELOCITY CT_N_HEADS

CtStatus
ct_generator_init(CtGenerator* const self, const CtModel* const model)
{
  self->model  = model;
  self->moment = (CtMoment*)calloc(1U, ct_moment_size(model));
  self->scratch =
    (float*)calloc(ct_note_lstm_scratch_size(&model->network), sizeof(float));
  if (!self->moment || !self->scratch) {
    ct_generator_clear(self);
    return CT_NO_MEMORY;
  }
  return CT_SUCCESS;
}

void
ct_generator_clear(CtGenerator* const self)
{
  free(self->moment);
  free(self->scratch);
  self->moment  = NULL;
  self->scratch = NULL;
}

size_t
ct_moment_size(const CtModel* const model)
{
  return sizeof(CtMoment) +
         (2U * sizeof(float) * ct_note_lstm_state_size(&model->network));
}

CtTick
ct_moment_tick(const CtMoment* const moment)
{
  return moment->bar_tick +
         ((int64_t)moment->context.event.position * CT_TICKS_PER_GRID);
}

static float
coin_for(const CtMoment* const   moment,
         const CtSettings* const settings,
         const uint32_t          head)
{
  const uint64_t seed =
    settings->salt ? ct_mix(((uint64_t)settings->salt << 32U) | settings->seed)
                   : settings->seed;
  return ct_coin(
    ct_key(seed, ct_moment_tick(moment), moment->context.n_struck, head));
}

static CtFreedom
freedom_of(const CtMoment* const   moment,
           const CtSettings* const settings,
           const CtHeadId          head)
{
  const bool  is_rhythm = head == CT_HEAD_SHIFT || head == CT_HEAD_DURATION;
  const float wished =
    is_rhythm ? settings->rhythm_temperature : settings->temperature;
  const float opening =
    moment->context.bar < CT_OPENING_BARS ? opening_temperature : 1.0F;
  const float temperature = wished * opening;
  return (CtFreedom){temperature < coldest ? coldest : temperature,
                     settings->min_p,
                     settings->top_k,
                     settings->top_p};
}

static uint32_t
draw(const CtMoment* const   moment,
     const CtSettings* const settings,
     const CtHeadId          head,
     float* const            logits,
     const uint32_t          n)
{
  const CtFreedom freedom = freedom_of(moment, settings, head);
  return ct_sample(logits, n, &freedom, coin_for(moment, settings, head));
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
  CtMoment* const         moment  = self->moment;
  const CtConditions      conditions =
    ct_interpret_conditions(self->model, settings);
  moment->context.key = (uint16_t)ct_interpret_key(settings);
  ct_context_input(
    &moment->context, &self->model->codec, &conditions, &self->input);
  if (!moment->is_stepped) {
    const CtNoteContext contexts[] = {self->input,
                                      without_guidance(&self->input)};
    ct_note_lstm_step_pair(network, contexts, moment->state, self->scratch);
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
  const float* const      states  = self->moment->state;
  if (settings->style_strength == 1.0F) {
    ct_note_lstm_head(network, head, context, states, self->scratch, logits);
    return;
  }

  const CtNoteContext contexts[] = {*context, without_guidance(context)};
  float               both[2U * CT_MAX_CLASSES];
  ct_note_lstm_head_pair(network, head, contexts, states, self->scratch, both);
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
  const CtMoment* const moment   = self->moment;
  const CtModel* const  model    = self->model;
  const CtEnsemble      ensemble = ct_interpret_ensemble(model, settings);
  const bool            is_solo  = ensemble == CT_ENSEMBLE_MELODY;
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
  const CtPull pull    = pull_of(self, settings, &self->input);
  if (self->is_owed) {
    ct_close_root(&pull, &players);
  } else if (shift == 0U) {
    ct_close_chord(&pull, &players);
  }
  return players;
}

/// Whether the bar may not end empty: bar one, the last, and a bar after an
/// empty one
static bool
owes_note(const CtMoment* const moment)
{
  const CtContext* const context = &moment->context;
  return context->this_bar.n_notes == 0U &&
         (moment->bar_tick == 0 || context->ending == CT_LAST_BAR ||
          context->last_bar.n_notes == 0U);
}

/// Whether the root of the last chord is still to come, and somebody can play
/// it
static bool
owes_root(CtGenerator* const self, const CtSettings* const settings)
{
  const CtMoment* const moment  = self->moment;
  const CtPull          pull    = pull_of(self, settings, &self->input);
  CtPlayers             players = ct_interpret_players(self->model, settings);
  ct_close_root(&pull, &players);
  return ct_close_owes_root(&pull) && ct_can_shift(&self->model->codec,
                                                   &moment->context,
                                                   &moment->struck,
                                                   &players,
                                                   0U);
}

/// Draw a shift that leads to `earliest` or later
static uint32_t
draw_shift(CtGenerator* const      self,
           const CtSettings* const settings,
           const CtTick            earliest)
{
  const CtCodec* const  codec  = &self->model->codec;
  const CtMoment* const moment = self->moment;
  self->is_owed                = false;
  const CtPlayers players      = players_after(self, settings, codec->bar);
  const CtTick    here         = ct_moment_tick(moment);

  // Music begins with its first bar line: nobody waits for a sound after
  // pressing play
  const bool begins   = moment->context.event.shift == codec->begin;
  bool       can_play = false;
  float      logits[CT_MAX_CLASSES] = {0.0F};
  ask(self, settings, CT_HEAD_SHIFT, &self->input, logits);
  const CtPull pull  = pull_of(self, settings, &self->input);
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
  if (can_play && owes_note(moment)) {
    logits[codec->bar] = -INFINITY;
  }
  const uint32_t shift =
    draw(moment, settings, CT_HEAD_SHIFT, logits, codec->end + 1U);
  self->is_owed = shift > 0U && here >= earliest && owes_root(self, settings);
  return self->is_owed ? 0U : shift;
}

static uint32_t
draw_part(CtGenerator* const         self,
          const CtSettings* const    settings,
          const uint32_t             shift,
          const CtNoteContext* const after)
{
  const CtMoment* const moment     = self->moment;
  const CtPlayers       players    = players_after(self, settings, shift);
  const uint32_t        free_parts = ct_free_parts(
    &self->model->codec, &moment->context, &moment->struck, &players, shift);

  float logits[CT_MAX_CLASSES];
  ask(self, settings, CT_HEAD_PART, after, logits);
  const CtPull pull = pull_of(self, settings, after);
  ct_pull_part(&pull, logits);
  if (self->is_owed) {
    ct_close_part(logits);
  }
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    if (!(free_parts & (1U << part))) {
      logits[part] = -INFINITY;
    }
  }
  return draw(moment, settings, CT_HEAD_PART, logits, CT_N_PARTS);
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
  const CtCodec* const  codec   = &self->model->codec;
  const CtMoment* const moment  = self->moment;
  const CtPlayers       players = players_after(self, settings, shift);
  const CtPitchSet      set =
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
  const float     coin    = coin_for(moment, settings, CT_HEAD_PITCH);
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
  return draw(self->moment, settings, CT_HEAD_DURATION, logits, n);
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
  return draw(self->moment, settings, CT_HEAD_LEVEL, logits, codec->n_levels);
}

/// Enter the chosen note in the moment
static void
play(CtGenerator* const self, const CtChoice* const choice)
{
  CtMoment* const moment = self->moment;
  if (self->model->codec.shifts[choice->shift]) {
    memset(moment->struck.n_struck, 0, sizeof(moment->struck.n_struck));
  }
  ct_context_note(&moment->context, &self->model->codec, choice);
  moment->is_stepped = false;
  ++moment->struck.n_struck[choice->part];
  ++moment->struck.n_in_bar;
}

static CtNote
note_of(const CtGenerator* const self, const CtSettings* const settings)
{
  const CtMoment* const     moment = self->moment;
  const CtContext* const    here   = &moment->context;
  const CtCodedEvent* const event  = &here->event;
  const CtNotePlace         place  = {
             here->bar,
             event->position,
             here->bar_length,
             event->part,
             here->n_struck == 1U,
             ct_velocity_of_level(event->level, self->model->codec.n_levels),
             coin_for(moment, settings, HEAD_VELOCITY)};

  return (CtNote){
    .tick     = ct_moment_tick(moment),
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
  const CtCodec* const  codec  = &self->model->codec;
  const CtMoment* const moment = self->moment;
  const int64_t         position =
    shift < codec->n_shifts
              ? (int64_t)moment->context.event.position + codec->shifts[shift]
              : (int64_t)moment->context.bar_length;
  return moment->bar_tick + (position * CT_TICKS_PER_GRID);
}

CtMade
ct_generator_next(CtGenerator* const  self,
                  const CtWish* const wishes,
                  const size_t        n_wishes,
                  CtNote* const       note)
{
  const CtCodec* const  codec    = &self->model->codec;
  const CtMoment* const moment   = self->moment;
  const CtSettings*     settings = &wishes[0].settings;
  hear(self, settings);

  uint32_t shift = draw_shift(self, settings, INT64_MIN);
  for (size_t i = 1U; i < n_wishes && tick_after(self, shift) >= wishes[i].tick;
       ++i) {
    settings = &wishes[i].settings;
    shift    = draw_shift(self, settings, wishes[i].tick);
  }
  if (shift == codec->bar) {
    return CT_MADE_BAR;
  }

  const CtContext* const context = &moment->context;
  CtChoice               choice  = {.shift = shift};
  CtNoteContext          after;
  ct_context_after_shift(context, codec, &self->input, shift, &after);
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

void
ct_generator_begin(CtGenerator* const      self,
                   const CtSettings* const settings,
                   const CtTick            bar_tick,
                   const int64_t           bar_length,
                   const CtMeter           meter)
{
  const CtCodec* const codec  = &self->model->codec;
  CtMoment* const      moment = self->moment;
  memset(moment, 0, ct_moment_size(self->model));
  moment->bar_tick = bar_tick;
  ct_context_begin(&moment->context,
                   codec,
                   ct_grid_bar_length(bar_length),
                   ct_codec_meter(codec, meter),
                   ct_interpret_key(settings));
}

/// Count the bar that ends as a repetition of the one before it, or as
/// something new
static void
close_bar(CtMoment* const moment)
{
  const CtBarNotes* const this_bar = &moment->context.this_bar;
  const CtBarNotes* const last_bar = &moment->context.last_bar;
  const size_t            size     = this_bar->n_notes;
  const bool              is_same  = this_bar->n_notes &&
                       this_bar->n_notes == last_bar->n_notes &&
                       !memcmp(this_bar->position, last_bar->position, size) &&
                       !memcmp(this_bar->pitch, last_bar->pitch, size);

  moment->n_repeats  = is_same ? moment->n_repeats + 1U : 0U;
  moment->is_stepped = false;
  memset(&moment->struck, 0, sizeof(moment->struck));
}

void
ct_generator_breathe(CtGenerator* const self)
{
  CtContext* const context = &self->moment->context;
  ct_context_release(context);
  context->bar |= CT_SECTION_BARS - 1U;
}

void
ct_generator_bar(CtGenerator* const      self,
                 const CtSettings* const settings,
                 const CtTick            bar_tick,
                 const int64_t           bar_length,
                 const CtMeter           meter)
{
  const CtCodec* const codec  = &self->model->codec;
  CtMoment* const      moment = self->moment;
  close_bar(moment);
  moment->bar_tick = bar_tick;
  ct_context_bar(&moment->context,
                 codec,
                 ct_grid_bar_length(bar_length),
                 ct_codec_meter(codec, meter),
                 ct_interpret_key(settings));
}

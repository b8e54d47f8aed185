// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// How the house network draws a note: when, who, what, how long and how loud

#include "gen/house_draw.h"

#include "base/rng.h"
#include "gen/close.h"
#include "gen/guide.h"
#include "gen/interpret.h"
#include "gen/pull.h"
#include "gen/sampler.h"
#include "model/activation.h"
#include "music/key.h"

#include <math.h>
#include <string.h>

// Found by measuring generated pieces against real ones.  Of the first bars,
// times the wish
static const float opening_temperature = 0.95F;

static const float coldest = 0.05F;

CtTick
ct_house_tick(const CtGenerator* const self)
{
  const CtHouseMoment* const moment = ct_house_moment(self->moment);
  return self->moment->bar_tick +
         ((int64_t)moment->context.event.position * CT_TICKS_PER_GRID);
}

float
ct_house_coin(const CtGenerator* const self,
              const CtSettings* const  settings,
              const uint32_t           head)
{
  const CtHouseMoment* const moment    = ct_house_moment(self->moment);
  const uint32_t             candidate = moment->trial.candidate;
  const uint64_t             take =
    settings->salt ? ct_mix(((uint64_t)settings->salt << 32U) | settings->seed)
                               : settings->seed;
  const uint64_t seed = candidate ? ct_mix(ct_mix(take) + candidate) : take;
  return ct_coin(
    ct_key(seed, ct_house_tick(self), moment->context.n_struck, head));
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

static CtHouseScratch*
scratch_of(const CtGenerator* const self)
{
  return (CtHouseScratch*)self->scratch;
}

/// Note what the class that was drawn tells of the style: how much likelier it
/// is to the network told of it than to the one that is not
static void
witness(CtGenerator* const self, const uint32_t n, const uint32_t c)
{
  CtHouseScratch* const scratch = scratch_of(self);
  CtTrial* const        trial   = &ct_house_moment(self->moment)->trial;
  if (trial->stage == CT_BAR_OPEN) {
    const float* const untold = scratch->told + n;
    trial->evidence +=
      ct_log_softmax(scratch->told, n, c) - ct_log_softmax(untold, n, c);
  }
}

static uint32_t
draw(CtGenerator* const      self,
     const CtSettings* const settings,
     const CtHeadId          head,
     float* const            logits,
     const uint32_t          n)
{
  const CtFreedom freedom =
    freedom_of(ct_house_moment(self->moment), settings, head);
  const uint32_t c =
    ct_sample(logits, n, &freedom, ct_house_coin(self, settings, head));
  witness(self, self->model->network.heads[head].n_classes, c);
  return c;
}

/// What the network is told, and what it isn't when it is read for guidance
typedef struct {
  CtNoteContext both[2];
} CtReadings;

static CtReadings
readings_of(const CtGenerator* const   self,
            const CtSettings* const    settings,
            const CtNoteContext* const told)
{
  return (CtReadings){
    {*told,
     ct_guide_untold(&self->model->codec,
                     settings,
                     ct_interpret_ensemble(self->model, settings),
                     &ct_house_moment(self->moment)->context,
                     told)}};
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
    const CtReadings readings =
      readings_of(self, settings, &scratch_of(self)->input);
    ct_note_lstm_step_pair(
      network, readings.both, moment->state, scratch_of(self)->floats);
    moment->is_stepped = true;
  }
}

/// Ask a head, and guide it: logits = untold + strength (told - untold), as in
/// guide.h, equation 6 of the paper
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
  const bool              is_tried =
    ct_house_moment(self->moment)->trial.stage == CT_BAR_OPEN;
  if (settings->style_strength == 1.0F && !is_tried) {
    ct_note_lstm_head(
      network, head, context, states, scratch_of(self)->floats, logits);
    return;
  }

  const CtReadings readings = readings_of(self, settings, context);
  float* const     both     = scratch_of(self)->told;
  ct_note_lstm_head_pair(
    network, head, readings.both, states, scratch_of(self)->floats, both);
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
  const CtTick    here              = ct_house_tick(self);

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

uint8_t
ct_house_key(const CtGenerator* const self,
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
  const float     coin    = ct_house_coin(self, settings, CT_HEAD_PITCH);
  const uint32_t  row =
    1U +
    ct_sample_spread(logits, codec->n_pitches, &freedom, coin, &self->spread);
  witness(self, self->model->network.heads[CT_HEAD_PITCH].n_classes, row - 1U);
  for (uint32_t i = 0U; i < self->spread.n; ++i) {
    self->spread.keys[i] =
      ct_house_key(self, settings, 1U + self->spread.keys[i]);
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

bool
ct_house_draw(CtGenerator* const  self,
              const CtWish* const wishes,
              const size_t        n_wishes,
              CtHouseDraw* const  drawn)
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
  drawn->settings = settings;
  if (shift == codec->bar) {
    return false;
  }

  const CtContext* const context = &moment->context;
  CtChoice* const        choice  = &drawn->choice;
  CtNoteContext          after;
  choice->shift = shift;
  ct_context_after_shift(
    context, codec, &scratch_of(self)->input, shift, &after);
  choice->part = draw_part(self, settings, shift, &after);
  ct_context_after_part(context, choice->part, &after);
  choice->pitch = draw_pitch(self, settings, shift, choice->part, &after);
  ct_context_after_pitch(context, codec, choice->pitch, &after);
  choice->duration = draw_duration(self, settings, &after);
  choice->level    = draw_level(self, settings, &after);
  return true;
}

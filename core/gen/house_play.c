// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// How the house plays: bars are tried, and one candidate of each is played

#include "gen/house.h"

#include "gen/critic.h"
#include "gen/house_draw.h"
#include "gen/interpret.h"
#include "gen/velocity.h"

#include <stdbool.h>
#include <string.h>

/// Enter a note that was drawn
static void
enter(CtGenerator* const self, const CtChoice* const choice)
{
  CtHouseMoment* const moment = ct_house_moment(self->moment);
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
              ct_house_coin(self, settings, CT_HEAD_VELOCITY)};

  return (CtNote){
    .tick     = ct_house_tick(self),
    .duration = (int32_t)self->model->codec.durations[event->duration] *
                CT_TICKS_PER_GRID,
    .pitch    = ct_house_key(self, settings, event->pitch),
    .velocity = ct_velocity(&place, settings->velocity, settings->dynamics),
    .channel =
      settings->channel_mode == CT_CHANNEL_PER_PART ? (uint8_t)event->part : 0U,
    .part = (uint8_t)event->part,
  };
}

/// Where the music is kept as it stood at the bar line, while bars are tried
static CtHouseMoment*
bar_line(const CtGenerator* const self)
{
  char* const own = (char*)self->moment->own;
  return (CtHouseMoment*)(own + ct_house_moment_size(self->model));
}

static void
go_back(CtGenerator* const self)
{
  CtHouseMoment* const moment = ct_house_moment(self->moment);
  const CtTrial        trial  = moment->trial;
  memcpy(moment, bar_line(self), ct_house_moment_size(self->model));
  moment->trial = trial;
}

/// Whether there is a choice to make: not in bar one, since whoever presses
/// play wants to hear it at once, nor where wishes have just changed
static bool
may_try(const CtGenerator* const self, const CtWish* const wish)
{
  const CtTick line = self->moment->bar_tick;
  return wish->settings.candidates > 1U && line > 0 && wish->settled < line;
}

/// Weigh the candidate that is complete, and go back for another, or for the
/// best if it was the last
static void
weigh(CtGenerator* const self, const CtSettings* const settings)
{
  CtHouseMoment* const moment    = ct_house_moment(self->moment);
  CtTrial* const       trial     = &moment->trial;
  const CtCandidate    candidate = {&self->model->codec,
                                    &moment->context,
                                    ct_interpret_ensemble(self->model, settings),
                                    settings->key,
                                    ct_interpret_scale(settings),
                                    moment->n_repeats,
                                    trial->evidence};
  const float          worth     = ct_critic_worth(&candidate);
  if (trial->candidate == 0U || worth > trial->most) {
    trial->best = trial->candidate;
    trial->most = worth;
  }
  trial->evidence = 0.0F;
  ++trial->candidate;
  go_back(self);
  if (trial->candidate >= settings->candidates) {
    trial->candidate = trial->best;
    trial->stage     = CT_BAR_CHOSEN;
  }
}

/// Go on with the candidate at hand, under the wish that the bar begins with:
/// later ones may not be known yet
static CtMade
try_event(CtGenerator* const self, const CtWish* const wish)
{
  CtHouseMoment* const moment = ct_house_moment(self->moment);
  if (!moment->trial.candidate && !moment->struck.n_in_bar) {
    memcpy(bar_line(self), moment, ct_house_moment_size(self->model));
  }
  CtHouseDraw drawn = {0};
  if (!ct_house_draw(self, wish, 1U, &drawn)) {
    weigh(self, &wish->settings);
    return CT_MADE_CANDIDATE;
  }
  enter(self, &drawn.choice);
  return CT_MADE_NOTHING;
}

static CtMade
play_event(CtGenerator* const  self,
           const CtWish* const wishes,
           const size_t        n_wishes,
           CtNote* const       note)
{
  CtHouseDraw drawn = {0};
  if (!ct_house_draw(self, wishes, n_wishes, &drawn)) {
    return CT_MADE_BAR;
  }
  enter(self, &drawn.choice);
  self->moment->tick = ct_house_tick(self);
  *note              = note_of(self, drawn.settings);
  return CT_MADE_NOTE;
}

CtMade
ct_house_next(CtGenerator* const  self,
              const CtWish* const wishes,
              const size_t        n_wishes,
              CtNote* const       note)
{
  CtTrial* const trial = &ct_house_moment(self->moment)->trial;
  if (trial->stage != CT_BAR_BEGUN && !may_try(self, wishes)) {
    trial->candidate = 0U; // Whatever another wish chose
    trial->stage     = CT_BAR_BEGUN;
  }
  if (trial->stage == CT_BAR_OPEN) {
    return try_event(self, wishes);
  }
  trial->stage = CT_BAR_BEGUN;
  return play_event(self, wishes, n_wishes, note);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// What the audio thread asks for: other notes where the host moved, or where
// wishes, meter or take changed

#include "input.h"
#include "instance.h"

#include <math.h>
#include <string.h>

/// Time that the writer has for the notes of a changed wish, seconds
static const double answer_time = 0.008;

static const double seconds_per_minute = 60.0;

bool
ct_instance_is_planned(const CtAudio* const audio, const CtTick tick)
{
  return audio->has_asked && !audio->has_played && audio->asked.from == tick;
}

/// Whether the plan at hand counts bars as the host does now
static bool
has_same_bars(const CtRequest* const asked,
              const CtBar* const     bar,
              const CtTick           tick)
{
  return ct_meter_equals(asked->meter, bar->meter) &&
         (tick < asked->bar_tick ||
          (bar->begin - asked->bar_tick) % ct_meter_bar_length(bar->meter) ==
            0);
}

CtTick
ct_instance_answer_ticks(const CtTransport* const transport)
{
  const double ticks = ct_transport_tempo(transport) / seconds_per_minute *
                       (double)CT_PPQN * answer_time;
  const CtTick longest = CT_TICKS_PER_SIXTEENTH / 2;
  return ticks < (double)longest ? (CtTick)ceil(ticks) : longest;
}

/// The next sixteenth, counted from its bar line, that leaves the writer its
/// time; wishes that are read after that act on the one after
static CtTick
next_sixteenth(const CtBar* const bar, const CtTick tick)
{
  const CtTick n    = ct_ceil_div(tick - bar->begin, CT_TICKS_PER_SIXTEENTH);
  const CtTick next = bar->begin + (n * CT_TICKS_PER_SIXTEENTH);
  const CtTick end  = bar->begin + bar->length;
  return next < end ? next : end;
}

bool
ct_instance_follows_key(const Continuo* const self)
{
  static const float half = 0.5F;
  return continuo_get_param(self, CONTINUO_KEY) > CT_KEY_FOLLOWS - half;
}

/// The parameters, with the key that is heard at `tick`
static CtSettings
read_settings(Continuo* const self, const CtTick tick)
{
  CtInput* const input    = &self->audio.input;
  CtSettings     settings = ct_instance_settings(self);
  if (ct_instance_follows_key(self)) {
    ct_input_hear(input, &self->audio.transport, tick);
    ct_input_set_key(input, &settings);
  }
  return settings;
}

/// Where the meter at `tick` begins, as far as the host showed
static CtTick
meter_since(const Continuo* const self, const CtTick tick)
{
  return ct_meter_map_since(ct_transport_meters(&self->audio.transport), tick);
}

/// Send `request`; until it is taken it is owed.  @return True
static bool
ask(Continuo* const self, const CtRequest* const request)
{
  CtAudio* const audio = &self->audio;
  audio->owes_plan     = !ct_writer_ask(self->writer, request);
  if (!audio->owes_plan) {
    ct_scheduler_revoke(&audio->scheduler, request->missing);
    audio->asked      = *request;
    audio->has_asked  = true;
    audio->has_played = false;
    audio->n_expected = 0U;
    audio->horizon    = request->missing;
  }
  return true;
}

/// Whether a new take was asked for since the last time
static bool
takes_anew(Continuo* const self)
{
  const uint32_t n_new_takes =
    atomic_load_explicit(&self->n_new_takes, memory_order_relaxed);
  const bool is_new       = n_new_takes != self->audio.n_new_takes;
  self->audio.n_new_takes = n_new_takes;
  return is_new;
}

/// Ask for the notes at the place that the host went to, or stands at
static bool
ask_here(Continuo* const self, const CtBar* const bar, const CtTick tick)
{
  static const float half   = 0.5F;
  const bool         is_new = takes_anew(self);
  const bool improvises   = continuo_get_param(self, CONTINUO_TAKE_MODE) > half;
  const CtRequest request = {.epoch     = self->audio.asked.epoch + 1U,
                             .entry     = improvises ? CT_GO_ON : CT_BEGIN,
                             .stir      = improvises || is_new ? CT_STIR_AGAIN
                                                               : CT_STIR_NOT,
                             .from      = tick,
                             .missing   = tick,
                             .settings  = read_settings(self, tick),
                             .has_meter = true,
                             .bar_tick  = bar->begin,
                             .since     = meter_since(self, tick),
                             .meter     = bar->meter};
  return ask(self, &request);
}

/// Ask for other notes from `from` on; what the plan before has not delivered
/// yet comes again with this one
static bool
ask_on(Continuo* const    self,
       const CtBar* const bar,
       const CtTick       tick,
       const CtTick       from,
       const CtSettings   settings)
{
  const CtAudio* const audio   = &self->audio;
  const CtTick         due     = audio->horizon < from ? audio->horizon : from;
  const CtRequest      request = {.epoch = audio->asked.epoch + 1U,
                                  .entry = CT_GO_ON,
                                  .stir =
                               takes_anew(self) ? CT_STIR_ONCE : CT_STIR_NOT,
                                  .from      = from,
                                  .missing   = due < tick ? tick : due,
                                  .settings  = settings,
                                  .has_meter = true,
                                  .bar_tick  = bar->begin,
                                  .since     = meter_since(self, tick),
                                  .meter     = bar->meter};
  return ask(self, &request);
}

/// Let the plan go on by the wishes that are expected up to `tick`
static void
expect(Continuo* const self, const CtTick tick)
{
  CtAudio* const audio = &self->audio;
  CtExpectation  news;
  while (audio->n_expected < CT_N_EXPECTED &&
         ct_writer_expect(self->writer, &news)) {
    if (news.epoch == audio->asked.epoch) {
      audio->expected[audio->n_expected++] = news.wish;
    }
  }
  uint32_t n = 0U;
  while (n < audio->n_expected && audio->expected[n].tick <= tick) {
    audio->asked.settings = audio->expected[n++].settings;
  }
  audio->n_expected -= n;
  memmove(audio->expected,
          &audio->expected[n],
          audio->n_expected * sizeof(audio->expected[0]));
}

/// Where parameters that are read in this block act: once for each sixteenth.
/// @return False if the time to read them has not come
static bool
find_turn(const CtAudio* const audio,
          const CtBar* const   bar,
          const CtTick         tick,
          CtTick* const        from)
{
  const CtTick answer = ct_instance_answer_ticks(&audio->transport);
  CtBar        at     = *bar;
  if (tick + answer >= bar->begin + bar->length) {
    at =
      ct_meter_map_bar(ct_transport_meters(&audio->transport), tick + answer);
  }
  *from = next_sixteenth(&at, tick + answer);
  return *from - answer < ct_transport_range(&audio->transport).end;
}

/**
   Read the parameters where the time for it has come.

   Which wish counts then depends on positions alone, neither on blocks nor on
   how fast the writer is.
*/
static bool
follow_wishes(Continuo* const    self,
              const CtBar* const bar,
              const CtTick       tick,
              const CtTick       from)
{
  CtAudio* const audio  = &self->audio;
  const CtTick   answer = ct_instance_answer_ticks(&audio->transport);
  expect(self, from);
  const CtSettings settings = read_settings(self, from - answer);
  const bool       is_new =
    audio->n_new_takes !=
    atomic_load_explicit(&self->n_new_takes, memory_order_relaxed);
  return (is_new || !ct_settings_alike(&settings, &audio->asked.settings)) &&
         ask_on(self, bar, tick, from, settings);
}

/// Whether the wishes are others than those of a plan that was not played yet
static bool
has_other_wishes(Continuo* const self, const CtTick tick)
{
  const CtSettings settings = read_settings(self, tick);
  return self->audio.n_new_takes !=
           atomic_load_explicit(&self->n_new_takes, memory_order_relaxed) ||
         !ct_settings_alike(&settings, &self->audio.asked.settings);
}

/// Read how free from the grid notes are; the notes themselves stay what they
/// are
static void
follow_humanize(Continuo* const    self,
                const CtMove       move,
                const CtBar* const bar,
                const CtTick       tick)
{
  CtAudio* const   audio = &self->audio;
  const CtHumanize wish  = ct_instance_humanize(self);
  CtTick           from  = 0;
  if (move != CT_MOVE_NONE || !ct_transport_is_rolling(&audio->transport)) {
    ct_humanize_hold(&audio->humanize, wish);
  } else if (find_turn(audio, bar, tick, &from) &&
             from > audio->humanize.from) {
    ct_humanize_turn(&audio->humanize, from, wish);
  }
}

bool
ct_instance_plan(Continuo* const self, const CtMove move, const bool restart)
{
  CtAudio* const audio = &self->audio;
  const CtTick   tick  = ct_transport_tick(&audio->transport);
  const CtBar    bar =
    ct_meter_map_bar(ct_transport_meters(&audio->transport), tick);
  const uint32_t edition =
    atomic_load_explicit(&self->edition, memory_order_acquire);
  const bool moved =
    move != CT_MOVE_NONE && !ct_instance_is_planned(audio, tick);
  const bool is_rolling = ct_transport_is_rolling(&audio->transport);
  const bool same_bars  = has_same_bars(&audio->asked, &bar, tick);
  CtTick     from       = 0;
  follow_humanize(self, move, &bar, tick);
  if (restart || moved || audio->owes_plan || !audio->has_asked ||
      edition != audio->edition ||
      (!audio->has_played && (!same_bars || has_other_wishes(self, tick)))) {
    audio->edition = edition;
    return ask_here(self, &bar, tick);
  }
  if (!same_bars) {
    // The section that the new meter ends takes its notes with it, as it does
    // where the take is played again
    ct_scheduler_end_by(&audio->scheduler, tick);
    return ask_on(self, &bar, tick, tick, audio->asked.settings);
  }
  return is_rolling && find_turn(audio, &bar, tick, &from) &&
         follow_wishes(self, &bar, tick, from);
}

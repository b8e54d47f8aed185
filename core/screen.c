// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "screen.h"

#include "base/thread.h"
#include "continuo.h"
#include "gen/spread.h"
#include "gen/writer.h"
#include "instance.h"
#include "music/listener.h"
#include "music/meter.h"
#include "music/scheduler.h"
#include "music/transport.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static_assert(CONTINUO_TICKS_PER_QUARTER == CT_PPQN, "ticks are the same");
static_assert(CONTINUO_MAX_CHOICES == CT_SPREAD_SIZE, "choices are the same");

/// Bit of `waiting` beside the number of a view: it was not read yet
#define IS_NEW 4U
#define NUMBER_MASK 3U

/// Bars shown before the one that plays
#define BARS_BEFORE 5

/// Time between two views: a little less than that between two pictures
static const double shortest_age = 1.0 / 75.0;

void
ct_screen_init(CtScreen* const screen)
{
  screen->written = 0U;
  screen->read    = 2U;
  atomic_init(&screen->waiting, 1U);
}

void
ct_screen_sent(CtScreen* const screen, const CtEvent* const event)
{
  ++screen->n_sent;
  if (event->order == CT_ORDER_NOTE_ON) {
    // Where it was planned: there one can look what it was drawn from
    const CtTick     onset   = event->tick - event->delay;
    CtHistory* const history = &screen->history;
    history->notes[history->n_notes++ % CONTINUO_MAX_PLAYED] =
      (ContinuoViewNote){onset,
                         (int32_t)(event->off_tick - onset),
                         event->bytes[1],
                         event->bytes[2],
                         event->part};
  }
}

static uint32_t
n_remembered(const CtHistory* const history)
{
  return history->n_notes < CONTINUO_MAX_PLAYED ? (uint32_t)history->n_notes
                                                : CONTINUO_MAX_PLAYED;
}

void
ct_screen_cut(CtScreen* const screen, const CtTick tick)
{
  CtHistory* const history = &screen->history;
  for (uint32_t i = 0U; i < n_remembered(history); ++i) {
    ContinuoViewNote* const note = &history->notes[i];
    if (note->tick < tick && note->tick + note->duration > tick) {
      note->duration = (int32_t)(tick - note->tick);
    }
  }
}

void
ct_screen_move(CtScreen* const screen, const CtTick tick)
{
  CtHistory* const history = &screen->history;
  const uint32_t   n       = n_remembered(history);
  uint32_t         n_left  = 0U;
  for (uint32_t i = 0U; i < n; ++i) {
    if (history->notes[i].tick < tick) {
      history->notes[n_left++] = history->notes[i];
    }
  }
  history->n_notes = n_left;
}

static void
show_bars(const CtAudio* const audio, ContinuoView* const view)
{
  const CtMeterMap* const meters = ct_transport_meters(&audio->transport);
  CtBar                   bar =
    ct_meter_map_bar(meters, ct_transport_range(&audio->transport).end);
  for (int i = 0; i < BARS_BEFORE; ++i) {
    bar = ct_meter_map_bar(meters, bar.begin - 1);
  }
  for (view->n_bars = 0U; view->n_bars < CONTINUO_MAX_VIEW_BARS;
       ++view->n_bars) {
    view->bars[view->n_bars] = (ContinuoViewBar){bar.index,
                                                 bar.begin,
                                                 bar.length,
                                                 bar.meter.numerator,
                                                 bar.meter.denominator};
    bar                      = ct_meter_map_bar(meters, bar.begin + bar.length);
  }
}

static void
show_planned(const CtScheduler* const scheduler, ContinuoView* const view)
{
  view->n_planned = 0U;
  for (uint32_t i = 0U; i < scheduler->n_events; ++i) {
    const CtEvent* const event = &scheduler->heap[i].event;
    if (event->order == CT_ORDER_NOTE_ON &&
        view->n_planned < CONTINUO_MAX_PLANNED) {
      const CtTick onset = event->tick - event->delay;
      view->planned[view->n_planned++] =
        (ContinuoViewNote){onset,
                           (int32_t)(event->off_tick - onset),
                           event->bytes[1],
                           event->bytes[2],
                           event->part};
    }
  }
}

static void
show_heard(const CtInput* const input, ContinuoView* const view)
{
  uint64_t    serial = ct_listener_n_heard(&input->listener);
  CtHeardNote heard;
  view->n_heard = 0U;
  while (
    serial > 0U && view->n_heard < CONTINUO_MAX_HEARD &&
    ct_listener_note(&input->listener, --serial, input->finder.tick, &heard)) {
    view->heard[view->n_heard++] = (ContinuoViewNote){heard.note.tick,
                                                      heard.note.duration,
                                                      heard.note.pitch,
                                                      heard.note.velocity,
                                                      0U};
  }
}

static void
show_time(const CtAudio* const audio, ContinuoView* const view)
{
  const CtTransport* const transport = &audio->transport;
  const CtTickRange        range     = ct_transport_range(transport);
  view->has_tempo                    = transport->has_meter;
  view->is_rolling                   = ct_transport_is_rolling(transport);
  view->is_bypassed                  = audio->is_bypassed;
  view->tick                         = (double)range.end;
  view->tempo                        = ct_transport_tempo(transport);
  view->horizon                      = audio->horizon;

  const CtTick answered = range.end + ct_instance_answer_ticks(transport);
  const CtBar  bar = ct_meter_map_bar(ct_transport_meters(transport), answered);
  view->final_tick =
    bar.begin + (ct_ceil_div(answered - bar.begin, CT_TICKS_PER_SIXTEENTH) *
                 CT_TICKS_PER_SIXTEENTH);
}

/// Let the reader have the view that was written
static void
publish(CtScreen* const screen)
{
  const uint32_t before = atomic_exchange_explicit(
    &screen->waiting, screen->written | IS_NEW, memory_order_acq_rel);
  screen->written = before & NUMBER_MASK;
}

void
ct_instance_show(Continuo* const self, const uint32_t n_frames)
{
  CtScreen* const      screen = &self->screen;
  const CtAudio* const audio  = &self->audio;
  screen->age += (double)n_frames / self->sample_rate;
  ++screen->n_blocks;
  if (!atomic_load_explicit(&screen->n_watching, memory_order_relaxed) ||
      (screen->age < shortest_age && n_frames > 0U)) {
    return;
  }

  screen->age              = 0.0;
  ContinuoView* const view = &screen->views[screen->written];
  const uint32_t key = (uint32_t)continuo_get_param(self, CONTINUO_CURRENT_KEY);
  view->n_blocks     = screen->n_blocks;
  view->is_told      = screen->is_told;
  view->tonic        = (uint8_t)(key % CT_PITCH_CLASS_COUNT);
  view->is_minor     = key >= CT_PITCH_CLASS_COUNT;
  view->n_sent       = screen->n_sent;
  view->n_received   = screen->n_received;
  view->n_late       = audio->n_late;
  view->n_played     = n_remembered(&screen->history);
  memcpy(view->played,
         screen->history.notes,
         view->n_played * sizeof(view->played[0]));
  show_time(audio, view);
  show_bars(audio, view);
  show_planned(&audio->scheduler, view);
  show_heard(&audio->input, view);
  publish(screen);
}

void
continuo_view_watch(Continuo* const self, const bool watches)
{
  if (watches) {
    atomic_fetch_add(&self->screen.n_watching, 1U);
  } else {
    atomic_fetch_sub(&self->screen.n_watching, 1U);
  }
}

static void
wait_for(CtToken* const token)
{
  while (!ct_token_try(token)) {
    ct_sleep_ms(1U);
  }
}

bool
continuo_view_read(Continuo* const self, ContinuoView* const view)
{
  CtScreen* const screen = &self->screen;
  wait_for(&screen->reader);
  if (atomic_load_explicit(&screen->waiting, memory_order_relaxed) & IS_NEW) {
    const uint32_t newest = atomic_exchange_explicit(
      &screen->waiting, screen->read, memory_order_acq_rel);
    screen->read = newest & NUMBER_MASK;
  }
  const ContinuoView* const newest = &screen->views[screen->read];
  const bool                is_new = newest->n_blocks > view->n_blocks;
  if (is_new) {
    *view = *newest;
  }
  ct_token_release(&screen->reader);
  return is_new;
}

bool
continuo_view_choices(const Continuo* const         self,
                      const ContinuoViewNote* const note,
                      ContinuoChoices* const        choices)
{
  CtSpread spread;
  if (!ct_writer_look(
        self->writer, note->tick, note->part, note->pitch, &spread)) {
    return false;
  }
  choices->n      = spread.n;
  choices->n_kept = spread.n_kept;
  for (uint32_t i = 0U; i < spread.n; ++i) {
    choices->keys[i]    = spread.keys[i];
    choices->weights[i] = (float)spread.weights[i] / (float)UINT8_MAX;
  }
  return true;
}

/// Exchange a text for a copy, one thread at a time
static void
copy_text(CtToken* const    token,
          char* const       to,
          const char* const from,
          const size_t      size)
{
  wait_for(token);
  (void)snprintf(to, size, "%s", from);
  ct_token_release(token);
}

void
continuo_set_notice(Continuo* const self, const char* const sentence)
{
  CtScreen* const screen = &self->screen;
  copy_text(
    &screen->text_token, screen->notice, sentence, sizeof(screen->notice));
}

void
continuo_notice(Continuo* const self, char sentence[CONTINUO_WHY_SIZE])
{
  CtScreen* const screen = &self->screen;
  copy_text(&screen->text_token, sentence, screen->notice, CONTINUO_WHY_SIZE);
}

void
continuo_set_chosen_preset(Continuo* const self, const char* const name)
{
  CtScreen* const screen = &self->screen;
  copy_text(&screen->text_token, screen->preset, name, sizeof(screen->preset));
}

void
continuo_chosen_preset(Continuo* const self,
                       char            name[CONTINUO_PRESET_NAME_SIZE])
{
  CtScreen* const screen = &self->screen;
  copy_text(
    &screen->text_token, name, screen->preset, CONTINUO_PRESET_NAME_SIZE);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The audio thread: transport, plan, notes in, messages out

#include "base/denormal.h"
#include "base/pace.h"
#include "continuo.h"
#include "input.h"
#include "instance.h"
#include "music/event.h"

/// A note later than this is not played any more: a sixty-fourth
#define GRACE (CT_PPQN / 16)

/// Deliveries taken at once, beside one for each frame of a block
#define BASE_DELIVERIES 256U

/// Places of the scheduler kept free for note-offs
#define OFF_MARGIN 512U

/// Time that may go into writing what is due in a block and not there, as a
/// share of the block and of all instances together: where playback starts,
/// it may not have been asked for before
static const double help_share  = 0.3;
static const double start_share = 0.5;

/// Where messages of this block go
typedef struct {
  ContinuoWriteFunc write;
  void*             handle;
} Sink;

static bool
write_message(void* const handle, const CtMessage* const message)
{
  const Sink* const  sink = (const Sink*)handle;
  const ContinuoMidi midi = {
    message->frame,
    message->size,
    {message->data[0], message->data[1], message->data[2]},
    message->part};
  return sink->write(sink->handle, &midi);
}

static CtMove
begin_block(CtAudio* const                audio,
            const ContinuoPosition* const host,
            const uint32_t                n_frames)
{
  if (!host) {
    return ct_transport_begin(&audio->transport, NULL, n_frames);
  }
  const CtPosition position = {host->rolling,
                               host->frame,
                               host->has_meter,
                               host->tempo,
                               host->numerator,
                               host->denominator,
                               host->beat};
  return ct_transport_begin(&audio->transport, &position, n_frames);
}

/// Put a delivered note in its place, if there is still time
static void
accept(CtAudio* const audio, const CtNote* const note)
{
  const CtTick now = ct_transport_range(&audio->transport).begin;
  const bool   is_late =
    ct_transport_is_rolling(&audio->transport) && note->tick < now;
  audio->n_late += is_late;
  if (is_late && note->tick < now - GRACE) {
    return;
  }
  const CtEvent on = ct_event_note_on(note->tick,
                                      note->tick + note->duration,
                                      note->channel,
                                      note->pitch,
                                      note->velocity,
                                      note->part);
  (void)ct_scheduler_add(&audio->scheduler, &on); // receive() left room for it
}

/// Take what the writer delivered.  @return How much
static uint32_t
receive(Continuo* const self, const uint32_t max)
{
  CtAudio* const audio = &self->audio;
  CtDelivery     delivery;
  uint32_t       n = 0U;
  while (n < max &&
         ct_scheduler_n_events(&audio->scheduler) <
           CT_SCHEDULER_CAPACITY - OFF_MARGIN &&
         ct_writer_receive(self->writer, &delivery)) {
    ++n;
    if (delivery.epoch == audio->asked.epoch) {
      audio->horizon =
        delivery.horizon > audio->horizon ? delivery.horizon : audio->horizon;
      if (delivery.has_note && !audio->is_bypassed) {
        accept(audio, &delivery.note);
      }
    }
  }
  return n;
}

/// Write the take in this thread until the block's notes are there
static void
receive_synchronously(Continuo* const self, const CtTick end)
{
  do {
    ct_writer_pump(self->writer, end, CT_NO_LIMIT);
  } while (receive(self, UINT32_MAX) && self->audio.horizon < end);
}

/// Write what is due until `until`, for as long as this thread may
static void
help(Continuo* const self, const CtTick until, const double share)
{
  const CtPaceTime time = ct_pace_take(&self->audio.pace, share);
  ct_writer_help(self->writer, until, time.most);
  ct_pace_end(&time);
}

/**
   Get the notes of this block: what was delivered, and what this thread can
   write in its share of the time.  Those that are due soon are written as well,
   as a thread of the pool may have lost its processor to others.
*/
static void
receive_in_time(Continuo* const self,
                const CtTick    end,
                const CtMove    move,
                const bool      has_asked)
{
  CtAudio* const audio = &self->audio;
  const CtTick   soon  = ct_transport_is_rolling(&audio->transport)
                           ? end + ct_instance_answer_ticks(&audio->transport)
                           : end;
  (void)receive(self, BASE_DELIVERIES);
  if (has_asked || (audio->horizon < soon && !audio->is_bypassed)) {
    const bool starts = move == CT_MOVE_STARTED || move == CT_MOVE_SEEKED;
    help(self, soon, starts ? start_share : help_share);
    (void)receive(self, UINT32_MAX);
  }
}

/// Send `event`.  @return False if the host is full
static bool
emit(CtAudio* const       audio,
     CtScreen* const      screen,
     const CtEvent* const event,
     Sink* const          sink)
{
  const CtMessage message = {
    ct_transport_frame(&audio->transport, event->tick),
    event->size,
    {event->bytes[0], event->bytes[1], event->bytes[2]},
    event->part};
  if (!ct_inbox_send(&audio->input.inbox,
                     message.frame,
                     &audio->ledger,
                     write_message,
                     sink) ||
      !ct_ledger_send(
        &audio->ledger, CT_SOURCE_OWN, &message, write_message, sink)) {
    return false;
  }
  ct_screen_sent(screen, event);
  return true;
}

/// Put the next event off, as hands do.  @return False if it stays where it is
static bool
put_off(CtAudio* const audio, const CtEvent* const event)
{
  const CtHumanize wish  = ct_humanize_at(&audio->humanize, event->tick);
  const CtTick     delay = event->is_placed
                             ? 0
                             : ct_humanize(wish,
                                       ct_transport_tempo(&audio->transport),
                                       event->tick,
                                       event->bytes[1]);
  if (delay) {
    ct_scheduler_put_off(&audio->scheduler, delay);
  }
  return delay;
}

/// Send all that is due in this block; the note-off of a note-on then waits in
/// its place.  @return False if the host is full
static bool
send(CtAudio* const audio, CtScreen* const screen, Sink* const sink)
{
  const CtTick   end  = ct_transport_range(&audio->transport).end;
  const CtEvent* next = NULL;
  while ((next = ct_scheduler_peek(&audio->scheduler, end))) {
    const CtEvent event = *next;
    if (put_off(audio, &event)) {
      continue;
    }
    if (!emit(audio, screen, &event, sink)) {
      return false; // it stays at the head, for the next block
    }
    ct_scheduler_pop(&audio->scheduler);
    if (event.order == CT_ORDER_NOTE_ON) {
      const CtEvent off = ct_event_note_off(&event);
      (void)ct_scheduler_add(&audio->scheduler, &off);
    }
  }
  return true;
}

/// Send what must end, what is due and what is passed on
static void
send_all(CtAudio* const audio, CtScreen* const screen, Sink* const sink)
{
  bool has_room = true;
  if (audio->is_flushing) {
    audio->is_flushing =
      !ct_ledger_flush(&audio->ledger, CT_SOURCE_OWN, 0U, write_message, sink);
    has_room = !audio->is_flushing;
  }
  if (has_room && ct_transport_is_rolling(&audio->transport) &&
      !audio->is_bypassed) {
    has_room = send(audio, screen, sink);
  }
  if (has_room) {
    (void)ct_inbox_send(
      &audio->input.inbox, UINT32_MAX, &audio->ledger, write_message, sink);
  }
}

/// The key that it plays in; one that is followed is shown as it is found,
/// also where the scale is open
static CtKey
current_key(const Continuo* const self)
{
  const CtSettings* const settings = &self->audio.asked.settings;
  const bool              is_minor = settings->scale == CT_SCALE_MINOR;
  CtKey                   key      = {(uint8_t)settings->key,
               is_minor ? CT_MODE_MINOR : CT_MODE_MAJOR};
  if (ct_instance_follows_key(self)) {
    (void)ct_key_finder_find(&self->audio.input.finder, &key);
  }
  return key;
}

static void
show_outputs(Continuo* const self)
{
  const CtKey    key   = current_key(self);
  const uint32_t minor = key.mode == CT_MODE_MINOR ? CT_KEY_COUNT / 2U : 0U;
  atomic_store_explicit(&self->params[CONTINUO_LATE_NOTES],
                        (float)self->audio.n_late,
                        memory_order_relaxed);
  atomic_store_explicit(&self->params[CONTINUO_CURRENT_KEY],
                        (float)(key.tonic + minor),
                        memory_order_relaxed);
}

/// Follow transport and bypass: end what sounds, ask for what comes.  @return
/// Whether other notes were asked for
static bool
follow(Continuo* const self, const CtMove move)
{
  CtAudio* const audio       = &self->audio;
  const CtTick   tick        = ct_transport_tick(&audio->transport);
  const bool     is_bypassed = continuo_get_param(self, CONTINUO_BYPASS) > 0.0F;
  const bool     returns     = audio->is_bypassed && !is_bypassed;
  if (is_bypassed != audio->is_bypassed ||
      (move != CT_MOVE_NONE && !ct_instance_is_planned(audio, tick))) {
    ct_scheduler_reset(&audio->scheduler);
    audio->is_flushing = true;
    ct_screen_cut(&self->screen, audio->shown_tick);
    ct_screen_move(&self->screen, tick);
  }
  audio->is_bypassed = is_bypassed;
  return ct_instance_plan(self, move, returns);
}

/// Before its first block, and where it restores a take, a host sets parameters
/// as it saved them: a button that was left pressed asks for nothing
static void
release_button(Continuo* const self)
{
  const bool is_restored =
    atomic_exchange_explicit(&self->is_restored, false, memory_order_relaxed);
  if (!self->audio.has_run || is_restored) {
    self->audio.n_new_takes =
      atomic_load_explicit(&self->n_new_takes, memory_order_relaxed);
    self->audio.has_run = true;
  }
}

void
ct_instance_prepare(Continuo* const self)
{
  // How a take opens takes some twenty milliseconds, and all of its sections go
  // on from there; a busy machine gets a tenth of a second
  static const double longest_ns = 1e8;

  CtAudio* const audio = &self->audio;
  (void)ct_instance_plan(self, CT_MOVE_NONE, true);
  ct_writer_pump(self->writer,
                 CT_SECTION_BARS * CT_TICKS_PER_WHOLE,
                 (uint64_t)(longest_ns * audio->pace.cycles_per_ns));
  (void)receive(self, UINT32_MAX);
}

void
continuo_process(Continuo* const               self,
                 const ContinuoPosition* const position,
                 const ContinuoMidi* const     in,
                 const uint32_t                n_in,
                 const uint32_t                n_frames,
                 const ContinuoWriteFunc       write,
                 void* const                   handle)
{
  static const float half = 0.5F;

  const CtDenormalState denormals = ct_denormals_off();
  CtAudio* const        audio     = &self->audio;
  Sink                  sink      = {write, handle};
  ct_preset_choice_follow(self, (double)n_frames / self->sample_rate);
  const CtMove      move = begin_block(audio, position, n_frames);
  const CtInputMode input =
    (CtInputMode)(continuo_get_param(self, CONTINUO_INPUT_MODE) + half);
  const bool keeps = continuo_get_param(self, CONTINUO_TAKE_MODE) < half;
  ct_pace_begin(&audio->pace,
                n_frames,
                self->sample_rate,
                ct_transport_is_rolling(&audio->transport));
  ct_input_begin(
    &audio->input, input, keeps, &audio->transport, move, in, n_in);
  release_button(self);
  const bool has_asked = follow(self, move);

  const CtTickRange range = ct_transport_range(&audio->transport);
  ct_writer_set_playhead(self->writer, range.end);
  if (self->mode == CONTINUO_SYNCHRONOUS) {
    receive_synchronously(self, range.end);
  } else {
    receive_in_time(self, range.end, move, has_asked);
  }

  send_all(audio, &self->screen, &sink);
  ct_input_hear(&audio->input, &audio->transport, range.end);
  audio->has_played =
    audio->has_played || ct_transport_is_rolling(&audio->transport);
  show_outputs(self);
  audio->shown_tick    = range.end;
  self->screen.is_told = position != NULL;
  self->screen.n_received += n_in;
  ct_instance_show(self, n_frames);
  ct_denormals_restore(denormals);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The audio thread: transport, plan, notes in, messages out

#include "base/clock.h"
#include "base/denormal.h"
#include "base/thread.h"
#include "continuo.h"
#include "instance.h"
#include "music/event.h"

/// A note later than this is not played any more: a sixty-fourth
#define GRACE (CT_PPQN / 16)

/// Deliveries taken at once, beside one for each frame of a block
#define BASE_DELIVERIES 256U

/// Places of the scheduler kept free for note-offs
#define OFF_MARGIN 512U

/// A host that is this many blocks ahead of real time bounces; one that plays
/// is at most a block or two ahead, as sound cards ask in pairs
static const double fast_lead = 3.0;

/// Longest spin for notes that are being written, as shares of the block
static const double spin_at_start = 0.3;
static const double spin_if_fast  = 20.0;

static const double ns_per_second = 1e9;

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

/// The first sixteenth of the bar after `tick`: one that begins with the block
/// itself could not be written in time
static CtTick
next_sixteenth(const CtBar* const bar, const CtTick tick)
{
  const int64_t n = ct_floor_div(tick - bar->begin, CT_TICKS_PER_SIXTEENTH);
  return bar->begin + ((n + 1) * CT_TICKS_PER_SIXTEENTH);
}

/// Whether the plan at hand begins just here, and nothing of it was played
static bool
is_planned(const CtAudio* const audio, const CtTick tick)
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

/// Send `request`; until it is taken it is owed
static void
ask(Continuo* const self, const CtRequest* const request)
{
  CtAudio* const audio = &self->audio;
  audio->owes_plan     = !ct_worker_ask(self->worker, request);
  if (!audio->owes_plan) {
    ct_scheduler_revoke(&audio->scheduler, request->missing);
    audio->asked      = *request;
    audio->has_asked  = true;
    audio->has_played = false;
    audio->horizon    = request->missing;
  }
}

/// Ask for other notes if the host moved, or if wishes, meter or model changed
static void
plan(Continuo* const self, const CtMove move, const bool restart)
{
  CtAudio* const audio = &self->audio;
  const CtTick   tick  = ct_transport_tick(&audio->transport);
  const CtBar    bar =
    ct_meter_map_bar(ct_transport_meters(&audio->transport), tick);
  const CtSettings settings = ct_instance_settings(self);
  const uint32_t   model =
    atomic_load_explicit(&self->model, memory_order_acquire);
  const bool moved = restart || audio->owes_plan || !audio->has_asked ||
                     (move != CT_MOVE_NONE && !is_planned(audio, tick));
  const bool same_bars  = has_same_bars(&audio->asked, &bar, tick);
  const bool same_model = model == audio->model;
  if (!moved && same_bars && same_model &&
      ct_settings_equal(&settings, &audio->asked.settings)) {
    return;
  }

  // One wish a sixteenth: a knob that moves in every block would else void
  // every answer before it comes, and which wish counts would depend on how
  // fast the worker is
  const bool in_flow = ct_transport_is_rolling(&audio->transport) && !moved;
  if (in_flow && same_bars && same_model && tick < audio->asked.from) {
    return;
  }

  // What the plan before has not delivered yet comes again with this one
  const CtTick from = in_flow && same_bars ? next_sixteenth(&bar, tick) : tick;
  const CtTick due  = audio->horizon < from ? audio->horizon : from;
  const CtRequest request = {.epoch = audio->asked.epoch + 1U,
                             .from  = from,
                             .missing =
                               !in_flow ? from : (due < tick ? tick : due),
                             .in_flow   = in_flow,
                             .settings  = settings,
                             .has_meter = true,
                             .bar_tick  = bar.begin,
                             .meter     = bar.meter};
  audio->model            = model;
  ask(self, &request);
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

/// Take what the worker delivered.  @return How much
static uint32_t
receive(Continuo* const self, const uint32_t max)
{
  CtAudio* const audio = &self->audio;
  CtDelivery     delivery;
  uint32_t       n = 0U;
  while (n < max &&
         ct_scheduler_n_events(&audio->scheduler) <
           CT_SCHEDULER_CAPACITY - OFF_MARGIN &&
         ct_worker_receive(self->worker, &delivery)) {
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
    ct_worker_pump(self->worker, end);
  } while (receive(self, UINT32_MAX) && self->audio.horizon < end);
}

/// Spin until the block's notes are there or `budget_ns` is over.  No system
/// call, no lock: the worker is at work on just these notes
static void
receive_spinning(Continuo* const self, const CtTick end, const double budget_ns)
{
  CtAudio* const audio  = &self->audio;
  const uint64_t begin  = ct_cycles();
  const double   budget = budget_ns * audio->cycles_per_ns;
  while (audio->horizon < end && (double)(ct_cycles() - begin) < budget) {
    if (!receive(self, BASE_DELIVERIES)) {
      ct_cpu_relax();
    }
  }
}

/// Count how far the host runs ahead of real time: the music that it asked for,
/// less the time that it took.  Hosts that bounce say so in no format
static void
measure_lead(Continuo* const self, const uint32_t n_frames)
{
  static const double longest_lead_ns = 1e9;

  CtAudio* const audio = &self->audio;
  const uint64_t now   = ct_cycles();
  if (audio->last_cycles > 0U && audio->cycles_per_ns > 0.0) {
    const double elapsed_ns =
      (double)(now - audio->last_cycles) / audio->cycles_per_ns;
    const double lead_ns = audio->lead_ns + audio->last_block_ns - elapsed_ns;
    audio->lead_ns =
      lead_ns < 0.0 ? 0.0
                    : (lead_ns > longest_lead_ns ? longest_lead_ns : lead_ns);
  }
  audio->last_cycles   = now;
  audio->last_block_ns = (double)n_frames / self->sample_rate * ns_per_second;
}

/// How long this block may wait for its notes, ns
static double
spin_budget(const CtAudio* const audio, const CtMove move)
{
  if (audio->lead_ns > fast_lead * audio->last_block_ns) {
    return spin_if_fast * audio->last_block_ns;
  }
  return move == CT_MOVE_STARTED || move == CT_MOVE_SEEKED
           ? spin_at_start * audio->last_block_ns
           : 0.0;
}

/// Send `event`.  @return False if the host is full
static bool
emit(CtAudio* const audio, const CtEvent* const event, Sink* const sink)
{
  const CtMessage message = {
    ct_transport_frame(&audio->transport, event->tick),
    event->size,
    {event->bytes[0], event->bytes[1], event->bytes[2]},
    event->part};
  return ct_ledger_send(&audio->ledger, &message, write_message, sink);
}

/// Send all that is due in this block; the note-off of a note-on then waits in
/// its place
static void
send(CtAudio* const audio, Sink* const sink)
{
  const CtTick   end  = ct_transport_range(&audio->transport).end;
  const CtEvent* next = NULL;
  while ((next = ct_scheduler_peek(&audio->scheduler, end))) {
    const CtEvent event = *next;
    if (!emit(audio, &event, sink)) {
      return; // it stays at the head, for the next block
    }
    ct_scheduler_pop(&audio->scheduler);
    if (event.order == CT_ORDER_NOTE_ON) {
      const CtEvent off = ct_event_note_off(&event);
      (void)ct_scheduler_add(&audio->scheduler, &off);
    }
  }
}

static void
show_outputs(Continuo* const self)
{
  const CtSettings* const settings = &self->audio.asked.settings;
  const uint32_t          minor =
    settings->scale == CT_SCALE_MINOR ? CT_KEY_COUNT / 2U : 0U;
  atomic_store_explicit(&self->params[CONTINUO_LATE_NOTES],
                        (float)self->audio.n_late,
                        memory_order_relaxed);
  atomic_store_explicit(&self->params[CONTINUO_CURRENT_KEY],
                        (float)(settings->key + minor),
                        memory_order_relaxed);
}

/// Follow transport and bypass: end what sounds, ask for what comes
static void
follow(Continuo* const self, const CtMove move)
{
  CtAudio* const audio       = &self->audio;
  const CtTick   tick        = ct_transport_tick(&audio->transport);
  const bool     is_bypassed = continuo_get_param(self, CONTINUO_BYPASS) > 0.0F;
  const bool     returns     = audio->is_bypassed && !is_bypassed;
  if (is_bypassed != audio->is_bypassed ||
      (move != CT_MOVE_NONE && !is_planned(audio, tick))) {
    ct_scheduler_reset(&audio->scheduler);
    audio->is_flushing = true;
  }
  audio->is_bypassed = is_bypassed;
  plan(self, move, returns);
}

void
ct_instance_prepare(Continuo* const self)
{
  // A bar takes some ten milliseconds; a busy machine gets a tenth of a second
  static const uint32_t max_naps = 100U;

  CtAudio* const audio = &self->audio;
  plan(self, CT_MOVE_NONE, true);
  for (uint32_t i = 0U; i < max_naps && audio->horizon < CT_TICKS_PER_WHOLE;
       ++i) {
    ct_sleep_ms(1U);
    (void)receive(self, UINT32_MAX);
  }
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
  (void)in; // what the musician plays is not heard yet
  (void)n_in;

  const CtDenormalState denormals = ct_denormals_off();
  CtAudio* const        audio     = &self->audio;
  Sink                  sink      = {write, handle};
  const CtMove          move      = begin_block(audio, position, n_frames);
  measure_lead(self, n_frames);
  follow(self, move);

  const CtTickRange range = ct_transport_range(&audio->transport);
  ct_worker_set_playhead(self->worker, range.end);
  if (self->mode == CONTINUO_SYNCHRONOUS) {
    receive_synchronously(self, range.end);
  } else {
    (void)receive(self, BASE_DELIVERIES + n_frames);
    if (ct_transport_is_rolling(&audio->transport) && !audio->is_bypassed) {
      receive_spinning(self, range.end, spin_budget(audio, move));
    }
  }

  if (audio->is_flushing) {
    audio->is_flushing =
      !ct_ledger_flush(&audio->ledger, 0U, write_message, &sink);
  }
  if (ct_transport_is_rolling(&audio->transport)) {
    audio->has_played = true;
    if (!audio->is_flushing && !audio->is_bypassed) {
      send(audio, &sink);
    }
  }
  show_outputs(self);
  ct_denormals_restore(denormals);
}

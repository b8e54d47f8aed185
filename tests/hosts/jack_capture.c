// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file jack_capture.c A JACK client that leads the transport and prints the
   notes it hears.

   It is timebase master in 4/4 at one tempo, rolls from zero, stops, and prints
   the list of note_list.h.  Before, it may select a bank at an input, which
   must change nothing.
*/

#include "note_list.h"

#include <jack/jack.h>
#include <jack/midiport.h>
#include <jack/transport.h>

#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
  MAX_MESSAGES    = 65536,
  MESSAGE_SIZE    = 3,
  BEATS_PER_BAR   = 4,
  BEAT_TYPE       = 4,
  TICKS_PER_BEAT  = 1920,
  POLL_MS         = 20,
  WAIT_FOR_PORT_S = 20,
  SETTLE_MS       = 400,
  MS_PER_S        = 1000,
  EXIT_BAD_ARGS   = 1,
  EXIT_NO_JACK    = 2,
};

/// A message of up to three bytes at a position in the song
typedef struct {
  int64_t frame;
  uint8_t size;
  uint8_t data[MESSAGE_SIZE];
} Heard;

/// Written by the JACK thread, read by main() once that has ended
typedef struct {
  jack_client_t*         client;
  jack_port_t*           port;
  jack_port_t*           out;
  double                 tempo;
  Heard                  messages[MAX_MESSAGES];
  atomic_uint            n_messages;
  atomic_uint            n_lost;       ///< Dropped by JACK or by us
  _Atomic jack_nframes_t frame;        ///< Of the transport
  atomic_bool            selects_bank; ///< In the next cycle
} Capture;

static const double seconds_per_minute = 60.0;

static void
keep(Capture* capture, const int64_t frame, const jack_midi_event_t* event)
{
  const unsigned n = atomic_load(&capture->n_messages);
  if (n == MAX_MESSAGES || event->size > MESSAGE_SIZE) {
    atomic_fetch_add(&capture->n_lost, 1U);
    return;
  }
  Heard* const heard = &capture->messages[n];
  heard->frame       = frame;
  heard->size        = (uint8_t)event->size;
  memcpy(heard->data, event->buffer, event->size);
  atomic_store(&capture->n_messages, n + 1U);
}

/// Write a bank select, if it is wanted
static void
select_bank(Capture* capture, const jack_nframes_t n_frames)
{
  static const jack_midi_data_t message[] = {0xB0, 0, 100};

  void* const buffer = jack_port_get_buffer(capture->out, n_frames);
  jack_midi_clear_buffer(buffer);
  if (atomic_exchange(&capture->selects_bank, false)) {
    (void)jack_midi_event_write(buffer, 0U, message, sizeof(message));
  }
}

static int
process(const jack_nframes_t n_frames, void* handle)
{
  Capture* const capture = handle;
  select_bank(capture, n_frames);
  jack_position_t position;
  (void)jack_transport_query(capture->client, &position);
  atomic_store(&capture->frame, position.frame);

  void* const    buffer   = jack_port_get_buffer(capture->port, n_frames);
  const uint32_t n_events = jack_midi_get_event_count(buffer);
  atomic_fetch_add(&capture->n_lost, jack_midi_get_lost_event_count(buffer));
  for (uint32_t i = 0U; i < n_events; ++i) {
    jack_midi_event_t event;
    if (!jack_midi_event_get(&event, buffer, i)) {
      keep(capture, (int64_t)position.frame + event.time, &event);
    }
  }
  return 0;
}

/// Tell bar, beat and tick of the position's frame
static void
lead(const jack_transport_state_t state,
     const jack_nframes_t         n_frames,
     jack_position_t*             position,
     const int                    is_new,
     void*                        handle)
{
  (void)state;
  (void)n_frames;
  (void)is_new;
  const Capture* const capture = handle;
  const double         rate    = position->frame_rate;
  const double         beats =
    position->frame / rate * capture->tempo / seconds_per_minute;
  const int32_t whole = (int32_t)floor(beats);

  position->valid            = JackPositionBBT;
  position->beats_per_bar    = (float)BEATS_PER_BAR;
  position->beat_type        = (float)BEAT_TYPE;
  position->ticks_per_beat   = TICKS_PER_BEAT;
  position->beats_per_minute = capture->tempo;
  position->bar              = whole / BEATS_PER_BAR + 1;
  position->beat             = whole % BEATS_PER_BAR + 1;
  position->tick             = (int32_t)((beats - whole) * TICKS_PER_BEAT);
  position->bar_start_tick =
    (double)(position->bar - 1) * BEATS_PER_BAR * TICKS_PER_BEAT;
}

static void
sleep_ms(const long ms)
{
  const long            ns_per_ms = 1000000;
  const struct timespec time      = {ms / MS_PER_S, ms % MS_PER_S * ns_per_ms};
  (void)nanosleep(&time, NULL);
}

/// Wait for the port `source` and connect it to ours.  A client's ports are
/// there before it is active, and only then can they be connected
static bool
connect_source(Capture* capture, const char* source)
{
  for (int ms = 0; ms < WAIT_FOR_PORT_S * MS_PER_S; ms += POLL_MS) {
    if (jack_port_by_name(capture->client, source) &&
        !jack_connect(capture->client, source, jack_port_name(capture->port))) {
      return true;
    }
    sleep_ms(POLL_MS);
  }
  return false;
}

/// Open and start the client.  @return False if there is no server, no
/// `source`, or no `sink` where one is given.
static bool
start(Capture* capture, const char* source, const char* sink)
{
  capture->client = jack_client_open("capture", JackNoStartServer, NULL);
  if (!capture->client) {
    return false;
  }
  capture->port = jack_port_register(
    capture->client, "in", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0UL);
  capture->out = jack_port_register(
    capture->client, "out", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0UL);
  return capture->port && capture->out &&
         !jack_set_process_callback(capture->client, process, capture) &&
         !jack_set_timebase_callback(capture->client, 0, lead, capture) &&
         !jack_activate(capture->client) && connect_source(capture, source) &&
         (!sink ||
          !jack_connect(capture->client, jack_port_name(capture->out), sink));
}

/// Roll from zero for `quarters`, and stop
static void
roll(Capture* capture, const double quarters)
{
  const double rate = jack_get_sample_rate(capture->client);
  const double end  = quarters * rate * seconds_per_minute / capture->tempo;
  jack_transport_stop(capture->client);
  jack_transport_locate(capture->client, 0U);
  atomic_store(&capture->selects_bank, true);
  sleep_ms(SETTLE_MS);
  jack_transport_start(capture->client);
  while (atomic_load(&capture->frame) < end) {
    sleep_ms(POLL_MS);
  }
  jack_transport_stop(capture->client);
  sleep_ms(SETTLE_MS);
}

static void
print_notes(const Capture* capture, const double rate)
{
  NoteList       notes      = {0};
  const unsigned n_messages = atomic_load(&capture->n_messages);
  for (unsigned i = 0U; i < n_messages; ++i) {
    const Heard* const heard = &capture->messages[i];
    if (!note_list_add(&notes, heard->frame, heard->data, heard->size)) {
      abort();
    }
  }
  note_list_print(&notes, rate * seconds_per_minute / capture->tempo, stdout);
  printf("# lost %u\n", atomic_load(&capture->n_lost));
  note_list_clear(&notes);
}

int
main(int argc, char** argv)
{
  static Capture capture;

  const char* sink     = NULL;
  double      quarters = 16.0;
  int         option   = 0;
  capture.tempo        = 120.0;
  while ((option = getopt(argc, argv, "b:q:t:")) != -1) {
    if (option == 'b') {
      sink = optarg;
    } else if (option == 'q') {
      quarters = strtod(optarg, NULL);
    } else if (option == 't') {
      capture.tempo = strtod(optarg, NULL);
    }
  }
  if (optind + 1 != argc || capture.tempo <= 0.0) {
    fprintf(
      stderr,
      "Usage: jack_capture [-b BANK_PORT] [-q QUARTERS] [-t TEMPO] PORT\n");
    return EXIT_BAD_ARGS;
  }

  int status = EXIT_NO_JACK;
  if (start(&capture, argv[optind], sink)) {
    const double rate = jack_get_sample_rate(capture.client);
    roll(&capture, quarters);
    jack_deactivate(capture.client);
    print_notes(&capture, rate);
    status = 0;
  } else {
    fprintf(
      stderr, "jack_capture: no JACK server, or no port %s\n", argv[optind]);
  }
  if (capture.client) {
    jack_client_close(capture.client);
  }
  return status;
}

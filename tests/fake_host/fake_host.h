// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file fake_host.h A host in a test: drives continuo_process() by a script.

   The script is a test function: it moves the transport, lets time pass with
   fake_host_run() and goes on.  Blocks are cut at the points of the script, so
   that it means the same whatever their size.
*/

#ifndef CONTINUO_TESTS_FAKE_HOST_H
#define CONTINUO_TESTS_FAKE_HOST_H

#include "note_list.h"

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_HOST_SAMPLE_RATE 48000.0

/// Channel from 0 that tests play into the plugin on: what comes out there is
/// not its own
#define FAKE_HOST_INPUT_CHANNEL 15U

/// Most messages that wait for the plugin
#define FAKE_HOST_MAX_INPUT 64U

/// A message as the host got it
typedef struct {
  int64_t time;    ///< Frames since the first block, whatever the transport did
  double  quarter; ///< Position in the song
  uint8_t size;    ///< Bytes used
  uint8_t data[3]; ///< Status, data 1, data 2
  uint8_t part;    ///< Who plays it
} FakeMessage;

/// The host's transport
typedef struct {
  bool     told;         ///< Whether the plugin is given a position at all
  bool     has_meter;    ///< Whether the position tells tempo and meter
  bool     rolling;      ///< Time moves
  int64_t  frame;        ///< Position in the song
  double   quarter;      ///< Position in the song
  double   tempo;        ///< Quarters per minute
  uint32_t numerator;    ///< Of the meter
  uint32_t denominator;  ///< Of the meter
  double   bar_line;     ///< A quarter where a bar of this meter begins
  int64_t  anchor_frame; ///< Where the last tempo began ...
  double anchor_quarter; ///< ... from which positions are counted without drift
  double loop_start;     ///< In quarters
  double loop_end;       ///< In quarters; no loop if not greater than the start
} FakeTransport;

/// A host with one instance
typedef struct {
  Continuo*       continuo;    ///< Ours
  double          sample_rate; ///< Frames a second
  FakeTransport   transport;   ///< Where the song is
  const uint32_t* block_sizes; ///< Taken in turn
  size_t          n_sizes;     ///< How many
  size_t          next_size;   ///< Whose turn it is
  uint32_t        max_writes;  ///< Messages that fit into the output of a block
  ContinuoMidi    input[FAKE_HOST_MAX_INPUT]; ///< For the next block
  uint32_t        n_input;                    ///< How many
  double          pace;     ///< Seconds of music a second, or 0 for no waiting
  int64_t         time;     ///< Frames since the first block
  FakeMessage*    messages; ///< All that came out, but for the input's channel
  size_t          n_messages;   ///< How many
  size_t          max_messages; ///< Allocated
  size_t
    n_disorders;  ///< Messages out of time order, past their block or malformed
  NoteList notes; ///< The messages as notes, by FakeMessage.time
  NoteList passed; ///< What came out on the input's channel, likewise
} FakeHost;

/// Start a host with a new active instance, stopped at 0 in 4/4 at 120, blocks
/// of 512.  It plays the model file that CONTINUO_TEST_MODEL names, if that is
/// set
FakeHost*
fake_host_new(ContinuoMode mode);

/// The same at another sample rate
FakeHost*
fake_host_new_at(ContinuoMode mode, double sample_rate);

/// End host and instance
void
fake_host_free(FakeHost* host);

/// Take blocks of these sizes in turn; the sizes must outlive the host
void
fake_host_set_blocks(FakeHost* host, const uint32_t* sizes, size_t n_sizes);

/// Set a parameter by its id
void
fake_host_set(FakeHost* host, uint32_t id, float value);

/// Let the transport roll
void
fake_host_roll(FakeHost* host);

/// Let the transport stand
void
fake_host_stop(FakeHost* host);

/// Go to `quarter`, which may be negative, as if the song had one tempo
/// throughout
void
fake_host_locate(FakeHost* host, double quarter);

/// Change the tempo from here on
void
fake_host_set_tempo(FakeHost* host, double tempo);

/// Begin a bar of a new meter here
void
fake_host_set_meter(FakeHost* host, uint32_t numerator, uint32_t denominator);

/// Jump from `end` to `start` from now on, or never again if `end` is not
/// greater
void
fake_host_set_loop(FakeHost* host, double start, double end);

/// Run blocks for `n_frames`, or one of no frames if that is 0
void
fake_host_run(FakeHost* host, int64_t n_frames);

/// Run for a number of quarters at the tempo of now, rolling or not
void
fake_host_run_quarters(FakeHost* host, double quarters);

/// Run one block that tells `position` (null for none), whatever the transport
/// says; the transport stays where it is
void
fake_host_run_at(FakeHost*               host,
                 const ContinuoPosition* position,
                 uint32_t                n_frames);

/// Frames of a quarter at the tempo of now
double
fake_host_frames_per_quarter(const FakeHost* host);

/// Play a message into the next block, at its `frame` or at its last.  Not
/// before the one that was sent last; what is too much is dropped.
void
fake_host_send(FakeHost*      host,
               uint32_t       frame,
               const uint8_t* data,
               uint8_t        size);

/// Deactivate and activate the instance, as when a track is switched off and on
void
fake_host_reactivate(FakeHost* host);

/// Whether `message` begins a note
bool
fake_message_is_on(const FakeMessage* message);

#endif // CONTINUO_TESTS_FAKE_HOST_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file probe.h A host without loudspeakers: plays a plugin and prints its
   notes.

   What it plays is told by its command line, the same in all formats (see
   probe_plan.h); what differs between formats is in a ProbeFormat.  It prints
   the list of note_list.h, on a time line that goes on through jumps.
*/

#ifndef CONTINUO_TESTS_PROBE_H
#define CONTINUO_TESTS_PROBE_H

#include "note_list.h"
#include "probe_plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  PROBE_MESSAGE_SIZE = 3,
  PROBE_MAX_IN       = 2,
  PROBE_N_SIDES      = 2,
  PROBE_CHANNEL      = 15, ///< Of the key that is played to the plugin
};

/// Values that a host and a plugin have of a parameter are the same within
/// this
#define PROBE_ROUNDING 1e-4

/// A MIDI message for the plugin
typedef struct {
  uint32_t frame; ///< In the block
  uint8_t  bytes[PROBE_MESSAGE_SIZE];
} ProbeMessage;

/// A block, and the transport at its beginning
typedef struct {
  bool         rolls;
  bool         tells;       ///< The host tells its position, if only on changes
  int64_t      frame;       ///< Of the song
  double       quarter;     ///< Of the song
  int64_t      bar;         ///< From 0
  double       bar_quarter; ///< At which the bar began
  double       tempo;       ///< Quarters a minute
  uint32_t     numerator;
  uint32_t     denominator;
  uint32_t     n_frames;
  ProbeMessage in[PROBE_MAX_IN];
  uint32_t     n_in;
} ProbeBlock;

/// What was heard so far
typedef struct {
  NoteList notes;
  int64_t  now;        ///< Frame at which the block begins, through jumps
  uint32_t last;       ///< Frame in the block of the last message
  size_t   n_disorder; ///< Messages that came before an earlier one
} Probe;

/// Hear a message in the block that is run
void
probe_hear(Probe* probe, uint32_t frame, const uint8_t* bytes, size_t size);

/// What the plugin sounds like in the block that is run, if it has two outputs
extern float probe_sound[PROBE_N_SIDES][PROBE_MAX_BLOCK];

/// How plugins of a format are hosted; `plugin` is what open() returned
typedef struct {
  /// Load it.  @return Null if that cannot be done
  void* (*open)(const ProbePlan* plan);

  void (*close)(void* plugin);

  /// Set a parameter.  @return False if there is none of this symbol
  bool (*set)(void* plugin, const char* symbol, float value);

  void (*activate)(void* plugin);
  void (*deactivate)(void* plugin);
  void (*run)(void* plugin, const ProbeBlock* block, Probe* probe);
  bool (*save)(void* plugin, const char* path);
  bool (*restore)(void* plugin, const char* path);

  /// Frames by which what it plays comes later
  uint32_t (*latency)(void* plugin);

  /// Print lines of `# word number` where a number other than zero is a fault
  void (*print_faults)(void* plugin);

  /// The host's control keeps what it was set to, also that of a trigger
  bool keeps_triggers;
} ProbeFormat;

/// The whole program.  @return Its exit status
int
probe_main(int argc, char** argv, const ProbeFormat* format);

#endif // CONTINUO_TESTS_PROBE_H

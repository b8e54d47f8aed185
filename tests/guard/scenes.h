// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file scenes.h What a host does in an hour, by chance.

   The song goes on in scenes of up to some seconds.  At the begin of each the
   host does a few things out of all that hosts and people do: start, stop,
   seek, loop, change tempo and meter, tell no position, play MIDI into it, take
   nothing out of it, turn knobs, switch it off and on.  The same seed gives the
   same scenes.
*/

#ifndef CONTINUO_TESTS_SCENES_H
#define CONTINUO_TESTS_SCENES_H

#include "dice.h"

#include "continuo.h"

#include <stdbool.h>
#include <stdint.h>

/// Most messages that come in with a block
#define SCENES_MAX_IN 64U

/// What the host does with the next block
typedef struct {
  bool             activates;   ///< First deactivate and activate
  double           sample_rate; ///< ... at this rate, in force until the next
  bool             turns; ///< First set parameter `knob`, and read it again
  uint32_t         knob;
  float            value;
  bool             tells; ///< Pass `position`, or none
  ContinuoPosition position;
  uint32_t         n_frames;
  uint32_t         max_writes; ///< Messages that fit into the output
  uint32_t         n_in;
  ContinuoMidi     in[SCENES_MAX_IN];
  bool             in_time; ///< Wait as long as the block lasts
  bool             flushes; ///< The host's own thread has denormals off already
} SceneBlock;

/// A host at some point of the hour
typedef struct {
  Dice             dice;  ///< Chance
  SceneBlock       block; ///< What scenes_next() returns
  ContinuoPosition position;
  double           quarter;      ///< Position in the song
  double           bar_line;     ///< A quarter where a bar begins
  double           tempo_factor; ///< Of the tempo's ramp, for each block
  int64_t          loop_start;   ///< Frames
  int64_t          loop_end;     ///< Frames; no loop if not after the start
  bool             cuts_at_loop; ///< Blocks end where the loop does
  uint32_t         size;         ///< Of blocks in frames, or 0 for any
  uint32_t         in_rate; ///< A message comes in in one of that many blocks
  int64_t          n_left;  ///< Frames to the next scene
  uint32_t         n_scenes;
} Scenes;

/// CONTINUO_SEED of the environment, so that a failed hour can be had again, or
/// 1
uint64_t
scenes_seed(void);

/// Begin with a host that has just loaded the plugin
void
scenes_init(Scenes* scenes, uint64_t seed);

/// The next block.  @return Owned by `scenes`, valid until the next call
const SceneBlock*
scenes_next(Scenes* scenes);

/// Draw a knob and a value, now and then one that does not exist
void
scenes_draw_knob(Dice* dice, uint32_t* knob, float* value);

#endif // CONTINUO_TESTS_SCENES_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file desk.h What is set, apart from any FluidSynth: so that a new one begins
   where the old one was.
*/

#ifndef CONTINUO_SOUND_DESK_H
#define CONTINUO_SOUND_DESK_H

#include "sound.h"

#include <stdbool.h>
#include <stdint.h>

#define DESK_N_CHANNELS 16U ///< Of MIDI
#define DESK_N_KEYS 128U
#define DESK_N_CONTROLS 120U ///< Those above are modes
#define DESK_UNSET UINT8_MAX

/// Who plays: the parts, and each channel of what is passed on
#define DESK_N_PLAYERS (SOUND_N_PARTS + DESK_N_CHANNELS)

/// The channel of what is passed on that has percussion
#define DESK_PERCUSSION (SOUND_N_PARTS + 9U)

/// What happens at a frame
typedef enum {
  EVENT_MESSAGE, ///< MIDI in `bytes`
  EVENT_PROGRAM, ///< Bank and program in `bytes`
  EVENT_LEVEL,   ///< SoundLevel in `bytes[0]`, and `value`
  EVENT_SILENCE, ///< Messages were lost: all notes end
} SoundEventKind;

/// Something that happens at a frame
typedef struct {
  uint64_t frame; ///< Since the activation
  float    value;
  uint8_t  kind; ///< SoundEventKind
  uint8_t  player;
  uint8_t  bytes[3];
} SoundEvent;

/// What is set of one player
typedef struct {
  uint8_t  bank;
  uint8_t  program;
  uint8_t  pressure;
  uint16_t bend;
  uint8_t  controls[DESK_N_CONTROLS]; ///< Or DESK_UNSET
} DeskPlayer;

/// All that is set
typedef struct {
  float      levels[SOUND_N_LEVELS];
  DeskPlayer players[DESK_N_PLAYERS];
} SoundDesk;

/// As at first
void
desk_reset(SoundDesk* desk);

/// Enter what an event sets
void
desk_note(SoundDesk* desk, const SoundEvent* event);

#endif // CONTINUO_SOUND_DESK_H

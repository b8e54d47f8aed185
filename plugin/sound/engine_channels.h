// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file engine_channels.h FluidSynth's channels, lent to players: see engine.h

#ifndef CONTINUO_SOUND_ENGINE_CHANNELS_H
#define CONTINUO_SOUND_ENGINE_CHANNELS_H

#include "desk.h"

#include <fluidsynth.h>

#include <stdbool.h>
#include <stdint.h>

/// As many as FluidSynth has.  Each 64th belongs to the same group, and so
/// moves by the same number of frames
#define N_ENGINE_CHANNELS 256U
#define N_ENGINE_GROUPS 64U

/// One of FluidSynth's channels
typedef struct {
  uint8_t  player;      ///< Or DESK_UNSET
  bool     is_sounding; ///< Before the last block, or a note began since
  uint64_t used;        ///< When a note began last, by EngineChannels.n_notes
} EngineChannel;

/// All of them
typedef struct {
  fluid_synth_t*   synth;
  const SoundDesk* desk;
  EngineChannel    channels[N_ENGINE_CHANNELS];
  uint64_t         n_notes;                    ///< Begun
  uint16_t held[DESK_N_CHANNELS][DESK_N_KEYS]; ///< By MIDI: 1 + channel of
                                               ///< FluidSynth, or 0
} EngineChannels;

/// A note as MIDI tells it
typedef struct {
  uint8_t channel;
  uint8_t key;
  uint8_t velocity;
} ChannelNote;

/// Lend none
void
channels_init(EngineChannels*  self,
              fluid_synth_t*   synth,
              const SoundDesk* desk);

/// Begin a note that moves by `delay` frames
void
channels_note_on(EngineChannels* self,
                 uint32_t        player,
                 uint32_t        delay,
                 ChannelNote     note);

void
channels_note_off(EngineChannels* self, uint8_t channel, uint8_t key);

/// Let a player's channels know what the desk has of him, for notes to come
void
channels_set_program(EngineChannels* self, uint32_t player);

/// ... for bend and pressure
void
channels_bend(EngineChannels* self, uint32_t player);

void
channels_control(EngineChannels* self,
                 uint32_t        player,
                 uint8_t         control,
                 uint8_t         value);

void
channels_press_key(EngineChannels* self,
                   uint32_t        player,
                   uint8_t         key,
                   uint8_t         pressure);

/// End all notes
void
channels_silence(EngineChannels* self);

/// Find what sounds.  @return A bit for each group
uint64_t
channels_find_sounding(EngineChannels* self);

#endif // CONTINUO_SOUND_ENGINE_CHANNELS_H

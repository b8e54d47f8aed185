// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "engine_channels.h"

#include "midi.h"

#include <string.h>

#define MAX_VOICES 256

void
channels_init(EngineChannels* const  self,
              fluid_synth_t* const   synth,
              const SoundDesk* const desk)
{
  memset(self, 0, sizeof(*self));
  self->synth = synth;
  self->desk  = desk;
  for (uint32_t i = 0U; i < N_ENGINE_CHANNELS; ++i) {
    self->channels[i].player = DESK_UNSET;
  }
}

/// Bank and program for notes to come.  FluidSynth would warn for each channel
/// of a bank that has not the program, before it takes the first bank's
static void
apply_program(EngineChannels* const self, const uint32_t at)
{
  const uint32_t          player  = self->channels[at].player;
  const DeskPlayer* const is_set  = &self->desk->players[player];
  const int               program = is_set->program;
  if (player != DESK_PERCUSSION) {
    fluid_sfont_t* const font = fluid_synth_get_sfont(self->synth, 0U);
    const bool           is_there =
      font && fluid_sfont_get_preset(font, is_set->bank, program);
    fluid_synth_bank_select(self->synth, (int)at, is_there ? is_set->bank : 0);
  }
  fluid_synth_program_change(self->synth, (int)at, program);
}

static void
apply_bend(EngineChannels* const self, const uint32_t at)
{
  const DeskPlayer* const is_set =
    &self->desk->players[self->channels[at].player];
  fluid_synth_pitch_bend(self->synth, (int)at, is_set->bend);
  fluid_synth_channel_pressure(self->synth, (int)at, is_set->pressure);
}

/// What MIDI's reset of all controllers leaves as it is: as FluidSynth has it
/// at first, but for a chorus that can be heard where its level is not zero
static void
apply_first_controls(EngineChannels* const self, const uint32_t at)
{
  static const uint8_t rows[][2] = {{MIDI_VOLUME, 100U},
                                    {MIDI_PAN, 64U},
                                    {MIDI_REVERB, 40U},
                                    {MIDI_CHORUS, 40U}};
  fluid_synth_cc(self->synth, (int)at, MIDI_RESET_CONTROLLERS, 0);
  for (size_t i = 0U; i < sizeof(rows) / sizeof(rows[0]); ++i) {
    fluid_synth_cc(self->synth, (int)at, rows[i][0], rows[i][1]);
  }
}

/// Lend a channel to a player, and set it as his others
static void
lend(EngineChannels* const self, const uint32_t at, const uint32_t player)
{
  const bool is_percussion  = player == DESK_PERCUSSION;
  self->channels[at].player = (uint8_t)player;
  fluid_synth_set_channel_type(self->synth,
                               (int)at,
                               is_percussion ? CHANNEL_TYPE_DRUM
                                             : CHANNEL_TYPE_MELODIC);
  apply_first_controls(self, at);
  const uint8_t* const controls = self->desk->players[player].controls;
  for (uint32_t i = 0U; i < DESK_N_CONTROLS; ++i) {
    if (controls[i] != DESK_UNSET) {
      fluid_synth_cc(self->synth, (int)at, (int)i, controls[i]);
    }
  }
  apply_program(self, at);
  apply_bend(self, at);
}

/// How gladly a channel is given to a player: his own, then a free one, then a
/// silent one, then the one that began to sound first
static uint64_t
cost_of(const EngineChannel* const channel, const uint32_t player)
{
  static const uint64_t silent   = UINT64_C(1) << 40U;
  static const uint64_t sounding = UINT64_C(1) << 41U;
  if (channel->player == player) {
    return 0U;
  }
  if (channel->player == DESK_UNSET) {
    return 1U;
  }
  return channel->used + (channel->is_sounding ? sounding : silent);
}

/// The player's channel that moves by `delay` frames
static uint32_t
channel_for(EngineChannels* const self,
            const uint32_t        player,
            const uint32_t        delay)
{
  uint32_t best = delay;
  for (uint32_t at = delay; at < N_ENGINE_CHANNELS; at += N_ENGINE_GROUPS) {
    if (cost_of(&self->channels[at], player) <
        cost_of(&self->channels[best], player)) {
      best = at;
    }
  }
  if (self->channels[best].player != player) {
    lend(self, best, player);
  }
  return best;
}

void
channels_note_on(EngineChannels* const self,
                 const uint32_t        player,
                 const uint32_t        delay,
                 const ChannelNote     note)
{
  channels_note_off(self, note.channel, note.key);
  const uint32_t       at            = channel_for(self, player, delay);
  EngineChannel* const channel       = &self->channels[at];
  channel->used                      = ++self->n_notes;
  channel->is_sounding               = true;
  self->held[note.channel][note.key] = (uint16_t)(at + 1U);
  fluid_synth_noteon(self->synth, (int)at, note.key, note.velocity);
}

void
channels_note_off(EngineChannels* const self,
                  const uint8_t         channel,
                  const uint8_t         key)
{
  uint16_t* const held = &self->held[channel][key];
  if (*held) {
    fluid_synth_noteoff(self->synth, *held - 1, key);
    *held = 0U;
  }
}

void
channels_set_program(EngineChannels* const self, const uint32_t player)
{
  for (uint32_t at = 0U; at < N_ENGINE_CHANNELS; ++at) {
    if (self->channels[at].player == player) {
      apply_program(self, at);
    }
  }
}

void
channels_bend(EngineChannels* const self, const uint32_t player)
{
  for (uint32_t at = 0U; at < N_ENGINE_CHANNELS; ++at) {
    if (self->channels[at].player == player) {
      apply_bend(self, at);
    }
  }
}

void
channels_control(EngineChannels* const self,
                 const uint32_t        player,
                 const uint8_t         control,
                 const uint8_t         value)
{
  if (control == MIDI_BANK || control == MIDI_BANK_FINE) {
    return; // For the next program change, by the desk
  }
  for (uint32_t at = 0U; at < N_ENGINE_CHANNELS; ++at) {
    if (self->channels[at].player == player) {
      fluid_synth_cc(self->synth, (int)at, control, value);
    }
  }
}

void
channels_press_key(EngineChannels* const self,
                   const uint32_t        player,
                   const uint8_t         key,
                   const uint8_t         pressure)
{
  for (uint32_t at = 0U; at < N_ENGINE_CHANNELS; ++at) {
    if (self->channels[at].player == player) {
      fluid_synth_key_pressure(self->synth, (int)at, key, pressure);
    }
  }
}

void
channels_silence(EngineChannels* const self)
{
  static const int all = -1;
  fluid_synth_all_notes_off(self->synth, all);
  memset(self->held, 0, sizeof(self->held));
}

uint64_t
channels_find_sounding(EngineChannels* const self)
{
  static const int any                = -1;
  fluid_voice_t*   voices[MAX_VOICES] = {NULL};
  uint64_t         groups             = 0U;
  for (uint32_t at = 0U; at < N_ENGINE_CHANNELS; ++at) {
    self->channels[at].is_sounding = false;
  }
  fluid_synth_get_voicelist(self->synth, voices, MAX_VOICES, any);
  for (uint32_t i = 0U; i < MAX_VOICES && voices[i]; ++i) {
    const uint32_t at = (uint32_t)fluid_voice_get_channel(voices[i]);
    self->channels[at].is_sounding = true;
    groups |= UINT64_C(1) << (at % N_ENGINE_GROUPS);
  }
  return groups;
}

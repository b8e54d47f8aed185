// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _GNU_SOURCE // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "engine.h"

#include "base/status.h"
#include "engine_channels.h"
#include "midi.h"
#include "soundfont.h"

#include <dlfcn.h>
#include <fluidsynth.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define N_SIDES 2U
#define N_EFFECTS 4 // Reverb and chorus, left and right
#define MAX_VOICES 256

/// FluidSynth's gain where ours is 1
static const float unit_gain = 0.7F;

struct EngineImpl {
  fluid_settings_t* settings;
  fluid_synth_t*    synth;
  const SoundDesk*  desk;
  EngineChannels    channels;
  float mix[N_SIDES][2U * ENGINE_BLOCK]; ///< This block, and what is moved into
                                         ///< the next
};

void
engine_begin_thread(void)
{
  // Debian's FluidSynth renders by OpenMP, which would wake threads that then
  // spin.  It is no dependency of ours, and others' builds have none of it
  void (*set_n_threads)(int) = NULL;
  *(void**)&set_n_threads    = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  if (set_n_threads) {
    set_n_threads(1);
  }
}

void
sound_be_quiet(void)
{
  for (int level = 0; level < LAST_LOG_LEVEL; ++level) {
    (void)fluid_set_log_function(level, NULL, NULL);
  }
}

static void
set_levels(Engine* const self)
{
  static const int all    = -1;
  const float*     levels = self->desk->levels;
  fluid_synth_set_gain(self->synth, levels[SOUND_GAIN] * unit_gain);
  fluid_synth_reverb_on(self->synth, all, levels[SOUND_REVERB] > 0.0F);
  fluid_synth_set_reverb_group_level(
    self->synth, all, (double)levels[SOUND_REVERB]);
  fluid_synth_chorus_on(self->synth, all, levels[SOUND_CHORUS] > 0.0F);
  fluid_synth_set_chorus_group_level(
    self->synth, all, (double)levels[SOUND_CHORUS]);
}

/// A FluidSynth without a SoundFont.  @return False if out of memory
static bool
open_synth(Engine* const self, const double sample_rate)
{
  fluid_settings_t* const settings = new_fluid_settings();
  self->settings                   = settings;
  if (!settings) {
    return false;
  }
  fluid_settings_setnum(settings, "synth.sample-rate", sample_rate);
  fluid_settings_setint(settings, "synth.threadsafe-api", 0);
  fluid_settings_setint(settings, "synth.cpu-cores", 1);
  fluid_settings_setint(settings, "synth.lock-memory", 0);
  fluid_settings_setint(settings, "synth.polyphony", MAX_VOICES);
  fluid_settings_setint(settings, "synth.midi-channels", N_ENGINE_CHANNELS);
  fluid_settings_setint(settings, "synth.audio-channels", ENGINE_BLOCK);
  fluid_settings_setint(settings, "synth.audio-groups", ENGINE_BLOCK);
  self->synth = new_fluid_synth(settings);
  return self->synth != NULL;
}

ContinuoStatus
engine_new(const char* const      path,
           const double           sample_rate,
           const SoundDesk* const desk,
           EngineLoading* const   loading,
           Engine** const         engine)
{
  *engine             = NULL;
  ContinuoStatus st   = soundfont_check(path);
  Engine* const  self = st ? NULL : (Engine*)calloc(1U, sizeof(Engine));
  if (!self) {
    return st ? st : CT_NO_MEMORY;
  }
  self->desk = desk;
  st         = open_synth(self, sample_rate)
                 ? soundfont_load(self->synth, self->settings, path, loading)
                 : CT_NO_MEMORY;
  if (st) {
    engine_free(self);
    return st;
  }
  *engine = self;
  return st;
}

void
engine_free(Engine* const self)
{
  if (self) {
    delete_fluid_synth(self->synth);
    delete_fluid_settings(self->settings);
    free(self);
  }
}

void
engine_reset(Engine* const self)
{
  static const int all = -1;
  float            left[ENGINE_BLOCK];
  float            right[ENGINE_BLOCK];
  fluid_synth_all_sounds_off(self->synth, all);
  engine_render(self, left, right); // What is ended is so after a block only
  fluid_synth_system_reset(self->synth);
  channels_init(&self->channels, self->synth, self->desk);
  memset(self->mix, 0, sizeof(self->mix));
  set_levels(self);
}

/// Do a MIDI message that is no note
static void
send_setting(EngineChannels* const channels, const SoundEvent* const event)
{
  const uint32_t player = event->player;
  switch (event->bytes[0] & MIDI_KIND_MASK) {
  case MIDI_KEY_PRESSURE:
    channels_press_key(channels, player, event->bytes[1], event->bytes[2]);
    break;
  case MIDI_CONTROL:
    channels_control(channels, player, event->bytes[1], event->bytes[2]);
    break;
  case MIDI_PROGRAM:
    channels_set_program(channels, player);
    break;
  case MIDI_CHANNEL_PRESSURE:
  case MIDI_BEND:
    channels_bend(channels, player);
    break;
  default:
    break;
  }
}

static void
send_message(EngineChannels* const   channels,
             const SoundEvent* const event,
             const uint32_t          delay)
{
  const uint8_t kind     = event->bytes[0] & MIDI_KIND_MASK;
  const uint8_t channel  = event->bytes[0] & MIDI_CHANNEL_MASK;
  const uint8_t key      = event->bytes[1];
  const uint8_t velocity = event->bytes[2];
  if (kind == MIDI_NOTE_ON && velocity > 0U) {
    channels_note_on(
      channels, event->player, delay, (ChannelNote){channel, key, velocity});
  } else if (kind == MIDI_NOTE_ON || kind == MIDI_NOTE_OFF) {
    channels_note_off(channels, channel, key);
  } else {
    send_setting(channels, event);
  }
}

void
engine_send(Engine* const           self,
            const SoundEvent* const event,
            const uint32_t          delay)
{
  switch ((SoundEventKind)event->kind) {
  case EVENT_MESSAGE:
    send_message(&self->channels, event, delay);
    break;
  case EVENT_PROGRAM:
    channels_set_program(&self->channels, event->player);
    break;
  case EVENT_LEVEL:
    set_levels(self);
    break;
  case EVENT_SILENCE:
    channels_silence(&self->channels);
    break;
  }
}

void
engine_render(Engine* const self,
              float         left[ENGINE_BLOCK],
              float         right[ENGINE_BLOCK])
{
  // What sounds is added to these, group by group; effects come with the last
  float*         outputs[N_SIDES * ENGINE_BLOCK] = {NULL};
  float*         effects[N_EFFECTS];
  const uint64_t groups = channels_find_sounding(&self->channels);
  for (uint32_t side = 0U; side < N_SIDES; ++side) {
    for (uint32_t group = 0U; group < ENGINE_BLOCK; ++group) {
      if ((groups >> group) & 1U) {
        outputs[(N_SIDES * group) + side] = self->mix[side] + group;
      }
    }
    effects[side] = effects[N_SIDES + side] = self->mix[side] + ENGINE_BLOCK;
  }
  fluid_synth_process(self->synth,
                      (int)ENGINE_BLOCK,
                      N_EFFECTS,
                      effects,
                      (int)(N_SIDES * ENGINE_BLOCK),
                      outputs);

  float* const sides[N_SIDES] = {left, right};
  const size_t size           = ENGINE_BLOCK * sizeof(float);
  for (uint32_t side = 0U; side < N_SIDES; ++side) {
    memcpy(sides[side], self->mix[side], size);
    memcpy(self->mix[side], self->mix[side] + ENGINE_BLOCK, size);
    memset(self->mix[side] + ENGINE_BLOCK, 0, size);
  }
}

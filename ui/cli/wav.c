// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "wav.h"

#include "command.h"
#include "progress.h"

#include <fluidsynth.h>

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define SAMPLE_RATE 48000.0
#define BLOCK_FRAMES 1024
#define N_LOG_LEVELS 5

/// Seconds of sound after the last event, for what rings on
#define TAIL_SECONDS 2.0

/// Gain at which the level is measured, FluidSynth's own default
#define MEASURING_GAIN 0.2

/// Loudest sample of the file: one decibel below full scale
#define PEAK 0.891

/// A synthesiser with a song in it
typedef struct {
  fluid_settings_t* settings;
  fluid_synth_t*    synth;
  fluid_player_t*   player;
} Renderer;

/// Compute one block of sound.  @return False if it can't be written
typedef bool (*BlockFunc)(Renderer* renderer, void* handle);

static bool
load(fluid_synth_t* const synth, const char* const path)
{
  return fluid_is_soundfont(path) &&
         fluid_synth_sfload(synth, path, 1) != FLUID_FAILED;
}

/// Load the SoundFont asked for, or else the first there is.  @return False
/// after a sentence
static bool
load_soundfont(fluid_synth_t* const synth)
{
  static const char* const paths[] = {
    "/usr/share/sounds/sf2/TimGM6mb.sf2",
    "/usr/share/sounds/sf2/default-GM.sf2",
    "/usr/share/soundfonts/default.sf2",
  };

  const char* const wanted = getenv("SOUNDFONT");
  if (wanted) {
    if (!load(synth, wanted)) {
      cli_report("%s: Cannot read the SoundFont", wanted);
      return false;
    }
    return true;
  }

  for (size_t i = 0U; i < sizeof(paths) / sizeof(paths[0]); ++i) {
    if (load(synth, paths[i])) {
      return true;
    }
  }
  cli_report("Cannot find a SoundFont, set SOUNDFONT to one");
  return false;
}

static void
close_renderer(Renderer* const renderer)
{
  delete_fluid_player(renderer->player);
  delete_fluid_synth(renderer->synth);
  delete_fluid_settings(renderer->settings);
}

/// Make a synthesiser and start the song.  @return False after a sentence, with
/// nothing to close
static bool
open_renderer(Renderer* const      renderer,
              const char* const    path,
              const uint8_t* const midi,
              const size_t         midi_size,
              const double         gain)
{
  fluid_settings_t* const settings = new_fluid_settings();
  fluid_settings_setnum(settings, "synth.sample-rate", SAMPLE_RATE);
  fluid_settings_setnum(settings, "synth.gain", gain);
  fluid_settings_setint(settings, "synth.lock-memory", 0);
  fluid_settings_setint(settings, "synth.chorus.active", 0);
  fluid_settings_setint(settings, "audio.period-size", BLOCK_FRAMES);
  fluid_settings_setstr(settings, "audio.file.name", path);
  fluid_settings_setstr(settings, "audio.file.type", "wav");
  fluid_settings_setstr(settings, "audio.file.format", "s16");
  fluid_settings_setstr(settings, "player.timing-source", "sample");

  renderer->settings = settings;
  renderer->synth    = new_fluid_synth(settings);
  renderer->player   = new_fluid_player(renderer->synth);
  if (load_soundfont(renderer->synth)) {
    if (fluid_player_add_mem(renderer->player, midi, midi_size) == FLUID_OK &&
        fluid_player_play(renderer->player) == FLUID_OK) {
      return true;
    }
    cli_report("%s: FluidSynth can't play the song", path);
  }

  close_renderer(renderer);
  return false;
}

/// Let the song sound to its end, and then what rings on
static bool
play(Renderer* const    renderer,
     const BlockFunc    block,
     void* const        handle,
     CliProgress* const progress)
{
  int n_ticks = 0;
  while (fluid_player_get_status(renderer->player) == FLUID_PLAYER_PLAYING) {
    if (!block(renderer, handle)) {
      return false;
    }

    // The first block reads the song; asking for its length each time is slow
    if (!n_ticks) {
      n_ticks = fluid_player_get_total_ticks(renderer->player);
    }
    const int tick = fluid_player_get_current_tick(renderer->player);
    cli_progress_show(progress,
                      n_ticks ? fmin((double)tick / n_ticks, 1.0) : 0.0);
  }

  const int n_blocks = (int)(TAIL_SECONDS * SAMPLE_RATE / BLOCK_FRAMES);
  for (int i = 0; i < n_blocks; ++i) {
    if (!block(renderer, handle)) {
      return false;
    }
  }
  return true;
}

/// Keep the loudest sample in the double at `handle`
static bool
measure_block(Renderer* const renderer, void* const handle)
{
  double* const peak                   = (double*)handle;
  float         sound[2][BLOCK_FRAMES] = {{0.0f}};
  fluid_synth_write_float(
    renderer->synth, BLOCK_FRAMES, sound[0], 0, 1, sound[1], 0, 1);
  for (int i = 0; i < BLOCK_FRAMES; ++i) {
    *peak =
      fmax(*peak, fmax(fabs((double)sound[0][i]), fabs((double)sound[1][i])));
  }
  return true;
}

/// Write to the file renderer at `handle`
static bool
write_block(Renderer* const renderer, void* const handle)
{
  (void)renderer;
  return fluid_file_renderer_process_block((fluid_file_renderer_t*)handle) ==
         FLUID_OK;
}

/// Find the gain that brings the song to its peak
static bool
measure_gain(const char* const    path,
             const uint8_t* const midi,
             const size_t         midi_size,
             double* const        gain)
{
  Renderer renderer;
  if (!open_renderer(&renderer, path, midi, midi_size, MEASURING_GAIN)) {
    return false;
  }

  double      peak = 0.0;
  CliProgress progress;
  cli_progress_begin(&progress, "Measuring");
  play(&renderer, measure_block, &peak, &progress);
  cli_progress_end(&progress);
  close_renderer(&renderer);
  *gain = peak > 0.0 ? MEASURING_GAIN * PEAK / peak : MEASURING_GAIN;
  return true;
}

static CliExit
write_file(const char* const    path,
           const uint8_t* const midi,
           const size_t         midi_size,
           const double         gain)
{
  Renderer renderer;
  if (!open_renderer(&renderer, path, midi, midi_size, gain)) {
    return CLI_BAD_INPUT;
  }

  bool                         done = false;
  fluid_file_renderer_t* const file = new_fluid_file_renderer(renderer.synth);
  if (file) {
    CliProgress progress;
    cli_progress_begin(&progress, "Rendering");
    done = play(&renderer, write_block, file, &progress);
    cli_progress_end(&progress);
    delete_fluid_file_renderer(file);
  }
  close_renderer(&renderer);
  if (!done) {
    cli_report("%s: Cannot write the file", path);
  }
  return done ? CLI_DONE : CLI_BAD_INPUT;
}

CliExit
cli_write_wav(const char* const    path,
              const uint8_t* const midi,
              const size_t         midi_size)
{
  // FluidSynth would print more than the one sentence
  for (int level = 0; level < N_LOG_LEVELS; ++level) {
    fluid_set_log_function(level, NULL, NULL);
  }

  double gain = 0.0;
  if (!measure_gain(path, midi, midi_size, &gain)) {
    return CLI_BAD_INPUT;
  }
  return write_file(path, midi, midi_size, gain);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "scenes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double seconds_per_minute = 60.0;
static const double slowest            = 20.0;
static const double fastest            = 400.0;

/// Blocks of a scene; the music is an hour long even if all are of one frame
static const int64_t max_blocks = 4096;

/// A whole number from 0 up to `n`, which is not 0, and less
static uint32_t
draw(Dice* dice, const uint32_t n)
{
  return (uint32_t)dice_between(dice, 0, (int64_t)n - 1);
}

void
scenes_draw_knob(Dice* const dice, uint32_t* const knob, float* const value)
{
  static const float strange[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e-42F};
  const uint32_t     n_strange = sizeof(strange) / sizeof(strange[0]);

  *knob                          = draw(dice, CONTINUO_N_PARAMS + 2U);
  const ContinuoParam* const row = continuo_param(*knob);
  if (!row || dice_one_in(dice, 32)) {
    *value = strange[draw(dice, n_strange)];
  } else {
    *value = (float)dice_real(dice, row->min, row->max);
  }
  if (*knob == CONTINUO_BYPASS) { // For scenes, not for the rest of the hour
    *value = 0.0F;
  }
}

static double
frames_per_quarter(const Scenes* scenes)
{
  return scenes->block.sample_rate * seconds_per_minute /
         scenes->position.tempo;
}

static double
bar_length(const Scenes* scenes)
{
  const double whole = 4.0;
  return whole * scenes->position.numerator / scenes->position.denominator;
}

static void
go_to(Scenes* scenes, const double quarter)
{
  scenes->position.frame = llround(quarter * frames_per_quarter(scenes));
  scenes->quarter = (double)scenes->position.frame / frames_per_quarter(scenes);
}

// What a host does at the begin of a scene

static void
roll(Scenes* scenes)
{
  scenes->position.rolling = true;
}

static void
stop(Scenes* scenes)
{
  scenes->position.rolling = false;
}

/// Go somewhere, mostly near the begin: there is a take of it
static void
seek(Scenes* scenes)
{
  const double near = 64.0;
  const double far  = 400.0;
  go_to(
    scenes,
    dice_real(&scenes->dice, -8.0, dice_one_in(&scenes->dice, 8) ? far : near));
}

/// Go to a bar line, or to the very begin
static void
seek_bar(Scenes* scenes)
{
  go_to(scenes, bar_length(scenes) * draw(&scenes->dice, 16U));
}

/// Loop from here on, a frame or some bars long
static void
loop(Scenes* scenes)
{
  static const double lengths[] = {0.0001, 0.01, 0.3, 1.0, 4.0, 7.5};
  const uint32_t      n         = sizeof(lengths) / sizeof(lengths[0]);
  const double        length    = lengths[draw(&scenes->dice, n)];
  scenes->loop_start            = scenes->position.frame;
  scenes->loop_end =
    scenes->loop_start + 1 + llround(length * frames_per_quarter(scenes));
  scenes->cuts_at_loop = dice_one_in(&scenes->dice, 2);
}

static void
set_tempo(Scenes* scenes)
{
  scenes->position.tempo = dice_real(&scenes->dice, slowest, fastest);
}

static void
set_usual_tempo(Scenes* scenes)
{
  scenes->position.tempo = dice_real(&scenes->dice, 90.0, 150.0);
}

static void
ramp(Scenes* scenes)
{
  scenes->tempo_factor = dice_real(&scenes->dice, 0.999, 1.001);
}

static void
set_meter(Scenes* scenes)
{
  static const uint32_t meters[][2] = {{4U, 4U},
                                       {3U, 4U},
                                       {7U, 8U},
                                       {5U, 4U},
                                       {6U, 8U},
                                       {2U, 2U},
                                       {12U, 8U},
                                       {1U, 16U},
                                       {255U, 255U}};
  const uint32_t        n           = sizeof(meters) / sizeof(meters[0]);
  const uint32_t        drawn       = draw(&scenes->dice, n);
  scenes->position.numerator        = meters[drawn][0];
  scenes->position.denominator      = meters[drawn][1];
  scenes->bar_line                  = scenes->quarter;
}

static void
tell_nothing(Scenes* scenes)
{
  scenes->block.tells = false;
}

static void
tell_no_meter(Scenes* scenes)
{
  scenes->position.has_meter = false;
}

static void
fill_output(Scenes* scenes)
{
  static const uint32_t rooms[] = {0U, 1U, 3U};
  const uint32_t        n       = sizeof(rooms) / sizeof(rooms[0]);
  scenes->block.max_writes      = rooms[draw(&scenes->dice, n)];
}

static void
play_into_it(Scenes* scenes)
{
  scenes->in_rate = 1U + draw(&scenes->dice, 8U);
}

static void
turn(Scenes* scenes)
{
  SceneBlock* const block = &scenes->block;
  block->turns            = true;
  scenes_draw_knob(&scenes->dice, &block->knob, &block->value);
}

static void
bypass(Scenes* scenes)
{
  scenes->block.turns = true;
  scenes->block.knob  = CONTINUO_BYPASS;
  scenes->block.value = 1.0F;
}

static void
reactivate(Scenes* scenes)
{
  static const double rates[] = {44100.0, 48000.0, 48000.0, 96000.0};
  const uint32_t      n       = sizeof(rates) / sizeof(rates[0]);
  scenes->block.activates     = true;
  scenes->block.sample_rate   = rates[draw(&scenes->dice, n)];
  go_to(scenes, scenes->quarter);
}

static void
wait_for_clock(Scenes* scenes)
{
  scenes->block.in_time = dice_one_in(&scenes->dice, 8);
}

/// What there is to do.  What is done more often stands here more often
static void (*const acts[])(Scenes*) = {roll,
                                        roll,
                                        stop,
                                        stop,
                                        seek,
                                        seek_bar,
                                        seek_bar,
                                        loop,
                                        loop,
                                        set_tempo,
                                        set_usual_tempo,
                                        ramp,
                                        set_meter,
                                        tell_nothing,
                                        tell_no_meter,
                                        fill_output,
                                        play_into_it,
                                        play_into_it,
                                        turn,
                                        turn,
                                        bypass,
                                        reactivate,
                                        wait_for_clock};

static void
choose_size(Scenes* scenes)
{
  static const uint32_t sizes[] = {
    64U, 64U, 64U, 64U, 64U, 64U, 0U, 1U, 7U, 128U, 512U, 512U, 1024U, 4096U};
  const uint32_t n = sizeof(sizes) / sizeof(sizes[0]);
  scenes->size     = sizes[draw(&scenes->dice, n)];
}

/// End what no host does for long
static void
settle(Scenes* scenes)
{
  SceneBlock* const block    = &scenes->block;
  scenes->tempo_factor       = 1.0;
  scenes->loop_end           = scenes->loop_start;
  scenes->in_rate            = 0U;
  scenes->position.has_meter = true;
  scenes->position.rolling   = !dice_one_in(&scenes->dice, 3);
  block->tells               = true;
  block->max_writes          = UINT32_MAX;
  block->in_time             = false;
  block->flushes             = dice_one_in(&scenes->dice, 4);
  block->turns               = true;
  block->knob                = CONTINUO_BYPASS;
  block->value               = 0.0F;
}

static void
begin_scene(Scenes* scenes)
{
  const uint32_t n_acts = sizeof(acts) / sizeof(acts[0]);
  const uint32_t n      = 1U + draw(&scenes->dice, 3U);
  settle(scenes);
  choose_size(scenes);
  for (uint32_t i = 0U; i < n; ++i) {
    acts[draw(&scenes->dice, n_acts)](scenes);
  }

  // A second or two of waiting in the whole hour
  const double longest = scenes->block.in_time ? 0.2 : 8.0;
  scenes->n_left =
    llround(dice_real(&scenes->dice, 0.0, longest * scenes->block.sample_rate));
  if (scenes->size > 0U && scenes->n_left > max_blocks * scenes->size) {
    scenes->n_left = max_blocks * scenes->size;
  }
  ++scenes->n_scenes;
}

/// A message as instruments send them, or any bytes at all, at or after `frame`
static ContinuoMidi
draw_message(Dice* const dice, const uint32_t frame, const uint32_t n_frames)
{
  static const uint8_t kinds[] = {0x80U, 0x90U, 0x90U, 0xB0U, 0xE0U, 0xF8U};
  const uint32_t       n       = sizeof(kinds) / sizeof(kinds[0]);

  ContinuoMidi message = {frame, 3U, {0U, 0U, 0U}, 0U};
  message.frame += frame < n_frames ? draw(dice, n_frames - frame) : 0U;
  for (uint32_t i = 0U; i < sizeof(message.data); ++i) {
    message.data[i] = (uint8_t)draw(dice, 128U);
  }
  message.data[0] = (uint8_t)(kinds[draw(dice, n)] | draw(dice, 16U));
  if (dice_one_in(dice, 8)) { // Malformed: a frame of elsewhere too
    message.frame   = dice_one_in(dice, 2) ? UINT32_MAX : n_frames;
    message.size    = (uint8_t)draw(dice, 4U);
    message.data[0] = (uint8_t)draw(dice, 256U);
    message.data[1] = (uint8_t)draw(dice, 256U);
    message.part    = (uint8_t)draw(dice, 256U);
  }
  return message;
}

static void
draw_input(Scenes* scenes)
{
  SceneBlock* const block = &scenes->block;
  uint32_t          frame = 0U;
  block->n_in             = 0U;
  if (scenes->in_rate > 0U && dice_one_in(&scenes->dice, scenes->in_rate)) {
    block->n_in =
      1U +
      draw(&scenes->dice, dice_one_in(&scenes->dice, 64) ? SCENES_MAX_IN : 4U);
  }
  for (uint32_t i = 0U; i < block->n_in; ++i) {
    block->in[i] = draw_message(&scenes->dice, frame, block->n_frames);
    frame = block->in[i].frame < block->n_frames ? block->in[i].frame : frame;
  }
}

/// Frames of the next block: none now and then, and less before a loop's end
static uint32_t
draw_size(Scenes* scenes)
{
  const uint32_t any    = 4096U;
  const int64_t  to_end = scenes->loop_end - scenes->position.frame;
  if (dice_one_in(&scenes->dice, 128)) {
    return 0U;
  }
  const uint32_t size =
    scenes->size ? scenes->size : 1U + draw(&scenes->dice, any);
  return scenes->cuts_at_loop && scenes->position.rolling && to_end > 0 &&
             to_end < size
           ? (uint32_t)to_end
           : size;
}

/// Move past the block that was played, and back if that was a loop's end
static void
advance(Scenes* scenes)
{
  const uint32_t n_frames = scenes->block.n_frames;
  scenes->n_left -= n_frames;
  if (scenes->position.rolling) {
    scenes->position.frame += n_frames;
    scenes->quarter += n_frames / frames_per_quarter(scenes);
    if (scenes->loop_end > scenes->loop_start &&
        scenes->position.frame >= scenes->loop_end) {
      const int64_t length = scenes->loop_end - scenes->loop_start;
      const int64_t back =
        length + (scenes->position.frame - scenes->loop_end) / length * length;
      scenes->position.frame -= back;
      scenes->quarter -= (double)back / frames_per_quarter(scenes);
    }
  }
  scenes->position.tempo =
    fmin(fmax(scenes->position.tempo * scenes->tempo_factor, slowest), fastest);
}

uint64_t
scenes_seed(void)
{
  const char* const text = getenv("CONTINUO_SEED");
  return text ? strtoull(text, NULL, 10) : 1U;
}

void
scenes_init(Scenes* const scenes, const uint64_t seed)
{
  memset(scenes, 0, sizeof(*scenes));
  scenes->dice.state        = seed;
  scenes->block.sample_rate = 48000.0;
  scenes->position          = (ContinuoPosition){
             .has_meter = true, .tempo = 120.0, .numerator = 4U, .denominator = 4U};
}

const SceneBlock*
scenes_next(Scenes* const scenes)
{
  SceneBlock* const block = &scenes->block;
  block->activates        = false;
  block->turns            = false;
  advance(scenes);
  if (scenes->n_left <= 0) {
    begin_scene(scenes);
  }

  const double since   = scenes->quarter - scenes->bar_line;
  block->n_frames      = draw_size(scenes);
  block->position      = scenes->position;
  block->position.beat = fmod(since, bar_length(scenes));
  if (block->position.beat < 0.0) {
    block->position.beat += bar_length(scenes);
  }
  draw_input(scenes);
  return block;
}

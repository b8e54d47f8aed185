// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "probe.h"

#include "continuo.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  EXIT_BAD_ARGS  = 1,
  EXIT_NO_PLUGIN = 2,
  MAX_SYMBOL     = 64,
  NOTE_ON        = 0x90,
  NOTE_OFF       = 0x80,
  KEY            = 60,
};

/// A plugin that plays
typedef struct {
  const ProbePlan*   plan;
  const ProbeFormat* format;
  void*              plugin;
  Probe              probe;
  int64_t            frame;        ///< Of the song
  bool               is_elsewhere; ///< Jumped, changed or began
  bool               has_looped;
  bool               has_rested;
  FILE*              sound; ///< Where that goes, or null
  struct timespec    due;   ///< When the next block is, in real time
} Player;

float probe_sound[PROBE_N_SIDES][PROBE_MAX_BLOCK];

void
probe_hear(Probe*         probe,
           const uint32_t frame,
           const uint8_t* bytes,
           const size_t   size)
{
  probe->n_disorder += frame < probe->last;
  probe->last = frame;
  if (!note_list_add(&probe->notes, probe->now + frame, bytes, size)) {
    abort();
  }
}

/// Add a message at `frame` of the time line, if that is in this block
static void
add_message(ProbeBlock*    block,
            const int64_t  now,
            const int64_t  frame,
            const uint8_t  status,
            const uint32_t velocity)
{
  if (frame >= now && frame < now + block->n_frames) {
    const ProbeMessage message = {
      (uint32_t)(frame - now),
      {(uint8_t)(status | PROBE_CHANNEL), KEY, (uint8_t)velocity}};
    block->in[block->n_in++] = message;
  }
}

/// Wait until a device would have played a block, or no time if that is past
static void
wait_for_block(Player* player, const uint32_t n_frames)
{
  static const long      second = 1000000000;
  struct timespec* const due    = &player->due;
  struct timespec        now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  if (due->tv_sec < now.tv_sec - 1) { // It stood, or has just begun
    *due = now;
  }
  due->tv_nsec += (long)(n_frames / PROBE_SAMPLE_RATE * (double)second);
  while (due->tv_nsec >= second) {
    due->tv_nsec -= second;
    ++due->tv_sec;
  }
  (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, due, NULL);
}

/// Write a block of sound as floats, left and right in turn
static void
write_sound(FILE* file, const uint32_t n_frames)
{
  for (uint32_t i = 0U; i < n_frames; ++i) {
    const float frame[PROBE_N_SIDES] = {probe_sound[0][i], probe_sound[1][i]};
    (void)fwrite(frame, sizeof(frame), 1U, file);
  }
}

static void
run_block(Player* player, const uint32_t n_frames, const bool rolls)
{
  static const double    whole    = 4.0;
  const ProbePlan* const plan     = player->plan;
  const double           bar_size = plan->numerator * whole / plan->denominator;
  const double           quarter  = probe_plan_quarter(plan, player->frame);
  const double           bar      = floor(quarter / bar_size);
  ProbeBlock             block    = {.rolls = rolls,
                                     .tells =
                                       plan->each_block || !rolls || player->is_elsewhere,
                                     .frame       = player->frame,
                                     .quarter     = quarter,
                                     .bar         = (int64_t)bar,
                                     .bar_quarter = bar * bar_size,
                                     .tempo = probe_plan_tempo(plan, player->frame),
                                     .numerator   = plan->numerator,
                                     .denominator = plan->denominator,
                                     .n_frames    = n_frames};
  const double           per_quarter = probe_plan_frames_per_quarter(plan);
  if (rolls && plan->velocity) {
    const int64_t now   = player->probe.now;
    const int64_t begin = llround(per_quarter);
    add_message(&block, now, begin, NOTE_ON, plan->velocity);
    add_message(&block, now, 2 * begin, NOTE_OFF, plan->velocity);
  }
  player->probe.last   = 0U;
  player->is_elsewhere = false;
  player->format->run(player->plugin, &block, &player->probe);
  if (player->sound) {
    write_sound(player->sound, n_frames);
  }
}

static void
stand(Player* player)
{
  const ProbePlan* const plan     = player->plan;
  const int64_t          n_frames = llround(plan->stand * PROBE_SAMPLE_RATE);
  for (int64_t i = 0; i < n_frames; i += plan->n_frames) {
    run_block(player, plan->n_frames, false);
    wait_for_block(player, plan->n_frames);
  }
}

/// Press new_take as often as planned.  The last is left pressed, as by hosts
/// that do not know of triggers
static void
press(Player* player)
{
  const ProbeFormat* const format = player->format;
  for (uint32_t i = 0U; i < player->plan->n_new_takes; ++i) {
    if (i > 0U && format->keeps_triggers) {
      (void)format->set(player->plugin, "new_take", 0.0F);
      stand(player);
    }
    (void)format->set(player->plugin, "new_take", 1.0F);
    stand(player);
  }
}

/// The nearer of `frame` and where `quarter` is, if that is ahead
static int64_t
nearest(const Player* player, const int64_t frame, const double quarter)
{
  const int64_t there = probe_plan_frame(player->plan, quarter);
  return quarter >= 0.0 && there > player->frame && there < frame ? there
                                                                  : frame;
}

/// Whether we are at `quarter`
static bool
is_at(const Player* player, const double quarter)
{
  return quarter >= 0.0 &&
         player->frame == probe_plan_frame(player->plan, quarter);
}

/// Do what is planned for the frame that was reached
static void
turn(Player* player)
{
  const ProbePlan* const plan = player->plan;
  player->is_elsewhere = player->is_elsewhere || is_at(player, plan->bend);
  if (!player->has_looped && is_at(player, plan->loop_end)) {
    player->frame        = probe_plan_frame(plan, plan->loop_begin);
    player->has_looped   = true;
    player->is_elsewhere = true;
  }
  if (!player->has_rested && is_at(player, plan->rest)) {
    player->format->deactivate(player->plugin);
    player->format->activate(player->plugin);
    player->has_rested   = true;
    player->is_elsewhere = true;
  }
}

/// Let what sounds come to its end
static void
ring_out(Player* player)
{
  const uint32_t seconds  = 2U;
  const uint32_t n_frames = player->plan->n_frames;
  const uint32_t n_all    = seconds * (uint32_t)PROBE_SAMPLE_RATE;
  for (uint32_t i = 0U; i < n_all; i += n_frames) {
    run_block(player, n_frames, false);
  }
}

static void
play(Player* player)
{
  const ProbePlan* const plan = player->plan;
  const int64_t          end  = probe_plan_frame(plan, plan->quarters);
  player->format->activate(player->plugin);
  stand(player);
  press(player);

  player->frame        = probe_plan_frame(plan, -plan->lead_in);
  player->probe.now    = player->frame;
  player->is_elsewhere = true;
  player->sound        = plan->sound ? fopen(plan->sound, "wb") : NULL;
  while (player->frame < end) {
    turn(player);
    int64_t next = player->frame + plan->n_frames;
    next         = nearest(player, next, plan->bend);
    next         = nearest(player, next, plan->loop_end);
    next         = nearest(player, next, plan->rest);
    next         = next < end ? next : end;

    const uint32_t n_frames = (uint32_t)(next - player->frame);
    run_block(player, n_frames, true);
    player->frame = next;
    player->probe.now += n_frames;
    if (plan->in_time) {
      wait_for_block(player, n_frames);
    }
  }
  run_block(player, plan->n_frames, false);
  if (player->sound) {
    ring_out(player);
    (void)fclose(player->sound);
    player->sound = NULL;
  }
  player->format->deactivate(player->plugin);
}

/// Restore or save a state in the user's language, as hosts do, whose numbers
/// may have a comma
static bool
keep(const Player* player,
     bool (*function)(void* plugin, const char* path),
     const char* path)
{
  (void)setlocale(LC_ALL, "");
  const bool is_kept = function(player->plugin, path);
  (void)setlocale(LC_ALL, "C");
  if (!is_kept) {
    fprintf(stderr, "no state in %s\n", path);
  }
  return is_kept;
}

/// Set all parameters to their defaults and run a block, as a host does that
/// resets a plugin before it gives it another state
static void
reset(Player* player)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const param = continuo_param(id);
    if (!(param->flags & CONTINUO_PARAM_OUTPUT)) {
      (void)player->format->set(player->plugin, param->symbol, param->initial);
    }
  }
  player->format->activate(player->plugin);
  run_block(player, player->plan->n_frames, false);
  player->format->deactivate(player->plugin);
}

/// Restore a state, or set parameters where there is none.  @return False if
/// that cannot be done
static bool
prepare(Player* player)
{
  const ProbePlan* const plan = player->plan;
  if (plan->restored && plan->resets) {
    if (!keep(player, player->format->restore, plan->restored)) {
      return false;
    }
    reset(player);
  }
  if (plan->restored) {
    return keep(player, player->format->restore, plan->restored);
  }
  for (size_t i = 0U; i < plan->n_settings; ++i) {
    char              symbol[MAX_SYMBOL] = "";
    const char* const setting            = plan->settings[i];
    const char* const equals             = strchr(setting, '=');
    if (equals && equals - setting < MAX_SYMBOL) {
      memcpy(symbol, setting, (size_t)(equals - setting));
    }
    if (!equals || !player->format->set(
                     player->plugin, symbol, strtof(equals + 1, NULL))) {
      fprintf(stderr, "no parameter for %s\n", setting);
      return false;
    }
  }
  return true;
}

int
probe_main(const int argc, char** argv, const ProbeFormat* format)
{
  ProbePlan plan;
  if (!probe_plan_parse(&plan, argc, argv)) {
    return EXIT_BAD_ARGS;
  }

  Player player = {.plan = &plan, .format = format};
  player.plugin = format->open(&plan);
  if (!player.plugin) {
    fprintf(stderr, "cannot host %s\n", plan.plugin);
    return EXIT_NO_PLUGIN;
  }

  int status = EXIT_NO_PLUGIN;
  if (prepare(&player)) {
    play(&player);
    note_list_print(
      &player.probe.notes, probe_plan_frames_per_quarter(&plan), stdout);
    printf("# disorder %zu\n", player.probe.n_disorder);
    // Without sound a latency is a fault
    printf("%c latency %u\n",
           plan.sound ? '@' : '#',
           format->latency(player.plugin));
    format->print_faults(player.plugin);
    if (!plan.saved || keep(&player, format->save, plan.saved)) {
      status = 0;
    }
  }
  format->close(player.plugin);
  note_list_clear(&player.probe.notes);
  return status;
}

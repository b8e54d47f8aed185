// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "script.h"

#include <inttypes.h>
#include <stdbool.h>

enum {
  SIXTEENTH    = SCRIPT_QUARTER / 4,
  WHOLE        = SCRIPT_QUARTER * 4,
  LAST_BAR     = 8, ///< Bars that tempo and meter change in
  MIDDLE_KEY   = 60,
  NOTE_ON      = 0x9F,
  NOTE_OFF     = 0x8F,
  MAX_VELOCITY = 127,
};

static const double slowest = 40.0;
static const double fastest = 240.0;

static const struct {
  uint32_t numerator;
  uint32_t denominator;
} meters[] = {
  {4U, 4U},
  {3U, 4U},
  {2U, 4U},
  {5U, 4U},
  {6U, 8U},
  {7U, 8U},
  {12U, 8U},
};

/// A script in the making
typedef struct {
  Script*  script;
  Dice     dice;
  uint32_t flags;
  bool     rolling;
  bool     bypassed;
  int64_t  n_ticks; ///< Played so far
  uint8_t  held;    ///< Key that someone holds down, or 0
} Making;

int64_t
script_bar_length(const ScriptSection* section)
{
  return (int64_t)section->numerator * WHOLE / section->denominator;
}

static double
random_tempo(Dice* dice)
{
  const double tempo = dice_real(dice, slowest, fastest);
  return dice_one_in(dice, 2) ? (double)(int64_t)tempo : tempo;
}

static void
set_random_meter(Dice* dice, ScriptSection* section)
{
  const int64_t last   = (int64_t)(sizeof(meters) / sizeof(meters[0])) - 1;
  const int64_t i      = dice_between(dice, 0, last);
  section->numerator   = meters[i].numerator;
  section->denominator = meters[i].denominator;
}

static void
add_section(Script* script, const ScriptSection section)
{
  if (script->n_sections < SCRIPT_MAX_SECTIONS) {
    script->sections[script->n_sections++] = section;
  }
}

/// Let the tempo glide through the bar at `section`, in steps of a sixteenth
static ScriptSection
add_ramp(Making* making, ScriptSection section)
{
  const int64_t begin = section.tick;
  const int64_t end   = begin + script_bar_length(&section);
  const double  from  = section.tempo;
  const double  to    = random_tempo(&making->dice);
  for (; section.tick < end; section.tick += SIXTEENTH) {
    section.tempo = from + (to - from) * (double)(section.tick - begin) /
                             (double)(end - begin);
    add_section(making->script, section);
  }
  section.tempo = to;
  return section;
}

static void
make_sections(Making* making)
{
  Dice* const   dice    = &making->dice;
  ScriptSection section = {0};
  section.tempo         = random_tempo(dice);
  set_random_meter(dice, &section);
  add_section(making->script, section);
  if (!(making->flags & SCRIPT_WITH_SECTIONS) || dice_one_in(dice, 2)) {
    return;
  }

  for (int bar = 0; bar < LAST_BAR; ++bar) {
    section.tick += script_bar_length(&section);
    section.bar_line = section.tick;
    switch (dice_between(dice, 0, 7)) {
    case 0:
      section.tempo = random_tempo(dice);
      add_section(making->script, section);
      break;
    case 1:
      section          = add_ramp(making, section);
      section.bar_line = section.tick;
      add_section(making->script, section);
      break;
    case 2:
      set_random_meter(dice, &section);
      add_section(making->script, section);
      break;
    default:
      break;
    }
  }
}

static void
add(Making* making, const ScriptAction action)
{
  Script* const script = making->script;
  if (script->n_actions == SCRIPT_MAX_ACTIONS) {
    return;
  }
  script->actions[script->n_actions++] = action;
  if (making->rolling) {
    making->n_ticks += action.after;
  }
  if (action.kind == SCRIPT_ROLL || action.kind == SCRIPT_STOP) {
    making->rolling = action.kind == SCRIPT_ROLL;
  }
}

ScriptAction
script_random_set(Dice* dice, const uint32_t flags)
{
  ScriptAction action = {.kind = SCRIPT_SET};
  bool         fits   = false;
  while (!fits) {
    // A preset sets others: it does not hold from a place on
    action.id = (uint32_t)dice_between(dice, 0, CONTINUO_N_PARAMS - 2);
    action.id += action.id >= CONTINUO_PRESET;
    const bool is_take =
      action.id == CONTINUO_SEED || action.id == CONTINUO_TAKE_MODE;
    fits = !(continuo_param(action.id)->flags &
             (CONTINUO_PARAM_OUTPUT | CONTINUO_PARAM_TRIGGER)) &&
           action.id != CONTINUO_BYPASS &&
           (!is_take || (flags & SCRIPT_WITH_SEED)) &&
           (action.id != CONTINUO_INPUT_MODE || (flags & SCRIPT_WITH_INPUT));
  }

  // The range of pitches stays open in the middle, so that there is music
  const ContinuoParam* const row = continuo_param(action.id);
  const double low  = action.id == CONTINUO_HIGH_NOTE ? MIDDLE_KEY : row->min;
  const double high = action.id == CONTINUO_LOW_NOTE ? MIDDLE_KEY : row->max;
  action.value      = row->flags & CONTINUO_PARAM_INTEGER
                        ? (float)dice_between(dice, (int64_t)low, (int64_t)high)
                        : (float)dice_real(dice, low, high);
  return action;
}

/// Somewhere in the first bars or before them: a bar line, a beat, or anywhere
static int64_t
random_place(Dice* dice)
{
  const int64_t quarter = dice_between(dice, dice_one_in(dice, 4) ? -4 : 0, 24);
  switch (dice_between(dice, 0, 2)) {
  case 0:
    return quarter / 4 * WHOLE;
  case 1:
    return quarter * SCRIPT_QUARTER;
  default:
    return quarter * SCRIPT_QUARTER +
           dice_between(dice, 0, SCRIPT_QUARTER / SCRIPT_GRID) * SCRIPT_GRID;
  }
}

static ScriptAction
random_loop(Dice* dice)
{
  const int64_t max_sixteenths = 24;
  const int64_t start          = random_place(dice);
  const int64_t length =
    dice_one_in(dice, 4)
      ? SCRIPT_GRID * dice_between(dice, 1, 4) // Less than a large block
      : SIXTEENTH * dice_between(dice, 1, max_sixteenths);
  const bool is_on = !dice_one_in(dice, 3);
  return (ScriptAction){
    .kind = SCRIPT_LOOP, .tick = start, .end = is_on ? start + length : start};
}

static ScriptAction
random_send(Making* making)
{
  const int64_t lowest  = 36;
  const int64_t highest = 84;
  ScriptAction  action  = {.kind = SCRIPT_SEND};
  if (making->held) {
    action.data[0] = NOTE_OFF;
    action.data[1] = making->held;
    making->held   = 0U;
  } else {
    making->held   = (uint8_t)dice_between(&making->dice, lowest, highest);
    action.data[0] = NOTE_ON;
    action.data[1] = making->held;
    action.data[2] = (uint8_t)dice_between(&making->dice, 1, MAX_VELOCITY);
  }
  return action;
}

static ScriptAction
random_bypass(Making* making)
{
  making->bypassed = !making->bypassed;
  return (ScriptAction){.kind  = SCRIPT_SET,
                        .id    = CONTINUO_BYPASS,
                        .value = making->bypassed ? 1.0F : 0.0F};
}

/// One of the kinds that the flags allow
static ScriptAction
random_action(Making* making)
{
  Dice* const    dice  = &making->dice;
  const uint32_t flags = making->flags;

  const int64_t throw = dice_between(dice, 0, 99);
  if (throw < 40) {
    return flags & SCRIPT_WITH_SETTINGS ? script_random_set(dice, flags)
                                        : (ScriptAction){.kind = SCRIPT_WAIT};
  }
  if (throw < 52 && (flags & SCRIPT_WITH_INPUT)) {
    return random_send(making);
  }
  if (throw < 58 && (flags & SCRIPT_WITH_BYPASS)) {
    return throw < 57 ? random_bypass(making)
                      : (ScriptAction){.kind = SCRIPT_REACTIVATE};
  }
  if (throw < 61 && (flags & SCRIPT_WITH_SEED)) {
    return (ScriptAction){.kind = SCRIPT_NEW_TAKE};
  }
  if (throw < 75 && (flags & SCRIPT_WITH_TRANSPORT)) {
    return (ScriptAction){.kind = SCRIPT_LOCATE, .tick = random_place(dice)};
  }
  if (throw < 85 && (flags & SCRIPT_WITH_TRANSPORT)) {
    return random_loop(dice);
  }
  if (!making->rolling) {
    return (ScriptAction){.kind = SCRIPT_ROLL};
  }
  return flags & SCRIPT_WITH_TRANSPORT ? (ScriptAction){.kind = SCRIPT_STOP}
                                       : (ScriptAction){.kind = SCRIPT_WAIT};
}

/// Settings that the script begins with: its own take, lively, of few
/// candidates for each bar, which are most of the time that it takes, and some
/// at random
static void
make_settings(Making* making)
{
  const int64_t max_settings = 4;
  const int64_t thin         = 3;
  const int64_t dense        = 8;
  const int64_t some         = 3;
  Dice* const   dice         = &making->dice;
  const int64_t last_seed    = (int64_t)continuo_param(CONTINUO_SEED)->max;
  const int64_t last_style   = (int64_t)continuo_param(CONTINUO_STYLE)->max;
  const int64_t n            = dice_between(dice, 0, max_settings);
  add(making,
      (ScriptAction){.kind  = SCRIPT_SET,
                     .id    = CONTINUO_SEED,
                     .value = (float)dice_between(dice, 0, last_seed)});
  add(making,
      (ScriptAction){.kind  = SCRIPT_SET,
                     .id    = CONTINUO_STYLE,
                     .value = (float)dice_between(dice, 0, last_style)});
  add(making,
      (ScriptAction){.kind  = SCRIPT_SET,
                     .id    = CONTINUO_DENSITY,
                     .value = (float)dice_between(dice, thin, dense)});
  add(making,
      (ScriptAction){.kind  = SCRIPT_SET,
                     .id    = CONTINUO_CANDIDATES,
                     .value = (float)dice_between(dice, 1, some)});
  for (int64_t i = 0; i < n; ++i) {
    add(making, script_random_set(dice, making->flags));
  }
}

/// What every script ends with, so that nobody's note is left
static void
make_end(Making* making)
{
  const ScriptAction stop = {.kind = SCRIPT_STOP, .after = SIXTEENTH};
  making->script->n_actions =
    making->script->n_actions > SCRIPT_MAX_ACTIONS - 2U
      ? SCRIPT_MAX_ACTIONS - 2U
      : making->script->n_actions;
  if (making->held) {
    add(making, random_send(making));
  }
  add(making, stop);
}

Script
script_new(const uint64_t seed, const uint32_t flags, const uint32_t quarters)
{
  const int64_t longest_rest = 3; // quarters between two actions
  Script        script       = {.seed = seed};
  Making        making       = {
                 .script = &script, .dice = {seed}, .flags = flags, .n_ticks = 0};
  Dice* const dice = &making.dice;
  make_sections(&making);
  make_settings(&making);
  if ((flags & SCRIPT_WITH_TRANSPORT) && dice_one_in(dice, 2)) {
    add(&making,
        (ScriptAction){.kind = SCRIPT_LOCATE, .tick = random_place(dice)});
  }
  add(&making,
      (ScriptAction){.kind  = SCRIPT_ROLL,
                     .after = dice_between(dice, 0, 1) * SIXTEENTH});

  const int64_t end = (int64_t)quarters * SCRIPT_QUARTER;
  while (making.n_ticks < end && script.n_actions < SCRIPT_MAX_ACTIONS - 2U) {
    ScriptAction action  = random_action(&making);
    const bool   at_once = dice_one_in(dice, 4);
    action.after =
      at_once ? 0
              : dice_between(dice,
                             1,
                             making.rolling ? longest_rest * SCRIPT_QUARTER
                                            : SIXTEENTH);
    add(&making, action);
  }
  make_end(&making);
  return script;
}

static void
print_action(const ScriptAction* action, FILE* out)
{
  static const char* const names[] = {"wait",
                                      "roll",
                                      "stop",
                                      "locate",
                                      "loop",
                                      "set",
                                      "new take",
                                      "send",
                                      "reactivate"};

  fprintf(out, "  after %5" PRId64 ": %s", action->after, names[action->kind]);
  switch (action->kind) {
  case SCRIPT_LOCATE:
    fprintf(out, " %" PRId64, action->tick);
    break;
  case SCRIPT_LOOP:
    fprintf(out, " %" PRId64 " to %" PRId64, action->tick, action->end);
    break;
  case SCRIPT_SET:
    fprintf(
      out, " %s %g", continuo_param(action->id)->symbol, (double)action->value);
    break;
  case SCRIPT_SEND:
    fprintf(out,
            " %02x %02x %02x",
            action->data[0],
            action->data[1],
            action->data[2]);
    break;
  default:
    break;
  }
  fprintf(out, "\n");
}

void
script_print(const Script* script, FILE* out)
{
  fprintf(out, "script of seed %" PRIu64 ", in ticks:\n", script->seed);
  for (size_t i = 0U; i < script->n_sections; ++i) {
    const ScriptSection* const section = &script->sections[i];
    fprintf(out,
            "  at %6" PRId64 ": tempo %.17g, %" PRIu32 "/%" PRIu32
            " with a bar line at %" PRId64 "\n",
            section->tick,
            section->tempo,
            section->numerator,
            section->denominator,
            section->bar_line);
  }
  for (size_t i = 0U; i < script->n_actions; ++i) {
    print_action(&script->actions[i], out);
  }
}

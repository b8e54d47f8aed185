// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file preset.c Presets are read and written, and what is wrong with one is
/// said

#include "base/rng.h"
#include "base/status.h"
#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ContinuoPreset
read(const char* const text)
{
  ContinuoPreset preset;
  char           why[CONTINUO_WHY_SIZE];
  if (continuo_preset_read(NULL, text, strlen(text), &preset, why)) {
    fail_msg("%s: %s", text, why);
  }
  return preset;
}

/// Expect a text to be refused by a sentence that has `part` in it
static void
expect_refused(const CtStatus    status,
               const char* const part,
               const char* const text,
               const size_t      size)
{
  ContinuoPreset preset;
  char           why[CONTINUO_WHY_SIZE];
  assert_int_equal(continuo_preset_read(NULL, text, size, &preset, why),
                   status);
  if (!strstr(why, part)) {
    fail_msg("\"%s\" is not in: %s", part, why);
  }
  assert_true(strlen(why) + 1U < sizeof(why));
}

static void
a_preset_is_read(void** const state)
{
  (void)state;
  const ContinuoPreset preset = read("\xEF\xBB\xBF# A comment\r\n"
                                     "\r\n"
                                     "  name\t=  Chopin - Mazurka \r\n"
                                     "about = Three = three # in a bar\n"
                                     "meter=3/4\n"
                                     "tempo = 138.5\n"
                                     "notes_a_quarter = 2..5.5\n"
                                     "   # Another\n"
                                     "style = chopin\n"
                                     "key = C#\n"
                                     "scale = 1\n"
                                     "temperature = 0.9\n"
                                     "octave = -1");
  assert_string_equal(preset.name, "Chopin - Mazurka");
  assert_string_equal(preset.about, "Three = three # in a bar");
  assert_int_equal(preset.numerator, 3);
  assert_int_equal(preset.denominator, 4);
  assert_true(preset.tempo == 138.5F);
  assert_true(preset.least_notes == 2.0F && preset.most_notes == 5.5F);
  assert_true(preset.values[CONTINUO_STYLE] == 4.0F);
  assert_true(preset.values[CONTINUO_KEY] == 1.0F);
  assert_true(preset.values[CONTINUO_SCALE] == 1.0F);
  assert_true(preset.values[CONTINUO_TEMPERATURE] == 0.9F);
  assert_true(preset.values[CONTINUO_OCTAVE] == -1.0F);
}

static void
what_is_not_said_is_initial(void** const state)
{
  (void)state;
  const ContinuoPreset preset = read("name = Nothing\n");
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    assert_true(preset.values[id] == continuo_param(id)->initial);
  }
  assert_string_equal(preset.about, "");
  assert_int_equal(preset.denominator, 0);
  assert_true(preset.tempo == 0.0F && preset.most_notes == 0.0F);
}

/// A text that is refused
typedef struct {
  CtStatus    status;
  const char* part;
  const char* text;
} Refusal;

static const Refusal refusals[] = {
  {CT_PRESET_NO_NAME, "line 1: ", ""},
  {CT_PRESET_NO_NAME, "line 3: ", "# a\n\n"},
  {CT_PRESET_NO_NAME, "line 2: ", "\nstyle = Bach\nname = A\n"},
  {CT_PRESET_BAD_NAME, "line 1: ", "name =\n"},
  {CT_PRESET_BAD_NAME,
   "63 bytes",
   "name = 1234567890123456789012345678901234567890123456789012345678901234"},
  {CT_PRESET_BAD_LINE, "line 2: ", "name = A\nstyle Bach\n"},
  {CT_PRESET_BAD_LINE, "no text", "name = A\nabout = \x01\n"},
  {CT_PRESET_NO_SYMBOL, "called tempature", "name = A\ntempature = 1\n"},
  {CT_PRESET_NO_SYMBOL, "called Style", "name = A\nStyle = Bach\n"},
  {CT_PRESET_NO_SYMBOL, "late_notes is none", "name = A\nlate_notes = 1\n"},
  {CT_PRESET_NO_SYMBOL, "new_take is none", "name = A\nnew_take = 1\n"},
  {CT_PRESET_NO_SYMBOL, "bypass is none", "name = A\nbypass = 0\n"},
  {CT_PRESET_NO_SYMBOL, "preset is none", "name = A\npreset = 1\n"},
  {CT_PRESET_TWICE, "line 3: key is set", "name = A\nkey = C\nkey = C\n"},
  {CT_PRESET_TWICE, "name is set twice", "name = A\nname = B\n"},
  {CT_PRESET_TWICE, "meter is", "name = A\nmeter = 3/4\nmeter = 3/4\n"},
  {CT_PRESET_BAD_VALUE,
   "from 0.1 to 2, not 2.1",
   "name = A\ntemperature = 2.1"},
  {CT_PRESET_BAD_VALUE, "not warm", "name = A\ntemperature = warm"},
  {CT_PRESET_BAD_VALUE, "not nan", "name = A\ntemperature = nan"},
  {CT_PRESET_BAD_VALUE, "not 0,5", "name = A\ntemperature = 0,5"},
  {CT_PRESET_BAD_VALUE, "whole number", "name = A\ntop_k = 1.5"},
  {CT_PRESET_BAD_VALUE, "or its name", "name = A\nscale = dorian"},
  {CT_PRESET_BAD_VALUE,
   "from 0 to 15 or its name, not 16",
   "name = A\nstyle = 16"},
  {CT_PRESET_BAD_VALUE, "not ", "name = A\nkey =\n"},
  {CT_PRESET_NO_STYLE, "called Grieg", "name = A\nstyle = Grieg"},
  {CT_PRESET_BAD_VALUE, "not 4/3", "name = A\nmeter = 4/3"},
  {CT_PRESET_BAD_VALUE, "not 0/4", "name = A\nmeter = 0/4"},
  {CT_PRESET_BAD_VALUE, "not 4", "name = A\nmeter = 4"},
  {CT_PRESET_BAD_VALUE, "not 99/4", "name = A\nmeter = 99/4"},
  {CT_PRESET_BAD_VALUE, "not fast", "name = A\ntempo = fast"},
  {CT_PRESET_BAD_VALUE, "not 4", "name = A\ntempo = 4"},
  {CT_PRESET_BAD_VALUE, "not 4..2", "name = A\nnotes_a_quarter = 4..2"},
  {CT_PRESET_BAD_VALUE, "not 4", "name = A\nnotes_a_quarter = 4"},
};

static void
what_is_wrong_is_said(void** const state)
{
  (void)state;
  for (size_t i = 0U; i < sizeof(refusals) / sizeof(refusals[0]); ++i) {
    const Refusal* const row = &refusals[i];
    expect_refused(row->status, row->part, row->text, strlen(row->text));
  }
}

static void
bytes_that_are_no_text_are_refused(void** const state)
{
  static const char zero[] = "name = A\nkey = C\0\n";
  (void)state;
  expect_refused(CT_PRESET_BAD_LINE, "no text", zero, sizeof(zero) - 1U);

  char long_line[2000] = "name = A\nabout = ";
  memset(long_line + strlen(long_line), 'x', 1900U);
  expect_refused(CT_PRESET_BAD_LINE, "too long", long_line, 1900U);
  expect_refused(CT_PRESET_BAD_VALUE, "255 bytes", long_line, 400U);

  char* const large = calloc(1U, 100000U);
  assert_non_null(large);
  expect_refused(CT_PRESET_TOO_LARGE, "too large", large, 100000U);
  free(large);
}

static void
no_bytes_do_harm(void** const state)
{
  static const char whole[] =
    "name = A\nmeter = 3/4\nnotes_a_quarter = 1..2\nkey = C#\nseed = 12\n";
  (void)state;
  ContinuoPreset preset;
  char           why[CONTINUO_WHY_SIZE];
  for (uint64_t i = 0U; i < 20000U; ++i) {
    // A copy of just that size, so that a sanitizer sees what goes past it
    const size_t size = ct_mix(i) % sizeof(whole);
    char* const  text = malloc(size + 1U);
    assert_non_null(text);
    memcpy(text, whole, size);
    for (uint64_t k = 0U; size && k < i % 4U; ++k) {
      text[ct_mix(i + (k << 32U)) % size] = (char)ct_mix(i ^ (k << 40U));
    }
    char* const exact = realloc(text, size ? size : 1U);
    assert_non_null(exact);
    const ContinuoStatus st =
      continuo_preset_read(NULL, exact, size, &preset, why);
    assert_int_equal(!st, !*why);
    free(exact);
  }
}

/// A preset of which everything is drawn by lot
static ContinuoPreset
draw(const uint64_t seed)
{
  static const char letters[] = "abc XYZ=#\"\\'{}[];-_.\xC3\xA4";
  ContinuoPreset    preset    = continuo_preset_initial();
  const size_t      length    = ct_mix(seed) % 62U;
  for (size_t i = 0U; i < length; ++i) {
    preset.name[i] = letters[ct_mix(seed + i) % (sizeof(letters) - 1U)];
  }
  preset.name[0]      = 'N';
  preset.name[length] = 'N';
  if (seed % 2U) {
    memcpy(preset.about, preset.name, length + 1U);
    preset.numerator   = 1U + seed % 32U;
    preset.denominator = 1U << seed % 6U;
    preset.tempo       = 5.0F + 995.0F * ct_coin(ct_mix(seed + 90U));
    preset.least_notes = 10.0F * ct_coin(ct_mix(seed + 91U));
    preset.most_notes  = preset.least_notes + 0.1F;
  }
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    const ContinuoParam* const param = continuo_param(id);
    if (continuo_preset_sets(id)) {
      const float coin  = ct_coin(ct_mix(seed + 100U + id));
      const float value = param->min + coin * (param->max - param->min);
      preset.values[id] =
        param->flags & CONTINUO_PARAM_INTEGER ? floorf(value) : value;
    }
  }
  return preset;
}

static void
what_is_written_is_read(void** const state)
{
  (void)state;
  for (uint64_t seed = 1U; seed < 2000U; ++seed) {
    const ContinuoPreset preset = draw(seed);
    char*                text   = NULL;
    assert_int_equal(continuo_preset_write(NULL, &preset, &text), 0);
    const ContinuoPreset back = read(text);
    assert_memory_equal(&back, &preset, sizeof(preset));

    char* again = NULL;
    assert_int_equal(continuo_preset_write(NULL, &back, &again), 0);
    assert_string_equal(again, text);
    free(again);
    free(text);
  }
}

static void
expect_unwritten(const CtStatus status, const ContinuoPreset* const preset)
{
  char* text = NULL;
  assert_int_equal(continuo_preset_write(NULL, preset, &text), status);
  assert_null(text);
}

static void
what_could_not_be_read_is_not_written(void** const state)
{
  (void)state;
  static const char* const names[] = {"", " A", "A ", "A\nB", "A\x7F", "A\tB"};
  ContinuoPreset           preset  = continuo_preset_initial();
  for (size_t i = 0U; i < sizeof(names) / sizeof(names[0]); ++i) {
    (void)snprintf(preset.name, sizeof(preset.name), "%s", names[i]);
    expect_unwritten(CT_PRESET_BAD_NAME, &preset);
  }
  (void)snprintf(preset.name, sizeof(preset.name), "A");
  (void)snprintf(preset.about, sizeof(preset.about), "A\nseed = 3");
  expect_unwritten(CT_PRESET_BAD_VALUE, &preset);
}

static void
an_instance_takes_and_gives_one(void** const state)
{
  (void)state;
  Continuo* const self = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  const ContinuoPreset preset = draw(7U);
  continuo_set_param(self, CONTINUO_BYPASS, 1.0F);
  continuo_preset_apply(self, &preset);
  ContinuoPreset copy = continuo_preset_initial();
  continuo_preset_copy(self, &copy);
  assert_memory_equal(copy.values, preset.values, sizeof(preset.values));
  assert_true(continuo_get_param(self, CONTINUO_BYPASS) == 1.0F);
  continuo_free(self);
}

static void
styles_are_those_of_the_model(void** const state)
{
  (void)state;
  Continuo* const self = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  char           text[64];
  char           why[CONTINUO_WHY_SIZE];
  ContinuoPreset preset;
  (void)snprintf(text,
                 sizeof(text),
                 "name = A\nstyle = %s\n",
                 continuo_style_name(self, 1U));
  assert_int_equal(continuo_preset_read(self, text, strlen(text), &preset, why),
                   0);
  assert_true(preset.values[CONTINUO_STYLE] == 1.0F);
  continuo_free(self);
}

static void
the_builtin_ones_are_whole(void** const state)
{
  (void)state;
  const ContinuoParam* const param  = continuo_param(CONTINUO_PRESET);
  uint32_t                   of[16] = {0};
  assert_true(continuo_n_presets() >= 36U);
  assert_int_equal(param->n_labels, continuo_n_presets() + 1U);
  assert_null(continuo_preset_id(continuo_n_presets()));
  assert_null(continuo_preset_text(continuo_n_presets()));
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    const ContinuoPreset preset = read(continuo_preset_text(i));
    const char* const    id     = continuo_preset_id(i);
    assert_string_equal(preset.name, param->labels[i + 1U]);
    assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz-"), strlen(id));
    assert_true(*preset.about && preset.denominator && preset.tempo > 0.0F &&
                preset.most_notes > 0.0F);
    ++of[(uint32_t)preset.values[CONTINUO_STYLE]];
  }
  for (size_t i = 0U; i < continuo_param(CONTINUO_STYLE)->n_labels; ++i) {
    assert_true(of[i] >= 2U);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_preset_is_read),
    cmocka_unit_test(what_is_not_said_is_initial),
    cmocka_unit_test(what_is_wrong_is_said),
    cmocka_unit_test(bytes_that_are_no_text_are_refused),
    cmocka_unit_test(no_bytes_do_harm),
    cmocka_unit_test(what_is_written_is_read),
    cmocka_unit_test(what_could_not_be_read_is_not_written),
    cmocka_unit_test(an_instance_takes_and_gives_one),
    cmocka_unit_test(styles_are_those_of_the_model),
    cmocka_unit_test(the_builtin_ones_are_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file key.c Keys are read, written and made into scales

#include "music/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>

typedef struct {
  const char* text;
  uint8_t     tonic;
  CtMode      mode;
} Case;

static void
keys_are_read(void** const state)
{
  (void)state;
  static const Case cases[] = {
    {"D minor", 2U, CT_MODE_MINOR},
    {"F#", 6U, CT_MODE_MAJOR},
    {"Bb major", 10U, CT_MODE_MAJOR},
    {"c", 0U, CT_MODE_MINOR},
    {"C", 0U, CT_MODE_MAJOR},
    {"bb", 10U, CT_MODE_MINOR},
    {"b", 11U, CT_MODE_MINOR},
    {"B", 11U, CT_MODE_MAJOR},
    {"Am", 9U, CT_MODE_MINOR},
    {"f-sharp minor", 6U, CT_MODE_MINOR},
    {"E flat major", 3U, CT_MODE_MAJOR},
    {"Cb", 11U, CT_MODE_MAJOR},
    {"B#", 0U, CT_MODE_MAJOR},
    {"g min", 7U, CT_MODE_MINOR},
    {"a Major", 9U, CT_MODE_MAJOR},
    {" eb MINOR", 3U, CT_MODE_MINOR},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    CtKey key = {99U, CT_MODE_MAJOR};
    assert_true(ct_key_parse(cases[i].text, &key));
    assert_int_equal(key.tonic, cases[i].tonic);
    assert_int_equal(key.mode, cases[i].mode);
  }
}

static void
what_is_no_key_is_refused(void** const state)
{
  (void)state;
  static const char* const bad[] = {"",
                                    "H",
                                    "D minorish",
                                    "C##",
                                    "Dm minor",
                                    "1",
                                    "C dorian",
                                    "Ebbb",
                                    "C major x"};
  for (size_t i = 0U; i < sizeof(bad) / sizeof(bad[0]); ++i) {
    CtKey key = {5U, CT_MODE_MINOR};
    assert_false(ct_key_parse(bad[i], &key));
    assert_int_equal(key.tonic, 5);
  }
}

static void
names_are_read_back(void** const state)
{
  (void)state;
  char name[CT_KEY_NAME_SIZE];
  for (uint8_t i = 0U; i < 24U; ++i) {
    const CtKey key  = {(uint8_t)(i % 12U),
                       i < 12U ? CT_MODE_MAJOR : CT_MODE_MINOR};
    CtKey       read = {0U, CT_MODE_MAJOR};
    assert_true(ct_key_parse(ct_key_name(key, name), &read));
    assert_int_equal(read.tonic, key.tonic);
    assert_int_equal(read.mode, key.mode);

    const CtKey same =
      ct_key_from_signature(ct_key_sharps(key), key.mode == CT_MODE_MINOR);
    assert_int_equal(same.tonic, key.tonic);
  }
  const CtKey b_flat  = {10U, CT_MODE_MAJOR};
  const CtKey f_sharp = {6U, CT_MODE_MINOR};
  assert_string_equal(ct_key_name(b_flat, name), "Bb major");
  assert_string_equal(ct_key_name(f_sharp, name), "F# minor");
}

static void
signatures_give_their_tonic(void** const state)
{
  (void)state;
  assert_int_equal(ct_key_from_signature(-7, false).tonic, 11);
  assert_int_equal(ct_key_from_signature(-1, true).tonic, 2);
  assert_int_equal(ct_key_from_signature(7, true).tonic, 10);
  assert_int_equal(ct_key_from_signature(3, false).tonic, 9);
  const CtKey e_flat = {3U, CT_MODE_MAJOR};
  assert_int_equal(ct_key_sharps(e_flat), -3);
}

static void
scales_hold_their_notes(void** const state)
{
  (void)state;
  const CtKey       g_major = {7U, CT_MODE_MAJOR};
  const CtKey       a_minor = {9U, CT_MODE_MINOR};
  static const bool in_g[]  = {true,
                               false,
                               true,
                               false,
                               true,
                               false,
                               true,
                               true,
                               false,
                               true,
                               false,
                               true};
  static const bool in_a[]  = {
     true, false, true, false, true, true, true, true, true, true, false, true};
  for (int i = 0; i < 12; ++i) {
    assert_int_equal(ct_scale_contains(ct_scale(g_major), 60 + i), in_g[i]);
    assert_int_equal(ct_scale_contains(ct_scale(a_minor), i), in_a[i]);
    assert_int_equal(ct_scale_contains(ct_scale(a_minor), i - 24), in_a[i]);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(keys_are_read),
    cmocka_unit_test(what_is_no_key_is_refused),
    cmocka_unit_test(names_are_read_back),
    cmocka_unit_test(signatures_give_their_tonic),
    cmocka_unit_test(scales_hold_their_notes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file rhythm.c Lengths become note values, rests, ties, triplets and beams
/// as musicians write them

#include "music/rhythm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Units to a tick of the model's grid
#define UNITS_PER_GRID 2

#define MAX_STRETCHES 32U
#define MAX_UNITS 1024U
#define TEXT_SIZE 512U

/// A bar and how it is written
typedef struct {
  CtMeter     meter;
  const char* lengths; ///< In grid ticks; rests are negative
  const char* written; ///< "4." is a dotted quarter, "r8" a rest, "~" a tie,
                       ///< braces hold a triplet
} ValueCase;

/// A bar and its first beams
typedef struct {
  CtMeter     meter;
  const char* lengths;
  const char* beams; ///< For each symbol: ( begins, - goes on, ) ends, | none
} BeamCase;

static CtStretch stretches[MAX_STRETCHES];
static CtSpan    tuplets[MAX_UNITS];
static CtCut     cuts[MAX_UNITS];
static CtSymbol  symbols[MAX_UNITS];

/// Write the lengths.  @return Number of symbols
static uint32_t
write_bar(const CtBarShape* const shape, const char* lengths)
{
  uint32_t n  = 0U;
  int64_t  at = 0;
  for (char* end = NULL; *lengths; lengths = end) {
    const int64_t length = strtol(lengths, &end, 10) * UNITS_PER_GRID;
    const CtSpan  span   = {at, at + (length < 0 ? -length : length)};
    stretches[n++]       = (CtStretch){span, length < 0};
    at                   = span.end;
  }
  assert_int_equal(at, shape->length);
  const CtVoiceBar bar = {shape, stretches, n, cuts};
  assert_true(ct_rhythm_size(shape) <= MAX_UNITS);
  return ct_rhythm_write(&bar, tuplets, symbols);
}

static bool
begins_stretch(const CtSymbol* const symbol)
{
  for (uint32_t i = 0U; i < MAX_STRETCHES; ++i) {
    if (stretches[i].span.begin == symbol->span.begin) {
      return true;
    }
  }
  return false;
}

/// Describe the symbols as the cases do
static void
describe(const uint32_t n_symbols, char* const text)
{
  static const char* const values[CT_N_VALUES] = {
    "breve", "1", "2", "4", "8", "16", "32", "64"};
  text[0] = '\0';
  for (uint32_t i = 0U; i < n_symbols; ++i) {
    const CtSymbol* const s = &symbols[i];
    char                  word[32];
    snprintf(word,
             sizeof(word),
             "%s%s%s%s%s%s",
             !i                                ? ""
             : s->is_rest || begins_stretch(s) ? " "
                                               : "~",
             s->begins_tuplet ? "{" : "",
             s->is_rest ? "r" : "",
             s->is_bar_rest ? "bar" : values[s->value.base],
             s->value.n_dots ? "." : "",
             s->ends_tuplet ? "}" : "");
    strncat(text, word, TEXT_SIZE - strlen(text) - 1U);
  }
}

static void
lengths_are_written(void** const state)
{
  (void)state;
  static const ValueCase cases[] = {
    {{4U, 4U}, "96", "1"},
    {{4U, 4U}, "-96", "rbar"},
    {{4U, 4U}, "72 24", "2. 4"},
    {{4U, 4U}, "24 72", "4 2."},
    {{4U, 4U}, "12 24 12 48", "8 4 8 2"},
    {{4U, 4U}, "24 48 24", "4 2 4"},
    {{4U, 4U}, "36 24 36", "4. 8~8 4."}, // The middle is shown
    {{4U, 4U}, "12 84", "8 4.~2"},
    {{4U, 4U}, "60 36", "2~8 4."},
    {{4U, 4U}, "18 6 6 18 6 12 6 24", "8. 16 16 8. 16 8 16 4"},
    {{4U, 4U}, "18 12 66", "8. 16~16 8.~2"},
    {{4U, 4U}, "24 -72", "4 r4 r2"},
    {{4U, 4U}, "-12 24 -60", "r8 4 r8 r2"},
    {{4U, 4U}, "-24 12 -36 24", "r4 8 r8 r4 4"},
    {{4U, 4U}, "8 8 8 24 48", "{8 8 8} 4 2"},
    {{4U, 4U}, "16 8 24 16 16 16", "{4 8} 4 {4 4 4}"},
    {{4U, 4U}, "8 -8 8 72", "{8 r8 8} 2."},
    {{4U, 4U}, "4 4 4 12 72", "{16 16 16} 8 2."},
    {{4U, 4U}, "8 16 8 8 8 48", "{8 4} {8 8 8} 2"},
    {{4U, 4U}, "24 32 8 8 24", "4 4~{8 8 8} 4"}, // Cut where the triplet begins
    {{2U, 4U}, "3 3 6 36", "32 32 16 4."},
    {{3U, 4U}, "72", "2."},
    {{3U, 4U}, "24 48", "4 2"},
    {{3U, 4U}, "-24 48", "r4 2"},
    {{3U, 4U}, "24 -48", "4 r4 r4"},
    {{3U, 4U}, "36 36", "4. 4."},
    {{3U, 4U}, "12 60", "8 8~2"},
    {{6U, 8U}, "72", "2."},
    {{6U, 8U}, "24 12 36", "4 8 4."},
    {{6U, 8U}, "48 24", "4.~8 4"},
    {{6U, 8U}, "24 24 24", "4 8~8 4"},
    {{6U, 8U}, "36 -36", "4. r4."},
    {{6U, 8U}, "12 -24 -24 12", "8 r8 r8 r4 8"},
    {{6U, 8U}, "4 4 4 12 12 36", "{16 16 16} 8 8 4."},
    {{9U, 8U}, "108", "2.~4."},
    {{12U, 8U}, "144", "1."},
    {{12U, 8U}, "-72 72", "r2. 2."},
    {{3U, 8U}, "36", "4."},
    {{7U, 8U}, "84", "2~4."},
    {{7U, 8U}, "24 24 36", "4 4 4."},
    {{7U, 8U}, "48 8 8 8 12", "2 {8 8 8} 8"},
    {{7U, 8U}, "48 12 8 8 8", "2 8 {8 8 8}"},
    {{5U, 4U}, "120", "2.~2"},
    {{5U, 4U}, "48 72", "2 2."},
    {{2U, 2U}, "24 48 24", "4 2 4"},
    {{3U, 2U}, "-48 96", "r2 1"},
    {{6U, 4U}, "-72 48 24", "r2. 2 4"},
    {{4U, 2U}, "192", "breve"},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    const CtBarShape shape = ct_bar_shape(cases[i].meter);
    char             text[TEXT_SIZE];
    memset(stretches, 0xFF, sizeof(stretches));
    describe(write_bar(&shape, cases[i].lengths), text);
    if (strcmp(text, cases[i].written) != 0) {
      print_message("%u/%u: %s\n",
                    cases[i].meter.numerator,
                    cases[i].meter.denominator,
                    cases[i].lengths);
    }
    assert_string_equal(text, cases[i].written);
  }
}

static void
beams_join_beats(void** const state)
{
  (void)state;
  static const BeamCase cases[] = {
    {{4U, 4U}, "12 12 12 12 12 12 12 12", "(--)(--)"},
    {{4U, 4U}, "12 12 12 12 6 6 12 12 12", "(--)(-)()"},
    {{4U, 4U}, "24 12 12 48", "|()|"},
    {{4U, 4U}, "12 -12 12 12 48", "||()|"},
    {{4U, 4U}, "18 6 6 18 48", "()()|"},
    {{4U, 4U}, "8 8 8 12 12 48", "(-)()|"},
    {{3U, 4U}, "12 12 12 12 12 12", "(----)"},
    {{3U, 4U}, "12 12 24 12 12", "()|()"},
    {{2U, 4U}, "12 12 12 12", "(--)"},
    {{6U, 8U}, "12 12 12 12 12 12", "(-)(-)"},
    {{6U, 8U}, "24 12 12 12 12", "||(-)"},
    {{7U, 8U}, "12 12 12 12 12 12 12", "()()(-)"},
    {{2U, 2U}, "12 12 12 12 48", "(--)|"},
    {{2U, 2U}, "6 6 12 12 12 48", "(-)()|"},
    {{5U, 4U}, "12 12 12 12 72", "()()|"},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    const CtBarShape shape = ct_bar_shape(cases[i].meter);
    char             text[TEXT_SIZE];
    const uint32_t   n = write_bar(&shape, cases[i].lengths);
    ct_rhythm_beam(&shape, symbols, n);
    for (uint32_t s = 0U; s < n; ++s) {
      text[s] = "|(-)"[symbols[s].beams[0]];
    }
    text[n] = '\0';
    assert_string_equal(text, cases[i].beams);
  }
}

static void
stubs_point_to_their_beat(void** const state)
{
  (void)state;
  const CtBarShape shape = ct_bar_shape((CtMeter){4U, 4U});
  const uint32_t   n     = write_bar(&shape, "18 6 6 18 48");
  ct_rhythm_beam(&shape, symbols, n);
  assert_int_equal(symbols[0].beams[1], CT_BEAM_NONE);
  assert_int_equal(symbols[1].beams[1], CT_BEAM_BACKWARD);
  assert_int_equal(symbols[2].beams[1], CT_BEAM_FORWARD);
}

/// Write all bars of three stretches, without holes, in no more memory than
/// is asked for
static void
check_bars(const CtBarShape* const shape)
{
  CtCut* const room = (CtCut*)calloc(ct_cut_size(shape), sizeof(CtCut));
  assert_non_null(room);
  for (int64_t cut = UNITS_PER_GRID; cut < shape->length;
       cut += UNITS_PER_GRID) {
    for (int64_t next = cut + UNITS_PER_GRID; next < shape->length;
         next += UNITS_PER_GRID) {
      stretches[0]         = (CtStretch){{0, cut}, false};
      stretches[1]         = (CtStretch){{cut, next}, true};
      stretches[2]         = (CtStretch){{next, shape->length}, false};
      const CtVoiceBar bar = {shape, stretches, 3U, room};
      const uint32_t   n   = ct_rhythm_write(&bar, tuplets, symbols);
      int64_t          at  = 0;
      for (uint32_t i = 0U; i < n; ++i) {
        assert_int_equal(symbols[i].span.begin, at);
        at = symbols[i].span.end;
      }
      assert_int_equal(at, shape->length);
    }
  }
  free(room);
}

/// Whatever is on the grid can be written
static void
symbols_fill_the_bar(void** const state)
{
  (void)state;
  static const CtMeter meters[] = {{9U, 8U}, {2U, 4U}, {4U, 4U}, {7U, 8U}};
  for (size_t i = 0U; i < sizeof(meters) / sizeof(meters[0]); ++i) {
    const CtBarShape shape = ct_bar_shape(meters[i]);
    check_bars(&shape);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lengths_are_written),
    cmocka_unit_test(beams_join_beats),
    cmocka_unit_test(stubs_point_to_their_beat),
    cmocka_unit_test(symbols_fill_the_bar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file legal.c No onset leaves the grid or the bar, and chords go downwards

#include "gen/legal.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const CtCodec*
codec_of(void** const state)
{
  return &((const CtModel*)*state)->codec;
}

/// A piece that stands at a note of `part` and `pitch` row at `position`
static CtContext
standing_at(const CtCodec* const codec,
            const uint32_t       bar_length,
            const uint32_t       position,
            const uint32_t       part,
            const uint32_t       pitch)
{
  CtContext context;
  ct_context_begin(&context, codec, bar_length, 0U, 0U);
  context.event.position = (uint16_t)position;
  const CtChoice choice  = {.part = part, .pitch = pitch};
  ct_context_note(&context, codec, &choice);
  return context;
}

static void
shifts_stay_on_the_grid_and_in_the_bar(void** const state)
{
  static const uint32_t bars[] = {12U, 36U, 72U, 84U, 96U, 97U, 144U};
  const CtCodec* const  codec  = codec_of(state);

  for (size_t b = 0U; b < sizeof(bars) / sizeof(bars[0]); ++b) {
    for (uint32_t position = 0U; position < bars[b]; ++position) {
      if (ct_on_union_grid(position)) {
        const CtContext context =
          standing_at(codec, bars[b], position, CT_PART_RIGHT, 40U);
        for (uint32_t s = 1U; s < codec->n_shifts; ++s) {
          const uint32_t target = position + codec->shifts[s];
          assert_int_equal(ct_legal_shift(codec, &context, s),
                           target < bars[b] &&
                             (target % 3U == 0U || target % 4U == 0U));
        }
      }
    }
  }
}

static void
a_bar_line_is_always_legal_and_the_end_only_after_it(void** const state)
{
  const CtCodec* const codec = codec_of(state);
  CtContext context          = standing_at(codec, 96U, 24U, CT_PART_RIGHT, 40U);
  assert_true(ct_legal_shift(codec, &context, codec->bar));
  assert_false(ct_legal_shift(codec, &context, codec->end));

  ct_context_bar(&context, codec, 96U, 0U, 0U);
  assert_true(ct_legal_shift(codec, &context, codec->bar));
  assert_true(ct_legal_shift(codec, &context, codec->end));

  ct_context_begin(&context, codec, 96U, 0U, 0U);
  assert_true(ct_legal_shift(codec, &context, codec->bar));
  assert_false(ct_legal_shift(codec, &context, codec->end));
}

static void
a_chord_goes_on_until_the_lowest_pitch(void** const state)
{
  const CtCodec* const codec = codec_of(state);
  CtContext context          = standing_at(codec, 96U, 24U, CT_PART_RIGHT, 2U);
  assert_true(ct_legal_shift(codec, &context, 0U));
  context = standing_at(codec, 96U, 24U, CT_PART_RIGHT, 1U);
  assert_false(ct_legal_shift(codec, &context, 0U));
  ct_context_begin(&context, codec, 96U, 0U, 0U);
  assert_true(ct_legal_shift(codec, &context, 0U)); // A note at the bar line
}

static void
pitches_of_a_chord_go_downwards(void** const state)
{
  const CtCodec* const codec   = codec_of(state);
  const CtContext      context = standing_at(codec, 96U, 0U, CT_PART_ALTO, 40U);

  // Row 40 is pitch 39: below it are 0..38, and itself for a later part only
  assert_int_equal(ct_legal_pitch_limit(codec, &context, 0U, CT_PART_SOPRANO),
                   39);
  assert_int_equal(ct_legal_pitch_limit(codec, &context, 0U, CT_PART_ALTO), 39);
  assert_int_equal(ct_legal_pitch_limit(codec, &context, 0U, CT_PART_TENOR),
                   40);
  assert_int_equal(ct_legal_pitch_limit(codec, &context, 0U, CT_PART_BASS), 40);
}

static void
a_new_onset_is_free(void** const state)
{
  const CtCodec* const codec   = codec_of(state);
  CtContext            context = standing_at(codec, 96U, 0U, CT_PART_ALTO, 40U);
  assert_int_equal(ct_legal_pitch_limit(codec, &context, 1U, CT_PART_ALTO),
                   codec->n_pitches);
  ct_context_bar(&context, codec, 96U, 0U, 0U);
  assert_int_equal(ct_legal_pitch_limit(codec, &context, 0U, CT_PART_ALTO),
                   codec->n_pitches);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(shifts_stay_on_the_grid_and_in_the_bar),
    cmocka_unit_test(a_bar_line_is_always_legal_and_the_end_only_after_it),
    cmocka_unit_test(a_chord_goes_on_until_the_lowest_pitch),
    cmocka_unit_test(pitches_of_a_chord_go_downwards),
    cmocka_unit_test(a_new_onset_is_free),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

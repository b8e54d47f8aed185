// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file context.c Where a scripted piece stands after each of its events

#include "gen/context.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR 96U
#define METER 2U ///< Row of 4/4
#define KEY 5U

/// Class of a shift by `ticks` grid ticks
static uint32_t
shift_of(const CtCodec* const codec, const uint32_t ticks)
{
  uint32_t shift = 0U;
  while (codec->shifts[shift] != ticks) {
    ++shift;
    assert_true(shift < codec->n_shifts);
  }
  return shift;
}

/// Play a note of `pitch` (MIDI key), `ticks` after the last event, `length`
/// grid ticks long
static void
play(CtContext* const     context,
     const CtCodec* const codec,
     const uint32_t       ticks,
     const uint32_t       part,
     const uint32_t       pitch,
     const uint32_t       length)
{
  const uint32_t duration =
    ct_codec_duration(codec, (int64_t)length * CT_TICKS_PER_GRID);
  assert_int_equal(codec->durations[duration], length);
  ct_context_note(context,
                  codec,
                  shift_of(codec, ticks),
                  part,
                  1U + pitch - codec->low,
                  duration);
}

static void
assert_held(const CtContext* const context,
            const CtCodec* const   codec,
            const uint32_t         n,
            const uint8_t* const   pitches)
{
  assert_int_equal(context->event.n_held, n);
  for (uint32_t i = 0U; i < n; ++i) {
    assert_int_equal(context->event.held[i] + codec->low, pitches[i]);
  }
}

static void
a_piece_begins_with_nothing(void** const state)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  CtContext            context;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  assert_int_equal(ct_context_now(&context), 0);
  assert_int_equal(context.event.shift, codec->begin);
  assert_int_equal(context.event.part, CT_N_PARTS);
  assert_int_equal(context.event.pitch, 0);
  assert_int_equal(context.event.duration, codec->n_durations);
  assert_int_equal(context.event.position, 0);
  assert_int_equal(context.event.n_held, 0);
  assert_int_equal(context.bar, 0);
  assert_int_equal(context.bar_length, BAR);
}

// A chord of a half (C4) and a quarter (C3), an eighth E4 after a beat, then
// the next bar
static void
notes_move_on_and_are_held(void** const state)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  CtContext            context;
  ct_context_begin(&context, codec, BAR, METER, KEY);

  play(&context, codec, 0U, CT_PART_RIGHT, 60U, 48U);
  assert_int_equal(ct_context_now(&context), 0);
  assert_held(&context, codec, 0U, NULL); // Itself is not held yet

  play(&context, codec, 0U, CT_PART_LEFT, 48U, 24U);
  static const uint8_t after_first[] = {60U};
  assert_held(&context, codec, 1U, after_first);
  assert_int_equal(context.event.last, 0);

  // At the beat the quarter has just stopped
  play(&context, codec, 24U, CT_PART_RIGHT, 64U, 12U);
  assert_int_equal(ct_context_now(&context), 24);
  assert_int_equal(context.event.position, 24);
  assert_held(&context, codec, 1U, after_first);
  assert_int_equal(context.event.last, 1U + 60U - codec->low);

  play(&context, codec, 6U, CT_PART_LEFT, 50U, 144U);
  static const uint8_t both[] = {60U, 64U};
  assert_held(&context, codec, 2U, both);
  assert_int_equal(context.event.last, 1U + 48U - codec->low);

  ct_context_bar(&context, codec, 72U, 1U, KEY + 1U);
  static const uint8_t over_bar[] = {50U};
  assert_int_equal(ct_context_now(&context), 96);
  assert_int_equal(context.bar, 1);
  assert_int_equal(context.bar_length, 72);
  assert_int_equal(context.event.position, 0);
  assert_int_equal(context.event.shift, codec->bar);
  assert_int_equal(context.event.pitch, 0);
  assert_held(&context, codec, 1U, over_bar);

  // It began at 30 and lasts to 174, six grid ticks into the third bar
  ct_context_bar(&context, codec, BAR, METER, KEY);
  assert_int_equal(ct_context_now(&context), 168);
  assert_held(&context, codec, 1U, over_bar);
  play(&context, codec, 6U, CT_PART_RIGHT, 72U, 24U);
  assert_held(&context, codec, 0U, NULL);

  ct_context_bar(&context, codec, BAR, METER, KEY);
  ct_context_end(&context, codec);
  assert_int_equal(context.event.shift, codec->end);
  assert_int_equal(context.event.pitch, 0);
}

static void
the_step_is_told_what_the_event_was(void** const state)
{
  const CtCodec* const codec      = &((const CtModel*)*state)->codec;
  const CtConditions   conditions = {3U, 1U, 8U, 5U};
  CtContext            context;
  CtNoteContext        told;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  for (uint32_t bar = 0U; bar < CT_BAR_CYCLE + 1U; ++bar) {
    ct_context_bar(&context, codec, BAR, METER, KEY);
  }
  play(&context, codec, 0U, CT_PART_RIGHT, 67U, 48U);
  play(&context, codec, 12U, CT_PART_LEFT, 43U, 24U);
  ct_context_input(&context, &conditions, &told);

  assert_int_equal(told.row[CT_FIELD_SHIFT], shift_of(codec, 12U));
  assert_int_equal(told.row[CT_FIELD_PART], CT_PART_LEFT);
  assert_int_equal(told.row[CT_FIELD_PITCH], 1U + 43U - codec->low);
  assert_int_equal(told.row[CT_FIELD_DURATION],
                   ct_codec_duration(codec, CT_PPQN));
  assert_int_equal(told.row[CT_FIELD_POSITION], 12);
  assert_int_equal(told.row[CT_FIELD_METER], METER);
  assert_int_equal(told.row[CT_FIELD_BAR], 1); // Nine bars, modulo eight
  assert_int_equal(told.row[CT_FIELD_KEY], KEY);
  assert_int_equal(told.row[CT_FIELD_COMPOSER], 3);
  assert_int_equal(told.row[CT_FIELD_ENSEMBLE], 1);
  assert_int_equal(told.row[CT_FIELD_DENSITY], 8);
  assert_int_equal(told.row[CT_FIELD_POLYPHONY], 5);
  assert_int_equal(told.n_held, 1);
  assert_int_equal(told.held[0], 67U - codec->low);
}

static void
after_a_shift_heads_are_told_where_it_leads(void** const state)
{
  const CtCodec* const codec      = &((const CtModel*)*state)->codec;
  const CtConditions   conditions = {3U, 1U, 8U, 5U};
  CtContext            context;
  CtNoteContext        before;
  CtNoteContext        after;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  play(&context, codec, 0U, CT_PART_RIGHT, 67U, 48U);
  ct_context_input(&context, &conditions, &before);

  // The note itself sounds on at its own onset, and not after its end
  ct_context_after_shift(&context, codec, &before, 0U, &after);
  assert_int_equal(after.row[CT_FIELD_POSITION], 0);
  assert_int_equal(after.row[CT_FIELD_SHIFT], 0);
  assert_int_equal(after.n_held, 1);
  assert_int_equal(after.held[0], 67U - codec->low);

  const uint32_t half = shift_of(codec, 48U);
  ct_context_after_shift(&context, codec, &before, half, &after);
  assert_int_equal(after.row[CT_FIELD_POSITION], 48);
  assert_int_equal(after.row[CT_FIELD_SHIFT], half);
  assert_int_equal(after.row[CT_FIELD_COMPOSER], 3);
  assert_int_equal(after.n_held, 0);

  ct_context_after_shift(
    &context, codec, &before, shift_of(codec, 42U), &after);
  assert_int_equal(after.n_held, 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_piece_begins_with_nothing),
    cmocka_unit_test(notes_move_on_and_are_held),
    cmocka_unit_test(the_step_is_told_what_the_event_was),
    cmocka_unit_test(after_a_shift_heads_are_told_where_it_leads),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

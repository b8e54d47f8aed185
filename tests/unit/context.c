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
/// grid ticks long, that has no level
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
  const CtChoice choice = {.shift    = shift_of(codec, ticks),
                           .part     = part,
                           .pitch    = 1U + pitch - codec->low,
                           .duration = duration,
                           .level    = codec->n_levels};
  ct_context_note(context, codec, &choice);
}

static void
assert_set(const CtRowSet* const set,
           const CtCodec* const  codec,
           const uint32_t        n,
           const uint8_t* const  pitches)
{
  assert_int_equal(set->n_members, n);
  for (uint32_t i = 0U; i < n; ++i) {
    assert_int_equal(set->members[i] + codec->low, pitches[i]);
  }
}

static void
assert_held(const CtContext* const context,
            const CtCodec* const   codec,
            const uint32_t         n,
            const uint8_t* const   pitches)
{
  assert_set(&context->event.held, codec, n, pitches);
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
  assert_int_equal(context.event.level, codec->n_levels);
  assert_held(&context, codec, 0U, NULL);
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
  ct_context_input(&context, codec, &conditions, &told);

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
  static const uint8_t held[] = {67U};
  assert_set(&told.sets[CT_SET_HELD], codec, 1U, held);
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
  ct_context_input(&context, codec, &conditions, &before);

  // The note itself sounds on at its own onset, and not after its end
  ct_context_after_shift(&context, codec, &before, 0U, &after);
  assert_int_equal(after.row[CT_FIELD_POSITION], 0);
  assert_int_equal(after.row[CT_FIELD_SHIFT], 0);
  static const uint8_t held[] = {67U};
  assert_set(&after.sets[CT_SET_HELD], codec, 1U, held);

  const uint32_t half = shift_of(codec, 48U);
  ct_context_after_shift(&context, codec, &before, half, &after);
  assert_int_equal(after.row[CT_FIELD_POSITION], 48);
  assert_int_equal(after.row[CT_FIELD_SHIFT], half);
  assert_int_equal(after.row[CT_FIELD_COMPOSER], 3);
  assert_int_equal(after.sets[CT_SET_HELD].n_members, 0);

  ct_context_after_shift(
    &context, codec, &before, shift_of(codec, 42U), &after);
  assert_int_equal(after.sets[CT_SET_HELD].n_members, 1);
}

/// Fail unless the shift head is told `echo` and `recall` of where it stands
static void
assert_leading_on(const CtContext* const context,
                  const CtCodec* const   codec,
                  const uint32_t         echo,
                  const uint32_t         recall)
{
  const CtConditions conditions = {0U, 0U, 0U, 0U};
  CtNoteContext      told;
  ct_context_input(context, codec, &conditions, &told);
  assert_int_equal(told.row[CT_FIELD_ECHO_SHIFT], echo);
  assert_int_equal(told.row[CT_FIELD_RECALL_SHIFT], recall);
}

/// What the later heads are told of `pitch`, `ticks` after the last event
static CtNoteContext
told_of(const CtContext* const context,
        const CtCodec* const   codec,
        const uint32_t         ticks,
        const uint32_t         pitch)
{
  const CtConditions conditions = {0U, 0U, 0U, 0U};
  CtNoteContext      before;
  CtNoteContext      after;
  ct_context_input(context, codec, &conditions, &before);
  ct_context_after_shift(
    context, codec, &before, shift_of(codec, ticks), &after);
  ct_context_after_part(context, CT_PART_RIGHT, &after);
  ct_context_after_pitch(context, codec, 1U + pitch - codec->low, &after);
  return after;
}

// Bar one: a chord of C5 (twice) and E4, three notes from the second beat on;
// then its bar line
static CtContext
after_a_bar(const CtCodec* const codec)
{
  CtContext context;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  play(&context, codec, 0U, CT_PART_RIGHT, 72U, 48U);
  play(&context, codec, 0U, CT_PART_LEFT, 72U, 24U);
  play(&context, codec, 0U, CT_PART_LEFT, 64U, 24U);
  play(&context, codec, 24U, CT_PART_RIGHT, 67U, 12U);
  play(&context, codec, 3U, CT_PART_RIGHT, 69U, 12U);
  play(&context, codec, 3U, CT_PART_RIGHT, 71U, 12U);
  ct_context_bar(&context, codec, BAR, METER, KEY);
  return context;
}

static void
the_bar_before_is_echoed(void** const state)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  CtContext            context;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  assert_leading_on(&context, codec, codec->end, codec->end);
  context = after_a_bar(codec);

  // Three notes at the bar line, of whatever pitch
  static const uint8_t chord[] = {64U, 72U};
  for (uint32_t i = 0U; i < 3U; ++i) {
    assert_leading_on(&context, codec, 0U, codec->end);
    const CtNoteContext told = told_of(&context, codec, 0U, 72U);
    assert_set(&told.sets[CT_SET_ECHO], codec, 2U, chord);
    assert_int_equal(told.row[CT_FIELD_ECHO_DURATION],
                     ct_codec_duration(codec, INT64_C(48) * CT_TICKS_PER_GRID));
    play(&context, codec, 0U, CT_PART_LEFT, 60U - i, 24U);
  }
  assert_leading_on(&context, codec, shift_of(codec, 24U), codec->end);
  play(&context, codec, 0U, CT_PART_LEFT, 50U, 24U); // One more than it had
  assert_leading_on(&context, codec, shift_of(codec, 24U), codec->end);

  // From beside its onsets too
  static const uint8_t beat[] = {67U};
  CtNoteContext        told   = told_of(&context, codec, 24U, 68U);
  assert_set(&told.sets[CT_SET_ECHO], codec, 1U, beat);
  assert_int_equal(told.row[CT_FIELD_ECHO_DURATION], codec->n_durations);
  play(&context, codec, 12U, CT_PART_RIGHT, 68U, 12U);
  assert_leading_on(&context, codec, shift_of(codec, 12U), codec->end);
  told = told_of(&context, codec, 6U, 67U);
  assert_int_equal(told.sets[CT_SET_ECHO].n_members, 0);
  play(&context, codec, 8U, CT_PART_RIGHT, 68U, 12U);
  assert_leading_on(&context, codec, shift_of(codec, 4U), codec->end);
  play(&context, codec, 16U, CT_PART_RIGHT, 68U, 12U);
  assert_leading_on(&context, codec, codec->bar, codec->end);

  // An empty bar is no memory, and none of the bar before it
  ct_context_bar(&context, codec, BAR, METER, KEY);
  ct_context_bar(&context, codec, BAR, METER, KEY);
  assert_leading_on(&context, codec, codec->end, codec->end);
}

// Only where the table has a step of that length can it lead there
static void
a_step_that_no_shift_has_is_told_as_such(void** const state)
{
  const CtCodec* const codec   = &((const CtModel*)*state)->codec;
  CtContext            context = after_a_bar(codec);
  play(&context, codec, 20U, CT_PART_RIGHT, 68U, 12U);
  assert_leading_on(&context, codec, shift_of(codec, 4U), codec->end);

  // Now the bar before has a note at 20 only
  ct_context_bar(&context, codec, BAR, METER, KEY);
  assert_leading_on(&context, codec, shift_of(codec, 20U), codec->end);
  play(&context, codec, 3U, CT_PART_RIGHT, 60U, 12U);
  assert_leading_on(&context, codec, codec->begin, codec->end);
}

static void
a_bar_recalls_another_up_to_its_end(void** const state)
{
  const CtCodec* const codec   = &((const CtModel*)*state)->codec;
  CtContext            context = after_a_bar(codec);
  const CtBarNotes     theme   = context.last_bar;
  ct_context_bar(&context, codec, BAR, METER, KEY);
  ct_context_recall(&context, &theme, 2U);
  assert_leading_on(&context, codec, codec->end, 0U);

  CtNoteContext told = told_of(&context, codec, 24U, 67U);
  assert_int_equal(told.row[CT_FIELD_RECALL], 2);
  assert_int_equal(told.row[CT_FIELD_RECALL_DURATION],
                   ct_codec_duration(codec, INT64_C(12) * CT_TICKS_PER_GRID));
  assert_int_equal(told.row[CT_FIELD_ECHO_DURATION], codec->n_durations);
  static const uint8_t beat[] = {67U};
  assert_set(&told.sets[CT_SET_RECALLED], codec, 1U, beat);
  assert_int_equal(told.sets[CT_SET_ECHO].n_members, 0);

  ct_context_bar(&context, codec, BAR, METER, KEY);
  assert_leading_on(&context, codec, codec->end, codec->end);
  told = told_of(&context, codec, 24U, 67U);
  assert_int_equal(told.row[CT_FIELD_RECALL], 0);
  assert_int_equal(told.sets[CT_SET_RECALLED].n_members, 0);
}

// No more than is remembered in training
static void
a_crowded_bar_is_remembered_in_part(void** const state)
{
  const CtCodec* const codec = &((const CtModel*)*state)->codec;
  CtContext            context;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  play(&context, codec, 0U, CT_PART_LEFT, 21U, 24U);
  for (uint32_t i = 0U; i < CT_BAR_MEMORY + 20U; ++i) {
    play(&context, codec, i ? 0U : 24U, CT_PART_RIGHT, 100U - (i % 60U), 24U);
  }
  assert_int_equal(context.n_struck, CT_BAR_MEMORY + 20U);
  assert_int_equal(context.this_bar.n_notes, CT_BAR_MEMORY);
  ct_context_bar(&context, codec, BAR, METER, KEY);
  assert_int_equal(context.this_bar.n_notes, 0);
  assert_int_equal(context.last_bar.n_notes, CT_BAR_MEMORY);
  const CtNoteContext told = told_of(&context, codec, 24U, 67U);
  assert_true(told.sets[CT_SET_ECHO].n_members <= CT_MAX_MEMBERS);
}

static void
a_level_lasts_until_the_next(void** const state)
{
  const CtCodec* const codec      = &((const CtModel*)*state)->codec;
  const CtConditions   conditions = {0U, 0U, 0U, 0U};
  const CtChoice       loud       = {.pitch = 40U, .level = 6U};
  CtContext            context;
  CtNoteContext        told;
  ct_context_begin(&context, codec, BAR, METER, KEY);
  ct_context_input(&context, codec, &conditions, &told);
  assert_int_equal(told.row[CT_FIELD_LEVEL], codec->n_levels);

  ct_context_note(&context, codec, &loud);
  ct_context_bar(&context, codec, BAR, METER, KEY);
  assert_int_equal(context.event.level, 6);
  ct_context_input(&context, codec, &conditions, &told);
  assert_int_equal(told.row[CT_FIELD_LEVEL], 6);
  play(&context, codec, 0U, CT_PART_RIGHT, 67U, 48U);
  assert_int_equal(context.event.level, codec->n_levels);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_piece_begins_with_nothing),
    cmocka_unit_test(notes_move_on_and_are_held),
    cmocka_unit_test(the_step_is_told_what_the_event_was),
    cmocka_unit_test(after_a_shift_heads_are_told_where_it_leads),
    cmocka_unit_test(the_bar_before_is_echoed),
    cmocka_unit_test(a_step_that_no_shift_has_is_told_as_such),
    cmocka_unit_test(a_bar_recalls_another_up_to_its_end),
    cmocka_unit_test(a_crowded_bar_is_remembered_in_part),
    cmocka_unit_test(a_level_lasts_until_the_next),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file constraint.c What voices and hands can do

#include "gen/constraint.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAR 96U
#define LOWEST 21U ///< MIDI key of the model's pitch 0
#define BIT(part) (1U << (uint32_t)(part))

/// A piece under way
typedef struct {
  const CtCodec* codec;
  CtContext      context;
  CtStruck       struck;
  CtPlayers      players;
} Piece;

static Piece
begin(void** const state, const CtEnsemble ensemble)
{
  Piece piece = {.codec = &((const CtModel*)*state)->codec};
  piece.players =
    (CtPlayers){.parts = ct_ensemble_parts(ensemble), .high_end = 88U};
  assert_int_equal(piece.codec->low, LOWEST);
  ct_context_begin(&piece.context, piece.codec, BAR, 2U, 0U);
  return piece;
}

static uint32_t
shift_of(const Piece* const piece, const uint32_t ticks)
{
  uint32_t shift = 0U;
  while (piece->codec->shifts[shift] != ticks) {
    ++shift;
    assert_true(shift < piece->codec->n_shifts);
  }
  return shift;
}

/// Strike MIDI key `pitch`, at the same onset as the last note
static void
strike(Piece* const   piece,
       const uint32_t part,
       const uint32_t pitch,
       const uint32_t length)
{
  const uint32_t duration =
    ct_codec_duration(piece->codec, (int64_t)length * CT_TICKS_PER_GRID);
  const CtChoice choice = {
    .part = part, .pitch = 1U + pitch - LOWEST, .duration = duration};
  ct_context_note(&piece->context, piece->codec, &choice);
  ++piece->struck.n_struck[part];
  ++piece->struck.n_in_bar;
}

static uint32_t
free_parts(const Piece* const piece, const uint32_t ticks)
{
  return ct_free_parts(piece->codec,
                       &piece->context,
                       &piece->struck,
                       &piece->players,
                       shift_of(piece, ticks));
}

static bool
can_shift(const Piece* const piece, const uint32_t shift)
{
  return ct_can_shift(
    piece->codec, &piece->context, &piece->struck, &piece->players, shift);
}

/// Fail unless `part` may play just the MIDI keys [low, high] after `ticks`
static void
assert_range(const Piece* const piece,
             const uint32_t     ticks,
             const uint32_t     part,
             const uint32_t     low,
             const uint32_t     high)
{
  const CtPitchSet set = ct_free_pitches(piece->codec,
                                         &piece->context,
                                         &piece->players,
                                         shift_of(piece, ticks),
                                         part);
  for (uint32_t p = 0U; p < CT_MAX_PITCHES; ++p) {
    assert_int_equal(ct_pitches_contain(set, p),
                     p + LOWEST >= low && p + LOWEST <= high);
  }
}

static bool
may_play(const Piece* const piece,
         const uint32_t     ticks,
         const uint32_t     part,
         const uint32_t     pitch)
{
  return ct_pitches_contain(ct_free_pitches(piece->codec,
                                            &piece->context,
                                            &piece->players,
                                            shift_of(piece, ticks),
                                            part),
                            pitch - LOWEST);
}

static void
ensembles_have_their_parts(void** const state)
{
  (void)state;
  const uint32_t hands = BIT(CT_PART_RIGHT) | BIT(CT_PART_LEFT);
  assert_int_equal(ct_ensemble_parts(CT_ENSEMBLE_KEYBOARD), hands);
  assert_int_equal(ct_ensemble_parts(CT_ENSEMBLE_ORGAN),
                   hands | BIT(CT_PART_BASS));
  assert_int_equal(ct_ensemble_parts(CT_ENSEMBLE_SONG),
                   hands | BIT(CT_PART_SOPRANO));
  assert_int_equal(ct_ensemble_parts(CT_ENSEMBLE_VOICES), 60);
  assert_int_equal(ct_ensemble_parts(CT_ENSEMBLE_QUARTET), 60);
  assert_int_equal(ct_ensemble_parts(CT_ENSEMBLE_MELODY), BIT(CT_PART_SOPRANO));
}

static void
a_voice_sings_one_note_at_a_time(void** const state)
{
  Piece          piece = begin(state, CT_ENSEMBLE_VOICES);
  const uint32_t all   = ct_ensemble_parts(CT_ENSEMBLE_VOICES);
  assert_int_equal(free_parts(&piece, 0U), all);

  strike(&piece, CT_PART_SOPRANO, 72U, 24U);
  assert_int_equal(free_parts(&piece, 0U), all & ~BIT(CT_PART_SOPRANO));
  assert_int_equal(free_parts(&piece, 21U), all & ~BIT(CT_PART_SOPRANO));
  assert_int_equal(free_parts(&piece, 24U), all);
}

static void
a_singer_alone_waits_for_his_note_to_end(void** const state)
{
  Piece piece = begin(state, CT_ENSEMBLE_MELODY);
  strike(&piece, CT_PART_SOPRANO, 72U, 24U);
  for (uint32_t s = 0U; s < piece.codec->n_shifts; ++s) {
    const uint32_t target = piece.codec->shifts[s];
    const bool legal = target < BAR && (target % 3U == 0U || target % 4U == 0U);
    assert_int_equal(can_shift(&piece, s), legal && target >= 24U);
  }
}

// Equal pitches of two parts are legal for the codec, but one key has one note
static void
a_held_pitch_is_not_struck_again(void** const state)
{
  Piece piece = begin(state, CT_ENSEMBLE_VOICES);
  strike(&piece, CT_PART_SOPRANO, 60U, 24U);
  assert_false(may_play(&piece, 0U, CT_PART_BASS, 60U));
  assert_true(may_play(&piece, 0U, CT_PART_BASS, 59U));
  assert_false(may_play(&piece, 0U, CT_PART_BASS, 61U)); // Downwards only

  assert_false(may_play(&piece, 12U, CT_PART_BASS, 60U));
  assert_true(may_play(&piece, 12U, CT_PART_BASS, 61U));
  assert_true(may_play(&piece, 24U, CT_PART_BASS, 60U));
}

static void
a_hand_spans_a_ninth_from_what_it_holds(void** const state)
{
  Piece piece = begin(state, CT_ENSEMBLE_KEYBOARD);
  assert_range(&piece, 0U, CT_PART_RIGHT, 21U, 108U);
  strike(&piece, CT_PART_RIGHT, 72U, 48U);
  assert_range(&piece, 0U, CT_PART_RIGHT, 58U, 71U);
  strike(&piece, CT_PART_RIGHT, 67U, 48U);
  assert_range(&piece, 0U, CT_PART_RIGHT, 58U, 66U);

  // Later it may go up as far as its lowest note allows
  assert_true(may_play(&piece, 12U, CT_PART_RIGHT, 81U));
  assert_false(may_play(&piece, 12U, CT_PART_RIGHT, 82U));
  assert_true(may_play(&piece, 12U, CT_PART_RIGHT, 58U));
  assert_false(may_play(&piece, 12U, CT_PART_RIGHT, 57U));
  assert_false(may_play(&piece, 12U, CT_PART_RIGHT, 72U)); // Held

  assert_range(&piece, 48U, CT_PART_RIGHT, 21U, 108U);
}

static void
hands_do_not_cross(void** const state)
{
  Piece piece = begin(state, CT_ENSEMBLE_KEYBOARD);
  strike(&piece, CT_PART_RIGHT, 64U, 48U);
  assert_range(&piece, 12U, CT_PART_LEFT, 21U, 63U);

  piece = begin(state, CT_ENSEMBLE_KEYBOARD);
  strike(&piece, CT_PART_LEFT, 50U, 48U);
  assert_range(&piece, 12U, CT_PART_RIGHT, 51U, 108U);
}

// The right hand is held at the bottom of the range.  It can go on itself;
// where it may not, the left has to cross
static void
hands_cross_where_nothing_else_is_left(void** const state)
{
  Piece piece       = begin(state, CT_ENSEMBLE_KEYBOARD);
  piece.players.low = 60U - LOWEST;
  strike(&piece, CT_PART_RIGHT, 60U, 48U);
  assert_int_equal(free_parts(&piece, 12U), BIT(CT_PART_RIGHT));

  piece.players.parts = BIT(CT_PART_LEFT);
  assert_int_equal(free_parts(&piece, 12U), BIT(CT_PART_LEFT));
  assert_range(&piece, 12U, CT_PART_LEFT, 61U, 108U);
}

static void
a_hand_strikes_five_notes(void** const state)
{
  Piece piece = begin(state, CT_ENSEMBLE_KEYBOARD);
  for (uint32_t i = 0U; i < CT_HAND_NOTES; ++i) {
    assert_true(free_parts(&piece, 0U) & BIT(CT_PART_RIGHT));
    strike(&piece, CT_PART_RIGHT, 80U - (2U * i), 12U);
  }
  assert_int_equal(free_parts(&piece, 0U), BIT(CT_PART_LEFT));
  assert_int_equal(free_parts(&piece, 12U),
                   BIT(CT_PART_LEFT) | BIT(CT_PART_RIGHT));
}

static void
the_range_is_never_left(void** const state)
{
  Piece piece            = begin(state, CT_ENSEMBLE_VOICES);
  piece.players.low      = 60U - LOWEST;
  piece.players.high_end = 65U - LOWEST;
  for (uint32_t part = CT_PART_SOPRANO; part <= CT_PART_BASS; ++part) {
    assert_range(&piece, 0U, part, 60U, 64U);
  }
  strike(&piece, CT_PART_ALTO, 62U, 24U);
  assert_range(&piece, 0U, CT_PART_BASS, 60U, 61U);
  strike(&piece, CT_PART_TENOR, 60U, 24U);
  assert_int_equal(free_parts(&piece, 0U), 0);
  assert_false(can_shift(&piece, 0U));
  assert_true(can_shift(&piece, 1U + shift_of(&piece, 3U)));
}

static void
with_one_key_a_second_note_waits(void** const state)
{
  Piece piece            = begin(state, CT_ENSEMBLE_KEYBOARD);
  piece.players.low      = 60U - LOWEST;
  piece.players.high_end = 61U - LOWEST;
  assert_range(&piece, 0U, CT_PART_RIGHT, 60U, 60U);
  strike(&piece, CT_PART_RIGHT, 60U, 24U);
  assert_int_equal(free_parts(&piece, 0U), 0);
  assert_int_equal(free_parts(&piece, 12U), 0);
  assert_true(free_parts(&piece, 24U) != 0U);
}

// Where nobody can begin, the bar stays empty from there on
static void
a_bar_line_is_always_left(void** const state)
{
  Piece piece            = begin(state, CT_ENSEMBLE_MELODY);
  piece.players.low      = 40U;
  piece.players.high_end = 40U;
  for (uint32_t s = 0U; s < piece.codec->n_shifts; ++s) {
    assert_false(can_shift(&piece, s));
  }
  assert_true(can_shift(&piece, piece.codec->bar));
  assert_false(can_shift(&piece, piece.codec->end));

  // Nor do notes go on for ever
  piece                 = begin(state, CT_ENSEMBLE_KEYBOARD);
  piece.struck.n_in_bar = CT_BAR_NOTES;
  assert_false(can_shift(&piece, 0U));
  assert_false(can_shift(&piece, shift_of(&piece, 24U)));
  assert_true(can_shift(&piece, piece.codec->bar));
  piece.struck.n_in_bar = CT_BAR_NOTES - 1U;
  assert_true(can_shift(&piece, 0U));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(ensembles_have_their_parts),
    cmocka_unit_test(a_voice_sings_one_note_at_a_time),
    cmocka_unit_test(a_singer_alone_waits_for_his_note_to_end),
    cmocka_unit_test(a_held_pitch_is_not_struck_again),
    cmocka_unit_test(a_hand_spans_a_ninth_from_what_it_holds),
    cmocka_unit_test(hands_do_not_cross),
    cmocka_unit_test(hands_cross_where_nothing_else_is_left),
    cmocka_unit_test(a_hand_strikes_five_notes),
    cmocka_unit_test(the_range_is_never_left),
    cmocka_unit_test(with_one_key_a_second_note_waits),
    cmocka_unit_test(a_bar_line_is_always_left),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

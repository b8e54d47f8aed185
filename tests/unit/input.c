// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file input.c What the musician plays passes on, and is heard, as the mode
/// says

#include "input.h"

#include "gen/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define SAMPLE_RATE 48000.0

/// Frames of a quarter at 120 quarters a minute
#define QUARTER INT64_C(24000)

/// All that a test plays with
static CtInput     input;
static CtTransport transport;
static CtLedger    ledger;
static uint32_t    n_passed;
static bool        improvises;

static bool
count(void* const handle, const CtMessage* const message)
{
  (void)handle;
  (void)message;
  ++n_passed;
  return true;
}

static void
reset(void)
{
  input = (CtInput){0};
  ct_input_reset(&input);
  ct_transport_reset(&transport, SAMPLE_RATE);
  ct_ledger_reset(&ledger);
  n_passed   = 0U;
  improvises = false;
}

/// Begin and end a block that rolls on or stands
static void
run(const CtInputMode         mode,
    const bool                rolling,
    const int64_t             frame,
    const int64_t             n_frames,
    const ContinuoMidi* const messages,
    const uint32_t            n_messages)
{
  const CtPosition position = {.rolling     = rolling,
                               .frame       = frame,
                               .has_meter   = true,
                               .tempo       = 120.0,
                               .numerator   = 4U,
                               .denominator = 4U,
                               .beat        = (double)(frame % (4 * QUARTER)) /
                                       (double)QUARTER};
  const CtMove     move =
    ct_transport_begin(&transport, &position, (uint32_t)n_frames);
  ct_input_begin(
    &input, mode, !improvises, &transport, move, messages, n_messages);
  ct_input_hear(&input, &transport, ct_transport_range(&transport).end);
  assert_true(ct_inbox_send(&input.inbox, UINT32_MAX, &ledger, count, NULL));
}

static ContinuoMidi
midi(const uint32_t frame, const uint8_t status, const uint8_t key)
{
  const ContinuoMidi result = {
    .frame = frame, .size = 3U, .data = {status, key, 100U}};
  return result;
}

static void
the_mode_says_what_passes_and_what_is_heard(void** const state)
{
  (void)state;
  static const struct {
    CtInputMode mode;
    bool        passes;
    bool        listens;
  } cases[] = {
    {CT_INPUT_PASS_AND_LISTEN, true, true},
    {CT_INPUT_LISTEN, false, true},
    {CT_INPUT_PASS, true, false},
    {CT_INPUT_IGNORE, false, false},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    const ContinuoMidi messages[] = {
      midi(0U, 0x90U, 60U), midi(10U, 0xB0U, 1U), midi(20U, 0x91U, 64U)};
    reset();
    run(cases[i].mode, true, 0, QUARTER, messages, 3U);
    assert_int_equal(n_passed, cases[i].passes ? 3 : 0);
    assert_int_equal(ct_listener_n_heard(&input.listener),
                     cases[i].listens ? 2 : 0);
  }
}

static void
note_offs_pass_in_every_mode(void** const state)
{
  (void)state;
  for (uint32_t mode = 0U; mode < 4U; ++mode) {
    const ContinuoMidi on  = midi(0U, 0x90U, 60U);
    const ContinuoMidi off = midi(0U, 0x80U, 60U);
    reset();
    run(CT_INPUT_PASS, true, 0, QUARTER, &on, 1U);
    assert_false(ct_ledger_is_empty(&ledger));
    run((CtInputMode)mode, true, QUARTER, QUARTER, &off, 1U);
    assert_true(ct_ledger_is_empty(&ledger));
    assert_int_equal(n_passed, 2);
  }
}

static void
nothing_comes_of_no_messages(void** const state)
{
  (void)state;
  reset();
  run(CT_INPUT_PASS_AND_LISTEN, true, 0, QUARTER, NULL, 3U);
  assert_int_equal(n_passed, 0);
  assert_int_equal(ct_listener_n_heard(&input.listener), 0);
}

// Blocks are shorter than ticks are apart: no frame may fall between two blocks
static void
a_message_at_any_frame_is_heard(void** const state)
{
  (void)state;
  static const int64_t n_frames = 64;
  for (uint32_t frame = 0U; frame < (uint32_t)n_frames; ++frame) {
    const ContinuoMidi on = midi(frame, 0x90U, 60U);
    reset();
    run(CT_INPUT_LISTEN, true, 0, n_frames, &on, 1U);
    run(CT_INPUT_LISTEN, true, n_frames, n_frames, NULL, 0U);
    run(CT_INPUT_LISTEN, true, 2 * n_frames, n_frames, NULL, 0U);
    assert_int_equal(ct_listener_n_heard(&input.listener), 1);
  }
}

/// Hold a chord over four quarters, from a position on
static void
hold(const CtInputMode mode, const int64_t frame, const uint8_t keys[3])
{
  const ContinuoMidi on[]  = {midi(0U, 0x90U, keys[0]),
                              midi(0U, 0x90U, keys[1]),
                              midi(0U, 0x90U, keys[2])};
  const ContinuoMidi off[] = {midi(0U, 0x80U, keys[0]),
                              midi(0U, 0x80U, keys[1]),
                              midi(0U, 0x80U, keys[2])};
  run(mode, true, frame, 4 * QUARTER, on, 3U);
  run(mode, true, frame + (4 * QUARTER), QUARTER, off, 3U);
}

static void
the_key_follows_what_is_heard(void** const state)
{
  (void)state;
  static const uint8_t d_major[] = {62U, 66U, 69U};
  static const uint8_t b_minor[] = {59U, 62U, 66U};
  CtSettings           settings  = {.key = 5U, .scale = CT_SCALE_FREE};
  reset();
  ct_input_set_key(&input, &settings);
  assert_int_equal(settings.key, 5);
  assert_int_equal(settings.scale, CT_SCALE_FREE);

  // A scale that is open stays open, another was a guess
  hold(CT_INPUT_PASS_AND_LISTEN, 0, d_major);
  ct_input_set_key(&input, &settings);
  assert_int_equal(settings.key, 2);
  assert_int_equal(settings.scale, CT_SCALE_FREE);
  settings = (CtSettings){.key = 5U, .scale = CT_SCALE_MINOR};
  ct_input_set_key(&input, &settings);
  assert_int_equal(settings.key, 2);
  assert_int_equal(settings.scale, CT_SCALE_MAJOR);
  reset();
  hold(CT_INPUT_PASS_AND_LISTEN, 0, b_minor);
  settings = (CtSettings){.scale = CT_SCALE_MAJOR};
  ct_input_set_key(&input, &settings);
  assert_int_equal(settings.key, 11);
  assert_int_equal(settings.scale, CT_SCALE_MINOR);

  reset();
  hold(CT_INPUT_PASS, 0, d_major);
  settings = (CtSettings){.key = 5U, .scale = CT_SCALE_FREE};
  ct_input_set_key(&input, &settings);
  assert_int_equal(settings.key, 5);
}

static void
a_held_chord_ends_where_the_host_goes_elsewhere(void** const state)
{
  (void)state;
  const ContinuoMidi on = midi(0U, 0x90U, 60U);
  reset();
  run(CT_INPUT_LISTEN, true, 0, QUARTER, &on, 1U);
  run(CT_INPUT_LISTEN, true, QUARTER, QUARTER, NULL, 0U);
  assert_int_equal(ct_listener_pitch_classes(&input.listener)[0], 1);
  run(CT_INPUT_LISTEN, true, 40 * QUARTER, QUARTER, NULL, 0U);
  assert_int_equal(ct_listener_pitch_classes(&input.listener)[0], 0);

  // But a chord that is held while the host starts here goes on
  reset();
  run(CT_INPUT_LISTEN, false, 0, QUARTER, NULL, 0U);
  run(CT_INPUT_LISTEN, false, 0, QUARTER, &on, 1U);
  run(CT_INPUT_LISTEN, true, 0, QUARTER, NULL, 0U);
  assert_int_equal(ct_listener_pitch_classes(&input.listener)[0], 1);
  run(CT_INPUT_LISTEN, false, QUARTER, QUARTER, NULL, 0U);
  assert_int_equal(ct_listener_pitch_classes(&input.listener)[0], 0);
}

/// Play eighths of a scale from `tonic` up in blocks of `size`, which the
/// quarter is a multiple of, while the transport stands
static void
stand_and_play(const uint8_t        tonic,
               const uint8_t* const scale,
               const int64_t        size)
{
  const uint32_t n_notes = 8U;
  for (int64_t at = 0; at < (int64_t)n_notes * QUARTER / 2; at += size) {
    ContinuoMidi messages[16];
    uint32_t     n = 0U;
    for (uint32_t i = 0U; i < n_notes; ++i) {
      // Off the beat, so that blocks begin and end anywhere in a note
      const int64_t on  = ((int64_t)i * QUARTER / 2) + 77;
      const int64_t off = on + (QUARTER / 2) - 100;
      const uint8_t key = (uint8_t)(tonic + scale[i]);
      if (on >= at && on < at + size) {
        messages[n++] = midi((uint32_t)(on - at), 0x90U, key);
      }
      if (off >= at && off < at + size) {
        messages[n++] = midi((uint32_t)(off - at), 0x80U, key);
      }
    }
    run(CT_INPUT_LISTEN, false, 0, size, messages, n);
  }
}

static const uint8_t major_scale[] = {0U, 2U, 4U, 5U, 7U, 9U, 11U, 12U};
static const uint8_t minor_scale[] = {0U, 2U, 3U, 5U, 7U, 8U, 10U, 12U};

static void
check_key(const uint32_t tonic, const CtScaleChoice scale)
{
  CtSettings settings = {.key = 6U, .scale = CT_SCALE_MAJOR};
  ct_input_set_key(&input, &settings);
  assert_int_equal(settings.key, tonic);
  assert_int_equal(settings.scale, scale);
}

static void
a_scale_sets_the_key_before_playback(void** const state)
{
  (void)state;
  for (uint8_t tonic = 0U; tonic < 12U; ++tonic) {
    reset();
    stand_and_play((uint8_t)(60U + tonic), major_scale, 480);
    check_key(tonic, CT_SCALE_MAJOR);
    reset();
    stand_and_play((uint8_t)(60U + tonic), minor_scale, 480);
    check_key(tonic, CT_SCALE_MINOR);

    // Another after a pause is heard afresh, be it of the same notes
    run(CT_INPUT_LISTEN, false, 0, 8 * QUARTER, NULL, 0U);
    stand_and_play((uint8_t)(63U + tonic), major_scale, 480);
    check_key((tonic + 3U) % 12U, CT_SCALE_MAJOR);
  }
}

static void
time_goes_on_alike_in_all_blocks(void** const state)
{
  (void)state;
  static const int64_t sizes[] = {QUARTER, 4000, 480, 32, 1};
  CtKeyFinder          expected;
  for (size_t i = 0U; i < sizeof(sizes) / sizeof(sizes[0]); ++i) {
    reset();
    stand_and_play(57U, minor_scale, sizes[i]);
    if (i == 0U) {
      expected = input.finder;
    }
    assert_memory_equal(&input.finder, &expected, sizeof(expected));
    assert_int_equal(input.finder.tick, 4 * CT_PPQN);
    assert_int_equal(ct_listener_n_heard(&input.listener), 8);
  }
}

static void
time_goes_on_at_the_tempo_of_now(void** const state)
{
  (void)state;
  CtPosition position = {.has_meter   = true,
                         .tempo       = 60.0,
                         .numerator   = 4U,
                         .denominator = 4U,
                         .beat        = 2.0,
                         .frame       = 2 * QUARTER};
  reset();
  for (uint32_t i = 0U; i < 4U; ++i) {
    position.tempo    = i < 2U ? 60.0 : 240.0;
    const CtMove move = ct_transport_begin(&transport, &position, QUARTER);
    ct_input_begin(&input, CT_INPUT_LISTEN, true, &transport, move, NULL, 0U);
    const CtTick stands = ct_transport_tick(&transport);
    const CtTick begin  = i ? input.finder.tick : stands;
    ct_input_hear(&input, &transport, stands);
    assert_int_equal(input.finder.tick - begin,
                     i < 2U ? CT_PPQN / 2 : 2 * CT_PPQN);
  }
}

// Or the second pass, or a bounce, would not be what was heard
static void
each_pass_begins_with_the_same_key(void** const state)
{
  (void)state;
  static const uint8_t d_major[] = {62U, 66U, 69U};
  for (uint32_t i = 0U; i < 2U; ++i) {
    reset();
    if (i) {
      stand_and_play(57U, minor_scale, 480);
    }
    const uint32_t      tonic = i ? 9U : 6U;
    const CtScaleChoice scale = i ? CT_SCALE_MINOR : CT_SCALE_MAJOR;
    CtKeyFinder         first;
    for (uint32_t pass = 0U; pass < 4U; ++pass) {
      // Twice from a stop, one time longer than the other, and twice round
      if (pass < 2U) {
        run(CT_INPUT_LISTEN, false, 0, (int64_t)pass * 30 * QUARTER, NULL, 0U);
      }
      run(CT_INPUT_LISTEN, true, 0, 0, NULL, 0U);
      check_key(tonic, scale);
      hold(CT_INPUT_LISTEN, 0, d_major);
      check_key(2U, CT_SCALE_MAJOR);
      if (!pass) {
        first = input.finder;
      }
      assert_memory_equal(&input.finder, &first, sizeof(first));
    }
    run(CT_INPUT_LISTEN, false, 0, QUARTER, NULL, 0U);
    check_key(tonic, scale);

    // The host may switch the plugin off and on before a bounce
    ct_input_reset(&input);
    check_key(tonic, scale);
  }

  // Who improvises goes on in the key that he is in
  reset();
  improvises = true;
  run(CT_INPUT_LISTEN, true, 0, 0, NULL, 0U);
  hold(CT_INPUT_LISTEN, 0, d_major);
  run(CT_INPUT_LISTEN, true, 0, QUARTER, NULL, 0U);
  check_key(2U, CT_SCALE_MAJOR);
  run(CT_INPUT_LISTEN, false, 0, QUARTER, NULL, 0U);
  run(CT_INPUT_LISTEN, true, 0, QUARTER, NULL, 0U);
  check_key(2U, CT_SCALE_MAJOR);
}

static void
a_correction_of_the_clock_is_no_new_pass(void** const state)
{
  (void)state;
  static const uint8_t d_major[] = {62U, 66U, 69U};
  const ContinuoMidi   on        = midi(0U, 0x90U, 60U);
  reset();
  hold(CT_INPUT_LISTEN, 0, d_major);
  run(CT_INPUT_LISTEN, true, 5 * QUARTER, QUARTER, &on, 1U);
  run(CT_INPUT_LISTEN, true, (6 * QUARTER) - 2000, QUARTER, NULL, 0U);
  check_key(2U, CT_SCALE_MAJOR);
  assert_int_equal(ct_listener_pitch_classes(&input.listener)[0], 1);
}

static void
what_was_let_in_is_let_out_in_every_mode(void** const state)
{
  (void)state;
  static const uint8_t moves[][2][3] = {
    {{0xB0U, 64U, 127U}, {0xB0U, 64U, 0U}},
    {{0xB0U, 66U, 127U}, {0xB0U, 66U, 0U}},
    {{0xE0U, 0U, 100U}, {0xE0U, 0U, 64U}},
    {{0x90U, 60U, 100U}, {0x80U, 60U, 0U}},
    {{0x90U, 60U, 100U}, {0x90U, 60U, 0U}},
    {{0x90U, 60U, 100U}, {0xB0U, 123U, 0U}},
    {{0x90U, 60U, 100U}, {0xB0U, 120U, 0U}},
  };
  for (size_t i = 0U; i < sizeof(moves) / sizeof(moves[0]); ++i) {
    for (uint32_t mode = 0U; mode < 4U; ++mode) {
      ContinuoMidi in  = {.size = 3U};
      ContinuoMidi out = {.size = 3U};
      memcpy(in.data, moves[i][0], sizeof(in.data));
      memcpy(out.data, moves[i][1], sizeof(out.data));
      reset();
      run(CT_INPUT_PASS, true, 0, QUARTER, &in, 1U);
      assert_int_equal(n_passed, 1);
      run((CtInputMode)mode, true, QUARTER, QUARTER, &out, 1U);
      assert_in_range(n_passed, 2, 3);
      assert_true(ct_ledger_is_empty(&ledger));

      // Once it is out it is ignored like all else
      const uint32_t n_before = n_passed;
      run(CT_INPUT_IGNORE, true, 2 * QUARTER, QUARTER, &out, 1U);
      run(CT_INPUT_LISTEN, true, 3 * QUARTER, QUARTER, &in, 1U);
      run(CT_INPUT_IGNORE, true, 4 * QUARTER, QUARTER, &out, 1U);
      assert_int_equal(n_passed, n_before);
    }
  }
}

// Its note-off comes while nobody listens
static void
a_held_chord_ends_where_listening_does(void** const state)
{
  (void)state;
  const ContinuoMidi on  = midi(0U, 0x90U, 60U);
  const ContinuoMidi off = midi(0U, 0x80U, 60U);
  reset();
  run(CT_INPUT_LISTEN, true, 0, QUARTER, &on, 1U);
  run(CT_INPUT_PASS, true, QUARTER, QUARTER, &off, 1U);
  run(CT_INPUT_LISTEN, true, 2 * QUARTER, QUARTER, NULL, 0U);
  assert_int_equal(ct_listener_pitch_classes(&input.listener)[0], 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_mode_says_what_passes_and_what_is_heard),
    cmocka_unit_test(note_offs_pass_in_every_mode),
    cmocka_unit_test(nothing_comes_of_no_messages),
    cmocka_unit_test(a_message_at_any_frame_is_heard),
    cmocka_unit_test(the_key_follows_what_is_heard),
    cmocka_unit_test(a_held_chord_ends_where_the_host_goes_elsewhere),
    cmocka_unit_test(a_scale_sets_the_key_before_playback),
    cmocka_unit_test(time_goes_on_alike_in_all_blocks),
    cmocka_unit_test(time_goes_on_at_the_tempo_of_now),
    cmocka_unit_test(each_pass_begins_with_the_same_key),
    cmocka_unit_test(a_correction_of_the_clock_is_no_new_pass),
    cmocka_unit_test(what_was_let_in_is_let_out_in_every_mode),
    cmocka_unit_test(a_held_chord_ends_where_listening_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

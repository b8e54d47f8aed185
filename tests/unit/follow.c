// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file follow.c Where the key follows the input, the plugin plays in it and
/// tells it, and plays the same in all blocks and passes

#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#define QUARTER INT64_C(24000)

enum { MAX_MESSAGES = 4096, N_NOTES = 32, MAX_IN = 8, MINOR = 12, FOLLOW = 12 };

/// The note-ons of one pass
typedef struct {
  ContinuoMidi messages[MAX_MESSAGES];
  int64_t      frames[MAX_MESSAGES];
  uint32_t     n;
  int64_t      begin; ///< Of the block
} Pass;

static Pass passes[2];

static bool
write(void* const handle, const ContinuoMidi* const message)
{
  Pass* const pass = (Pass*)handle;
  if (message->data[0] >> 4U != 9U || !message->data[2]) {
    return true;
  }
  assert_true(pass->n < MAX_MESSAGES);
  pass->frames[pass->n]           = pass->begin + message->frame;
  pass->messages[pass->n]         = *message;
  pass->messages[pass->n++].frame = 0U;
  return true;
}

/// Messages of [begin, end): eighths of a scale
static uint32_t
play_scale(const uint8_t* const scale,
           const int64_t        begin,
           const int64_t        end,
           ContinuoMidi* const  in)
{
  uint32_t n = 0U;
  for (uint32_t i = 0U; i < N_NOTES; ++i) {
    const uint8_t key = (uint8_t)(48U + scale[i % 8U]);
    const int64_t on  = (int64_t)i * QUARTER / 2 + 77;
    const int64_t off = on + QUARTER / 2 - 100;
    if (on >= begin && on < end) {
      in[n++] = (ContinuoMidi){
        .frame = (uint32_t)(on - begin), .size = 3U, .data = {0x9FU, key, 90U}};
    }
    if (off >= begin && off < end) {
      in[n++] = (ContinuoMidi){
        .frame = (uint32_t)(off - begin), .size = 3U, .data = {0x8FU, key, 0U}};
    }
    assert_true(n <= MAX_IN);
  }
  return n;
}

static const uint8_t e_major[] = {4U, 6U, 8U, 9U, 11U, 13U, 15U, 16U};
static const uint8_t a_minor[] = {9U, 11U, 12U, 14U, 16U, 17U, 19U, 21U};

/// Run `n_frames` in blocks of `size`, with a scale played, or none
static void
run(Continuo* const      self,
    const bool           rolling,
    const uint8_t* const scale,
    const int64_t        n_frames,
    const int64_t        size,
    Pass* const          pass)
{
  *pass = (Pass){.n = 0U};
  for (int64_t at = 0; at < n_frames; at += size) {
    const int64_t          length = n_frames - at < size ? n_frames - at : size;
    const int64_t          frame  = rolling ? at : 0;
    const ContinuoPosition position = {.rolling     = rolling,
                                       .frame       = frame,
                                       .has_meter   = true,
                                       .tempo       = 120.0,
                                       .numerator   = 4U,
                                       .denominator = 4U,
                                       .beat = (double)(frame % (4 * QUARTER)) /
                                               (double)QUARTER};
    ContinuoMidi           in[MAX_IN];
    const uint32_t n_in = scale ? play_scale(scale, at, at + length, in) : 0U;
    pass->begin         = at;
    continuo_process(self, &position, in, n_in, (uint32_t)length, write, pass);
  }
}

static Continuo*
new_follower(void)
{
  Continuo* const self = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  continuo_set_param(self, CONTINUO_KEY, (float)FOLLOW);
  continuo_set_param(self, CONTINUO_INPUT_MODE, 1.0F); // listen
  return self;
}

static int
current_key(const Continuo* const self)
{
  return (int)continuo_get_param(self, CONTINUO_CURRENT_KEY);
}

static void
the_key_is_told(void** const state)
{
  (void)state;
  for (int scale = 0; scale < 3; ++scale) {
    // Tonic C in the mode of the parameter until enough was heard
    Continuo* const self = new_follower();
    continuo_set_param(self, CONTINUO_SCALE, (float)scale);
    run(self, false, NULL, QUARTER, 512, &passes[0]);
    assert_int_equal(current_key(self), scale == 1 ? MINOR : 0);
    run(self, false, a_minor, 4 * QUARTER, 512, &passes[0]);
    assert_int_equal(current_key(self), 9 + MINOR);
    run(self, true, NULL, 4 * QUARTER, 512, &passes[0]);
    assert_int_equal(current_key(self), 9 + MINOR);
    run(self, true, e_major, 16 * QUARTER, 512, &passes[0]);
    assert_int_equal(current_key(self), 4);
    continuo_set_param(self, CONTINUO_KEY, 2.0F);
    run(self, true, NULL, 4 * QUARTER, 512, &passes[0]);
    assert_int_equal(current_key(self), scale == 1 ? 2 + MINOR : 2);
    continuo_free(self);
  }
}

/// Whether all notes from `frame` on are of a scale
static bool
is_in(const Pass* const pass, const uint32_t scale, const int64_t frame)
{
  uint32_t n    = 0U;
  uint32_t n_in = 0U;
  for (uint32_t i = 0U; i < pass->n; ++i) {
    const uint32_t pitch = pass->messages[i].data[1];
    const bool     is_on = pass->frames[i] >= frame;
    n += is_on;
    n_in += is_on && scale >> pitch % 12U & 1U;
  }
  assert_true(n > 16U);
  return n == n_in;
}

static void
it_plays_in_the_key(void** const state)
{
  (void)state;
  static const uint32_t of_a_minor = 0xBF5U; // with sixth and seventh raised
  static const uint32_t of_e_major = 0xB5AU;
  Continuo* const       self       = new_follower();
  continuo_set_param(self, CONTINUO_SCALE_LOCK, 1.0F);
  run(self, false, a_minor, 4 * QUARTER, 512, &passes[0]);
  run(self, true, NULL, 32 * QUARTER, 512, &passes[0]);
  assert_true(is_in(&passes[0], of_a_minor, 0));
  assert_false(is_in(&passes[0], of_e_major, 0));
  run(self, true, e_major, 32 * QUARTER, 512, &passes[0]);
  assert_true(is_in(&passes[0], of_e_major, 16 * QUARTER));
  assert_false(is_in(&passes[0], of_e_major, 0));
  continuo_free(self);
}

static void
assert_same(const Pass* const a, const Pass* const b)
{
  assert_int_equal(a->n, b->n);
  for (uint32_t i = 0U; i < a->n; ++i) {
    const ContinuoMidi* const x = &a->messages[i];
    const ContinuoMidi* const y = &b->messages[i];
    assert_int_equal(a->frames[i], b->frames[i]);
    assert_int_equal(x->size, y->size);
    assert_memory_equal(x->data, y->data, x->size);
    assert_int_equal(x->part, y->part);
  }
}

static void
blocks_and_passes_do_not_matter(void** const state)
{
  (void)state;
  static const int64_t sizes[] = {512, 64, 1000, 4096, 333};
  for (uint32_t i = 0U; i < sizeof(sizes) / sizeof(sizes[0]); ++i) {
    Continuo* const self = new_follower();
    run(self, false, a_minor, 4 * QUARTER, sizes[i], &passes[1]);
    for (uint32_t n = 0U; n < 3U; ++n) {
      // From a stop, then round, then from a stop again
      Pass* const pass = &passes[i || n];
      if (n != 1U) {
        run(self, false, NULL, (int64_t)n * 999, 512, pass);
      }
      run(self, true, e_major, 20 * QUARTER, sizes[i], pass);
      assert_int_equal(current_key(self), 4);
      assert_true(pass->n > 32U);
      assert_same(pass, &passes[0]);
    }
    continuo_free(self);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_key_is_told),
    cmocka_unit_test(it_plays_in_the_key),
    cmocka_unit_test(blocks_and_passes_do_not_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

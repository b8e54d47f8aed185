// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file writer_salt.c New takes of the same wishes, and takes that were kept

#include "gen/writer.h"

#include "fixture.h"
#include "writer_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/// Ask, and receive what is written from `missing` to END
static void
play(CtWriter* const  writer,
     CtRequest* const wish,
     const CtTick     missing,
     Received* const  received)
{
  static uint32_t epoch = 0U;
  wish->epoch           = ++epoch;
  wish->missing         = missing;
  ask(writer, wish);
  pump(writer, wish->epoch, END, received);
}

/// Whether both are the same in [from, until)
static bool
is_same(const Received* const a,
        const Received* const b,
        const CtTick          from,
        const CtTick          until)
{
  size_t i = 0U;
  size_t j = 0U;
  while (i < a->n_notes && a->notes[i].tick < from) {
    ++i;
  }
  while (j < b->n_notes && b->notes[j].tick < from) {
    ++j;
  }
  for (;; ++i, ++j) {
    const bool ends_a = i == a->n_notes || a->notes[i].tick >= until;
    const bool ends_b = j == b->n_notes || b->notes[j].tick >= until;
    if (ends_a || ends_b) {
      return ends_a && ends_b;
    }
    if (memcmp(&a->notes[i], &b->notes[j], sizeof(CtNote)) != 0) {
      return false;
    }
  }
}

static void
stirred_once_it_is_the_same_at_the_same_place(void** const state)
{
  (void)state;
  static Received  plain;
  static Received  first;
  static Received  second;
  const CtTick     from     = BAR + 480;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  CtWriter* const  other    = make_writer(false);
  CtRequest        begin    = request(0U, 0, &settings);
  CtRequest        stir     = request(0U, from, &settings);
  stir.stir                 = CT_STIR_ONCE;
  play(writer, &begin, 0, &plain);
  play(writer, &stir, 0, &first);
  assert_true(is_same(&plain, &first, 0, from));
  assert_false(is_same(&plain, &first, from, END));

  // Told again, and told to another writer that plays the same
  play(writer, &stir, 0, &second);
  assert_true(is_same(&first, &second, 0, END));
  play(other, &stir, 0, &second);
  assert_true(is_same(&first, &second, 0, END));

  // At another place it is another
  stir.from = from + 240;
  play(writer, &stir, 0, &second);
  assert_true(is_same(&first, &second, 0, from + 240));
  assert_false(is_same(&first, &second, from + 240, END));
  assert_false(is_same(&plain, &second, from + 240, END));
  ct_writer_free(writer);
  ct_writer_free(other);
}

// A host that starts again before it plays what was played, new take and all
static void
a_start_keeps_new_takes(void** const state)
{
  (void)state;
  static Received  first;
  static Received  second;
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  CtRequest        begin    = request(0U, 0, &settings);
  CtRequest        stir     = request(0U, BAR, &settings);
  begin.entry               = CT_BEGIN;
  stir.stir                 = CT_STIR_ONCE;
  play(writer, &stir, 0, &first);
  play(writer, &begin, 0, &second);
  assert_true(is_same(&first, &second, 0, END));

  // From where it is in force as well, and with other wishes on the way
  begin.from = 2 * BAR;
  play(writer, &begin, 0, &second);
  assert_true(is_same(&first, &second, 0, END));
  ct_writer_free(writer);
}

static void
stirred_again_it_is_never_the_same(void** const state)
{
  (void)state;
  static Received  takes[6];
  const CtSettings settings = fixture_settings();
  CtWriter* const  writer   = make_writer(false);
  CtRequest        wish     = request(0U, 0, &settings);
  wish.entry                = CT_BEGIN;
  wish.stir                 = CT_STIR_AGAIN;
  for (uint32_t i = 0U; i < 6U; ++i) {
    // New takes of the whole, then of what comes from a place on
    wish.entry = i < 3U ? CT_BEGIN : CT_GO_ON;
    wish.from  = i < 3U ? 0 : BAR;
    play(writer, &wish, 0, &takes[i]);
    for (uint32_t before = 0U; before < i; ++before) {
      assert_false(is_same(&takes[before], &takes[i], BAR, END));
    }
  }
  assert_true(is_same(&takes[2], &takes[5], 0, BAR));
  ct_writer_free(writer);
}

/// A sheet with a new take from its second bar on, and what it plays
static CtSheet
kept_sheet(const CtSettings* const settings, Received* const received)
{
  CtSheet         sheet;
  CtWriter* const writer = make_writer(false);
  CtRequest       stir   = request(0U, BAR, settings);
  stir.stir              = CT_STIR_ONCE;
  play(writer, &stir, 0, received);
  assert_int_equal(ct_writer_copy_sheet(writer, &sheet), CT_SUCCESS);
  ct_writer_free(writer);
  return sheet;
}

static void
a_kept_take_comes_back_after_other_wishes(void** const state)
{
  (void)state;
  static Received  kept;
  static Received  plain;
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtSettings       other    = fixture_settings();
  other.key                 = 10U;
  CtSheet         sheet     = kept_sheet(&settings, &kept);
  CtWriter* const writer    = make_writer(false);
  CtRequest       wish      = request(0U, 0, &settings);
  CtRequest       foreign   = request(0U, 0, &other);
  wish.entry                = CT_BEGIN;
  foreign.entry             = CT_BEGIN;
  play(writer, &wish, 0, &plain);
  assert_false(is_same(&plain, &kept, 0, END));
  ct_writer_restore(writer, &sheet);
  for (uint32_t i = 0U; i < 3U; ++i) {
    play(writer, &foreign, 0, &received);
    assert_false(is_same(&received, &kept, 0, END));
    play(writer, &wish, 0, &received);
    assert_true(is_same(&received, &kept, 0, END));
  }

  // What is played is copied, or what was kept if nothing is
  assert_int_equal(ct_writer_copy_sheet(writer, &sheet), CT_SUCCESS);
  assert_int_equal(sheet.n_wishes, 2);
  ct_sheet_clear(&sheet);
  ct_writer_free(writer);
}

static void
nothing_comes_of_a_restored_take_unasked(void** const state)
{
  (void)state;
  static Received  kept;
  static Received  received;
  const CtSettings settings = fixture_settings();
  CtSheet          sheet    = kept_sheet(&settings, &kept);
  CtSheet          copy;
  CtWriter* const  writer = make_writer(false);
  CtRequest        wish   = request(0U, 0, &settings);
  play(writer, &wish, 0, &received);
  ct_writer_restore(writer, &sheet);
  ct_writer_pump(writer, 2 * END, CT_NO_LIMIT);
  received = (Received){.horizon = INT64_MIN};
  receive(writer, wish.epoch, &received);
  assert_int_equal(received.n_notes + received.n_news, 0);

  // Asked for nothing yet, it is still the one to be saved
  assert_int_equal(ct_writer_copy_sheet(writer, &copy), CT_SUCCESS);
  assert_int_equal(copy.n_wishes, 2);
  ct_sheet_clear(&copy);

  // Restored again, the first is freed
  const CtSheet unused = kept_sheet(&settings, &kept);
  sheet                = unused;
  ct_writer_restore(writer, &sheet);
  wish.entry = CT_BEGIN;
  play(writer, &wish, 0, &received);
  assert_true(is_same(&received, &kept, 0, END));
  ct_writer_free(writer);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(stirred_once_it_is_the_same_at_the_same_place),
    cmocka_unit_test(a_start_keeps_new_takes),
    cmocka_unit_test(stirred_again_it_is_never_the_same),
    cmocka_unit_test(a_kept_take_comes_back_after_other_wishes),
    cmocka_unit_test(nothing_comes_of_a_restored_take_unasked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

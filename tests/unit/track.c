// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file track.c Snapshots are found again until they are forgotten or pushed
/// out

#include "gen/track.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/// As long as a section of these tests
#define LENGTH INT64_C(800)

/// A moment is copied whole; what is in it plays no part
static CtMoment
moment(const CtTick tick)
{
  CtMoment result;
  memset(&result, 0, sizeof(result));
  result.bar_tick = tick;
  return result;
}

static void
put(CtTracks* const tracks, const CtTick begin, const CtTick tick)
{
  const CtMoment snapshot = moment(tick);
  ct_tracks_put(tracks, begin, tick, &snapshot);
}

static CtTracks
make(void)
{
  CtTracks tracks;
  assert_int_equal(ct_tracks_init(&tracks, sizeof(CtMoment)), CT_SUCCESS);
  return tracks;
}

/// Begin a section with snapshots each 100 ticks, its end among them
static void
fill(CtTracks* const tracks, const CtTick begin)
{
  ct_tracks_open(tracks, begin);
  for (CtTick tick = begin; tick <= begin + LENGTH; tick += 100) {
    put(tracks, begin, tick);
  }
}

static void
assert_found(const CtTracks* const tracks,
             const CtTick          begin,
             const CtTick          tick,
             const CtTick          expected)
{
  const CtMoment* const found = ct_tracks_find(tracks, begin, tick);
  assert_non_null(found);
  assert_int_equal(found->bar_tick, expected);
}

static void
the_last_snapshot_before_a_tick_is_found(void** const state)
{
  (void)state;
  CtTracks tracks = make();
  assert_null(ct_tracks_find(&tracks, 0, 50));
  assert_null(ct_tracks_end(&tracks, 0, LENGTH));
  fill(&tracks, 0);
  assert_found(&tracks, 0, 0, 0);
  assert_found(&tracks, 0, 99, 0);
  assert_found(&tracks, 0, 100, 100);
  assert_found(&tracks, 0, INT64_MAX, LENGTH);
  assert_null(ct_tracks_find(&tracks, 0, -1));
  assert_null(ct_tracks_find(&tracks, LENGTH, LENGTH));
  assert_non_null(ct_tracks_end(&tracks, 0, LENGTH));
  assert_null(ct_tracks_end(&tracks, 0, LENGTH - 100));
  ct_tracks_clear(&tracks);
}

static void
what_is_there_stays_and_what_is_not_opened_is_not_kept(void** const state)
{
  (void)state;
  CtTracks tracks = make();
  put(&tracks, 0, 0);
  assert_null(ct_tracks_find(&tracks, 0, 0));
  ct_tracks_open(&tracks, 0);
  put(&tracks, 0, 0);
  put(&tracks, 0, 200);
  const CtMoment other = moment(77);
  ct_tracks_put(&tracks, 0, 200, &other);
  ct_tracks_put(&tracks, 0, 100, &other);
  assert_found(&tracks, 0, 200, 200);
  assert_found(&tracks, 0, 199, 0);

  // One more than there is room for
  for (CtTick tick = 300; tick < 2000; tick += 100) {
    put(&tracks, 0, tick);
  }
  assert_found(&tracks, 0, INT64_MAX, 900);
  ct_tracks_clear(&tracks);
}

static void
the_oldest_makes_room(void** const state)
{
  (void)state;
  CtTracks tracks = make();
  for (uint32_t i = 0U; i < CT_N_TRACKS; ++i) {
    fill(&tracks, (CtTick)i * LENGTH);
  }
  fill(&tracks, 0); // Anew: now it is the youngest
  fill(&tracks, CT_N_TRACKS * LENGTH);
  assert_found(&tracks, 0, 0, 0);
  assert_null(ct_tracks_find(&tracks, LENGTH, INT64_MAX));
  assert_found(&tracks, 2 * LENGTH, 2 * LENGTH, 2 * LENGTH);
  assert_found(
    &tracks, CT_N_TRACKS * LENGTH, INT64_MAX, (CT_N_TRACKS + 1) * LENGTH);
  ct_tracks_clear(&tracks);
}

static void
sections_and_snapshots_are_forgotten(void** const state)
{
  (void)state;
  CtTracks tracks = make();
  fill(&tracks, 0);
  fill(&tracks, LENGTH);
  fill(&tracks, 2 * LENGTH);
  ct_tracks_forget(&tracks, LENGTH + 300, LENGTH + 301);
  assert_non_null(ct_tracks_end(&tracks, 0, LENGTH));
  assert_found(&tracks, LENGTH, INT64_MAX, LENGTH + 300);
  assert_null(ct_tracks_find(&tracks, 2 * LENGTH, INT64_MAX));

  // What is forgotten can be put again
  put(&tracks, LENGTH, LENGTH + 400);
  assert_found(&tracks, LENGTH, INT64_MAX, LENGTH + 400);

  // A free place is taken before one in use
  fill(&tracks, 5 * LENGTH);
  assert_non_null(ct_tracks_end(&tracks, 0, LENGTH));
  ct_tracks_forget(&tracks, INT64_MIN, INT64_MIN);
  assert_null(ct_tracks_find(&tracks, 0, INT64_MAX));
  put(&tracks, 0, LENGTH);
  assert_null(ct_tracks_find(&tracks, 0, INT64_MAX));
  ct_tracks_clear(&tracks);
}

static void
a_snapshot_is_renewed_if_it_is_there(void** const state)
{
  (void)state;
  CtTracks tracks = make();
  fill(&tracks, 0);
  CtMoment other = moment(300);
  other.tick     = 7;
  ct_tracks_renew(&tracks, 0, &other);
  assert_int_equal(ct_tracks_find(&tracks, 0, 300)->tick, 7);
  assert_int_equal(ct_tracks_find(&tracks, 0, 200)->tick, 0);
  assert_int_equal(ct_tracks_find(&tracks, 0, 400)->tick, 0);

  other = moment(350);
  ct_tracks_renew(&tracks, 0, &other);
  assert_found(&tracks, 0, 399, 300);
  ct_tracks_renew(&tracks, LENGTH, &other);
  assert_null(ct_tracks_find(&tracks, LENGTH, INT64_MAX));
  ct_tracks_clear(&tracks);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_last_snapshot_before_a_tick_is_found),
    cmocka_unit_test(what_is_there_stays_and_what_is_not_opened_is_not_kept),
    cmocka_unit_test(the_oldest_makes_room),
    cmocka_unit_test(sections_and_snapshots_are_forgotten),
    cmocka_unit_test(a_snapshot_is_renewed_if_it_is_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

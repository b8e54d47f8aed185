// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file transport_input.c The clock runs whatever a host leaves out or gets
/// wrong

#include "music/transport.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>

static CtTransport transport;

static void
assert_empty(void)
{
  const CtTickRange range = ct_transport_range(&transport);
  assert_int_equal(range.begin, range.end);
}

static void
no_position_runs_freely(void** const state)
{
  (void)state;
  ct_transport_reset(&transport, 48000.0);
  assert_int_equal(ct_transport_begin(&transport, NULL, 24000U),
                   CT_MOVE_STARTED);
  assert_int_equal(ct_transport_range(&transport).begin, 0);
  assert_int_equal(ct_transport_range(&transport).end, 960);
  assert_int_equal(ct_transport_begin(&transport, NULL, 24000U), CT_MOVE_NONE);
  assert_int_equal(ct_transport_range(&transport).begin, 960);
  assert_int_equal(ct_transport_frame(&transport, 1440), 12000);
  assert_true(ct_transport_tempo(&transport) == 120.0);
}

static void
no_meter_keeps_the_default(void** const state)
{
  (void)state;
  const CtPosition position = {.rolling = true, .frame = 48000};
  ct_transport_reset(&transport, 48000.0);
  assert_int_equal(ct_transport_begin(&transport, &position, 480U),
                   CT_MOVE_STARTED);
  assert_int_equal(ct_transport_range(&transport).begin, 1920);
  assert_int_equal(ct_meter_map_bar(ct_transport_meters(&transport), 0).length,
                   3840);
}

static void
nonsense_does_no_harm(void** const state)
{
  (void)state;
  static const double numbers[] = {
    0.0, -1.0, 1e300, -1e300, NAN, INFINITY, 120.0};
  static const int64_t frames[] = {0, INT64_MAX, INT64_MIN, -1};
  ct_transport_reset(&transport, 48000.0);
  for (uint32_t i = 0U; i < 7U * 7U * 4U * 4U; ++i) {
    const CtPosition position = {.rolling     = i % 3U != 0U,
                                 .frame       = frames[i / 49U % 4U],
                                 .has_meter   = true,
                                 .tempo       = numbers[i % 7U],
                                 .numerator   = i / 196U * 1000000000U,
                                 .denominator = i / 196U,
                                 .beat        = numbers[i / 7U % 7U]};
    (void)ct_transport_begin(&transport, &position, i % 5U ? UINT32_MAX : 0U);
    const CtTickRange range = ct_transport_range(&transport);
    assert_true(range.end >= range.begin);
    assert_true(ct_transport_tempo(&transport) == 120.0);
    assert_true(ct_transport_frame(&transport, range.begin) < UINT32_MAX);
  }
}

static void
no_frames_take_no_time(void** const state)
{
  (void)state;
  const CtPosition position = {.rolling     = true,
                               .has_meter   = true,
                               .tempo       = 120.0,
                               .numerator   = 4U,
                               .denominator = 4U};
  ct_transport_reset(&transport, 48000.0);
  assert_int_equal(ct_transport_begin(&transport, &position, 0U),
                   CT_MOVE_STARTED);
  assert_empty();
  assert_int_equal(ct_transport_begin(&transport, &position, 48000U),
                   CT_MOVE_NONE);
  assert_int_equal(ct_transport_range(&transport).begin, 0);
  assert_int_equal(ct_transport_range(&transport).end, 1920);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_position_runs_freely),
    cmocka_unit_test(no_meter_keeps_the_default),
    cmocka_unit_test(nonsense_does_no_harm),
    cmocka_unit_test(no_frames_take_no_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

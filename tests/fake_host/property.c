// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "property.h"

#include <math.h>
#include <string.h>

void
assert_whole_notes(const FakeHost* host)
{
  assert_int_equal(host->n_disorders, 0);
  assert_int_equal(host->notes.n_stray_off, 0);
  assert_int_equal(host->notes.n_sounding, 0);
}

void
stop_and_free(FakeHost* host)
{
  fake_host_stop(host);
  fake_host_run(host, 512);
  assert_whole_notes(host);
  fake_host_free(host);
}

void
assert_music(const FakeHost* host, const size_t n_notes)
{
  assert_in_range(host->notes.n_notes, n_notes, UINT32_MAX);
}

void
assert_same_messages(const FakeHost* a, const FakeHost* b)
{
  assert_int_equal(a->n_messages, b->n_messages);
  for (size_t i = 0U; i < a->n_messages; ++i) {
    const FakeMessage* const in_a = &a->messages[i];
    const FakeMessage* const in_b = &b->messages[i];
    assert_int_equal(in_a->time, in_b->time);
    assert_int_equal(in_a->size, in_b->size);
    assert_memory_equal(in_a->data, in_b->data, in_a->size);
    assert_int_equal(in_a->part, in_b->part);
  }
}

static bool
is_onset_in(const FakeMessage* message, const double start, const double end)
{
  const double slack = 1e-4; // Less than a tick, more than a frame's rounding
  return fake_message_is_on(message) && message->quarter >= start - slack &&
         message->quarter < end - slack;
}

static bool
has_onset(const FakeHost* host, const FakeMessage* onset)
{
  for (size_t i = 0U; i < host->n_messages; ++i) {
    const FakeMessage* const other = &host->messages[i];
    if (other->time == onset->time &&
        !memcmp(other->data, onset->data, sizeof(onset->data))) {
      return true;
    }
  }
  return false;
}

size_t
count_same_onsets(const FakeHost* a,
                  const FakeHost* b,
                  const double    start,
                  const double    end)
{
  size_t n_same = 0U;
  for (size_t i = 0U; i < a->n_messages; ++i) {
    if (is_onset_in(&a->messages[i], start, end) &&
        has_onset(b, &a->messages[i])) {
      ++n_same;
    }
  }
  return n_same;
}

size_t
count_onsets(const FakeHost* host, const double start, const double end)
{
  size_t n_onsets = 0U;
  for (size_t i = 0U; i < host->n_messages; ++i) {
    n_onsets += is_onset_in(&host->messages[i], start, end) ? 1U : 0U;
  }
  return n_onsets;
}

void
assert_has_onsets(const FakeHost* a,
                  const FakeHost* b,
                  const int64_t   begin,
                  const int64_t   end)
{
  for (size_t i = 0U; i < a->n_messages; ++i) {
    const FakeMessage* const message = &a->messages[i];
    if (fake_message_is_on(message) && message->time >= begin &&
        message->time < end) {
      assert_true(has_onset(b, message));
    }
  }
}

void
assert_on_grid(const FakeHost* host)
{
  const double frame_in_quarters =
    host->transport.tempo / (60.0 * host->sample_rate);
  for (size_t i = 0U; i < host->n_messages; ++i) {
    const FakeMessage* const message = &host->messages[i];
    if (fake_message_is_on(message)) {
      const double step  = round(message->quarter * GRID) / GRID;
      const double error = fabs(message->quarter - step);
      assert_true(error <= frame_in_quarters);
    }
  }
}

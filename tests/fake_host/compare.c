// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "compare.h"

#include "script.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A note that came this much later is still the same one: a sixty-fourth
static const double late_quarters = 1.0 / 16.0;

bool
is_whole(const FakeHost* host)
{
  const bool whole = host->n_disorders == 0U && host->notes.n_stray_off == 0U &&
                     host->notes.n_sounding == 0U &&
                     host->passed.n_stray_off == 0U &&
                     host->passed.n_sounding == 0U;
  if (!whole) {
    fprintf(stderr,
            "out of order %zu, offs without a note %zu, notes left on %zu; of "
            "what passes through: %zu, %zu\n",
            host->n_disorders,
            host->notes.n_stray_off,
            host->notes.n_sounding,
            host->passed.n_stray_off,
            host->passed.n_sounding);
  }
  return whole;
}

static void
print_message(const char* name, const FakeHost* host, const size_t i)
{
  if (i >= host->n_messages) {
    fprintf(stderr, "  %s: no message %zu\n", name, i);
    return;
  }
  const FakeMessage* const message = &host->messages[i];
  fprintf(stderr,
          "  %s: message %zu at frame %" PRId64 ", tick %.3f: %02x %02x %02x\n",
          name,
          i,
          message->time,
          message->quarter * SCRIPT_QUARTER,
          message->data[0],
          message->data[1],
          message->data[2]);
}

/// Print the place where two hosts' messages part, with one of before
static void
print_parting(const FakeHost* a, const FakeHost* b, const size_t i)
{
  fprintf(stderr, "messages: %zu and %zu\n", a->n_messages, b->n_messages);
  for (size_t j = i ? i - 1U : 0U; j <= i + 1U; ++j) {
    print_message("one", a, j);
    print_message("other", b, j);
  }
}

static bool
is_same_data(const FakeMessage* a, const FakeMessage* b)
{
  return a->size == b->size && a->part == b->part &&
         !memcmp(a->data, b->data, a->size);
}

bool
is_same_messages(const FakeHost* a, const FakeHost* b)
{
  size_t i = 0U;
  while (i < a->n_messages && i < b->n_messages &&
         a->messages[i].time == b->messages[i].time &&
         is_same_data(&a->messages[i], &b->messages[i])) {
    ++i;
  }
  if (i < a->n_messages || i < b->n_messages) {
    print_parting(a, b, i);
    return false;
  }
  return true;
}

bool
is_same_ticks(const FakeHost* a, const FakeHost* b)
{
  const double less_than_tick = 0.9;

  size_t i = 0U;
  while (i < a->n_messages && i < b->n_messages &&
         fabs(a->messages[i].quarter - b->messages[i].quarter) *
             SCRIPT_QUARTER <
           less_than_tick &&
         is_same_data(&a->messages[i], &b->messages[i])) {
    ++i;
  }
  if (i < a->n_messages || i < b->n_messages) {
    print_parting(a, b, i);
    return false;
  }
  return true;
}

/// Index of the first note at or after `frame`
static size_t
find_note(const FakeHost* host, const int64_t frame)
{
  size_t i = 0U;
  while (i < host->notes.n_notes && host->notes.notes[i].frame < frame) {
    ++i;
  }
  return i;
}

/// Whether a note from before `begin` has a part in the length of `note`: it
/// sounds on its key, or on that of one that does, and so on
static bool
is_covered(const FakeHost* host, const int64_t begin, const ListedNote* note)
{
  bool    covered = false;
  int64_t end     = INT64_MIN;
  for (const ListedNote* other = host->notes.notes; other < note; ++other) {
    if (other->pitch == note->pitch && other->channel == note->channel) {
      covered = other->frame < begin || (covered && end >= other->frame);
      end     = other->frame + other->n_frames;
    }
  }
  return covered && end >= note->frame;
}

static void
print_note(const char* name, const HeardSpan* span, const size_t i)
{
  const NoteList* const list = &span->host->notes;
  if (i >= list->n_notes || list->notes[i].frame >= span->end) {
    fprintf(stderr, "  %s: no further note\n", name);
    return;
  }
  const ListedNote* const note = &list->notes[i];
  fprintf(stderr,
          "  %s: frame %" PRId64 " of the span, %" PRId64
          " frames, pitch %d, velocity %d, channel %d\n",
          name,
          note->frame - span->begin,
          note->n_frames,
          note->pitch,
          note->velocity,
          note->channel);
}

static bool
is_same_note(const HeardSpan*  a,
             const ListedNote* in_a,
             const HeardSpan*  b,
             const ListedNote* in_b)
{
  const bool is_same = in_a->frame - a->begin == in_b->frame - b->begin &&
                       in_a->pitch == in_b->pitch &&
                       in_a->velocity == in_b->velocity &&
                       in_a->channel == in_b->channel;
  return is_same && (in_a->n_frames == in_b->n_frames ||
                     is_covered(a->host, a->begin, in_a) ||
                     is_covered(b->host, b->begin, in_b));
}

/// The notes of a span, by their indices
typedef struct {
  size_t begin;
  size_t end;
} NoteRange;

static NoteRange
find_notes(const HeardSpan* span)
{
  return (NoteRange){find_note(span->host, span->begin),
                     find_note(span->host, span->end)};
}

/// How many notes two spans have in common before they part
static size_t
count_same_notes(const HeardSpan* a, const HeardSpan* b)
{
  const NoteRange in_a = find_notes(a);
  const NoteRange in_b = find_notes(b);
  size_t          n    = 0U;
  while (in_a.begin + n < in_a.end && in_b.begin + n < in_b.end &&
         is_same_note(a,
                      &a->host->notes.notes[in_a.begin + n],
                      b,
                      &b->host->notes.notes[in_b.begin + n])) {
    ++n;
  }
  return n;
}

size_t
count_heard_notes(const HeardSpan span)
{
  const NoteRange range = find_notes(&span);
  return range.end - range.begin;
}

bool
has_same_notes(const HeardSpan a, const HeardSpan b)
{
  const size_t n = count_same_notes(&a, &b);
  return n == count_heard_notes(a) && n == count_heard_notes(b);
}

bool
is_same_notes(const HeardSpan a, const HeardSpan b)
{
  if (has_same_notes(a, b)) {
    return true;
  }
  const size_t n = count_same_notes(&a, &b);
  fprintf(stderr,
          "notes: %zu and %zu; number %zu differs\n",
          count_heard_notes(a),
          count_heard_notes(b),
          n);
  print_note("one", &a, find_notes(&a).begin + n);
  print_note("other", &b, find_notes(&b).begin + n);
  return false;
}

/// Find the note of `list` that `note` is, on time or late, and not `taken` yet
static size_t
find_late(const FakeHost*   host,
          const bool*       taken,
          const ListedNote* note,
          const int64_t     max_late)
{
  const NoteList* const list = &host->notes;
  size_t                i    = find_note(host, note->frame);
  while (i < list->n_notes && list->notes[i].frame <= note->frame + max_late &&
         (taken[i] || list->notes[i].pitch != note->pitch ||
          list->notes[i].velocity != note->velocity ||
          list->notes[i].channel != note->channel)) {
    ++i;
  }
  return i < list->n_notes && list->notes[i].frame <= note->frame + max_late
           ? i
           : list->n_notes;
}

bool
is_same_but_late(const FakeHost* reference,
                 const FakeHost* live,
                 uint32_t*       n_late)
{
  bool* const taken = calloc(live->notes.n_notes + 1U, sizeof(*taken));
  if (!taken) {
    abort();
  }
  const double  slowest = 40.0;
  const int64_t max_late =
    (int64_t)(late_quarters * live->sample_rate * 60.0 / slowest);
  size_t n_matched = 0U;
  *n_late          = 0U;
  for (size_t i = 0U; i < reference->notes.n_notes; ++i) {
    const ListedNote* const note = &reference->notes.notes[i];
    const size_t            j    = find_late(live, taken, note, max_late);
    const bool              has  = j < live->notes.n_notes;
    n_matched += has;
    taken[j] = true;
    *n_late += !has || live->notes.notes[j].frame != note->frame;
  }
  free(taken);

  const float n_counted =
    continuo_get_param(live->continuo, CONTINUO_LATE_NOTES);
  const bool is_same =
    n_matched == live->notes.n_notes && (float)*n_late <= n_counted;
  if (!is_same) {
    fprintf(stderr,
            "notes: %zu, live %zu of which the same %zu, late or missing %u, "
            "counted as late %g\n",
            reference->notes.n_notes,
            live->notes.n_notes,
            n_matched,
            *n_late,
            (double)n_counted);
    (void)is_same_messages(reference, live);
  }
  return is_same;
}

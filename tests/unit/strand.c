// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file strand.c What the older designs share, with tiny designs that know no
/// music

#include "gen/strand.h"

#include "base/rng.h"
#include "fixture.h"
#include "gen/interpret.h"
#include "gen/kind.h"
#include "gen/strand_draw.h"
#include "gen/strand_load.h"
#include "music/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define BAR ((CtTick)CT_TICKS_PER_WHOLE)
#define N_BARS 40
#define N_LABELS 40U
#define N_TICKS 6U
#define LOWEST 45U
#define KEYS 128U

static const CtMeter common = {4U, 4U};

/// How a tiny network behaves
typedef struct {
  bool is_stuck;  ///< All its events would come at once
  bool is_silent; ///< It would rather rest
} Net;

static const Net*
net_of(const CtStrandPlace* const place)
{
  return (const Net*)place->model->net;
}

/// What the network of a strand makes of what it has heard so far
static void
ask(const CtStrandPlace* const place,
    const uint32_t             head,
    float* const               logits,
    const uint32_t             n)
{
  const uint64_t heard = (uint64_t)place->state[0];
  for (uint32_t i = 0U; i < n; ++i) {
    logits[i] = 3.0F * ct_coin(ct_key(heard, head, i, place->strand));
  }
}

static size_t
one(const void* const net)
{
  (void)net;
  return 1U;
}

static void
hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  place->state[0] =
    (float)((((uint32_t)place->state[0] * 31U) + row->classes[0] + 1U) %
            65521U);
}

static void
start(const CtStrandPlace* const place)
{
  place->state[0] = 1.0F;
}

static int64_t
advance(const CtStrandPlace* const place, const int64_t least)
{
  const CtStrandModel* const model = place->model;
  float                      logits[N_TICKS];
  ask(place, 1U, logits, N_TICKS);
  logits[0] += net_of(place)->is_stuck ? 100.0F : 0.0F;
  return ct_strand_sample_ticks(
    place, logits, model->offsets, model->n_offsets, least);
}

static void
draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtStrandModel* const model = place->model;
  float                      logits[N_LABELS];
  float                      lengths[N_TICKS];
  CtStrandRow                row = {{0U}, {0.0F}};
  ask(place, 2U, logits, N_LABELS);
  ask(place, 3U, lengths, model->n_durations);
  logits[0] += net_of(place)->is_silent ? 100.0F : 0.0F;
  ct_strand_constrain(place, logits);
  row.classes[0] =
    (uint16_t)ct_strand_sample(place, CT_STRAND_HEAD_PITCH, logits, N_LABELS);
  const uint32_t length = ct_strand_sample(
    place, CT_STRAND_HEAD_DURATION, lengths, model->n_durations);
  event->duration = model->durations[length];
  event->part     = place->strand ? CT_PART_LEFT : CT_PART_RIGHT;
  ct_strand_play(event, &model->strands[0].labels[row.classes[0]]);
  hear(place, &row);
}

static void
open_up(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  draw(place, event);
  event->duration = place->model->unit;
  event->is_open  = true;
}

static void
extend(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  const CtStrandRow row = {{1U}, {0.0F}};
  event->is_open        = ct_strand_coin(place, CT_STRAND_HEAD_HOLD) < 0.6F;
  if (event->is_open) {
    event->duration += place->model->unit;
    hear(place, &row);
  }
}

#define SHARED \
  .state_size = one, .scratch_size = one, .start = start, .hear = hear

/// Chords that overlap; two lines without gaps; notes that go on by steps
static const CtStrandDesign chords = {.n_strands = 1U,
                                      .advance   = advance,
                                      .draw      = draw,
                                      SHARED};
static const CtStrandDesign lines  = {.n_strands = 2U, .draw = draw, SHARED};
static const CtStrandDesign steps  = {.n_strands = 1U,
                                      .draw      = open_up,
                                      .extend    = extend,
                                      SHARED};

static const CtKind kind = {.name = "tiny", CT_STRAND_FUNCTIONS};

/// A model of a tiny design
typedef struct {
  CtModel       model;
  CtStrandModel own;
  Net           net;
  CtLabel       labels[N_LABELS];
  float         openings[2U * CT_MAX_STRANDS];
} Tiny;

static void
make(Tiny* const tiny, const CtStrandDesign* const design)
{
  static const int32_t offsets[N_TICKS]   = {0, 240, 480, 720, 960, 1920};
  static const int32_t durations[N_TICKS] = {40, 240, 320, 960, 1440, 5000};

  memset(tiny, 0, sizeof(*tiny));
  for (uint32_t i = 1U; i < N_LABELS; ++i) { // The first is a rest
    const uint8_t key = (uint8_t)(LOWEST + i);
    tiny->labels[i] =
      (CtLabel){(uint8_t)(1U + (i % 3U)),
                {key, (uint8_t)(key - 4U), (uint8_t)(key - 7U)}};
  }
  tiny->own.design              = design;
  tiny->own.net                 = &tiny->net;
  tiny->own.n_offsets           = N_TICKS;
  tiny->own.n_durations         = N_TICKS;
  tiny->own.unit                = 240;
  tiny->own.n_state             = 1U;
  tiny->own.openings            = tiny->openings;
  tiny->own.strands[0].labels   = tiny->labels;
  tiny->own.strands[1].labels   = tiny->labels;
  tiny->own.strands[0].n_labels = N_LABELS;
  tiny->own.strands[1].n_labels = N_LABELS;
  memcpy(tiny->own.offsets, offsets, sizeof(offsets));
  memcpy(tiny->own.durations, durations, sizeof(durations));
  for (uint32_t i = 0U; i < 2U * CT_MAX_STRANDS; ++i) {
    tiny->openings[i] = (float)(10U + i);
  }
  tiny->model.kind           = &kind;
  tiny->model.design         = &tiny->own;
  tiny->model.codec.n_styles = 1U;
}

static const CtStrandDesign* const designs[] = {&chords, &lines, &steps};

#define N_DESIGNS (sizeof(designs) / sizeof(designs[0]))

/// Fail unless each note can be played and is what was wished
static void
assert_playable(const CtTake* const take, const CtSettings* const settings)
{
  static CtNote notes[FIXTURE_MAX_NOTES];
  CtTick        ends[KEYS] = {0};
  const size_t  n = fixture_notes(&take->sheet, 0, N_BARS * BAR, notes);
  assert_true(n > 0U);
  assert_int_equal(notes[0].tick, 0);
  for (size_t i = 0U; i < n; ++i) {
    const CtNote* const note = &notes[i];
    assert_true(note->duration > 0);
    assert_true(note->pitch >= settings->low && note->pitch <= settings->high);
    assert_true(ends[note->pitch] <= note->tick); // It is not down already
    assert_true(note->part < CT_N_PARTS);
    assert_int_equal(note->channel,
                     settings->channel_mode == CT_CHANNEL_PER_PART ? note->part
                                                                   : 0U);
    if (settings->scale_lock == 1.0F) {
      assert_true(ct_scale_contains(ct_interpret_scale(settings), note->pitch));
    }
    ends[note->pitch] = note->tick + note->duration;
  }
}

static CtTake
written(const CtModel* const model, const CtSettings* const settings)
{
  CtTake take;
  fixture_take(&take, model, settings, common);
  fixture_extend(&take, N_BARS * BAR);
  return take;
}

static void
all_can_be_played(void** const state)
{
  (void)state;
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    Tiny tiny;
    make(&tiny, designs[d]);
    for (uint32_t i = 0U; i < 40U; ++i) {
      CtSettings settings   = fixture_settings();
      settings.seed         = i;
      settings.key          = i % 12U;
      settings.scale        = i % 3U;
      settings.scale_lock   = i % 2U ? 1.0F : 0.3F;
      settings.octave       = (int32_t)(i % 7U) - 3;
      settings.low          = 30U + i;
      settings.high         = settings.low + (i % 4U ? 2U * i : 2U);
      settings.channel_mode = i % 2U;
      settings.top_k        = i % 5U;
      CtTake take           = written(&tiny.model, &settings);
      assert_playable(&take, &settings);
      ct_take_clear(&take);
    }
  }
}

static void
the_same_place_gives_the_same_notes(void** const state)
{
  (void)state;
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    Tiny             tiny;
    const CtSettings settings = fixture_settings();
    CtSettings       other    = settings;
    other.seed                = settings.seed + 1U;
    make(&tiny, designs[d]);
    CtTake whole   = written(&tiny.model, &settings);
    CtTake again   = written(&tiny.model, &settings);
    CtTake another = written(&tiny.model, &other);
    fixture_assert_same(&whole, &again, 0, N_BARS * BAR);
    assert_false(fixture_is_same(&whole, &another, 0, N_BARS * BAR));

    // From anywhere on
    for (CtTick from = BAR / 2; from < N_BARS * BAR; from += 7 * BAR) {
      CtTake take;
      fixture_take(&take, &tiny.model, &settings, common);
      fixture_extend_from(&take, from, N_BARS * BAR);
      fixture_assert_same(&whole, &take, from, N_BARS * BAR);
      ct_take_clear(&take);
    }
    ct_take_clear(&whole);
    ct_take_clear(&again);
    ct_take_clear(&another);
  }
}

static void
sections_differ(void** const state)
{
  (void)state;
  static CtNote notes[2][FIXTURE_MAX_NOTES];
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    Tiny             tiny;
    const CtSettings settings = fixture_settings();
    make(&tiny, designs[d]);
    CtTake       take = written(&tiny.model, &settings);
    const size_t n    = fixture_notes(&take.sheet, 8 * BAR, 16 * BAR, notes[0]);
    const size_t m = fixture_notes(&take.sheet, 16 * BAR, 24 * BAR, notes[1]);
    assert_int_equal(notes[0][0].tick, 8 * BAR); // Each begins at its bar line
    assert_int_equal(notes[1][0].tick, 16 * BAR);
    assert_true(n != m || notes[0][1].pitch != notes[1][1].pitch ||
                notes[0][2].pitch != notes[1][2].pitch);
    ct_take_clear(&take);
  }
}

static void
a_wish_acts_where_it_begins(void** const state)
{
  (void)state;
  static const CtTick ticks[] = {240, BAR, (3 * BAR) + 480, (8 * BAR) - 240};
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    Tiny             tiny;
    const CtSettings settings = fixture_settings();
    CtSettings       high     = settings;
    high.low                  = 90U;
    make(&tiny, designs[d]);
    CtTake plain = written(&tiny.model, &settings);
    for (size_t t = 0U; t < sizeof(ticks) / sizeof(ticks[0]); ++t) {
      static CtNote notes[FIXTURE_MAX_NOTES];
      CtTake        late  = written(&tiny.model, &settings);
      CtTake        early = {0};
      fixture_take(&early, &tiny.model, &settings, common);
      assert_int_equal(ct_take_wish(&late, ticks[t], &high), CT_SUCCESS);
      assert_int_equal(ct_take_wish(&early, ticks[t], &high), CT_SUCCESS);
      fixture_extend(&late, N_BARS * BAR);
      fixture_extend(&early, N_BARS * BAR);
      fixture_assert_same(&plain, &late, 0, ticks[t]);
      fixture_assert_same(&early, &late, 0, N_BARS * BAR);
      const size_t n =
        fixture_notes(&late.sheet, ticks[t], N_BARS * BAR, notes);
      assert_true(n > 0U);
      for (size_t i = 0U; i < n; ++i) {
        assert_true(notes[i].pitch >= high.low);
      }
      ct_take_clear(&late);
      ct_take_clear(&early);
    }
    ct_take_clear(&plain);
  }
}

static void
neither_silence_nor_a_heap_lasts(void** const state)
{
  (void)state;
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    Tiny tiny;
    make(&tiny, designs[d]);
    tiny.net.is_stuck   = true;
    tiny.net.is_silent  = true;
    CtSettings settings = fixture_settings();
    settings.top_k      = 1U;
    CtTake take         = written(&tiny.model, &settings);
    for (CtTick bar = 0; bar < N_BARS * BAR; bar += 2 * BAR) {
      static CtNote notes[FIXTURE_MAX_NOTES];
      const size_t  n = fixture_notes(&take.sheet, bar, bar + (2 * BAR), notes);
      assert_true(n > 0U && n < 400U);
    }
    ct_take_clear(&take);
  }
}

static void
any_meter_will_do(void** const state)
{
  (void)state;
  static const CtMeter meters[] = {{3U, 4U}, {7U, 8U}, {1U, 16U}, {15U, 4U}};
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    for (size_t m = 0U; m < sizeof(meters) / sizeof(meters[0]); ++m) {
      Tiny             tiny;
      CtTake           take;
      const CtSettings settings = fixture_settings();
      make(&tiny, designs[d]);
      fixture_take(&take, &tiny.model, &settings, meters[m]);
      fixture_extend(&take, N_BARS * BAR);
      assert_playable(&take, &settings);
      ct_take_clear(&take);
    }
  }
}

static void
notes_of_a_draft_are_those_of_the_take(void** const state)
{
  (void)state;
  for (size_t d = 0U; d < N_DESIGNS; ++d) {
    Tiny             tiny;
    CtTake           take;
    CtDraft          draft;
    const CtSettings settings = fixture_settings();
    make(&tiny, designs[d]);
    memset(&draft, 0, sizeof(draft));
    assert_int_equal(ct_generator_init(&draft.generator, &tiny.model),
                     CT_SUCCESS);
    fixture_take(&take, &tiny.model, &settings, common);
    while (ct_take_horizon(&take, 0) < N_BARS * BAR) {
      assert_int_equal(ct_take_reserve(&take), CT_SUCCESS);
      assert_int_equal(ct_take_begin_draft(&take, 0, &draft), CT_SUCCESS);
      ct_draft_draw(&draft);
      ct_take_end_draft(&take, &draft);
    }
    CtTake whole = written(&tiny.model, &settings);
    fixture_assert_same(&whole, &take, 0, N_BARS * BAR);
    ct_take_clear(&whole);
    ct_take_clear(&take);
    ct_generator_clear(&draft.generator);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_can_be_played),
    cmocka_unit_test(the_same_place_gives_the_same_notes),
    cmocka_unit_test(sections_differ),
    cmocka_unit_test(a_wish_acts_where_it_begins),
    cmocka_unit_test(neither_silence_nor_a_heap_lasts),
    cmocka_unit_test(any_meter_will_do),
    cmocka_unit_test(notes_of_a_draft_are_those_of_the_take),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

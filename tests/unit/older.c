// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file older.c Small models of the older designs play, hear and score, and
/// each way that their tables can be wrong is refused

#include "gen/kind.h"

#include "base/file.h"
#include "fixture.h"
#include "gen/hearing.h"
#include "gen/scorer.h"
#include "gen/strand.h"
#include "gen/strand_notes.h"
#include "model/activation.h"
#include "model/design.h"
#include "music/smf.h"
#include "music/typed.h"
#include "parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PATH 1024U
#define BAR ((CtTick)CT_TICKS_PER_WHOLE)
#define N_BARS 20
#define KEYS 128U
#define MAX_ROWS 512U

static const CtMeter common = {4U, 4U};

static const char* const kinds[] = {"four_features",
                                    "two_clefs",
                                    "regression",
                                    "three_models",
                                    "symbols_attention",
                                    "symbols_gru",
                                    "symbols_vae"};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static const char*
path_of(const char* const kind)
{
  static char path[MAX_PATH];
  (void)snprintf(path, sizeof(path), "%s/%s.safetensors", OLDER_PATH, kind);
  return path;
}

static CtModel*
load_kind(const char* const kind)
{
  CtModel* model = NULL;
  assert_int_equal(ct_model_load_file(path_of(kind), &model), CT_SUCCESS);
  return model;
}

static CtStatus
load(const uint8_t* const bytes, const size_t size)
{
  CtModel*       model = NULL;
  const CtStatus st    = ct_model_load(bytes, size, &model);
  assert_true((st == CT_SUCCESS) == (model != NULL));
  ct_model_free(model);
  return st;
}

static CtScore
read_hymn(void)
{
  CtScore      score = ct_score_init();
  CtMappedFile file  = {NULL, 0U};
  assert_int_equal(ct_file_map(MIDI_PATH, &file), CT_SUCCESS);
  assert_int_equal(ct_smf_read(file.bytes, file.size, &score), CT_SUCCESS);
  ct_file_unmap(&file);
  return score;
}

static void
each_says_what_it_is(void** const state)
{
  (void)state;
  for (size_t k = 0U; k < N_KINDS; ++k) {
    CtModel* const model = load_kind(kinds[k]);
    assert_string_equal(model->kind->name, kinds[k]);
    assert_int_equal(model->codec.n_styles, 1U);
    assert_true(strlen(model->description) > 0U);
    assert_true(model->n_weights > 0U);
    ct_model_free(model);
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
each_plays_the_same_from_anywhere(void** const state)
{
  (void)state;
  for (size_t k = 0U; k < N_KINDS; ++k) {
    CtModel* const   model    = load_kind(kinds[k]);
    const CtSettings settings = fixture_settings();
    CtTake           whole    = written(model, &settings);
    for (CtTick from = 0; from < N_BARS * BAR; from += 5 * BAR + 60) {
      CtTake take;
      fixture_take(&take, model, &settings, common);
      fixture_extend_from(&take, from, N_BARS * BAR);
      fixture_assert_same(&whole, &take, from, N_BARS * BAR);
      ct_take_clear(&take);
    }
    ct_take_clear(&whole);
    ct_model_free(model);
  }
}

static void
each_keeps_to_what_is_wished(void** const state)
{
  (void)state;
  static CtNote notes[FIXTURE_MAX_NOTES];
  for (size_t k = 0U; k < N_KINDS; ++k) {
    CtModel* const model = load_kind(kinds[k]);
    for (uint32_t i = 0U; i < 12U; ++i) {
      CtSettings settings   = fixture_settings();
      CtTick     ends[KEYS] = {0};
      settings.key          = i;
      settings.scale        = i % 2U;
      settings.scale_lock   = 1.0F;
      settings.low          = 48U + i;
      settings.high         = 62U + (2U * i);
      settings.seed         = i;
      CtTake       take     = written(model, &settings);
      const CtKey  key      = {(uint8_t)i,
                         settings.scale ? CT_MODE_MINOR : CT_MODE_MAJOR};
      const size_t n = fixture_notes(&take.sheet, 0, N_BARS * BAR, notes);
      assert_true(n > 0U && notes[0].tick == 0);
      for (size_t j = 0U; j < n; ++j) {
        const CtNote* const note = &notes[j];
        assert_true(note->pitch >= settings.low &&
                    note->pitch <= settings.high);
        assert_true(ct_scale_contains(ct_scale(key), note->pitch));
        assert_true(note->duration > 0 && ends[note->pitch] <= note->tick);
        ends[note->pitch] = note->tick + note->duration;
      }
      ct_take_clear(&take);
    }
    ct_model_free(model);
  }
}

/// A take that goes on from a score
static CtTake
primed(const CtModel* const model, const CtScore* const score)
{
  const CtSettings settings = fixture_settings();
  CtMoment* const  moment   = (CtMoment*)calloc(1U, ct_moment_size(model));
  CtTake           take;
  assert_non_null(moment);
  fixture_take(&take, model, &settings, common);
  assert_int_equal(ct_hear(model, score, 0U, moment), CT_SUCCESS);
  assert_int_equal(ct_take_prime(&take, moment), CT_SUCCESS);
  fixture_extend(&take, N_BARS * BAR);
  free(moment);
  return take;
}

static void
each_goes_on_from_what_it_heard(void** const state)
{
  (void)state;
  size_t  n_differ = 0U;
  CtScore hymn     = read_hymn();
  CtScore scale    = ct_score_init();
  assert_int_equal(
    ct_typed_read("60 _ 62 _ 64 _ 65 _ 67 _ _ 69 71 _ 72 _ _", &scale),
    CT_SUCCESS);
  for (size_t k = 0U; k < N_KINDS; ++k) {
    CtModel* const   model    = load_kind(kinds[k]);
    const CtSettings settings = fixture_settings();
    CtTake           plain    = written(model, &settings);
    CtTake           one      = primed(model, &hymn);
    CtTake           again    = primed(model, &hymn);
    CtTake           other    = primed(model, &scale);
    fixture_assert_same(&one, &again, 0, N_BARS * BAR);
    n_differ += !fixture_is_same(&one, &other, 0, N_BARS * BAR) &&
                !fixture_is_same(&one, &plain, 0, N_BARS * BAR);
    ct_take_clear(&plain);
    ct_take_clear(&one);
    ct_take_clear(&again);
    ct_take_clear(&other);
    ct_model_free(model);
  }
  assert_true(n_differ > N_KINDS / 2U); // Some so small forget within a note
  ct_score_free(&hymn);
  ct_score_free(&scale);
}

/// What a network says of all rows but the last, run as a whole: the cost of
/// column `column` of the rows that follow
static double
cost_of(const CtNetwork* const network,
        const uint16_t* const  told,
        const uint32_t         n,
        const uint32_t         first,
        const uint32_t         n_classes,
        const uint32_t         column)
{
  const size_t size    = network->scratch_size(network, n);
  float* const scratch = (float*)calloc(size, sizeof(float));
  float* const outputs =
    (float*)calloc((size_t)n * network->n_outputs, sizeof(float));
  const CtTowerInput input = {told, NULL, 0U, network->n_classes};
  double             cost  = 0.0;
  assert_true(scratch && outputs);
  network->run(network, &input, n, ct_matrix_multiply_window, scratch, outputs);
  for (uint32_t t = 0U; t + 1U < n; ++t) {
    const float* const logits =
      outputs + ((size_t)t * network->n_outputs) + first;
    cost += ct_log_sum_exp(logits, n_classes) -
            logits[told[((t + 1U) * network->n_classes) + column]];
  }
  free(scratch);
  free(outputs);
  return cost;
}

/// The rows of a strand, behind the one that a network begins with
static uint32_t
rows_of(const CtModel* const  model,
        const uint32_t        strand,
        const uint32_t        column,
        const uint32_t        n_columns,
        const uint16_t* const nothing,
        uint16_t* const       told)
{
  const CtStrandModel* const own   = ct_strand_model(model);
  CtScore                    score = read_hymn();
  CtStrandNotes              notes = {NULL, 0U};
  CtStrandRows               rows  = {0};
  assert_int_equal(ct_strand_notes_read(&score, &notes), CT_SUCCESS);
  own->design->encode(own, &notes, strand, &rows);
  assert_int_equal(rows.status, CT_SUCCESS);
  assert_true(rows.n_rows > 8U && rows.n_rows < MAX_ROWS - 1U);
  memcpy(told, nothing, n_columns * sizeof(uint16_t));
  for (size_t i = 0U; i < rows.n_rows; ++i) {
    memcpy(told + ((i + 1U) * n_columns),
           rows.rows[i].classes + column,
           n_columns * sizeof(uint16_t));
  }
  const uint32_t n = (uint32_t)rows.n_rows + 1U;
  free(rows.rows);
  ct_strand_notes_clear(&notes);
  ct_score_free(&score);
  return n;
}

static CtNats
nats_of(const CtModel* const model)
{
  CtScore score = read_hymn();
  CtNats  nats;
  assert_int_equal(ct_score_nats(model, &score, 0U, &nats), CT_SUCCESS);
  ct_score_free(&score);
  return nats;
}

static void
scores_are_those_of_the_whole_run(void** const state)
{
  (void)state;
  static const uint16_t pad        = 0U;
  static const uint16_t nothing[4] = {5U, 6U, 9U, 3U};
  static const uint16_t no_label   = 11U;
  uint16_t              told[4U * MAX_ROWS];
  CtNetwork             networks[CT_MAX_NETWORKS];

  CtModel* model = load_kind("symbols_gru");
  CtNats   nats  = nats_of(model);
  uint32_t n     = rows_of(model, 0U, 0U, 1U, &pad, told);
  (void)model->kind->networks(model, networks);
  assert_int_equal(nats.n_notes, n - 1U);
  assert_true(fabs(nats.nats[CT_HEAD_PITCH] -
                   cost_of(&networks[0], told, n, 0U, CT_N_SYMBOLS, 0U)) <
              0.01);
  ct_model_free(model);

  model = load_kind("four_features");
  nats  = nats_of(model);
  n     = rows_of(model, 0U, 0U, 4U, nothing, told);
  (void)model->kind->networks(model, networks);
  assert_true(fabs(nats.nats[CT_HEAD_DURATION] -
                   cost_of(&networks[0], told, n, 5U, 6U, 1U)) < 0.01);
  assert_true(fabs(nats.nats[CT_HEAD_PART] -
                   cost_of(&networks[0], told, n, 20U, 3U, 3U)) < 0.01);
  ct_model_free(model);

  model = load_kind("three_models");
  nats  = nats_of(model);
  n     = rows_of(model, 0U, 0U, 1U, &no_label, told);
  (void)model->kind->networks(model, networks);
  assert_true(fabs(nats.nats[CT_HEAD_PITCH] -
                   cost_of(&networks[0], told, n, 0U, 11U, 0U)) < 0.01);
  ct_model_free(model);
}

static void
designs_without_odds_do_not_score(void** const state)
{
  (void)state;
  static const char* const without[] = {"regression", "symbols_vae"};
  CtScore                  score     = read_hymn();
  for (size_t i = 0U; i < 2U; ++i) {
    CtNats         nats;
    CtModel* const model = load_kind(without[i]);
    assert_int_equal(ct_score_nats(model, &score, 0U, &nats), CT_MODEL_NO_ODDS);
    ct_model_free(model);
  }
  ct_score_free(&score);
}

static void
tables_must_make_sense(void** const state)
{
  (void)state;
  static const struct {
    const char* kind;
    const char* path;
    const char* json;
    CtStatus    status;
  } cases[] = {
    {"symbols_gru", "kind", "\"symbols_tcn\"", CT_MODEL_BAD_KIND},
    {"symbols_gru", "kind", "\"symbols_vae\"", CT_MODEL_BAD_METADATA},
    {"symbols_gru", "format", "3", CT_MODEL_BAD_VERSION},
    {"symbols_gru", "styles", "[]", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "styles.0.ensemble", "6", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "styles.0.name", "7", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "codec", "null", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "codec.grid", "48", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "codec.unit", "0", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "codec.low", "120", CT_MODEL_BAD_TABLE},
    {"symbols_gru", "codec.low", "-3", CT_MODEL_BAD_TABLE},
    {"symbols_gru",
     "codec.symbols",
     "[\"_\", \"/\", \"r\"]",
     CT_MODEL_BAD_TABLE},
    {"symbols_gru", "opening", "null", CT_MODEL_BAD_OPENING},
    {"symbols_gru", "opening.minor", "[]", CT_MODEL_BAD_OPENING},
    {"symbols_gru", "opening.minor.0.0", "91", CT_MODEL_BAD_OPENING},
    {"symbols_gru", "opening.minor.0.0", "-1", CT_MODEL_BAD_OPENING},
    {"symbols_gru", "opening.major.0", "[1, 2]", CT_MODEL_BAD_OPENING},
    {"symbols_vae", "codec.walk", "1.5", CT_MODEL_BAD_TABLE},
    {"two_clefs", "codec.treble.part", "\"alto sax\"", CT_MODEL_BAD_TABLE},
    {"two_clefs", "codec.bass.labels", "[[60]]", CT_MODEL_BAD_TABLE},
    {"two_clefs", "codec.bass.labels.1.0", "128", CT_MODEL_BAD_TABLE},
    {"two_clefs", "codec.durations", "[1, 2]", CT_MODEL_BAD_TABLE},
    {"two_clefs", "codec.durations.0", "0", CT_MODEL_BAD_TABLE},
    {"two_clefs", "codec.top_k.notes", "-1", CT_MODEL_BAD_TABLE},
    {"two_clefs", "opening.major.bass", "[]", CT_MODEL_BAD_OPENING},
    {"four_features", "codec.offsets.1", "0", CT_MODEL_BAD_TABLE},
    {"four_features", "codec.instruments", "[]", CT_MODEL_BAD_TABLE},
    {"four_features", "codec.instruments.1.program", "128", CT_MODEL_BAD_TABLE},
    {"four_features",
     "codec.instruments.1.part",
     "\"organ\"",
     CT_MODEL_BAD_TABLE},
    {"four_features", "opening.major.0.2", "10", CT_MODEL_BAD_OPENING},
    {"three_models", "codec.labels.3", "[60, 128]", CT_MODEL_BAD_TABLE},
    {"three_models", "codec.offsets.0", "-3", CT_MODEL_BAD_TABLE},
    {"regression", "codec.pitch.scale", "\"64\"", CT_MODEL_BAD_TABLE},
    {"regression", "codec.pitch.scale", "0", CT_MODEL_BAD_TABLE},
    {"regression", "codec.duration.unit", "7.5e9", CT_MODEL_BAD_TABLE},
    {"regression", "opening.minor.0.1", "null", CT_MODEL_BAD_OPENING},
  };
  for (size_t i = 0U; i < sizeof(cases) / sizeof(cases[0]); ++i) {
    parts_expect(path_of(cases[i].kind),
                 load,
                 cases[i].path,
                 cases[i].json,
                 cases[i].status);
  }
}

static void
damaged_files_do_no_harm(void** const state)
{
  (void)state;
  for (size_t k = 0U; k < N_KINDS; ++k) {
    parts_truncate(path_of(kinds[k]), load, 12U);
    assert_true(parts_flip(path_of(kinds[k]), load, 60U, 10U, 300U) > 0U);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_says_what_it_is),
    cmocka_unit_test(each_plays_the_same_from_anywhere),
    cmocka_unit_test(each_keeps_to_what_is_wished),
    cmocka_unit_test(each_goes_on_from_what_it_heard),
    cmocka_unit_test(scores_are_those_of_the_whole_run),
    cmocka_unit_test(designs_without_odds_do_not_score),
    cmocka_unit_test(tables_must_make_sense),
    cmocka_unit_test(damaged_files_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file toward.c A model that sees pieces as points leads from one to another

#include "gen/scorer.h"

#include "fixture.h"
#include "gen/strand.h"
#include "model/latent.h"
#include "model/symbols_vae.h"
#include "music/typed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BAR ((CtTick)CT_TICKS_PER_WHOLE)
#define N_BARS 6
#define MAX_LATENT 64U

static const CtMeter     common = {4U, 4U};
static const char* const source = "60 _ 62 _ 64 _ 65 _ 67 _ _ 69 71 _ 72 _ _";
static const char* const goal   = "48 50 52 r _ 55 _ _ r r 48 _ 47 45 43 _ _ _";
static const float       nearness = 1e-5F;

/// A piece as it is typed.  @return For ct_score_free()
static CtScore
read_typed(const char* const text)
{
  CtScore score = ct_score_init();
  assert_int_equal(ct_typed_read(text, &score), CT_SUCCESS);
  return score;
}

static CtModel*
load_model(const char* const path)
{
  CtModel* model = NULL;
  assert_int_equal(ct_model_load_file(path, &model), CT_SUCCESS);
  return model;
}

/// What a model keeps of having heard a piece.  @return For free()
static CtMoment*
heard(const CtModel* const model, const char* const text)
{
  CtScore         score  = read_typed(text);
  CtMoment* const moment = (CtMoment*)calloc(1U, ct_moment_size(model));
  assert_non_null(moment);
  assert_int_equal(ct_hear(model, &score, 0U, moment), CT_SUCCESS);
  ct_score_free(&score);
  return moment;
}

static CtStatus
lead(const CtModel* const model, const CtTick length, CtMoment* const moment)
{
  CtScore        score = read_typed(goal);
  const CtStatus st    = ct_hear_toward(model, &score, length, moment);
  ct_score_free(&score);
  return st;
}

/// The point that is told
static const float*
point_of(CtMoment* const moment)
{
  return ct_strand_moment(moment)->states;
}

static bool
is_near(const float* const a, const float* const b, const uint32_t n)
{
  for (uint32_t i = 0U; i < n; ++i) {
    if (!(fabsf(a[i] - b[i]) < nearness)) {
      return false;
    }
  }
  return true;
}

static void
the_way_leads_from_one_piece_to_another(void** const state)
{
  (void)state;
  CtModel* const            model    = load_model(VAE_PATH);
  const CtSettings          settings = fixture_settings();
  const CtSymbolsVae* const net =
    (const CtSymbolsVae*)ct_strand_model(model)->net;
  CtMoment* const from = heard(model, source);
  CtMoment* const to   = heard(model, goal);
  const uint32_t  n    = net->n_latent;
  float           first[MAX_LATENT];
  assert_true(n <= MAX_LATENT);
  memcpy(first, point_of(from), n * sizeof(float));
  assert_false(is_near(first, point_of(to), n));
  assert_int_equal(lead(model, N_BARS * BAR, from), CT_SUCCESS);

  CtTake take;
  fixture_take(&take, model, &settings, common);
  assert_int_equal(ct_take_prime(&take, from), CT_SUCCESS);
  const CtTick   point = (CtTick)net->window * ct_strand_model(model)->unit;
  const uint32_t last  = (uint32_t)(N_BARS * BAR / point) - 1U;
  uint32_t       k     = 0U;
  for (CtTick tick = 0; k < last; tick += CT_PPQN) {
    // Where it is, or where it comes to next: none is left out
    float here[MAX_LATENT];
    float next[MAX_LATENT];
    fixture_extend(&take, tick + 1);
    const float* const z = point_of(take.generator.moment);
    ct_latent_between(first, point_of(to), n, (float)k / (float)last, here);
    ct_latent_between(
      first, point_of(to), n, (float)(k + 1U) / (float)last, next);
    k += is_near(z, here, n) ? 0U : 1U;
    assert_true(is_near(z, here, n) || is_near(z, next, n));
    assert_true(tick < N_BARS * BAR);
  }

  // And stays there
  fixture_extend(&take, (N_BARS + 2) * BAR);
  assert_true(is_near(point_of(take.generator.moment), point_of(to), n));
  ct_take_clear(&take);
  free(from);
  free(to);
  ct_model_free(model);
}

static void
others_know_no_way(void** const state)
{
  (void)state;
  static const char* const paths[] = {GRU_PATH, CONTINUO_MODEL};
  for (size_t i = 0U; i < sizeof(paths) / sizeof(paths[0]); ++i) {
    CtModel* const  model  = load_model(paths[i]);
    CtMoment* const moment = heard(model, source);
    assert_int_equal(lead(model, BAR, moment), CT_MODEL_NO_WAY);
    free(moment);
    ct_model_free(model);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_way_leads_from_one_piece_to_another),
    cmocka_unit_test(others_know_no_way),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

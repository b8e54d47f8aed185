// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file scorer.c A piece's nats, against the network asked note by note

#include "gen/scorer.h"

#include "fixture.h"
#include "gen/encoder.h"
#include "gen/house.h"
#include "gen/legal.h"
#include "model/activation.h"
#include "music/smf.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COMPOSER 1U ///< Bach

/// The network and the last event, as the piece goes by
typedef struct {
  const CtModel* model;
  CtConditions   conditions;
  CtContext      last;
  bool           has_last;
  float*         state;
  float*         scratch;
  double         nats[CT_N_SCORED];
} Listener;

static CtScore
read_score(void)
{
  CtMappedFile file;
  CtScore      score = ct_score_init();
  assert_int_equal(ct_file_map(MIDI_PATH, &file), CT_SUCCESS);
  assert_int_equal(ct_smf_read(file.bytes, file.size, &score), CT_SUCCESS);
  ct_file_unmap(&file);
  return score;
}

static double
surprise(const float* const logits, const uint32_t n, const uint32_t target)
{
  assert_true(target < n);
  return ct_log_sum_exp(logits, n) - (double)logits[target];
}

static void
ask(Listener* const            self,
    const CtHeadId             head,
    const CtNoteContext* const told,
    float* const               logits)
{
  ct_note_lstm_head(
    &self->model->network, head, told, self->state, self->scratch, logits);
}

/// Nats of the event that follows the last one
static void
expect(Listener* const self, const CtCodedEvent* const next)
{
  const CtCodec* const codec = &self->model->codec;
  CtNoteContext        told;
  CtNoteContext        after;
  float                logits[CT_MAX_CLASSES];
  ct_context_input(&self->last, codec, &self->conditions, &told);
  ct_note_lstm_step(&self->model->network, &told, self->state, self->scratch);

  ask(self, CT_HEAD_SHIFT, &told, logits);
  for (uint32_t s = 0U; s <= codec->end; ++s) {
    logits[s] = ct_legal_shift(codec, &self->last, s) ? logits[s] : -INFINITY;
  }
  self->nats[CT_HEAD_SHIFT] += surprise(logits, codec->end + 1U, next->shift);
  if (next->part == CT_N_PARTS) {
    return;
  }

  ct_context_after_shift(&self->last, codec, &told, next->shift, &after);
  ask(self, CT_HEAD_PART, &after, logits);
  self->nats[CT_HEAD_PART] += surprise(logits, CT_N_PARTS, next->part);

  ct_context_after_part(&self->last, next->part, &after);
  ask(self, CT_HEAD_PITCH, &after, logits);
  const uint32_t limit =
    ct_legal_pitch_limit(codec, &self->last, next->shift, next->part);
  self->nats[CT_HEAD_PITCH] += surprise(logits, limit, next->pitch - 1U);

  ct_context_after_pitch(&self->last, codec, next->pitch, &after);
  ask(self, CT_HEAD_DURATION, &after, logits);
  self->nats[CT_HEAD_DURATION] +=
    surprise(logits, codec->n_durations, next->duration);
}

static void
hear(void* const handle, const CtContext* const context)
{
  Listener* const self = (Listener*)handle;
  if (self->has_last) {
    expect(self, &context->event);
  }
  self->last     = *context;
  self->has_last = true;
}

static Listener
make_listener(const CtModel* const model, const CtEnsemble ensemble)
{
  const CtNoteLstm* const network = &model->network;
  Listener                self    = {.model = model};
  self.conditions                 = (CtConditions){COMPOSER,
                                                   (uint16_t)ensemble,
                                                   (uint16_t)model->codec.n_densities,
                                                   (uint16_t)model->codec.n_polyphonies};
  self.state = (float*)calloc(ct_note_lstm_state_size(network), sizeof(float));
  self.scratch =
    (float*)calloc(ct_note_lstm_scratch_size(network), sizeof(float));
  assert_true(self.state && self.scratch);
  return self;
}

static void
nats_are_those_of_a_run_note_by_note(void** const state)
{
  const CtModel* const model    = (const CtModel*)*state;
  CtScore              score    = read_score();
  Listener             listener = make_listener(model, CT_ENSEMBLE_VOICES);
  CtEncoding           encoding;
  assert_int_equal(
    ct_encode(
      &model->codec, &score, CT_N_ENSEMBLES, hear, &listener, &encoding),
    CT_SUCCESS);
  assert_int_equal(encoding.ensemble, CT_ENSEMBLE_VOICES);

  CtNats nats;
  assert_int_equal(ct_score_nats(model, &score, COMPOSER, &nats), CT_SUCCESS);
  assert_int_equal(nats.n_notes, encoding.n_notes);
  assert_true(nats.n_notes > 100U);
  assert_true(nats.n_beats == encoding.n_beats);
  for (uint32_t h = 0U; h < CT_N_SCORED; ++h) {
    print_message(
      "head %u: %.4f, %.4f nats\n", h, nats.nats[h], listener.nats[h]);
    assert_true(nats.nats[h] > 0.0);
    assert_true(fabs(nats.nats[h] - listener.nats[h]) <
                1e-3 * listener.nats[h]);
  }
  free(listener.state);
  free(listener.scratch);
  ct_score_free(&score);
}

static void
the_composer_told_makes_a_difference(void** const state)
{
  const CtModel* const model = (const CtModel*)*state;
  CtScore              score = read_score();
  CtNats               bach;
  CtNats               again;
  CtNats               other;
  assert_int_equal(ct_score_nats(model, &score, COMPOSER, &bach), CT_SUCCESS);
  assert_int_equal(ct_score_nats(model, &score, COMPOSER, &again), CT_SUCCESS);
  assert_int_equal(ct_score_nats(model, &score, 14U, &other), CT_SUCCESS);
  assert_memory_equal(&bach, &again, sizeof(bach));
  assert_true(fabs(bach.nats[CT_HEAD_PITCH] - other.nats[CT_HEAD_PITCH]) > 0.1);
  ct_score_free(&score);
}

static void
an_empty_score_is_refused(void** const state)
{
  const CtModel* const model = (const CtModel*)*state;
  CtScore              score = ct_score_init();
  CtNats               nats;
  assert_int_equal(ct_score_finish(&score), CT_SUCCESS);
  assert_int_equal(ct_score_nats(model, &score, COMPOSER, &nats),
                   CT_SMF_NO_NOTES);

  CtMoment* const moment = (CtMoment*)calloc(1U, ct_moment_size(model));
  assert_non_null(moment);
  assert_int_equal(ct_hear(model, &score, COMPOSER, moment), CT_SMF_NO_NOTES);
  ct_score_free(&score);

  // Nor is one that has ornaments only
  score = ct_score_init();
  assert_int_equal(ct_score_add_stream(&score, 0U, 0U, ""), CT_SUCCESS);
  assert_int_equal(
    ct_score_add_note(&score, (CtScoreNote){0, CT_MIN_NOTE / 2, 60U, 64U}),
    CT_SUCCESS);
  assert_int_equal(ct_score_finish(&score), CT_SUCCESS);
  assert_int_equal(ct_score_nats(model, &score, COMPOSER, &nats),
                   CT_SMF_NO_NOTES);
  ct_score_free(&score);
  free(moment);
}

static void
what_was_heard_is_as_stepped_note_by_note(void** const state)
{
  const CtModel* const model    = (const CtModel*)*state;
  const size_t         n        = ct_note_lstm_state_size(&model->network);
  CtScore              score    = read_score();
  Listener             listener = make_listener(model, CT_ENSEMBLE_VOICES);
  CtMoment* const      moment   = (CtMoment*)calloc(1U, ct_moment_size(model));
  assert_non_null(moment);
  assert_int_equal(ct_hear(model, &score, COMPOSER, moment), CT_SUCCESS);
  CtHouseMoment* const heard = ct_house_moment(moment);
  assert_true(heard->context.event.part < CT_N_PARTS); // The last note

  // The listener steps once more, as it hears the bar line and the end too
  assert_int_equal(
    ct_encode(&model->codec, &score, CT_N_ENSEMBLES, hear, &listener, NULL),
    CT_SUCCESS);
  CtNoteContext told;
  CtContext     bar = heard->context;
  ct_context_bar(
    &bar, &model->codec, bar.bar_length, bar.meter, listener.last.key);
  ct_context_input(&bar, &model->codec, &listener.conditions, &told);
  ct_note_lstm_step(&model->network, &told, heard->state, listener.scratch);
  for (size_t i = 0U; i < n; ++i) {
    assert_true(fabsf(heard->state[i] - listener.state[i]) < 1e-3F);
  }
  free(moment);
  free(listener.state);
  free(listener.scratch);
  ct_score_free(&score);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nats_are_those_of_a_run_note_by_note),
    cmocka_unit_test(the_composer_told_makes_a_difference),
    cmocka_unit_test(an_empty_score_is_refused),
    cmocka_unit_test(what_was_heard_is_as_stepped_note_by_note),
  };
  return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}

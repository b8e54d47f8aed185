// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Scoring and priming: apart from continuo.c, so that plugins do not link
// OpenBLAS

#include "base/file.h"
#include "continuo.h"
#include "gen/scorer.h"
#include "instance.h"
#include "music/smf.h"
#include "music/typed.h"

#include <stdlib.h>

static CtStatus
read_score(const char* const path, CtScore* const score)
{
  CtMappedFile file = {NULL, 0U};
  CtStatus     st   = ct_file_map(path, &file);
  if (!st) {
    st = ct_smf_read(file.bytes, file.size, score);
    ct_file_unmap(&file);
  }
  return st;
}

/// Read what is to be continued: a melody as one types it, or a file
static CtStatus
read_source(const char* const source, CtScore* const score)
{
  if (ct_is_typed(source)) {
    return ct_typed_read(source, score);
  }
  const CtStatus st = read_score(source, score);
  return st == CT_CANNOT_OPEN && ct_begins_typed(source) ? CT_TYPED_BAD_WORD
                                                         : st;
}

/// Row of the composer whose style is set
static uint32_t
composer_of(const Continuo* const self)
{
  const CtCodec* const codec = &ct_writer_model(self->writer)->codec;
  const uint32_t       style = ct_instance_settings(self).style;
  return codec->styles[style < codec->n_styles ? style : 0U].composer;
}

ContinuoStatus
continuo_score(const Continuo* const self,
               const char* const     path,
               ContinuoScore* const  score)
{
  CtScore  piece = ct_score_init();
  CtNats   nats;
  CtStatus st = read_score(path, &piece);
  if (!st) {
    st = ct_score_nats(
      ct_writer_model(self->writer), &piece, composer_of(self), &nats);
  }
  ct_score_free(&piece);
  if (!st) {
    *score = (ContinuoScore){nats.n_notes,
                             nats.n_beats,
                             nats.nats[CT_HEAD_SHIFT],
                             nats.nats[CT_HEAD_PART],
                             nats.nats[CT_HEAD_PITCH],
                             nats.nats[CT_HEAD_DURATION]};
  }
  return (ContinuoStatus)st;
}

static ContinuoHeard
ending_of(const CtScore* const score)
{
  static const double us_per_minute = 6e7;

  const CtMeter meter = score->meters[score->n_meters - 1U].meter;
  ContinuoHeard heard = {
    .numerator = meter.numerator, .denominator = meter.denominator, .key = -1};
  if (score->n_tempos) {
    const uint32_t us = score->tempos[score->n_tempos - 1U].us_per_quarter;
    heard.tempo       = us ? us_per_minute / us : 0.0;
  }
  if (score->n_keys) {
    const CtKey key = score->keys[score->n_keys - 1U].key;
    heard.key       = key.tonic;
    heard.scale = key.mode == CT_MODE_MINOR ? CT_SCALE_MINOR : CT_SCALE_MAJOR;
  }
  return heard;
}

/// Let a moment lead to the music of `goal`
static CtStatus
lead(const CtModel* const model,
     const char* const    goal,
     const double         n_quarters,
     CtMoment* const      moment)
{
  CtScore  piece = ct_score_init();
  CtStatus st    = read_source(goal, &piece);
  if (!st) {
    const CtTick length = (CtTick)(n_quarters * (double)CT_PPQN);
    st                  = ct_hear_toward(model, &piece, length, moment);
  }
  ct_score_free(&piece);
  return st;
}

/// As continuo_prime(), or continuo_prime_toward() if there is a goal
static ContinuoStatus
prime(Continuo* const      self,
      const char* const    source,
      const char* const    goal,
      const double         n_quarters,
      ContinuoHeard* const heard)
{
  if (self->mode != CONTINUO_SYNCHRONOUS) {
    return CT_BAD_ARG; // what plays must not be primed
  }

  const CtModel* const model  = ct_writer_model(self->writer);
  CtScore              piece  = ct_score_init();
  CtMoment* const      moment = (CtMoment*)malloc(ct_moment_size(model));
  CtStatus             st = moment ? read_source(source, &piece) : CT_NO_MEMORY;
  if (!st) {
    *heard = ending_of(&piece);
    st     = ct_hear(model, &piece, composer_of(self), moment);
  }
  if (!st && goal) {
    st = lead(model, goal, n_quarters, moment);
  }
  if (!st) {
    st = ct_writer_prime(self->writer, moment);
  }
  free(moment);
  ct_score_free(&piece);
  return (ContinuoStatus)st;
}

ContinuoStatus
continuo_prime(Continuo* const      self,
               const char* const    source,
               ContinuoHeard* const heard)
{
  return prime(self, source, NULL, 0.0, heard);
}

ContinuoStatus
continuo_prime_toward(Continuo* const      self,
                      const char* const    source,
                      const char* const    goal,
                      const double         n_quarters,
                      ContinuoHeard* const heard)
{
  return prime(self, source, goal, n_quarters, heard);
}

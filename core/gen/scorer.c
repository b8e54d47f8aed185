// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/scorer.h"

#include "gen/hearing.h"
#include "gen/house.h"

#include <string.h>

static const CtHearing*
find(const CtKind* const kind)
{
  return kind == &ct_house_kind ? &ct_house_hearing : &ct_strand_hearing;
}

CtStatus
ct_score_nats(const CtModel* const model,
              const CtScore* const score,
              const uint32_t       composer,
              CtNats* const        nats)
{
  memset(nats, 0, sizeof(*nats));
  return find(model->kind)->score(model, score, composer, nats);
}

CtStatus
ct_hear(const CtModel* const model,
        const CtScore* const score,
        const uint32_t       composer,
        CtMoment* const      moment)
{
  memset(moment, 0, ct_moment_size(model));
  return find(model->kind)->hear(model, score, composer, moment);
}

CtStatus
ct_hear_toward(const CtModel* const model,
               const CtScore* const goal,
               const CtTick         length,
               CtMoment* const      moment)
{
  const CtHearing* const hearing = find(model->kind);
  return hearing->toward ? hearing->toward(model, goal, length, moment)
                         : CT_MODEL_NO_WAY;
}

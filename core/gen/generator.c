// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/generator.h"

#include "gen/kind.h"

#include <stdlib.h>
#include <string.h>

CtStatus
ct_generator_init(CtGenerator* const self, const CtModel* const model)
{
  memset(self, 0, sizeof(*self));
  self->model   = model;
  self->moment  = (CtMoment*)calloc(1U, ct_moment_size(model));
  self->scratch = calloc(1U, model->kind->scratch_size(model));
  if (!self->moment || !self->scratch) {
    ct_generator_clear(self);
    return CT_NO_MEMORY;
  }
  return CT_SUCCESS;
}

void
ct_generator_clear(CtGenerator* const self)
{
  free(self->moment);
  free(self->scratch);
  self->moment  = NULL;
  self->scratch = NULL;
}

size_t
ct_moment_size(const CtModel* const model)
{
  // A multiple of what a moment is aligned to, so that one may follow another
  const size_t unit = sizeof(((CtMoment*)NULL)->own[0]);
  const size_t size = sizeof(CtMoment) + model->kind->moment_size(model);
  return (size + unit - 1U) / unit * unit;
}

CtTick
ct_moment_tick(const CtMoment* const moment)
{
  return moment->tick;
}

void
ct_generator_begin(CtGenerator* const      self,
                   const CtSettings* const settings,
                   const CtTick            bar_tick,
                   const int64_t           bar_length,
                   const CtMeter           meter)
{
  memset(self->moment, 0, ct_moment_size(self->model));
  self->moment->bar_tick = bar_tick;
  self->moment->tick     = bar_tick;
  self->model->kind->begin(self, settings, bar_length, meter);
}

void
ct_generator_breathe(CtGenerator* const self)
{
  self->model->kind->breathe(self);
}

void
ct_generator_bar(CtGenerator* const      self,
                 const CtSettings* const settings,
                 const CtTick            bar_tick,
                 const int64_t           bar_length,
                 const CtMeter           meter)
{
  self->moment->bar_tick = bar_tick;
  self->moment->tick     = bar_tick;
  self->model->kind->bar(self, settings, bar_length, meter);
}

bool
ct_generator_follows_form(const CtGenerator* const self)
{
  return self->model->kind->form != NULL;
}

void
ct_generator_ending(CtGenerator* const self, const uint32_t ending)
{
  self->model->kind->form->ending(self->moment, ending);
}

void
ct_generator_recall(CtGenerator* const      self,
                    const CtBarNotes* const bar,
                    const uint32_t          grade)
{
  self->model->kind->form->recall(self->moment, bar, grade);
}

const CtBarNotes*
ct_generator_last_bar(const CtGenerator* const self)
{
  return self->model->kind->form->last_bar(self->moment);
}

CtMade
ct_generator_next(CtGenerator* const  self,
                  const CtWish* const wishes,
                  const size_t        n_wishes,
                  CtNote* const       note)
{
  return self->model->kind->next(self, wishes, n_wishes, note);
}

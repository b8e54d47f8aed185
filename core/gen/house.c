// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/house.h"

#include "gen/codec.h"
#include "gen/interpret.h"
#include "gen/section.h"
#include "model/note_lstm_load.h"

#include <stdio.h>
#include <string.h>

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  CtNoteLstmShape shape;
  CtStatus        st = CT_SUCCESS;
  if ((st = ct_note_lstm_shape_read(json, &shape)) ||
      (st = ct_codec_read(json, &shape, &model->codec)) ||
      (st = ct_note_lstm_load(file, &shape, &model->network, &model->arena))) {
    return st;
  }
  return ct_note_lstm_self_test(&model->network, &shape, json);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  (void)snprintf(text,
                 size,
                 "two LSTM layers of %u, five heads of %u asked in turn",
                 model->network.n_hidden,
                 model->network.head_width);
}

size_t
ct_house_moment_size(const CtModel* const model)
{
  const size_t unit = sizeof(uint64_t);
  const size_t size =
    sizeof(CtHouseMoment) +
    (2U * sizeof(float) * ct_note_lstm_state_size(&model->network));
  return (size + unit - 1U) / unit * unit;
}

static size_t
moment_size(const CtModel* const model)
{
  return 2U * ct_house_moment_size(model);
}

static size_t
scratch_size(const CtModel* const model)
{
  return sizeof(CtHouseScratch) +
         (sizeof(float) * ct_note_lstm_scratch_size(&model->network));
}

static void
begin(CtGenerator* const      self,
      const CtSettings* const settings,
      const int64_t           bar_length,
      const CtMeter           meter)
{
  const CtCodec* const codec = &self->model->codec;
  ct_context_begin(&ct_house_moment(self->moment)->context,
                   codec,
                   ct_grid_bar_length(bar_length),
                   ct_codec_meter(codec, meter),
                   ct_interpret_key(settings));
}

/// Count the bar that ends as a repetition of the one before it, or as
/// something new
static void
close_bar(CtHouseMoment* const moment)
{
  moment->n_repeats =
    ct_context_repeats(&moment->context) ? moment->n_repeats + 1U : 0U;
  moment->is_stepped = false;
  memset(&moment->struck, 0, sizeof(moment->struck));
  memset(&moment->trial, 0, sizeof(moment->trial));
}

static void
breathe(CtGenerator* const self)
{
  CtContext* const context = &ct_house_moment(self->moment)->context;
  ct_context_release(context);
  context->bar |= CT_SECTION_BARS - 1U;
}

static void
pass_bar_line(CtGenerator* const      self,
              const CtSettings* const settings,
              const int64_t           bar_length,
              const CtMeter           meter)
{
  const CtCodec* const codec  = &self->model->codec;
  CtHouseMoment* const moment = ct_house_moment(self->moment);
  close_bar(moment);
  ct_context_bar(&moment->context,
                 codec,
                 ct_grid_bar_length(bar_length),
                 ct_codec_meter(codec, meter),
                 ct_interpret_key(settings));
}

static void
set_ending(CtMoment* const moment, const uint32_t ending)
{
  ct_context_ending(&ct_house_moment(moment)->context, ending);
}

static void
recall(CtMoment* const         moment,
       const CtBarNotes* const bar,
       const uint32_t          grade)
{
  ct_context_recall(&ct_house_moment(moment)->context, bar, grade);
}

static const CtBarNotes*
last_bar(const CtMoment* const moment)
{
  return &((const CtHouseMoment*)moment->own)->context.last_bar;
}

static const CtKindForm form = {set_ending, recall, last_bar};

const CtKind ct_house_kind = {
  .name         = "note-lstm",
  .load         = load,
  .describe     = describe,
  .moment_size  = moment_size,
  .scratch_size = scratch_size,
  .begin        = begin,
  .breathe      = breathe,
  .bar          = pass_bar_line,
  .next         = ct_house_next,
  .form         = &form,
};

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "continuo.h"

#include "base/pace.h"
#include "base/status.h"
#include "builtin_model.h"
#include "gen/codec.h"
#include "gen/kind.h"
#include "gen/model.h"
#include "gen/shelf.h"
#include "instance.h"
#include "music/key.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char*
continuo_strerror(const ContinuoStatus status)
{
  return ct_strerror((CtStatus)status);
}

const char*
continuo_part_name(const uint32_t part)
{
  return ct_part_name(part);
}

uint8_t
continuo_program(const Continuo* const self, const uint32_t part)
{
  static const float half = 0.5F;
  return ct_program_table_get(
    &self->programs,
    (uint32_t)(continuo_get_param(self, CONTINUO_STYLE) + half),
    (uint32_t)(continuo_get_param(self, CONTINUO_ENSEMBLE) + half),
    part);
}

Continuo*
continuo_new(const double sample_rate, const ContinuoMode mode)
{
  Continuo* const self  = (Continuo*)malloc(sizeof(Continuo));
  const CtModel*  model = NULL;
  if (self) {
    // Written to, so that no page is first touched by the audio thread
    memset(self, 0, sizeof(Continuo));
  }
  if (!self ||
      ct_shelf_take(ct_builtin_model, ct_builtin_model_size(), &model)) {
    free(self);
    return NULL;
  }
  if (ct_preset_choice_init(&self->choice) ||
      ct_model_choice_init(&self->model_choice)) {
    ct_shelf_put_back(model);
    continuo_free(self);
    return NULL;
  }

  self->mode = mode;
  ct_screen_init(&self->screen);
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    atomic_init(&self->params[id], continuo_param(id)->initial);
  }
  const CtSettings settings = ct_instance_settings(self);
  self->writer = ct_writer_new(model, &settings, mode == CONTINUO_LIVE);
  if (!self->writer) {
    continuo_free(self);
    return NULL;
  }
  ct_program_table_set(&self->programs, &model->codec);
  ct_ledger_reset(&self->audio.ledger);
  continuo_activate(self, sample_rate);
  return self;
}

void
continuo_free(Continuo* const self)
{
  if (self) {
    ct_writer_free(self->writer);
    ct_preset_choice_free(&self->choice);
    ct_model_choice_free(&self->model_choice);
    free(self);
  }
}

void
continuo_activate(Continuo* const self, const double sample_rate)
{
  CtAudio* const audio = &self->audio;
  self->sample_rate    = sample_rate;
  ct_transport_reset(&audio->transport, sample_rate);
  ct_scheduler_reset(&audio->scheduler);
  ct_input_reset(&audio->input);
  audio->pace        = ct_pace_init();
  audio->has_asked   = false;
  audio->owes_plan   = false;
  audio->n_late      = 0U;
  audio->is_flushing = !ct_ledger_is_empty(&audio->ledger);
  atomic_store(&self->params[CONTINUO_LATE_NOTES], 0.0F);
  // In all modes: what is asked for here is what improvising goes on from
  ct_instance_prepare(self);
}

void
continuo_set_param(Continuo* const self, const uint32_t id, const float value)
{
  static const float         half  = 0.5F;
  const ContinuoParam* const param = continuo_param(id);
  if (!param || (param->flags & CONTINUO_PARAM_OUTPUT) || value != value) {
    return;
  }

  const float clamped =
    value < param->min ? param->min : (value > param->max ? param->max : value);
  const float before =
    atomic_exchange_explicit(&self->params[id], clamped, memory_order_relaxed);
  if (id == CONTINUO_NEW_TAKE && before < half && clamped >= half) {
    atomic_fetch_add_explicit(&self->n_new_takes, 1U, memory_order_relaxed);
  }
  ct_preset_choice_note(&self->choice, id, clamped);
}

float
continuo_get_param(const Continuo* const self, const uint32_t id)
{
  return id < CONTINUO_N_PARAMS
           ? atomic_load_explicit(&self->params[id], memory_order_relaxed)
           : 0.0F;
}

bool
continuo_key_parse(const char* const text,
                   int32_t* const    key,
                   int32_t* const    scale)
{
  CtKey parsed = {0U, CT_MODE_MAJOR};
  if (!ct_key_parse(text, &parsed)) {
    return false;
  }
  *key   = parsed.tonic;
  *scale = parsed.mode == CT_MODE_MINOR ? CT_SCALE_MINOR : CT_SCALE_MAJOR;
  return true;
}

/// Value of an integer parameter, whose range the caller knows not to be
/// negative
static uint32_t
whole(const Continuo* const self, const ContinuoParamId id)
{
  static const float half = 0.5F;
  return (uint32_t)(continuo_get_param(self, id) + half);
}

/// Value of a continuous parameter, in thousandths: what hosts save and restore
/// comes back a little off
static float
fine(const Continuo* const self, const ContinuoParamId id)
{
  static const float steps = 1000.0F;
  return roundf(continuo_get_param(self, id) * steps) / steps;
}

CtSettings
ct_instance_settings(const Continuo* const self)
{
  // The octave is moved above zero to round it like the others
  static const float half       = 0.5F;
  const float        octave_min = continuo_param(CONTINUO_OCTAVE)->min;
  const float        octave =
    continuo_get_param(self, CONTINUO_OCTAVE) - octave_min + half;
  return (CtSettings){
    .seed               = whole(self, CONTINUO_SEED),
    .style              = whole(self, CONTINUO_STYLE),
    .style_strength     = fine(self, CONTINUO_STYLE_STRENGTH),
    .ensemble           = whole(self, CONTINUO_ENSEMBLE),
    .key                = whole(self, CONTINUO_KEY) % CT_PITCH_CLASS_COUNT,
    .scale              = whole(self, CONTINUO_SCALE),
    .scale_lock         = fine(self, CONTINUO_SCALE_LOCK),
    .temperature        = fine(self, CONTINUO_TEMPERATURE),
    .rhythm_temperature = fine(self, CONTINUO_RHYTHM_TEMPERATURE),
    .top_k              = whole(self, CONTINUO_TOP_K),
    .rhythm_top_k       = whole(self, CONTINUO_RHYTHM_TOP_K),
    .top_p              = fine(self, CONTINUO_TOP_P),
    .min_p              = fine(self, CONTINUO_MIN_P),
    .density            = whole(self, CONTINUO_DENSITY),
    .polyphony          = whole(self, CONTINUO_POLYPHONY),
    .low                = whole(self, CONTINUO_LOW_NOTE),
    .high               = whole(self, CONTINUO_HIGH_NOTE),
    .velocity           = whole(self, CONTINUO_VELOCITY),
    .dynamics           = fine(self, CONTINUO_DYNAMICS),
    .octave             = (int32_t)octave + (int32_t)octave_min,
    .channel_mode       = whole(self, CONTINUO_CHANNEL_MODE),
    .form               = whole(self, CONTINUO_FORM),
    .recall             = fine(self, CONTINUO_RECALL),
    .length             = whole(self, CONTINUO_LENGTH),
    .candidates         = whole(self, CONTINUO_CANDIDATES),
  };
}

CtHumanize
ct_instance_humanize(const Continuo* const self)
{
  return (CtHumanize){fine(self, CONTINUO_HUMANIZE),
                      whole(self, CONTINUO_SEED)};
}

ContinuoModelInfo
continuo_model_info(const Continuo* const self)
{
  const CtModel* const model = ct_writer_model(self->writer);
  return (ContinuoModelInfo){
    .name        = model->name,
    .kind        = model->kind->name,
    .licence     = model->licence,
    .data        = model->data,
    .description = model->description,
    .n_weights   = model->n_weights,
    .n_styles    = model->codec.n_styles,
    .size        = model->size,
  };
}

const char*
continuo_style_name(const Continuo* const self, const uint32_t index)
{
  const CtCodec* const codec = &ct_writer_model(self->writer)->codec;
  return index < codec->n_styles ? codec->styles[index].name : NULL;
}

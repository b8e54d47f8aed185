// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The design of symbols as an autoencoder, as a strand: two bars are told from
// one point, and the next two from another that is not far from it, or from
// what lies there on the way between two pieces

#include "gen/strand_kinds.h"

#include "gen/strand_draw.h"
#include "gen/symbols.h"
#include "model/latent.h"
#include "model/symbols_vae.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/// Coins that make a number that is nearly normal: their sum less half of them
#define N_COINS 12U

/// What a strand's state has after that of the network
enum {
  STATE_STEP,   ///< Symbols told of this point
  STATE_LENGTH, ///< Ticks of the way to a goal, 0 for none
  STATE_WINDOW, ///< And from here on what was heard last, and then the points
                ///< that the way leads from and to
};

static const CtSymbolsVae*
net_of(const CtStrandPlace* const place)
{
  return (const CtSymbolsVae*)place->model->net;
}

static size_t
state_size(const void* const net)
{
  const CtSymbolsVae* const vae = (const CtSymbolsVae*)net;
  return ct_symbols_vae_state_size(vae) + STATE_WINDOW + vae->window +
         (2U * (size_t)vae->n_latent);
}

static size_t
scratch_size(const void* const net)
{
  const CtSymbolsVae* const vae  = (const CtSymbolsVae*)net;
  const size_t              step = ct_symbols_vae_scratch_size(vae);
  const size_t              code = ct_symbols_vae_encode_size(vae);
  return step > code ? step : code;
}

/// What the state has beside the network's
static float*
own_state(const CtStrandPlace* const place)
{
  return place->state + ct_symbols_vae_state_size(net_of(place));
}

/// Where the way to a goal leads from
static float*
way_of(const CtStrandPlace* const place)
{
  return own_state(place) + STATE_WINDOW + net_of(place)->window;
}

/// The next point is that of the way to the goal at this place, so that the
/// last is the goal
static void
follow_way(const CtStrandPlace* const place)
{
  const CtSymbolsVae* const net  = net_of(place);
  const float* const        from = way_of(place);
  const float               told =
    (float)net->window * (float)place->model->unit; // Ticks of a point
  const float last = own_state(place)[STATE_LENGTH] - told;
  const float tick = (float)place->tick;
  const float part = tick < last ? tick / last : 1.0F;
  ct_latent_between(from,
                    from + net->n_latent,
                    net->n_latent,
                    part > 0.0F ? part : 0.0F,
                    place->state);
}

/// The next point is a step of a random walk that stays as far from the origin
/// as points are
static void
walk_on(const CtStrandPlace* const place)
{
  const CtSymbolsVae* const net  = net_of(place);
  const float               walk = place->model->walk;
  const float               step = sqrtf(1.0F - (walk * walk));
  for (uint32_t i = 0U; i < net->n_latent; ++i) {
    float normal = -0.5F * (float)N_COINS;
    for (uint32_t c = 0U; c < N_COINS; ++c) {
      normal +=
        ct_strand_coin(place, CT_STRAND_HEAD_LATENT + (i * N_COINS) + c);
    }
    place->state[i] =
      (walk * place->state[i]) + (step * place->settings->temperature * normal);
  }
}

/// Begin to tell the next point
static void
begin_point(const CtStrandPlace* const place)
{
  const CtSymbolsVae* const net = net_of(place);
  if (own_state(place)[STATE_LENGTH] > 0.0F) {
    follow_way(place);
  } else {
    walk_on(place);
  }
  ct_symbols_vae_begin(net, place->state, place->state);
  ct_symbols_vae_step(net, CT_SYMBOL_PAD, place->state, place->scratch);
  own_state(place)[STATE_STEP] = 0.0F;
}

/// Go on to the next point, if all of this one is told or a section begins
static void
follow_point(const CtStrandPlace* const place, const bool begins)
{
  if (begins || own_state(place)[STATE_STEP] >= (float)net_of(place)->window) {
    begin_point(place);
  }
}

static void
ask(const CtStrandPlace* const place, float* const logits)
{
  ct_symbols_vae_logits(net_of(place), place->state, place->scratch, logits);
}

static void
tell(const CtStrandPlace* const place, const uint16_t symbol)
{
  ct_symbols_vae_step(net_of(place), symbol, place->state, place->scratch);
  own_state(place)[STATE_STEP] += 1.0F;
}

static const CtSymbolNetwork network = {ask, tell};

/// Any point will do: that after the origin is random
static void
start(const CtStrandPlace* const place)
{
  own_state(place)[STATE_STEP] = (float)net_of(place)->window;
}

static void
draw(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  follow_point(place, place->begins);
  ct_symbols_draw(place, event);
}

static void
extend(const CtStrandPlace* const place, CtStrandEvent* const event)
{
  follow_point(place, false);
  ct_symbols_extend(place, event);
}

static void
hear(const CtStrandPlace* const place, const CtStrandRow* const row)
{
  const CtSymbolsVae* const net    = net_of(place);
  float* const              window = own_state(place) + STATE_WINDOW;
  uint16_t                  symbols[CT_MAX_WINDOW];
  memmove(window, window + 1, (net->window - 1U) * sizeof(float));
  window[net->window - 1U] = row->classes[0];
  for (uint32_t i = 0U; i < net->window; ++i) {
    symbols[i] = (uint16_t)window[i];
  }
  ct_symbols_vae_encode(
    net, symbols, place->multiply, place->scratch, place->state);
}

static void
toward(const CtStrandPlace* const place,
       const float* const         goal,
       const int64_t              length)
{
  const size_t n_latent = net_of(place)->n_latent;
  float* const way      = way_of(place);
  memcpy(way, place->state, n_latent * sizeof(float));
  memcpy(way + n_latent, goal, n_latent * sizeof(float));
  own_state(place)[STATE_LENGTH] = (float)length;
}

static const CtStrandDesign design = {.n_strands    = 1U,
                                      .symbols      = &network,
                                      .state_size   = state_size,
                                      .scratch_size = scratch_size,
                                      .start        = start,
                                      .draw         = draw,
                                      .extend       = extend,
                                      .encode       = ct_symbols_encode,
                                      .hear         = hear,
                                      .toward       = toward};

static bool
read(const cJSON* const codec, CtStrandModel* const model)
{
  return ct_symbols_read(codec, model) &&
         ct_strand_read_number(cJSON_GetObjectItem(codec, "walk"),
                               &model->walk) &&
         model->walk >= 0.0F && model->walk <= 1.0F;
}

static CtStatus
load(const CtTensorFile* const file,
     const char* const         json,
     CtModel* const            model)
{
  static const CtStrandFile kind = {
    &ct_symbols_vae, &design, {{"", 0U, 0U, 1U, false}}, 1U, read};
  return ct_strand_load(&kind, file, json, model);
}

static void
describe(const CtModel* const model, char* const text, const size_t size)
{
  const CtSymbolsVae* const net =
    (const CtSymbolsVae*)ct_strand_model(model)->net;
  (void)snprintf(text,
                 size,
                 "an autoencoder of %u symbols by %u numbers, told by %u LSTM "
                 "layers of %u",
                 net->window,
                 net->n_latent,
                 net->decoder.recurrent.n_layers,
                 net->decoder.recurrent.n_hidden);
}

const CtKind ct_symbols_vae_kind = {.name     = "symbols_vae",
                                    .load     = load,
                                    .describe = describe,
                                    CT_STRAND_FUNCTIONS};

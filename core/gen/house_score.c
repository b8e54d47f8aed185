// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/hearing.h"

#include "base/grow.h"
#include "gen/encoder.h"
#include "gen/house.h"
#include "gen/legal.h"
#include "gen/scorer.h"
#include "model/activation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/// Events that go through the network at once
#define WINDOW 256U

/// The events of a piece, for a network
typedef struct {
  const CtModel* model;
  CtConditions   conditions;
  CtContext*     contexts; ///< After each event
  size_t         n_contexts;
  size_t         capacity;
  CtStatus       status;
  CtEncoding     encoding;
} Piece;

/// Buffers for one window
typedef struct {
  CtNoteContext before[WINDOW];
  CtNoteContext after[WINDOW];
  float         logits[WINDOW * CT_MAX_CLASSES];
  float*        state; ///< [state size]
  float*        u;     ///< [WINDOW, H]
} Window;

static void
add_event(void* const handle, const CtContext* const context)
{
  Piece* const     piece = (Piece*)handle;
  CtContext* const moved = (CtContext*)ct_grow(
    piece->contexts, piece->n_contexts, &piece->capacity, sizeof(CtContext));
  if (!moved) {
    piece->status = CT_NO_MEMORY;
    return;
  }
  piece->contexts                      = moved;
  piece->contexts[piece->n_contexts++] = *context;
}

static CtStatus
encode(const CtModel* const model,
       const CtScore* const score,
       const uint32_t       composer,
       Piece*               piece)
{
  *piece      = (Piece){.model = model};
  CtStatus st = ct_encode(
    &model->codec, score, CT_N_ENSEMBLES, add_event, piece, &piece->encoding);

  piece->conditions =
    (CtConditions){.composer  = (uint16_t)composer,
                   .ensemble  = (uint16_t)piece->encoding.ensemble,
                   .density   = (uint16_t)model->codec.n_densities,
                   .polyphony = (uint16_t)model->codec.n_polyphonies};
  st = st ? st : piece->status;
  return st || piece->encoding.n_notes ? st : CT_SMF_NO_NOTES;
}

static Window*
window_new(const CtModel* const model)
{
  const size_t  n_state = ct_note_lstm_state_size(&model->network);
  Window* const window  = (Window*)calloc(1U, sizeof(Window));
  if (window) {
    window->state = (float*)calloc(n_state, sizeof(float));
    window->u =
      (float*)calloc((size_t)WINDOW * model->network.n_hidden, sizeof(float));
  }
  return window;
}

static void
window_free(Window* const window)
{
  if (window) {
    free(window->state);
    free(window->u);
    free(window);
  }
}

/// Fill what the network is told for the `n` events after event `begin`
static void
fill(const Piece* const piece,
     const size_t       begin,
     const uint32_t     n,
     Window* const      window)
{
  const CtCodec* const codec = &piece->model->codec;
  for (uint32_t t = 0U; t < n; ++t) {
    const CtContext* const    here  = &piece->contexts[begin + t];
    const CtCodedEvent* const next  = &piece->contexts[begin + t + 1U].event;
    CtNoteContext* const      after = &window->after[t];
    ct_context_input(here, codec, &piece->conditions, &window->before[t]);
    ct_context_after_shift(here, codec, &window->before[t], next->shift, after);
    if (next->part < CT_N_PARTS) { // Else the later heads are not asked
      ct_context_after_part(here, next->part, after);
      ct_context_after_pitch(here, codec, next->pitch, after);
    }
  }
}

/// Forbid what the codec forbids, as in training
static void
mask(const CtCodec* const      codec,
     const CtHeadId            head,
     const CtContext* const    here,
     const CtCodedEvent* const next,
     float* const              logits)
{
  if (head == CT_HEAD_SHIFT) {
    for (uint32_t s = 0U; s <= codec->end; ++s) {
      logits[s] = ct_legal_shift(codec, here, s) ? logits[s] : -INFINITY;
    }
  } else if (head == CT_HEAD_PITCH) {
    const uint32_t limit =
      ct_legal_pitch_limit(codec, here, next->shift, next->part);
    for (uint32_t p = limit; p < codec->n_pitches; ++p) {
      logits[p] = -INFINITY;
    }
  }
}

static uint32_t
target(const CtHeadId head, const CtCodedEvent* const event)
{
  switch (head) {
  case CT_HEAD_SHIFT:
    return event->shift;
  case CT_HEAD_PART:
    return event->part;
  case CT_HEAD_PITCH:
    return event->pitch - 1U;
  case CT_HEAD_DURATION:
    return event->duration;
  case CT_HEAD_LEVEL:
  case CT_N_HEADS:
    break;
  }
  return event->level;
}

static CtStatus
score_head(const Piece* const piece,
           const CtHeadId     head,
           const size_t       begin,
           const uint32_t     n,
           Window* const      window,
           CtNats* const      nats)
{
  const CtNoteLstm* const network   = &piece->model->network;
  const uint32_t          n_classes = network->heads[head].n_classes;
  const CtNoteContext*    told =
    head == CT_HEAD_SHIFT ? window->before : window->after;
  if (!ct_note_lstm_head_sequence(
        network, head, told, n, window->u, window->logits)) {
    return CT_NO_MEMORY;
  }

  for (uint32_t t = 0U; t < n; ++t) {
    const CtCodedEvent* const next = &piece->contexts[begin + t + 1U].event;
    if (head == CT_HEAD_SHIFT || next->part < CT_N_PARTS) {
      float* const logits = window->logits + ((size_t)t * n_classes);
      mask(
        &piece->model->codec, head, &piece->contexts[begin + t], next, logits);
      nats->nats[head] +=
        ct_log_sum_exp(logits, n_classes) - logits[target(head, next)];
    }
  }
  return CT_SUCCESS;
}

/// Run the network over the piece; `nats` may be null to only hear it
static CtStatus
run(const Piece* const piece,
    const size_t       n_events,
    Window* const      window,
    CtNats* const      nats)
{
  CtStatus st =
    window && window->state && window->u ? CT_SUCCESS : CT_NO_MEMORY;
  for (size_t begin = 0U; !st && begin < n_events; begin += WINDOW) {
    const size_t   left = n_events - begin;
    const uint32_t n    = left < WINDOW ? (uint32_t)left : WINDOW;
    fill(piece, begin, n, window);
    if (!ct_note_lstm_sequence(&piece->model->network,
                               window->before,
                               n,
                               window->state,
                               window->u)) {
      st = CT_NO_MEMORY;
    }
    for (uint32_t h = 0U; !st && nats && h < CT_N_SCORED; ++h) {
      st = score_head(piece, (CtHeadId)h, begin, n, window, nats);
    }
  }
  return st;
}

static CtStatus
score_nats(const CtModel* const model,
           const CtScore* const score,
           const uint32_t       composer,
           CtNats* const        nats)
{
  Piece    piece;
  CtStatus st = encode(model, score, composer, &piece);
  if (!st) {
    Window* const window = window_new(model);
    st                   = run(&piece, piece.n_contexts - 1U, window, nats);
    nats->n_notes        = piece.encoding.n_notes;
    nats->n_beats        = piece.encoding.n_beats;
    window_free(window);
  }
  free(piece.contexts);
  return st;
}

/// Tell neither composer nor key, as for the generator's second state
static void
withhold(Piece* const piece)
{
  piece->conditions.composer = CT_COMPOSER_FREE;
  for (size_t i = 0U; i < piece->n_contexts; ++i) {
    piece->contexts[i].key = CT_KEY_COUNT;
  }
}

/// Run the network over the first `n` events of the piece and keep its state
static CtStatus
run_first(const Piece* const piece, const size_t n, float* const state)
{
  Window* const  window = window_new(piece->model);
  const CtStatus st     = run(piece, n, window, NULL);
  if (!st) {
    const size_t n_state = ct_note_lstm_state_size(&piece->model->network);
    memcpy(state, window->state, n_state * sizeof(float));
  }
  window_free(window);
  return st;
}

static CtStatus
hear(const CtModel* const model,
     const CtScore* const score,
     const uint32_t       composer,
     CtMoment* const      moment)
{
  // The last two events are the bar line and the end: the music goes on before
  // them
  static const size_t n_closing = 2U;

  Piece    piece;
  CtStatus st = encode(model, score, composer, &piece);
  if (!st) {
    CtHouseMoment* const house = ct_house_moment(moment);
    const size_t         n     = piece.n_contexts - n_closing;
    house->context             = piece.contexts[n - 1U];
    st                         = run_first(&piece, n, house->state);
    if (!st) {
      withhold(&piece);
      st = run_first(
        &piece, n, house->state + ct_note_lstm_state_size(&model->network));
    }
  }
  free(piece.contexts);
  return st;
}

const CtHearing ct_house_hearing = {score_nats, hear, NULL};

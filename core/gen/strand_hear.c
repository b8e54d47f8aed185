// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// How the older designs hear a piece: strand by strand, event by event

#include "gen/hearing.h"

#include "gen/sampler.h"
#include "gen/strand.h"
#include "gen/strand_kinds.h"
#include "gen/strand_notes.h"
#include "model/matrix.h"
#include "music/meter.h"

#include <stdlib.h>
#include <string.h>

/// Told each event of a strand, before the network is
typedef void (*EventFunc)(void*                handle,
                          const CtStrandPlace* place,
                          const CtStrandRow*   row);

/// A hearing under way
typedef struct {
  const CtModel* model;
  CtMoment*      moment;
  CtMultiply     multiply;
  float*         scratch;
  EventFunc      func; ///< Or null
  void*          handle;
  uint64_t       n_events;
} Listener;

static CtStatus
hear_strand(Listener* const            self,
            const CtStrandNotes* const notes,
            const uint32_t             strand)
{
  const CtStrandModel* const own   = ct_strand_model(self->model);
  CtStrandMoment* const      here  = ct_strand_moment(self->moment);
  const CtStrandPlace        place = {.model  = own,
                                      .strand = strand,
                                      .state = here->states + (strand * own->n_state),
                                      .scratch  = self->scratch,
                                      .multiply = self->multiply};
  CtStrandRows               rows  = {0};
  own->design->encode(own, notes, strand, &rows);
  for (size_t i = 0U; !rows.status && i < rows.n_rows; ++i) {
    if (self->func && i + rows.n_filling < rows.n_rows) {
      self->func(self->handle, &place, &rows.rows[i]);
    }
    own->design->hear(&place, &rows.rows[i]);
  }
  self->n_events += rows.n_rows - rows.n_filling;
  free(rows.rows);
  return rows.status;
}

/// Hear a piece from its beginning, in a moment that is zero
static CtStatus
listen(Listener* const self, const CtScore* const score)
{
  const CtStrandDesign* const design = ct_strand_model(self->model)->design;
  CtStrandNotes               notes  = {NULL, 0U};
  CtStatus                    st     = ct_strand_notes_read(score, &notes);
  self->scratch = (float*)calloc(1U, ct_strand_scratch_size(self->model));
  st            = st || self->scratch ? st : CT_NO_MEMORY;
  if (!st) {
    ct_strand_start(self->model, self->moment, self->scratch);
  }
  for (uint32_t s = 0U; !st && s < design->n_strands; ++s) {
    st = hear_strand(self, &notes, s);
  }
  free(self->scratch);
  ct_strand_notes_clear(&notes);
  return st || self->n_events ? st : CT_SMF_NO_NOTES;
}

static CtStatus
hear(const CtModel* const model,
     const CtScore* const score,
     const uint32_t       composer,
     CtMoment* const      moment)
{
  (void)composer;
  Listener listener = {
    .model = model, .moment = moment, .multiply = ct_matrix_multiply_window};
  return listen(&listener, score);
}

static CtStatus
toward(const CtModel* const model,
       const CtScore* const goal,
       const CtTick         length,
       CtMoment* const      moment)
{
  const CtStrandModel* const own = ct_strand_model(model);
  if (!own->design->toward) {
    return CT_MODEL_NO_WAY;
  }
  CtMoment* const other = (CtMoment*)calloc(1U, ct_moment_size(model));
  CtStatus        st    = other ? hear(model, goal, 0U, other) : CT_NO_MEMORY;
  for (uint32_t s = 0U; !st && s < own->design->n_strands; ++s) {
    const size_t        at    = s * own->n_state;
    const CtStrandPlace place = {.model  = own,
                                 .strand = s,
                                 .state =
                                   ct_strand_moment(moment)->states + at};
    own->design->toward(&place, ct_strand_moment(other)->states + at, length);
  }
  free(other);
  return st;
}

static void
add_nats(void* const                handle,
         const CtStrandPlace* const place,
         const CtStrandRow* const   row)
{
  place->model->design->nats(place, row, (CtStrandNats*)handle);
}

/// Quarters to the bar line behind the last onset
static double
count_beats(const CtScore* const score)
{
  CtTick last = 0;
  for (size_t s = 0U; s < score->n_streams; ++s) {
    const CtStream* const stream = &score->streams[s];
    const CtTick          onset  = stream->notes[stream->n_notes - 1U].onset;
    last                         = onset > last ? onset : last;
  }

  CtTick tick = 0;
  size_t m    = 0U;
  while (tick <= last) {
    while (m + 1U < score->n_meters && score->meters[m + 1U].tick <= tick) {
      ++m;
    }
    tick += ct_meter_bar_length(score->meters[m].meter);
  }
  return (double)tick / (double)CT_PPQN;
}

static CtStatus
score_nats(const CtModel* const model,
           const CtScore* const score,
           const uint32_t       composer,
           CtNats* const        nats)
{
  (void)composer;
  CtStrandNats sums = {0.0, 0.0, 0.0, 0.0};
  if (!ct_strand_model(model)->design->nats) {
    return CT_MODEL_NO_ODDS;
  }
  CtMoment* const moment = (CtMoment*)calloc(1U, ct_moment_size(model));
  if (!moment) {
    return CT_NO_MEMORY;
  }

  Listener       listener = {.model    = model,
                             .moment   = moment,
                             .multiply = ct_matrix_multiply_sequence,
                             .func     = add_nats,
                             .handle   = &sums};
  const CtStatus st       = listen(&listener, score);
  free(moment);
  if (!st) {
    nats->n_notes                = listener.n_events;
    nats->n_beats                = count_beats(score);
    nats->nats[CT_HEAD_SHIFT]    = sums.shift;
    nats->nats[CT_HEAD_PART]     = sums.part;
    nats->nats[CT_HEAD_PITCH]    = sums.pitch;
    nats->nats[CT_HEAD_DURATION] = sums.duration;
  }
  return st;
}

const CtHearing ct_strand_hearing = {score_nats, hear, toward};

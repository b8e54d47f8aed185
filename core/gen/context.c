// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/context.h"

#include <string.h>

/// List the pitches that sound on at grid tick `now`.  @return How many
static uint8_t
list_held(const CtContext* const context,
          const int64_t          now,
          uint8_t                held[CT_MAX_PITCHES])
{
  uint8_t n = 0U;
  for (uint8_t p = 0U; p < CT_MAX_PITCHES; ++p) {
    if (context->end[p] > now) {
      held[n++] = p;
    }
  }
  return n;
}

/// Make a noteless event at the position the bar stands at
static void
set_event(CtContext* const     context,
          const CtCodec* const codec,
          const uint32_t       shift,
          const uint32_t       position)
{
  context->event = (CtCodedEvent){.shift    = (uint16_t)shift,
                                  .part     = CT_N_PARTS,
                                  .duration = (uint16_t)codec->n_durations,
                                  .position = (uint16_t)position};

  context->event.n_held = list_held(
    context, context->bar_begin + (int64_t)position, context->event.held);
}

void
ct_context_begin(CtContext* const     context,
                 const CtCodec* const codec,
                 const uint32_t       bar_length,
                 const uint32_t       meter,
                 const uint32_t       key)
{
  memset(context, 0, sizeof(*context));
  context->bar_length = (uint16_t)bar_length;
  context->meter      = (uint16_t)meter;
  context->key        = (uint16_t)key;
  set_event(context, codec, codec->begin, 0U);
}

void
ct_context_bar(CtContext* const     context,
               const CtCodec* const codec,
               const uint32_t       bar_length,
               const uint32_t       meter,
               const uint32_t       key)
{
  context->bar_begin += context->bar_length;
  context->bar += 1U;
  context->bar_length = (uint16_t)bar_length;
  context->meter      = (uint16_t)meter;
  context->key        = (uint16_t)key;
  set_event(context, codec, codec->bar, 0U);
}

void
ct_context_note(CtContext* const     context,
                const CtCodec* const codec,
                const uint32_t       shift,
                const uint32_t       part,
                const uint32_t       pitch,
                const uint32_t       duration)
{
  set_event(context,
            codec,
            shift,
            context->event.position + (uint32_t)codec->shifts[shift]);
  context->event.part     = (uint16_t)part;
  context->event.pitch    = (uint16_t)pitch;
  context->event.duration = (uint16_t)duration;
  context->event.last     = context->last[part];

  context->last[part] = (uint16_t)pitch;
  context->end[pitch - 1U] =
    ct_context_now(context) + codec->durations[duration];
  context->part[pitch - 1U] = (uint8_t)part;
}

void
ct_context_release(CtContext* const context)
{
  memset(context->end, 0, sizeof(context->end));
}

void
ct_context_end(CtContext* const context, const CtCodec* const codec)
{
  set_event(context, codec, codec->end, context->event.position);
}

int64_t
ct_context_now(const CtContext* const context)
{
  return context->bar_begin + context->event.position;
}

void
ct_context_input(const CtContext* const    context,
                 const CtConditions* const conditions,
                 CtNoteContext* const      out)
{
  const CtCodedEvent* const event = &context->event;

  out->row[CT_FIELD_SHIFT]     = event->shift;
  out->row[CT_FIELD_PART]      = event->part;
  out->row[CT_FIELD_PITCH]     = event->pitch;
  out->row[CT_FIELD_DURATION]  = event->duration;
  out->row[CT_FIELD_POSITION]  = event->position;
  out->row[CT_FIELD_METER]     = context->meter;
  out->row[CT_FIELD_BAR]       = (uint16_t)(context->bar % CT_BAR_CYCLE);
  out->row[CT_FIELD_KEY]       = context->key;
  out->row[CT_FIELD_COMPOSER]  = conditions->composer;
  out->row[CT_FIELD_ENSEMBLE]  = conditions->ensemble;
  out->row[CT_FIELD_DENSITY]   = conditions->density;
  out->row[CT_FIELD_POLYPHONY] = conditions->polyphony;
  out->row[CT_FIELD_LAST]      = 0U;
  out->n_held                  = event->n_held;
  memcpy(out->held, event->held, event->n_held);
}

void
ct_context_after_shift(const CtContext* const     context,
                       const CtCodec* const       codec,
                       const CtNoteContext* const before,
                       const uint32_t             shift,
                       CtNoteContext* const       out)
{
  const uint32_t step     = shift < codec->n_shifts ? codec->shifts[shift] : 0U;
  const uint32_t position = context->event.position + step;

  memcpy(out->row, before->row, sizeof(out->row));
  out->row[CT_FIELD_SHIFT]    = (uint16_t)shift;
  out->row[CT_FIELD_POSITION] = (uint16_t)position;
  out->n_held =
    list_held(context, context->bar_begin + (int64_t)position, out->held);
}

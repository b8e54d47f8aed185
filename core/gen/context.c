// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/context.h"

#include <string.h>

/// Set `held` to the pitches that sound on at grid tick `now`
static void
list_held(const CtContext* const context,
          const int64_t          now,
          CtRowSet* const        held)
{
  uint8_t n = 0U;
  for (uint8_t p = 0U; p < CT_MAX_PITCHES; ++p) {
    if (context->end[p] > now) {
      held->members[n++] = p;
    }
  }
  held->n_members = n;
}

/// Set `begun` to the pitches that begin at `position` of a remembered bar
static void
list_begun(const CtBarNotes* const bar,
           const uint32_t          position,
           CtRowSet* const         begun)
{
  // Notes of an onset go from high to low, and some pitches come twice
  uint8_t n = 0U;
  for (uint32_t i = bar->n_notes; i-- > 0U;) {
    const uint8_t pitch = (uint8_t)(bar->pitch[i] - 1U);
    if (bar->position[i] == position &&
        (!n || begun->members[n - 1U] < pitch)) {
      begun->members[n++] = pitch;
    }
  }
  begun->n_members = n;
}

/// The class of a shift by `step` grid ticks, or codec->begin if there is none
static uint32_t
shift_by(const CtCodec* const codec, const uint32_t step)
{
  uint32_t shift = 0U;
  while (shift < codec->n_shifts && codec->shifts[shift] != step) {
    ++shift;
  }
  return shift < codec->n_shifts ? shift : codec->begin;
}

/// What leads on in a remembered bar from `position`, where `n_struck` notes
/// began: a shift, the bar line, or codec->end if the bar has no notes
static uint32_t
next_shift(const CtCodec* const    codec,
           const CtBarNotes* const bar,
           const uint32_t          position,
           const uint32_t          n_struck)
{
  if (!bar->n_notes) {
    return codec->end;
  }
  uint32_t n_here = 0U;
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    n_here += bar->position[i] == position;
    if (bar->position[i] > position) { // The first is the nearest
      return n_struck < n_here
               ? 0U
               : shift_by(codec, (uint32_t)bar->position[i] - position);
    }
  }
  return n_struck < n_here ? 0U : codec->bar;
}

/// The duration that `pitch` has at `position` of a remembered bar, or
/// codec->n_durations
static uint32_t
duration_in(const CtCodec* const    codec,
            const CtBarNotes* const bar,
            const uint32_t          position,
            const uint32_t          pitch)
{
  for (uint32_t i = 0U; i < bar->n_notes; ++i) {
    if (bar->position[i] == position && bar->pitch[i] == pitch) {
      return bar->duration[i];
    }
  }
  return codec->n_durations;
}

static void
remember(CtBarNotes* const bar, const CtCodedEvent* const event)
{
  if (bar->n_notes < CT_BAR_MEMORY) {
    bar->position[bar->n_notes] = (uint8_t)event->position;
    bar->pitch[bar->n_notes]    = (uint8_t)event->pitch;
    bar->duration[bar->n_notes] = (uint8_t)event->duration;
    bar->part[bar->n_notes]     = (uint8_t)event->part;
    ++bar->n_notes;
  }
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
                                  .position = (uint16_t)position,
                                  .level    = context->event.level};

  list_held(
    context, context->bar_begin + (int64_t)position, &context->event.held);
}

void
ct_context_begin(CtContext* const     context,
                 const CtCodec* const codec,
                 const uint32_t       bar_length,
                 const uint32_t       meter,
                 const uint32_t       key)
{
  memset(context, 0, sizeof(*context));
  context->bar_length  = (uint16_t)bar_length;
  context->meter       = (uint16_t)meter;
  context->key         = (uint16_t)key;
  context->ending      = CT_N_ENDINGS;
  context->event.level = (uint16_t)codec->n_levels;
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
  context->bar_length       = (uint16_t)bar_length;
  context->meter            = (uint16_t)meter;
  context->key              = (uint16_t)key;
  context->n_struck         = 0U;
  context->last_bar         = context->this_bar;
  context->this_bar.n_notes = 0U;
  context->recalled.n_notes = 0U;
  context->recall           = 0U;
  context->ending           = CT_N_ENDINGS;
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    const uint32_t rests = context->rests[part] + 1U;
    context->rests[part] = (uint8_t)(rests < UINT8_MAX ? rests : UINT8_MAX);
  }
  set_event(context, codec, codec->bar, 0U);
}

bool
ct_context_repeats(const CtContext* const context)
{
  const CtBarNotes* const this_bar = &context->this_bar;
  const CtBarNotes* const last_bar = &context->last_bar;
  const size_t            size     = this_bar->n_notes;
  return this_bar->n_notes && this_bar->n_notes == last_bar->n_notes &&
         !memcmp(this_bar->position, last_bar->position, size) &&
         !memcmp(this_bar->pitch, last_bar->pitch, size);
}

void
ct_context_recall(CtContext* const        context,
                  const CtBarNotes* const bar,
                  const uint32_t          grade)
{
  context->recalled = *bar;
  context->recall   = (uint16_t)grade;
}

void
ct_context_ending(CtContext* const context, const uint32_t ending)
{
  context->ending = (uint16_t)ending;
}

void
ct_context_note(CtContext* const      context,
                const CtCodec* const  codec,
                const CtChoice* const choice)
{
  const uint32_t      step  = codec->shifts[choice->shift];
  CtCodedEvent* const event = &context->event;
  set_event(context, codec, choice->shift, event->position + step);
  event->part     = (uint16_t)choice->part;
  event->pitch    = (uint16_t)choice->pitch;
  event->duration = (uint16_t)choice->duration;
  event->level    = (uint16_t)choice->level;
  event->last     = context->last[choice->part];

  const uint32_t p            = choice->pitch - 1U;
  context->last[choice->part] = (uint16_t)choice->pitch;
  context->end[p] =
    ct_context_now(context) + codec->durations[choice->duration];
  context->part[p]             = (uint8_t)choice->part;
  context->rests[choice->part] = 0U;
  context->n_struck            = (uint16_t)(step ? 1U : context->n_struck + 1U);
  remember(&context->this_bar, event);
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
                 const CtCodec* const      codec,
                 const CtConditions* const conditions,
                 CtNoteContext* const      out)
{
  const CtCodedEvent* const event = &context->event;
  memset(out->row, 0, sizeof(out->row)); // For what later heads are told

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
  out->row[CT_FIELD_ENDING]    = context->ending;
  out->row[CT_FIELD_LEVEL]     = event->level;
  out->row[CT_FIELD_RECALL]    = context->recall;

  const uint32_t position = event->position;
  const uint32_t n_struck = context->n_struck;
  out->row[CT_FIELD_ECHO_SHIFT] =
    (uint16_t)next_shift(codec, &context->last_bar, position, n_struck);
  out->row[CT_FIELD_RECALL_SHIFT] =
    (uint16_t)next_shift(codec, &context->recalled, position, n_struck);

  out->sets[CT_SET_HELD]               = event->held;
  out->sets[CT_SET_ECHO].n_members     = 0U;
  out->sets[CT_SET_RECALLED].n_members = 0U;
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
  list_held(
    context, context->bar_begin + (int64_t)position, &out->sets[CT_SET_HELD]);
  list_begun(&context->last_bar, position, &out->sets[CT_SET_ECHO]);
  list_begun(&context->recalled, position, &out->sets[CT_SET_RECALLED]);
}

void
ct_context_after_part(const CtContext* const context,
                      const uint32_t         part,
                      CtNoteContext* const   after)
{
  after->row[CT_FIELD_PART] = (uint16_t)part;
  after->row[CT_FIELD_LAST] = context->last[part];
}

void
ct_context_after_pitch(const CtContext* const context,
                       const CtCodec* const   codec,
                       const uint32_t         pitch,
                       CtNoteContext* const   after)
{
  const uint32_t position    = after->row[CT_FIELD_POSITION];
  after->row[CT_FIELD_PITCH] = (uint16_t)pitch;
  after->row[CT_FIELD_ECHO_DURATION] =
    (uint16_t)duration_in(codec, &context->last_bar, position, pitch);
  after->row[CT_FIELD_RECALL_DURATION] =
    (uint16_t)duration_in(codec, &context->recalled, position, pitch);
}

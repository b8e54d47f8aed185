// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/musicxml_plan.h"

#include "music/spelling.h"
#include "music/voices.h"

#include <stdlib.h>

/// A note of some staff, to be spelled among those of all
typedef struct {
  CtSpeltNote    spelt;
  CtWrittenNote* note;
} Entry;

static int
compare_entries(const void* const a, const void* const b)
{
  const CtSpeltNote* const x = &((const Entry*)a)->spelt;
  const CtSpeltNote* const y = &((const Entry*)b)->spelt;
  if (x->begin != y->begin) {
    return x->begin < y->begin ? -1 : 1;
  }
  if (x->line != y->line) {
    return x->line < y->line ? -1 : 1;
  }
  return (x->pitch > y->pitch) - (x->pitch < y->pitch);
}

/// List the notes of all staves by onset
static void
list(const CtXmlScore* const score, Entry* const entries)
{
  size_t n = 0U;
  for (uint32_t p = 0U; p < score->n_parts; ++p) {
    for (uint32_t s = 0U; s < score->parts[p].n_staves; ++s) {
      const CtXmlStaff* const staff = &score->parts[p].staves[s];
      for (size_t i = 0U; i < staff->n_notes; ++i) {
        CtWrittenNote* const note = &staff->notes[i];
        entries[n++]              = (Entry){
                       {note->span.begin, note->pitch, (p * CT_MAX_STAVES) + s}, note};
      }
    }
  }
  qsort(entries, n, sizeof(Entry), compare_entries);
}

static size_t
count_notes(const CtXmlScore* const score)
{
  size_t n = 0U;
  for (uint32_t p = 0U; p < score->n_parts; ++p) {
    for (uint32_t s = 0U; s < score->parts[p].n_staves; ++s) {
      n += score->parts[p].staves[s].n_notes;
    }
  }
  return n;
}

/// Name the notes, all staves together
static CtStatus
spell(const CtXmlScore* const score)
{
  const size_t       n       = count_notes(score);
  Entry* const       entries = (Entry*)calloc(n + 1U, sizeof(Entry));
  CtSpeltNote* const spelt  = (CtSpeltNote*)calloc(n + 1U, sizeof(CtSpeltNote));
  int16_t* const     fifths = (int16_t*)calloc(n + 1U, sizeof(int16_t));
  const CtStatus st = entries && spelt && fifths ? CT_SUCCESS : CT_NO_MEMORY;
  if (!st) {
    list(score, entries);
    for (size_t i = 0U; i < n; ++i) {
      spelt[i] = entries[i].spelt;
    }
    ct_spell(spelt, n, score->key, fifths);
    for (size_t i = 0U; i < n; ++i) {
      entries[i].note->fifths = fifths[i];
    }
  }
  free(fifths);
  free(spelt);
  free(entries);
  return st;
}

/// Share the notes of a staff among voices
static CtStatus
share(const CtXmlStaff* const staff)
{
  CtVoicedNote* const notes =
    (CtVoicedNote*)calloc(staff->n_notes + 1U, sizeof(CtVoicedNote));
  if (!notes) {
    return CT_NO_MEMORY;
  }
  for (size_t i = 0U; i < staff->n_notes; ++i) {
    const CtWrittenNote* const note = &staff->notes[i];
    notes[i] =
      (CtVoicedNote){note->span.begin, note->span.end, note->pitch, 0U};
  }
  const CtStatus st = ct_voices_share(notes, staff->n_notes);
  for (size_t i = 0U; i < staff->n_notes && !st; ++i) {
    staff->notes[i].voice = notes[i].voice;
  }
  free(notes);
  return st;
}

/// Choose the clefs of a staff.  @param needs [n_bars] Memory to work in
static CtStatus
choose_clefs(CtXmlPlan* const        self,
             const CtXmlStaff* const staff,
             CtClefNeed* const       needs,
             uint8_t* const          clefs)
{
  for (uint32_t bar = 0U; bar < self->n_bars; ++bar) {
    needs[bar] = (CtClefNeed){{0U}};
  }
  for (size_t i = 0U; i < staff->n_notes; ++i) {
    const CtWrittenNote* const note = &staff->notes[i];
    const int64_t              bar  = note->span.begin / self->shape.length;
    ct_clef_add(&needs[bar],
                ct_spelling_place(ct_spelling(note->fifths, note->pitch)));
  }
  return ct_clefs_choose(
    needs, self->n_bars, staff->clef, staff->other_clef, clefs);
}

/// Count the velocities of a staff into the phrases
static void
weigh(CtXmlPlan* const self, const CtXmlStaff* const staff, const uint32_t bars)
{
  for (size_t i = 0U; i < staff->n_notes; ++i) {
    const int64_t     bar    = staff->notes[i].span.begin / self->shape.length;
    CtLoudness* const phrase = &self->loudness[bar / bars];
    phrase->sum += staff->notes[i].velocity;
    ++phrase->n_notes;
  }
}

/// Decide on a part
static CtStatus
plan_part(CtXmlPlan* const        self,
          const CtXmlScore* const score,
          const uint32_t          p,
          CtClefNeed* const       needs)
{
  const CtXmlPart* const part = &score->parts[p];
  CtStatus               st   = CT_SUCCESS;
  for (uint32_t s = 0U; s < part->n_staves && !st; ++s) {
    const size_t at = ((size_t)p * CT_MAX_STAVES) + s;
    st              = share(&part->staves[s]);
    if (!st) {
      st = choose_clefs(
        self, &part->staves[s], needs, &self->clefs[at * self->n_bars]);
    }
    weigh(self, &part->staves[s], score->phrase);
  }
  return st;
}

CtStatus
ct_xml_plan_make(CtXmlPlan* const self, CtXmlScore* const score)
{
  const size_t n_parts = score->n_parts;
  self->shape          = ct_bar_shape(score->meter);
  self->n_bars         = score->n_bars;
  self->n_phrases      = (score->n_bars / score->phrase) + 1U;
  self->clefs = (uint8_t*)calloc((n_parts * CT_MAX_STAVES * self->n_bars) + 1U,
                                 sizeof(uint8_t));
  self->loudness = (CtLoudness*)calloc(self->n_phrases, sizeof(CtLoudness));
  CtClefNeed* const needs =
    (CtClefNeed*)calloc((size_t)self->n_bars + 1U, sizeof(CtClefNeed));
  CtStatus st =
    self->clefs && self->loudness && needs ? spell(score) : CT_NO_MEMORY;
  for (uint32_t p = 0U; p < n_parts && !st; ++p) {
    st = plan_part(self, score, p, needs);
  }
  free(needs);
  return st;
}

void
ct_xml_plan_free(CtXmlPlan* const self)
{
  free(self->loudness);
  free(self->clefs);
}

const uint8_t*
ct_xml_plan_clefs(const CtXmlPlan* const self,
                  const uint32_t         part,
                  const uint32_t         staff)
{
  const size_t at = ((size_t)part * CT_MAX_STAVES) + staff;
  return &self->clefs[at * self->n_bars];
}

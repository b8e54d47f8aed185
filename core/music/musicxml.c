// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/musicxml.h"

#include "music/loudness.h"
#include "music/musicxml_head.h"
#include "music/musicxml_note.h"
#include "music/musicxml_plan.h"
#include "music/xml.h"

/// A part on the way through its bars
typedef struct {
  const CtXmlScore* score;
  const CtXmlPart*  part;
  const CtXmlPlan*  plan;
  uint32_t          index;                ///< Of the part
  size_t            first[CT_MAX_STAVES]; ///< Notes before it are over
  CtDynamic         dynamic;              ///< That holds
  CtEngraver*       engravers[CT_MAX_STAVES];
  CtBuffer*         out;
} Walk;

/// Notes of a staff that may sound in a bar: from the first that isn't over
static size_t
count_notes(Walk* const walk, const uint32_t s, const CtSpan bar)
{
  const CtXmlStaff* const staff = &walk->part->staves[s];
  size_t                  first = walk->first[s];
  while (first < staff->n_notes && staff->notes[first].span.end <= bar.begin) {
    ++first;
  }
  size_t end = first;
  while (end < staff->n_notes && staff->notes[end].span.begin < bar.end) {
    ++end;
  }
  walk->first[s] = first;
  return end - first;
}

/// Put what part and bar change: key, meter and clefs
static void
put_attributes(Walk* const walk, const uint32_t bar)
{
  const CtXmlPart* const part     = walk->part;
  bool                   has_clef = false;
  for (uint32_t s = 0U; s < part->n_staves; ++s) {
    const uint8_t* const clefs = ct_xml_plan_clefs(walk->plan, walk->index, s);
    has_clef = has_clef || !bar || clefs[bar] != clefs[bar - 1U];
  }
  if (!has_clef) {
    return;
  }

  ct_put_text(walk->out, "<attributes>\n");
  if (!bar) {
    ct_musicxml_put_signatures(walk->out, walk->score, part);
  }
  for (uint32_t s = 0U; s < part->n_staves; ++s) {
    const uint8_t* const clefs = ct_xml_plan_clefs(walk->plan, walk->index, s);
    if (!bar || clefs[bar] != clefs[bar - 1U]) {
      ct_musicxml_put_clef(walk->out, (CtClefKind)clefs[bar], s + 1U);
    }
  }
  ct_put_text(walk->out, "</attributes>\n");
}

/// Whether a note of the part begins in a bar
static bool
plays(const CtXmlPart* const part, const CtSpan bar)
{
  for (uint32_t s = 0U; s < part->n_staves; ++s) {
    const CtXmlStaff* const staff = &part->staves[s];
    size_t                  low   = 0U;
    size_t                  high  = staff->n_notes;
    while (low < high) {
      const size_t middle = low + ((high - low) / 2U);
      if (staff->notes[middle].span.begin < bar.begin) {
        low = middle + 1U;
      } else {
        high = middle;
      }
    }
    if (low < staff->n_notes && staff->notes[low].span.begin < bar.end) {
      return true;
    }
  }
  return false;
}

/// Put the dynamic of the phrase, if it is new to the part and the part plays
static void
put_dynamic(Walk* const walk, const uint32_t bar, const CtSpan span)
{
  const CtDynamic change = ct_dynamic_change(
    walk->dynamic, walk->plan->loudness[bar / walk->score->phrase]);
  if (change != CT_N_DYNAMICS && plays(walk->part, span)) {
    ct_musicxml_put_dynamic(walk->out, change, walk->part);
    walk->dynamic = change;
  }
}

/// Put the voices of a bar's staff, and go back to its begin after each but the
/// last of the part
static CtStatus
put_staff(Walk* const    walk,
          const uint32_t s,
          const CtSpan   bar,
          bool* const    is_first)
{
  const CtXmlPart* const part     = walk->part;
  CtEngravedBar          engraved = {0};
  const size_t           n_notes  = count_notes(walk, s, bar);
  const CtStatus         st       = ct_engraver_bar(walk->engravers[s],
                                      bar.begin,
                                      &part->staves[s].notes[walk->first[s]],
                                      n_notes,
                                      &engraved);
  for (uint32_t v = 0U; v < CT_MAX_VOICES && !st; ++v) {
    if (!engraved.n_items[v]) {
      continue;
    }
    if (!*is_first) {
      ct_put_text(walk->out, "<backup>\n");
      ct_xml_put_number(walk->out, "duration", bar.end - bar.begin);
      ct_put_text(walk->out, "</backup>\n");
    }
    *is_first              = false;
    const CtXmlPlace place = {(s * CT_MAX_VOICES) + v + 1U,
                              part->n_staves > 1U ? s + 1U : 0U};
    for (uint32_t i = 0U; i < engraved.n_items[v]; ++i) {
      ct_musicxml_put_item(
        walk->out, &engraved.items[v][i], engraved.heads, place);
    }
  }
  return st;
}

static CtStatus
put_bar(Walk* const walk, const uint32_t bar)
{
  const int64_t length   = walk->plan->shape.length;
  const CtSpan  span     = {bar * length, (bar + 1) * length};
  bool          is_first = true;
  CtStatus      st       = CT_SUCCESS;
  ct_xml_put(walk->out, "<measure number=\"%u\">\n", bar + 1U);
  put_attributes(walk, bar);
  if (!bar && !walk->index) {
    ct_musicxml_put_tempo(
      walk->out, &walk->plan->shape, walk->score->tempo, walk->part);
  }
  put_dynamic(walk, bar, span);
  for (uint32_t s = 0U; s < walk->part->n_staves && !st; ++s) {
    st = put_staff(walk, s, span, &is_first);
  }
  if (bar + 1U == walk->score->n_bars) {
    ct_put_text(walk->out,
                "<barline location=\"right\">\n"
                "<bar-style>light-heavy</bar-style>\n</barline>\n");
  }
  ct_put_text(walk->out, "</measure>\n");
  return st;
}

static CtStatus
put_part(Walk* const walk)
{
  CtStatus st   = CT_SUCCESS;
  walk->dynamic = CT_N_DYNAMICS;
  ct_xml_put(walk->out, "<part id=\"P%u\">\n", walk->index + 1U);
  for (uint32_t s = 0U; s < CT_MAX_STAVES; ++s) {
    walk->first[s] = 0U;
    ct_engraver_begin(walk->engravers[s]);
  }
  for (uint32_t bar = 0U; bar < walk->score->n_bars && !st; ++bar) {
    st = put_bar(walk, bar);
  }
  ct_put_text(walk->out, "</part>\n");
  return st;
}

/// Write all parts as they are planned
static CtStatus
put_score(const CtXmlScore* const score,
          const CtXmlPlan* const  plan,
          CtBuffer* const         out)
{
  Walk     walk = {.score = score, .plan = plan, .out = out};
  CtStatus st   = CT_SUCCESS;
  for (uint32_t s = 0U; s < CT_MAX_STAVES; ++s) {
    walk.engravers[s] =
      ct_engraver_new(&plan->shape, ct_key_sharps(score->key));
    st = walk.engravers[s] ? st : CT_NO_MEMORY;
  }
  ct_musicxml_put_head(out, score);
  for (uint32_t p = 0U; p < score->n_parts && !st; ++p) {
    walk.part  = &score->parts[p];
    walk.index = p;
    st         = put_part(&walk);
  }
  ct_put_text(out, "</score-partwise>\n");
  for (uint32_t s = 0U; s < CT_MAX_STAVES; ++s) {
    ct_engraver_free(walk.engravers[s]);
  }
  return st ? st : out->status;
}

CtStatus
ct_musicxml_write(CtXmlScore* const score, CtBuffer* const out)
{
  CtXmlPlan plan = {0};
  CtStatus  st   = ct_xml_plan_make(&plan, score);
  if (!st) {
    st = put_score(score, &plan, out);
  }
  ct_xml_plan_free(&plan);
  return st;
}

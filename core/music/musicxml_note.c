// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/musicxml_note.h"

#include "music/xml.h"

#include <stdbool.h>

/// Accidentals from two flats to two sharps
#define MAX_ALTER 2

/// Letters of the steps, from C
static const char step_names[] = "CDEFGAB";

static const char*
accidental_name(const int alter)
{
  static const char* const names[] = {
    "flat-flat", "flat", "natural", "sharp", "double-sharp"};
  return names[alter + MAX_ALTER];
}

const char*
ct_musicxml_value(const CtValueBase base)
{
  static const char* const names[CT_N_VALUES] = {
    "breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th"};
  return names[base];
}

static void
put_pitch(CtBuffer* const out, const CtSpelling spelling)
{
  ct_xml_put(out, "<pitch>\n<step>%c</step>\n", step_names[spelling.step]);
  if (spelling.alter) {
    ct_xml_put_number(out, "alter", spelling.alter);
  }
  ct_xml_put_number(out, "octave", spelling.octave);
  ct_put_text(out, "</pitch>\n");
}

static void
put_accidental(CtBuffer* const out, const CtNoteHead* const head)
{
  if (head->accidental != CT_ACCIDENTAL_NONE) {
    const bool is_courtesy = head->accidental == CT_ACCIDENTAL_COURTESY;
    ct_xml_put_text(out,
                    is_courtesy ? "accidental cautionary=\"yes\""
                                : "accidental",
                    accidental_name(head->spelling.alter));
  }
}

/// Put type, dots and what makes three of two, with the accidental between
/// them where there is one
static void
put_value(CtBuffer* const         out,
          const CtSymbol* const   symbol,
          const CtNoteHead* const head)
{
  if (symbol->is_bar_rest) {
    return;
  }
  ct_xml_put_text(
    out, "type", ct_musicxml_value((CtValueBase)symbol->value.base));
  if (symbol->value.n_dots) {
    ct_put_text(out, "<dot/>\n");
  }
  if (head) {
    put_accidental(out, head);
  }
  if (symbol->is_tuplet) {
    ct_put_text(out,
                "<time-modification>\n<actual-notes>3</actual-notes>\n"
                "<normal-notes>2</normal-notes>\n");
    ct_xml_put_text(
      out, "normal-type", ct_musicxml_value((CtValueBase)symbol->tuplet_base));
    ct_put_text(out, "</time-modification>\n");
  }
}

static void
put_beams(CtBuffer* const out, const CtSymbol* const symbol)
{
  static const char* const names[] = {
    "", "begin", "continue", "end", "forward hook", "backward hook"};
  for (uint32_t level = 0U; level < CT_MAX_BEAMS; ++level) {
    const uint8_t beam = symbol->beams[level];
    if (beam != CT_BEAM_NONE) {
      ct_xml_put(
        out, "<beam number=\"%u\">%s</beam>\n", level + 1U, names[beam]);
    }
  }
}

static void
put_tuplet(CtBuffer* const out, const CtSymbol* const symbol)
{
  const char* const type = ct_musicxml_value((CtValueBase)symbol->tuplet_base);
  if (symbol->begins_tuplet) {
    ct_put_text(out, "<tuplet type=\"start\" number=\"1\">\n");
    ct_xml_put(out,
               "<tuplet-actual>\n<tuplet-number>3</tuplet-number>\n"
               "<tuplet-type>%s</tuplet-type>\n</tuplet-actual>\n",
               type);
    ct_xml_put(out,
               "<tuplet-normal>\n<tuplet-number>2</tuplet-number>\n"
               "<tuplet-type>%s</tuplet-type>\n</tuplet-normal>\n</tuplet>\n",
               type);
  }
  if (symbol->ends_tuplet) {
    ct_put_text(out, "<tuplet type=\"stop\" number=\"1\"/>\n");
  }
}

/// Put ties as they are drawn, and the triplet's bracket on the first head
static void
put_notations(CtBuffer* const         out,
              const CtSymbol* const   symbol,
              const CtNoteHead* const head,
              const bool              is_first)
{
  const bool has_tuplet =
    is_first && (symbol->begins_tuplet || symbol->ends_tuplet);
  const bool is_tied = head && (head->is_tied_before || head->is_tied_after);
  if (!has_tuplet && !is_tied) {
    return;
  }
  ct_put_text(out, "<notations>\n");
  if (is_tied && head->is_tied_before) {
    ct_put_text(out, "<tied type=\"stop\"/>\n");
  }
  if (is_tied && head->is_tied_after) {
    ct_put_text(out, "<tied type=\"start\"/>\n");
  }
  if (has_tuplet) {
    put_tuplet(out, symbol);
  }
  ct_put_text(out, "</notations>\n");
}

/// Put the rest of a note: all that comes after its duration
static void
put_tail(CtBuffer* const         out,
         const CtEngraved* const item,
         const CtNoteHead* const head,
         const bool              is_first,
         const CtXmlPlace        place)
{
  ct_xml_put_number(out, "voice", place.voice);
  put_value(out, &item->symbol, head);
  if (place.staff) {
    ct_xml_put_number(out, "staff", place.staff);
  }
  if (is_first) {
    put_beams(out, &item->symbol);
  }
  put_notations(out, &item->symbol, head, is_first);
  ct_put_text(out, "</note>\n");
}

static void
put_rest(CtBuffer* const         out,
         const CtEngraved* const item,
         const CtXmlPlace        place)
{
  const CtSymbol* const symbol = &item->symbol;
  ct_xml_put(out,
             "<note%s>\n<rest%s>",
             item->look == CT_REST_HIDDEN ? " print-object=\"no\"" : "",
             symbol->is_bar_rest ? " measure=\"yes\"" : "");
  if (item->is_placed) {
    ct_xml_put(out,
               "<display-step>%c</display-step>",
               step_names[item->step % CT_STEPS_PER_OCTAVE]);
    ct_xml_put_number(out, "display-octave", item->step / CT_STEPS_PER_OCTAVE);
  }
  ct_put_text(out, "</rest>\n");
  ct_xml_put_number(out, "duration", symbol->span.end - symbol->span.begin);
  put_tail(out, item, NULL, true, place);
}

static void
put_head(CtBuffer* const         out,
         const CtEngraved* const item,
         const CtNoteHead* const head,
         const bool              is_first,
         const CtXmlPlace        place)
{
  const CtSpan span = item->symbol.span;
  ct_put_text(out, is_first ? "<note>\n" : "<note>\n<chord/>\n");
  put_pitch(out, head->spelling);
  ct_xml_put_number(out, "duration", span.end - span.begin);
  if (head->is_tied_before) {
    ct_put_text(out, "<tie type=\"stop\"/>\n");
  }
  if (head->is_tied_after) {
    ct_put_text(out, "<tie type=\"start\"/>\n");
  }
  put_tail(out, item, head, is_first, place);
}

void
ct_musicxml_put_item(CtBuffer* const         out,
                     const CtEngraved* const item,
                     const CtNoteHead* const heads,
                     const CtXmlPlace        place)
{
  const CtSpan span = item->symbol.span;
  if (item->symbol.is_rest && item->look == CT_REST_SKIPPED) {
    ct_put_text(out, "<forward>\n");
    ct_xml_put_number(out, "duration", span.end - span.begin);
    ct_xml_put_number(out, "voice", place.voice);
    if (place.staff) {
      ct_xml_put_number(out, "staff", place.staff);
    }
    ct_put_text(out, "</forward>\n");
  } else if (item->symbol.is_rest) {
    put_rest(out, item, place);
  }
  for (size_t h = 0U; h < item->n_heads; ++h) {
    put_head(out, item, &heads[item->first_head + h], h == 0U, place);
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/musicxml_head.h"

#include "music/musicxml_note.h"
#include "music/xml.h"

#include <inttypes.h>

/// Velocity that MusicXML counts as 100 per cent
#define FULL_VELOCITY 90U

#define PERCENT 100

static void
put_part_list(CtBuffer* const out, const CtXmlScore* const score)
{
  ct_put_text(out, "<part-list>\n");
  if (score->is_bracketed) {
    ct_put_text(out,
                "<part-group type=\"start\" number=\"1\">\n"
                "<group-symbol>bracket</group-symbol>\n</part-group>\n");
  }
  for (uint32_t p = 0U; p < score->n_parts; ++p) {
    const CtXmlPart* const part = &score->parts[p];
    const uint32_t         id   = p + 1U;
    ct_xml_put(out, "<score-part id=\"P%u\">\n", id);
    ct_xml_put_text(out, "part-name", part->name);
    ct_xml_put_text(out, "part-abbreviation", part->abbreviation);
    ct_xml_put(out, "<score-instrument id=\"P%u-I1\">\n", id);
    ct_xml_put_text(out, "instrument-name", part->name);
    ct_put_text(out, "</score-instrument>\n");
    ct_xml_put(out, "<midi-instrument id=\"P%u-I1\">\n", id);
    ct_xml_put_number(out, "midi-channel", id);
    ct_xml_put_number(out, "midi-program", part->program + 1);
    ct_put_text(out, "</midi-instrument>\n</score-part>\n");
  }
  if (score->is_bracketed) {
    ct_put_text(out, "<part-group type=\"stop\" number=\"1\"/>\n");
  }
  ct_put_text(out, "</part-list>\n");
}

void
ct_musicxml_put_head(CtBuffer* const out, const CtXmlScore* const score)
{
  ct_put_text(out,
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<!DOCTYPE score-partwise PUBLIC "
              "\"-//Recordare//DTD MusicXML 3.1 Partwise//EN\" "
              "\"http://www.musicxml.org/dtds/partwise.dtd\">\n"
              "<score-partwise version=\"3.1\">\n<work>\n");
  ct_xml_put_text(out, "work-title", score->title);
  ct_put_text(out, "</work>\n<identification>\n");
  ct_xml_put_text(out, "creator type=\"composer\"", score->composer);
  ct_put_text(out, "<encoding>\n");
  ct_xml_put_text(out, "software", score->software);
  ct_put_text(out,
              "<supports element=\"accidental\" type=\"yes\"/>\n"
              "<supports element=\"beam\" type=\"yes\"/>\n"
              "</encoding>\n</identification>\n");
  put_part_list(out, score);
}

void
ct_musicxml_put_signatures(CtBuffer* const         out,
                           const CtXmlScore* const score,
                           const CtXmlPart* const  part)
{
  ct_xml_put_number(out, "divisions", CT_UNITS_PER_QUARTER);
  ct_put_text(out, "<key>\n");
  ct_xml_put_number(out, "fifths", ct_key_sharps(score->key));
  if (score->has_mode) {
    ct_xml_put_text(
      out, "mode", score->key.mode == CT_MODE_MINOR ? "minor" : "major");
  }
  ct_put_text(out, "</key>\n<time>\n");
  ct_xml_put_number(out, "beats", score->meter.numerator);
  ct_xml_put_number(out, "beat-type", score->meter.denominator);
  ct_put_text(out, "</time>\n");
  if (part->n_staves > 1U) {
    ct_xml_put_number(out, "staves", part->n_staves);
  }
}

void
ct_musicxml_put_clef(CtBuffer* const  out,
                     const CtClefKind kind,
                     const uint32_t   staff)
{
  const CtClef clef = ct_clef(kind);
  ct_xml_put(out, "<clef number=\"%u\">\n<sign>%c</sign>\n", staff, clef.sign);
  ct_xml_put_number(out, "line", clef.line);
  if (clef.octave) {
    ct_xml_put_number(out, "clef-octave-change", clef.octave);
  }
  ct_put_text(out, "</clef>\n");
}

/// End a direction: which staff of the part it is for
static void
put_staff(CtBuffer* const out, const CtXmlPart* const part)
{
  if (part->n_staves > 1U) {
    ct_xml_put_number(out, "staff", 1);
  }
}

void
ct_musicxml_put_tempo(CtBuffer* const         out,
                      const CtBarShape* const shape,
                      const double            tempo,
                      const CtXmlPart* const  part)
{
  static const double half = 0.5;

  CtNoteValue value = {CT_VALUE_QUARTER, 0U};
  (void)ct_note_value(shape->beat, &value);

  // In hundredths, since printf's decimal point depends on the locale
  const double  beats    = tempo * CT_UNITS_PER_QUARTER / (double)shape->beat;
  const int64_t mark     = (int64_t)((beats * PERCENT) + half);
  const int64_t quarters = (int64_t)((tempo * PERCENT) + half);
  ct_put_text(out,
              "<direction placement=\"above\">\n<direction-type>\n"
              "<metronome parentheses=\"no\">\n");
  ct_xml_put_text(out, "beat-unit", ct_musicxml_value((CtValueBase)value.base));
  if (value.n_dots) {
    ct_put_text(out, "<beat-unit-dot/>\n");
  }
  ct_xml_put(out, "<per-minute>%" PRId64, mark / PERCENT);
  if (mark % PERCENT) {
    ct_xml_put(out, ".%02" PRId64, mark % PERCENT);
  }
  ct_put_text(out, "</per-minute>\n</metronome>\n</direction-type>\n");
  put_staff(out, part);
  ct_xml_put(out,
             "<sound tempo=\"%" PRId64 ".%02" PRId64 "\"/>\n</direction>\n",
             quarters / PERCENT,
             quarters % PERCENT);
}

void
ct_musicxml_put_dynamic(CtBuffer* const        out,
                        const CtDynamic        dynamic,
                        const CtXmlPart* const part)
{
  ct_xml_put(out,
             "<direction placement=\"%s\">\n<direction-type>\n"
             "<dynamics>\n<%s/>\n</dynamics>\n</direction-type>\n",
             part->is_sung ? "above" : "below",
             ct_dynamic_name(dynamic));
  put_staff(out, part);
  ct_xml_put(out,
             "<sound dynamics=\"%u\"/>\n</direction>\n",
             PERCENT * ct_dynamic_velocity(dynamic) / FULL_VELOCITY);
}

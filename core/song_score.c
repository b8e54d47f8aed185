// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A song as a score: which staves an ensemble has, and where on the grid its
// notes are

#include "base/buffer.h"
#include "continuo.h"
#include "gen/form.h"
#include "music/humanize.h"
#include "music/musicxml.h"
#include "music/spelling.h"
#include "song.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/// Most parts of a score
#define MAX_PARTS 4U

/// Bytes of a title or a name of who wrote it
#define TEXT_SIZE 96U

/// Who plays from a staff
typedef struct {
  CtPart     part;
  CtClefKind clef;
  CtClefKind other_clef;
} StaffRow;

/// An instrument or voice
typedef struct {
  const char* name;
  const char* abbreviation;
  uint32_t    n_staves;
  StaffRow    staves[CT_MAX_STAVES];
} PartRow;

/// Staves of a keyboard's hands, with a row for commas' sake
#define HANDS                                    \
  {CT_PART_RIGHT, CT_CLEF_TREBLE, CT_CLEF_BASS}, \
  {                                              \
    CT_PART_LEFT, CT_CLEF_BASS, CT_CLEF_TREBLE   \
  }

/// Scores of the ensembles; a name of null ends the parts
static const PartRow layouts[CT_N_ENSEMBLES][MAX_PARTS] = {
  [CT_ENSEMBLE_KEYBOARD] = {{"Piano", "Pno.", 2U, {HANDS}}},
  [CT_ENSEMBLE_ORGAN]    = {{"Organ",
                             "Org.",
                             3U,
                             {HANDS, {CT_PART_BASS, CT_CLEF_BASS, CT_CLEF_BASS}}}},
  [CT_ENSEMBLE_SONG] =
    {{"Voice", "V.", 1U, {{CT_PART_SOPRANO, CT_CLEF_TREBLE, CT_CLEF_TREBLE}}},
     {"Piano", "Pno.", 2U, {HANDS}}},
  [CT_ENSEMBLE_VOICES] =
    {{"Soprano", "S.", 1U, {{CT_PART_SOPRANO, CT_CLEF_TREBLE, CT_CLEF_TREBLE}}},
     {"Alto", "A.", 1U, {{CT_PART_ALTO, CT_CLEF_TREBLE, CT_CLEF_TREBLE}}},
     {"Tenor", "T.", 1U, {{CT_PART_TENOR, CT_CLEF_TREBLE_8, CT_CLEF_TREBLE_8}}},
     {"Bass", "B.", 1U, {{CT_PART_BASS, CT_CLEF_BASS, CT_CLEF_BASS}}}},
  [CT_ENSEMBLE_QUARTET] =
    {{"Violin I",
      "Vln. I",
      1U,
      {{CT_PART_SOPRANO, CT_CLEF_TREBLE, CT_CLEF_TREBLE}}},
     {"Violin II",
      "Vln. II",
      1U,
      {{CT_PART_ALTO, CT_CLEF_TREBLE, CT_CLEF_TREBLE}}},
     {"Viola", "Vla.", 1U, {{CT_PART_TENOR, CT_CLEF_ALTO, CT_CLEF_TREBLE}}},
     {"Violoncello", "Vc.", 1U, {{CT_PART_BASS, CT_CLEF_BASS, CT_CLEF_TENOR}}}},
  [CT_ENSEMBLE_MELODY] =
    {{"Violin",
      "Vln.",
      1U,
      {{CT_PART_SOPRANO, CT_CLEF_TREBLE, CT_CLEF_TREBLE}}}},
};

/// Which staff of which part
typedef struct {
  uint32_t part;
  uint32_t staff;
} Place;

static uint32_t
count_parts(const PartRow* const rows)
{
  uint32_t n_parts = 0U;
  while (n_parts < MAX_PARTS && rows[n_parts].name) {
    ++n_parts;
  }
  return n_parts;
}

/// The staff that a player reads, the first if there is none
static Place
place_of(const PartRow* const rows, const uint32_t player)
{
  for (uint32_t p = 0U; p < count_parts(rows); ++p) {
    for (uint32_t s = 0U; s < rows[p].n_staves; ++s) {
      if ((uint32_t)rows[p].staves[s].part == player) {
        return (Place){p, s};
      }
    }
  }
  return (Place){0U, 0U};
}

/// A tick on the model's grid, which is counted from the bar line; in meters
/// that it does not fit, on the meter's own
static int64_t
on_grid(const ContinuoSong* const song, const CtTick tick)
{
  const CtMeter meter  = {song->plan.numerator, song->plan.denominator};
  const int64_t length = ct_meter_bar_length(meter);
  const int64_t grid =
    length % CT_TICKS_PER_GRID ? length / meter.numerator : CT_TICKS_PER_GRID;
  const CtTick line = tick / length * length;
  CtTick       past = tick - line;
  if (song->is_humanized) {
    past -= past % CT_TICKS_PER_GRID; // It was put off, by less than a step
  }
  return (line + ((past + (grid / 2)) / grid * grid)) / CT_TICKS_PER_UNIT;
}

static_assert(CT_HUMANIZE_MAX_TICKS < CT_TICKS_PER_GRID, "one finds back");

/// A note as it is written: on the grid, and not too short to be
static CtWrittenNote
written(const ContinuoSong* const song, const CtNote* const note)
{
  const CtMeter meter    = {song->plan.numerator, song->plan.denominator};
  const int64_t shortest = ct_meter_bar_length(meter) % CT_TICKS_PER_GRID
                             ? CT_SHORTEST_VALUE
                             : CT_TICKS_PER_GRID / CT_TICKS_PER_UNIT;
  CtSpan        span     = {on_grid(song, note->tick),
                            on_grid(song, note->tick + note->duration)};
  const int64_t end      = on_grid(song, song->end);
  if (span.begin >= end) {
    span.begin = end - shortest;
  }
  if (span.end < span.begin + shortest) {
    span.end = span.begin + shortest;
  }
  return (CtWrittenNote){
    .span = span, .pitch = note->pitch, .velocity = note->velocity};
}

static int
compare_notes(const void* const a, const void* const b)
{
  const CtWrittenNote* const x = (const CtWrittenNote*)a;
  const CtWrittenNote* const y = (const CtWrittenNote*)b;
  if (x->span.begin != y->span.begin) {
    return x->span.begin < y->span.begin ? -1 : 1;
  }
  if (x->span.end != y->span.end) {
    return x->span.end < y->span.end ? -1 : 1;
  }
  return (x->pitch > y->pitch) - (x->pitch < y->pitch);
}

/// Put the notes into the staves they are played from.  @param notes [n_notes]
static void
fill_staves(const ContinuoSong* const song,
            CtXmlPart* const          parts,
            CtWrittenNote*            notes)
{
  const PartRow* const rows = layouts[song->ensemble];
  for (uint32_t p = 0U; p < count_parts(rows); ++p) {
    for (uint32_t s = 0U; s < rows[p].n_staves; ++s) {
      CtXmlStaff* const staff = &parts[p].staves[s];
      staff->notes            = notes;
      for (size_t i = 0U; i < song->n_notes; ++i) {
        const Place place = place_of(rows, song->notes[i].part);
        if (place.part == p && place.staff == s) {
          *notes++ = written(song, &song->notes[i]);
          ++staff->n_notes;
        }
      }
      qsort(staff->notes, staff->n_notes, sizeof(CtWrittenNote), compare_notes);
    }
  }
}

/// Lay out the parts of the ensemble.  @return How many
static uint32_t
lay_out(const ContinuoSong* const song, CtXmlPart* const parts)
{
  const PartRow* const rows    = layouts[song->ensemble];
  const uint32_t       n_parts = count_parts(rows);
  for (uint32_t p = 0U; p < n_parts; ++p) {
    const CtPart first    = rows[p].staves[0].part;
    parts[p].name         = rows[p].name;
    parts[p].abbreviation = rows[p].abbreviation;
    parts[p].program      = song->programs[first];
    parts[p].n_staves     = rows[p].n_staves;
    parts[p].is_sung      = song->ensemble == CT_ENSEMBLE_VOICES ||
                       (song->ensemble == CT_ENSEMBLE_SONG && !p);
    for (uint32_t s = 0U; s < rows[p].n_staves; ++s) {
      parts[p].staves[s].clef       = rows[p].staves[s].clef;
      parts[p].staves[s].other_clef = rows[p].staves[s].other_clef;
    }
  }
  return n_parts;
}

/// The signature that leaves the fewest notes outside: of a piece whose key the
/// model chose
static CtKey
find_signature(const ContinuoSong* const song)
{
  static const int most_flats  = -5;
  static const int most_sharps = 6;

  CtKey   best        = {0U, CT_MODE_MAJOR};
  int64_t best_inside = -1;
  for (int n = 0; n <= most_sharps - most_flats; ++n) {
    // From none to many: 0, 1, -1, 2, -2 ...
    const int     sharps = n % 2 ? (n + 1) / 2 : -n / 2;
    const CtKey   key    = ct_key_from_signature(sharps, false);
    const CtScale scale  = ct_scale(key);
    int64_t       inside = 0;
    for (size_t i = 0U; i < song->n_notes; ++i) {
      inside += ct_scale_contains(scale, song->notes[i].pitch)
                  ? song->notes[i].duration
                  : 0;
    }
    if (inside > best_inside) {
      best_inside = inside;
      best        = key;
    }
  }
  return best;
}

/// The key that was asked for, or the signature that fits best
static CtKey
key_of(const ContinuoSong* const song)
{
  const CtKey told = {(uint8_t)song->settings.key,
                      song->settings.scale == CT_SCALE_MINOR ? CT_MODE_MINOR
                                                             : CT_MODE_MAJOR};
  return song->settings.scale == CT_SCALE_FREE ? find_signature(song) : told;
}

/// Write a title such as "Improvisation in E♭ major"
static void
entitle(const ContinuoSong* const song, char title[TEXT_SIZE])
{
  static const char* const accidentals[] = {"♭", "", "♯"};

  const CtKey      key   = key_of(song);
  const CtSpelling tonic = ct_spelling(ct_key_fifths(key), key.tonic);
  if (song->settings.scale == CT_SCALE_FREE) {
    snprintf(title, TEXT_SIZE, "Improvisation");
  } else {
    snprintf(title,
             TEXT_SIZE,
             "Improvisation in %c%s %s",
             "CDEFGAB"[tonic.step],
             accidentals[tonic.alter + 1],
             key.mode == CT_MODE_MINOR ? "minor" : "major");
  }
}

ContinuoStatus
continuo_song_to_musicxml(const ContinuoSong* const song,
                          uint8_t** const           bytes,
                          size_t* const             size)
{
  *bytes = NULL;
  *size  = 0U;
  CtWrittenNote* const notes =
    (CtWrittenNote*)calloc(song->n_notes + 1U, sizeof(CtWrittenNote));
  if (!notes) {
    return CT_NO_MEMORY;
  }

  CtXmlPart parts[MAX_PARTS]    = {{0}};
  char      title[TEXT_SIZE]    = "";
  char      composer[TEXT_SIZE] = "";
  entitle(song, title);
  snprintf(composer, sizeof(composer), "Continuo, style: %s", song->style);
  CtXmlScore score = {.title    = title,
                      .composer = composer,
                      .software = "Continuo " CONTINUO_VERSION,
                      .meter = {song->plan.numerator, song->plan.denominator},
                      .key   = key_of(song),
                      .has_mode     = song->settings.scale != CT_SCALE_FREE,
                      .tempo        = song->plan.tempo,
                      .n_bars       = song->plan.n_bars,
                      .phrase       = CT_PHRASE_BARS,
                      .parts        = parts,
                      .n_parts      = lay_out(song, parts),
                      .is_bracketed = song->ensemble == CT_ENSEMBLE_VOICES ||
                                      song->ensemble == CT_ENSEMBLE_QUARTET};
  fill_staves(song, parts, notes);

  CtBuffer buffer = ct_buffer_init();
  CtStatus st     = ct_musicxml_write(&score, &buffer);
  if (!st) {
    st = ct_buffer_take(&buffer, bytes, size);
  }
  ct_buffer_free(&buffer);
  free(notes);
  return (ContinuoStatus)st;
}

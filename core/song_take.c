// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A song of what the take has

#include "base/status.h"
#include "continuo.h"
#include "gen/sheet.h"
#include "instance.h"
#include "music/humanize.h"
#include "music/meter.h"
#include "music/note.h"
#include "music/tick.h"
#include "song.h"

/// The note as it is heard
static CtNote
humanized(const CtNote note, const CtHumanize wish, const double tempo)
{
  const CtTick end   = note.tick + note.duration;
  const CtTick off   = end + ct_humanize(wish, tempo, end, note.pitch);
  CtNote       heard = note;
  heard.tick     = note.tick + ct_humanize(wish, tempo, note.tick, note.pitch);
  heard.duration = off > heard.tick ? (int32_t)(off - heard.tick) : 1;
  return heard;
}

/// Enter the notes of a sheet that begin in an excerpt, from tick 0 on
static void
copy_notes(const CtSheet* const         sheet,
           const ContinuoExcerpt* const excerpt,
           const CtHumanize             wish,
           ContinuoSong* const          song)
{
  for (size_t s = 0U; s < sheet->sections.n_sections; ++s) {
    const CtSection* const section = sheet->sections.items[s];
    for (size_t i = 0U; i < section->n_notes; ++i) {
      CtNote note = section->notes[i];
      if (note.tick >= excerpt->begin && note.tick < excerpt->end) {
        note               = humanized(note, wish, excerpt->tempo);
        const int64_t left = excerpt->end - note.tick;
        note.duration = note.duration < left ? note.duration : (int32_t)left;
        note.tick -= excerpt->begin;
        ct_song_add(song, note);
      }
    }
  }
}

ContinuoStatus
continuo_take_song(Continuo* const              self,
                   const ContinuoExcerpt* const excerpt,
                   ContinuoSong** const         song)
{
  const CtMeter meter = {excerpt->numerator, excerpt->denominator};
  *song               = NULL;
  if (excerpt->begin < 0 || excerpt->end <= excerpt->begin ||
      !(excerpt->tempo > 0.0) || !ct_meter_is_valid(meter)) {
    return CT_BAD_ARG;
  }

  const int64_t          length = excerpt->end - excerpt->begin;
  const ContinuoSongPlan plan   = {
      (uint32_t)ct_ceil_div(length, ct_meter_bar_length(meter)),
      excerpt->tempo,
      excerpt->numerator,
      excerpt->denominator};
  CtSettings settings = ct_instance_settings(self);
  CtSheet    sheet;
  CtStatus   st = ct_writer_copy_sheet(self->writer, &sheet);
  if (!st) {
    // The key that it was in, where the parameter follows the musician
    settings.key   = ct_sheet_settings(&sheet, excerpt->begin)->key;
    settings.scale = ct_sheet_settings(&sheet, excerpt->begin)->scale;
    *song          = ct_song_begin(self, &plan, &settings);
    st             = *song ? CT_SUCCESS : CT_NO_MEMORY;
  }
  if (!st) {
    (*song)->end = length;
    copy_notes(&sheet, excerpt, ct_instance_humanize(self), *song);
    st = (*song)->status;
  }
  ct_sheet_clear(&sheet);
  if (st) {
    continuo_song_free(*song);
    *song = NULL;
  }
  return (ContinuoStatus)st;
}

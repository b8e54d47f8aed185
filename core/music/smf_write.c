// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/smf.h"

#include "music/event.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT 1U

/// Bytes of the header chunk
#define HEADER_SIZE 6U

/// Largest number of four bytes of seven bits
#define MAX_VARIABLE 0x0FFFFFFF

#define VARIABLE_BITS 7U
#define VARIABLE_MORE 0x80U
#define VARIABLE_MASK 0x7FU

#define STATUS_META 0xFFU
#define META_TRACK_NAME 0x03U
#define META_END_OF_TRACK 0x2FU
#define META_SET_TEMPO 0x51U
#define META_METER 0x58U
#define META_KEY 0x59U

/// Largest tempo event: three bytes
#define MAX_US_PER_QUARTER 0xFFFFFFU

/// MIDI clocks in a whole note
#define CLOCKS_PER_WHOLE 96U

/// Thirty-second notes in a MIDI quarter
#define THIRTY_SECONDS 8U

/// Bytes of the longest event we write: a meter
#define LINE_SIZE 7U

/// An event of a track
typedef struct {
  CtTick  tick;
  size_t  sequence; ///< Order of adding, to be stable
  CtOrder order;
  uint8_t size;
  uint8_t bytes[LINE_SIZE];
} Line;

/// Events of a track
typedef struct {
  Line*  lines;
  size_t n_lines;
} Lines;

static void
put_variable(CtBuffer* const out, const uint32_t value)
{
  unsigned shift = 0U;
  while (value >> (shift + VARIABLE_BITS)) {
    shift += VARIABLE_BITS;
  }
  for (; shift; shift -= VARIABLE_BITS) {
    ct_put_u8(out,
              (uint8_t)(((value >> shift) & VARIABLE_MASK) | VARIABLE_MORE));
  }
  ct_put_u8(out, (uint8_t)(value & VARIABLE_MASK));
}

/// Write the head of a track, with its name.  @return Where its length is to be
/// written
static size_t
begin_track(CtBuffer* const out, const char* const name)
{
  ct_put_text(out, "MTrk");
  const size_t length_at = out->size;
  ct_put_u32_be(out, 0U);
  if (name && *name) {
    const uint8_t head[] = {0U, STATUS_META, META_TRACK_NAME};
    ct_put_bytes(out, head, sizeof(head));
    put_variable(out, (uint32_t)strlen(name));
    ct_put_text(out, name);
  }
  return length_at;
}

static void
add_line(Lines* const         lines,
         const CtTick         tick,
         const CtOrder        order,
         const uint8_t* const bytes,
         const uint8_t        size)
{
  Line* const line = &lines->lines[lines->n_lines];
  line->tick       = tick;
  line->sequence   = lines->n_lines++;
  line->order      = order;
  line->size       = size;
  memcpy(line->bytes, bytes, size);
}

static int
compare_lines(const void* const left, const void* const right)
{
  const Line* const a = (const Line*)left;
  const Line* const b = (const Line*)right;
  if (a->tick != b->tick) {
    return a->tick < b->tick ? -1 : 1;
  }
  if (a->order != b->order) {
    return a->order < b->order ? -1 : 1;
  }
  return a->sequence < b->sequence ? -1 : 1;
}

/// Write all events, the end of the track at `end` or later, and the track's
/// length
static CtStatus
put_lines(CtBuffer* const out,
          Lines* const    lines,
          const CtTick    end,
          const size_t    length_at)
{
  qsort(lines->lines, lines->n_lines, sizeof(Line), compare_lines);

  CtTick now = 0;
  for (size_t i = 0U; i < lines->n_lines; ++i) {
    const Line* const line = &lines->lines[i];
    if (line->tick - now > MAX_VARIABLE) {
      return CT_BAD_ARG;
    }
    put_variable(out, (uint32_t)(line->tick - now));
    ct_put_bytes(out, line->bytes, line->size);
    now = line->tick;
  }

  const CtTick rest = end > now ? end - now : 0;
  if (rest > MAX_VARIABLE) {
    return CT_BAD_ARG;
  }
  const uint8_t end_of_track[] = {STATUS_META, META_END_OF_TRACK, 0U};
  put_variable(out, (uint32_t)rest);
  ct_put_bytes(out, end_of_track, sizeof(end_of_track));
  ct_patch_u32_be(
    out, length_at, (uint32_t)(out->size - length_at - sizeof(uint32_t)));
  return out->status;
}

static bool
is_tick(const CtTick tick)
{
  return tick >= 0 && tick <= CT_SCORE_MAX_TICK;
}

static CtStatus
add_tempos(Lines* const lines, const CtSmfSong* const song)
{
  for (size_t i = 0U; i < song->n_tempos; ++i) {
    const CtScoreTempo* const tempo = &song->tempos[i];
    const uint32_t            us    = tempo->us_per_quarter;
    if (!is_tick(tempo->tick) || !us || us > MAX_US_PER_QUARTER) {
      return CT_BAD_ARG;
    }
    const uint8_t bytes[] = {STATUS_META,
                             META_SET_TEMPO,
                             3U,
                             (uint8_t)(us >> 16U),
                             (uint8_t)((us >> 8U) & UINT8_MAX),
                             (uint8_t)(us & UINT8_MAX)};
    add_line(lines, tempo->tick, CT_ORDER_CONTROL, bytes, sizeof(bytes));
  }
  return CT_SUCCESS;
}

/// MIDI clocks between metronome clicks: a dotted note in compound meters
static uint8_t
clocks_per_click(const CtMeter meter)
{
  const bool compound = meter.numerator > 3U && meter.numerator % 3U == 0U &&
                        meter.denominator >= 8U;
  const uint32_t clocks =
    CLOCKS_PER_WHOLE * (compound ? 3U : 1U) / meter.denominator;
  return (uint8_t)clocks;
}

static CtStatus
add_meters(Lines* const lines, const CtSmfSong* const song)
{
  for (size_t i = 0U; i < song->n_meters; ++i) {
    const CtMeter meter = song->meters[i].meter;
    if (!is_tick(song->meters[i].tick) || !ct_meter_is_valid(meter)) {
      return CT_BAD_ARG;
    }
    uint8_t exponent = 0U;
    while (1U << exponent < meter.denominator) {
      ++exponent;
    }
    const uint8_t bytes[] = {STATUS_META,
                             META_METER,
                             4U,
                             (uint8_t)meter.numerator,
                             exponent,
                             clocks_per_click(meter),
                             THIRTY_SECONDS};
    add_line(
      lines, song->meters[i].tick, CT_ORDER_CONTROL, bytes, sizeof(bytes));
  }
  return CT_SUCCESS;
}

static CtStatus
add_keys(Lines* const lines, const CtSmfSong* const song)
{
  for (size_t i = 0U; i < song->n_keys; ++i) {
    const CtKey key = song->keys[i].key;
    if (!is_tick(song->keys[i].tick) || key.tonic >= CT_PITCH_CLASS_COUNT) {
      return CT_BAD_ARG;
    }
    const uint8_t bytes[] = {
      STATUS_META,
      META_KEY,
      2U,
      (uint8_t)((unsigned)ct_key_sharps(key) & UINT8_MAX),
      key.mode == CT_MODE_MINOR ? 1U : 0U};
    add_line(lines, song->keys[i].tick, CT_ORDER_CONTROL, bytes, sizeof(bytes));
  }
  return CT_SUCCESS;
}

/// Write the first track: tempo, meter and key of the whole file
static CtStatus
put_conductor(CtBuffer* const        out,
              const CtSmfSong* const song,
              const CtTick           end)
{
  const size_t n_lines = song->n_tempos + song->n_meters + song->n_keys;
  Lines        lines   = {(Line*)calloc(n_lines + 1U, sizeof(Line)), 0U};
  if (!lines.lines) {
    return CT_NO_MEMORY;
  }

  const size_t length_at = begin_track(out, song->name);
  CtStatus     st        = CT_SUCCESS;
  if (!(st = add_tempos(&lines, song)) && !(st = add_meters(&lines, song)) &&
      !(st = add_keys(&lines, song))) {
    st = put_lines(out, &lines, end, length_at);
  }
  free(lines.lines);
  return st;
}

static bool
is_note(const CtNote* const note)
{
  return is_tick(note->tick) && note->pitch < CT_MIDI_NOTE_COUNT &&
         note->velocity > 0U && note->velocity <= CT_MIDI_DATA_MASK &&
         note->channel < CT_MIDI_CHANNEL_COUNT && note->duration >= 0;
}

/// Order by (channel, pitch, onset, duration)
static int
compare_notes(const void* const left, const void* const right)
{
  const CtNote* const a = (const CtNote*)left;
  const CtNote* const b = (const CtNote*)right;
  if (a->channel != b->channel) {
    return (int)a->channel - (int)b->channel;
  }
  if (a->pitch != b->pitch) {
    return (int)a->pitch - (int)b->pitch;
  }
  if (a->tick != b->tick) {
    return a->tick < b->tick ? -1 : 1;
  }
  return (a->duration > b->duration) - (a->duration < b->duration);
}

/**
   Add on and off of sorted notes.

   Readers pair an off with the last on of its pitch, so a note ends where the
   next of its pitch begins; of two that begin together the longer one is
   played.
*/
static void
add_notes(Lines* const lines, const CtNote* const notes, const size_t n_notes)
{
  for (size_t i = 0U; i < n_notes; ++i) {
    const CtNote* const note = &notes[i];
    CtTick end = note->tick + (note->duration > 0 ? note->duration : 1);
    if (i + 1U < n_notes && notes[i + 1U].channel == note->channel &&
        notes[i + 1U].pitch == note->pitch && notes[i + 1U].tick < end) {
      end = notes[i + 1U].tick;
    }
    if (end > note->tick) {
      const CtEvent on  = ct_event_note_on(note->tick,
                                          end,
                                          note->channel,
                                          note->pitch,
                                          note->velocity,
                                          note->part);
      const CtEvent off = ct_event_note_off(&on);
      add_line(lines, on.tick, on.order, on.bytes, on.size);
      add_line(lines, off.tick, off.order, off.bytes, off.size);
    }
  }
}

/// Enter a track into `lines` by way of `notes` [track->n_notes], a copy that
/// may be sorted
static CtStatus
add_track(Lines* const            lines,
          const CtSmfTrack* const track,
          CtNote* const           notes)
{
  for (size_t i = 0U; i < track->n_notes; ++i) {
    if (!is_note(&track->notes[i])) {
      return CT_BAD_ARG;
    }
    notes[i] = track->notes[i];
  }
  if (track->channel >= CT_MIDI_CHANNEL_COUNT ||
      track->program > (int)CT_MIDI_DATA_MASK) {
    return CT_BAD_ARG;
  }

  if (track->program >= 0) {
    const uint8_t bytes[] = {(uint8_t)(CT_MIDI_PROGRAM | track->channel),
                             (uint8_t)track->program};
    add_line(lines, 0, CT_ORDER_CONTROL, bytes, sizeof(bytes));
  }
  qsort(notes, track->n_notes, sizeof(CtNote), compare_notes);
  add_notes(lines, notes, track->n_notes);
  return CT_SUCCESS;
}

static CtStatus
put_track(CtBuffer* const out, const CtSmfTrack* const track, const CtTick end)
{
  if (track->n_notes > CT_SCORE_MAX_NOTES) {
    return CT_BAD_ARG;
  }

  Lines lines = {(Line*)calloc((2U * track->n_notes) + 1U, sizeof(Line)), 0U};
  CtNote* const notes = (CtNote*)calloc(track->n_notes + 1U, sizeof(CtNote));
  CtStatus      st    = lines.lines && notes ? CT_SUCCESS : CT_NO_MEMORY;
  if (!st) {
    st = add_track(&lines, track, notes);
  }
  if (!st) {
    const size_t length_at = begin_track(out, track->name);
    st                     = put_lines(out, &lines, end, length_at);
  }
  free(notes);
  free(lines.lines);
  return st;
}

/// The least end that all tracks share
static CtTick
song_end(const CtSmfSong* const song)
{
  CtTick end = song->end > 0 ? song->end : 0;
  for (size_t i = 0U; i < song->n_tracks; ++i) {
    for (size_t j = 0U; j < song->tracks[i].n_notes; ++j) {
      const CtNote* const note = &song->tracks[i].notes[j];
      const CtTick        off = is_note(note) ? note->tick + note->duration : 0;
      end                     = off > end ? off : end;
    }
  }
  return end;
}

CtStatus
ct_smf_write(const CtSmfSong* const song, CtBuffer* const out)
{
  if (song->n_tracks >= UINT16_MAX) {
    return CT_BAD_ARG;
  }

  ct_put_text(out, "MThd");
  ct_put_u32_be(out, HEADER_SIZE);
  ct_put_u16_be(out, FORMAT);
  ct_put_u16_be(out, (uint16_t)(song->n_tracks + 1U));
  ct_put_u16_be(out, CT_PPQN);

  const CtTick end = song_end(song);
  CtStatus     st  = put_conductor(out, song, end);
  for (size_t i = 0U; i < song->n_tracks && !st; ++i) {
    st = put_track(out, &song->tracks[i], end);
  }
  return st;
}

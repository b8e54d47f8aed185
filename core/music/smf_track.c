// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/smf_track.h"

#include "base/grow.h"

#include "music/event.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// Longest meta or system exclusive message
#define MAX_MESSAGE_SIZE 1000000U

/// Larger delta times are no music, and would overflow
#define MAX_VARIABLE (UINT32_MAX >> 4U)

#define VARIABLE_BITS 7U
#define VARIABLE_MORE 0x80U

#define STATUS_BIT 0x80U
#define STATUS_SYSTEM 0xF0U
#define STATUS_SYSEX 0xF0U
#define STATUS_SYSEX_MORE 0xF7U
#define STATUS_META 0xFFU

/// Largest exponent of two in a meter: CT_METER_MAX_DENOMINATOR
#define MAX_METER_EXPONENT 6U

/// Most sharps or flats of a signature
#define MAX_SIGNATURE 7

/// Limits of an SMPTE offset
#define MAX_SMPTE_MINUTES 59U
#define MAX_SMPTE_SUBFRAMES 99U

typedef enum {
  META_SEQUENCE_NUMBER = 0x00,
  META_TRACK_NAME      = 0x03,
  META_CHANNEL_PREFIX  = 0x20,
  META_SET_TEMPO       = 0x51,
  META_SMPTE_OFFSET    = 0x54,
  META_METER           = 0x58,
  META_KEY             = 0x59,
} MetaType;

/// A note and its channel, before channels are sorted into streams
typedef struct {
  CtScoreNote note;
  uint8_t     channel;
} ChannelNote;

/// A note that sounds while a track is read
typedef struct {
  CtTick  onset;
  uint8_t velocity; ///< Zero if it doesn't sound
} Sounding;

/// Reading of one track
typedef struct {
  CtScore*       score;       ///< Where everything goes
  CtCursor       cursor;      ///< In the chunk
  int64_t        division;    ///< Ticks of the file to the quarter
  int64_t        now;         ///< Ticks of the file since the beginning
  uint32_t       track;       ///< Index in the file
  uint8_t        last_status; ///< Running status, zero if none
  const uint8_t* name;        ///< Borrowed from the file
  size_t         name_size;   ///< Bytes of it
  ChannelNote*   notes;       ///< Of all channels, in order of their ends
  size_t         n_notes;     ///< How many
  size_t         capacity;    ///< How many there is room for
  Sounding       sounding[CT_MIDI_CHANNEL_COUNT][CT_MIDI_NOTE_COUNT];
} Track;

/// Reading past the end of a track is a length that lies
static CtStatus
in_track(const CtStatus status)
{
  return status == CT_REACHED_END ? CT_SMF_LYING_LENGTH : status;
}

/// Our tick for the track's time, rounded to the nearest, a half up
static CtTick
scaled(const Track* const track)
{
  return ((track->now * CT_PPQN * 2) + track->division) / (2 * track->division);
}

/// Read a number of seven bits a byte, the highest first
static CtStatus
read_variable(CtCursor* const cursor, uint32_t* const out)
{
  uint32_t value = 0U;
  uint8_t  byte  = VARIABLE_MORE;
  while (byte & VARIABLE_MORE) {
    const CtStatus st = in_track(ct_read_u8(cursor, &byte));
    if (st) {
      return st;
    }
    if (value > MAX_VARIABLE >> VARIABLE_BITS) {
      return CT_SMF_TOO_LARGE;
    }
    value = (value << VARIABLE_BITS) | (byte & ~VARIABLE_MORE);
  }
  *out = value;
  return CT_SUCCESS;
}

/// Read a length and as many bytes
static CtStatus
read_payload(CtCursor* const       cursor,
             const uint8_t** const bytes,
             uint32_t* const       size)
{
  CtStatus st = read_variable(cursor, size);
  if (!st) {
    st = in_track(ct_read_bytes(cursor, *size, bytes));
  }
  return !st && *size > MAX_MESSAGE_SIZE ? CT_SMF_TOO_LARGE : st;
}

/// End a note that sounds
static CtStatus
close_note(Track* const track, const uint8_t channel, const uint8_t pitch)
{
  Sounding* const    sounding = &track->sounding[channel][pitch];
  ChannelNote* const notes    = (ChannelNote*)ct_grow(
    track->notes, track->n_notes, &track->capacity, sizeof(ChannelNote));
  if (!notes) {
    return CT_NO_MEMORY;
  }

  track->notes           = notes;
  const ChannelNote note = {
    {sounding->onset, scaled(track), pitch, sounding->velocity}, channel};
  track->notes[track->n_notes++] = note;
  sounding->velocity             = 0U;
  return CT_SUCCESS;
}

/// A note-on or note-off ends what sounds on its pitch; a note-on begins the
/// next
static CtStatus
enter_note(Track* const  track,
           const uint8_t channel,
           const uint8_t pitch,
           const uint8_t velocity)
{
  if (channel == CT_MIDI_DRUM_CHANNEL) {
    return CT_SUCCESS;
  }
  if (track->sounding[channel][pitch].velocity) {
    const CtStatus st = close_note(track, channel, pitch);
    if (st) {
      return st;
    }
  }

  const Sounding sounding         = {scaled(track), velocity};
  track->sounding[channel][pitch] = sounding;
  return CT_SUCCESS;
}

static CtStatus
enter_meter(const Track* const track, const uint8_t* const data)
{
  if (!data[0] || data[1] > MAX_METER_EXPONENT) {
    return CT_SMF_BAD_EVENT;
  }

  const CtScoreMeter meter = {scaled(track), {data[0], 1U << data[1]}};
  return ct_score_add_meter(track->score, meter);
}

static CtStatus
enter_key(const Track* const track, const uint8_t* const data)
{
  const int sharps =
    data[0] & STATUS_BIT ? (int)data[0] - (UINT8_MAX + 1) : (int)data[0];
  if (sharps < -MAX_SIGNATURE || sharps > MAX_SIGNATURE || data[1] > 1U) {
    return CT_SMF_BAD_EVENT;
  }

  const CtScoreKey key = {scaled(track),
                          ct_key_from_signature(sharps, data[1] == 1U)};
  return ct_score_add_key(track->score, key);
}

static CtStatus
enter_tempo(const Track* const track, const uint8_t* const data)
{
  const CtScoreTempo tempo = {scaled(track),
                              ((uint32_t)data[0] << 16U) |
                                ((uint32_t)data[1] << 8U) | data[2]};
  return tempo.us_per_quarter ? ct_score_add_tempo(track->score, tempo)
                              : CT_SUCCESS;
}

static CtStatus
check_smpte_offset(const uint8_t* const data)
{
  const bool good = data[1] <= MAX_SMPTE_MINUTES &&
                    data[2] <= MAX_SMPTE_MINUTES &&
                    data[4] <= MAX_SMPTE_SUBFRAMES;
  return good ? CT_SUCCESS : CT_SMF_BAD_EVENT;
}

/// Fewest bytes of a meta message of `type`
static uint32_t
least_meta_size(const uint8_t type)
{
  switch (type) {
  case META_CHANNEL_PREFIX:
    return 1U;
  case META_KEY:
    return 2U;
  case META_SET_TEMPO:
    return 3U;
  case META_METER:
    return 4U;
  case META_SMPTE_OFFSET:
    return 5U;
  default:
    return 0U;
  }
}

static CtStatus
read_meta(Track* const track)
{
  uint8_t        type = 0U;
  uint32_t       size = 0U;
  const uint8_t* data = NULL;
  CtStatus       st   = CT_SUCCESS;
  if ((st = in_track(ct_read_u8(&track->cursor, &type))) ||
      (st = read_payload(&track->cursor, &data, &size))) {
    return st;
  }
  if (size < least_meta_size(type)) {
    return CT_SMF_BAD_EVENT;
  }

  switch (type) {
  case META_SEQUENCE_NUMBER:
    return size == 1U ? CT_SMF_BAD_EVENT : CT_SUCCESS;
  case META_TRACK_NAME:
    if (!track->name_size) {
      track->name      = data;
      track->name_size = size;
    }
    return CT_SUCCESS;
  case META_SET_TEMPO:
    return enter_tempo(track, data);
  case META_SMPTE_OFFSET:
    return check_smpte_offset(data);
  case META_METER:
    return enter_meter(track, data);
  case META_KEY:
    return enter_key(track, data);
  default:
    return CT_SUCCESS;
  }
}

/// Data bytes after `status`, or -1 if there is no such message
static int
data_size(const uint8_t status)
{
  static const int8_t channel[] = {2, 2, 2, 2, 1, 1, 2};
  static const int8_t system[]  = {
     -1, 1, 2, 1, -1, -1, 0, -1, 0, -1, 0, 0, 0, -1, 0, -1};

  return status < STATUS_SYSTEM ? channel[(status & ~STATUS_BIT) >> 4U]
                                : system[status & CT_MIDI_CHANNEL_MASK];
}

/// Files have data bytes above 127: they are taken as 127
static uint8_t
clipped(const uint8_t byte)
{
  return byte < CT_MIDI_DATA_MASK ? byte : CT_MIDI_DATA_MASK;
}

/// Read a channel or system message of which `data` [2] holds `n_read` bytes
/// already
static CtStatus
read_message(Track* const   track,
             const uint8_t  status,
             uint8_t* const data,
             const int      n_read)
{
  const int size = data_size(status);
  if (size < n_read) {
    return CT_SMF_BAD_EVENT;
  }
  for (int i = n_read; i < size; ++i) {
    const CtStatus st = in_track(ct_read_u8(&track->cursor, &data[i]));
    if (st) {
      return st;
    }
  }

  const unsigned kind    = status & CT_MIDI_STATUS_MASK;
  const uint8_t  channel = status & CT_MIDI_CHANNEL_MASK;
  if (kind == CT_MIDI_NOTE_ON) {
    return enter_note(track, channel, clipped(data[0]), clipped(data[1]));
  }
  return kind == CT_MIDI_NOTE_OFF
           ? enter_note(track, channel, clipped(data[0]), 0U)
           : CT_SUCCESS;
}

/// Read what follows a delta time
static CtStatus
read_event(Track* const track)
{
  uint8_t        data[2] = {0U, 0U};
  uint8_t        status  = 0U;
  int            n_read  = 0;
  const CtStatus st      = in_track(ct_read_u8(&track->cursor, &status));
  if (st) {
    return st;
  }

  if (status == STATUS_META) {
    return read_meta(
      track); // Leaves the running status alone, as most readers do
  }
  if (status & STATUS_BIT) {
    track->last_status = status;
  } else {
    data[n_read++] = status;
    status         = track->last_status;
  }
  if (!status) {
    return CT_SMF_BAD_EVENT;
  }
  if (status == STATUS_SYSEX || status == STATUS_SYSEX_MORE) {
    const uint8_t* bytes = NULL;
    uint32_t       size  = 0U;
    return read_payload(&track->cursor, &bytes, &size);
  }
  return read_message(track, status, data, n_read);
}

/// Read all events of the track, and end what sounds at its end
static CtStatus
read_events(Track* const track)
{
  const int64_t max_now = CT_SCORE_MAX_TICK / CT_PPQN * track->division;
  CtStatus      st      = CT_SUCCESS;
  while (ct_cursor_left(&track->cursor)) {
    uint32_t delta = 0U;
    if ((st = read_variable(&track->cursor, &delta))) {
      return st;
    }
    track->now += delta;
    if (track->now > max_now || track->n_notes > CT_SCORE_MAX_NOTES) {
      return CT_SMF_TOO_LARGE;
    }
    if ((st = read_event(track))) {
      return st;
    }
  }

  for (uint8_t channel = 0U; channel < CT_MIDI_CHANNEL_COUNT; ++channel) {
    for (uint8_t pitch = 0U; pitch < CT_MIDI_NOTE_COUNT; ++pitch) {
      if (track->sounding[channel][pitch].velocity &&
          (st = close_note(track, channel, pitch))) {
        return st;
      }
    }
  }
  return CT_SUCCESS;
}

/// Add the notes of `channel` to the score, if there are any
static CtStatus
add_stream(const Track* const track,
           const uint8_t      channel,
           const char* const  name)
{
  CtStatus st       = CT_SUCCESS;
  bool     has_note = false;
  for (size_t i = 0U; i < track->n_notes && !st; ++i) {
    if (track->notes[i].channel == channel) {
      if (!has_note) {
        st = ct_score_add_stream(track->score, track->track, channel, name);
      }
      if (!st) {
        st = ct_score_add_note(track->score, track->notes[i].note);
      }
      has_note = true;
    }
  }
  return st;
}

/// Sort the notes of a track into streams of the score
static CtStatus
add_streams(const Track* const track)
{
  char* const name = (char*)malloc(track->name_size + 1U);
  if (!name) {
    return CT_NO_MEMORY;
  }

  for (size_t i = 0U; i < track->name_size; ++i) {
    name[i] = (char)(track->name[i] ? track->name[i] : ' ');
  }
  name[track->name_size] = '\0';

  CtStatus st = CT_SUCCESS;
  for (uint8_t channel = 0U; channel < CT_MIDI_CHANNEL_COUNT && !st;
       ++channel) {
    st = add_stream(track, channel, name);
  }
  free(name);
  return st;
}

CtStatus
ct_smf_read_track(CtScore* const score,
                  const CtCursor chunk,
                  const uint16_t division,
                  const uint32_t index)
{
  Track* const track = (Track*)calloc(1U, sizeof(Track));
  if (!track) {
    return CT_NO_MEMORY;
  }

  track->score    = score;
  track->cursor   = chunk;
  track->division = division;
  track->track    = index;

  CtStatus st = read_events(track);
  if (!st) {
    st = add_streams(track);
  }
  free(track->notes);
  free(track);
  return st;
}

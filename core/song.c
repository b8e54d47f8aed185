// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// A song is what the plugin plays to a transport whose frames are ticks

#include "song.h"
#include "base/buffer.h"
#include "base/grow.h"
#include "base/status.h"
#include "continuo.h"
#include "gen/codec.h"
#include "gen/interpret.h"
#include "instance.h"
#include "music/event.h"
#include "music/key.h"
#include "music/note.h"
#include "music/smf.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

/// Base of the digits of a meter
#define DECIMAL 10U

static const double us_per_minute      = 6e7;
static const double seconds_per_minute = 60.0;

/// Read digits up to `end`.  @return Zero if it is none up to the largest
static uint32_t
read_digits(const char* const text, const char** const end)
{
  uint32_t number = 0U;
  *end            = text;
  while (**end >= '0' && **end <= '9' && number <= CONTINUO_MAX_METER) {
    number = (number * DECIMAL) + (uint32_t)(*(*end)++ - '0');
  }
  return number <= CONTINUO_MAX_METER ? number : 0U;
}

bool
continuo_read_meter(const char* const text,
                    uint32_t* const   numerator,
                    uint32_t* const   denominator)
{
  const char*    end   = NULL;
  const uint32_t upper = read_digits(text, &end);
  if (!upper || *end != '/') {
    return false;
  }
  const uint32_t lower = read_digits(end + 1, &end);
  if (!lower || *end || !ct_meter_is_valid((CtMeter){upper, lower})) {
    return false;
  }
  *numerator   = upper;
  *denominator = lower;
  return true;
}

bool
ct_song_add(ContinuoSong* const song, const CtNote note)
{
  CtNote* const moved = (CtNote*)ct_grow(
    song->notes, song->n_notes, &song->capacity, sizeof(CtNote));
  if (!moved) {
    song->status = CT_NO_MEMORY;
    return false;
  }
  song->notes                  = moved;
  song->notes[song->n_notes++] = note;
  return true;
}

/// Enter what the plugin plays
static bool
record(void* const handle, const ContinuoMidi* const midi)
{
  ContinuoSong* const song    = (ContinuoSong*)handle;
  const CtTick        tick    = song->now + midi->frame;
  const uint8_t       channel = midi->data[0] & CT_MIDI_CHANNEL_MASK;
  const uint8_t       key     = midi->data[1] & CT_MIDI_DATA_MASK;
  size_t* const       open    = &song->sounding[channel][key];
  if (ct_is_note_off(midi->data, midi->size) && *open) {
    CtNote* const note = &song->notes[*open - 1U];
    note->duration     = (int32_t)(tick - note->tick);
    *open              = 0U;
  } else if (ct_is_note_on(midi->data, midi->size) &&
             ct_song_add(
               song,
               (CtNote){tick, 0, key, midi->data[2], channel, midi->part})) {
    *open = song->n_notes;
  }
  return true;
}

static CtStatus
check(const Continuo* const self, const ContinuoSongPlan* const plan)
{
  const CtMeter meter = {plan->numerator, plan->denominator};
  const bool    good =
    self->mode == CONTINUO_SYNCHRONOUS && plan->n_bars > 0U &&
    plan->n_bars <= CONTINUO_MAX_BARS && plan->tempo >= CONTINUO_MIN_TEMPO &&
    plan->tempo <= CONTINUO_MAX_TEMPO && ct_meter_is_valid(meter);
  return good ? CT_SUCCESS : CT_BAD_ARG;
}

/// Roll a transport at one tick a frame, a bar each block, and stop it
static void
perform(Continuo* const            self,
        ContinuoSong* const        song,
        const ContinuoProgressFunc progress,
        void* const                handle)
{
  const CtMeter    meter    = {song->plan.numerator, song->plan.denominator};
  const int64_t    length   = ct_meter_bar_length(meter);
  ContinuoPosition position = {
    true, 0, true, song->plan.tempo, meter.numerator, meter.denominator, 0.0};

  song->end = length * (CtTick)song->plan.n_bars;
  continuo_activate(self,
                    song->plan.tempo / seconds_per_minute * (double)CT_PPQN);
  for (song->now = 0; song->now < song->end && !song->status;
       song->now += length) {
    position.frame = song->now;
    continuo_process(self, &position, NULL, 0U, (uint32_t)length, record, song);
    if (progress) {
      progress(handle, (double)(song->now + length) / (double)song->end);
    }
  }
  position.frame   = song->end;
  position.rolling = false;
  continuo_process(self, &position, NULL, 0U, (uint32_t)length, record, song);
}

ContinuoSong*
ct_song_begin(const Continuo* const         self,
              const ContinuoSongPlan* const plan,
              const CtSettings* const       settings)
{
  ContinuoSong* const song = (ContinuoSong*)calloc(1U, sizeof(ContinuoSong));
  if (!song) {
    return NULL;
  }

  const CtModel* const model = ct_writer_model(self->writer);
  const CtCodec* const codec = &model->codec;
  song->plan                 = *plan;
  song->settings             = *settings;
  song->is_humanized         = ct_instance_humanize(self).amount > 0.0F;
  const uint32_t style =
    settings->style < codec->n_styles ? settings->style : 0U;
  song->settings.style = style;
  song->ensemble       = ct_interpret_ensemble(model, &song->settings);
  memcpy(song->style, codec->styles[style].name, sizeof(song->style));
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    song->programs[part] =
      (uint8_t)ct_program_of(codec, song->style, song->ensemble, part);
  }
  return song;
}

ContinuoStatus
continuo_song_new(Continuo* const               self,
                  const ContinuoSongPlan* const plan,
                  const ContinuoProgressFunc    progress,
                  void* const                   handle,
                  ContinuoSong** const          song)
{
  *song       = NULL;
  CtStatus st = check(self, plan);
  if (st) {
    return (ContinuoStatus)st;
  }

  ct_preset_choice_follow(self, 0.0); // The song is of its style
  const CtSettings    settings = ct_instance_settings(self);
  ContinuoSong* const made     = ct_song_begin(self, plan, &settings);
  if (!made) {
    return CT_NO_MEMORY;
  }
  perform(self, made, progress, handle);

  st = made->status;
  if (st) {
    continuo_song_free(made);
  } else {
    *song = made;
  }
  return (ContinuoStatus)st;
}

void
continuo_song_free(ContinuoSong* const song)
{
  if (song) {
    free(song->notes);
    free(song);
  }
}

size_t
continuo_song_n_notes(const ContinuoSong* const song)
{
  return song->n_notes;
}

/// Notes by part, each part on a channel of its own so that it has its own
/// program
static size_t
split_parts(const ContinuoSong* const song,
            CtNote* const             notes,
            CtSmfTrack                tracks[CT_N_PARTS])
{
  size_t n_tracks = 0U;
  size_t n_notes  = 0U;
  for (uint32_t part = 0U; part < CT_N_PARTS; ++part) {
    const size_t begin = n_notes;
    for (size_t i = 0U; i < song->n_notes; ++i) {
      if (song->notes[i].part == part) {
        notes[n_notes]           = song->notes[i];
        notes[n_notes++].channel = (uint8_t)part;
      }
    }
    if (n_notes > begin) {
      tracks[n_tracks++] = (CtSmfTrack){ct_part_name(part),
                                        (uint8_t)part,
                                        song->programs[part],
                                        notes + begin,
                                        n_notes - begin};
    }
  }
  return n_tracks;
}

ContinuoStatus
continuo_song_to_midi(const ContinuoSong* const song,
                      uint8_t** const           bytes,
                      size_t* const             size)
{
  *bytes              = NULL;
  *size               = 0U;
  CtNote* const notes = (CtNote*)calloc(song->n_notes + 1U, sizeof(CtNote));
  if (!notes) {
    return CT_NO_MEMORY;
  }

  static const double half = 0.5;

  CtSmfTrack         tracks[CT_N_PARTS];
  const size_t       n_tracks = split_parts(song, notes, tracks);
  const bool         is_minor = song->settings.scale == CT_SCALE_MINOR;
  const CtScoreTempo tempo    = {
       0, (uint32_t)((us_per_minute / song->plan.tempo) + half)};
  const CtScoreMeter meter = {0,
                              {song->plan.numerator, song->plan.denominator}};
  const CtScoreKey   key   = {
        0, {(uint8_t)song->settings.key, is_minor ? CT_MODE_MINOR : CT_MODE_MAJOR}};
  const CtSmfSong smf = {.name     = song->style,
                         .tempos   = &tempo,
                         .n_tempos = 1U,
                         .meters   = &meter,
                         .n_meters = 1U,
                         .keys     = &key,
                         .n_keys =
                           song->settings.scale == CT_SCALE_FREE ? 0U : 1U,
                         .tracks   = tracks,
                         .n_tracks = n_tracks,
                         .end      = song->end};

  CtBuffer buffer = ct_buffer_init();
  CtStatus st     = ct_smf_write(&smf, &buffer);
  if (!st) {
    st = ct_buffer_take(&buffer, bytes, size);
  }
  ct_buffer_free(&buffer);
  free(notes);
  return (ContinuoStatus)st;
}

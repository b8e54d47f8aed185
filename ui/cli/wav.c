// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "wav.h"

#include "command.h"
#include "progress.h"

#include "continuo.h"
#include "sound.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define SAMPLE_RATE 48000U
#define BLOCK_FRAMES 1024U
#define N_SIDES 2U
#define SAMPLE_SIZE 2U
#define FULL_SCALE 32767.0F
#define HEADER_SIZE 44U

/// Loudest sample of the file: one decibel below full scale
static const float loudest = 0.891F;

/// What is as good as silence, as a part of the loudest: 80 dB below
static const float silence = 1e-4F;

/// Longest that may ring on after the last note, frames: half a minute
static const uint64_t longest_tail = UINT64_C(1440000);

/// Room that a song's messages begin with
static const size_t first_capacity = 1024U;

/// A song as it is heard
typedef struct {
  ContinuoMidi* messages; ///< In time order, by frames since the begin
  size_t        n_messages;
  size_t        capacity;
  bool          is_whole; ///< There was memory for all
} Messages;

/// A song that is being rendered
typedef struct {
  Sound*          sound;
  const Messages* messages;
  size_t          n_sent;
  float           peak;   ///< Of all that was heard
  float           factor; ///< To the level that is written
  FILE*           file;   ///< Or null to measure only
  uint32_t        n_frames;
} Renderer;

/// Keep a message in the Messages at `handle`
static bool
keep_message(void* const handle, const ContinuoMidi* const message)
{
  Messages* const self = (Messages*)handle;
  if (self->n_messages == self->capacity) {
    const size_t capacity =
      self->capacity ? 2U * self->capacity : first_capacity;
    ContinuoMidi* const moved =
      (ContinuoMidi*)realloc(self->messages, capacity * sizeof(ContinuoMidi));
    if (!moved) {
      self->is_whole = false;
      return false;
    }
    self->messages = moved;
    self->capacity = capacity;
  }
  self->messages[self->n_messages++] = *message;
  return true;
}

static void
put_number(uint8_t* const bytes, const uint32_t value, const size_t size)
{
  static const uint32_t byte_bits = 8U;
  for (size_t i = 0U; i < size; ++i) {
    bytes[i] = (uint8_t)(value >> (byte_bits * i));
  }
}

/// Write the header of a RIFF file of PCM samples.  @return False if it can't
/// be written
static bool
write_header(FILE* const file, const uint32_t n_frames)
{
  static const char marks[] = "RIFF....WAVEfmt ....................data....";
  static const uint32_t format_size = 16U;
  static const uint32_t pcm         = 1U;
  static const uint32_t frame_size  = N_SIDES * SAMPLE_SIZE;
  static const uint32_t sample_bits = 16U;
  const uint32_t        size        = n_frames * frame_size;
  uint8_t               bytes[HEADER_SIZE];
  const struct {
    uint32_t at;
    uint32_t size;
    uint32_t value;
  } fields[] = {{4U, 4U, size + HEADER_SIZE - 8U},
                {16U, 4U, format_size},
                {20U, 2U, pcm},
                {22U, 2U, N_SIDES},
                {24U, 4U, SAMPLE_RATE},
                {28U, 4U, SAMPLE_RATE * frame_size},
                {32U, 2U, frame_size},
                {34U, 2U, sample_bits},
                {40U, 4U, size}};
  for (size_t i = 0U; i < sizeof(bytes); ++i) {
    bytes[i] = (uint8_t)marks[i];
  }
  for (size_t i = 0U; i < sizeof(fields) / sizeof(fields[0]); ++i) {
    put_number(bytes + fields[i].at, fields[i].value, fields[i].size);
  }
  return fwrite(bytes, 1U, sizeof(bytes), file) == sizeof(bytes);
}

/// Write frames, interleaved.  @return False if they can't be written
static bool
write_frames(Renderer* const    self,
             const float* const left,
             const float* const right,
             const uint32_t     n_frames)
{
  static const float half = 0.5F;
  uint8_t            bytes[BLOCK_FRAMES * N_SIDES * SAMPLE_SIZE];
  for (uint32_t i = 0U; i < n_frames; ++i) {
    const float sides[N_SIDES] = {left[i], right[i]};
    for (uint32_t side = 0U; side < N_SIDES; ++side) {
      const float sample = self->factor * sides[side] * FULL_SCALE;
      const int   whole  = (int)floorf(sample + half);
      put_number(bytes + ((size_t)(N_SIDES * i + side) * SAMPLE_SIZE),
                 (uint32_t)whole,
                 SAMPLE_SIZE);
    }
  }
  self->n_frames += n_frames;
  return fwrite(bytes, (size_t)N_SIDES * SAMPLE_SIZE, n_frames, self->file) ==
         n_frames;
}

/// Render the block at `begin`.  @param peak Set to its loudest sample
static bool
render_block(Renderer* const self, const uint32_t begin, float* const peak)
{
  const Messages* const messages = self->messages;
  const uint32_t        end      = begin + BLOCK_FRAMES;
  float                 left[BLOCK_FRAMES];
  float                 right[BLOCK_FRAMES];
  while (self->n_sent < messages->n_messages &&
         messages->messages[self->n_sent].frame < end) {
    ContinuoMidi message = messages->messages[self->n_sent++];
    message.frame -= begin;
    sound_send(self->sound, &message);
  }
  sound_render(self->sound, left, right, BLOCK_FRAMES);
  *peak = 0.0F;
  for (uint32_t i = 0U; i < BLOCK_FRAMES; ++i) {
    *peak = fmaxf(*peak, fmaxf(fabsf(left[i]), fabsf(right[i])));
  }
  self->peak = fmaxf(self->peak, *peak);

  // What comes before the first frame is the latency
  const uint32_t latency = sound_latency(self->sound);
  const uint32_t early   = begin < latency ? latency - begin : 0U;
  return !self->file || early >= BLOCK_FRAMES ||
         write_frames(self, left + early, right + early, BLOCK_FRAMES - early);
}

/// Render from the begin until all is silent.  @return False if it can't be
/// written
static bool
render(Renderer* const           self,
       const ContinuoSong* const song,
       const char* const         doing)
{
  const Messages* const messages = self->messages;
  const uint32_t        last     = messages->n_messages
                                     ? messages->messages[messages->n_messages - 1U].frame
                                     : 0U;
  const uint64_t        most     = (uint64_t)last + longest_tail;
  for (uint32_t part = 0U; part < SOUND_N_PARTS; ++part) {
    sound_set_program(self->sound, part, 0U, continuo_song_program(song, part));
  }

  CliProgress progress;
  cli_progress_begin(&progress, doing);
  bool  done   = true;
  float peak   = 0.0F;
  self->n_sent = 0U;
  for (uint64_t begin = 0U;
       done && begin < most &&
       (begin <= (uint64_t)last + sound_latency(self->sound) ||
        peak > silence * self->peak);
       begin += BLOCK_FRAMES) {
    done = render_block(self, (uint32_t)begin, &peak);
    cli_progress_show(&progress,
                      fmin((double)begin / ((double)last + 1.0), 1.0));
  }
  cli_progress_end(&progress);
  return done;
}

/// Measure the song, and write it
static bool
write_file(Renderer* const           self,
           const ContinuoSong* const song,
           const char* const         path)
{
  (void)render(self, song, "Measuring");
  self->factor = self->peak > 0.0F ? loudest / self->peak : 1.0F;
  self->file   = fopen(path, "wb");
  bool done    = self->file && write_header(self->file, 0U) &&
              !sound_activate(self->sound, SAMPLE_RATE, BLOCK_FRAMES) &&
              render(self, song, "Rendering") &&
              !fseek(self->file, 0L, SEEK_SET) &&
              write_header(self->file, self->n_frames);
  if (self->file && fclose(self->file)) {
    done = false;
  }
  if (!done) {
    cli_report("%s: Cannot write the file", path);
  }
  return done;
}

/// A sentence on standard error
static void
report_font(void* const handle, const char* const why)
{
  (void)handle;
  cli_report("%s", why);
}

CliExit
cli_write_wav(const ContinuoSong* const song, const char* const path)
{
  Messages             messages = {.is_whole = true};
  const ContinuoStatus st =
    continuo_song_play(song, SAMPLE_RATE, keep_message, &messages);
  Sound* const sound  = sound_new(SOUND_SYNCHRONOUS, report_font, NULL);
  CliExit      status = CLI_BAD_INPUT;
  if (st || !messages.is_whole || !sound) {
    cli_report("%s: %s", path, st ? continuo_strerror(st) : "Out of memory");
  } else {
    sound_be_quiet(); // It would print more than the one sentence
    if (!sound_activate(sound, SAMPLE_RATE, BLOCK_FRAMES)) {
      Renderer renderer = {.sound = sound, .messages = &messages};
      status = write_file(&renderer, song, path) ? CLI_DONE : CLI_BAD_INPUT;
    }
  }
  sound_free(sound);
  free(messages.messages);
  return status;
}

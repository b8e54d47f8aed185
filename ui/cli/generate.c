// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "options.h"
#include "progress.h"

#ifdef CONTINUO_FLUIDSYNTH
#  include "wav.h"
#endif

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// Turn a song into bytes for free()
typedef ContinuoStatus (*EncodeFunc)(const ContinuoSong* song,
                                     uint8_t**           bytes,
                                     size_t*             size);

/// Write a song in some form to the file at `path`
typedef CliExit (*WriteFunc)(const ContinuoSong* song, const char* path);

/// Form of a file by the end of its name
typedef struct {
  const char* suffix;
  WriteFunc   write;
} FormatRow;

static CliExit
write_bytes(const char* const    path,
            const uint8_t* const bytes,
            const size_t         size)
{
  FILE* const file = fopen(path, "wb");
  bool        done = file && fwrite(bytes, 1U, size, file) == size;
  if (file && fclose(file)) {
    done = false;
  }
  if (!done) {
    cli_report("%s: Cannot write the file", path);
  }
  return done ? CLI_DONE : CLI_BAD_INPUT;
}

static CliExit
write_encoded(const ContinuoSong* const song,
              const char* const         path,
              const EncodeFunc          encode)
{
  uint8_t*             bytes = NULL;
  size_t               size  = 0U;
  const ContinuoStatus st    = encode(song, &bytes, &size);
  if (st) {
    cli_report("%s: %s", path, continuo_strerror(st));
    return CLI_BAD_INPUT;
  }

  const CliExit status = write_bytes(path, bytes, size);
  free(bytes);
  return status;
}

static CliExit
write_midi(const ContinuoSong* const song, const char* const path)
{
  return write_encoded(song, path, continuo_song_to_midi);
}

static CliExit
write_musicxml(const ContinuoSong* const song, const char* const path)
{
  return write_encoded(song, path, continuo_song_to_musicxml);
}

static const FormatRow formats[] = {
  {".mid", write_midi},
  {".midi", write_midi},
  {".musicxml", write_musicxml},
  {".xml", write_musicxml},
#ifdef CONTINUO_FLUIDSYNTH
  {".wav", cli_write_wav},
#endif
};

#ifdef CONTINUO_FLUIDSYNTH
#  define FORMAT_NAMES ".mid, .wav and .musicxml"
#else
#  define FORMAT_NAMES ".mid and .musicxml"
#endif

/// Find the form a path asks for, or null
static const FormatRow*
find_format(const char* const path)
{
  const char* const suffix = strrchr(path, '.');
  for (size_t i = 0U; suffix && i < sizeof(formats) / sizeof(formats[0]); ++i) {
    if (!strcasecmp(suffix, formats[i].suffix)) {
      return &formats[i];
    }
  }
  return NULL;
}

/// Let the network hear the file to continue, and go on in its key unless
/// another is asked for
static CliExit
hear(Continuo* const         self,
     const CliOptions* const options,
     ContinuoHeard* const    heard)
{
  const ContinuoStatus st = continuo_prime(self, options->prime, heard);
  if (st) {
    cli_report("%s: %s", options->prime, continuo_strerror(st));
    return CLI_BAD_INPUT;
  }
  if (heard->key >= 0 && !options->has_param[CONTINUO_KEY] &&
      !options->has_param[CONTINUO_SCALE]) {
    continuo_set_param(self, CONTINUO_KEY, (float)heard->key);
    continuo_set_param(self, CONTINUO_SCALE, (float)heard->scale);
  }
  return CLI_DONE;
}

/// Take a tempo and a meter, 0 for none, where the plan has none yet
static void
complete(ContinuoSongPlan* const plan,
         const double            tempo,
         const uint32_t          numerator,
         const uint32_t          denominator)
{
  if (plan->tempo <= 0.0) {
    plan->tempo = tempo;
  }
  if (!plan->numerator) {
    plan->numerator   = numerator;
    plan->denominator = denominator;
  }
}

/// Set `plan` to what is given, or else was heard, or is the preset's, or is
/// usual
static CliExit
make_plan(const Continuo* const      self,
          const CliOptions* const    options,
          const ContinuoHeard* const heard,
          ContinuoSongPlan* const    plan)
{
  static const double   usual_tempo = 120.0;
  static const uint32_t usual_meter = 4U;

  ContinuoPreset preset;
  const CliExit  status = cli_find_preset(self, options, &preset);
  if (!status) {
    *plan = options->plan;
    complete(plan, heard->tempo, heard->numerator, heard->denominator);
    complete(plan, (double)preset.tempo, preset.numerator, preset.denominator);
    complete(plan, usual_tempo, usual_meter, usual_meter);
  }
  return status;
}

/// Let what is heard come to another piece by the end of the plan
static CliExit
lead(Continuo* const               self,
     const CliOptions* const       options,
     const ContinuoSongPlan* const plan)
{
  static const double quarters_in_whole = 4.0;
  const double        n_quarters =
    quarters_in_whole * plan->n_bars * plan->numerator / plan->denominator;
  ContinuoHeard        heard;
  const ContinuoStatus st = continuo_prime_toward(
    self, options->prime, options->toward, n_quarters, &heard);
  if (st) {
    cli_report("%s: %s", options->toward, continuo_strerror(st));
  }
  return st ? CLI_BAD_INPUT : CLI_DONE;
}

/// Let the instance play.  @param song Set to a new song, or left alone on
/// failure
static CliExit
compose(Continuo* const         self,
        const CliOptions* const options,
        ContinuoSong** const    song)
{
  ContinuoHeard heard = {.key = -1};
  CliExit status      = options->prime ? hear(self, options, &heard) : CLI_DONE;
  if (status) {
    return status;
  }

  ContinuoSongPlan plan;
  if ((status = make_plan(self, options, &heard, &plan))) {
    return status;
  }
  if (options->toward && (status = lead(self, options, &plan))) {
    return status;
  }
  CliProgress progress;
  cli_progress_begin(&progress, "Composing");
  const ContinuoStatus st =
    continuo_song_new(self, &plan, cli_progress_show, &progress, song);
  cli_progress_end(&progress);
  if (st) {
    cli_report("Cannot compose this: %s", continuo_strerror(st));
    status = CLI_BAD_INPUT;
  }
  return status;
}

CliExit
cli_generate(const CliOptions* const options)
{
  if (options->n_operands) {
    cli_report("There is nothing to be done with %s", options->operands[0]);
    return CLI_BAD_ARGUMENTS;
  }
  if (!options->output) {
    cli_report("A file to write is missing, -o FILE");
    return CLI_BAD_ARGUMENTS;
  }
  if (options->toward && !options->prime) {
    cli_report("There is nothing to come from, --prime FILE.mid");
    return CLI_BAD_ARGUMENTS;
  }
  const FormatRow* const format = find_format(options->output);
  if (!format) {
    cli_report("Cannot write %s: this version writes " FORMAT_NAMES,
               options->output);
    return CLI_BAD_ARGUMENTS;
  }

  Continuo*     self   = NULL;
  ContinuoSong* song   = NULL;
  CliExit       status = cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self);
  if (!status && !(status = compose(self, options, &song))) {
    status = format->write(song, options->output);
  }
  continuo_song_free(song);
  continuo_free(self);
  return status;
}

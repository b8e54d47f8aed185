// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "command.h"
#include "options.h"

#include "continuo.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/// What is printed of a score
typedef struct {
  double shift;         ///< Nats per note
  double part;          ///< Nats per note
  double pitch;         ///< Nats per note
  double duration;      ///< Nats per note
  double total;         ///< Nats per note
  double bits_per_beat; ///< Of all heads, in bits per quarter
} Rates;

/// Divide sums by notes and beats; of nothing, all is zero
static Rates
rates_of(const ContinuoScore* const score)
{
  const double per_note = score->n_notes ? 1.0 / (double)score->n_notes : 0.0;
  const double per_beat = score->n_beats > 0.0 ? 1.0 / score->n_beats : 0.0;
  const double total =
    score->shift + score->part + score->pitch + score->duration;
  const Rates rates = {.shift         = score->shift * per_note,
                       .part          = score->part * per_note,
                       .pitch         = score->pitch * per_note,
                       .duration      = score->duration * per_note,
                       .total         = total * per_note,
                       .bits_per_beat = total / log(2.0) * per_beat};
  return rates;
}

static void
add(ContinuoScore* const sum, const ContinuoScore* const score)
{
  sum->n_notes += score->n_notes;
  sum->n_beats += score->n_beats;
  sum->shift += score->shift;
  sum->part += score->part;
  sum->pitch += score->pitch;
  sum->duration += score->duration;
}

static void
add_to_json(cJSON* const object, const ContinuoScore* const score)
{
  const Rates rates = rates_of(score);
  cJSON_AddNumberToObject(object, "notes", (double)score->n_notes);
  cJSON_AddNumberToObject(object, "beats", score->n_beats);
  cJSON* const nats = cJSON_AddObjectToObject(object, "nats_per_note");
  cJSON_AddNumberToObject(nats, "shift", rates.shift);
  cJSON_AddNumberToObject(nats, "part", rates.part);
  cJSON_AddNumberToObject(nats, "pitch", rates.pitch);
  cJSON_AddNumberToObject(nats, "duration", rates.duration);
  cJSON_AddNumberToObject(nats, "total", rates.total);
  cJSON_AddNumberToObject(object, "bits_per_beat", rates.bits_per_beat);
}

static void
print_row(const ContinuoScore* const score, const char* const path)
{
  const Rates rates = rates_of(score);
  printf("%8llu %9.1f %7.3f %7.3f %7.3f %9.3f %7.3f %10.3f  %s\n",
         (unsigned long long)score->n_notes,
         score->n_beats,
         rates.shift,
         rates.part,
         rates.pitch,
         rates.duration,
         rates.total,
         rates.bits_per_beat,
         path);
}

static void
print_table(const ContinuoScore* const sum,
            const ContinuoScore* const scores,
            char* const* const         paths,
            const int                  n_scores)
{
  puts("   notes     beats   shift    part   pitch  duration   total  "
       "bits/beat  file");
  for (int i = 0; i < n_scores; ++i) {
    print_row(&scores[i], paths[i]);
  }
  if (n_scores > 1) {
    print_row(sum, "all");
  }
}

/// @return False if out of memory
static bool
print_json(const ContinuoScore* const sum,
           const ContinuoScore* const scores,
           char* const* const         paths,
           const int                  n_scores)
{
  cJSON* const root = cJSON_CreateObject();
  add_to_json(root, sum);
  cJSON* const files = cJSON_AddArrayToObject(root, "files");
  for (int i = 0; i < n_scores; ++i) {
    cJSON* const file = cJSON_CreateObject();
    cJSON_AddStringToObject(file, "path", paths[i]);
    add_to_json(file, &scores[i]);
    cJSON_AddItemToArray(files, file);
  }

  char* const text = cJSON_Print(root);
  if (text) {
    puts(text);
  }
  cJSON_free(text);
  cJSON_Delete(root);
  return text;
}

/// Score all files, the good ones coming to the front of `paths`
static CliExit
score_files(const Continuo* const self,
            const bool            json,
            char** const          paths,
            const int             n_paths,
            ContinuoScore* const  scores)
{
  ContinuoScore sum      = {0};
  int           n_scores = 0;
  CliExit       status   = CLI_DONE;
  for (int i = 0; i < n_paths; ++i) {
    const ContinuoStatus st = continuo_score(self, paths[i], &scores[n_scores]);
    if (st) {
      cli_report("%s: %s", paths[i], continuo_strerror(st));
      status = CLI_BAD_INPUT;
    } else {
      add(&sum, &scores[n_scores]);
      paths[n_scores++] = paths[i];
    }
  }

  if (n_scores && !json) {
    print_table(&sum, scores, paths, n_scores);
  } else if (n_scores && !print_json(&sum, scores, paths, n_scores)) {
    cli_report("Out of memory");
    status = CLI_BAD_INPUT;
  }
  return status;
}

CliExit
cli_score(const CliOptions* const options)
{
  if (!options->n_operands) {
    cli_report("A file to score is missing");
    return CLI_BAD_ARGUMENTS;
  }

  Continuo*     self   = NULL;
  const CliExit status = cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self);
  if (status) {
    return status;
  }

  const int            n_paths = options->n_operands;
  ContinuoScore* const scores =
    (ContinuoScore*)calloc((size_t)n_paths, sizeof(ContinuoScore));
  CliExit result = CLI_BAD_INPUT;
  if (scores) {
    result =
      score_files(self, options->json, options->operands, n_paths, scores);
  } else {
    cli_report("Out of memory");
  }
  free(scores);
  continuo_free(self);
  return result;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Figures of the program at work, on this machine.  They are told, not judged:
// machines are shared, and a test of time fails for no reason

#include "bench.h"
#include "bench_host.h"
#include "command.h"
#include "options.h"

#include "continuo.h"

#include <cjson/cJSON.h>

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define N_INSTANCES 32U
#define N_SEEKS 20U

/// Bars of a take that are to be there before seeks in it are measured
#define WRITTEN_BARS 64

static const double most           = 0.99;
static const double nearly_all     = 0.999;
static const double us_per_second  = 1e6;
static const double ns_per_second  = 1e9;
static const double frames_per_ms  = BENCH_SAMPLE_RATE / 1e3;
static const double bytes_per_mib  = 1048576.0;
static const double seconds_a_size = 4.0;
static const double seconds_all    = 10.0;

/// Notes a beat of the densest wish, and a style that has many
static const float dense       = 8.0F;
static const float dense_style = 0.0F;

void
bench_tell(cJSON* const      json,
           const char* const group,
           const char* const name,
           const double      value,
           const char* const unit)
{
  if (!json) {
    printf("%-22s %-28s %12.3f %s\n", group, name, value, unit);
    return;
  }
  cJSON* object = cJSON_GetObjectItemCaseSensitive(json, group);
  object        = object ? object : cJSON_AddObjectToObject(json, group);
  cJSON_AddNumberToObject(object, name, value);
}

/// Processor time of all threads so far, seconds
static double
cpu_seconds(void)
{
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         ((double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) /
          us_per_second);
}

static double
late_notes(const Continuo* const self)
{
  return continuo_get_param(self, CONTINUO_LATE_NOTES);
}

/// How fast music is written: one thread, nothing played
static CliExit
bench_writing(const CliOptions* const options, cJSON* const json)
{
  static const ContinuoSongPlan plan = {64U, BENCH_TEMPO, 4U, 4U};
  Continuo*                     self = NULL;
  ContinuoSong*                 song = NULL;
  const CliExit status = cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self);
  if (status) {
    return status;
  }
  const uint64_t begin = bench_now();
  if (!continuo_song_new(self, &plan, NULL, NULL, &song)) {
    const double seconds = (double)(bench_now() - begin) / ns_per_second;
    const double music   = (double)plan.n_bars * BENCH_BAR / BENCH_SAMPLE_RATE;
    const double n_notes = (double)continuo_song_n_notes(song);
    bench_tell(json,
               "writing",
               "note_us",
               seconds / n_notes * us_per_second,
               "us a note");
    bench_tell(json,
               "writing",
               "processor_share",
               seconds / music,
               "of a processor, to keep up");
    bench_tell(
      json, "writing", "real_time", music / seconds, "times real time");
  }
  continuo_song_free(song);
  continuo_free(self);
  return CLI_DONE;
}

/// What a block takes while an instance plays, by block size
static CliExit
bench_blocks(const CliOptions* const options, cJSON* const json)
{
  static const uint32_t sizes[] = {64U, 128U, 256U, 512U, 1024U, 4096U};
  for (size_t i = 0U; i < sizeof(sizes) / sizeof(sizes[0]); ++i) {
    Continuo*     self   = NULL;
    const CliExit status = cli_instance_new(options, CONTINUO_LIVE, &self);
    if (status) {
      return status;
    }
    BenchHost  host  = {self, true, 0, sizes[i], 0U, -1};
    BenchTimes times = {NULL, 0U, 0U};
    char       group[32];
    (void)snprintf(group, sizeof(group), "block_%u", sizes[i]);
    const double cpu = cpu_seconds();
    bench_play(&host, 1U, seconds_a_size, &times);
    const double used = cpu_seconds() - cpu;
    bench_tell(json, group, "p50_us", bench_quantile(&times, 0.5), "us");
    bench_tell(json, group, "p99_us", bench_quantile(&times, most), "us");
    bench_tell(
      json, group, "p99_9_us", bench_quantile(&times, nearly_all), "us");
    bench_tell(json, group, "max_us", bench_quantile(&times, 1.0), "us");
    bench_tell(json, group, "notes", (double)host.n_notes, "");
    bench_tell(json, group, "late_notes", late_notes(self), "");
    bench_tell(json,
               group,
               "cpu_share",
               used / seconds_a_size,
               "of a processor, writing ahead included");
    free(times.ns);
    continuo_free(self);
  }
  return CLI_DONE;
}

/// Frame of the first note from `frame` on, by an instance that has all time
static int64_t
first_note(const CliOptions* const options, const int64_t frame)
{
  Continuo* self = NULL;
  if (cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self)) {
    return -1;
  }
  BenchHost host = {self, true, frame, BENCH_BAR, 0U, -1};
  continuo_activate(self, BENCH_SAMPLE_RATE);
  while (host.first_note < 0) {
    (void)bench_host_run(&host);
  }
  continuo_free(self);
  return host.first_note;
}

/// Seek to a bar and play half of it.  @return By how much its first note is
/// late, in milliseconds
static double
seek(const CliOptions* const options, BenchHost* const host, const int64_t bar)
{
  static const double seconds = 1.0;
  const int64_t       due     = first_note(options, bar * BENCH_BAR);
  bench_host_seek(host, bar * BENCH_BAR, true);
  bench_play(host, 1U, seconds, NULL);
  return (double)(host->first_note - due) / frames_per_ms;
}

/// A jump to a far bar of a take of which nothing is written
static CliExit
bench_fresh_seeks(const CliOptions* const options, cJSON* const json)
{
  static const int64_t bars[] = {0, 199, 200};
  for (size_t i = 0U; i < sizeof(bars) / sizeof(bars[0]); ++i) {
    Continuo*     self   = NULL;
    const CliExit status = cli_instance_new(options, CONTINUO_LIVE, &self);
    if (status) {
      return status;
    }
    continuo_activate(self, BENCH_SAMPLE_RATE);
    BenchHost host = {self, false, 0, 64U, 0U, -1};
    char      group[32];
    (void)snprintf(group, sizeof(group), "fresh_bar_%d", (int)bars[i] + 1);
    bench_tell(
      json, group, "first_note_late_ms", seek(options, &host, bars[i]), "ms");
    bench_tell(json, group, "late_notes", late_notes(self), "");
    continuo_free(self);
  }
  return CLI_DONE;
}

/// Jumps while playing, to bars that are written
static CliExit
bench_seeks(const CliOptions* const options, cJSON* const json)
{
  static const double settle_seconds = 2.0;
  Continuo*           self           = NULL;
  const CliExit       status = cli_instance_new(options, CONTINUO_LIVE, &self);
  if (status) {
    return status;
  }
  BenchHost host = {self, false, 0, 64U, 0U, -1};
  continuo_activate(self, BENCH_SAMPLE_RATE);
  bench_play(&host, 1U, settle_seconds, NULL);
  double latest = 0.0;
  for (uint32_t i = 0U; i < N_SEEKS; ++i) {
    const double late =
      seek(options, &host, (int64_t)((i * 37U) % WRITTEN_BARS));
    latest = late > latest ? late : latest;
  }
  bench_tell(json,
             "written_seeks",
             "first_note_late_ms",
             latest,
             "ms, the latest of 20");
  bench_tell(json, "written_seeks", "late_notes", late_notes(self), "");
  continuo_free(self);
  return CLI_DONE;
}

/// Many instances in one audio thread
static CliExit
bench_many(const CliOptions* const options, cJSON* const json)
{
  BenchHost  hosts[N_INSTANCES] = {0};
  BenchTimes times              = {NULL, 0U, 0U};
  CliExit    status             = CLI_DONE;
  double     first_bytes        = 0.0;
  for (uint32_t i = 0U; i < N_INSTANCES && !status; ++i) {
    status   = cli_instance_new(options, CONTINUO_LIVE, &hosts[i].continuo);
    hosts[i] = (BenchHost){hosts[i].continuo, true, 0, 64U, 0U, -1};
    if (!status) {
      continuo_set_param(hosts[i].continuo, CONTINUO_STYLE, dense_style);
      continuo_set_param(hosts[i].continuo, CONTINUO_DENSITY, dense);
      continuo_set_param(hosts[i].continuo, CONTINUO_SEED, (float)i);
      continuo_activate(hosts[i].continuo, BENCH_SAMPLE_RATE);
    }
    first_bytes = i ? first_bytes : (double)mallinfo2().uordblks;
  }
  if (!status) {
    const double cpu = cpu_seconds();
    bench_play(hosts, N_INSTANCES, seconds_all, &times);
    const double used    = cpu_seconds() - cpu;
    const double all     = (double)mallinfo2().uordblks;
    double       n_late  = 0.0;
    double       n_notes = 0.0;
    for (uint32_t i = 0U; i < N_INSTANCES; ++i) {
      n_late += late_notes(hosts[i].continuo);
      n_notes += (double)hosts[i].n_notes;
    }
    bench_tell(json,
               "instances_32",
               "p50_us",
               bench_quantile(&times, 0.5),
               "us, all of them");
    bench_tell(
      json, "instances_32", "p99_us", bench_quantile(&times, most), "us");
    bench_tell(
      json, "instances_32", "max_us", bench_quantile(&times, 1.0), "us");
    bench_tell(json, "instances_32", "notes", n_notes, "");
    bench_tell(json, "instances_32", "late_notes", n_late, "");
    bench_tell(
      json, "instances_32", "cpu_share", used / seconds_all, "of a processor");
    bench_tell(json,
               "instances_32",
               "mib_each",
               (all - first_bytes) / (N_INSTANCES - 1U) / bytes_per_mib,
               "MiB for each further one");
  }
  for (uint32_t i = 0U; i < N_INSTANCES; ++i) {
    continuo_free(hosts[i].continuo);
  }
  free(times.ns);
  return status;
}

/// One part of what can be measured
typedef struct {
  const char* name;
  CliExit (*run)(const CliOptions* options, cJSON* json);
} Part;

static const Part parts[] = {{"writing", bench_writing},
                             {"blocks", bench_blocks},
                             {"fresh-seeks", bench_fresh_seeks},
                             {"seeks", bench_seeks},
                             {"instances", bench_many},
                             {"step", bench_step}};

#define N_PARTS (sizeof(parts) / sizeof(parts[0]))

/// Whether operands name a part; none name all
static bool
is_wanted(const CliOptions* const options, const Part* const part)
{
  bool is = !options->n_operands;
  for (int i = 0; i < options->n_operands && !is; ++i) {
    is = !strcmp(options->operands[i], part->name);
  }
  return is;
}

/// Whether all operands are names of parts
static bool
are_parts(const CliOptions* const options)
{
  int n_known = 0;
  for (int i = 0; i < options->n_operands; ++i) {
    for (size_t k = 0U; k < N_PARTS; ++k) {
      n_known += !strcmp(options->operands[i], parts[k].name);
    }
  }
  return n_known == options->n_operands;
}

CliExit
cli_bench(const CliOptions* const options)
{
  if (!are_parts(options)) {
    cli_report("bench has the parts writing, blocks, fresh-seeks, seeks, "
               "instances and step");
    return CLI_BAD_ARGUMENTS;
  }
  cJSON*  json   = options->json ? cJSON_CreateObject() : NULL;
  CliExit status = CLI_DONE;
  for (size_t i = 0U; i < N_PARTS && !status; ++i) {
    if (is_wanted(options, &parts[i])) {
      status = parts[i].run(options, json);
      fflush(stdout);
    }
  }
  if (json) {
    char* const text = cJSON_Print(json);
    puts(text ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(json);
  }
  return status;
}

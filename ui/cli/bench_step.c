// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// One step of the network with the heads of one note: by each kernel, in 32
// bits, by OpenBLAS, and by only reading the weights.  Of an older design, a
// step or a window of each of its networks: its own way and by OpenBLAS

#include "bench.h"
#include "bench_host.h"
#include "command.h"

#include "continuo.h"

#include <stdio.h>
#include <string.h>

/// What the audio thread is given to do
typedef struct {
  const Continuo*  continuo;
  ContinuoStepTime times[CONTINUO_MAX_STEP_TIMES];
  uint32_t         n_times;
  ContinuoStatus   status;
} Job;

static void*
time_steps(void* const handle)
{
  Job* const job = (Job*)handle;
  job->status = continuo_time_steps(job->continuo, job->times, &job->n_times);
  return NULL;
}

/// The time of the way called `name`, or null
static const ContinuoStepTime*
find(const Job* const job, const char* const name)
{
  for (uint32_t i = 0U; i < job->n_times; ++i) {
    if (!strcmp(job->times[i].name, name)) {
      return &job->times[i];
    }
  }
  return NULL;
}

static void
tell_way(cJSON* const                  json,
         const ContinuoStepTime* const way,
         const ContinuoStepTime* const blas,
         const ContinuoStepTime* const reading)
{
  char group[2U * sizeof(way->name)];
  (void)snprintf(group, sizeof(group), "step_%s", way->name);
  bench_tell(json, group, "hot_us", way->hot_us, "us");
  bench_tell(json, group, "cold_us", way->cold_us, "us");
  if (way == reading) {
    return;
  }
  bench_tell(json, group, "error", way->error, "of a logit, from OpenBLAS's");
  if (!blas || !reading) {
    return;
  }
  bench_tell(
    json, group, "hot_speed", blas->hot_us / way->hot_us, "times OpenBLAS");
  bench_tell(
    json, group, "cold_speed", blas->cold_us / way->cold_us, "times OpenBLAS");
  bench_tell(json,
             group,
             "hot_over_read",
             way->hot_us / reading->hot_us,
             "times the bare reading");
  bench_tell(json,
             group,
             "cold_over_read",
             way->cold_us / reading->cold_us,
             "times the bare reading");
}

CliExit
bench_step(const CliOptions* const options, cJSON* const json)
{
  Continuo*     self   = NULL;
  const CliExit status = cli_instance_new(options, CONTINUO_SYNCHRONOUS, &self);
  if (status) {
    return status;
  }
  Job job = {.continuo = self};
  bench_as_audio(time_steps, &job);
  if (job.status) {
    cli_report("%s", continuo_strerror(job.status));
  } else {
    for (uint32_t i = 0U; i < job.n_times; ++i) {
      tell_way(json, &job.times[i], find(&job, "openblas"), find(&job, "read"));
    }
  }
  continuo_free(self);
  return job.status ? CLI_BAD_INPUT : CLI_DONE;
}

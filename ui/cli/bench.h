// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file bench.h Parts of `continuo bench`, and how they tell their figures

#ifndef CONTINUO_CLI_BENCH_H
#define CONTINUO_CLI_BENCH_H

#include "command.h"
#include "options.h"

#include <cjson/cJSON.h>

/// Print a figure, or keep it for JSON if there is any
void
bench_tell(cJSON*      json,
           const char* group,
           const char* name,
           double      value,
           const char* unit);

/// What the network takes for a note, in several ways
CliExit
bench_step(const CliOptions* options, cJSON* json);

#endif // CONTINUO_CLI_BENCH_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file progress.h A bar on the terminal for what takes its time

#ifndef CONTINUO_CLI_PROGRESS_H
#define CONTINUO_CLI_PROGRESS_H

#include <stdbool.h>
#include <time.h>

/// A bar that shows itself after a second, if standard error is a terminal
typedef struct {
  const char*     what;       ///< Such as "Composing"
  struct timespec start;      ///< When it began
  int             n_percent;  ///< Last shown
  bool            is_visible; ///< There is a bar to be removed
} CliProgress;

/// Begin; nothing is shown yet
void
cli_progress_begin(CliProgress* progress, const char* what);

/// Show that a part of all, from 0 to 1, is done; a ContinuoProgressFunc for a
/// CliProgress
void
cli_progress_show(void* handle, double done);

/// Remove the bar
void
cli_progress_end(CliProgress* progress);

#endif // CONTINUO_CLI_PROGRESS_H

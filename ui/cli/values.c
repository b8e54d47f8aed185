// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "values.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

bool
cli_read_number(const char* const text, double* const number)
{
  char* end = NULL;
  errno     = 0;
  *number   = strtod(text, &end);
  return end != text && !*end && !errno && isfinite(*number);
}

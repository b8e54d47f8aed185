// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "values.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define DECIMAL 10
#define MAX_NUMERATOR 32UL
#define MAX_DENOMINATOR 32UL

bool
cli_read_number(const char* const text, double* const number)
{
  char* end = NULL;
  errno     = 0;
  *number   = strtod(text, &end);
  return end != text && !*end && !errno && isfinite(*number);
}

bool
cli_read_meter(const char* const text,
               uint32_t* const   numerator,
               uint32_t* const   denominator)
{
  char*               end   = NULL;
  const unsigned long upper = strtoul(text, &end, DECIMAL);
  if (!isdigit((unsigned char)*text) || *end != '/' ||
      !isdigit((unsigned char)end[1])) {
    return false;
  }

  const unsigned long lower    = strtoul(end + 1, &end, DECIMAL);
  const bool          is_power = lower && !(lower & (lower - 1UL));
  if (*end || !upper || upper > MAX_NUMERATOR || !is_power ||
      lower > MAX_DENOMINATOR) {
    return false;
  }

  *numerator   = (uint32_t)upper;
  *denominator = (uint32_t)lower;
  return true;
}

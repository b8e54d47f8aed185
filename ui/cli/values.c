// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "values.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DECIMAL 10
#define N_PITCH_CLASSES 12
#define N_SCALES 2
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

/// Read a tonic such as F#, moving `text` past it.  @return Pitch class or -1
static int
read_tonic(const char** const text)
{
  static const int classes[] = {9, 11, 0, 2, 4, 5, 7}; // Of A to G

  const int letter = toupper((unsigned char)**text) - 'A';
  if (letter < 0 || letter >= (int)(sizeof(classes) / sizeof(classes[0]))) {
    return -1;
  }

  ++*text;
  int pitch_class = classes[letter];
  if (**text == '#') {
    ++*text;
    ++pitch_class;
  } else if (**text == 'b') {
    ++*text;
    pitch_class += N_PITCH_CLASSES - 1;
  }
  return pitch_class % N_PITCH_CLASSES;
}

bool
cli_read_key(const char* const text, int* const tonic, int* const scale)
{
  static const char* const scales[N_SCALES] = {" major", " minor"};

  const char* rest = text;
  *tonic           = read_tonic(&rest);
  for (*scale = 0; *scale < N_SCALES; ++*scale) {
    if (*tonic >= 0 && !strcmp(rest, scales[*scale])) {
      return true;
    }
  }
  return false;
}

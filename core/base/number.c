// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Digits that a float needs at most to be told from all others
#define FLOAT_DIGITS 9

/// Digits beyond this change no float
#define MAX_DIGITS 17

/// A power of ten beyond this makes zero or infinity of any digits that are
/// counted
#define MAX_EXPONENT 400

static const double ten = 10.0;

static bool
is_digit(const char c)
{
  return c >= '0' && c <= '9';
}

/// Digits with their point, as a whole number times a power of ten
typedef struct {
  double whole;
  int    exponent;
  int    n_digits;    ///< All of them
  int    n_important; ///< From the first that is not zero
} Digits;

static void
add_digit(Digits* const digits, const char c, const bool is_fraction)
{
  ++digits->n_digits;
  if (digits->n_important < MAX_DIGITS) {
    digits->whole = digits->whole * ten + (c - '0');
    digits->n_important += digits->whole > 0.0;
    digits->exponent -= is_fraction;
  } else {
    digits->exponent += !is_fraction;
  }
}

static const char*
read_digits(const char* at, Digits* const digits)
{
  for (; is_digit(*at); ++at) {
    add_digit(digits, *at, false);
  }
  if (*at == '.') {
    for (++at; is_digit(*at); ++at) {
      add_digit(digits, *at, true);
    }
  }
  return at;
}

/// Read "e-3", if there is one.  @return Where it ends, or null if it is none.
static const char*
read_exponent(const char* at, int* const exponent)
{
  *exponent = 0;
  if (*at != 'e' && *at != 'E') {
    return at;
  }
  ++at;
  const bool is_negative = *at == '-';
  at += *at == '-' || *at == '+';
  if (!is_digit(*at)) {
    return NULL;
  }
  for (; is_digit(*at); ++at) {
    if (*exponent < MAX_EXPONENT) {
      *exponent = *exponent * (int)ten + (*at - '0');
    }
  }
  *exponent = is_negative ? -*exponent : *exponent;
  return at;
}

bool
ct_number_read(const char* const text, float* const number)
{
  Digits      digits      = {0.0, 0, 0, 0};
  int         exponent    = 0;
  const bool  is_negative = *text == '-';
  const char* at          = text + (*text == '-' || *text == '+');
  at                      = read_digits(at, &digits);
  at = digits.n_digits ? read_exponent(at, &exponent) : NULL;
  if (!at || *at) {
    return false;
  }

  // Powers of ten up to 22 are exact, so that what has few digits is read as
  // well as can be
  exponent += digits.exponent;
  double size = digits.whole;
  if (size > 0.0) {
    const double scale = pow(ten, abs(exponent));
    size               = exponent < 0 ? size / scale : size * scale;
  }
  *number = (float)(is_negative ? -size : size);
  return isfinite(*number) != 0;
}

/// Make a point of what the language has in its place
static void
mend_point(char* const text)
{
  static const char known[] = "+-0123456789e";
  const size_t      n_whole = strspn(text, known);
  char* const       rest    = text + n_whole;
  if (*rest) {
    const size_t n_strange = strcspn(rest, known);
    *rest                  = '.';
    memmove(rest + 1, rest + n_strange, strlen(rest + n_strange) + 1U);
  }
}

/// Print in some form, and tell whether nothing was lost
static bool
print_as(const char* const form,
         const int         n_digits,
         const float       number,
         char* const       text)
{
  float back = 0.0F;
  (void)snprintf(text, CT_NUMBER_SIZE, form, n_digits, (double)number);
  mend_point(text);
  return ct_number_read(text, &back) && back >= number && back <= number;
}

void
ct_number_print(const float number, char text[CT_NUMBER_SIZE])
{
  static const float least_plain = 1e-4F;
  static const float most_plain  = 1e9F;

  const float size = fabsf(number);
  const bool  is_plain =
    size < most_plain && (size >= least_plain || size <= 0.0F);
  for (int n = 0; is_plain && n <= FLOAT_DIGITS; ++n) {
    if (print_as("%.*f", n, number, text)) {
      return;
    }
  }
  for (int n = 1; n <= FLOAT_DIGITS; ++n) {
    if (print_as("%.*g", n, number, text)) {
      return;
    }
  }
}

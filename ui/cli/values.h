// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file values.h Read what people write: numbers, meters and keys

#ifndef CONTINUO_CLI_VALUES_H
#define CONTINUO_CLI_VALUES_H

#include <stdbool.h>
#include <stdint.h>

/// Read all of `text` as a finite number.  @return False if it isn't one
bool
cli_read_number(const char* text, double* number);

/// Read a meter such as "6/8".  @return False if it isn't one
bool
cli_read_meter(const char* text, uint32_t* numerator, uint32_t* denominator);

/**
   Read a key such as "D minor" or "Bb major".

   @param tonic Set to its pitch class, 0 to 11 for C to B.
   @param scale Set to 0 for major and 1 for minor, as of CONTINUO_SCALE.
   @return False if it isn't one.
*/
bool
cli_read_key(const char* text, int* tonic, int* scale);

#endif // CONTINUO_CLI_VALUES_H

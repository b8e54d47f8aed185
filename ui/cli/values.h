// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file values.h Read what people write: numbers and meters

#ifndef CONTINUO_CLI_VALUES_H
#define CONTINUO_CLI_VALUES_H

#include <stdbool.h>
#include <stdint.h>

/// Read all of `text` as a finite number.  @return False if it isn't one
bool
cli_read_number(const char* text, double* number);

/// Read a meter such as "6/8", up to 32/32.  @return False if it isn't one
bool
cli_read_meter(const char* text, uint32_t* numerator, uint32_t* denominator);

#endif // CONTINUO_CLI_VALUES_H

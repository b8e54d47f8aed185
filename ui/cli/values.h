// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file values.h Read what people write: numbers

#ifndef CONTINUO_CLI_VALUES_H
#define CONTINUO_CLI_VALUES_H

#include <stdbool.h>

/// Read all of `text` as a finite number.  @return False if it isn't one
bool
cli_read_number(const char* text, double* number);

#endif // CONTINUO_CLI_VALUES_H

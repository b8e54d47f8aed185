// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file number.h Decimal numbers in files: written with a point, whatever the
/// language that a host has set

#ifndef CT_BASE_NUMBER_H
#define CT_BASE_NUMBER_H

#include "base/attributes.h"

#include <stdbool.h>

/// Longest text of ct_number_print(), with its end
#define CT_NUMBER_SIZE 24U

/**
   Read all of `text` as a number such as "-0.25" or "1e-3".

   @thread any
   @param number Set to it, to the precision of a float.
   @return False if it is none, or not finite as a float.
*/
CT_NODISCARD bool
ct_number_read(const char* text, float* number);

/// Print a finite number as briefly as ct_number_read() gives it back.
/// @thread any
void
ct_number_print(float number, char text[CT_NUMBER_SIZE]);

#endif // CT_BASE_NUMBER_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file value.h Values of parameters as people read, turn and type them

#ifndef ED_VALUE_H
#define ED_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/// Bytes of a value as text and its end
#define ED_VALUE_SIZE 32U

/// Write `value` with its unit, or its label.
void
ed_value_text(uint32_t id, float value, char text[ED_VALUE_SIZE]);

/// Read what was typed: a number, a note such as "C4" for keys, or a label.
/// @return False if it is none in the range.
bool
ed_value_parse(uint32_t id, const char* text, float* value);

/// Place of a value in its range, from 0 to 1.
float
ed_value_share(uint32_t id, float value);

/// Value at a place of the range; whole numbers are rounded.
float
ed_value_at(uint32_t id, float share);

/// Value after `n` steps of the wheel or of the arrow keys; fine ones are a
/// tenth, where there is anything between.
float
ed_value_step(uint32_t id, float value, float n, bool is_fine);

/// In the range, and whole if it must be.
float
ed_value_clamp(uint32_t id, float value);

/// Name of a MIDI key, such as "C4" for 60.
void
ed_key_name(int key, char text[ED_VALUE_SIZE]);

#endif // ED_VALUE_H

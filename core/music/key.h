// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file key.h Keys and scales

#ifndef CT_MUSIC_KEY_H
#define CT_MUSIC_KEY_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Pitch classes of an octave
#define CT_PITCH_CLASS_COUNT 12

/// Bytes that ct_key_name() needs at most, with the end
#define CT_KEY_NAME_SIZE 16U

/// Major or minor
typedef enum {
  CT_MODE_MAJOR,
  CT_MODE_MINOR,
} CtMode;

/// A tonic and a mode
typedef struct {
  uint8_t tonic; ///< Pitch class 0..11, C is 0
  CtMode  mode;  ///< Major or minor
} CtKey;

/// Set of pitch classes, bit n for class n
typedef uint16_t CtScale;

/**
   Read a key from "D minor", "F#", "Bb major", "c" (minor), "Am", "f-sharp
   minor".

   A capital letter alone is major, a small one minor (German and analytical
   use).
   @thread any
   @return False if `text` is no key; `key` is then as it was.
*/
CT_NODISCARD bool
ct_key_parse(const char* text, CtKey* key);

/// Write a name such as "F# minor" that ct_key_parse() reads.  @thread any
/// @return `name`
const char*
ct_key_name(CtKey key, char name[CT_KEY_NAME_SIZE]);

/**
   Key of a signature as in a MIDI file.

   @thread any
   @param sharps Sharps, or flats if negative, -7..7.
   @param minor Whether the mode is minor.
*/
CT_REALTIME CtKey
ct_key_from_signature(int sharps, bool minor);

/// Sharps (negative: flats) of the signature of `key`, -5..6.  @thread any
CT_REALTIME int
ct_key_sharps(CtKey key);

/// Pitch classes of `key`; in minor the natural scale, and raised sixth and
/// seventh.  @thread any
CT_REALTIME CtScale
ct_scale(CtKey key);

/// Whether MIDI key or pitch class `pitch` is of the scale.  @thread any
CT_REALTIME bool
ct_scale_contains(CtScale scale, int pitch);

#endif // CT_MUSIC_KEY_H

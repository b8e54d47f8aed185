// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file sheet_state.h A sheet as bytes that travel in a session.

   A frame that never changes: the magic bytes, the size of the body in four
   bytes, the body, and the CRC-32 of all before; four-byte numbers are
   little-endian.  All numbers in the body are of seven bits a byte, lowest
   first, the eighth bit saying that more follow (LEB128), and signed ones are
   folded, 0 -1 1 -2 and so on becoming 0 1 2 3.  The body is a version and then
   chunks of a tag, a size and so many bytes, by rising tag; unknown ones are
   passed over:

   1. Wishes: ticks since the one before (0 for the first, which holds from the
      beginning), a count, and as often the number of a setting and its value.
      Only settings that have changed are told.
   2. Meters: ticks since the one before, numerator, denominator.  The first
      tells its tick and the index of its bar, both signed.
   3. Sections that were heard: ticks since the end of the one before, length,
      how much of it is written, number of notes, grain; then notes: grains
      since the one before, doubled, plus one if another player follows;
      duration in grains; pitch; velocity; the player, which is
      channel + 16 part.
*/

#ifndef CT_GEN_SHEET_STATE_H
#define CT_GEN_SHEET_STATE_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "gen/section.h"
#include "gen/settings.h"
#include "gen/sheet.h"
#include "music/meter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// First bytes: as base64 they read "Continuo"
#define CT_SHEET_MAGIC "\x0A\x89\xED\x8A\x7B\xA8"
#define CT_SHEET_MAGIC_SIZE 6U

/// Raised when a program of today would read wrongly what one of tomorrow
/// writes
#define CT_SHEET_VERSION 1U

/// Most sections that are kept
#define CT_SHEET_MAX_SECTIONS 8192U

/// Farthest tick that is kept, either way: far beyond what a host can say
#define CT_SHEET_MAX_TICK (INT64_C(1) << 60)

/// Tags of chunks
typedef enum {
  CT_CHUNK_WISHES = 1,
  CT_CHUNK_METERS,
  CT_CHUNK_SECTIONS,
} CtSheetChunk;

/// Append the state of `sheet` to `buffer`, whose status tells of failure.
/// @thread main|worker
void
ct_sheet_state_write(const CtSheet* sheet, CtBuffer* buffer);

/**
   Read a state; what it holds is then marked as heard.

   @thread main|worker
   @param absent Settings that an older program did not know.
   @param sheet Set to a sheet for ct_sheet_clear(), empty on failure.
   @return CT_SUCCESS, CT_NO_MEMORY, CT_TAKE_NOT_ONE, CT_TAKE_NEWER or
   CT_TAKE_DAMAGED.
*/
CT_NODISCARD CtStatus
ct_sheet_state_read(const uint8_t*    bytes,
                    size_t            size,
                    const CtSettings* absent,
                    CtSheet*          sheet);

/// Whether a section lies where the meters draw one, and its `n_notes` first
/// notes are as they must be: only such sections are kept.
/// @thread main|worker
bool
ct_sheet_state_takes(const CtMeterMap* meters,
                     const CtSection*  section,
                     size_t            n_notes);

#endif // CT_GEN_SHEET_STATE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/smf.h"

#include "base/cursor.h"
#include "music/smf_track.h"

#include <string.h>

#define CHUNK_NAME_SIZE 4U

/// Flag of SMPTE time in the division
#define DIVISION_SMPTE 0x8000U

/// Read the name of the next chunk and what is in it
static CtStatus
read_chunk(CtCursor* const       cursor,
           const uint8_t** const name,
           CtCursor* const       chunk)
{
  uint32_t size = 0U;
  if (ct_read_bytes(cursor, CHUNK_NAME_SIZE, name) ||
      ct_read_u32_be(cursor, &size) || ct_read_part(cursor, size, chunk)) {
    return CT_SMF_TRUNCATED;
  }
  return CT_SUCCESS;
}

static CtStatus
read_header(CtCursor* const cursor,
            uint16_t* const n_tracks,
            uint16_t* const division)
{
  const uint8_t* name   = NULL;
  CtCursor       chunk  = {NULL, NULL};
  uint16_t       format = 0U;
  if (ct_cursor_left(cursor) < CHUNK_NAME_SIZE ||
      memcmp(cursor->at, "MThd", CHUNK_NAME_SIZE) != 0) {
    return CT_SMF_NOT_MIDI;
  }
  if (read_chunk(cursor, &name, &chunk) || ct_read_u16_be(&chunk, &format) ||
      ct_read_u16_be(&chunk, n_tracks) || ct_read_u16_be(&chunk, division)) {
    return CT_SMF_TRUNCATED;
  }
  if (format > 1U) {
    return CT_SMF_BAD_FORMAT;
  }
  return !*division || (*division & DIVISION_SMPTE) ? CT_SMF_BAD_DIVISION
                                                    : CT_SUCCESS;
}

/// Read all tracks into an empty score
static CtStatus
read_file(CtCursor cursor, CtScore* const score)
{
  uint16_t n_tracks = 0U;
  uint16_t division = 0U;
  CtStatus st       = read_header(&cursor, &n_tracks, &division);
  uint32_t track    = 0U;
  while (!st && track < n_tracks) {
    const uint8_t* name  = NULL;
    CtCursor       chunk = {NULL, NULL};
    st                   = read_chunk(&cursor, &name, &chunk);
    if (!st && memcmp(name, "MTrk", CHUNK_NAME_SIZE) == 0) {
      st = ct_smf_read_track(score, chunk, division, track++);
    }
  }
  if (!st) {
    st = ct_score_finish(score);
  }
  return !st && !score->n_notes ? CT_SMF_NO_NOTES : st;
}

CtStatus
ct_smf_read(const uint8_t* const bytes, const size_t size, CtScore* const score)
{
  *score            = ct_score_init();
  const CtStatus st = read_file(ct_cursor_init(bytes, size), score);
  if (st) {
    ct_score_free(score);
  }
  return st;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file clef.h Clefs, and which one a staff has in each bar

#ifndef CT_MUSIC_CLEF_H
#define CT_MUSIC_CLEF_H

#include "base/attributes.h"
#include "base/status.h"

#include <stdint.h>

/// Clefs in use
typedef enum {
  CT_CLEF_TREBLE,
  CT_CLEF_TREBLE_8, ///< Sounds an octave lower, for tenors
  CT_CLEF_ALTO,
  CT_CLEF_TENOR,
  CT_CLEF_BASS,
  CT_N_CLEFS
} CtClefKind;

/// A clef as it is drawn
typedef struct {
  char sign;   ///< 'G', 'C' or 'F'
  int  line;   ///< From the lowest, which is 1
  int  octave; ///< Octaves that it sounds higher, mostly 0
  int  middle; ///< Step of the middle line: 7 * octave + step, C4 is 28
} CtClef;

/// Notes of a staff in one bar, by how far they would lie off each clef
typedef struct {
  uint32_t off[CT_N_CLEFS];
} CtClefNeed;

/// Row `kind` of the table of clefs.  @thread any
CtClef
ct_clef(CtClefKind kind);

/// Add a note on a step (7 * octave + step of a scale) to what a bar needs.
/// @thread any
void
ct_clef_add(CtClefNeed* need, int step);

/**
   Choose clefs: as few ledger lines as can be had without many changes.

   @thread main|worker
   @param needs [n_bars]
   @param usual Clef of an empty staff, and of the first bar if in doubt.
   @param other The only other one that it may change to; `usual` for none.
   @param clefs [n_bars] Set to a CtClefKind for each bar.
   @return CT_SUCCESS or CT_NO_MEMORY.
*/
CT_NODISCARD CtStatus
ct_clefs_choose(const CtClefNeed* needs,
                uint32_t          n_bars,
                CtClefKind        usual,
                CtClefKind        other,
                uint8_t*          clefs);

#endif // CT_MUSIC_CLEF_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file cells.h Pieces of the window that are drawn again only if they changed

#ifndef ED_CELLS_H
#define ED_CELLS_H

#include "editor.h"
#include "nanovg.h"

#include <stdint.h>

/// Cells, in the order they are drawn: all that stands, the controls by their
/// numbers, and those below
typedef enum {
  ED_CELL_BASE, ///< What lies under all others
  ED_CELL_CONTROL,
  ED_CELL_STATUS = ED_CELL_CONTROL + ED_N_CONTROLS,
  ED_CELL_BROWSER,
  ED_N_CELLS
} EdCell;

/// Where a cell is; empty if it is not there.
EdRect
ed_cell_rect(const Editor* self, int cell);

/// A number that is another one if the cell looks other.
uint64_t
ed_cell_look(const Editor* self, int cell);

/// Draw a cell, with what is behind it.
void
ed_cell_draw(NVGcontext* vg, const Editor* self, int cell);

#endif // ED_CELLS_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file batch.h Rectangles that are drawn all at once.

   A software renderer takes as long for each shape of NanoVG as for a thousand
   rectangles in one go, and the roll is made of rectangles.
*/

#ifndef ED_BATCH_H
#define ED_BATCH_H

#include "nanovg.h"
#include "rect.h"

#include <stdint.h>

/// Most rectangles; what is more is left out
#define ED_BATCH_SIZE 8192U

/// Corners of a rectangle with their colours, in pixels of the screen
typedef struct {
  float   x;
  float   y;
  uint8_t rgba[4];
} EdVertex;

/// Rectangles in the order they are drawn
typedef struct {
  EdVertex vertices[ED_BATCH_SIZE][4];
  uint32_t n;
  float    scale; ///< Pixels of the screen to ours
} EdBatch;

/// Begin anew.
void
ed_batch_begin(EdBatch* self, float scale);

/// Add a rectangle, with its edges on pixels.
void
ed_batch_rect(EdBatch* self, EdRect rect, NVGcolor color);

/// Add one whose corners are round, a little.
void
ed_batch_round(EdBatch* self, EdRect rect, NVGcolor color);

#endif // ED_BATCH_H

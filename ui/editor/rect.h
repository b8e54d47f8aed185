// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file rect.h Rectangles, in pixels without scale

#ifndef ED_RECT_H
#define ED_RECT_H

#include <stdbool.h>

/// A rectangle
typedef struct {
  float x;
  float y;
  float w;
  float h;
} EdRect;

static inline bool
ed_rect_has(const EdRect rect, const float x, const float y)
{
  return x >= rect.x && x < rect.x + rect.w && y >= rect.y &&
         y < rect.y + rect.h;
}

/// The same, smaller by `by` on each side
static inline EdRect
ed_rect_inset(const EdRect rect, const float by)
{
  const EdRect inner = {
    rect.x + by, rect.y + by, rect.w - (2.0F * by), rect.h - (2.0F * by)};
  return inner;
}

/// Row `i` of `n` equal ones, with `gap` between them
static inline EdRect
ed_rect_row(const EdRect rect, const int i, const int n, const float gap)
{
  const float  h   = (rect.h - (gap * (float)(n - 1))) / (float)n;
  const EdRect row = {rect.x, rect.y + ((h + gap) * (float)i), rect.w, h};
  return row;
}

/// Column `i` of `n` equal ones, with `gap` between them
static inline EdRect
ed_rect_column(const EdRect rect, const int i, const int n, const float gap)
{
  const float  w      = (rect.w - (gap * (float)(n - 1))) / (float)n;
  const EdRect column = {rect.x + ((w + gap) * (float)i), rect.y, w, rect.h};
  return column;
}

#endif // ED_RECT_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file paint.h Small strokes that all drawing is made of

#ifndef ED_PAINT_H
#define ED_PAINT_H

#include "nanovg.h"
#include "rect.h"
#include "theme.h"

/// How a text stands in its rectangle
typedef enum { ED_LEFT, ED_MIDDLE, ED_RIGHT } EdAlign;

/// A colour of the theme, as opaque as `alpha`.
NVGcolor
ed_color(EdColorId id, float alpha);

/// Fill a rectangle with round corners.
void
ed_fill(NVGcontext* vg, EdRect rect, float corner, NVGcolor color);

/// Draw its border, inside.
void
ed_border(NVGcontext* vg, EdRect rect, float corner, NVGcolor color);

/// Write a line in the middle of the height; too long ones are cut.
void
ed_text(NVGcontext* vg,
        EdRect      rect,
        const char* text,
        float       size,
        EdAlign     align,
        NVGcolor    color);

/// The same without a cut.
void
ed_label(NVGcontext* vg,
         float       x,
         float       y,
         const char* text,
         float       size,
         EdAlign     align,
         NVGcolor    color);

#endif // ED_PAINT_H

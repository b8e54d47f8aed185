// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file surface.h From the window to the screen, as cheaply as may be.

   What does not move lies in a texture, and each of its cells is drawn again
   only where it has changed.  What moves is a batch of rectangles and a few
   words on top of it.
*/

#ifndef ED_SURFACE_H
#define ED_SURFACE_H

#include "batch.h"
#include "editor.h"
#include "nanovg.h"

#include <stdbool.h>
#include <stdint.h>

CONTINUO_BEGIN_DECLS

/// What OpenGL keeps for a window
typedef struct EdSurfaceImpl EdSurface;

/// @return For ed_surface_free(), or null if out of memory
EdSurface*
ed_surface_new(void);

/// Null is fine.  The window's context must be current.
void
ed_surface_free(EdSurface* self);

/**
   Draw a window on the whole of the current context's back buffer.

   @param width Pixels of the screen.
   @param height Likewise.
   @param scale Pixels of the screen to ours.
   @param font Name of a font of `vg`.
*/
void
ed_surface_draw(EdSurface*    self,
                NVGcontext*   vg,
                const Editor* editor,
                int           width,
                int           height,
                float         scale,
                const char*   font);

CONTINUO_END_DECLS

#endif // ED_SURFACE_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "surface.h"

#include "cells.h"
#include "draw.h"

#include <GL/gl.h>

#include <math.h>
#include <stdlib.h>

struct EdSurfaceImpl {
  GLuint   texture; ///< What stands; 0 if there is none
  int      width;
  int      height;
  float    scale;
  uint64_t looks[ED_N_CELLS];
  bool     is_changed[ED_N_CELLS];
  EdBatch  batch;
};

EdSurface*
ed_surface_new(void)
{
  return (EdSurface*)calloc(1U, sizeof(EdSurface));
}

void
ed_surface_free(EdSurface* const self)
{
  if (self) {
    if (self->texture) {
      glDeleteTextures(1, &self->texture);
    }
    free(self);
  }
}

/// Have a texture of the size of the window.  @return Whether it is new
static bool
fit(EdSurface* const self, const int width, const int height, const float scale)
{
  if (self->texture && self->width == width && self->height == height &&
      self->scale == scale) {
    return false;
  }
  if (!self->texture) {
    glGenTextures(1, &self->texture);
  }
  self->width  = width;
  self->height = height;
  self->scale  = scale;
  glBindTexture(GL_TEXTURE_2D, self->texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexImage2D(
    GL_TEXTURE_2D, 0, GL_RGB, width, height, 0, GL_RGB, GL_UNSIGNED_BYTE, NULL);
  return true;
}

/// Find out which cells have changed.  @return Whether any has
static bool
compare(EdSurface* const self, const Editor* const editor, const bool all)
{
  bool any     = false;
  bool changes = all;
  for (int cell = 0; cell < ED_N_CELLS; ++cell) {
    const uint64_t look = ed_cell_look(editor, cell);
    // What lies under all others takes them with it
    changes =
      changes || (cell == ED_CELL_BASE && look != self->looks[ED_CELL_BASE]);
    self->is_changed[cell] = changes || look != self->looks[cell];
    self->looks[cell]      = look;
    any                    = any || self->is_changed[cell];
  }
  return any;
}

/// Let OpenGL count pixels of the screen from the upper left
static void
begin_flat(const EdSurface* const self)
{
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_STENCIL_TEST);
  glDisable(GL_SCISSOR_TEST);
  glViewport(0, 0, self->width, self->height);
  glMatrixMode(GL_PROJECTION);
  glLoadIdentity();
  glOrtho(0.0, self->width, self->height, 0.0, -1.0, 1.0);
  glMatrixMode(GL_MODELVIEW);
  glLoadIdentity();
}

/// A piece of what stands, from the texture to the window
static void
show(const EdSurface* const self, const EdRect rect)
{
  const float left = floorf(rect.x * self->scale);
  const float top  = floorf(rect.y * self->scale);
  const float right =
    fminf(ceilf((rect.x + rect.w) * self->scale), (float)self->width);
  const float bottom =
    fminf(ceilf((rect.y + rect.h) * self->scale), (float)self->height);
  const float w = (float)self->width;
  const float h = (float)self->height;
  glBegin(GL_QUADS);
  glTexCoord2f(left / w, 1.0F - (top / h));
  glVertex2f(left, top);
  glTexCoord2f(right / w, 1.0F - (top / h));
  glVertex2f(right, top);
  glTexCoord2f(right / w, 1.0F - (bottom / h));
  glVertex2f(right, bottom);
  glTexCoord2f(left / w, 1.0F - (bottom / h));
  glVertex2f(left, bottom);
  glEnd();
}

/// All that stands; where the roll moves above it, around that
static void
show_all(const EdSurface* const self, const Editor* const editor)
{
  const EdLayout* const layout = &editor->layout;
  const float           below  = layout->roll.y + layout->roll.h;
  const EdRect          head   = {0.0F, 0.0F, layout->width, layout->roll.y};
  const EdRect foot  = {0.0F, below, layout->width, layout->height - below};
  const EdRect left  = {0.0F, head.h, layout->keyboard.x, layout->roll.h};
  const float  end   = layout->roll.x + layout->roll.w;
  const EdRect right = {end, head.h, layout->width - end, layout->roll.h};
  const EdRect all   = {0.0F, 0.0F, layout->width, layout->height};
  glDisable(GL_BLEND);
  glEnable(GL_TEXTURE_2D);
  glBindTexture(GL_TEXTURE_2D, self->texture);
  glTexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_REPLACE);
  if (editor_is_covered(editor)) {
    show(self, all);
  } else {
    show(self, head);
    show(self, foot);
    show(self, left);
    show(self, right);
  }
  glBindTexture(GL_TEXTURE_2D, 0U);
  glDisable(GL_TEXTURE_2D);
  glEnable(GL_BLEND);
}

/// Copy a rectangle of the window into the texture
static void
keep(const EdSurface* const self, const EdRect rect)
{
  const int left = (int)fmaxf(floorf(rect.x * self->scale), 0.0F);
  const int top  = (int)fmaxf(floorf(rect.y * self->scale), 0.0F);
  const int right =
    (int)fminf(ceilf((rect.x + rect.w) * self->scale), (float)self->width);
  const int bottom =
    (int)fminf(ceilf((rect.y + rect.h) * self->scale), (float)self->height);
  if (right > left && bottom > top) {
    glCopyTexSubImage2D(GL_TEXTURE_2D,
                        0,
                        left,
                        self->height - bottom,
                        left,
                        self->height - bottom,
                        right - left,
                        bottom - top);
  }
}

static void
begin_frame(const EdSurface* const self,
            NVGcontext* const      vg,
            const char* const      font)
{
  nvgBeginFrame(vg, (float)self->width, (float)self->height, 1.0F);
  nvgFontFace(vg, font);
  nvgScale(vg, self->scale, self->scale);
}

/// Draw the cells that have changed, and keep them
static void
draw_cells(EdSurface* const    self,
           NVGcontext* const   vg,
           const Editor* const editor,
           const char* const   font)
{
  begin_frame(self, vg, font);
  for (int cell = 0; cell < ED_N_CELLS; ++cell) {
    const EdRect rect = ed_cell_rect(editor, cell);
    if (self->is_changed[cell] && rect.w > 0.0F) {
      nvgSave(vg);
      nvgScissor(vg, rect.x, rect.y, rect.w, rect.h);
      ed_cell_draw(vg, editor, cell);
      nvgRestore(vg);
    }
  }
  nvgEndFrame(vg);

  glBindTexture(GL_TEXTURE_2D, self->texture);
  for (int cell = 0; cell < ED_N_CELLS; ++cell) {
    if (self->is_changed[cell]) {
      keep(self, ed_cell_rect(editor, cell));
    }
  }
  glBindTexture(GL_TEXTURE_2D, 0U);
}

static void
draw_batch(const EdBatch* const batch)
{
  glEnable(GL_BLEND);
  glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
  glEnableClientState(GL_VERTEX_ARRAY);
  glEnableClientState(GL_COLOR_ARRAY);
  glVertexPointer(2, GL_FLOAT, sizeof(EdVertex), &batch->vertices[0][0].x);
  glColorPointer(
    4, GL_UNSIGNED_BYTE, sizeof(EdVertex), batch->vertices[0][0].rgba);
  glDrawArrays(GL_QUADS, 0, (GLsizei)(batch->n * 4U));
  glDisableClientState(GL_COLOR_ARRAY);
  glDisableClientState(GL_VERTEX_ARRAY);
}

void
ed_surface_draw(EdSurface* const    self,
                NVGcontext* const   vg,
                const Editor* const editor,
                const int           width,
                const int           height,
                const float         scale,
                const char* const   font)
{
  const bool is_new = fit(self, width, height, scale);
  begin_flat(self);
  if (compare(self, editor, is_new)) {
    draw_cells(self, vg, editor, font);
    begin_flat(self);
  }
  show_all(self, editor);
  ed_batch_begin(&self->batch, scale);
  if (!editor_is_covered(editor)) {
    ed_draw_roll(&self->batch, editor);
    ed_draw_meter(&self->batch, editor);
  }
  ed_draw_lights(&self->batch, editor);
  draw_batch(&self->batch);

  begin_frame(self, vg, font);
  if (!editor_is_covered(editor)) {
    ed_draw_roll_words(vg, editor);
  }
  ed_draw_menu(vg, editor);
  nvgEndFrame(vg);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "batch.h"

#include <math.h>

void
ed_batch_begin(EdBatch* const self, const float scale)
{
  self->n     = 0U;
  self->scale = scale;
}

static void
add(EdBatch* const self,
    const float    left,
    const float    top,
    const float    right,
    const float    bottom,
    const NVGcolor color)
{
  const float corners[4][2] = {
    {left, top}, {right, top}, {right, bottom}, {left, bottom}};
  if (self->n == ED_BATCH_SIZE || right <= left || bottom <= top) {
    return;
  }
  EdVertex* const vertices = self->vertices[self->n++];
  for (int i = 0; i < 4; ++i) {
    vertices[i].x = corners[i][0];
    vertices[i].y = corners[i][1];
    for (int c = 0; c < 4; ++c) {
      vertices[i].rgba[c] = (uint8_t)((color.rgba[c] * 255.0F) + 0.5F);
    }
  }
}

void
ed_batch_rect(EdBatch* const self, const EdRect rect, const NVGcolor color)
{
  add(self,
      roundf(rect.x * self->scale),
      roundf(rect.y * self->scale),
      roundf((rect.x + rect.w) * self->scale),
      roundf((rect.y + rect.h) * self->scale),
      color);
}

void
ed_batch_round(EdBatch* const self, const EdRect rect, const NVGcolor color)
{
  const float left = roundf(rect.x * self->scale);
  const float top  = roundf(rect.y * self->scale);
  const float right =
    fmaxf(roundf((rect.x + rect.w) * self->scale), left + 1.0F);
  const float bottom = roundf((rect.y + rect.h) * self->scale);
  const float cut    = roundf(self->scale);
  if (right - left <= 3.0F * cut || bottom - top <= 3.0F * cut) {
    add(self, left, top, right, bottom, color);
    return;
  }
  add(self, left, top + cut, left + cut, bottom - cut, color);
  add(self, left + cut, top, right - cut, bottom, color);
  add(self, right - cut, top + cut, right, bottom - cut, color);
}

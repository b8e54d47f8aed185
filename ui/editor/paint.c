// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "paint.h"

#include <stddef.h>

NVGcolor
ed_color(const EdColorId id, const float alpha)
{
  const uint32_t rgb   = ed_colors[id];
  NVGcolor       color = nvgRGB((unsigned char)(rgb >> 16U),
                          (unsigned char)(rgb >> 8U),
                          (unsigned char)rgb);
  color.a              = alpha;
  return color;
}

void
ed_fill(NVGcontext* const vg,
        const EdRect      rect,
        const float       corner,
        const NVGcolor    color)
{
  nvgBeginPath(vg);
  if (corner > 0.0F) {
    nvgRoundedRect(vg, rect.x, rect.y, rect.w, rect.h, corner);
  } else {
    nvgRect(vg, rect.x, rect.y, rect.w, rect.h);
  }
  nvgFillColor(vg, color);
  nvgFill(vg);
}

void
ed_border(NVGcontext* const vg,
          const EdRect      rect,
          const float       corner,
          const NVGcolor    color)
{
  const EdRect inside = ed_rect_inset(rect, 0.5F);
  nvgBeginPath(vg);
  nvgRoundedRect(vg, inside.x, inside.y, inside.w, inside.h, corner);
  nvgStrokeColor(vg, color);
  nvgStrokeWidth(vg, 1.0F);
  nvgStroke(vg);
}

void
ed_label(NVGcontext* const vg,
         const float       x,
         const float       y,
         const char* const text,
         const float       size,
         const EdAlign     align,
         const NVGcolor    color)
{
  static const int aligns[] = {
    NVG_ALIGN_LEFT, NVG_ALIGN_CENTER, NVG_ALIGN_RIGHT};
  if (text[0] == '\0') {
    return; // DPF's NanoVG complains of those
  }
  nvgFontSize(vg, size);
  nvgTextAlign(vg, aligns[align] | NVG_ALIGN_MIDDLE);
  nvgFillColor(vg, color);
  (void)nvgText(vg, x, y, text, NULL);
}

void
ed_text(NVGcontext* const vg,
        const EdRect      rect,
        const char* const text,
        const float       size,
        const EdAlign     align,
        const NVGcolor    color)
{
  const float x = rect.x + (align == ED_LEFT     ? 0.0F
                            : align == ED_MIDDLE ? rect.w / 2.0F
                                                 : rect.w);
  nvgSave(vg);
  nvgIntersectScissor(vg, rect.x, rect.y, rect.w, rect.h);
  ed_label(vg, x, rect.y + (rect.h / 2.0F), text, size, align, color);
  nvgRestore(vg);
}

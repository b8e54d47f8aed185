// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "draw.h"

#include "paint.h"
#include "theme.h"

#include <math.h>

static const float pi = 3.14159265F;

// A knob turns from half past seven to half past four
static const float first_angle = 0.75F * 3.14159265F;
static const float turn        = 1.5F * 3.14159265F;

static void
draw_arc(NVGcontext* const vg,
         const float       x,
         const float       y,
         const float       radius,
         const float       begin,
         const float       end,
         const NVGcolor    color)
{
  nvgBeginPath(vg);
  nvgArc(vg,
         x,
         y,
         radius,
         first_angle + (turn * begin),
         first_angle + (turn * end),
         NVG_CW);
  nvgStrokeColor(vg, color);
  nvgStrokeWidth(vg, 3.5F);
  nvgLineCap(vg, NVG_ROUND);
  nvgStroke(vg);
}

void
ed_draw_knob(NVGcontext* const   vg,
             const Editor* const self,
             const EdControlId   id)
{
  const EdRect   cell     = self->layout.controls[id];
  const uint32_t param    = ed_control(id)->param;
  const float    share    = ed_value_share(param, editor_value(self, id));
  const float    first    = ed_value_share(param, ed_param(param)->initial);
  const bool     is_moved = self->drag.control == id;
  const bool     is_over  = self->over == id || is_moved;
  const float    radius   = fminf(cell.w * 0.5F - 4.0F, 17.0F);
  const float    x        = cell.x + (cell.w / 2.0F);
  const float    y        = cell.y + 21.0F;
  const float    angle    = first_angle + (turn * share);

  draw_arc(vg, x, y, radius, 0.0F, 1.0F, ed_color(ED_FIELD_OVER, 1.0F));
  if (share > 0.0F) {
    draw_arc(vg, x, y, radius, 0.0F, share, ed_color(ED_ACCENT, 1.0F));
  }
  nvgBeginPath(vg);
  nvgCircle(vg, x, y, radius - 4.5F);
  nvgFillColor(vg, ed_color(is_over ? ED_FIELD_OVER : ED_FIELD, 1.0F));
  nvgFill(vg);

  // A dot where it stands by default, a pointer where it stands
  const float mark = first_angle + (turn * first);
  nvgBeginPath(vg);
  nvgCircle(vg,
            x + (cosf(mark) * (radius + 4.0F)),
            y + (sinf(mark) * (radius + 4.0F)),
            1.2F);
  nvgFillColor(vg, ed_color(ED_DIM, 1.0F));
  nvgFill(vg);
  nvgBeginPath(vg);
  nvgMoveTo(vg, x + (cosf(angle) * 4.0F), y + (sinf(angle) * 4.0F));
  nvgLineTo(vg,
            x + (cosf(angle) * (radius - 6.0F)),
            y + (sinf(angle) * (radius - 6.0F)));
  nvgStrokeColor(vg, ed_color(ED_TEXT, 1.0F));
  nvgStrokeWidth(vg, 2.0F);
  nvgStroke(vg);

  char text[ED_VALUE_SIZE];
  ed_label(vg,
           x,
           cell.y + 47.0F,
           ed_control(id)->name,
           ED_SMALL,
           ED_MIDDLE,
           ed_color(ED_DIM, 1.0F));
  ed_label(vg,
           x,
           cell.y + 61.0F,
           ed_draw_value(self, id, text),
           ED_SMALL,
           ED_MIDDLE,
           ed_color(is_moved || self->typed.control == id ? ED_ACCENT : ED_TEXT,
                    1.0F));
}

/// A piece of a ring
static void
draw_piece(NVGcontext* const   vg,
           const Editor* const self,
           const EdCircleKey   key,
           const NVGcolor      color)
{
  const EdLayout* const layout = &self->layout;
  const int             major  = (key.tonic + (key.is_minor ? 3 : 0)) % 12;
  const float           middle =
    ((float)((major * 7) % 12) / 12.0F * 2.0F * pi) - (pi / 2.0F);
  const float half  = pi / 12.0F;
  const float inner = key.is_minor ? layout->circle_core : layout->circle_inner;
  const float outer =
    key.is_minor ? layout->circle_inner : layout->circle_outer;
  const float gap = 1.0F;
  nvgBeginPath(vg);
  nvgArc(vg,
         layout->circle_x,
         layout->circle_y,
         outer - gap,
         middle - half + (gap / outer),
         middle + half - (gap / outer),
         NVG_CW);
  nvgArc(vg,
         layout->circle_x,
         layout->circle_y,
         inner + gap,
         middle + half - (gap / inner),
         middle - half + (gap / inner),
         NVG_CCW);
  nvgClosePath(vg);
  nvgFillColor(vg, color);
  nvgFill(vg);
}

/// Name of a key as musicians write it
static const char*
key_name(const EdCircleKey key)
{
  static const char* const majors[] = {"C",
                                       "D\u266D",
                                       "D",
                                       "E\u266D",
                                       "E",
                                       "F",
                                       "F\u266F",
                                       "G",
                                       "A\u266D",
                                       "A",
                                       "B\u266D",
                                       "B"};
  static const char* const minors[] = {"c",
                                       "c\u266F",
                                       "d",
                                       "e\u266D",
                                       "e",
                                       "f",
                                       "f\u266F",
                                       "g",
                                       "g\u266F",
                                       "a",
                                       "b\u266D",
                                       "b"};
  return key.is_minor ? minors[key.tonic] : majors[key.tonic];
}

static void
draw_circle_key(NVGcontext* const   vg,
                const Editor* const self,
                const EdCircleKey   key,
                const bool          is_chosen,
                const bool          is_current,
                const bool          is_over)
{
  EdColorId color = key.is_minor ? ED_PANEL : ED_FIELD;
  if (is_chosen) {
    color = ED_ACCENT;
  } else if (is_current || is_over) {
    color = ED_FIELD_OVER;
  }
  float x = 0.0F;
  float y = 0.0F;
  draw_piece(vg, self, key, ed_color(color, 1.0F));
  ed_layout_circle_place(&self->layout, key, &x, &y);
  ed_label(vg,
           x,
           y,
           key_name(key),
           ED_SMALL,
           ED_MIDDLE,
           ed_color(is_chosen      ? ED_ON_ACCENT
                    : is_current   ? ED_ACCENT
                    : key.is_minor ? ED_DIM
                                   : ED_TEXT,
                    1.0F));
}

void
ed_draw_circle(NVGcontext* const vg, const Editor* const self)
{
  const EdLayout* const layout  = &self->layout;
  const int             chosen  = (int)(editor_value(self, ED_CIRCLE) + 0.5F);
  const int             scale   = (int)(editor_value(self, ED_MAJOR) + 0.5F);
  EdCircleKey           over    = {-1, false};
  const bool            is_over = self->over == ED_CIRCLE &&
                       ed_layout_circle_key(layout, self->x, self->y, &over);
  for (int i = 0; i < 24; ++i) {
    const EdCircleKey key = {i % 12, i >= 12};
    const bool        is_it =
      key.tonic == chosen && (scale == 2 || key.is_minor == (scale == 1));
    const bool is_current = self->view.n_blocks && chosen >= 12 &&
                            key.tonic == self->view.tonic &&
                            key.is_minor == self->view.is_minor;
    const bool is_pointed =
      is_over && over.tonic == key.tonic && over.is_minor == key.is_minor;
    draw_circle_key(vg, self, key, is_it, is_current, is_pointed);
  }

  const EdCircleKey now =
    chosen < 12 ? (EdCircleKey){chosen, scale == 1}
                : (EdCircleKey){self->view.tonic, self->view.is_minor};
  ed_label(vg,
           layout->circle_x,
           layout->circle_y,
           key_name((EdCircleKey){now.tonic, false}),
           ED_LARGE,
           ED_MIDDLE,
           ed_color(ED_TEXT, 1.0F));
}

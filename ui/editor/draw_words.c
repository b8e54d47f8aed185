// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Words on the roll

#include "draw.h"

#include "paint.h"
#include "roll_time.h"
#include "theme.h"

#include <stddef.h>
#include <stdio.h>

static void
draw_bar_number(NVGcontext* const            vg,
                const EdTime* const          time,
                const ContinuoViewBar* const bar)
{
  const EdRect roll = time->rect;
  const float  x    = ed_time_x(time, (double)bar->tick);
  char         text[ED_VALUE_SIZE];
  if (x >= roll.x && x < roll.x + roll.w - ED_GRID) {
    (void)snprintf(text, sizeof(text), "%lld", (long long)bar->index + 1);
    ed_label(vg,
             x + 8.0F,
             roll.y - ED_GRID,
             text,
             ED_SMALL,
             ED_LEFT,
             ed_color(ED_DIM, 1.0F));
  }
}

/// Parts that play, as bits
static uint32_t
find_parts(const Editor* const self)
{
  uint32_t parts = 0U;
  for (uint32_t i = 0U; i < self->view.n_played; ++i) {
    parts |= 1U << self->view.played[i].part;
  }
  for (uint32_t i = 0U; i < self->notes.n_notes; ++i) {
    parts |= 1U << self->notes.notes[i].note.part;
  }
  return parts;
}

/// Names of the parts that play, in their colours
static void
draw_legend(NVGcontext* const vg, const Editor* const self)
{
  const uint32_t parts = find_parts(self);
  const EdRect   ruler = self->layout.ruler;
  const float    y     = ruler.y + (ruler.h / 2.0F);
  float          x     = ruler.x + ruler.w - 4.0F;
  nvgFontSize(vg, ED_SMALL);
  for (uint32_t part = ED_N_PARTS; part-- > 0U;) {
    const char* const name = continuo_part_name(part);
    if (((parts >> part) & 1U) && name) {
      const float  w    = nvgTextBounds(vg, 0.0F, 0.0F, name, NULL, NULL);
      const EdRect back = {x - w - 24.0F, ruler.y, w + 28.0F, ruler.h - 4.0F};
      ed_fill(vg, back, 0.0F, ed_color(ED_BACK, 1.0F));
      ed_label(vg, x, y, name, ED_SMALL, ED_RIGHT, ed_color(ED_DIM, 1.0F));
      x -= w + 12.0F;
      ed_fill(vg,
              (EdRect){x, y - 4.0F, 8.0F, 8.0F},
              2.0F,
              ed_color(ed_part_color(part), 1.0F));
      x -= 12.0F;
    }
  }
}

/// Tempo, meter and place above the keyboard
static void
draw_place(NVGcontext* const vg, const Editor* const self)
{
  const ContinuoView* const view = &self->view;
  const ContinuoViewBar*    bar  = NULL;
  char                      text[64];
  for (uint32_t i = 0U; i < view->n_bars; ++i) {
    if ((double)view->bars[i].tick <= self->tick) {
      bar = &view->bars[i];
    }
  }
  if (bar) {
    (void)snprintf(text,
                   sizeof(text),
                   "%u/%u   \u2669 = %.0f",
                   bar->numerator,
                   bar->denominator,
                   view->tempo);
    const EdRect rect = {self->layout.ruler.x,
                         self->layout.ruler.y,
                         self->layout.keyboard.w + self->layout.chances.w,
                         self->layout.ruler.h};
    ed_text(vg, rect, text, ED_SMALL, ED_LEFT, ed_color(ED_TEXT, 1.0F));
  }
}

/// The key that a handle of the range stands at
static void
draw_handle_name(NVGcontext* const   vg,
                 const Editor* const self,
                 const EdControlId   id)
{
  const EdRect handle =
    ed_layout_handle(&self->layout, id, (int)editor_value(self, id));
  const bool is_held = self->over == id || self->drag.control == id;
  char       text[ED_VALUE_SIZE];
  ed_label(vg,
           handle.x + handle.w - 4.0F,
           handle.y + (handle.h / 2.0F) + 0.5F,
           ed_draw_value(self, id, text),
           ED_SMALL,
           ED_RIGHT,
           ed_color(is_held ? ED_ON_ACCENT : ED_TEXT, 1.0F));
}

void
ed_draw_roll_words(NVGcontext* const vg, const Editor* const self)
{
  const EdTime time = ed_time_of(self);
  for (uint32_t i = 0U; i < self->view.n_bars; ++i) {
    draw_bar_number(vg, &time, &self->view.bars[i]);
  }
  draw_legend(vg, self);
  draw_place(vg, self);
  draw_handle_name(vg, self, ED_LOW);
  draw_handle_name(vg, self, ED_HIGH);
}

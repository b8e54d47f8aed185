// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Menus of choices

#include "editor.h"

#include "theme.h"

#include <math.h>
#include <stddef.h>

/// Rows of the menu that saves
static const char* const save_rows[] = {"Last 8 bars as MIDI",
                                        "Whole take as MIDI",
                                        "Last 8 bars as score (MusicXML)",
                                        "Whole take as score (MusicXML)"};

const char*
editor_menu_row(const Editor* const self, const EdControlId id, const int row)
{
  const uint32_t param   = ed_control(id)->param;
  const int      n_saves = (int)(sizeof(save_rows) / sizeof(save_rows[0]));
  if (row < 0) {
    return NULL;
  }
  if (id == ED_SAVE) {
    return row < n_saves ? save_rows[row] : NULL;
  }
  if (param == CONTINUO_STYLE && self->continuo) {
    return continuo_style_name(self->continuo, (uint32_t)row);
  }
  const ContinuoParam* const rows =
    param == ED_NO_PARAM ? NULL : ed_param(param);
  return rows && row < (int)rows->n_labels ? rows->labels[row] : NULL;
}

int
editor_menu_size(const Editor* const self, const EdControlId id)
{
  int n = 0;
  while (editor_menu_row(self, id, n)) {
    ++n;
  }
  return n;
}

EdRect
editor_menu_rect(const Editor* const self)
{
  const EdControlId id      = self->menu.control;
  const EdRect      button  = self->layout.controls[id];
  const float       row     = ED_GRID * 3.0F;
  const float       rows    = row * (float)editor_menu_size(self, id);
  const float       most    = self->layout.height - (2.0F * ED_GRID);
  const float       least_w = id == ED_SAVE ? 240.0F : 150.0F;
  EdRect            menu    = {button.x,
                               button.y + button.h,
                               fmaxf(button.w, least_w),
                               fminf(rows + ED_GRID, most)};
  if (menu.y + menu.h > most) {
    menu.y = fmaxf(ED_GRID, fminf(button.y - menu.h, most - menu.h));
  }
  if (menu.x + menu.w > self->layout.width - ED_GRID) {
    menu.x = self->layout.width - ED_GRID - menu.w;
  }
  return menu;
}

void
editor_menu_show(Editor* const self)
{
  const float row = ED_GRID * 3.0F;
  const float top = row * (float)self->menu.over;
  const float h   = editor_menu_rect(self).h - ED_GRID;
  if (self->menu.over >= 0) {
    self->menu.scroll = fminf(self->menu.scroll, top);
    self->menu.scroll = fmaxf(self->menu.scroll, top + row - h);
  }
}

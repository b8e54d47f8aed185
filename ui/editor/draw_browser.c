// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "draw.h"

#include "browser.h"
#include "paint.h"
#include "theme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
draw_groups(NVGcontext* const vg, const Editor* const self, const EdRect rect)
{
  const int n = self->library.n_groups;
  for (int i = 0; i < n; ++i) {
    const EdRect row       = ed_rect_row(rect, i, n, 0.0F);
    const bool   is_chosen = i == self->browser.group;
    const EdRect text      = {row.x + ED_GRID, row.y, row.w - ED_GRID, row.h};
    if (is_chosen) {
      ed_fill(vg, row, ED_CORNER, ed_color(ED_FIELD_OVER, 1.0F));
    } else if (ed_rect_has(row, self->x, self->y)) {
      ed_fill(vg, row, ED_CORNER, ed_color(ED_FIELD, 1.0F));
    }
    ed_text(vg,
            text,
            self->library.groups[i],
            ED_SMALL,
            ED_LEFT,
            ed_color(is_chosen ? ED_TEXT : ED_DIM, 1.0F));
  }
}

void
ed_draw_entry(NVGcontext* const   vg,
              const Editor* const self,
              const EdEntryLook   look)
{
  const EdRect row  = look.rect;
  const EdRect text = {row.x + ED_GRID, row.y, row.w - ED_GRID, row.h};
  if (look.is_chosen) {
    ed_fill(vg, row, ED_CORNER, ed_color(ED_ACCENT, 1.0F));
  } else if (ed_rect_has(row, self->x, self->y)) {
    ed_fill(vg, row, ED_CORNER, ed_color(ED_FIELD, 1.0F));
  }
  ed_text(vg,
          text,
          look.text,
          look.size,
          ED_LEFT,
          ed_color(look.is_chosen ? ED_ON_ACCENT : look.color, 1.0F));
}

void
ed_draw_push(NVGcontext* const   vg,
             const Editor* const self,
             const EdRect        rect,
             const char* const   text,
             const bool          is_main)
{
  const bool      is_over = ed_rect_has(rect, self->x, self->y);
  const EdColorId color =
    is_main ? ED_ACCENT : (is_over ? ED_FIELD_OVER : ED_FIELD);
  ed_fill(vg, rect, ED_CORNER, ed_color(color, 1.0F));
  ed_text(vg,
          rect,
          text,
          ED_SMALL,
          ED_MIDDLE,
          ed_color(is_main ? ED_ON_ACCENT : ED_TEXT, 1.0F));
}

static void
draw_row(NVGcontext* const    vg,
         const Editor* const  self,
         const EdRect         row,
         const EdEntry* const entry,
         const bool           is_chosen)
{
  const EdEntryLook look = {row,
                            entry->preset.name[0] ? entry->preset.name
                                                  : "(no name)",
                            ED_LARGE,
                            entry->is_broken ? ED_WARN : ED_TEXT,
                            is_chosen};
  ed_draw_entry(vg, self, look);
}

static void
draw_rows(NVGcontext* const vg, const Editor* const self, const EdRect rect)
{
  const EdBrowser* const browser = &self->browser;
  const int              n = ed_library_count(&self->library, browser->group);
  nvgSave(vg);
  nvgIntersectScissor(vg, rect.x, rect.y, rect.w, rect.h);
  for (int i = 0; i < n; ++i) {
    const EdRect row = {
      rect.x, rect.y + (ED_ROW * (float)i) - browser->scroll, rect.w, ED_ROW};
    const int entry = ed_library_entry(&self->library, browser->group, i);
    if (row.y + row.h > rect.y && row.y < rect.y + rect.h) {
      draw_row(vg, self, row, &self->library.entries[entry], i == browser->row);
    }
  }
  nvgRestore(vg);
  if (!n) {
    ed_text(vg,
            (EdRect){rect.x + ED_GRID, rect.y, rect.w, ED_ROW},
            "None yet: name one below and save it",
            ED_SMALL,
            ED_LEFT,
            ed_color(ED_DIM, 1.0F));
  }
}

static const char*
about(const Editor* const self)
{
  const int entry =
    ed_library_entry(&self->library, self->browser.group, self->browser.row);
  return entry < 0 ? "" : self->library.entries[entry].preset.about;
}

void
ed_draw_browser(NVGcontext* const vg, const Editor* const self)
{
  static const char* const names[] = {"Save", "Rename", "Delete", "Close"};
  if (!self->browser.is_open) {
    return;
  }
  const EdBrowserLayout layout = ed_browser_layout(self);
  const EdRect          all    = self->layout.browser;
  ed_fill(vg, all, ED_CORNER, ed_color(ED_PANEL, 1.0F));
  ed_border(vg, all, ED_CORNER, ed_color(ED_BAR, 1.0F));
  draw_groups(vg, self, layout.groups);
  draw_rows(vg, self, layout.rows);
  ed_text(
    vg, layout.about, about(self), ED_SMALL, ED_LEFT, ed_color(ED_DIM, 1.0F));

  const bool is_typed = self->typed.control == ED_PRESET && self->typed.is_name;
  char       name[ED_TYPED_SIZE + 2U];
  (void)snprintf(name,
                 sizeof(name),
                 "%s%s",
                 is_typed ? self->typed.text : self->browser.name,
                 is_typed ? "|" : "");
  ed_fill(vg, layout.name, ED_CORNER, ed_color(ED_FIELD, 1.0F));
  ed_text(vg,
          ed_rect_inset(layout.name, ED_GRID / 2.0F),
          name[0] ? name : "Name",
          ED_LARGE,
          ED_LEFT,
          ed_color(name[0] ? ED_TEXT : ED_DIM, 1.0F));
  for (int i = 0; i < ED_N_BROWSER_BUTTONS; ++i) {
    ed_draw_push(vg, self, layout.buttons[i], names[i], false);
  }
}

void
ed_draw_menu(NVGcontext* const vg, const Editor* const self)
{
  const EdControlId id = self->menu.control;
  if (id == ED_N_CONTROLS) {
    return;
  }
  const EdRect rect   = editor_menu_rect(self);
  const int    chosen = (int)(editor_value(self, id) + 0.5F);
  ed_fill(vg, rect, ED_CORNER, ed_color(ED_FIELD, 1.0F));
  ed_border(vg, rect, ED_CORNER, ed_color(ED_BAR, 1.0F));
  nvgSave(vg);
  nvgIntersectScissor(vg, rect.x, rect.y, rect.w, rect.h);
  for (int i = 0; i < editor_menu_size(self, id); ++i) {
    const EdRect row       = {rect.x + (ED_GRID / 2.0F),
                              rect.y + (ED_GRID / 2.0F) + (ED_ROW * (float)i) -
                                self->menu.scroll,
                              rect.w - ED_GRID,
                              ED_ROW};
    const EdRect text      = {row.x + ED_GRID, row.y, row.w - ED_GRID, row.h};
    const bool   is_chosen = id != ED_SAVE && i == chosen;
    if (i == self->menu.over) {
      ed_fill(vg, row, ED_CORNER, ed_color(ED_FIELD_OVER, 1.0F));
    }
    ed_text(vg,
            text,
            editor_menu_row(self, id, i),
            ED_SMALL,
            ED_LEFT,
            ed_color(is_chosen ? ED_ACCENT : ED_TEXT, 1.0F));
  }
  nvgRestore(vg);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "cells.h"

#include "browser.h"
#include "draw.h"
#include "status.h"

#include <stddef.h>
#include <string.h>

/// A look that is put together from bytes, by FNV-1a
typedef struct {
  uint64_t hash;
} Look;

static void
add_bytes(Look* const look, const void* const data, const size_t size)
{
  static const uint64_t prime = 0x100000001B3U;
  const uint8_t* const  bytes = (const uint8_t*)data;
  for (size_t i = 0U; i < size; ++i) {
    look->hash = (look->hash ^ bytes[i]) * prime;
  }
}

static void
add_number(Look* const look, const int64_t number)
{
  add_bytes(look, &number, sizeof(number));
}

static void
add_text(Look* const look, const char* const text)
{
  add_bytes(look, text, strlen(text) + 1U);
}

static bool
is_shown(const EdControlId id)
{
  return id != ED_LOW && id != ED_HIGH; // Those move in the roll
}

EdRect
ed_cell_rect(const Editor* const self, const int cell)
{
  static const EdRect none = {0.0F, 0.0F, 0.0F, 0.0F};
  const EdRect all = {0.0F, 0.0F, self->layout.width, self->layout.height};
  if (cell == ED_CELL_BASE) {
    return all;
  }
  if (cell == ED_CELL_STATUS) {
    return self->layout.status;
  }
  if (cell == ED_CELL_BROWSER) {
    return editor_is_covered(self) ? self->layout.browser : none;
  }
  const EdControlId id = (EdControlId)(cell - ED_CELL_CONTROL);
  return is_shown(id) && id != ED_CHANNELS ? self->layout.controls[id] : none;
}

/// What the circle shows beside its value
static void
add_circle(Look* const look, const Editor* const self)
{
  EdCircleKey key = {-1, false};
  if (self->over == ED_CIRCLE) {
    (void)ed_layout_circle_key(&self->layout, self->x, self->y, &key);
  }
  add_number(look, key.tonic);
  add_number(look, key.is_minor);
  add_number(look, (int64_t)editor_value(self, ED_MAJOR));
  if (editor_value(self, ED_CIRCLE) > 11.5F) {
    add_number(look, self->view.tonic);
    add_number(look, self->view.is_minor);
    add_number(look, self->view.n_blocks > 0U);
  }
}

static void
add_control(Look* const look, const Editor* const self, const EdControlId id)
{
  char        text[ED_TITLE_SIZE];
  const float value = editor_value(self, id);
  add_bytes(look, &value, sizeof(value));
  add_number(look, self->over == id);
  add_number(look, self->drag.control == id);
  add_number(look, self->shows_focus && self->focus == id);
  if (self->typed.control == id && !self->typed.is_name) {
    add_text(look, self->typed.text);
  }
  if (id == ED_PRESET) {
    editor_title(self, text);
    add_text(look, text);
    add_number(look, self->browser.is_open);
  } else if (id == ED_NEW_TAKE) {
    add_number(look, self->release_time > 0.0);
  } else if (id == ED_CIRCLE) {
    add_circle(look, self);
  } else if (id == ED_STYLE) {
    const char* const name = editor_menu_row(self, id, (int)(value + 0.5F));
    add_text(look, name ? name : "");
  } else if (id == ED_FONT) {
    add_text(look, editor_font_name(self));
  } else if (id == ED_FOLLOW) {
    add_number(look, editor_value(self, ED_CIRCLE) > 11.5F);
  }
}

static void
add_browser(Look* const look, const Editor* const self)
{
  const EdBrowser* const browser = &self->browser;
  add_number(look, browser->is_open);
  if (browser->is_open) {
    add_bytes(look, &self->x, sizeof(self->x)); // Rows under the pointer
    add_bytes(look, &self->y, sizeof(self->y));
    add_bytes(look, &browser->scroll, sizeof(browser->scroll));
    add_number(look, browser->group);
    add_number(look, browser->row);
    add_number(look, self->library.n_entries);
    add_text(look, browser->name);
    add_number(look, self->typed.control);
    add_text(look, self->typed.text);
  }
}

static void
add_files(Look* const look, const Editor* const self)
{
  const EdFiles* const files = &self->files;
  add_number(look, files->is_open);
  if (files->is_open) {
    add_bytes(look, &self->x, sizeof(self->x)); // Rows under the pointer
    add_bytes(look, &self->y, sizeof(self->y));
    add_bytes(look, &files->scroll, sizeof(files->scroll));
    add_number(look, files->row);
    add_number(look, files->rows.n_rows);
    add_text(look, files->folder);
    add_text(look, files->name);
    add_number(look, self->typed.control);
    add_text(look, self->typed.text);
  }
}

uint64_t
ed_cell_look(const Editor* const self, const int cell)
{
  bool is_warning = false;
  Look look       = {0xCBF29CE484222325U};
  if (cell == ED_CELL_BASE) {
    add_bytes(&look, &self->layout.width, sizeof(self->layout.width));
    add_bytes(&look, &self->layout.height, sizeof(self->layout.height));
    add_number(&look, editor_is_covered(self));
  } else if (cell == ED_CELL_STATUS) {
    add_text(&look, ed_status(self, &is_warning));
    add_number(&look, is_warning);
    add_control(&look, self, ED_CHANNELS);
  } else if (cell == ED_CELL_BROWSER) {
    add_browser(&look, self);
    add_files(&look, self);
  } else {
    add_control(&look, self, (EdControlId)(cell - ED_CELL_CONTROL));
  }
  return look.hash;
}

void
ed_cell_draw(NVGcontext* const vg, const Editor* const self, const int cell)
{
  if (cell == ED_CELL_BASE) {
    ed_draw_base(vg, self);
  } else if (cell == ED_CELL_STATUS) {
    ed_draw_status(vg, self);
  } else if (cell == ED_CELL_BROWSER) {
    ed_draw_browser(vg, self);
    if (self->files.is_open) {
      ed_draw_files(vg, self);
    }
  } else {
    ed_draw_control(vg, self, (EdControlId)(cell - ED_CELL_CONTROL));
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "input.h"

#include "act.h"
#include "browser.h"
#include "files.h"
#include "theme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/// Pixels from one end of a range to the other, and how much finer with shift
static const float drag_length = 180.0F;
static const float finer       = 0.1F;

/// Longest time between the clicks of a double-click, seconds
static const double double_click = 0.35;

static EdControlId
hit(const Editor* const self, const float x, const float y)
{
  return ed_layout_hit(&self->layout,
                       (int)editor_value(self, ED_LOW),
                       (int)editor_value(self, ED_HIGH),
                       x,
                       y);
}

static bool
is_dragged_kind(const EdControlKind kind)
{
  return kind == ED_KNOB || kind == ED_NUMBER || kind == ED_HANDLE;
}

static int
menu_row_at(const Editor* const self, const float x, const float y)
{
  const EdRect rect = editor_menu_rect(self);
  if (!ed_rect_has(rect, x, y)) {
    return -1;
  }
  const float row =
    (y - rect.y - (ED_GRID / 2.0F) + self->menu.scroll) / (ED_GRID * 3.0F);
  return row < 0.0F ? -1 : (int)row;
}

static void
press_menu(Editor* const self, const float x, const float y)
{
  const EdControlId id  = self->menu.control;
  const int         row = menu_row_at(self, x, y);
  self->menu.control    = ED_N_CONTROLS;
  if (row >= 0 && row < editor_menu_size(self, id)) {
    ed_act_menu(self, id, row);
  }
}

static void
begin_drag(Editor* const self, const EdControlId id, const float y)
{
  const uint32_t param = ed_control(id)->param;
  self->drag =
    (EdDrag){id, y, ed_value_share(param, self->params[param].shown), false};
  self->host.edit(self->host.handle, param, true);
}

bool
ed_press(Editor* const self, const float x, const float y, const bool is_fine)
{
  (void)is_fine;
  self->x               = x;
  self->y               = y;
  self->shows_focus     = false;
  self->has_notice_read = true;
  if (self->typed.control != ED_N_CONTROLS) {
    ed_act_typed(self); // What was typed counts wherever one clicks then
  }
  if (self->menu.control != ED_N_CONTROLS) {
    press_menu(self, x, y);
    return true;
  }
  if (self->files.is_open) { // Nothing else is meant: it would be lost
    ed_files_press(self, x, y);
    return true;
  }
  if (self->browser.is_open && ed_rect_has(self->layout.browser, x, y)) {
    ed_browser_press(self, x, y);
    return true;
  }

  const EdControlId id = hit(self, x, y);
  const bool        is_second =
    id == self->click_control && self->now - self->click_time < double_click;
  self->click_control = is_second ? ED_N_CONTROLS : id;
  self->click_time    = self->now;
  if (id == ED_N_CONTROLS) {
    self->browser.is_open = false;
    return false;
  }
  if (id != ED_PRESET && id != ED_PRESET_BACK && id != ED_PRESET_ON) {
    self->browser.is_open = false;
  }
  self->focus = id;
  if (!is_dragged_kind(ed_control(id)->kind)) {
    ed_act(self, id, x, y);
  } else if (is_second) {
    ed_act_default(self, id);
  } else {
    begin_drag(self, id, y);
  }
  return true;
}

void
ed_release(Editor* const self, const float x, const float y)
{
  const EdControlId id = self->drag.control;
  self->x              = x;
  self->y              = y;
  if (id != ED_N_CONTROLS) {
    self->drag.control = ED_N_CONTROLS;
    self->host.edit(self->host.handle, ed_control(id)->param, false);
  }
}

static void
drag_knob(Editor* const self, const float y, const bool is_fine)
{
  const uint32_t param = ed_control(self->drag.control)->param;
  const float    moved = (self->drag.y - y) / drag_length;
  const float    share = self->drag.share + (is_fine ? moved * finer : moved);
  self->drag.share     = fmaxf(0.0F, fminf(1.0F, share));
  self->drag.y         = y;
  if (param == CONTINUO_SEED) {
    // A million takes do not fit a drag: a take for each two pixels
    const float n = roundf(moved * drag_length / 2.0F);
    self->drag.y  = n == 0.0F ? self->drag.y + (moved * drag_length) : y;
    editor_set(self, param, self->params[param].shown + n);
  } else {
    editor_set(self, param, ed_value_at(param, self->drag.share));
  }
}

static void
drag_handle(Editor* const self, const float y)
{
  const EdControlId id   = self->drag.control;
  const int         key  = ed_layout_key_at(&self->layout, y);
  const int         low  = (int)editor_value(self, ED_LOW);
  const int         high = (int)editor_value(self, ED_HIGH);
  if (id == ED_LOW) {
    editor_set(self, CONTINUO_LOW_NOTE, (float)(key < high ? key : high));
  } else {
    editor_set(self, CONTINUO_HIGH_NOTE, (float)(key > low ? key : low));
  }
}

void
ed_move(Editor* const self, const float x, const float y, const bool is_fine)
{
  self->x = x;
  self->y = y;
  if (self->drag.control != ED_N_CONTROLS) {
    self->drag.has_moved = true;
    if (ed_control(self->drag.control)->kind == ED_HANDLE) {
      drag_handle(self, y);
    } else {
      drag_knob(self, y, is_fine);
    }
  } else if (self->menu.control != ED_N_CONTROLS) {
    self->menu.over = menu_row_at(self, x, y);
    self->over      = ED_N_CONTROLS;
  } else if (self->files.is_open || (self->browser.is_open &&
                                     ed_rect_has(self->layout.browser, x, y))) {
    self->over = ED_N_CONTROLS;
  } else {
    self->over = hit(self, x, y);
  }
}

void
ed_leave(Editor* const self)
{
  if (self->drag.control == ED_N_CONTROLS) {
    self->x    = -1.0F;
    self->y    = -1.0F;
    self->over = ED_N_CONTROLS;
    if (self->menu.control != ED_N_CONTROLS) {
      self->menu.over = -1;
    }
  }
}

bool
ed_wheel(Editor* const self,
         const float   x,
         const float   y,
         const float   n,
         const bool    is_fine)
{
  if (self->menu.control != ED_N_CONTROLS) {
    const EdRect rect = editor_menu_rect(self);
    const float  most =
      (ED_GRID * 3.0F * (float)editor_menu_size(self, self->menu.control)) +
      ED_GRID - rect.h;
    self->menu.scroll = fmaxf(
      0.0F, fminf(self->menu.scroll - (n * ED_GRID * 6.0F), fmaxf(most, 0.0F)));
    return true;
  }
  if (self->files.is_open) {
    ed_files_scroll(self, n);
    return true;
  }
  if (self->browser.is_open && ed_rect_has(self->layout.browser, x, y)) {
    ed_browser_scroll(self, x, n);
    return true;
  }
  const EdControlId id = hit(self, x, y);
  if (id == ED_N_CONTROLS) {
    return false;
  }
  ed_act_step(self, id, n, is_fine);
  return true;
}

/// Let the next or previous control have the keyboard
static void
move_focus(Editor* const self, const int by)
{
  const int n = ED_N_CONTROLS;
  const int now =
    self->focus == ED_N_CONTROLS ? (by > 0 ? -1 : n) : (int)self->focus;
  self->focus = (EdControlId)((now + by + n) % n);
  while (!(self->layout.controls[self->focus].w > 0.0F)) { // Not there
    self->focus = (EdControlId)(((int)self->focus + by + n) % n);
  }
  self->shows_focus = true;
}

static bool
key_while_typing(Editor* const self, const EdKey key)
{
  const size_t length = strlen(self->typed.text);
  switch (key) {
  case ED_KEY_ENTER:
  case ED_KEY_TAB:
    ed_act_typed(self);
    if (key == ED_KEY_ENTER && self->files.is_open) {
      (void)ed_files_key(self, key);
    }
    break;
  case ED_KEY_ESCAPE:
    self->typed.control = ED_N_CONTROLS;
    break;
  case ED_KEY_BACKSPACE:
    if (length > 0U) {
      size_t end = length - 1U;
      while (end > 0U &&
             ((unsigned char)self->typed.text[end] & 0xC0U) == 0x80U) {
        --end; // Of one character in UTF-8
      }
      self->typed.text[end] = '\0';
    }
    break;
  default:
    break;
  }
  return true;
}

static bool
key_in_menu(Editor* const self, const EdKey key)
{
  const EdControlId id = self->menu.control;
  const int         n  = editor_menu_size(self, id);
  const int         by = key == ED_KEY_DOWN ? 1 : (key == ED_KEY_UP ? -1 : 0);
  if (key == ED_KEY_ENTER || key == ED_KEY_SPACE) {
    self->menu.control = ED_N_CONTROLS;
    if (self->menu.over >= 0 && self->menu.over < n) {
      ed_act_menu(self, id, self->menu.over);
    }
  } else if (by) {
    self->menu.over = (self->menu.over + by + n) % n;
    editor_menu_show(self);
  } else {
    self->menu.control = ED_N_CONTROLS;
  }
  return true;
}

static bool
key_on_control(Editor* const self, const EdKey key, const bool is_fine)
{
  const EdControlId id = self->focus;
  switch (key) {
  case ED_KEY_UP:
  case ED_KEY_RIGHT:
    ed_act_step(self, id, 1.0F, is_fine);
    return true;
  case ED_KEY_DOWN:
  case ED_KEY_LEFT:
    ed_act_step(self, id, -1.0F, is_fine);
    return true;
  case ED_KEY_HOME:
    ed_act_default(self, id);
    return true;
  case ED_KEY_ENTER:
    if (is_dragged_kind(ed_control(id)->kind)) {
      ed_act_type(self, id, "");
    } else {
      ed_act(self, id, -1.0F, -1.0F);
    }
    return true;
  default:
    return false; // The space bar too: in hosts it plays
  }
}

bool
ed_key(Editor* const self, const EdKey key, const bool is_fine)
{
  if (self->typed.control != ED_N_CONTROLS) {
    return key_while_typing(self, key);
  }
  if (self->files.is_open) {
    return ed_files_key(self, key);
  }
  if (key == ED_KEY_TAB || key == ED_KEY_BACK_TAB) {
    self->menu.control = ED_N_CONTROLS;
    move_focus(self, key == ED_KEY_TAB ? 1 : -1);
    return true;
  }
  if (self->menu.control != ED_N_CONTROLS) {
    return key_in_menu(self, key);
  }
  if (self->browser.is_open) {
    return ed_browser_key(self, key);
  }
  return self->shows_focus && self->focus != ED_N_CONTROLS &&
         key_on_control(self, key, is_fine);
}

/// Append a character in UTF-8, if there is room
static void
append(char text[ED_TYPED_SIZE], const uint32_t c)
{
  char         bytes[5] = {0};
  const size_t length   = strlen(text);
  if (c < 0x80U) {
    bytes[0] = (char)c;
  } else if (c < 0x800U) {
    bytes[0] = (char)(0xC0U | (c >> 6U));
    bytes[1] = (char)(0x80U | (c & 0x3FU));
  } else if (c < 0x10000U) {
    bytes[0] = (char)(0xE0U | (c >> 12U));
    bytes[1] = (char)(0x80U | ((c >> 6U) & 0x3FU));
    bytes[2] = (char)(0x80U | (c & 0x3FU));
  }
  if (length + strlen(bytes) < ED_TYPED_SIZE) {
    memcpy(text + length, bytes, strlen(bytes) + 1U);
  }
}

bool
ed_character(Editor* const self, const uint32_t character)
{
  if (character < ' ' || character == 0x7FU || character >= 0xE000U) {
    return false;
  }
  if (self->typed.control != ED_N_CONTROLS) {
    append(self->typed.text, character);
    return true;
  }
  if (self->files.is_open) {
    if (self->files.bytes) { // Another name than the one proposed
      ed_act_type(self, ED_SAVE, "");
      append(self->typed.text, character);
    } else {
      ed_files_seek(self, character);
    }
    return true;
  }
  const bool begins = (character >= '0' && character <= '9') ||
                      character == '-' || character == '.';
  if (begins && self->focus != ED_N_CONTROLS && !self->browser.is_open &&
      self->menu.control == ED_N_CONTROLS &&
      is_dragged_kind(ed_control(self->focus)->kind)) {
    ed_act_type(self, self->focus, "");
    append(self->typed.text, character);
    return true;
  }
  return false;
}

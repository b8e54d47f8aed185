// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "browser.h"

#include "act.h"
#include "theme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/// Seconds in which deleting must be asked for again
static const double sure_time = 4.0;

EdBrowserLayout
ed_browser_layout(const Editor* const self)
{
  EdBrowserLayout layout;
  const EdRect    inside = ed_rect_inset(self->layout.browser, ED_GRID);
  const float     foot   = ED_ROW + (ED_GRID * 4.0F);
  const float     left   = fminf(inside.w * 0.3F, ED_GRID * 24.0F);
  layout.groups          = (EdRect){inside.x, inside.y, left, inside.h - foot};
  layout.rows            = (EdRect){inside.x + left + ED_GRID,
                                    inside.y,
                                    inside.w - left - ED_GRID,
                                    inside.h - foot};
  layout.about           = (EdRect){
              inside.x, inside.y + inside.h - foot + ED_GRID, inside.w, ED_GRID * 2.0F};
  const EdRect bar = {inside.x, inside.y + inside.h - ED_ROW, inside.w, ED_ROW};
  layout.name      = (EdRect){bar.x, bar.y, bar.w * 0.4F, bar.h};
  const EdRect rest = {
    bar.x + (bar.w * 0.4F) + ED_GRID, bar.y, (bar.w * 0.6F) - ED_GRID, bar.h};
  for (int i = 0; i < ED_N_BROWSER_BUTTONS; ++i) {
    layout.buttons[i] =
      ed_rect_column(rest, i, ED_N_BROWSER_BUTTONS, ED_GRID / 2.0F);
  }
  return layout;
}

/// Show the group and row of an entry
static void
go_to(Editor* const self, const int entry)
{
  const EdLibrary* const library = &self->library;
  EdBrowser* const       browser = &self->browser;
  for (int group = 0; group < library->n_groups; ++group) {
    for (int row = 0; row < ed_library_count(library, group); ++row) {
      if (ed_library_entry(library, group, row) == entry) {
        browser->group  = group;
        browser->row    = row;
        browser->scroll = 0.0F;
      }
    }
  }
}

void
ed_browser_open(Editor* const self)
{
  EdBrowser* const browser = &self->browser;
  browser->is_open         = !browser->is_open;
  if (!browser->is_open) {
    return;
  }

  float values[CONTINUO_N_PARAMS];
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    values[id] = self->params[id].shown;
  }
  ed_library_read(&self->library,
                  self->continuo,
                  self->folders.presets,
                  self->folders.models);
  const int match = ed_library_match(&self->library, values);
  const int at =
    match >= 0 ? match : ed_library_find(&self->library, self->library.chosen);
  if (at >= 0) {
    go_to(self, at);
    (void)snprintf(browser->name,
                   sizeof(browser->name),
                   "%s",
                   self->library.entries[at].preset.name);
  }
}

static void
choose(Editor* const self, const int row)
{
  const int entry = ed_library_entry(&self->library, self->browser.group, row);
  if (entry < 0) {
    return;
  }
  self->browser.row = row;
  (void)snprintf(self->browser.name,
                 sizeof(self->browser.name),
                 "%s",
                 self->library.entries[entry].preset.name);
  editor_choose_preset(self, entry);
}

/// Say how it went, and read all anew
static void
finish(Editor* const        self,
       const ContinuoStatus st,
       const char* const    done,
       const char* const    name)
{
  char said[CONTINUO_WHY_SIZE];
  if (st) {
    (void)snprintf(
      said, sizeof(said), "\"%s\": %s", name, continuo_strerror(st));
  } else {
    (void)snprintf(said, sizeof(said), "%s \"%s\"", done, name);
  }
  editor_say(self, said);
  ed_library_read(&self->library,
                  self->continuo,
                  self->folders.presets,
                  self->folders.models);
}

static void
save(Editor* const self)
{
  ContinuoPreset preset = continuo_preset_initial();
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    preset.values[id] =
      continuo_preset_sets(id) ? self->params[id].shown : preset.values[id];
  }
  (void)snprintf(preset.name, sizeof(preset.name), "%s", self->browser.name);
  const ContinuoStatus st =
    continuo_preset_save(self->continuo, self->folders.presets, &preset, true);
  if (!st) {
    editor_name_preset(self, preset.name);
  }
  finish(self, st, "Saved", preset.name);
  const int entry = ed_library_find(&self->library, preset.name);
  if (!st && entry >= 0) {
    go_to(self, entry);
  }
}

/// The chosen preset of the user's own, or null
static const EdEntry*
own_entry(const Editor* const self)
{
  const int entry =
    ed_library_entry(&self->library, self->browser.group, self->browser.row);
  return entry >= 0 && self->library.entries[entry].origin == ED_USER
           ? &self->library.entries[entry]
           : NULL;
}

static void
rename_own(Editor* const self)
{
  const EdEntry* const entry = own_entry(self);
  if (!entry) {
    editor_say(self, "Only presets of your own can be renamed");
    return;
  }
  finish(self,
         continuo_preset_rename(
           self->folders.presets, entry->preset.name, self->browser.name),
         "Renamed to",
         self->browser.name);
}

static void
delete_own(Editor* const self)
{
  const EdEntry* const entry = own_entry(self);
  if (!entry) {
    editor_say(self, "Only presets of your own can be deleted");
    return;
  }
  if (self->now - self->browser.delete_time > sure_time) {
    self->browser.delete_time = self->now;
    editor_say(self, "Click Delete again to delete it for good");
    return;
  }
  char name[CONTINUO_PRESET_NAME_SIZE];
  memcpy(name, entry->preset.name, sizeof(name));
  self->browser.delete_time = -sure_time;
  self->browser.row         = -1;
  finish(
    self, continuo_preset_delete(self->folders.presets, name), "Deleted", name);
}

static void
push(Editor* const self, const EdBrowserButton button)
{
  if (button == ED_BROWSER_CLOSE) {
    self->browser.is_open = false;
  } else if (!self->folders.presets) {
    editor_say(self, "There is no folder for presets: HOME is not set");
  } else if (button == ED_BROWSER_SAVE) {
    save(self);
  } else if (button == ED_BROWSER_RENAME) {
    rename_own(self);
  } else {
    delete_own(self);
  }
}

void
ed_browser_press(Editor* const self, const float x, const float y)
{
  const EdBrowserLayout layout = ed_browser_layout(self);
  if (ed_rect_has(layout.groups, x, y)) {
    const int group      = (int)((y - layout.groups.y) /
                            (layout.groups.h / (float)self->library.n_groups));
    self->browser.group  = group;
    self->browser.row    = -1;
    self->browser.scroll = 0.0F;
  } else if (ed_rect_has(layout.rows, x, y)) {
    choose(self, (int)((y - layout.rows.y + self->browser.scroll) / ED_ROW));
  } else if (ed_rect_has(layout.name, x, y)) {
    ed_act_type(self, ED_PRESET, self->browser.name);
  }
  for (int i = 0; i < ED_N_BROWSER_BUTTONS; ++i) {
    if (ed_rect_has(layout.buttons[i], x, y)) {
      push(self, (EdBrowserButton)i);
    }
  }
}

void
ed_browser_scroll(Editor* const self, const float x, const float n)
{
  const EdBrowserLayout layout = ed_browser_layout(self);
  const float           most =
    (ED_ROW * (float)ed_library_count(&self->library, self->browser.group)) -
    layout.rows.h;
  if (x >= layout.rows.x) {
    self->browser.scroll = fmaxf(
      0.0F, fminf(self->browser.scroll - (n * ED_ROW), fmaxf(most, 0.0F)));
  }
}

bool
ed_browser_key(Editor* const self, const EdKey key)
{
  EdBrowser* const browser = &self->browser;
  const int        n       = ed_library_count(&self->library, browser->group);
  switch (key) {
  case ED_KEY_ESCAPE:
  case ED_KEY_ENTER:
    browser->is_open = false;
    return true;
  case ED_KEY_DOWN:
    choose(self, browser->row + 1 < n ? browser->row + 1 : browser->row);
    return true;
  case ED_KEY_UP:
    choose(self, browser->row > 0 ? browser->row - 1 : 0);
    return true;
  case ED_KEY_LEFT:
  case ED_KEY_RIGHT:
    browser->group = (browser->group + (key == ED_KEY_RIGHT ? 1 : -1) +
                      self->library.n_groups) %
                     self->library.n_groups;
    browser->row    = -1;
    browser->scroll = 0.0F;
    return true;
  default:
    return false;
  }
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "act.h"

#include "browser.h"
#include "files.h"
#include "save.h"
#include "synth_states.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/// Values of CONTINUO_KEY and CONTINUO_SCALE
enum { KEY_FOLLOWS = 12, SCALE_MAJOR = 0, SCALE_MINOR = 1, SCALE_FREE = 2 };

/// Files of SoundFonts, and where systems have them
static const char* const font_endings[] = {"sf2", "sf3", NULL};
static const char* const font_folders[] = {"/usr/share/sounds/sf2/",
                                           "/usr/share/soundfonts/"};

/// Ask for a SoundFont, beside the one that plays
static void
open_fonts(Editor* const self)
{
  const size_t n    = sizeof(font_folders) / sizeof(font_folders[0]);
  const char*  path = self->font[0] == '/' ? self->font : NULL;
  for (size_t i = 0U; i < n && !path; ++i) {
    path = access(font_folders[i], R_OK) ? NULL : font_folders[i];
  }
  ed_files_open(self, SYNTH_STATE_FONT, font_endings, path);
}

static void
open_menu(Editor* const self, const EdControlId id)
{
  self->browser.is_open = false;
  self->menu            = (EdMenu){
               id, id == ED_SAVE ? -1 : (int)(editor_value(self, id) + 0.5F), 0.0F};
  editor_menu_show(self);
}

/// The key of a place in the circle is chosen
static void
choose_key(Editor* const self, const float x, const float y)
{
  EdCircleKey key;
  if (ed_layout_circle_key(&self->layout, x, y, &key)) {
    editor_set(self, CONTINUO_KEY, (float)key.tonic);
    editor_set(self, CONTINUO_SCALE, key.is_minor ? SCALE_MINOR : SCALE_MAJOR);
  }
}

/// Another preset, in the order of the list
static void
go_on(Editor* const self, const int by)
{
  float values[CONTINUO_N_PARAMS];
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    values[id] = self->params[id].shown;
  }
  const EdLibrary* const library = &self->library;
  const int              match   = ed_library_match(library, values);
  int at = match >= 0 ? match : ed_library_find(library, library->chosen);
  at     = at < 0 && by < 0 ? 0 : at;
  for (int i = 0; i < library->n_entries; ++i) {
    at = (at + by + library->n_entries) % library->n_entries;
    if (library->entries[at].origin != ED_MODEL &&
        !library->entries[at].is_broken) {
      editor_choose_preset(self, at);
      return;
    }
  }
}

static void
flip(Editor* const self, const EdControlId id)
{
  editor_set(
    self, ed_control(id)->param, editor_value(self, id) > 0.5F ? 0.0F : 1.0F);
}

static void
push(Editor* const self, const EdControlId id)
{
  switch (id) {
  case ED_PRESET_BACK:
    go_on(self, -1);
    break;
  case ED_PRESET_ON:
    go_on(self, 1);
    break;
  case ED_NEW_TAKE:
    editor_set(self, CONTINUO_NEW_TAKE, 1.0F);
    break;
  case ED_FOLLOW:
    editor_set(self,
               CONTINUO_KEY,
               editor_value(self, ED_CIRCLE) > KEY_FOLLOWS - 0.5F
                 ? (float)self->view.tonic
                 : (float)KEY_FOLLOWS);
    break;
  case ED_FONT:
    open_fonts(self);
    break;
  case ED_FONT_DEFAULT:
    self->host.set_state(self->host.handle, SYNTH_STATE_FONT, "default");
    self->font_time = -1e9;
    break;
  case ED_MAJOR:
    editor_set(self, CONTINUO_SCALE, SCALE_MAJOR);
    break;
  case ED_MINOR:
    editor_set(self, CONTINUO_SCALE, SCALE_MINOR);
    break;
  case ED_FREE:
    editor_set(self, CONTINUO_SCALE, SCALE_FREE);
    break;
  default:
    break;
  }
}

void
ed_act(Editor* const self, const EdControlId id, const float x, const float y)
{
  switch (ed_control(id)->kind) {
  case ED_BUTTON:
    push(self, id);
    break;
  case ED_TOGGLE:
    flip(self, id);
    break;
  case ED_CHOICE:
    open_menu(self, id);
    break;
  case ED_KEYS:
    choose_key(self, x, y);
    break;
  case ED_BROWSER:
    ed_browser_open(self);
    break;
  case ED_KNOB:
  case ED_NUMBER:
  case ED_HANDLE:
    break;
  }
}

void
ed_act_default(Editor* const self, const EdControlId id)
{
  const uint32_t param = ed_control(id)->param;
  if (param != ED_NO_PARAM && ed_control(id)->kind != ED_BUTTON) {
    editor_set(self, param, ed_param(param)->initial);
  }
}

/// The next key by fifths
static void
step_circle(Editor* const self, const int by)
{
  const int key  = (int)(editor_value(self, ED_CIRCLE) + 0.5F);
  const int from = key == KEY_FOLLOWS ? self->view.tonic : key;
  editor_set(self, CONTINUO_KEY, (float)((from + (by * 7) + 84) % 12));
}

void
ed_act_step(Editor* const     self,
            const EdControlId id,
            const float       n,
            const bool        is_fine)
{
  const uint32_t param = ed_control(id)->param;
  switch (ed_control(id)->kind) {
  case ED_KNOB:
  case ED_NUMBER:
  case ED_HANDLE:
    editor_set(
      self, param, ed_value_step(param, editor_value(self, id), n, is_fine));
    break;
  case ED_CHOICE:
    if (param != ED_NO_PARAM) {
      editor_set(
        self, param, ed_value_step(param, editor_value(self, id), -n, false));
    }
    break;
  case ED_KEYS:
    step_circle(self, n > 0.0F ? 1 : -1);
    break;
  case ED_TOGGLE:
    editor_set(self, param, n > 0.0F ? 1.0F : 0.0F);
    break;
  case ED_BROWSER:
    go_on(self, n > 0.0F ? -1 : 1);
    break;
  case ED_BUTTON:
    break;
  }
}

void
ed_act_menu(Editor* const self, const EdControlId id, const int row)
{
  if (id == ED_SAVE) {
    ed_save(self, row % 2 == 1, row >= 2);
  } else {
    editor_set(self, ed_control(id)->param, (float)row);
  }
}

void
ed_act_type(Editor* const self, const EdControlId id, const char* const text)
{
  self->typed =
    (EdTyped){.control = id, .is_name = id == ED_PRESET || id == ED_SAVE};
  (void)snprintf(self->typed.text, sizeof(self->typed.text), "%s", text);
}

void
ed_act_typed(Editor* const self)
{
  const EdControlId id    = self->typed.control;
  const uint32_t    param = ed_control(id)->param;
  float             value = 0.0F;
  self->typed.control     = ED_N_CONTROLS;
  if (self->typed.is_name && id == ED_SAVE) {
    ed_files_named(self, self->typed.text);
    return;
  }
  if (self->typed.is_name) {
    memcpy(self->browser.name, self->typed.text, sizeof(self->browser.name));
    return;
  }
  if (self->typed.text[0] == '\0') {
    return;
  }
  if (ed_value_parse(param, self->typed.text, &value)) {
    editor_set(self, param, value);
  } else {
    char                       said[CONTINUO_WHY_SIZE];
    const ContinuoParam* const row = ed_param(param);
    (void)snprintf(said,
                   sizeof(said),
                   "%s goes from %g to %g, which \"%s\" is not",
                   row->name,
                   (double)row->min,
                   (double)row->max,
                   self->typed.text);
    editor_say(self, said);
  }
}

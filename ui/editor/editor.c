// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "editor.h"

#include "files.h"
#include "status.h"
#include "theme.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Seconds that a trigger stays pressed: longer than a block, so that hosts
/// that tell values once a block tell both
static const double press_time = 0.3;

/// Seconds in which a value that was set may come back late, and after which
/// one that never came is given up
static const double echo_time = 0.3;
static const double patience  = 1.5;

/// Longest that the playhead is moved on without news, seconds
static const double longest_guess = 0.1;

static char*
music_folder(void)
{
  const char* const told = getenv("XDG_MUSIC_DIR");
  const char* const home = getenv("HOME");
  char* const       path = (char*)malloc(FILENAME_MAX);
  if (path && told && told[0] == '/') {
    (void)snprintf(path, FILENAME_MAX, "%s", told);
  } else if (path && home) {
    (void)snprintf(path, FILENAME_MAX, "%s/Music", home);
  } else {
    free(path);
    return NULL;
  }
  return path;
}

Editor*
editor_new(Continuo* const continuo, const EdHost* const host)
{
  Editor* const self = (Editor*)calloc(1U, sizeof(Editor));
  if (!self) {
    return NULL;
  }

  const char* const home = getenv("HOME");
  self->continuo         = continuo;
  self->host             = *host;
  self->focus            = ED_N_CONTROLS;
  self->over             = ED_N_CONTROLS;
  self->click_control    = ED_N_CONTROLS;
  self->drag.control     = ED_N_CONTROLS;
  self->menu.control     = ED_N_CONTROLS;
  self->typed.control    = ED_N_CONTROLS;
  self->browser.row      = -1;
  self->light_time       = -1.0;
  self->heard_time       = -1.0;
  self->said_time        = -1e9;
  self->font_time        = -1e9;
  self->folders.presets =
    continuo_preset_folder(getenv("XDG_CONFIG_HOME"), home);
  self->folders.models = continuo_model_folder(getenv("XDG_DATA_HOME"), home);
  self->folders.music  = music_folder();
  for (uint32_t id = 0U; id < ED_N_PARAMS; ++id) {
    const float value      = continuo && id < CONTINUO_N_PARAMS
                               ? continuo_get_param(continuo, id)
                               : ed_param(id)->initial;
    self->params[id].shown = value;
    self->params[id].told  = value;
  }
  ed_library_read(
    &self->library, continuo, self->folders.presets, self->folders.models);
  if (continuo) {
    continuo_chosen_preset(continuo, self->library.chosen);
    continuo_view_watch(continuo, true);
  }
  editor_resize(
    self, ED_WIDTH, ED_HEIGHT + (host->sound ? ED_SOUND_HEIGHT : 0));
  return self;
}

void
editor_free(Editor* const self)
{
  if (self) {
    if (self->continuo) {
      continuo_view_watch(self->continuo, false);
    }
    ed_files_close(self);
    ed_library_clear(&self->library);
    free(self->folders.presets);
    free(self->folders.models);
    free(self->folders.music);
    free(self);
  }
}

void
editor_resize(Editor* const self, const float width, const float height)
{
  const bool  has_sound = self->host.sound != NULL;
  const float least_h   = ED_LEAST_HEIGHT + (has_sound ? ED_SOUND_HEIGHT : 0);
  self->layout =
    ed_layout(fmaxf(width, ED_LEAST_WIDTH), fmaxf(height, least_h), has_sound);
}

void
editor_param_changed(Editor* const self, const uint32_t id, const float value)
{
  // Values on their way come back while others are set already
  EdParam* const param = &self->params[id];
  if (!param->is_waiting || self->now - param->set_time > echo_time) {
    param->is_waiting = false;
    param->shown      = value;
  }
  param->told = value;
}

static void
follow_param(Editor* const self, const uint32_t id, const float value)
{
  const EdParam* const param = &self->params[id];
  if (value != param->told ||
      (param->is_waiting && self->now - param->set_time > patience)) {
    editor_param_changed(self, id, value);
  }
}

/// Take over what the plugin has: host automation moves the knobs
static void
follow_params(Editor* const self)
{
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    follow_param(self, id, continuo_get_param(self->continuo, id));
  }
}

/// The same of the sound, and how loud it is
static void
follow_sound(Editor* const self)
{
  static const double fall     = 1.6; // Full scales a second
  static const double font_age = 0.5;

  const EdSound* const sound = self->host.sound;
  for (uint32_t id = 0U; id < SYNTH_N_PARAMS; ++id) {
    const float value = sound->value(sound->handle, id);
    if (value == value) {
      follow_param(self, CONTINUO_N_PARAMS + id, value);
    }
  }

  float       peaks[2] = {0.0F, 0.0F};
  const float fallen   = (float)((self->now - self->level_time) * fall);
  sound->levels(sound->handle, peaks);
  self->level_time = self->now;
  for (int i = 0; i < 2; ++i) {
    self->levels[i] = fmaxf(peaks[i], fmaxf(self->levels[i] - fallen, 0.0F));
  }
  if (self->now - self->font_time > font_age) {
    self->font_time = self->now;
    sound->font(sound->handle, self->font);
  }
}

static bool
is_same(const ContinuoViewNote* const a, const ContinuoViewNote* const b)
{
  return a->tick == b->tick && a->pitch == b->pitch && a->part == b->part;
}

/// What the note at the playhead that begun last was drawn from
static void
follow_choices(Editor* const self)
{
  const ContinuoView* const view   = &self->view;
  const ContinuoViewNote*   newest = NULL;
  for (uint32_t i = 0U; i < view->n_played; ++i) {
    const ContinuoViewNote* const note = &view->played[i];
    if ((double)note->tick <= self->tick &&
        (!newest || note->tick > newest->tick ||
         (note->tick == newest->tick && note->pitch > newest->pitch))) {
      newest = note;
    }
  }
  if (newest && !is_same(newest, &self->drawn) &&
      continuo_view_choices(self->continuo, newest, &self->choices)) {
    self->drawn       = *newest;
    self->has_choices = true;
  }
}

static void
follow_view(Editor* const self)
{
  const uint64_t n_sent     = self->view.n_sent;
  const uint64_t n_received = self->view.n_received;
  if (continuo_view_read(self->continuo, &self->view)) {
    self->view_time = self->now;
    ed_notes_follow(&self->notes, &self->view, self->now);
    self->light_time =
      self->view.n_sent != n_sent ? self->now : self->light_time;
    self->heard_time =
      self->view.n_received != n_received ? self->now : self->heard_time;
  }
  const double per_second =
    self->view.tempo / 60.0 * CONTINUO_TICKS_PER_QUARTER;
  const double ahead = fmin(self->now - self->view_time, longest_guess);
  self->tick =
    self->view.tick + (self->view.is_rolling ? ahead * per_second : 0.0);
  follow_choices(self);
}

static void
follow_notice(Editor* const self)
{
  char notice[CONTINUO_WHY_SIZE];
  continuo_notice(self->continuo, notice);
  if (strcmp(notice, self->notice) != 0) {
    memcpy(self->notice, notice, sizeof(notice));
    self->has_notice_read = false;
  }
}

void
editor_follow(Editor* const self, const double now)
{
  self->now = now;
  if (self->release_time > 0.0 && now >= self->release_time) {
    self->release_time = 0.0;
    self->host.set_param(self->host.handle, CONTINUO_NEW_TAKE, 0.0F);
  }
  if (self->continuo) {
    follow_params(self);
    follow_view(self);
    follow_notice(self);
  }
  if (self->host.sound) {
    follow_sound(self);
  }
}

void
editor_set(Editor* const self, const uint32_t id, const float value)
{
  EdParam* const param = &self->params[id];
  const float    next  = ed_value_clamp(id, value);
  if (id == CONTINUO_NEW_TAKE) {
    self->host.edit(self->host.handle, id, true);
    self->host.set_param(self->host.handle, id, 1.0F);
    self->host.edit(self->host.handle, id, false);
    self->release_time = self->now + press_time;
  } else if (next != param->shown) {
    const bool is_dragged = self->drag.control != ED_N_CONTROLS;
    param->shown          = next;
    param->is_waiting     = true;
    param->set_time       = self->now;
    if (!is_dragged) {
      self->host.edit(self->host.handle, id, true);
    }
    self->host.set_param(self->host.handle, id, next);
    if (!is_dragged) {
      self->host.edit(self->host.handle, id, false);
    }
  }
}

const char*
editor_font_name(const Editor* const self)
{
  const char* const slash = strrchr(self->font, '/');
  if (!self->font[0]) {
    return "SoundFont"; // The host does not show which
  }
  return slash ? slash + 1 : "Default SoundFont";
}

void
editor_title(const Editor* const self, char text[ED_TITLE_SIZE])
{
  float values[CONTINUO_N_PARAMS];
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    values[id] = self->params[id].shown;
  }
  const EdLibrary* const library = &self->library;
  const int              match   = ed_library_match(library, values);
  const int at = match >= 0 ? match : ed_library_find(library, library->chosen);
  (void)snprintf(text,
                 ED_TITLE_SIZE,
                 "%s%s",
                 at >= 0 ? library->entries[at].preset.name : "Own settings",
                 at >= 0 && match < 0 ? "  (changed)" : "");
}

void
editor_say(Editor* const self, const char* const sentence)
{
  (void)snprintf(self->said, sizeof(self->said), "%s", sentence);
  self->said_time = self->now;
}

void
editor_say_of(Editor* const     self,
              const char* const thing,
              const char* const sentence)
{
  const size_t n    = sizeof(self->said);
  const int    most = (int)(n / 2U) - 2; // Of either
  (void)snprintf(self->said, n, "%.*s: %.*s", most, thing, most, sentence);
  self->said_time = self->now;
}

bool
editor_is_covered(const Editor* const self)
{
  return self->browser.is_open || self->files.is_open;
}

const char*
editor_status(const Editor* const self, bool* const is_warning)
{
  return ed_status(self, is_warning);
}

float
editor_value(const Editor* const self, const EdControlId id)
{
  const uint32_t param = ed_control(id)->param;
  return param == ED_NO_PARAM ? 0.0F : self->params[param].shown;
}

void
editor_name_preset(Editor* const self, const char* const name)
{
  (void)snprintf(
    self->library.chosen, sizeof(self->library.chosen), "%s", name);
  if (self->continuo) {
    continuo_set_chosen_preset(self->continuo, self->library.chosen);
  }
}

void
editor_choose_preset(Editor* const self, const int number)
{
  if (number < 0 || number >= self->library.n_entries) {
    return;
  }
  const EdEntry* const entry = &self->library.entries[number];
  if (entry->is_broken) {
    editor_say(self, entry->preset.about);
    return;
  }
  if (entry->origin == ED_MODEL) {
    self->host.set_state(self->host.handle, "model", entry->preset.name);
    return;
  }
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id)) {
      editor_set(self, id, entry->preset.values[id]);
    }
  }
  editor_name_preset(self, entry->preset.name);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "library.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// Values are alike within this: hosts give them back a little off
static const float tolerance = 0.0006F;

/// @return A new entry of zeros, or null if out of memory
static EdEntry*
add(EdLibrary* const self)
{
  EdEntry* const moved = (EdEntry*)realloc(
    self->entries, sizeof(EdEntry) * ((size_t)self->n_entries + 1U));
  if (!moved) {
    return NULL;
  }
  self->entries        = moved;
  EdEntry* const entry = &moved[self->n_entries++];
  memset(entry, 0, sizeof(*entry));
  return entry;
}

static void
add_group(EdLibrary* const self, const char* const name)
{
  for (int i = 0; i < self->n_groups; ++i) {
    if (!strcmp(self->groups[i], name)) {
      return;
    }
  }
  if (self->n_groups < ED_MAX_GROUPS) {
    (void)snprintf(
      self->groups[self->n_groups++], CONTINUO_STYLE_NAME_SIZE, "%s", name);
  }
}

/// Factory presets are listed by what stands before the dash of their name
static void
group_of(const char* const name, char group[CONTINUO_STYLE_NAME_SIZE])
{
  const char* const dash = strstr(name, " - ");
  const int         n    = dash ? (int)(dash - name) : (int)strlen(name);
  (void)snprintf(group, CONTINUO_STYLE_NAME_SIZE, "%.*s", n, name);
}

static void
add_factory(EdLibrary* const self, const Continuo* const continuo)
{
  const char* text = NULL;
  for (uint32_t i = 0U; (text = continuo_preset_text(i)); ++i) {
    ContinuoPreset preset;
    char           why[CONTINUO_WHY_SIZE];
    EdEntry*       entry = NULL;
    if (!continuo_preset_read(continuo, text, strlen(text), &preset, why) &&
        (entry = add(self))) {
      entry->origin = ED_FACTORY;
      entry->number = i;
      entry->preset = preset;
      group_of(preset.name, entry->group);
      add_group(self, entry->group);
    }
  }
}

static void
add_own(EdLibrary* const      self,
        const Continuo* const continuo,
        const char* const     folder)
{
  ContinuoPresetFile* files   = NULL;
  size_t              n_files = 0U;
  if (!folder ||
      continuo_preset_files_new(continuo, folder, &files, &n_files)) {
    return;
  }
  for (size_t i = 0U; i < n_files; ++i) {
    EdEntry* const entry = add(self);
    if (entry) {
      entry->origin    = ED_USER;
      entry->preset    = files[i].preset;
      entry->is_broken = files[i].status != 0;
      if (entry->is_broken) {
        (void)snprintf(entry->preset.about,
                       sizeof(entry->preset.about),
                       "%.*s",
                       (int)sizeof(entry->preset.about) - 1,
                       files[i].why);
      }
      (void)snprintf(entry->group, sizeof(entry->group), ED_OWN_GROUP);
    }
  }
  continuo_preset_files_free(files, n_files);
}

static void
add_model(EdLibrary* const  self,
          const char* const name,
          const char* const about,
          const bool        is_broken)
{
  EdEntry* const entry = add(self);
  if (entry) {
    entry->origin    = ED_MODEL;
    entry->is_broken = is_broken;
    (void)snprintf(entry->preset.name, sizeof(entry->preset.name), "%s", name);
    (void)snprintf(
      entry->preset.about, sizeof(entry->preset.about), "%s", about);
    (void)snprintf(entry->group, sizeof(entry->group), ED_MODEL_GROUP);
  }
}

static void
add_models(EdLibrary* const self, const char* const folder)
{
  ContinuoModelFile* files   = NULL;
  size_t             n_files = 0U;
  add_model(self, CONTINUO_BUILTIN_MODEL, "The model inside the plugin", false);
  if (!folder || continuo_model_files_new(folder, &files, &n_files)) {
    return;
  }
  for (size_t i = 0U; i < n_files; ++i) {
    const bool is_broken = files[i].status != 0;
    add_model(self,
              files[i].name,
              is_broken ? continuo_strerror(files[i].status) : files[i].title,
              is_broken);
  }
  continuo_model_files_free(files, n_files);
}

void
ed_library_read(EdLibrary* const      self,
                const Continuo* const continuo,
                const char* const     presets,
                const char* const     models)
{
  ed_library_clear(self);
  add_group(self, ED_OWN_GROUP);
  add_factory(self, continuo);
  add_group(self, ED_MODEL_GROUP);
  add_own(self, continuo, presets);
  add_models(self, models);
}

void
ed_library_clear(EdLibrary* const self)
{
  free(self->entries);
  self->entries   = NULL;
  self->n_entries = 0;
  self->n_groups  = 0;
}

int
ed_library_entry(const EdLibrary* const self, const int group, const int row)
{
  int n = 0;
  for (int i = 0; group >= 0 && group < self->n_groups && i < self->n_entries;
       ++i) {
    if (!strcmp(self->entries[i].group, self->groups[group]) && n++ == row) {
      return i;
    }
  }
  return -1;
}

int
ed_library_count(const EdLibrary* const self, const int group)
{
  int n = 0;
  while (ed_library_entry(self, group, n) >= 0) {
    ++n;
  }
  return n;
}

int
ed_library_find(const EdLibrary* const self, const char* const name)
{
  int found = -1;
  for (int i = 0; i < self->n_entries; ++i) {
    const EdEntry* const entry = &self->entries[i];
    if (entry->origin != ED_MODEL && !entry->is_broken &&
        !strcasecmp(entry->preset.name, name) &&
        (found < 0 || entry->origin == ED_USER)) {
      found = i;
    }
  }
  return found;
}

bool
ed_library_is(const EdLibrary* const self,
              const int              entry,
              const float* const     values)
{
  const ContinuoPreset* const preset = &self->entries[entry].preset;
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    if (continuo_preset_sets(id) &&
        fabsf(preset->values[id] - values[id]) > tolerance) {
      return false;
    }
  }
  return true;
}

int
ed_library_match(const EdLibrary* const self, const float* const values)
{
  const int chosen = ed_library_find(self, self->chosen);
  if (chosen >= 0 && ed_library_is(self, chosen, values)) {
    return chosen;
  }
  for (int i = 0; i < self->n_entries; ++i) {
    const EdEntry* const entry = &self->entries[i];
    if (entry->origin != ED_MODEL && !entry->is_broken &&
        ed_library_is(self, i, values)) {
      return i;
    }
  }
  return -1;
}

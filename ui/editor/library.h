// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file library.h Presets and models to choose from

#ifndef ED_LIBRARY_H
#define ED_LIBRARY_H

#include "continuo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Where an entry comes from
typedef enum {
  ED_FACTORY, ///< A preset inside the plugin
  ED_USER,    ///< A preset of the user's own
  ED_MODEL,   ///< A model
} EdOrigin;

/// Something to choose
typedef struct {
  EdOrigin       origin;
  uint32_t       number; ///< Of a factory preset, from 0
  ContinuoPreset preset; ///< Of a model, its name alone
  char           group[CONTINUO_STYLE_NAME_SIZE]; ///< Where it is listed
  bool           is_broken; ///< It can't be used; `preset.about` says why
} EdEntry;

/// Most groups: styles, the user's own, models
#define ED_MAX_GROUPS 40

/// All of it
typedef struct {
  EdEntry* entries;
  int      n_entries;
  char     groups[ED_MAX_GROUPS][CONTINUO_STYLE_NAME_SIZE];
  int      n_groups;
  char     chosen[CONTINUO_PRESET_NAME_SIZE]; ///< Preset that was chosen last
} EdLibrary;

/// Name of the group that holds the user's own
#define ED_OWN_GROUP "My presets"

/// Name of the group that holds models
#define ED_MODEL_GROUP "Models"

/**
   Read all anew; what cannot be read is left out, or listed as broken.

   @param continuo May be null.
   @param presets Folder of the user's own, or null.
   @param models Folder of models, or null.
*/
void
ed_library_read(EdLibrary*      self,
                const Continuo* continuo,
                const char*     presets,
                const char*     models);

/// Empty it.
void
ed_library_clear(EdLibrary* self);

/// Entries of a group.
int
ed_library_count(const EdLibrary* self, int group);

/// Number of entry `row` of a group, or -1.
int
ed_library_entry(const EdLibrary* self, int group, int row);

/// The preset of this name, the user's own before a factory one, or -1.
int
ed_library_find(const EdLibrary* self, const char* name);

/// The preset that has just these values, the one chosen last before others, or
/// -1.
int
ed_library_match(const EdLibrary* self, const float* values);

/// Whether `values` are those of an entry.
bool
ed_library_is(const EdLibrary* self, int entry, const float* values);

#endif // ED_LIBRARY_H

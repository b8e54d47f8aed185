// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file continuo_presets.h The part of continuo.h that is about presets, which
   includes it.

   A preset is a value for every parameter that makes music, with a name and
   what music it is meant for.  As a file it is text, see presets/README.md.
*/

#ifndef CONTINUO_CONTINUO_PRESETS_H
#define CONTINUO_CONTINUO_PRESETS_H

#include "continuo.h"

CONTINUO_BEGIN_DECLS

/**
   @defgroup presets Presets
   @{
*/

/// Bytes of a style's name and its end
#define CONTINUO_STYLE_NAME_SIZE 64U

/// Bytes of the sentence about a preset and its end
#define CONTINUO_PRESET_ABOUT_SIZE 256U

/// Settings with a name
typedef struct {
  char     name[CONTINUO_PRESET_NAME_SIZE];   ///< Such as "Chopin - Mazurka"
  char     about[CONTINUO_PRESET_ABOUT_SIZE]; ///< For people, may be empty
  uint32_t numerator;   ///< Upper number of the meter that it is meant for; 0
                        ///< if it tells none
  uint32_t denominator; ///< Lower number, or 0
  float    tempo;       ///< Quarters a minute that it is meant for, or 0
  float    least_notes; ///< Notes a quarter that it is meant to play, at least
  float    most_notes;  ///< At most, or 0 if it tells nothing of that
  char     style[CONTINUO_STYLE_NAME_SIZE]; ///< What it calls its style, if it
                                            ///< can't be read for the model
                                            ///< has none of that name; else
                                            ///< empty
  float values[CONTINUO_N_PARAMS]; ///< Initial where presets set nothing
} ContinuoPreset;

/// Whether presets set a parameter: all do but outputs, triggers, bypass, and
/// the choice of a preset itself.  @thread any
CONTINUO_REALTIME bool
continuo_preset_sets(uint32_t id);

/// A preset without a name, of the initial values.  @thread any
ContinuoPreset
continuo_preset_initial(void);

/// Set `preset`'s values to those of an instance.  @thread any
void
continuo_preset_copy(const Continuo* self, ContinuoPreset* preset);

/// Set the parameters of an instance as `preset` says.  @thread any
CONTINUO_REALTIME void
continuo_preset_apply(Continuo* self, const ContinuoPreset* preset);

/**
   Read a preset from text.

   @thread main
   @param self Whose model knows the styles by name, or null for those of the
   parameter table.
   @param text [size] Of any bytes.
   @param preset Set to it.  On failure its name is what the text begins with,
   if that is a name, and else empty.
   @param why Set to a sentence with the line, on failure.
   @return Zero, or what is wrong with the text.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_read(const Continuo* self,
                     const char*     text,
                     size_t          size,
                     ContinuoPreset* preset,
                     char            why[CONTINUO_WHY_SIZE]);

/// The same from the file at `path`.  @thread main
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_load(const Continuo* self,
                     const char*     path,
                     ContinuoPreset* preset,
                     char            why[CONTINUO_WHY_SIZE]);

/**
   Write all of a preset as continuo_preset_read() gives it back.

   @thread main
   @param self Whose model gives the styles their names, or null.
   @param text Set to memory for free(), or to null on failure.
   @return Zero, or that name or sentence are none, or out of memory.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_write(const Continuo*       self,
                      const ContinuoPreset* preset,
                      char**                text);

/**
   @}
   @defgroup builtin The presets inside the binary
   @{
*/

/// How many there are.  In this order, from 1 on, they are the values of
/// CONTINUO_PRESET.  @thread any
CONTINUO_REALTIME uint32_t
continuo_n_presets(void);

/// Short name of built-in preset `index` for files and addresses, such as
/// "chopin-mazurka", or null past the last.  @thread any
const char*
continuo_preset_id(uint32_t index);

/// Text of built-in preset `index` for continuo_preset_read(), or null past the
/// last.  @thread any
const char*
continuo_preset_text(uint32_t index);

/**
   A parameter that the instance has changed by itself, as CONTINUO_PRESET makes
   it do.

   A host is to be told its value.  Choosing a preset sets all parameters that
   presets set, at the next block.  Those that are themselves set between the
   same two blocks stay as they were set, whatever came first: so a session
   comes back as it was, in any order.  CONTINUO_PRESET shows the choice as long
   as all values are those of the preset, and 0 after any was changed.  The
   choice that shows already may be made again.
   @thread audio
   @return Its number, each once, or CONTINUO_N_PARAMS when all are told.
*/
CONTINUO_REALTIME uint32_t
continuo_next_change(Continuo* self);

/**
   @}
   @defgroup own_presets The user's own presets: files in a folder
   @{
*/

/// A file that is called NAME.preset
typedef struct {
  char*          path;                   ///< Folder included
  ContinuoPreset preset;                 ///< As continuo_preset_load() sets it
  ContinuoStatus status;                 ///< Zero, or why it is not to be used
  char           why[CONTINUO_WHY_SIZE]; ///< A sentence, if so
} ContinuoPresetFile;

/**
   The folder of the user's own presets.

   @thread main
   @param config_home Value of XDG_CONFIG_HOME, null or empty if there is none.
   @param home Value of HOME, or null.
   @return Memory for free(), or null if there is no such folder or no memory.
*/
CONTINUO_NODISCARD char*
continuo_preset_folder(const char* config_home, const char* home);

/**
   Read all presets of a folder, by name.

   @thread main
   @param self As for continuo_preset_read().
   @param files Set to an array for continuo_preset_files_free().  Of files with
   the same name, the first by path is to be used.
   @return Zero, and no files if there is no folder.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_files_new(const Continuo*      self,
                          const char*          folder,
                          ContinuoPresetFile** files,
                          size_t*              n_files);

/// Null is fine.  @thread main
void
continuo_preset_files_free(ContinuoPresetFile* files, size_t n_files);

/**
   Save a preset under its name; readers see the old one or the new.

   The folder is made if there is none.  Names that differ by upper and lower
   case only are the same.
   @thread main
   @param replaces Whether a preset of this name is to be replaced.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_save(const Continuo*       self,
                     const char*           folder,
                     const ContinuoPreset* preset,
                     bool                  replaces);

/// Give the preset called `from` the name `to`, and leave all else in its file
/// as it is.  @thread main
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_rename(const char* folder, const char* from, const char* to);

/// Delete the preset called `name`, or, if its name cannot be read, the file
/// that is called so.  @thread main
CONTINUO_NODISCARD ContinuoStatus
continuo_preset_delete(const char* folder, const char* name);

/**
   @}
*/

CONTINUO_END_DECLS

#endif // CONTINUO_CONTINUO_PRESETS_H

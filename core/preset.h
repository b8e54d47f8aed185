// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file preset.h What the files about presets know of each other

#ifndef CT_PRESET_H
#define CT_PRESET_H

#include "base/attributes.h"
#include "base/status.h"
#include "continuo.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Most notes a quarter that a preset may claim
#define CT_PRESET_MAX_NOTES 100.0F

/// Words that stand in files beside the symbols of parameters
#define CT_PRESET_WORD_NAME "name"
#define CT_PRESET_WORD_ABOUT "about"
#define CT_PRESET_WORD_METER "meter"
#define CT_PRESET_WORD_TEMPO "tempo"
#define CT_PRESET_WORD_NOTES "notes_a_quarter"

/// How names of files end
#define CT_PRESET_SUFFIX ".preset"

/// A preset inside the binary
typedef struct {
  const char* id;
  const char* text;
} CtBuiltinPreset;

/// In the order of presets/order.txt; made from the files by CMake
extern const CtBuiltinPreset ct_builtin_presets[];

/// "Own settings", and then their names
extern const char* const ct_builtin_preset_labels[];

/// Whether `text` is one line of at most `max_size` bytes with its end, without
/// space around it.  @thread any
bool
ct_preset_is_line(const char* text, size_t max_size);

/// Whether `text` can be the name of a preset.  @thread any
bool
ct_preset_is_name(const char* text);

/// Name of value `index` of a parameter that has labels, or null: of the model
/// of `self` for a style, if there is one.  @thread main
const char*
ct_preset_label(const Continuo* self, uint32_t id, uint32_t index);

/// Where a text has its first line that says something, which must be its name.
/// @thread main
void
ct_preset_name_line(const char*  text,
                    size_t       size,
                    const char** begin,
                    const char** end);

/// What a file is called: as its preset, or, if its name cannot be read, as the
/// file less its suffix.  @thread main
void
ct_preset_file_called(const ContinuoPresetFile* file,
                      char name[CONTINUO_PRESET_NAME_SIZE]);

/// The model has no style of a preset
#define CT_PRESET_NO_STYLE_HERE (-1)

/// Values of the built-in presets, and which was chosen
typedef struct {
  float (*values)[CONTINUO_N_PARAMS]; ///< Of each, for the audio thread
  _Atomic int32_t* styles; ///< [n_presets] What the model counts its style as,
                           ///< or CT_PRESET_NO_STYLE_HERE
  uint32_t         n_presets;
  _Atomic uint32_t wish;   ///< 1 + what was chosen since the last block, or 0
  _Atomic uint64_t set;    ///< Parameters set since then, a bit for each
  uint64_t         untold; ///< Parameters changed here that the host knows not
  uint32_t         last;   ///< What was chosen last
  double           age;    ///< Seconds since then
} CtPresetChoice;

/// Read the built-in presets.  @thread main
CT_NODISCARD CtStatus
ct_preset_choice_init(CtPresetChoice* choice);

/// @thread main
void
ct_preset_choice_free(CtPresetChoice* choice);

/// Find the styles of the presets, which are those of the built-in model, in
/// the model that plays.  @thread main|worker
void
ct_preset_choice_fit(Continuo* self);

/// Take note that a parameter was set.  @thread any
CT_REALTIME void
ct_preset_choice_note(CtPresetChoice* choice, uint32_t id, float value);

/// Set the parameters of a preset that was chosen since the last block.
/// @thread audio
CT_REALTIME void
ct_preset_choice_follow(Continuo* self, double seconds);

#endif // CT_PRESET_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file control.h What the window has to be moved, clicked and read

#ifndef ED_CONTROL_H
#define ED_CONTROL_H

#include "continuo.h"
#include "synth_params.h"

#include <stdint.h>

/// Parameters: those of continuo_param(), and behind them those of
/// synth_param()
#define ED_N_PARAMS (CONTINUO_N_PARAMS + SYNTH_N_PARAMS)

/// Controls in the order of the Tab key
typedef enum {
  ED_PRESET_BACK,
  ED_PRESET,
  ED_PRESET_ON,
  ED_STYLE,
  ED_SAVE,
  ED_BYPASS,
  ED_LOW,
  ED_HIGH,
  ED_SEED,
  ED_NEW_TAKE,
  ED_TAKE_MODE,
  ED_FORM,
  ED_LENGTH,
  ED_OCTAVE,
  ED_ENSEMBLE,
  ED_INPUT,
  ED_TEMPERATURE, ///< First of the knobs
  ED_RHYTHM,
  ED_TOP_K,
  ED_RHYTHM_TOP_K,
  ED_TOP_P,
  ED_MIN_P,
  ED_STRENGTH,
  ED_DENSITY,
  ED_RECALL,
  ED_CANDIDATES,
  ED_DYNAMICS,
  ED_HUMANIZE,
  ED_VELOCITY,
  ED_VOICES, ///< Last of the knobs
  ED_CIRCLE,
  ED_FOLLOW,
  ED_MAJOR,
  ED_MINOR,
  ED_FREE,
  ED_LOCK,
  ED_CHANNELS,
  ED_FONT, ///< First of those that only the instrument has
  ED_FONT_DEFAULT,
  ED_PROGRAM,                           ///< One for each part
  ED_BANK = ED_PROGRAM + SYNTH_N_PARTS, ///< One for each part
  ED_GAIN = ED_BANK + SYNTH_N_PARTS,
  ED_REVERB,
  ED_CHORUS,    ///< Last of them
  ED_N_CONTROLS ///< Also "none"
} EdControlId;

/// How a control is moved
typedef enum {
  ED_BUTTON,  ///< Clicked
  ED_TOGGLE,  ///< Clicked, between two values
  ED_CHOICE,  ///< Opens a menu
  ED_KNOB,    ///< Dragged, typed
  ED_NUMBER,  ///< The same, as a field
  ED_HANDLE,  ///< Of the range, dragged on the keyboard
  ED_KEYS,    ///< The circle of fifths
  ED_BROWSER, ///< Opens the presets
} EdControlKind;

/// No parameter
#define ED_NO_PARAM UINT32_MAX

/// A row of the table of controls
typedef struct {
  EdControlKind kind;
  uint32_t      param; ///< Of ed_param(), or ED_NO_PARAM
  const char*   name;  ///< Short, as it is shown; empty if it shows a value
  const char*   help;  ///< A sentence, or null for the parameter's
} EdControl;

/// Row `id` of all parameters.  @return Static
const ContinuoParam*
ed_param(uint32_t id);

/// Row `id`.  @return Static
const EdControl*
ed_control(EdControlId id);

/// A sentence on what the control does.  @return Static
const char*
ed_control_help(EdControlId id);

#endif // ED_CONTROL_H

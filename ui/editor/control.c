// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "control.h"

#include "continuo.h"
#include "synth_params.h"

/// Controls of a part: its instrument, and the bank that is from
#define PROGRAM(part, name) \
  [ED_PROGRAM + (part)] = {ED_CHOICE, OWN(SYNTH_PROGRAM + (part)), name, 0}
#define BANK(part) \
  [ED_BANK + (part)] = {ED_NUMBER, OWN(SYNTH_BANK + (part)), "", 0}

/// A parameter that only the instrument has
#define OWN(id) (CONTINUO_N_PARAMS + (uint32_t)(id))

static const EdControl controls[ED_N_CONTROLS] = {
  [ED_PRESET_BACK]  = {ED_BUTTON, ED_NO_PARAM, "\u2039", "Preset before"},
  [ED_PRESET]       = {ED_BROWSER,
                       ED_NO_PARAM,
                       "",
                       "Presets and models: choose, save, rename, delete"},
  [ED_PRESET_ON]    = {ED_BUTTON, ED_NO_PARAM, "\u203A", "Next preset"},
  [ED_STYLE]        = {ED_CHOICE, CONTINUO_STYLE, "", 0},
  [ED_SAVE]         = {ED_CHOICE,
                       ED_NO_PARAM,
                       "Save music",
                       "Save the last bars or the whole take as MIDI or score"},
  [ED_BYPASS]       = {ED_TOGGLE, CONTINUO_BYPASS, "Bypass", 0},
  [ED_LOW]          = {ED_HANDLE, CONTINUO_LOW_NOTE, "", 0},
  [ED_HIGH]         = {ED_HANDLE, CONTINUO_HIGH_NOTE, "", 0},
  [ED_SEED]         = {ED_NUMBER, CONTINUO_SEED, "Seed", 0},
  [ED_NEW_TAKE]     = {ED_BUTTON, CONTINUO_NEW_TAKE, "New take", 0},
  [ED_TAKE_MODE]    = {ED_TOGGLE, CONTINUO_TAKE_MODE, "", 0},
  [ED_FORM]         = {ED_CHOICE, CONTINUO_FORM, "Form", 0},
  [ED_LENGTH]       = {ED_NUMBER, CONTINUO_LENGTH, "Length", 0},
  [ED_OCTAVE]       = {ED_NUMBER, CONTINUO_OCTAVE, "Octave", 0},
  [ED_ENSEMBLE]     = {ED_CHOICE, CONTINUO_ENSEMBLE, "Players", 0},
  [ED_INPUT]        = {ED_CHOICE, CONTINUO_INPUT_MODE, "Input", 0},
  [ED_TEMPERATURE]  = {ED_KNOB, CONTINUO_TEMPERATURE, "Temp.", 0},
  [ED_RHYTHM]       = {ED_KNOB, CONTINUO_RHYTHM_TEMPERATURE, "Rhythm", 0},
  [ED_TOP_K]        = {ED_KNOB, CONTINUO_TOP_K, "Top-k", 0},
  [ED_RHYTHM_TOP_K] = {ED_KNOB, CONTINUO_RHYTHM_TOP_K, "Rhy. k", 0},
  [ED_TOP_P]        = {ED_KNOB, CONTINUO_TOP_P, "Top-p", 0},
  [ED_MIN_P]        = {ED_KNOB, CONTINUO_MIN_P, "Min-p", 0},
  [ED_STRENGTH]     = {ED_KNOB, CONTINUO_STYLE_STRENGTH, "Style", 0},
  [ED_DENSITY]      = {ED_KNOB, CONTINUO_DENSITY, "Density", 0},
  [ED_RECALL]       = {ED_KNOB, CONTINUO_RECALL, "Recall", 0},
  [ED_CANDIDATES]   = {ED_KNOB, CONTINUO_CANDIDATES, "Tries", 0},
  [ED_DYNAMICS]     = {ED_KNOB, CONTINUO_DYNAMICS, "Dynam.", 0},
  [ED_HUMANIZE]     = {ED_KNOB, CONTINUO_HUMANIZE, "Human.", 0},
  [ED_VELOCITY]     = {ED_KNOB, CONTINUO_VELOCITY, "Veloc.", 0},
  [ED_VOICES]       = {ED_KNOB, CONTINUO_POLYPHONY, "Voices", 0},
  [ED_CIRCLE]       = {ED_KEYS,
                       CONTINUO_KEY,
                       "",
                       "Key: majors outside, minors inside; click one"},
  [ED_FOLLOW]       = {ED_BUTTON,
                       CONTINUO_KEY,
                       "Follow",
                       "Follow the key of what you play to it"},
  [ED_MAJOR]        = {ED_BUTTON, CONTINUO_SCALE, "Major", "Play in major"},
  [ED_MINOR]        = {ED_BUTTON, CONTINUO_SCALE, "Minor", "Play in minor"},
  [ED_FREE]         = {ED_BUTTON,
                       CONTINUO_SCALE,
                       "Free",
                       "Leave the scale to the model"},
  [ED_LOCK]         = {ED_NUMBER, CONTINUO_SCALE_LOCK, "Lock", 0},
  [ED_CHANNELS]     = {ED_TOGGLE, CONTINUO_CHANNEL_MODE, "", 0},
  [ED_FONT]         = {ED_BUTTON,
                       ED_NO_PARAM,
                       "",
                       "SoundFont: choose an SF2 or SF3 file"},
  [ED_FONT_DEFAULT] = {ED_BUTTON,
                       ED_NO_PARAM,
                       "Default",
                       "Play by the SoundFont that the system has"},
  PROGRAM(0U, "Right"),
  PROGRAM(1U, "Left"),
  PROGRAM(2U, "Sopr."),
  PROGRAM(3U, "Alto"),
  PROGRAM(4U, "Tenor"),
  PROGRAM(5U, "Bass"),
  BANK(0U),
  BANK(1U),
  BANK(2U),
  BANK(3U),
  BANK(4U),
  BANK(5U),
  [ED_GAIN]   = {ED_KNOB, OWN(SYNTH_GAIN), "Gain", 0},
  [ED_REVERB] = {ED_KNOB, OWN(SYNTH_REVERB), "Reverb", 0},
  [ED_CHORUS] = {ED_KNOB, OWN(SYNTH_CHORUS), "Chorus", 0},
};

const ContinuoParam*
ed_param(const uint32_t id)
{
  return id < CONTINUO_N_PARAMS ? continuo_param(id)
                                : synth_param(id - CONTINUO_N_PARAMS);
}

const EdControl*
ed_control(const EdControlId id)
{
  return &controls[id];
}

const char*
ed_control_help(const EdControlId id)
{
  const EdControl* const control = &controls[id];
  return control->help ? control->help : ed_param(control->param)->doc;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file DistrhoPluginInfo.h What DPF is told of the MIDI effect at compile
   time.

   Names of the macros are DPF's (see DistrhoInfo.hpp there).
*/

#ifndef CONTINUO_MIDI_EFFECT_INFO_H
#define CONTINUO_MIDI_EFFECT_INFO_H

#define DISTRHO_PLUGIN_BRAND "Continuo"
#define DISTRHO_PLUGIN_NAME "Continuo"
#define DISTRHO_PLUGIN_URI "urn:continuo:midi"
#define DISTRHO_PLUGIN_CLAP_ID "continuo.midi"
#define DISTRHO_PLUGIN_CLAP_FEATURES "note-effect"
#define DISTRHO_PLUGIN_LV2_CATEGORY "lv2:MIDIPlugin"
#define DISTRHO_PLUGIN_VST3_CATEGORIES "Fx|Tools"

// With a window or without, as CMake says.  It sees the instance behind it, see
// Door.hpp
#define DISTRHO_PLUGIN_HAS_UI CONTINUO_EDITOR
#define DISTRHO_PLUGIN_WANT_DIRECT_ACCESS CONTINUO_EDITOR
#define DISTRHO_UI_USE_NANOVG 1
#define DISTRHO_UI_USER_RESIZABLE 1
#define DISTRHO_UI_DEFAULT_WIDTH 1000
#define DISTRHO_UI_DEFAULT_HEIGHT 640

#define DISTRHO_PLUGIN_IS_RT_SAFE 1
#define DISTRHO_PLUGIN_IS_SYNTH 0
#define DISTRHO_PLUGIN_NUM_INPUTS 0
#define DISTRHO_PLUGIN_NUM_OUTPUTS 0
#define DISTRHO_PLUGIN_WANT_FULL_STATE 1
#define DISTRHO_PLUGIN_WANT_MIDI_INPUT 1
#define DISTRHO_PLUGIN_WANT_MIDI_OUTPUT 1
#define DISTRHO_PLUGIN_WANT_PARAMETER_VALUE_CHANGE_REQUEST 1
#define DISTRHO_PLUGIN_WANT_STATE 1
#define DISTRHO_PLUGIN_WANT_TIMEPOS 1

// A MIDI message takes 24 bytes of an LV2 event port: room for 1364 a block,
// enough to end every note of ten channels at once.  What does not fit waits
// for the next block
#define DISTRHO_PLUGIN_MINIMUM_BUFFER_SIZE 32768

#endif // CONTINUO_MIDI_EFFECT_INFO_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file DistrhoPluginInfo.h What DPF is told of the instrument at compile time.

   Names of the macros are DPF's (see DistrhoInfo.hpp there).
*/

#ifndef CONTINUO_SYNTH_INFO_H
#define CONTINUO_SYNTH_INFO_H

#define DISTRHO_PLUGIN_BRAND "Continuo"
#define DISTRHO_PLUGIN_NAME "Continuo Synth"
#define DISTRHO_PLUGIN_URI "urn:continuo:synth"
#define DISTRHO_PLUGIN_CLAP_ID "continuo.synth"
#define DISTRHO_PLUGIN_CLAP_FEATURES "instrument", "synthesizer", "stereo"
#define DISTRHO_PLUGIN_LV2_CATEGORY "lv2:InstrumentPlugin"
#define DISTRHO_PLUGIN_VST3_CATEGORIES "Instrument|Synth|Stereo"

// See midi_effect/DistrhoPluginInfo.h
#define DISTRHO_PLUGIN_HAS_UI CONTINUO_EDITOR
#define DISTRHO_PLUGIN_WANT_DIRECT_ACCESS CONTINUO_EDITOR
#define DISTRHO_UI_USE_NANOVG 1
#define DISTRHO_UI_USER_RESIZABLE 1
#define DISTRHO_UI_DEFAULT_WIDTH 1000
#define DISTRHO_UI_DEFAULT_HEIGHT 736

#define DISTRHO_PLUGIN_IS_RT_SAFE 1
#define DISTRHO_PLUGIN_IS_SYNTH 1
#define DISTRHO_PLUGIN_NUM_INPUTS 0
#define DISTRHO_PLUGIN_NUM_OUTPUTS 2
#define DISTRHO_PLUGIN_WANT_FULL_STATE 1
#define DISTRHO_PLUGIN_WANT_LATENCY 1
#define DISTRHO_PLUGIN_WANT_MIDI_INPUT 1
#define DISTRHO_PLUGIN_WANT_MIDI_OUTPUT 1
#define DISTRHO_PLUGIN_WANT_PARAMETER_VALUE_CHANGE_REQUEST 1
#define DISTRHO_PLUGIN_WANT_STATE 1
#define DISTRHO_PLUGIN_WANT_TIMEPOS 1

// See midi_effect/DistrhoPluginInfo.h
#define DISTRHO_PLUGIN_MINIMUM_BUFFER_SIZE 32768

#endif // CONTINUO_SYNTH_INFO_H

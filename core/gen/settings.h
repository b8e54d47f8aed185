// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file settings.h The wishes that notes are made by, as parameters say them

#ifndef CT_GEN_SETTINGS_H
#define CT_GEN_SETTINGS_H

#include "base/attributes.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/// Value of `ensemble` for the style's own
#define CT_SETTING_OF_STYLE 0U

/// Value of `density` and `polyphony` for "as the model likes"
#define CT_SETTING_FREE 0U

/// Major, minor, or as the model likes
typedef enum {
  CT_SCALE_MAJOR,
  CT_SCALE_MINOR,
  CT_SCALE_FREE,
} CtScaleChoice;

/// How parts become MIDI channels
typedef enum {
  CT_CHANNEL_ONE,      ///< All on channel 1
  CT_CHANNEL_PER_PART, ///< Each part on its own, from channel 1
} CtChannelMode;

/// Wishes in force over some stretch of a take; equal wishes and position,
/// equal notes
typedef struct {
  uint32_t seed;
  uint32_t salt; ///< Stirred into the seed: another take of the same seed
  uint32_t style;
  float    style_strength; ///< 1 draws as the model learnt; more tells the
                           ///< composer from all others
  uint32_t ensemble;       ///< 1 + CtEnsemble, or CT_SETTING_OF_STYLE
  uint32_t key;            ///< Tonic 0..11
  uint32_t scale;          ///< CtScaleChoice
  float
    scale_lock; ///< 0 leaves out-of-scale notes to the model, 1 forbids them
  float    temperature;
  float    rhythm_temperature;
  uint32_t top_k;
  uint32_t rhythm_top_k; ///< 0 is as top_k
  float    top_p;
  float    min_p;
  uint32_t density;      ///< 1.. from thin to dense, or CT_SETTING_FREE
  uint32_t polyphony;    ///< 1.. from one voice to many, or CT_SETTING_FREE
  uint32_t low;          ///< Lowest sounding MIDI key
  uint32_t high;         ///< Highest sounding MIDI key
  uint32_t velocity;     ///< Mean, 1..127
  float    dynamics;     ///< 0 is flat, 1 natural, 2 exaggerated
  int32_t  octave;       ///< Added after all else
  uint32_t channel_mode; ///< CtChannelMode
  uint32_t form;         ///< CtForm
  float    recall;       ///< 0 brings no bar back, 1 all as they were
  uint32_t length;       ///< Bars to each close, 0 leaves it to the form
  uint32_t candidates; ///< Of each bar, of which the best is played; at least 1
} CtSettings;

/// Wishes and the tick from which they are in force
typedef struct {
  CtTick     tick;
  CtTick     settled; ///< From where on the same music is wished, however loud
  CtSettings settings;
} CtWish;

/// Whether both make the same notes.  @thread any
CT_REALTIME bool
ct_settings_equal(const CtSettings* a, const CtSettings* b);

/// Whether both are the same to whoever sets parameters: all but the salt.
/// @thread any
CT_REALTIME bool
ct_settings_alike(const CtSettings* a, const CtSettings* b);

/// Whether both make the same notes, however loud and on which channels.
/// @thread any
CT_REALTIME bool
ct_settings_same_music(const CtSettings* a, const CtSettings* b);

/**
   A wish that follows another, or is the first.

   @thread any
   @param before Null for the first.
*/
CT_REALTIME CtWish
ct_wish(CtTick tick, const CtSettings* settings, const CtWish* before);

#endif // CT_GEN_SETTINGS_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file synth_states.h What a host keeps of the instrument beside states.h

#ifndef CONTINUO_SYNTH_STATES_H
#define CONTINUO_SYNTH_STATES_H

/// Key of the SoundFont: its path, or SOUND_DEFAULT_FONT
#define SYNTH_STATE_FONT "soundfont"

#endif // CONTINUO_SYNTH_STATES_H

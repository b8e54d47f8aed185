// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file midi.h Bytes of MIDI 1.0 that a sound generator tells apart

#ifndef CONTINUO_SOUND_MIDI_H
#define CONTINUO_SOUND_MIDI_H

enum {
  MIDI_NOTE_OFF         = 0x80,
  MIDI_NOTE_ON          = 0x90,
  MIDI_KEY_PRESSURE     = 0xA0,
  MIDI_CONTROL          = 0xB0,
  MIDI_PROGRAM          = 0xC0,
  MIDI_CHANNEL_PRESSURE = 0xD0,
  MIDI_BEND             = 0xE0,
  MIDI_KIND_MASK        = 0xF0,
  MIDI_CHANNEL_MASK     = 0x0F,
  MIDI_DATA_MASK        = 0x7F,
  MIDI_DATA_BITS        = 7,

  MIDI_BANK              = 0, ///< Controllers
  MIDI_VOLUME            = 7,
  MIDI_PAN               = 10,
  MIDI_BANK_FINE         = 32,
  MIDI_REVERB            = 91,
  MIDI_CHORUS            = 93,
  MIDI_RESET_CONTROLLERS = 121,
};

#endif // CONTINUO_SOUND_MIDI_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file wav.h Render a MIDI file to a sound file

#ifndef CONTINUO_CLI_WAV_H
#define CONTINUO_CLI_WAV_H

#include "command.h"

#include <stddef.h>
#include <stdint.h>

/**
   Render a Standard MIDI File through FluidSynth and write it as WAV, 16 bit,
   48 kHz stereo.

   The loudest frame is one decibel below full scale.  The SoundFont is the file
   named by the environment variable SOUNDFONT, or else one of the system's.

   @return CLI_DONE, or CLI_BAD_INPUT after one sentence is printed.
*/
CliExit
cli_write_wav(const char* path, const uint8_t* midi, size_t midi_size);

#endif // CONTINUO_CLI_WAV_H

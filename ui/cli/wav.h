// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file wav.h Render a song to a sound file

#ifndef CONTINUO_CLI_WAV_H
#define CONTINUO_CLI_WAV_H

#include "command.h"

#include "continuo.h"

/**
   Render a song as Continuo Synth does, and write it as WAV, 16 bit, 48 kHz
   stereo.

   The loudest frame is one decibel below full scale, and the file ends when the
   last note has rung out.  The SoundFont is the file named by the environment
   variable SOUNDFONT, or else one of the system's.

   @return CLI_DONE, or CLI_BAD_INPUT after one sentence is printed.
*/
CliExit
cli_write_wav(const ContinuoSong* song, const char* path);

#endif // CONTINUO_CLI_WAV_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file save.h Music out of the window, as files

#ifndef ED_SAVE_H
#define ED_SAVE_H

#include "editor.h"

#include <stdbool.h>

/**
   Make a file of what was played, and ask where to save it.

   @param whole The take as far as it was played, or the last eight bars.
   @param score MusicXML, or MIDI.
*/
void
ed_save(Editor* self, bool whole, bool score);

#endif // ED_SAVE_H

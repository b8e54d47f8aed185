// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file musicxml_note.h Notes and rests as elements of MusicXML

#ifndef CT_MUSIC_MUSICXML_NOTE_H
#define CT_MUSIC_MUSICXML_NOTE_H

#include "base/buffer.h"
#include "music/engraver.h"
#include "music/note_value.h"

#include <stdint.h>

/// Where a symbol stands
typedef struct {
  uint32_t voice; ///< From 1
  uint32_t staff; ///< From 1, or 0 if the part has only one
} CtXmlPlace;

/// Name of a note value, such as "quarter".  @thread any
const char*
ct_musicxml_value(CtValueBase base);

/// Put a chord or rest, or the time that it takes.  @thread main|worker
/// @param heads Of the bar.
void
ct_musicxml_put_item(CtBuffer*         out,
                     const CtEngraved* item,
                     const CtNoteHead* heads,
                     CtXmlPlace        place);

#endif // CT_MUSIC_MUSICXML_NOTE_H

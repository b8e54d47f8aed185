// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file musicxml_head.h What a score says beside its notes

#ifndef CT_MUSIC_MUSICXML_HEAD_H
#define CT_MUSIC_MUSICXML_HEAD_H

#include "base/buffer.h"
#include "music/bar_shape.h"
#include "music/clef.h"
#include "music/loudness.h"
#include "music/musicxml.h"

#include <stdint.h>

/// Begin the score: title, who wrote it, and the list of parts.
/// @thread main|worker
void
ct_musicxml_put_head(CtBuffer* out, const CtXmlScore* score);

/// Put resolution, key, meter and number of staves.  @thread main|worker
void
ct_musicxml_put_signatures(CtBuffer*         out,
                           const CtXmlScore* score,
                           const CtXmlPart*  part);

/// Put a clef.  @thread main|worker
/// @param staff From 1.
void
ct_musicxml_put_clef(CtBuffer* out, CtClefKind kind, uint32_t staff);

/// Put a metronome mark in beats of the bar.  @thread main|worker
void
ct_musicxml_put_tempo(CtBuffer*         out,
                      const CtBarShape* shape,
                      double            tempo,
                      const CtXmlPart*  part);

/// Put a dynamic for the whole part.  @thread main|worker
void
ct_musicxml_put_dynamic(CtBuffer*        out,
                        CtDynamic        dynamic,
                        const CtXmlPart* part);

#endif // CT_MUSIC_MUSICXML_HEAD_H

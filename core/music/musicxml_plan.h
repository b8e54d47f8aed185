// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file musicxml_plan.h What is decided on a score before it is written: names
/// and voices of notes, clefs, dynamics

#ifndef CT_MUSIC_MUSICXML_PLAN_H
#define CT_MUSIC_MUSICXML_PLAN_H

#include "base/attributes.h"
#include "base/status.h"
#include "music/bar_shape.h"
#include "music/loudness.h"
#include "music/musicxml.h"

#include <stdint.h>

/// Decisions beside those that stand in the notes
typedef struct {
  CtBarShape  shape;
  uint32_t    n_bars;
  uint32_t    n_phrases;
  uint8_t*    clefs;    ///< CtClefKind by part, staff of CT_MAX_STAVES, and bar
  CtLoudness* loudness; ///< By phrase, all parts together
} CtXmlPlan;

/// Decide, and set names and voices of the notes.  @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY; to be freed in any case
CT_NODISCARD CtStatus
ct_xml_plan_make(CtXmlPlan* self, CtXmlScore* score);

/// @thread main|worker
void
ct_xml_plan_free(CtXmlPlan* self);

/// Clefs of a staff by bar.  @thread any
const uint8_t*
ct_xml_plan_clefs(const CtXmlPlan* self, uint32_t part, uint32_t staff);

#endif // CT_MUSIC_MUSICXML_PLAN_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file section.h The notes of a take, kept in sections of eight bars.

   A section can be written without those before it, so a take has holes where
   nobody went yet.
*/

#ifndef CT_GEN_SECTION_H
#define CT_GEN_SECTION_H

#include "base/attributes.h"
#include "base/status.h"
#include "music/meter.h"
#include "music/note.h"

#include <stdbool.h>
#include <stddef.h>

/// Bars of a section: two phrases of four
#define CT_SECTION_BARS 8

/// Where a section lies
typedef struct {
  CtTick begin;
  CtTick end;
  bool   is_first; ///< Of the take, or of a meter: nothing led to it
} CtSpan;

/// A section that has been begun
typedef struct {
  CtSpan  span;
  CtTick  horizon;  ///< Notes before it are written
  CtNote* notes;    ///< By onset
  size_t  n_notes;  ///< How many
  size_t  capacity; ///< How many there is room for
  bool    is_heard; ///< Some of it was sent to be played
} CtSection;

/// Sections by position, and empty ones in reserve
typedef struct {
  CtSection** items;      ///< [n_items] those in use first, sorted
  size_t      n_sections; ///< In use
  size_t      n_items;    ///< With the spare ones
  size_t      capacity;
} CtSections;

/// The bar line that sections about `tick`, not negative, are counted from:
/// where the meter begins, or bar one, which may lie before tick 0.
/// @thread any
CT_REALTIME CtTick
ct_section_origin(const CtMeterMap* meters, CtTick tick);

/// The section that `tick`, not negative, lies in.  @thread any
CT_REALTIME CtSpan
ct_section_span(const CtMeterMap* meters, CtTick tick);

/// Index of the section's first note at or after `tick`.  @thread any
CT_REALTIME size_t
ct_section_find(const CtSection* section, CtTick tick);

/// Forget what lies at or after `tick`.  @thread any
CT_REALTIME void
ct_section_truncate(CtSection* section, CtTick tick);

/// Let the section end at `end`, and all its notes with it; where it becomes
/// longer, notes are forgotten from the first that may have been cut.
/// @thread any
CT_REALTIME void
ct_section_resize(CtSection* section, CtTick end);

/// Free all.  @thread main|worker
void
ct_sections_clear(CtSections* self);

/// Have a few spare sections with room for notes in all that may be written
/// next, so that the functions below need no memory.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY
CT_NODISCARD CtStatus
ct_sections_reserve(CtSections* self);

/// The section in use that `tick` lies in, or null.  @thread any
CT_REALTIME CtSection*
ct_sections_find(const CtSections* self, CtTick tick);

/// Where the section lies that `tick`, not negative, lies in, or would if it
/// was begun: less what others have of its span already.  @thread any
CT_REALTIME CtSpan
ct_sections_span(const CtSections* self, const CtMeterMap* meters, CtTick tick);

/// Begin a section at a span of ct_sections_span() that has none.
/// @thread any
/// @return Null if none is spare
CT_REALTIME CtSection*
ct_sections_add(CtSections* self, CtSpan span);

/// Forget all sections that begin at `tick` or later.  @thread any
CT_REALTIME void
ct_sections_forget(CtSections* self, CtTick tick);

/// Make `self`, which is empty, a copy of `other`.
/// @thread main|worker
/// @return CT_SUCCESS or CT_NO_MEMORY; `self` is to be cleared in any case
CT_NODISCARD CtStatus
ct_sections_copy(CtSections* self, const CtSections* other);

#endif // CT_GEN_SECTION_H

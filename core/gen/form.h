// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file form.h Which bars come back, and where the music ends.

   A take is divided into sections of eight bars.  A form names them by letters,
   from the beginning: sections of one letter are one theme, and a later one
   recalls the first.  Within a section, the second phrase of four bars begins
   as the first did.
*/

#ifndef CT_GEN_FORM_H
#define CT_GEN_FORM_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stdint.h>

/// How sections follow each other
typedef enum {
  CT_FORM_FREE, ///< As they come: nothing is brought back
  CT_FORM_AABA, ///< A song
  CT_FORM_AABB, ///< A dance, each half twice
  CT_FORM_ABAC, ///< A rondo: A between ever new ones
  CT_FORM_AAAA, ///< A theme and its variations
  CT_N_FORMS
} CtForm;

/// Bars of a phrase: a section has two
#define CT_PHRASE_BARS 4U

/// Bars of a motif: a phrase has two
#define CT_MOTIF_BARS 2U

/// Bars at the end of a second phrase that go their own way, to close
#define CT_CLOSING_BARS 2U

/**
   The section that a section recalls.

   @thread any
   @param section Counted from 0.
   @return The first of the same letter; `section` itself if it is that.
*/
CT_REALTIME int64_t
ct_form_home(CtForm form, int64_t section);

/// A bar, by section and number in it
typedef struct {
  int64_t  section;
  uint32_t bar; ///< 0..7
} CtFormBar;

/// What comes back
typedef struct {
  CtFormBar bar;
  uint32_t  n_bars; ///< That come back with it, as faithfully: a phrase's or a
                    ///< motif's
} CtFormRecall;

/**
   The bar that a bar recalls.

   @thread any
   @param here Where it is.
   @param recalled Set to an earlier bar, if there is one to recall.
   @return Whether there is.
*/
CT_REALTIME bool
ct_form_recalls(CtForm form, CtFormBar here, CtFormRecall* recalled);

/**
   How faithfully a phrase or a motif is brought back.

   @thread any
   @param recall 0 brings nothing back, 1 phrases as they were; motifs come back
   most of all in between.
   @param n_bars Of a CtFormRecall.
   @param coin In [0, 1), the phrase's or the motif's own.
   @return Row of the network's table: 0 for not at all, up to 3.
*/
CT_REALTIME uint32_t
ct_form_grade(float recall, uint32_t n_bars, float coin);

/**
   How near an end a bar is.

   @thread any
   @param length Bars to each end, from the beginning; 0 for where a form ends,
   if it does.
   @return Row of the network's table of endings.
*/
CT_REALTIME uint32_t
ct_form_ending(CtForm form, uint32_t length, CtFormBar here);

#endif // CT_GEN_FORM_H

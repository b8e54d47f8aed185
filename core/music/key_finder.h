// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file key_finder.h The key of what sounds

#ifndef CT_MUSIC_KEY_FINDER_H
#define CT_MUSIC_KEY_FINDER_H

#include "base/attributes.h"
#include "music/key.h"
#include "music/tick.h"

#include <stdbool.h>
#include <stdint.h>

/// Longest time that is heard at once, in ticks: 64 quarters
#define CT_KEY_FINDER_MAX_ADVANCE (INT64_C(64) * CT_PPQN)

/// A key that was found, and how much it is in doubt
typedef struct {
  CtKey  key;      ///< If known
  bool   is_known; ///< Enough was heard for a first choice
  bool   is_open;  ///< What is found next replaces it at once
  double doubt;    ///< Lead of others since the key was last the best,
                   ///< correlation times sixteenths
} CtKeyChoice;

/**
   Key finding by correlation with key profiles.

   Each pitch class weighs what it sounded, in quarters times notes, and is
   forgotten by half in eight quarters.  The square roots of the weights, which
   let many short notes count beside few long ones, are correlated with the
   profile of each key (the algorithm of Krumhansl and Schmuckler: C. L.
   Krumhansl, "Cognitive Foundations of Musical Pitch", 1990, chapter 4).  The
   profiles are those counted in the Kostka-Payne corpus (D. Temperley, "Music
   and Probability", 2007, table 6.1).

   Relative keys share their notes.  What begins is taken for the tonic rather
   than what comes later: the first sound after a bar of silence counts for
   three sixteenths more, so that a natural minor scale is told from its
   relative.

   The choice is made at each sixteenth of musical time, and only then, so that
   it does not depend on the size of blocks.  A key that was found stays until
   the leads of others, summed up for as long as it is not the best itself, are
   enough: a correlation better by 0.25 for four quarters, or by 1 for one.

   Measured from the second to the 16th bar of 1,470 scores that were not used
   in choosing the constants (at most 20 of a composer), against the first key
   signature of the file: the key is the one written in 68.9 % of the
   sixteenths, its relative in 7.5 %, and it changes once in a piece.  Without
   the accent it is the one written in 68.4 %.  A piece that goes elsewhere
   counts as wrong for that time, so 100 % cannot be reached.  By the same rules
   without the accent, on 395 scores, these profiles gave 72.5 %; those of
   Krumhansl and Kessler (1982) 66.7 %, of Temperley (1999) 69.4 %, of Bellman
   (2005) 70.5 %, of Aarden (2003) 69.7 %, of Albrecht and Shanahan (2013)
   72.4 %.
*/
typedef struct {
  CtTick      tick;                          ///< Heard up to here
  bool        has_tick;                      ///< There is such a position
  int64_t     cell[CT_PITCH_CLASS_COUNT];    ///< Heard in this sixteenth, ticks
  double      weights[CT_PITCH_CLASS_COUNT]; ///< Heard before, quarters
  CtTick      rest;                          ///< Silent for so long
  CtKeyChoice choice;
} CtKeyFinder;

/// Begin with nothing heard and no key known.  @thread any
CT_REALTIME void
ct_key_finder_reset(CtKeyFinder* finder);

/**
   Go on at `tick` without a sound between: the transport started or moved.

   @thread audio
*/
CT_REALTIME void
ct_key_finder_seek(CtKeyFinder* finder, CtTick tick);

/**
   Hear the same keys sound from the last position to `until`.

   Call it before each change of what sounds, and at the end of each block.  A
   position before the last one, or past CT_KEY_FINDER_MAX_ADVANCE, is a
   ct_key_finder_seek().  One step for each sixteenth on the way.
   @thread audio
   @param n_sounding [CT_PITCH_CLASS_COUNT] Keys that sound by pitch class, of
   ct_listener_pitch_classes().
*/
CT_REALTIME void
ct_key_finder_advance(CtKeyFinder*    finder,
                      const uint16_t* n_sounding,
                      CtTick          until);

/**
   Forget what was heard, and go on with the key of `choice`, or with none.

   @thread audio
*/
CT_REALTIME void
ct_key_finder_restart(CtKeyFinder* finder, CtKeyChoice choice);

/**
   The key of what was heard.

   @thread audio
   @return False, with `key` as it was, until three pitch classes and four
   quarters times notes were heard, or seven classes in less.  From then on a
   key is always known, also through silence.
*/
CT_REALTIME bool
ct_key_finder_find(const CtKeyFinder* finder, CtKey* key);

#endif // CT_MUSIC_KEY_FINDER_H

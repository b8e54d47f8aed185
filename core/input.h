// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file input.h MIDI that comes in: passed on, and heard

#ifndef CT_INPUT_H
#define CT_INPUT_H

#include "base/attributes.h"
#include "continuo.h"
#include "gen/settings.h"
#include "music/inbox.h"
#include "music/key_finder.h"
#include "music/listener.h"
#include "music/transport.h"

#include <stdint.h>

/// Value of CONTINUO_KEY that follows the input
#define CT_KEY_FOLLOWS CT_PITCH_CLASS_COUNT

/// Values of CONTINUO_INPUT_MODE
typedef enum {
  CT_INPUT_PASS_AND_LISTEN,
  CT_INPUT_LISTEN,
  CT_INPUT_PASS,
  CT_INPUT_IGNORE,
} CtInputMode;

/// Musical time that goes on while the transport stands
typedef struct {
  bool    is_on;           ///< It stands
  double  begin;           ///< Where time goes on from, in ticks
  double  ticks_per_frame; ///< At the tempo of now
  int64_t n_frames;        ///< Since the begin, up to this block
} CtStand;

/**
   What the musician plays.

   While the transport stands time goes on for the ear, so that a scale played
   then sets the key.  Playback then begins with that key wherever it begins, in
   every pass: what is heard in one says nothing about the next, or a bounce
   would not be what was heard.
*/
typedef struct {
  CtInbox             inbox;    ///< To be passed on
  CtListener          listener; ///< As notes
  CtKeyFinder         finder;   ///< Their key
  CtKeyChoice         start;    ///< The key that playback begins with
  CtStand             stand;
  CtInputMode         mode;
  const ContinuoMidi* messages; ///< Of this block
  uint32_t            n_messages;
  uint32_t            n_heard;  ///< Of them
  uint32_t            n_frames; ///< Of this block
} CtInput;

/// Forget what was heard, but not the key that playback begins with, and let
/// all that was passed on end.  Zeros are a new one.  @thread main
void
ct_input_reset(CtInput* input);

/**
   Begin a block: what is to be passed on goes to the inbox.

   @thread audio
   @param keeps_start Whether playback begins with the key that was heard before
   it, in every pass; else with what was heard last.
   @param move What the transport did: notes that sound are not heard further
   when it stops or goes elsewhere.
   @param messages [n_messages] In time order; borrowed until the next block.
*/
CT_REALTIME void
ct_input_begin(CtInput*            input,
               CtInputMode         mode,
               bool                keeps_start,
               const CtTransport*  transport,
               CtMove              move,
               const ContinuoMidi* messages,
               uint32_t            n_messages);

/// Hear what is played before `tick`, or in all of a block that stands.
/// @thread audio
CT_REALTIME void
ct_input_hear(CtInput* input, const CtTransport* transport, CtTick tick);

/// Let `settings` have the key of what was heard, once it is known, and its
/// mode unless the scale is open.  @thread audio
CT_REALTIME void
ct_input_set_key(const CtInput* input, CtSettings* settings);

#endif // CT_INPUT_H

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

/// What the musician plays
typedef struct {
  CtInbox             inbox;    ///< To be passed on
  CtListener          listener; ///< As notes
  CtKeyFinder         finder;   ///< Their key
  CtInputMode         mode;
  const ContinuoMidi* messages; ///< Of this block
  uint32_t            n_messages;
  uint32_t            n_heard; ///< Of them
} CtInput;

/// Begin with nothing heard and nothing to pass on.  @thread main
void
ct_input_reset(CtInput* input);

/**
   Begin a block: what is to be passed on goes to the inbox.

   @thread audio
   @param move What the transport did: notes that sound are not heard further
   when it stops or goes elsewhere.
   @param messages [n_messages] In time order; borrowed until the next block.
*/
CT_REALTIME void
ct_input_begin(CtInput*            input,
               CtInputMode         mode,
               const CtTransport*  transport,
               CtMove              move,
               const ContinuoMidi* messages,
               uint32_t            n_messages);

/// Hear what is played before `tick`.  @thread audio
CT_REALTIME void
ct_input_hear(CtInput* input, const CtTransport* transport, CtTick tick);

/// Let `settings` have the key of what was heard, once it is known, and its
/// mode unless the scale is open.  @thread audio
CT_REALTIME void
ct_input_set_key(const CtInput* input, CtSettings* settings);

#endif // CT_INPUT_H

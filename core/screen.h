// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file screen.h What the audio thread shows, and what it remembers for that

#ifndef CT_SCREEN_H
#define CT_SCREEN_H

#include "base/attributes.h"
#include "base/token.h"
#include "continuo.h"
#include "music/event.h"
#include "music/tick.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/// Notes that were sent, newest over oldest
typedef struct {
  ContinuoViewNote notes[CONTINUO_MAX_PLAYED];
  uint64_t         n_notes; ///< So far
} CtHistory;

/// Views on their way to a window: one is written, one read, and one waits
/// between them
typedef struct {
  ContinuoView     views[3];
  _Atomic uint32_t waiting;    ///< Its number, and whether it is new
  uint32_t         written;    ///< Number of the audio thread's
  uint32_t         read;       ///< Number of the reader's
  CtToken          reader;     ///< Of readers among themselves
  _Atomic uint32_t n_watching; ///< Who reads
  double           age;        ///< Seconds since the last was written
  uint64_t         n_blocks;
  uint64_t         n_sent;     ///< Messages
  uint64_t         n_received; ///< Messages
  bool             is_told;    ///< The host told its transport
  CtHistory        history;
  CtToken          text_token; ///< Of what follows
  char             notice[CONTINUO_WHY_SIZE];
  char             preset[CONTINUO_PRESET_NAME_SIZE]; ///< Chosen last
} CtScreen;

/// Begin with nothing to see.  @thread main
void
ct_screen_init(CtScreen* screen);

/// A message was sent.  @thread audio
CT_REALTIME void
ct_screen_sent(CtScreen* screen, const CtEvent* event);

/// What sounds ends at `tick`.  @thread audio
CT_REALTIME void
ct_screen_cut(CtScreen* screen, CtTick tick);

/// Playback goes on at `tick`: what was played there before is of another
/// pass.  @thread audio
CT_REALTIME void
ct_screen_move(CtScreen* screen, CtTick tick);

/// At the end of a block write down what there is to see, if somebody watches
/// and it is time.  @thread audio
CT_REALTIME void
ct_instance_show(Continuo* self, uint32_t n_frames);

#endif // CT_SCREEN_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file transport_line.h The line from frames to ticks that our clock goes on

#ifndef CT_MUSIC_TRANSPORT_LINE_H
#define CT_MUSIC_TRANSPORT_LINE_H

#include "base/attributes.h"
#include "music/beat.h"
#include "music/transport.h"

#include <stdbool.h>
#include <stdint.h>

/// What a block's position says, checked
typedef struct {
  int64_t frame;     ///< In the song
  bool    rolling;   ///< Time moves
  double  tempo;     ///< The host's, or the last known
  bool    has_meter; ///< `beat.meter` is valid
  bool    has_beat;  ///< `beat` is valid
  CtBeat  beat;      ///< The host's
} CtPlace;

/// Position at `frame` on our line.  @thread audio
CT_REALTIME double
ct_line_tick(const CtTransport* transport, int64_t frame);

/// Ticks that went by in the block before.  @thread audio
CT_REALTIME double
ct_line_last_ticks(const CtTransport* transport);

/// Find our tick for a frame we did not come to by rolling.  @thread audio
CT_REALTIME void
ct_line_relocate(CtTransport* transport, const CtPlace* place);

/// Stay at `tick`, or go to the nearest with the host's place in the bar,
/// whatever the frame.  @thread audio
CT_REALTIME void
ct_line_stand(CtTransport* transport, const CtPlace* place, double tick);

/// Go on from the block before.  @thread audio
/// @return Whether we moved
CT_REALTIME bool
ct_line_follow(CtTransport* transport, const CtPlace* place);

#endif // CT_MUSIC_TRANSPORT_LINE_H

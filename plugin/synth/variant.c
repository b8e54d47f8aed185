// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "variant.h"

#include "synth_params.h"
#include "synth_states.h"

const Variant variant = {
  "continuo-synth-jack",
  "Improvises as a client of JACK, in time with its transport, and is heard "
  "through\na SoundFont: connect its outputs to your loudspeakers.  SYMBOL is "
  "a parameter of\n`continuo list parameters`, or one of these, or \"model\" "
  "for one of your own, or\n\"soundfont\" for a file.\n",
  synth_param,
  SYNTH_STATE_FONT};

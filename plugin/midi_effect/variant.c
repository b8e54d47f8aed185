// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "variant.h"

#include "continuo.h"

#include <stddef.h>
#include <stdint.h>

static const ContinuoParam*
own_param(const uint32_t id)
{
  (void)id;
  return NULL;
}

const Variant variant = {
  "continuo-jack",
  "Improvises as a client of JACK, in time with its transport: connect its "
  "MIDI\noutput to a synthesizer.  SYMBOL is a parameter of `continuo list "
  "parameters`, or \"model\" for one of your own.\n",
  own_param,
  NULL};

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file latent.h Points of an autoencoder, and what lies between them

#ifndef CT_MODEL_LATENT_H
#define CT_MODEL_LATENT_H

#include "base/attributes.h"

#include <stdint.h>

/**
   A point between two, along the arc from one to the other, whose length goes
   from that of one to that of the other likewise (Shoemake 1985, "Animating
   rotation with quaternion curves", section 3.3, as MusicVAE interpolates):

   z = (sin((1 - t) angle) a + sin(t angle) b) / sin(angle)

   The same on every machine.  Where there is no arc, as between opposites, the
   way is straight.
   @thread any
   @param a [n]
   @param b [n]
   @param t 0 is `a`, 1 is `b`.
   @param z [n] May be `a` or `b`.
*/
CT_REALTIME void
ct_latent_between(const float* a,
                  const float* b,
                  uint32_t     n,
                  float        t,
                  float*       z);

#endif // CT_MODEL_LATENT_H

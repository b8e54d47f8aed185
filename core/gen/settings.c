// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/settings.h"

#include <string.h>

// All members have four bytes, so there is no padding to differ
_Static_assert(sizeof(CtSettings) == 19U * sizeof(uint32_t),
               "settings have no padding");

bool
ct_settings_equal(const CtSettings* const a, const CtSettings* const b)
{
  return !memcmp(a, b, sizeof(*a));
}

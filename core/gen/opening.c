// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/opening.h"

#include <stdlib.h>
#include <string.h>

CtStatus
ct_openings_init(CtOpenings* const self, const size_t moment_size)
{
  memset(self, 0, sizeof(*self));
  self->moment_size = moment_size;
  for (uint32_t i = 0U; i < CT_N_OPENINGS; ++i) {
    self->items[i].moment = (char*)calloc(1U, moment_size);
    if (!self->items[i].moment) {
      return CT_NO_MEMORY;
    }
  }
  return CT_SUCCESS;
}

void
ct_openings_clear(CtOpenings* const self)
{
  for (uint32_t i = 0U; i < CT_N_OPENINGS; ++i) {
    free(self->items[i].moment);
  }
  memset(self, 0, sizeof(*self));
}

void
ct_openings_forget(CtOpenings* const self)
{
  for (uint32_t i = 0U; i < CT_N_OPENINGS; ++i) {
    self->items[i].serial = 0U;
  }
}

/// Number of the opening of these wishes, or CT_N_OPENINGS
static uint32_t
find_item(const CtOpenings* const self,
          const CtSettings* const settings,
          const CtMeter           meter)
{
  uint32_t i = 0U;
  while (i < CT_N_OPENINGS &&
         !(self->items[i].serial &&
           ct_meter_equals(self->items[i].meter, meter) &&
           ct_settings_same_music(&self->items[i].settings, settings))) {
    ++i;
  }
  return i;
}

const CtMoment*
ct_openings_find(const CtOpenings* const self,
                 const CtSettings* const settings,
                 const CtMeter           meter)
{
  const uint32_t found = find_item(self, settings, meter);
  return found < CT_N_OPENINGS ? (const CtMoment*)self->items[found].moment
                               : NULL;
}

void
ct_openings_put(CtOpenings* const       self,
                const CtSettings* const settings,
                const CtMeter           meter,
                const CtMoment* const   moment)
{
  if (find_item(self, settings, meter) < CT_N_OPENINGS) {
    return;
  }

  CtOpening* oldest = &self->items[0];
  for (uint32_t i = 1U; i < CT_N_OPENINGS; ++i) {
    if (self->items[i].serial < oldest->serial) {
      oldest = &self->items[i];
    }
  }
  oldest->settings = *settings;
  oldest->meter    = meter;
  oldest->serial   = ++self->serial;
  memcpy(oldest->moment, moment, self->moment_size);
}

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

const CtMoment*
ct_openings_find(const CtOpenings* const self,
                 const CtSettings* const settings,
                 const CtMeter           meter)
{
  for (uint32_t i = 0U; i < CT_N_OPENINGS; ++i) {
    const CtOpening* const item = &self->items[i];
    if (item->serial && ct_meter_equals(item->meter, meter) &&
        ct_settings_equal(&item->settings, settings)) {
      return (const CtMoment*)item->moment;
    }
  }
  return NULL;
}

void
ct_openings_put(CtOpenings* const       self,
                const CtSettings* const settings,
                const CtMeter           meter,
                const CtMoment* const   moment)
{
  if (ct_openings_find(self, settings, meter)) {
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

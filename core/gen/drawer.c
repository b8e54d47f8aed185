// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/drawer.h"

#include <string.h>

CtStatus
ct_drawer_init(CtDrawer* const         self,
               const CtSettings* const settings,
               const CtMeterMap* const meters)
{
  CtStatus st = CT_SUCCESS;
  memset(self, 0, sizeof(*self));
  for (uint32_t i = 0U; i < CT_N_ASIDE && !st; ++i) {
    st = ct_sheet_init(&self->sheets[i], settings, meters);
  }
  return st;
}

void
ct_drawer_clear(CtDrawer* const self)
{
  for (uint32_t i = 0U; i < CT_N_ASIDE; ++i) {
    ct_sheet_clear(&self->sheets[i]);
  }
  memset(self, 0, sizeof(*self));
}

void
ct_drawer_empty(CtDrawer* const self)
{
  for (uint32_t i = 0U; i < CT_N_ASIDE; ++i) {
    self->serials[i] = 0U;
    ct_sections_forget(&self->sheets[i].sections, CT_FROM_BEGINNING);
  }
}

CtStatus
ct_drawer_reserve(CtDrawer* const self)
{
  CtStatus st = CT_SUCCESS;
  for (uint32_t i = 0U; i < CT_N_ASIDE && !st; ++i) {
    st = ct_sheet_reserve(&self->sheets[i]);
  }
  return st;
}

/// Number of the sheet that fits and was put aside last, or CT_N_ASIDE
static uint32_t
find_fitting(const CtDrawer* const self, const CtRequest* const request)
{
  uint32_t found = CT_N_ASIDE;
  for (uint32_t i = 0U; i < CT_N_ASIDE; ++i) {
    if (self->serials[i] && ct_request_fits(request, &self->sheets[i]) &&
        (found == CT_N_ASIDE || self->serials[found] < self->serials[i])) {
      found = i;
    }
  }
  return found;
}

/// Sheets of lower rank are given up first: empty ones, then the oldest, and
/// the one that a session restored never, as no model may write it again
static uint64_t
rank(const CtDrawer* const self, const uint32_t i)
{
  return self->serials[i] && self->sheets[i].is_restored ? UINT64_MAX
                                                         : self->serials[i];
}

static uint32_t
find_lowest(const CtDrawer* const self)
{
  uint32_t lowest = 0U;
  for (uint32_t i = 1U; i < CT_N_ASIDE; ++i) {
    if (rank(self, i) < rank(self, lowest)) {
      lowest = i;
    }
  }
  return lowest;
}

void
ct_drawer_choose(CtDrawer* const        self,
                 CtTake* const          take,
                 const CtRequest* const request)
{
  const CtSheet* const sheet = &take->sheet;
  if (request->entry != CT_BEGIN || ct_request_fits(request, sheet)) {
    return;
  }

  const uint32_t fitting  = find_fitting(self, request);
  const bool     is_heard = ct_sheet_is_heard(sheet);
  if (fitting == CT_N_ASIDE && !is_heard) {
    return;
  }

  const bool        comes  = fitting < CT_N_ASIDE;
  const uint32_t    i      = comes ? fitting : find_lowest(self);
  CtSettings        begins = request->settings;
  const CtMeterMap* meters = &self->sheets[i].meters;
  begins.salt              = ct_sheet_settings(sheet, request->from)->salt;
  ct_take_swap(take, &self->sheets[i]);
  self->serials[i] = is_heard ? ++self->serial : 0U;
  if (!comes) {
    ct_sheet_reset(&take->sheet, &begins, meters);
  }
}

const CtSheet*
ct_drawer_last(const CtDrawer* const self)
{
  uint32_t last = 0U;
  for (uint32_t i = 1U; i < CT_N_ASIDE; ++i) {
    if (self->serials[i] > self->serials[last]) {
      last = i;
    }
  }
  return self->serials[last] ? &self->sheets[last] : NULL;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/request.h"

#include "base/rng.h"

bool
ct_request_fits(const CtRequest* const request, const CtSheet* const sheet)
{
  return ct_settings_alike(ct_sheet_settings(sheet, request->from),
                           &request->settings) &&
         (!request->has_meter ||
          ct_sheet_has_bar(sheet, request->bar_tick, request->meter));
}

/// The settings of a request, with the salt that is in force or a new one
static CtSettings
season(const CtTake* const take, const CtRequest* const request)
{
  const CtTick   before = request->from - 1;
  const CtTick   at   = request->stir == CT_STIR_ONCE ? before : request->from;
  const uint64_t salt = ct_sheet_settings(&take->sheet, at)->salt;
  CtSettings     settings = request->settings;
  settings.salt           = (uint32_t)salt;
  switch (request->stir) {
  case CT_STIR_NOT:
    break;
  case CT_STIR_ONCE:
    settings.salt =
      (uint32_t)ct_mix((uint64_t)request->from ^ (salt << 32U)) | 1U;
    break;
  case CT_STIR_AGAIN:
    settings.salt = (uint32_t)ct_mix(salt + 1U) | 1U;
    break;
  }
  return settings;
}

/**
   Follow the wishes of a request.  @return False if there is no room

   Where they are those in force, later ones stay, as what is expected of a host
   that plays its automation once more.
*/
static bool
wish(CtTake* const take, const CtRequest* const request)
{
  const CtSettings settings = season(take, request);
  const CtTick     from =
    request->entry == CT_GO_ON ? request->from : CT_FROM_BEGINNING;
  return ct_settings_equal(ct_sheet_settings(&take->sheet, request->from),
                           &settings) ||
         !ct_take_wish(take, from, &settings);
}

bool
ct_request_follow(const CtRequest* const request, CtTake* const take)
{
  // Bars that are known may have come to be otherwise than the host showed
  // since
  if (request->has_meter &&
      !ct_sheet_has_bar(&take->sheet, request->bar_tick, request->meter)) {
    ct_take_meter(take, request->since, request->meter);
  }
  return wish(take, request);
}

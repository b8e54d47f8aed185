// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file setting_field.h Settings by number, as saved takes name them.

   Numbers are never used again for something else, so programs of all ages can
   read what they know of a take.
*/

#ifndef CT_GEN_SETTING_FIELD_H
#define CT_GEN_SETTING_FIELD_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/settings.h"

#include <stdint.h>

/// Fields have the numbers from 1 up to this one
#define CT_N_SETTING_FIELDS 26U

/// The value of field `id`, which must be one, as it is saved.
/// @thread main|worker
uint64_t
ct_setting_field_get(const CtSettings* settings, uint64_t id);

/**
   Set field `id` to a saved value; a field that is not known is passed over.

   @thread main|worker
   @return CT_SUCCESS, or CT_TAKE_NEWER: we have no such value.
*/
CT_NODISCARD CtStatus
ct_setting_field_set(CtSettings* settings, uint64_t id, uint64_t value);

#endif // CT_GEN_SETTING_FIELD_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file metadata.h What the readers of all networks' metadata share

#ifndef CT_MODEL_METADATA_H
#define CT_MODEL_METADATA_H

#include "base/attributes.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct cJSON;

/// Version of the `continuo` metadata that is read
#define CT_MODEL_FORMAT 2

/**
   Whether the metadata are of the format that is read, and of a kind.

   @thread main
   @param root Their JSON; null if it does not parse.
   @return CT_MODEL_BAD_METADATA, CT_MODEL_BAD_VERSION or CT_MODEL_BAD_KIND.
*/
CT_NODISCARD CtStatus
ct_metadata_check(const struct cJSON* root, const char* kind);

/// Read a whole number in [1, max].  @thread main  @return False if it is none
bool
ct_metadata_size(const struct cJSON* item, int max, uint32_t* out);

/// Whether a self-test's list has `n` numbers, each within 5e-3 of those that
/// the network gives.  @thread main
bool
ct_metadata_agrees(const struct cJSON* expected,
                   const float*        given,
                   uint32_t            n);

#endif // CT_MODEL_METADATA_H

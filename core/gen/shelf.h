// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file shelf.h Models in use in this process: each is there once, however
/// many play it

#ifndef CT_GEN_SHELF_H
#define CT_GEN_SHELF_H

#include "base/attributes.h"
#include "base/status.h"
#include "gen/model.h"

#include <stddef.h>
#include <stdint.h>

/**
   The model of these bytes, loaded unless it is there.

   @thread main
   @param bytes [size] As for ct_model_load().
   @param model Set to a model for ct_shelf_put_back(); null on failure.
   @return As ct_model_load().
*/
CT_NODISCARD CtStatus
ct_shelf_take(const uint8_t* bytes, size_t size, const CtModel** model);

/// As ct_shelf_take(), from the file at `path`.  @thread main
CT_NODISCARD CtStatus
ct_shelf_take_file(const char* path, const CtModel** model);

/// Free the model when nobody has it any more; null is fine.
/// @thread main|worker
void
ct_shelf_put_back(const CtModel* model);

#endif // CT_GEN_SHELF_H

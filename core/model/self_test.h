// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file self_test.h The self-test that travels in a file of an older design

#ifndef CT_MODEL_SELF_TEST_H
#define CT_MODEL_SELF_TEST_H

#include "base/attributes.h"
#include "base/status.h"
#include "model/design.h"

#include <stdint.h>

/**
   Run a file's own tests: input rows with the output rows that PyTorch gave for
   them.

   @thread main
   @param root The metadata's JSON.
   @param networks [n] Each must have a test.
   @return CT_MODEL_BAD_METADATA if one has none, or a test is not one,
   CT_MODEL_SELF_TEST if an output differs by more than 5e-3.
*/
CT_NODISCARD CtStatus
ct_self_test(const struct cJSON* root, const CtNetwork* networks, uint32_t n);

#endif // CT_MODEL_SELF_TEST_H

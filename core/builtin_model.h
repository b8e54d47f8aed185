// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file builtin_model.h The default model, inside the binary

#ifndef CT_BUILTIN_MODEL_H
#define CT_BUILTIN_MODEL_H

#include <stddef.h>
#include <stdint.h>

/// Bytes of the model file, aligned to 64
extern const uint8_t ct_builtin_model[];

/// Size of ct_builtin_model.  @thread any
size_t
ct_builtin_model_size(void);

#endif // CT_BUILTIN_MODEL_H

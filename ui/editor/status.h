// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file status.h One sentence on what is missing, or on what is pointed at

#ifndef ED_STATUS_H
#define ED_STATUS_H

#include "editor.h"

#include <stdbool.h>

/// The sentence of the status line.  @param is_warning Set to whether something
/// is missing.
const char*
ed_status(const Editor* self, bool* is_warning);

#endif // ED_STATUS_H

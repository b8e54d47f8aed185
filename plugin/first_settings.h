// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file first_settings.h What parameters begin with, where not by the table

#ifndef CONTINUO_PLUGIN_FIRST_SETTINGS_H
#define CONTINUO_PLUGIN_FIRST_SETTINGS_H

#include "continuo.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
   Let all instances of the process begin with `SYMBOL=VALUE`, or with
   `model=NAME` or another state of the plugin's own.

   @thread main, before there are instances
   @param setting Must stay.
   @return False if there is no such parameter, or the value is no number in its
   range, or there are too many.
*/
bool
first_settings_add(const char* setting);

/// What was given for `symbol` last, or null.  @thread main
const char*
first_settings_find(const char* symbol);

/// Set the parameters of a new instance.  @thread main
void
first_settings_apply(Continuo* continuo);

#ifdef __cplusplus
}
#endif

#endif // CONTINUO_PLUGIN_FIRST_SETTINGS_H

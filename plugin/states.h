// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file states.h What a host keeps beside the parameters: texts by their keys

#ifndef CONTINUO_PLUGIN_STATES_H
#define CONTINUO_PLUGIN_STATES_H

#include "continuo.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Key of the model: one of the user's own by its name, another by its path, or
/// CONTINUO_BUILTIN_MODEL
#define STATE_MODEL "model"

/// Key of the take, as continuo_save_take() writes it
#define STATE_TAKE "take"

/// How many keys there are
#define N_STATES 2U

/// Value of `key`; what goes wrong is said on standard error.
/// @thread any but audio
/// @return Memory for free(), or null if there is none
char*
states_get(Continuo* continuo, const char* key);

/// Set `key`, in any order, again and again; an empty value, by which hosts
/// mean the default, changes nothing.  What goes wrong is said on standard
/// error in one sentence, and what was playing plays on.  @thread any but audio
void
states_set(Continuo* continuo, const char* key, const char* value);

#ifdef __cplusplus
}
#endif

#endif // CONTINUO_PLUGIN_STATES_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model_find.h The user's own models, and their styles

#ifndef CONTINUO_CLI_MODEL_FIND_H
#define CONTINUO_CLI_MODEL_FIND_H

#include "command.h"
#include "options.h"

#include "continuo.h"

#include <stdbool.h>

/// Load the model that is called `name`: a file, or else one of the user's own.
/// @return CLI_DONE, or it is said why not
CliExit
cli_set_model(Continuo* self, const char* name);

/// Whether a model of the user's own has the style called `name`
bool
cli_has_own_style(const Continuo* self, const char* name);

/// Set the style by its name, in lower or upper case.
/// @param loads Whether a model of the user's own may be loaded for it.
/// @return False if it is not known, and then nothing is said
bool
cli_set_style(Continuo* self, const char* name, bool loads);

/// Print the styles, one a line, and which file has those of the user's own
CliExit
cli_print_styles(const Continuo* self, const CliOptions* options);

/// Print the models, one a line
CliExit
cli_print_models(const Continuo* self, const CliOptions* options);

#endif // CONTINUO_CLI_MODEL_FIND_H

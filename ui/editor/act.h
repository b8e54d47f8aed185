// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file act.h What controls do, however they are reached

#ifndef ED_ACT_H
#define ED_ACT_H

#include "editor.h"

#include <stdbool.h>

/// A control is clicked at a place, or entered by the keyboard.
void
ed_act(Editor* self, EdControlId id, float x, float y);

/// A control goes back to where it stands in a new instance.
void
ed_act_default(Editor* self, EdControlId id);

/// A control goes on by steps.
void
ed_act_step(Editor* self, EdControlId id, float n, bool is_fine);

/// A row of a control's menu is chosen.
void
ed_act_menu(Editor* self, EdControlId id, int row);

/// Begin to type, from `text` on.
void
ed_act_type(Editor* self, EdControlId id, const char* text);

/// What was typed is to count.
void
ed_act_typed(Editor* self);

#endif // ED_ACT_H

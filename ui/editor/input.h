// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file input.h Pointer and keyboard

#ifndef ED_INPUT_H
#define ED_INPUT_H

#include "editor.h"

#include <stdbool.h>
#include <stdint.h>

CONTINUO_BEGIN_DECLS

/// Keys that are no characters
typedef enum {
  ED_KEY_NONE,
  ED_KEY_TAB,
  ED_KEY_BACK_TAB, ///< With shift
  ED_KEY_ENTER,
  ED_KEY_ESCAPE,
  ED_KEY_BACKSPACE,
  ED_KEY_LEFT,
  ED_KEY_RIGHT,
  ED_KEY_UP,
  ED_KEY_DOWN,
  ED_KEY_HOME, ///< The default
  ED_KEY_SPACE,
} EdKey;

/// The main button goes down.  @return Whether anything was there
bool
ed_press(Editor* self, float x, float y, bool is_fine);

/// The main button goes up.
void
ed_release(Editor* self, float x, float y);

/// The pointer moves.  @param is_fine With shift
void
ed_move(Editor* self, float x, float y, bool is_fine);

/// The pointer leaves the window; what is dragged goes on.
void
ed_leave(Editor* self);

/// The wheel turns by `n` steps, up if positive.  @return Whether it was used
bool
ed_wheel(Editor* self, float x, float y, float n, bool is_fine);

/// A key goes down.  @return Whether it was used; else the host may
bool
ed_key(Editor* self, EdKey key, bool is_fine);

/// A character is typed.  @return Whether it was used
bool
ed_character(Editor* self, uint32_t character);

CONTINUO_END_DECLS

#endif // ED_INPUT_H

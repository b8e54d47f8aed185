// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file browser.h The browser of presets and models

#ifndef ED_BROWSER_H
#define ED_BROWSER_H

#include "editor.h"
#include "input.h"
#include "rect.h"

#include <stdbool.h>

/// Buttons below the list
typedef enum {
  ED_BROWSER_SAVE,
  ED_BROWSER_RENAME,
  ED_BROWSER_DELETE,
  ED_BROWSER_CLOSE,
  ED_N_BROWSER_BUTTONS
} EdBrowserButton;

/// Where its parts are
typedef struct {
  EdRect groups;
  EdRect rows;
  EdRect about;
  EdRect name;
  EdRect buttons[ED_N_BROWSER_BUTTONS];
} EdBrowserLayout;

/// Height of a row
#define ED_ROW (3.0F * ED_GRID)

EdBrowserLayout
ed_browser_layout(const Editor* self);

/// Open it, or close it.
void
ed_browser_open(Editor* self);

/// The main button goes down inside.
void
ed_browser_press(Editor* self, float x, float y);

/// The wheel turns inside.
void
ed_browser_scroll(Editor* self, float x, float n);

/// A key goes down while it is open.
bool
ed_browser_key(Editor* self, EdKey key);

#endif // ED_BROWSER_H

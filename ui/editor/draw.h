// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file draw.h The window as a picture

#ifndef ED_DRAW_H
#define ED_DRAW_H

#include "batch.h"
#include "editor.h"
#include "nanovg.h"
#include "theme.h"

CONTINUO_BEGIN_DECLS

/// What lies under everything: panels and names.
void
ed_draw_base(NVGcontext* vg, const Editor* self);

/// A control, with what is behind it.
void
ed_draw_control(NVGcontext* vg, const Editor* self, EdControlId id);

/// The line of status, but for its lights.
void
ed_draw_status(NVGcontext* vg, const Editor* self);

/// The browser, if it is open.
void
ed_draw_browser(NVGcontext* vg, const Editor* self);

/// The dialog for files, which is open.
void
ed_draw_files(NVGcontext* vg, const Editor* self);

/// A row of a list
typedef struct {
  EdRect      rect;
  const char* text;
  float       size; ///< Of the text
  EdColorId   color;
  bool        is_chosen;
} EdEntryLook;

/// A row of the browser, or of the dialog.
void
ed_draw_entry(NVGcontext* vg, const Editor* self, EdEntryLook look);

/// A button of the browser, or of the dialog.
void
ed_draw_push(NVGcontext*   vg,
             const Editor* self,
             EdRect        rect,
             const char*   text,
             bool          is_main);

/// The open menu, if there is one.
void
ed_draw_menu(NVGcontext* vg, const Editor* self);

/// Roll, keyboard, chances and range, but for their words.
void
ed_draw_roll(EdBatch* batch, const Editor* self);

/// Words on the roll and above it.
void
ed_draw_roll_words(NVGcontext* vg, const Editor* self);

/// The lights of MIDI.
void
ed_draw_lights(EdBatch* batch, const Editor* self);

/// How loud the sound is.
void
ed_draw_meter(EdBatch* batch, const Editor* self);

/// A knob with its name and value.
void
ed_draw_knob(NVGcontext* vg, const Editor* self, EdControlId id);

/// The circle of fifths.
void
ed_draw_circle(NVGcontext* vg, const Editor* self);

/// What a value control shows: what is typed, or the value.  @return `text`, or
/// what is typed
const char*
ed_draw_value(const Editor* self, EdControlId id, char text[ED_VALUE_SIZE]);

CONTINUO_END_DECLS

#endif // ED_DRAW_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file files.h A dialog of our own for files.

   DPF has one to open files on X11 and none to save them, and a host's or a
   desktop's would be another one in each.  This one is part of the window: it
   blocks nobody, and is there in all formats.
*/

#ifndef ED_FILES_H
#define ED_FILES_H

#include "editor.h"
#include "input.h"
#include "rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Buttons below the list
typedef enum {
  ED_FILES_DONE, ///< Save or open
  ED_FILES_CANCEL,
  ED_N_FILES_BUTTONS
} EdFilesButton;

/// Where its parts are
typedef struct {
  EdRect path;
  EdRect up;
  EdRect rows;
  EdRect name;
  EdRect buttons[ED_N_FILES_BUTTONS];
} EdFilesLayout;

EdFilesLayout
ed_files_layout(const Editor* self);

/**
   Ask where to save a file.

   @param bytes What is in it, owned from here on.
   @param name Proposed, with its ending.
*/
void
ed_files_save(Editor* self, uint8_t* bytes, size_t size, const char* name);

/**
   Ask for a file to open.

   @param state Key of the state that is to be its path; static.
   @param endings Of the names of files that are shown, without the dot; null
   ends them; static.
   @param path Where to begin: of a file, or null.
*/
void
ed_files_open(Editor*            self,
              const char*        state,
              const char* const* endings,
              const char*        path);

/// Whether it is open.
bool
ed_files_is_open(const Editor* self);

/// Close it; what was to be saved is lost.
void
ed_files_close(Editor* self);

/// The main button goes down inside.
void
ed_files_press(Editor* self, float x, float y);

/// The wheel turns inside.
void
ed_files_scroll(Editor* self, float n);

/// A key goes down while it is open.
bool
ed_files_key(Editor* self, EdKey key);

/// A character is typed where a file is to be opened: go to what begins so.
void
ed_files_seek(Editor* self, uint32_t character);

/// A name was typed.
void
ed_files_named(Editor* self, const char* name);

#endif // ED_FILES_H

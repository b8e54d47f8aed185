// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file editor.h The window: what it shows, and what is done to it.

   It knows nothing of pixels' scale, of OpenGL or of the host: these come from
   outside, so that it can be tested without.  One thread uses it.
*/

#ifndef ED_EDITOR_H
#define ED_EDITOR_H

#include "continuo.h"
#include "control.h"
#include "folder.h"
#include "layout.h"
#include "library.h"
#include "notes.h"
#include "rect.h"
#include "value.h"

#include <stdbool.h>
#include <stdint.h>

CONTINUO_BEGIN_DECLS

/// The instrument's sound, as the plugin knows it
typedef struct {
  void* handle;

  /// Value of a row of synth_param(), or no number if it is not known
  float (*value)(void* handle, uint32_t id);

  /// Peaks since the last time, left and right; 1 is full
  void (*levels)(void* handle, float levels[2]);

  /// What SoundFont was chosen: a path, or another text for the system's
  void (*font)(void* handle, char path[ED_PATH_SIZE]);
} EdSound;

/// How the window reaches the plugin, by way of the host
typedef struct {
  void* handle;
  void (*edit)(void* handle, uint32_t param, bool begins);
  void (*set_param)(void* handle, uint32_t param, float value);
  void (*set_state)(void* handle, const char* key, const char* value);
  const EdSound* sound; ///< Null for the MIDI effect
} EdHost;

/// Where files are; null for none
typedef struct {
  char* presets;
  char* models;
  char* music;
} EdFolders;

/// Bytes of a text that is typed and its end
#define ED_TYPED_SIZE 64U

/// Bytes of an ending such as ".musicxml" and its end
#define ED_N_ENDING 16U

/// A text that is being typed
typedef struct {
  EdControlId control; ///< The value of this one, or ED_N_CONTROLS
  bool        is_name; ///< Or the name of a preset or a file
  char        text[ED_TYPED_SIZE];
} EdTyped;

/// An open menu
typedef struct {
  EdControlId control; ///< ED_N_CONTROLS if none is open
  int         over;    ///< Row under the pointer, or -1
  float       scroll;  ///< Pixels
} EdMenu;

/// The browser of presets
typedef struct {
  bool   is_open;
  int    group;               ///< Row of the left column
  int    row;                 ///< Chosen row of the right column, or -1
  float  scroll;              ///< Pixels, of the right column
  char   name[ED_TYPED_SIZE]; ///< To save or rename by
  double delete_time;         ///< When deleting was asked for once
} EdBrowser;

/// The dialog for files
typedef struct {
  bool               is_open;
  char               folder[ED_PATH_SIZE];
  EdFolder           rows;    ///< What is in it
  const char* const* endings; ///< Of the files shown, or null for all
  int                row;     ///< Chosen, or -1
  float              scroll;  ///< Pixels
  char               name[ED_TYPED_SIZE]; ///< To save under, or what is sought
  char               ending[ED_N_ENDING]; ///< That a name must have
  uint8_t*           bytes; ///< To be saved; null if a file is to be opened
  size_t             size;
  const char*        state;               ///< That is to be the path
  char               saved[ED_PATH_SIZE]; ///< Folder of what was saved last
  double             replace_time;        ///< When replacing was asked for once
  double             seek_time; ///< When a letter of a name was typed last
} EdFiles;

/// A control that is dragged
typedef struct {
  EdControlId control; ///< ED_N_CONTROLS if none is
  float       y;       ///< Where the pointer was last
  float       share;   ///< Value before it is rounded, from 0 to 1
  bool        has_moved;
} EdDrag;

/// A parameter as the window knows it
typedef struct {
  float  shown;
  float  told;       ///< By the plugin, last
  bool   is_waiting; ///< The plugin is yet to follow what the window set
  double set_time;   ///< When it did
} EdParam;

/// The window
typedef struct {
  Continuo*        continuo; ///< Null if the host shows none
  EdHost           host;
  EdFolders        folders;
  EdLayout         layout;
  EdParam          params[ED_N_PARAMS];
  ContinuoView     view;
  double           now;       ///< Seconds
  double           view_time; ///< When the view came
  double           tick;      ///< Playhead, smoothed
  EdNotes          notes;
  ContinuoChoices  choices; ///< What the note at the playhead was drawn from
  ContinuoViewNote drawn;   ///< That note
  bool             has_choices; ///< They are known
  EdLibrary        library;
  EdControlId      focus;       ///< What has the keyboard
  bool             shows_focus; ///< The keyboard was used last
  EdControlId      over;        ///< What has the pointer
  float            x;           ///< Of the pointer
  float            y;
  EdDrag           drag;
  EdMenu           menu;
  EdBrowser        browser;
  EdFiles          files;
  EdTyped          typed;
  double           click_time; ///< Of the last press
  EdControlId      click_control;
  double           release_time; ///< When a trigger is to be let go; 0 if none
  double           light_time;   ///< When MIDI was last sent
  double           heard_time;   ///< When MIDI was last received
  float            levels[2];    ///< Of the sound
  double           level_time;   ///< When they were read
  char             font[ED_PATH_SIZE];      ///< SoundFont
  double           font_time;               ///< When it was asked for
  char             said[CONTINUO_WHY_SIZE]; ///< What the window itself says
  double           said_time;
  char             notice[CONTINUO_WHY_SIZE]; ///< What the plugin says
  bool             has_notice_read;           ///< The user saw it
} Editor;

/// A window on `continuo`, which may be null.  @return For editor_free(), or
/// null if out of memory
Editor*
editor_new(Continuo* continuo, const EdHost* host);

/// Null is fine.
void
editor_free(Editor* self);

/// The window has this size, in pixels without scale.
void
editor_resize(Editor* self, float width, float height);

/// Follow the plugin; to be called before each picture.  @param now Seconds
void
editor_follow(Editor* self, double now);

/// The host tells a value.
void
editor_param_changed(Editor* self, uint32_t id, float value);

/// Bytes of the title of what plays and its end
#define ED_TITLE_SIZE (CONTINUO_PRESET_NAME_SIZE + 16U)

/// What the SoundFont is called.  @return Borrowed until a change
const char*
editor_font_name(const Editor* self);

/// Name of the preset that plays, and whether it was changed.
void
editor_title(const Editor* self, char text[ED_TITLE_SIZE]);

/// Set a parameter as the user does.
void
editor_set(Editor* self, uint32_t id, float value);

/// Say something in the status line, for a while.
void
editor_say(Editor* self, const char* sentence);

/// Say something of a thing: both with a colon between.
void
editor_say_of(Editor* self, const char* thing, const char* sentence);

/// Whether something lies over the roll and the controls.
bool
editor_is_covered(const Editor* self);

/// The sentence of the status line.  @param is_warning Set to whether something
/// is missing.
const char*
editor_status(const Editor* self, bool* is_warning);

/// Value that a control shows.
float
editor_value(const Editor* self, EdControlId id);

/// Rows of the menu of a control.
int
editor_menu_size(const Editor* self, EdControlId id);

/// Row of a menu.  @return Null past the last
const char*
editor_menu_row(const Editor* self, EdControlId id, int row);

/// Let the row of the open menu that would be taken be seen.
void
editor_menu_show(Editor* self);

/// Where the open menu is.
EdRect
editor_menu_rect(const Editor* self);

/// What plays is called so from here on.
void
editor_name_preset(Editor* self, const char* name);

/// Play by preset `number` of the library.
void
editor_choose_preset(Editor* self, int number);

CONTINUO_END_DECLS

#endif // ED_EDITOR_H

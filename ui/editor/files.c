// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "files.h"

#include "act.h"
#include "browser.h"
#include "folder.h"
#include "theme.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/// Seconds in which replacing must be asked for again
static const double sure_time = 6.0;

EdFilesLayout
ed_files_layout(const Editor* const self)
{
  EdFilesLayout layout;
  EdRect        rest = ed_rect_inset(self->layout.browser, ED_GRID);
  const float   up   = ED_GRID * 8.0F;
  const float   side = ED_GRID * 11.0F;
  layout.path        = (EdRect){rest.x, rest.y, rest.w - up - ED_GRID, ED_ROW};
  layout.up          = (EdRect){rest.x + rest.w - up, rest.y, up, ED_ROW};
  const EdRect bar   = {rest.x, rest.y + rest.h - ED_ROW, rest.w, ED_ROW};
  layout.rows        = (EdRect){rest.x,
                                rest.y + ED_ROW + ED_GRID,
                                rest.w,
                                rest.h - (2.0F * (ED_ROW + ED_GRID))};
  layout.name =
    (EdRect){bar.x, bar.y, bar.w - (2.0F * (side + ED_GRID)), bar.h};
  const EdRect buttons = {
    bar.x + layout.name.w + ED_GRID, bar.y, (2.0F * side) + ED_GRID, bar.h};
  for (int i = 0; i < ED_N_FILES_BUTTONS; ++i) {
    layout.buttons[i] = ed_rect_column(buttons, i, ED_N_FILES_BUTTONS, ED_GRID);
  }
  return layout;
}

/// Show another folder, or the same anew
static void
list(Editor* const self)
{
  EdFiles* const files = &self->files;
  const char*    why   = NULL;
  ed_folder_clear(&files->rows);
  files->row    = -1;
  files->scroll = 0.0F;
  why           = ed_folder_read(&files->rows, files->folder, files->endings);
  if (why && !(errno == ENOENT && files->bytes)) { // It is made when saving
    editor_say_of(self, files->folder, why);
  }
}

static void
go_to(Editor* const self, const char* const folder)
{
  EdFiles* const files = &self->files;
  if (ed_path_copy(files->folder, folder)) {
    list(self);
  }
}

/// A row has the pointer or the arrow keys
static void
choose(Editor* const self, const int row)
{
  EdFiles* const files = &self->files;
  if (row < 0 || row >= files->rows.n_rows) {
    return;
  }
  const EdFolderRow* const chosen = &files->rows.rows[row];
  files->row                      = row;
  const size_t length             = strlen(chosen->name);
  if (files->bytes && !chosen->is_folder && length < sizeof(files->name)) {
    memcpy(files->name, chosen->name, length + 1U);
  }
}

/// Let the chosen row be seen
static void
show_row(Editor* const self)
{
  EdFiles* const files = &self->files;
  const float    h     = ed_files_layout(self).rows.h;
  const float    top   = ED_ROW * (float)files->row;
  files->scroll        = fminf(files->scroll, top);
  files->scroll        = fmaxf(files->scroll, top + ED_ROW - h);
}

/// The folder that this one is in, where this one is chosen
static void
go_up(Editor* const self)
{
  EdFiles* const files = &self->files;
  char           folder[ED_PATH_SIZE];
  (void)ed_path_copy(folder, files->folder);
  char* const last = strrchr(folder, '/');
  if (!last || !last[1]) {
    return; // At the root
  }
  char name[ED_PATH_SIZE];
  (void)ed_path_copy(name, last + 1);
  last[last == folder ? 1 : 0] = '\0';
  go_to(self, folder);
  for (int i = 0; i < files->rows.n_rows; ++i) {
    if (!strcmp(files->rows.rows[i].name, name)) {
      choose(self, i);
      show_row(self);
    }
  }
}

/// Propose a name that no file has yet
static void
propose(EdFiles* const files, const char* const name)
{
  const char* const dot    = strrchr(name, '.');
  const int         n_stem = (int)(dot ? dot - name : (long)strlen(name));
  char              path[ED_PATH_SIZE];
  struct stat       there;
  (void)snprintf(files->ending, sizeof(files->ending), "%s", dot ? dot : "");
  (void)snprintf(files->name, sizeof(files->name), "%s", name);
  for (int i = 2; i < 1000 && ed_path_join(path, files->folder, files->name) &&
                  !stat(path, &there);
       ++i) {
    (void)snprintf(files->name,
                   sizeof(files->name),
                   "%.*s (%d)%s",
                   n_stem,
                   name,
                   i,
                   files->ending);
  }
}

void
ed_files_save(Editor* const     self,
              uint8_t* const    bytes,
              const size_t      size,
              const char* const name)
{
  EdFiles* const files = &self->files;
  ed_files_close(self);
  self->browser.is_open = false;
  files->is_open        = true;
  files->bytes          = bytes;
  files->size           = size;
  files->endings        = NULL;
  go_to(self,
        files->saved[0] ? files->saved
                        : (self->folders.music ? self->folders.music : "/"));
  propose(files, name);
}

void
ed_files_open(Editor* const            self,
              const char* const        state,
              const char* const* const endings,
              const char* const        path)
{
  EdFiles* const files = &self->files;
  char           folder[ED_PATH_SIZE];
  ed_files_close(self);
  self->browser.is_open = false;
  files->is_open        = true;
  files->state          = state;
  files->endings        = endings;
  files->name[0]        = '\0';
  files->seek_time      = -1e9;
  if (path && path[0] == '/' && ed_path_copy(folder, path)) {
    char* const last             = strrchr(folder, '/');
    last[last == folder ? 1 : 0] = '\0';
    go_to(self, folder);
  } else {
    go_to(self, getenv("HOME") ? getenv("HOME") : "/");
  }
}

bool
ed_files_is_open(const Editor* const self)
{
  return self->files.is_open;
}

void
ed_files_close(Editor* const self)
{
  EdFiles* const files = &self->files;
  ed_folder_clear(&files->rows);
  free(files->bytes);
  files->bytes        = NULL;
  files->is_open      = false;
  files->replace_time = -sure_time;
  if (self->typed.control == ED_SAVE) {
    self->typed.control = ED_N_CONTROLS;
  }
}

/// Whether a name ends as it should, or can be made to
static bool
complete_name(EdFiles* const files)
{
  const size_t length = strlen(files->name);
  const size_t ending = strlen(files->ending);
  if (length >= ending &&
      !strcasecmp(files->name + length - ending, files->ending)) {
    return true;
  }
  if (length + ending >= sizeof(files->name)) {
    return false;
  }
  memcpy(files->name + length, files->ending, ending + 1U);
  return true;
}

static void
save(Editor* const self)
{
  EdFiles* const files = &self->files;
  char           path[ED_PATH_SIZE];
  if (!files->name[0] || strchr(files->name, '/')) {
    editor_say(self, "Give it a name, without a slash");
    return;
  }
  if (!complete_name(files) ||
      !ed_path_join(path, files->folder, files->name)) {
    editor_say(self, "That name is too long");
    return;
  }

  struct stat there;
  if (!stat(path, &there) && self->now - files->replace_time > sure_time) {
    files->replace_time = self->now;
    editor_say(self, "There is one of that name: save again to replace it");
    return;
  }
  if (self->folders.music && !strcmp(files->folder, self->folders.music)) {
    (void)mkdir(files->folder, 0755);
  }
  const char* const why = ed_file_write(path, files->bytes, files->size);
  if (why) {
    editor_say_of(self, "Not saved", why);
    return;
  }
  (void)ed_path_copy(files->saved, files->folder);
  ed_files_close(self);
  editor_say_of(self, "Saved", path);
}

static void
open_row(Editor* const self, const int row)
{
  EdFiles* const files = &self->files;
  char           path[ED_PATH_SIZE];
  if (row < 0 || row >= files->rows.n_rows) {
    editor_say(self, "Choose a file first");
  } else if (!ed_path_join(path, files->folder, files->rows.rows[row].name)) {
    editor_say(self, "That path is too long");
  } else if (files->rows.rows[row].is_folder) {
    go_to(self, path);
  } else {
    self->host.set_state(self->host.handle, files->state, path);
    ed_files_close(self);
  }
}

static void
finish(Editor* const self)
{
  const EdFiles* const files = &self->files;
  const bool           is_folder =
    files->row >= 0 && files->rows.rows[files->row].is_folder;
  if (files->bytes && !is_folder) {
    save(self);
  } else {
    open_row(self, files->row);
  }
}

void
ed_files_press(Editor* const self, const float x, const float y)
{
  const EdFilesLayout layout = ed_files_layout(self);
  EdFiles* const      files  = &self->files;
  if (ed_rect_has(layout.up, x, y)) {
    go_up(self);
  } else if (ed_rect_has(layout.rows, x, y)) {
    const int  row = (int)((y - layout.rows.y + files->scroll) / ED_ROW);
    const bool is_folder =
      row < files->rows.n_rows && files->rows.rows[row].is_folder;
    if (is_folder) {
      open_row(self, row);
    } else {
      choose(self, row);
    }
  } else if (files->bytes && ed_rect_has(layout.name, x, y)) {
    ed_act_type(self, ED_SAVE, files->name);
  } else if (ed_rect_has(layout.buttons[ED_FILES_DONE], x, y)) {
    finish(self);
  } else if (ed_rect_has(layout.buttons[ED_FILES_CANCEL], x, y)) {
    ed_files_close(self);
  }
}

void
ed_files_scroll(Editor* const self, const float n)
{
  EdFiles* const files = &self->files;
  const float    most =
    (ED_ROW * (float)files->rows.n_rows) - ed_files_layout(self).rows.h;
  files->scroll =
    fmaxf(0.0F, fminf(files->scroll - (n * ED_ROW * 3.0F), fmaxf(most, 0.0F)));
}

bool
ed_files_key(Editor* const self, const EdKey key)
{
  const EdFiles* const files = &self->files;
  switch (key) {
  case ED_KEY_ESCAPE:
    ed_files_close(self);
    return true;
  case ED_KEY_ENTER:
    finish(self);
    return true;
  case ED_KEY_BACKSPACE:
  case ED_KEY_LEFT:
    go_up(self);
    return true;
  case ED_KEY_DOWN:
    choose(self, files->row + 1);
    show_row(self);
    return true;
  case ED_KEY_UP:
    choose(self, files->row - 1);
    show_row(self);
    return true;
  default:
    return false;
  }
}

void
ed_files_seek(Editor* const self, const uint32_t character)
{
  static const double pause = 1.0;

  EdFiles* const files  = &self->files;
  size_t         length = strlen(files->name);
  if (self->now - files->seek_time > pause) {
    length = 0U;
  }
  files->seek_time = self->now;
  if (character > '~' || length + 1U >= sizeof(files->name)) {
    return;
  }
  files->name[length]      = (char)character;
  files->name[length + 1U] = '\0';
  for (int i = files->rows.n_rows - 1; i >= 0; --i) {
    if (!strncasecmp(files->rows.rows[i].name, files->name, length + 1U)) {
      choose(self, i);
      show_row(self);
    }
  }
}

void
ed_files_named(Editor* const self, const char* const name)
{
  EdFiles* const files = &self->files;
  (void)snprintf(files->name, sizeof(files->name), "%s", name);
  files->row          = -1;
  files->replace_time = -sure_time;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file files.c The dialog for files: nothing is lost, and all that fails is
/// said

#include "files.h"

#include "act.h"
#include "browser.h"
#include "input.h"
#include "scene.h"
#include "theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[] = "/tmp/continuo-files-XXXXXX";

/// Before anything was played
static int
begin_early(void** const state)
{
  *state = scene_begin(ED_WIDTH, ED_HEIGHT);
  assert_non_null(*state);
  return 0;
}

static int
begin(void** const state)
{
  const int status = begin_early(state);
  scene_play((Scene*)*state, 4.0);
  return status;
}

static int
end(void** const state)
{
  Scene* const scene = (Scene*)*state;
  assert_int_equal(scene->n_edits, 0);
  scene_free(scene);
  return 0;
}

/// A path below the home of this test
static const char*
at_home(const char* const name)
{
  static char path[256];
  (void)snprintf(path, sizeof(path), "%s/%s", home, name);
  return path;
}

static long
size_of(const char* const path)
{
  struct stat there;
  return stat(path, &there) ? -1L : (long)there.st_size;
}

static void
write_text(const char* const path, const char* const text)
{
  FILE* const file = fopen(path, "wbe");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1U, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

static void
click(Scene* const scene, const EdRect rect)
{
  const float x = rect.x + (rect.w / 2.0F);
  const float y = rect.y + (rect.h / 2.0F);
  ed_move(scene->editor, x, y, false);
  assert_true(ed_press(scene->editor, x, y, false));
  ed_release(scene->editor, x, y);
}

static void
push(Scene* const scene, const EdFilesButton button)
{
  click(scene, ed_files_layout(scene->editor).buttons[button]);
}

/// Click the row of a name
static void
click_row(Scene* const scene, const char* const name)
{
  const EdFiles* const files = &scene->editor->files;
  const EdRect         rows  = ed_files_layout(scene->editor).rows;
  for (int i = 0; i < files->rows.n_rows; ++i) {
    if (!strcmp(files->rows.rows[i].name, name)) {
      const EdRect row = {rows.x, rows.y + (ED_ROW * (float)i), rows.w, ED_ROW};
      click(scene, row);
      return;
    }
  }
  fail_msg("There is no %s in %s", name, files->folder);
}

static void
type(Scene* const scene, const char* const text)
{
  for (const char* c = text; *c; ++c) {
    assert_true(ed_character(scene->editor, (uint32_t)(unsigned char)*c));
  }
}

static void
assert_said(const Scene* const scene, const char* const part)
{
  bool              is_warning = false;
  const char* const said       = editor_status(scene->editor, &is_warning);
  if (!strstr(said, part)) {
    fail_msg("\"%s\" says nothing of \"%s\"", said, part);
  }
}

static int
count_files(const char* const folder, const char* const suffix)
{
  int            n   = 0;
  DIR* const     dir = opendir(folder);
  struct dirent* entry;
  while (dir && (entry = readdir(dir))) {
    const char* const dot = strrchr(entry->d_name, '.');
    n += dot && !strcmp(dot, suffix);
  }
  if (dir) {
    (void)closedir(dir);
  }
  return n;
}

static void
test_save(void** const state)
{
  Scene* const  scene      = (Scene*)*state;
  Editor* const editor     = scene->editor;
  bool          is_warning = false;
  char          folder[64];
  (void)snprintf(folder, sizeof(folder), "%s/Music", home);
  ed_act_menu(editor, ED_SAVE, 0);
  assert_non_null(strstr(editor_status(editor, &is_warning), "Nothing"));
  scene_play(scene, 6.0);
  for (int row = 0; row < 4; ++row) {
    ed_act_menu(editor, ED_SAVE, row);
    assert_true(ed_key(editor, ED_KEY_ENTER, false));
    assert_non_null(strstr(editor_status(editor, &is_warning), folder));
  }
  assert_int_equal(count_files(folder, ".mid"), 2);
  assert_int_equal(count_files(folder, ".musicxml"), 2);
}

static void
test_saved_under_a_name(void** const state)
{
  Scene* const scene = (Scene*)*state;
  ed_act_menu(scene->editor, ED_SAVE, 0);
  assert_true(ed_files_is_open(scene->editor));
  assert_true(strstr(scene->editor->files.name, "Continuo Chopin") != NULL);
  type(scene, "my song");
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_false(ed_files_is_open(scene->editor));
  assert_true(size_of(at_home("Music/my song.mid")) > 100L);
  assert_said(scene, "Saved");
}

static void
test_cancelled(void** const state)
{
  Scene* const scene = (Scene*)*state;
  ed_act_menu(scene->editor, ED_SAVE, 1);
  type(scene, "never");
  assert_true(ed_key(scene->editor, ED_KEY_ESCAPE, false)); // What was typed
  assert_true(ed_files_is_open(scene->editor));
  assert_true(ed_key(scene->editor, ED_KEY_ESCAPE, false));
  assert_false(ed_files_is_open(scene->editor));
  ed_act_menu(scene->editor, ED_SAVE, 1);
  push(scene, ED_FILES_CANCEL);
  assert_false(ed_files_is_open(scene->editor));
  assert_int_equal(size_of(at_home("Music/never.mid")), -1);
}

static void
test_replaced_when_sure(void** const state)
{
  Scene* const scene = (Scene*)*state;
  (void)mkdir(at_home("Music"), 0755);
  write_text(at_home("Music/old.mid"), "mine");
  ed_act_menu(scene->editor, ED_SAVE, 0);
  click_row(scene, "old.mid");
  push(scene, ED_FILES_DONE);
  assert_said(scene, "replace");
  assert_int_equal(size_of(at_home("Music/old.mid")), 4);
  push(scene, ED_FILES_DONE);
  assert_false(ed_files_is_open(scene->editor));
  assert_true(size_of(at_home("Music/old.mid")) > 100L);
}

/// A name that is taken is not proposed
static void
test_proposes_what_is_free(void** const state)
{
  Scene* const scene = (Scene*)*state;
  char         first[ED_TYPED_SIZE];
  ed_act_menu(scene->editor, ED_SAVE, 3);
  memcpy(first, scene->editor->files.name, sizeof(first));
  push(scene, ED_FILES_DONE);
  assert_false(ed_files_is_open(scene->editor));
  ed_act_menu(scene->editor, ED_SAVE, 3);
  assert_string_not_equal(scene->editor->files.name, first);
  push(scene, ED_FILES_DONE);
  assert_false(ed_files_is_open(scene->editor));
}

static void
test_elsewhere(void** const state)
{
  Scene* const scene = (Scene*)*state;
  (void)mkdir(at_home("Music"), 0755);
  (void)mkdir(at_home("Other"), 0755);
  ed_act_menu(scene->editor, ED_SAVE, 0);
  click(scene, ed_files_layout(scene->editor).up);
  assert_string_equal(scene->editor->files.folder, home);
  click_row(scene, "Other");
  type(scene, "there.MID"); // Its ending is fine
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_true(size_of(at_home("Other/there.MID")) > 100L);

  ed_act_menu(scene->editor, ED_SAVE, 0); // Once more there
  assert_string_equal(scene->editor->files.folder, at_home("Other"));
}

/// A place that nobody can write to, root included
static void
test_unwritable(void** const state)
{
  Scene* const scene = (Scene*)*state;
  (void)mkdir(at_home("Music"), 0755);
  ed_act_menu(scene->editor, ED_SAVE, 0);
  (void)snprintf(scene->editor->files.folder,
                 sizeof(scene->editor->files.folder),
                 "/proc/self");
  type(scene, "x");
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_said(scene, "Not saved");
  assert_true(ed_files_is_open(scene->editor)); // To be tried elsewhere
  assert_non_null(scene->editor->files.bytes);
  type(scene, "a/b");
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_said(scene, "slash");
}

static void
test_opened(void** const state)
{
  static const char* const endings[] = {"sf2", "sf3", NULL};

  Scene* const scene = (Scene*)*state;
  (void)mkdir(at_home("Fonts"), 0755);
  write_text(at_home("Fonts/a.SF2"), "a");
  write_text(at_home("Fonts/b.txt"), "b");
  write_text(at_home("Fonts/.c.sf2"), "c");
  (void)mkdir(at_home("Fonts/more"), 0755);
  ed_files_open(scene->editor, "soundfont", endings, at_home("Fonts/x.sf2"));
  assert_int_equal(scene->editor->files.rows.n_rows, 2);
  push(scene, ED_FILES_DONE);
  assert_said(scene, "Choose");
  click_row(scene, "a.SF2");
  push(scene, ED_FILES_DONE);
  char expected[300];
  (void)snprintf(
    expected, sizeof(expected), "soundfont=%s", at_home("Fonts/a.SF2"));
  assert_string_equal(scene->state, expected);
  assert_false(ed_files_is_open(scene->editor));
}

/// With the keyboard alone, and through folders
static void
test_keys(void** const state)
{
  static const char* const endings[] = {"sf2", NULL};

  Scene* const scene = (Scene*)*state;
  (void)mkdir(at_home("Deep"), 0755);
  (void)mkdir(at_home("Deep/er"), 0755);
  write_text(at_home("Deep/er/z.sf2"), "z");
  ed_files_open(scene->editor, "soundfont", endings, at_home("Deep/x"));
  assert_true(ed_key(scene->editor, ED_KEY_DOWN, false));
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_string_equal(scene->editor->files.folder, at_home("Deep/er"));
  assert_true(ed_key(scene->editor, ED_KEY_BACKSPACE, false));
  assert_string_equal(scene->editor->files.folder, at_home("Deep"));
  assert_true(ed_key(scene->editor, ED_KEY_DOWN, false));
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_true(ed_key(scene->editor, ED_KEY_DOWN, false));
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_non_null(strstr(scene->state, "er/z.sf2"));
}

/// Letters lead to what begins so, and from above one sees where one was
static void
test_sought(void** const state)
{
  Scene* const   scene = (Scene*)*state;
  const EdFiles* files = &scene->editor->files;
  (void)mkdir(at_home("Deep"), 0755);
  write_text(at_home("Deep/beech.sf2"), "b");
  write_text(at_home("Deep/birch.sf2"), "b");
  write_text(at_home("Deep/oak.sf2"), "o");
  ed_files_open(scene->editor, "soundfont", NULL, at_home("Deep/x"));
  type(scene, "bi");
  assert_string_equal(files->rows.rows[files->row].name, "birch.sf2");
  scene->now += 2.0;
  scene_follow(scene);
  type(scene, "O");
  assert_string_equal(files->rows.rows[files->row].name, "oak.sf2");
  type(scene, "zzz"); // There is none
  assert_string_equal(files->rows.rows[files->row].name, "oak.sf2");
  assert_true(ed_key(scene->editor, ED_KEY_LEFT, false));
  assert_string_equal(files->rows.rows[files->row].name, "Deep");
  while (strcmp(files->folder, "/") != 0) {
    assert_true(ed_key(scene->editor, ED_KEY_LEFT, false));
  }
  assert_true(ed_key(scene->editor, ED_KEY_LEFT, false)); // No further
  assert_string_equal(files->folder, "/");
  assert_true(ed_key(scene->editor, ED_KEY_ESCAPE, false));
}

/// Nothing behind it is reached
static void
test_covers(void** const state)
{
  Scene* const scene = (Scene*)*state;
  const float  first = continuo_get_param(scene->continuo, CONTINUO_DENSITY);
  ed_act_menu(scene->editor, ED_SAVE, 0);
  const EdRect knob = scene->editor->layout.controls[ED_DENSITY];
  assert_true(ed_wheel(scene->editor, knob.x + 9.0F, knob.y + 9.0F, 3, false));
  click(scene, knob);
  assert_float_equal(
    continuo_get_param(scene->continuo, CONTINUO_DENSITY), first, 0.0F);
  assert_true(ed_files_is_open(scene->editor));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_save, begin_early, end),
    cmocka_unit_test_setup_teardown(test_saved_under_a_name, begin, end),
    cmocka_unit_test_setup_teardown(test_cancelled, begin, end),
    cmocka_unit_test_setup_teardown(test_replaced_when_sure, begin, end),
    cmocka_unit_test_setup_teardown(test_proposes_what_is_free, begin, end),
    cmocka_unit_test_setup_teardown(test_elsewhere, begin, end),
    cmocka_unit_test_setup_teardown(test_unwritable, begin, end),
    cmocka_unit_test_setup_teardown(test_opened, begin, end),
    cmocka_unit_test_setup_teardown(test_keys, begin, end),
    cmocka_unit_test_setup_teardown(test_sought, begin, end),
    cmocka_unit_test_setup_teardown(test_covers, begin, end),
  };
  if (!mkdtemp(home) || setenv("HOME", home, 1) || unsetenv("XDG_MUSIC_DIR") ||
      unsetenv("XDG_CONFIG_HOME") || unsetenv("XDG_DATA_HOME")) {
    return 1;
  }
  const int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
  char      command[300];
  (void)snprintf(command, sizeof(command), "rm -r '%s'", home);
  return n_failed + (system(command) != 0); // NOLINT: of this test alone
}

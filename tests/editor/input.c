// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file input.c What the pointer and the keyboard do reaches the plugin and
/// comes back

#include "input.h"

#include "act.h"
#include "browser.h"
#include "scene.h"
#include "theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char home[] = "/tmp/continuo-editor-XXXXXX";

static int
begin(void** const state)
{
  *state = scene_begin(ED_WIDTH, ED_HEIGHT);
  assert_non_null(*state);
  return 0;
}

static int
end(void** const state)
{
  Scene* const scene = (Scene*)*state;
  assert_int_equal(scene->n_edits, 0); // All that began has ended
  scene_free(scene);
  return 0;
}

static float
value(const Scene* const scene, const uint32_t id)
{
  return continuo_get_param(scene->continuo, id);
}

static void
click_at(Scene* const scene, const float x, const float y)
{
  ed_move(scene->editor, x, y, false);
  (void)ed_press(scene->editor, x, y, false);
  ed_release(scene->editor, x, y);
}

static void
click(Scene* const scene, const EdControlId id)
{
  const EdRect rect = scene->editor->layout.controls[id];
  scene->now += 1.0; // No double-click
  scene_follow(scene);
  click_at(scene, rect.x + (rect.w / 2.0F), rect.y + (rect.h / 2.0F));
}

static void
drag(Scene* const      scene,
     const EdControlId id,
     const float       up,
     const bool        is_fine)
{
  const EdRect rect = scene->editor->layout.controls[id];
  const float  x    = rect.x + (rect.w / 2.0F);
  const float  y    = rect.y + (rect.h / 2.0F);
  scene->now += 1.0;
  scene_follow(scene);
  (void)ed_press(scene->editor, x, y, is_fine);
  for (int i = 1; i <= 10; ++i) {
    ed_move(scene->editor, x, y - (up * (float)i / 10.0F), is_fine);
  }
  ed_release(scene->editor, x, y - up);
}

static void
test_knobs(void** const state)
{
  Scene* const scene = (Scene*)*state;
  for (int id = ED_TEMPERATURE; id <= ED_VOICES; ++id) {
    const uint32_t param = ed_control((EdControlId)id)->param;
    const float    first = value(scene, param);
    drag(scene, (EdControlId)id, -400.0F, false);
    assert_float_equal(value(scene, param), continuo_param(param)->min, 1e-6);
    drag(scene, (EdControlId)id, 400.0F, false);
    assert_float_equal(value(scene, param), continuo_param(param)->max, 1e-6);

    const EdRect rect = scene->editor->layout.controls[id];
    const float  x    = rect.x + (rect.w / 2.0F);
    click(scene, (EdControlId)id); // Twice at once is the default
    click_at(scene, x, rect.y + 10.0F);
    assert_float_equal(value(scene, param), first, 1e-6);
  }
}

/// What the pointer was over is not any more when it has left
static void
test_leaving(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  const EdRect  rect   = editor->layout.controls[ED_DENSITY];
  ed_move(editor, rect.x + 9.0F, rect.y + 9.0F, false);
  assert_int_equal(editor->over, ED_DENSITY);
  ed_leave(editor);
  assert_int_equal(editor->over, ED_N_CONTROLS);

  // A knob in the hand is turned outside as well
  (void)ed_press(editor, rect.x + 9.0F, rect.y + 9.0F, false);
  ed_leave(editor);
  ed_move(editor, rect.x + 9.0F, rect.y - 500.0F, false);
  ed_release(editor, rect.x + 9.0F, rect.y - 500.0F);
  assert_float_equal(value(scene, CONTINUO_DENSITY), 8.0F, 0.0F);
}

static void
test_fine(void** const state)
{
  Scene* const scene = (Scene*)*state;
  drag(scene, ED_TEMPERATURE, -18.0F, false);
  const float coarse = 1.0F - value(scene, CONTINUO_TEMPERATURE);
  ed_act_default(scene->editor, ED_TEMPERATURE);
  drag(scene, ED_TEMPERATURE, -18.0F, true);
  const float fine = 1.0F - value(scene, CONTINUO_TEMPERATURE);
  assert_true(fine > 0.0F);
  assert_float_equal(coarse / fine, 10.0F, 0.1F);
}

static void
test_wheel(void** const state)
{
  Scene* const scene = (Scene*)*state;
  const EdRect rect  = scene->editor->layout.controls[ED_TOP_K];
  assert_true(
    ed_wheel(scene->editor, rect.x + 5.0F, rect.y + 5.0F, 1.0F, false));
  assert_float_equal(value(scene, CONTINUO_TOP_K), 1.0F, 0.0F);
  assert_true(
    ed_wheel(scene->editor, rect.x + 5.0F, rect.y + 5.0F, -3.0F, false));
  assert_float_equal(value(scene, CONTINUO_TOP_K), 0.0F, 0.0F);
}

static void
type(Scene* const scene, const char* const text)
{
  for (const char* c = text; *c; ++c) {
    assert_true(ed_character(scene->editor, (uint32_t)(unsigned char)*c));
  }
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
}

static void
test_typing(void** const state)
{
  Scene* const scene = (Scene*)*state;
  click(scene, ED_TOP_P);
  type(scene, "0.75");
  assert_float_equal(value(scene, CONTINUO_TOP_P), 0.75F, 1e-6);
  click(scene, ED_SEED);
  type(scene, "4711");
  assert_float_equal(value(scene, CONTINUO_SEED), 4711.0F, 0.0F);

  // What is none is refused in words
  bool is_warning = false;
  click(scene, ED_TOP_P);
  type(scene, "7");
  assert_float_equal(value(scene, CONTINUO_TOP_P), 0.75F, 1e-6);
  assert_non_null(strstr(editor_status(scene->editor, &is_warning), "Top-p"));

  click(scene, ED_TOP_P);
  assert_true(ed_character(scene->editor, '0'));
  assert_true(ed_key(scene->editor, ED_KEY_ESCAPE, false));
  assert_int_equal(scene->editor->typed.control, ED_N_CONTROLS);
}

static void
test_keys(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  assert_false(ed_key(editor, ED_KEY_UP, false)); // The host may have it
  for (int id = 0; id < ED_FONT; ++id) { // The rest is the instrument's
    assert_true(ed_key(editor, ED_KEY_TAB, false));
    assert_int_equal(editor->focus, id);
    assert_true(editor->shows_focus);
  }
  assert_true(ed_key(editor, ED_KEY_BACK_TAB, false));
  assert_int_equal(editor->focus, ED_FONT - 2);

  editor->focus = ED_DENSITY;
  assert_true(ed_key(editor, ED_KEY_UP, false));
  assert_float_equal(value(scene, CONTINUO_DENSITY), 1.0F, 0.0F);
  assert_true(ed_key(editor, ED_KEY_HOME, false));
  assert_float_equal(value(scene, CONTINUO_DENSITY), 0.0F, 0.0F);
  assert_false(ed_key(editor, ED_KEY_SPACE, false)); // In hosts it plays

  editor->focus = ED_FORM; // A menu by keys alone
  assert_true(ed_key(editor, ED_KEY_ENTER, false));
  assert_int_equal(editor->menu.control, ED_FORM);
  assert_true(ed_key(editor, ED_KEY_DOWN, false));
  assert_true(ed_key(editor, ED_KEY_ENTER, false));
  assert_float_equal(value(scene, CONTINUO_FORM), 2.0F, 0.0F);
}

static void
test_circle(void** const state)
{
  Scene* const scene = (Scene*)*state;
  for (int k = 0; k < 24; ++k) {
    const EdCircleKey key = {k % 12, k >= 12};
    float             x   = 0.0F;
    float             y   = 0.0F;
    ed_layout_circle_place(&scene->editor->layout, key, &x, &y);
    click_at(scene, x, y);
    assert_float_equal(value(scene, CONTINUO_KEY), (float)key.tonic, 0.0F);
    assert_float_equal(
      value(scene, CONTINUO_SCALE), key.is_minor ? 1.0F : 0.0F, 0.0F);
  }
  click(scene, ED_FOLLOW);
  assert_float_equal(value(scene, CONTINUO_KEY), 12.0F, 0.0F);
  click(scene, ED_FREE);
  assert_float_equal(value(scene, CONTINUO_SCALE), 2.0F, 0.0F);
}

static void
test_range(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  const EdRect  low    = ed_layout_handle(&editor->layout, ED_LOW, 21);
  const float   x      = low.x + 5.0F;
  (void)ed_press(editor, x, low.y + 2.0F, false);
  ed_move(editor, x, ed_layout_key_y(&editor->layout, 48) + 1.0F, false);
  ed_release(editor, x, 0.0F);
  assert_float_equal(value(scene, CONTINUO_LOW_NOTE), 48.0F, 0.0F);

  // One cannot go past the other
  const EdRect high = ed_layout_handle(&editor->layout, ED_HIGH, 108);
  scene->now += 1.0;
  scene_follow(scene);
  (void)ed_press(editor, x, high.y + 2.0F, false);
  ed_move(editor, x, ed_layout_key_y(&editor->layout, 30) + 1.0F, false);
  ed_release(editor, x, 0.0F);
  assert_float_equal(value(scene, CONTINUO_HIGH_NOTE), 48.0F, 0.0F);
}

static void
test_menus(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  click(scene, ED_STYLE);
  assert_int_equal(editor->menu.control, ED_STYLE);
  const EdRect menu = editor_menu_rect(editor);
  assert_true(menu.y + menu.h <= ED_HEIGHT);
  click_at(scene, menu.x + 20.0F, menu.y + 4.0F + (24.0F * 9.5F));
  assert_int_equal(editor->menu.control, ED_N_CONTROLS);
  assert_float_equal(value(scene, CONTINUO_STYLE), 9.0F, 0.0F);
  click(scene, ED_STYLE);
  click_at(scene, 5.0F, ED_HEIGHT - 60.0F); // Beside it
  assert_int_equal(editor->menu.control, ED_N_CONTROLS);
  assert_float_equal(value(scene, CONTINUO_STYLE), 9.0F, 0.0F);
}

static void
test_buttons(void** const state)
{
  Scene* const scene = (Scene*)*state;
  click(scene, ED_TAKE_MODE);
  assert_float_equal(value(scene, CONTINUO_TAKE_MODE), 1.0F, 0.0F);
  click(scene, ED_BYPASS);
  assert_float_equal(value(scene, CONTINUO_BYPASS), 1.0F, 0.0F);
  click(scene, ED_NEW_TAKE);
  assert_float_equal(value(scene, CONTINUO_NEW_TAKE), 1.0F, 0.0F);
  scene->now += 1.0;
  scene_follow(scene);
  assert_float_equal(value(scene, CONTINUO_NEW_TAKE), 0.0F, 0.0F);
}

/// Host automation moves the knobs
static void
test_automation(void** const state)
{
  Scene* const scene = (Scene*)*state;
  continuo_set_param(scene->continuo, CONTINUO_RECALL, 0.25F);
  scene_follow(scene);
  assert_float_equal(editor_value(scene->editor, ED_RECALL), 0.25F, 1e-6);
}

static int
chosen(const Editor* const editor)
{
  float values[CONTINUO_N_PARAMS];
  for (uint32_t id = 0U; id < CONTINUO_N_PARAMS; ++id) {
    values[id] = editor->params[id].shown;
  }
  return ed_library_match(&editor->library, values);
}

static void
push(Scene* const scene, const EdBrowserButton button)
{
  const EdRect rect = ed_browser_layout(scene->editor).buttons[button];
  scene->now += 1.0;
  scene_follow(scene);
  click_at(scene, rect.x + 5.0F, rect.y + 5.0F);
}

static void
name(Scene* const scene, const char* const text)
{
  const EdRect rect = ed_browser_layout(scene->editor).name;
  click_at(scene, rect.x + 5.0F, rect.y + 5.0F);
  scene->editor->typed.text[0] = '\0';
  type(scene, text);
}

static void
test_presets(void** const state)
{
  Scene* const     scene   = (Scene*)*state;
  Editor* const    editor  = scene->editor;
  EdLibrary* const library = &editor->library;
  click(scene, ED_PRESET_ON);
  const int first = chosen(editor);
  assert_true(first >= 0);
  click(scene, ED_PRESET_ON);
  assert_int_equal(chosen(editor), first + 1);
  click(scene, ED_PRESET_BACK);
  assert_int_equal(chosen(editor), first);
  drag(scene, ED_RECALL, 20.0F, false);
  assert_int_equal(chosen(editor), -1); // Changed

  click(scene, ED_PRESET);
  assert_true(editor->browser.is_open);
  name(scene, "Mine");
  push(scene, ED_BROWSER_SAVE);
  const int mine = ed_library_find(library, "Mine");
  assert_true(mine >= 0);
  assert_int_equal(library->entries[mine].origin, ED_USER);
  assert_int_equal(chosen(editor), mine);
  name(scene, "Yours");
  push(scene, ED_BROWSER_RENAME);
  assert_int_equal(ed_library_find(library, "Mine"), -1);
  assert_true(ed_library_find(library, "Yours") >= 0);
  push(scene, ED_BROWSER_DELETE);
  assert_true(ed_library_find(library, "Yours") >= 0); // Asked once
  push(scene, ED_BROWSER_DELETE);
  assert_int_equal(ed_library_find(library, "Yours"), -1);
  push(scene, ED_BROWSER_CLOSE);
  assert_false(editor->browser.is_open);
}

/// A window that is opened again knows what was chosen, though it was changed
static void
test_reopened(void** const state)
{
  Scene* const scene = (Scene*)*state;
  char         title[ED_TITLE_SIZE];
  click(scene, ED_PRESET_ON);
  drag(scene, ED_RECALL, 20.0F, false);
  editor_title(scene->editor, title);
  assert_non_null(strstr(title, "(changed)"));

  const EdHost host = scene->editor->host;
  editor_free(scene->editor);
  scene->editor = editor_new(scene->continuo, &host);
  assert_non_null(scene->editor);
  char again[ED_TITLE_SIZE];
  editor_title(scene->editor, again);
  assert_string_equal(title, again);
}

static void
test_models(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  for (int i = 0; i < editor->library.n_entries; ++i) {
    if (editor->library.entries[i].origin == ED_MODEL) {
      editor_choose_preset(editor, i);
    }
  }
  assert_string_equal(scene->state, "model=" CONTINUO_BUILTIN_MODEL);
}

/// What was planned and is not any more is seen to go
static void
test_revoked(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  scene_play(scene, 6.0);
  assert_true(editor->notes.n_notes > 4U);
  assert_int_equal(editor->notes.n_ghosts, 0);
  editor_set(editor, CONTINUO_DENSITY, 8.0F);
  scene_play(scene, 0.3);
  assert_true(editor->notes.n_ghosts > 4U);
  bool any = false;
  for (uint32_t i = 0U; i < editor->notes.n_notes; ++i) {
    any = any || editor->notes.notes[i].is_changed;
  }
  assert_true(any);
  scene_play(scene, 1.0);
  assert_int_equal(editor->notes.n_ghosts, 0);
}

static void
test_words(void** const state)
{
  Scene* const  scene      = (Scene*)*state;
  Editor* const editor     = scene->editor;
  bool          is_warning = false;
  scene_follow(scene);
  assert_non_null(strstr(editor_status(editor, &is_warning), "not run"));
  assert_true(is_warning);
  scene_play(scene, 1.0);
  (void)editor_status(editor, &is_warning);
  assert_false(is_warning);
  scene->position.has_meter = false;
  continuo_set_notice(scene->continuo, "model.safetensors is none");
  scene_play(scene, 0.1);
  assert_string_equal(editor_status(editor, &is_warning),
                      "model.safetensors is none");
  assert_true(is_warning);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_knobs, begin, end),
    cmocka_unit_test_setup_teardown(test_leaving, begin, end),
    cmocka_unit_test_setup_teardown(test_fine, begin, end),
    cmocka_unit_test_setup_teardown(test_wheel, begin, end),
    cmocka_unit_test_setup_teardown(test_typing, begin, end),
    cmocka_unit_test_setup_teardown(test_keys, begin, end),
    cmocka_unit_test_setup_teardown(test_circle, begin, end),
    cmocka_unit_test_setup_teardown(test_range, begin, end),
    cmocka_unit_test_setup_teardown(test_menus, begin, end),
    cmocka_unit_test_setup_teardown(test_buttons, begin, end),
    cmocka_unit_test_setup_teardown(test_automation, begin, end),
    cmocka_unit_test_setup_teardown(test_presets, begin, end),
    cmocka_unit_test_setup_teardown(test_reopened, begin, end),
    cmocka_unit_test_setup_teardown(test_models, begin, end),
    cmocka_unit_test_setup_teardown(test_revoked, begin, end),
    cmocka_unit_test_setup_teardown(test_words, begin, end),
  };
  assert_non_null(mkdtemp(home));
  (void)setenv("HOME", home, 1);
  (void)unsetenv("XDG_CONFIG_HOME");
  (void)unsetenv("XDG_DATA_HOME");
  (void)unsetenv("XDG_MUSIC_DIR");
  const int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
  char      command[64];
  (void)snprintf(command, sizeof(command), "rm -r '%s'", home);
  return system(command) ? 1 : n_failed; // NOLINT(cert-env33-c)
}

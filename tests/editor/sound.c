// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file sound.c What only the instrument's window has

#include "act.h"
#include "files.h"
#include "input.h"
#include "scene.h"
#include "theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static int
begin(void** const state)
{
  Scene* const scene = scene_begin_synth(ED_WIDTH, ED_HEIGHT + ED_SOUND_HEIGHT);
  assert_non_null(scene);
  scene->own[SYNTH_LOADING] = 100.0F;
  scene_play(scene, 0.5);
  *state = scene;
  return 0;
}

static int
end(void** const state)
{
  Scene* const scene = (Scene*)*state;
  assert_int_equal(scene->n_edits, 0);
  scene_free(scene);
  return 0;
}

static void
click(Scene* const scene, const EdControlId id)
{
  const EdRect rect = scene->editor->layout.controls[id];
  const float  x    = rect.x + (rect.w / 2.0F);
  const float  y    = rect.y + (rect.h / 2.0F);
  scene->now += 1.0; // No double-click
  scene_follow(scene);
  ed_move(scene->editor, x, y, false);
  assert_true(ed_press(scene->editor, x, y, false));
  ed_release(scene->editor, x, y);
}

static const char*
status(const Scene* const scene)
{
  bool is_warning = false;
  return editor_status(scene->editor, &is_warning);
}

static void
test_knobs(void** const state)
{
  Scene* const scene = (Scene*)*state;
  for (int id = ED_GAIN; id <= ED_CHORUS; ++id) {
    const EdRect         rect = scene->editor->layout.controls[id];
    const float          x    = rect.x + (rect.w / 2.0F);
    const uint32_t       own  = SYNTH_GAIN + (uint32_t)(id - ED_GAIN);
    const ContinuoParam* row  = synth_param(own);
    (void)ed_press(scene->editor, x, rect.y + 20.0F, false);
    ed_move(scene->editor, x, rect.y + 420.0F, false);
    assert_float_equal(scene->own[own], row->min, 1e-6);
    ed_move(scene->editor, x, rect.y - 420.0F, false);
    assert_float_equal(scene->own[own], row->max, 1e-6);
    ed_release(scene->editor, x, rect.y);
    ed_act_default(scene->editor, (EdControlId)id);
    assert_float_equal(scene->own[own], row->initial, 1e-6);
  }
}

static void
test_typed(void** const state)
{
  Scene* const scene = (Scene*)*state;
  click(scene, ED_GAIN);
  assert_true(ed_character(scene->editor, '-'));
  assert_true(ed_character(scene->editor, '6'));
  assert_true(ed_key(scene->editor, ED_KEY_ENTER, false));
  assert_float_equal(scene->own[SYNTH_GAIN], -6.0F, 0.0F);
}

static void
test_instruments(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  click(scene, (EdControlId)(ED_PROGRAM + 5));
  assert_int_equal(editor->menu.control, ED_PROGRAM + 5);
  assert_int_equal(editor_menu_size(editor, editor->menu.control), 129);
  assert_true(ed_key(editor, ED_KEY_UP, false)); // The last of all
  const EdRect menu = editor_menu_rect(editor);
  assert_true(editor->menu.scroll > 129.0F * 24.0F - menu.h - 24.0F);
  assert_true(ed_key(editor, ED_KEY_ENTER, false));
  assert_float_equal(scene->own[SYNTH_PROGRAM + 5], 128.0F, 0.0F);

  // Opened again, it shows what was chosen
  click(scene, (EdControlId)(ED_PROGRAM + 5));
  assert_true(editor->menu.scroll > 1000.0F);
  assert_true(ed_key(editor, ED_KEY_ESCAPE, false));

  click(scene, (EdControlId)(ED_BANK + 2));
  assert_true(ed_character(editor, '8'));
  assert_true(ed_key(editor, ED_KEY_ENTER, false));
  assert_float_equal(scene->own[SYNTH_BANK + 2], 8.0F, 0.0F);
}

static void
test_font(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  (void)ed_path_copy(scene->font, "/tmp/no such/Grand.sf2");
  scene->now += 1.0;
  scene_follow(scene);
  assert_string_equal(editor_font_name(editor), "Grand.sf2");
  click(scene, ED_FONT);
  assert_true(ed_files_is_open(editor));
  assert_string_equal(editor->files.folder, "/tmp/no such");
  assert_true(ed_key(editor, ED_KEY_ESCAPE, false));
  click(scene, ED_FONT_DEFAULT);
  assert_string_equal(scene->state, "soundfont=default");
  (void)ed_path_copy(scene->font, "default");
  scene_follow(scene);
  assert_string_equal(editor_font_name(editor), "Default SoundFont");
}

/// The meter jumps up at once and comes down by and by
static void
test_meter(void** const state)
{
  Scene* const  scene  = (Scene*)*state;
  Editor* const editor = scene->editor;
  scene->levels[1]     = 0.8F;
  scene_follow(scene);
  assert_float_equal(editor->levels[0], 0.0F, 0.0F);
  assert_float_equal(editor->levels[1], 0.8F, 0.0F);
  scene->levels[1] = 0.0F;
  scene->now += 0.1;
  scene_follow(scene);
  assert_true(editor->levels[1] > 0.3F && editor->levels[1] < 0.8F);
  scene->now += 1.0;
  scene_follow(scene);
  assert_float_equal(editor->levels[1], 0.0F, 0.0F);
}

static void
test_words(void** const state)
{
  Scene* const scene = (Scene*)*state;
  ed_move(scene->editor, 1.0F, 1.0F, false);
  assert_non_null(strstr(status(scene), "gain"));
  scene->own[SYNTH_UNDERRUNS] = 3.0F;
  scene_follow(scene);
  assert_non_null(strstr(status(scene), "Sound did not come"));
  scene->own[SYNTH_LOADING] = 40.0F;
  scene_follow(scene);
  assert_non_null(strstr(status(scene), "being loaded"));
  continuo_set_notice(scene->continuo, "The SoundFont x.sf2 is not played");
  scene_follow(scene);
  assert_non_null(strstr(status(scene), "x.sf2"));
}

/// The host's automation moves these knobs too
static void
test_automation(void** const state)
{
  Scene* const scene       = (Scene*)*state;
  scene->own[SYNTH_REVERB] = 0.75F;
  scene_follow(scene);
  assert_float_equal(editor_value(scene->editor, ED_REVERB), 0.75F, 0.0F);
}

/// How many controls the Tab key comes to
static int
count_stops(const Scene* const scene)
{
  int n = 0;
  (void)ed_key(scene->editor, ED_KEY_TAB, false);
  const EdControlId first = scene->editor->focus;
  do {
    assert_true(scene->editor->layout.controls[scene->editor->focus].w > 0.0F);
    (void)ed_key(scene->editor, ED_KEY_TAB, false);
    ++n;
  } while (scene->editor->focus != first && n < 2 * ED_N_CONTROLS);
  return n;
}

static void
test_tab(void** const state)
{
  Scene* const scene = (Scene*)*state;
  assert_int_equal(count_stops(scene), ED_N_CONTROLS);
  Scene* const effect = scene_begin(ED_WIDTH, ED_HEIGHT);
  assert_non_null(effect);
  assert_int_equal(count_stops(effect), ED_FONT);
  assert_true(ed_key(effect->editor, ED_KEY_BACK_TAB, false));
  scene_free(effect);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_knobs, begin, end),
    cmocka_unit_test_setup_teardown(test_typed, begin, end),
    cmocka_unit_test_setup_teardown(test_instruments, begin, end),
    cmocka_unit_test_setup_teardown(test_font, begin, end),
    cmocka_unit_test_setup_teardown(test_meter, begin, end),
    cmocka_unit_test_setup_teardown(test_words, begin, end),
    cmocka_unit_test_setup_teardown(test_automation, begin, end),
    cmocka_unit_test_setup_teardown(test_tab, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "scene.h"

#include "act.h"
#include "browser.h"
#include "input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double sample_rate = 48000.0;

enum { N_FRAMES = 256 };

static void
edit(void* const handle, const uint32_t id, const bool begins)
{
  Scene* const scene = (Scene*)handle;
  (void)id;
  scene->n_edits += begins ? 1U : UINT32_MAX;
}

static void
set_param(void* const handle, const uint32_t id, const float value)
{
  Scene* const scene = (Scene*)handle;
  if (id >= CONTINUO_N_PARAMS) {
    scene->own[id - CONTINUO_N_PARAMS] = value;
  } else if (scene->continuo) {
    continuo_set_param(scene->continuo, id, value);
  }
}

static void
set_state(void* const handle, const char* const key, const char* const value)
{
  Scene* const scene = (Scene*)handle;
  (void)snprintf(scene->state, sizeof(scene->state), "%s=%s", key, value);
}

static bool
count(void* const handle, const ContinuoMidi* const message)
{
  (void)message;
  ++((Scene*)handle)->n_sent;
  return true;
}

static float
own_value(void* const handle, const uint32_t id)
{
  return ((Scene*)handle)->own[id];
}

static void
levels(void* const handle, float peaks[2])
{
  memcpy(peaks, ((Scene*)handle)->levels, 2U * sizeof(float));
}

static void
font(void* const handle, char path[ED_PATH_SIZE])
{
  (void)ed_path_copy(path, ((Scene*)handle)->font);
}

static Scene*
begin(Continuo* const continuo,
      const float     width,
      const float     height,
      const bool      has_sound)
{
  Scene* const scene = (Scene*)calloc(1U, sizeof(Scene));
  if (!scene) {
    return NULL;
  }
  const EdHost host = {
    scene, edit, set_param, set_state, has_sound ? &scene->sound : NULL};
  scene->sound = (EdSound){scene, own_value, levels, font};
  for (uint32_t id = 0U; id < SYNTH_N_PARAMS; ++id) {
    scene->own[id] = synth_param(id)->initial;
  }
  scene->continuo = continuo;
  scene->now      = 100.0;
  scene->position = (ContinuoPosition){false, 0, true, 96.0, 4U, 4U, 0.0};
  scene->editor   = editor_new(continuo, &host);
  if (!scene->editor) {
    scene_free(scene);
    return NULL;
  }
  editor_resize(scene->editor, width, height);
  return scene;
}

Scene*
scene_begin(const float width, const float height)
{
  return begin(continuo_new(sample_rate, CONTINUO_LIVE), width, height, false);
}

Scene*
scene_begin_synth(const float width, const float height)
{
  return begin(continuo_new(sample_rate, CONTINUO_LIVE), width, height, true);
}

void
scene_free(Scene* const scene)
{
  if (scene) {
    editor_free(scene->editor);
    continuo_free(scene->continuo);
    free(scene);
  }
}

void
scene_follow(Scene* const scene)
{
  editor_follow(scene->editor, scene->now);
}

/// Chords of the musician: one a second
static uint32_t
musician(const Scene* const scene, ContinuoMidi in[3])
{
  static const uint8_t keys[] = {52, 55, 60};
  const int64_t        second = (int64_t)sample_rate;
  const int64_t        frame  = scene->position.frame;
  const bool           is_on  = frame / second != (frame - N_FRAMES) / second;
  const int64_t        half   = frame + (second / 2);
  const bool           is_off = half / second != (half - N_FRAMES) / second;
  for (uint32_t i = 0U; i < 3U; ++i) {
    in[i] = (ContinuoMidi){
      0U, 3U, {is_on ? 0x90U : 0x80U, keys[i], is_on ? 80U : 0U}, 0U};
  }
  return is_on || is_off ? 3U : 0U;
}

/// Let the plan be written as far as a host in real time would find it
static void
wait_for_plan(Scene* const scene, const double ahead)
{
  static const struct timespec nap = {0, 1000000};
  for (int i = 0; i < 5000; ++i) {
    continuo_process(
      scene->continuo, &scene->position, NULL, 0U, 0U, count, scene);
    scene_follow(scene);
    if ((double)scene->editor->view.horizon >=
        scene->editor->view.tick + ahead) {
      return;
    }
    (void)nanosleep(&nap, NULL);
  }
}

static void
run(Scene* const scene, const double seconds, const bool plays)
{
  static const double soon      = 960.0;
  static const double far       = 2.0 * 3840.0;
  const double        per_frame = scene->position.tempo / 60.0 / sample_rate;
  const int           n_blocks  = (int)(seconds * sample_rate / N_FRAMES);
  for (int i = 0; i < n_blocks; ++i) {
    ContinuoMidi   in[3];
    const uint32_t n_in = plays ? musician(scene, in) : 0U;
    if (scene->position.rolling) {
      wait_for_plan(scene, soon);
    }
    continuo_process(
      scene->continuo, &scene->position, in, n_in, N_FRAMES, count, scene);
    scene->now += N_FRAMES / sample_rate;
    if (scene->position.rolling) {
      const double bar =
        4.0 * scene->position.numerator / scene->position.denominator;
      scene->position.frame += N_FRAMES;
      scene->position.beat += N_FRAMES * per_frame;
      while (scene->position.beat >= bar) {
        scene->position.beat -= bar;
      }
    }
    scene_follow(scene);
  }
  wait_for_plan(scene, far);
}

void
scene_play(Scene* const scene, const double seconds)
{
  scene->position.rolling = true;
  run(scene, seconds, false);
}

static void
choose(Scene* const scene, const char* const name)
{
  editor_choose_preset(scene->editor,
                       ed_library_find(&scene->editor->library, name));
}

static void
scene_of_play(Scene* const scene)
{
  scene->position.tempo     = 138.0;
  scene->position.numerator = 3U;
  choose(scene, "Chopin - Mazurka");
  scene_play(scene, 12.1);
}

static void
scene_of_chorale(Scene* const scene)
{
  scene->position.tempo = 80.0;
  choose(scene, "Bach - Chorale");
  editor_set(scene->editor, CONTINUO_TOP_K, 3.0F);
  scene_play(scene, 20.3);
}

static void
scene_of_change(Scene* const scene)
{
  scene_of_play(scene);
  editor_set(scene->editor, CONTINUO_DENSITY, 8.0F);
  scene_play(scene, 0.35);
}

static void
scene_of_musician(Scene* const scene)
{
  choose(scene, "Mozart - Sonata");
  editor_set(scene->editor, CONTINUO_KEY, 12.0F);
  scene->position.rolling = true;
  run(scene, 9.4, true);
}

static void
scene_of_rest(Scene* const scene)
{
  run(scene, 0.2, false);
}

static void
scene_of_browser(Scene* const scene)
{
  scene_of_play(scene);
  ed_browser_open(scene->editor);
}

static void
scene_of_menu(Scene* const scene)
{
  scene_of_play(scene);
  ed_act(scene->editor, ED_STYLE, 0.0F, 0.0F);
  scene->editor->menu.over = 9;
}

static void
scene_of_knob(Scene* const scene)
{
  scene_of_play(scene);
  const EdRect knob = scene->editor->layout.controls[ED_TOP_P];
  (void)ed_press(
    scene->editor, knob.x + (knob.w / 2.0F), knob.y + 20.0F, false);
  ed_move(scene->editor, knob.x + (knob.w / 2.0F), knob.y + 80.0F, false);
  scene_play(scene, 0.1);
}

static void
scene_of_keys(Scene* const scene)
{
  scene_of_rest(scene);
  for (int i = 0; i <= ED_DENSITY; ++i) {
    (void)ed_key(scene->editor, ED_KEY_TAB, false);
  }
  (void)ed_character(scene->editor, '5');
}

/// In a folder that is the same for everyone
static void
scene_of_save(Scene* const scene)
{
  static const EdFolderRow rows[] = {{"Sketches", true},
                                     {"mazurka 1.mid", false},
                                     {"mazurka 2.mid", false},
                                     {"nocturne.musicxml", false}};
  scene_of_play(scene);
  ed_act_menu(scene->editor, ED_SAVE, 0);
  EdFiles* const files = &scene->editor->files;
  ed_folder_clear(&files->rows);
  files->rows.rows = (EdFolderRow*)malloc(sizeof(rows));
  if (files->rows.rows) {
    memcpy(files->rows.rows, rows, sizeof(rows));
    files->rows.n_rows = 4;
  }
  (void)snprintf(files->folder, sizeof(files->folder), "/home/ada/Music");
  (void)snprintf(
    files->name, sizeof(files->name), "Continuo Chopin 2026-11-21 17.00.mid");
  scene_follow(scene);
}

static void
scene_of_synth(Scene* const scene)
{
  scene->levels[0] = 0.4F;
  scene->levels[1] = 0.55F;
  (void)ed_path_copy(scene->font, "/usr/share/sounds/sf2/TimGM6mb.sf2");
  scene->position.tempo = 66.0;
  choose(scene, "Haydn - String quartet");
  editor_set(scene->editor, CONTINUO_N_PARAMS + SYNTH_PROGRAM + 5U, 44.0F);
  editor_set(scene->editor, CONTINUO_N_PARAMS + SYNTH_REVERB, 0.6F);
  scene_play(scene, 16.2);
}

static void
scene_of_silence(Scene* const scene)
{
  continuo_set_notice(scene->continuo,
                      "The SoundFont /home/ada/gone.sf2 is not played: there "
                      "is no such file");
  (void)ed_path_copy(scene->font, "/home/ada/gone.sf2");
  run(scene, 0.2, false);
}

static void
scene_of_failure(Scene* const scene)
{
  run(scene, 0.2, false);
  continuo_set_notice(scene->continuo,
                      "my-model.safetensors: the model does not reproduce its "
                      "self-test");
  run(scene, 0.1, false);
}

static const struct {
  const char* name;
  void (*make)(Scene* scene);
  bool has_sound;
} scenes[] = {
  {"play", scene_of_play, false},
  {"chorale", scene_of_chorale, false},
  {"change", scene_of_change, false},
  {"musician", scene_of_musician, false},
  {"rest", scene_of_rest, false},
  {"browser", scene_of_browser, false},
  {"menu", scene_of_menu, false},
  {"knob", scene_of_knob, false},
  {"keys", scene_of_keys, false},
  {"save", scene_of_save, false},
  {"failure", scene_of_failure, false},
  {"synth", scene_of_synth, true},
  {"silence", scene_of_silence, true},
};

Scene*
scene_new(const char* const name, const float width, const float height)
{
  if (!strcmp(name, "alone")) { // The host keeps the window from the plugin
    Scene* const scene = begin(NULL, width, height, false);
    scene_follow(scene);
    return scene;
  }
  for (size_t i = 0U; i < sizeof(scenes) / sizeof(scenes[0]); ++i) {
    if (!strcmp(scenes[i].name, name)) {
      Scene* const scene = scenes[i].has_sound
                             ? scene_begin_synth(width, height)
                             : scene_begin(width, height);
      if (scene) {
        scenes[i].make(scene);
      }
      return scene;
    }
  }
  return NULL;
}

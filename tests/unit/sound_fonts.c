// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "sound_fixture.h"
#include "sound_impl.h"
#include "soundfont.h"

#include "base/thread.h"
#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/// A file of `size` bytes that begins with those of `from`, or with text
static void
make_file(const char* path, const char* from, size_t size)
{
  FILE* const out = fopen(path, "wb");
  FILE* const in  = from ? fopen(from, "rb") : NULL;
  assert_non_null(out);
  for (size_t i = 0U; i < size; ++i) {
    const int c = in ? fgetc(in) : 'x';
    assert_int_not_equal(fputc(c == EOF ? 'x' : c, out), EOF);
  }
  if (in) {
    (void)fclose(in);
  }
  assert_int_equal(fclose(out), 0);
}

static void
wait_until_loaded(const Sound* sound)
{
  for (uint32_t i = 0U; i < 2000U && sound_progress(sound) < 1.0F; ++i) {
    ct_sleep_us(5000U);
  }
  assert_true(sound_progress(sound) >= 1.0F);
}

/// The path of the system's SoundFont, for free()
static char*
system_font(void)
{
  char* path = NULL;
  assert_int_equal(soundfont_find(SOUND_DEFAULT_FONT, &path), 0);
  return path;
}

static void
assert_refused(Sound* sound, const char* path, const char* words)
{
  atomic_store(&has_said, false);
  sound_choose_font(sound, path);
  for (uint32_t i = 0U; i < 2000U && !atomic_load(&has_said); ++i) {
    (void)render_in_time(sound, 1U);
  }
  assert_true(atomic_load(&has_said));
  assert_non_null(strstr(said, words));
  wait_until_loaded(sound);

  // What was chosen is kept for the session, and the old one sounds on
  char* const chosen = sound_chosen_font(sound);
  assert_string_equal(chosen, path);
  free(chosen);
  ContinuoMidi note = note_on(0U, 0U, 64U);
  sound_send(sound, &note);
  assert_true(render_in_time(sound, 80U) > 0.02F);
  note.data[0] = 0x80U;
  sound_send(sound, &note);
}

static void
test_bad_fonts_leave_the_old_one(void** state)
{
  static const char path[] = "test_sound.sf2";

  (void)state;
  sound_be_quiet();
  Sound* sound = open_sound(SOUND_LIVE, block);
  char*  font  = system_font();
  assert_refused(sound, "no/such/file.sf2", "there is no such file");
  assert_refused(sound, "/usr", "there is no such file");
  make_file(path, NULL, 1000U);
  assert_refused(sound, path, "Not a SoundFont");
  sound_choose_font(sound, SOUND_DEFAULT_FONT);
  make_file(path, font, 20000U);
  assert_refused(sound, path, "SoundFont is damaged");
  sound_choose_font(sound, SOUND_DEFAULT_FONT);
  make_file(path, font, 1000U);
  assert_int_equal(truncate(path, INT64_C(1) << 31U), 0);
  assert_refused(sound, path, "larger than");
  assert_int_equal(unlink(path), 0);
  free(font);
  sound_free(sound);
}

static void
test_a_bad_font_at_first_is_the_systems(void** state)
{
  (void)state;
  Sound* const sound = sound_new(SOUND_LIVE, listen, NULL);
  sound_choose_font(sound, "no/such/file.sf2");
  assert_int_not_equal(sound_activate(sound, sample_rate, block), 0);
  assert_non_null(strstr(said, "no/such/file.sf2 is not played"));
  const ContinuoMidi note = note_on(0U, 0U, 64U);
  sound_send(sound, &note);
  assert_true(render_in_time(sound, 60U) > 0.02F);
  sound_free(sound);
}

static void
test_another_font_comes_while_it_plays(void** state)
{
  (void)state;
  Sound* sound = open_sound(SOUND_LIVE, block);
  char*  font  = system_font();
  sound_choose_font(sound, "/"); // Refused
  wait_until_loaded(sound);
  sound_choose_font(sound, font);
  ContinuoMidi note = note_on(0U, 0U, 48U);
  for (uint32_t i = 0U; i < 10U; ++i) {
    sound_send(sound, &note);
    assert_true(render_in_time(sound, 30U) > 0.005F);
  }
  wait_until_loaded(sound);
  (void)render_in_time(sound, 200U); // The old one fades out
  assert_null(atomic_load(&sound->ready));
  assert_null(atomic_load(&sound->retired));
  assert_int_equal(sound_n_underruns(sound), 0U);

  // The same one again is not loaded again
  sound_choose_font(sound, font);
  assert_true(sound_progress(sound) >= 1.0F);
  char* const chosen = sound_chosen_font(sound);
  assert_string_equal(chosen, font);
  free(chosen);

  // As hosts of LV2 give it back
  sound_choose_font(sound, "/some/session/" SOUND_DEFAULT_FONT);
  char* const usual = sound_chosen_font(sound);
  assert_string_equal(usual, SOUND_DEFAULT_FONT);
  free(usual);
  free(font);
  sound_free(sound);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_bad_fonts_leave_the_old_one),
    cmocka_unit_test(test_a_bad_font_at_first_is_the_systems),
    cmocka_unit_test(test_another_font_comes_while_it_plays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file preset_files.c A folder of presets: saved, listed, renamed, deleted

#define _XOPEN_SOURCE 700 // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/status.h"
#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// A folder that is not there yet, in one of the test's own
static char home[] = "/tmp/continuo-presets-XXXXXX";
static char folder[sizeof(home) + 16U];

static int
remove_entry(const char* const        path,
             const struct stat* const info,
             const int                type,
             struct FTW* const        where)
{
  (void)info;
  (void)type;
  (void)where;
  return remove(path);
}

static int
set_up(void** const state)
{
  (void)state;
  memcpy(home + sizeof(home) - sizeof("XXXXXX"), "XXXXXX", sizeof("XXXXXX"));
  if (!mkdtemp(home)) {
    return -1;
  }
  (void)snprintf(folder, sizeof(folder), "%s/deep/presets", home);
  return 0;
}

static int
tear_down(void** const state)
{
  static const int max_open = 16;
  (void)state;
  return nftw(home, remove_entry, max_open, FTW_DEPTH | FTW_PHYS);
}

static ContinuoPreset
make(const char* const name, const float seed)
{
  ContinuoPreset preset = continuo_preset_initial();
  (void)snprintf(preset.name, sizeof(preset.name), "%s", name);
  preset.values[CONTINUO_SEED] = seed;
  return preset;
}

static ContinuoStatus
save(const char* const name, const float seed, const bool replaces)
{
  const ContinuoPreset preset = make(name, seed);
  return continuo_preset_save(NULL, folder, &preset, replaces);
}

/// Expect the folder to hold files that are called so, in this order; a null
/// ends them
static void
expect_files(const char* const first, ...)
{
  ContinuoPresetFile* files   = NULL;
  size_t              n_files = 0U;
  assert_int_equal(continuo_preset_files_new(NULL, folder, &files, &n_files),
                   0);
  va_list args;
  va_start(args, first);
  size_t n = 0U;
  for (const char* name = first; name; name = va_arg(args, const char*)) {
    assert_true(n < n_files);
    assert_string_equal(strrchr(files[n].path, '/') + 1, name);
    assert_int_equal(!files[n].status, !*files[n].why);
    ++n;
  }
  va_end(args);
  assert_int_equal(n, n_files);
  continuo_preset_files_free(files, n_files);
}

/// The seed of the only preset of this name that can be used, or -1
static float
seed_of(const char* const name)
{
  ContinuoPresetFile* files   = NULL;
  size_t              n_files = 0U;
  float               seed    = -1.0F;
  assert_int_equal(continuo_preset_files_new(NULL, folder, &files, &n_files),
                   0);
  for (size_t i = 0U; i < n_files; ++i) {
    if (!files[i].status && !strcmp(files[i].preset.name, name)) {
      assert_true(seed < 0.0F);
      seed = files[i].preset.values[CONTINUO_SEED];
    }
  }
  continuo_preset_files_free(files, n_files);
  return seed;
}

static void
write_text(const char* const name, const char* const text)
{
  char path[PATH_MAX];
  (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
  FILE* const file = fopen(path, "wb");
  assert_non_null(file);
  assert_true(fputs(text, file) >= 0);
  assert_int_equal(fclose(file), 0);
}

static void
expect_text(const char* const name, const char* const expected)
{
  char path[PATH_MAX];
  char text[256] = "";
  (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
  FILE* const file = fopen(path, "rb");
  assert_non_null(file);
  (void)fread(text, 1U, sizeof(text) - 1U, file);
  (void)fclose(file);
  assert_string_equal(text, expected);
}

static void
expect_folder(const char* const config,
              const char* const user_home,
              const char* const expected)
{
  char* const path = continuo_preset_folder(config, user_home);
  if (expected) {
    assert_non_null(path);
    assert_string_equal(path, expected);
  } else {
    assert_null(path);
  }
  free(path);
}

static void
the_folder_is_where_it_should_be(void** const state)
{
  (void)state;
  expect_folder("/c", "/h", "/c/continuo/presets");
  expect_folder(NULL, "/h", "/h/.config/continuo/presets");
  expect_folder("", "/h", "/h/.config/continuo/presets");
  expect_folder("relative", "/h", "/h/.config/continuo/presets");
  expect_folder(NULL, NULL, NULL);
  expect_folder("", "", NULL);
}

static void
no_folder_is_no_presets(void** const state)
{
  (void)state;
  expect_files(NULL);
  assert_int_equal(continuo_preset_delete(folder, "A"), CT_PRESET_ABSENT);
  assert_int_equal(continuo_preset_rename(folder, "A", "B"), CT_PRESET_ABSENT);
}

static void
presets_are_saved_and_replaced(void** const state)
{
  (void)state;
  assert_int_equal(save("B", 2.0F, false), 0);
  assert_int_equal(save("a", 1.0F, false), 0);
  expect_files("a.preset", "B.preset", NULL);
  assert_true(seed_of("B") == 2.0F);

  assert_int_equal(save("B", 3.0F, false), CT_PRESET_EXISTS);
  assert_true(seed_of("B") == 2.0F);
  assert_int_equal(save("b", 3.0F, true), 0);
  expect_files("a.preset", "B.preset", NULL);
  assert_true(seed_of("b") == 3.0F);
  assert_int_equal(save("", 3.0F, true), CT_PRESET_BAD_NAME);
}

static void
every_name_is_a_file(void** const state)
{
  (void)state;
  static const char* const names[] = {
    "../up", "/etc/passwd", ".hidden", "50 %", "a:b", "..", "Ländler", "%2F"};
  for (size_t i = 0U; i < sizeof(names) / sizeof(names[0]); ++i) {
    assert_int_equal(save(names[i], (float)i, false), 0);
    assert_true(seed_of(names[i]) == (float)i);
  }
  for (size_t i = 0U; i < sizeof(names) / sizeof(names[0]); ++i) {
    assert_true(seed_of(names[i]) == (float)i);
    assert_int_equal(continuo_preset_delete(folder, names[i]), 0);
  }
  expect_files(NULL);
}

static void
a_file_of_another_name_is_not_written_over(void** const state)
{
  (void)state;
  assert_int_equal(save("First", 1.0F, false), 0);
  write_text("Second.preset", "name = First by hand\nseed = 5\n");
  assert_int_equal(save("Second", 2.0F, true), 0);
  expect_files("First.preset", "Second.preset", "Second 2.preset", NULL);
  assert_true(seed_of("First by hand") == 5.0F);

  // And one that was called otherwise is found by its name
  assert_int_equal(save("First by hand", 6.0F, true), 0);
  expect_files("First.preset", "Second.preset", "Second 2.preset", NULL);
  assert_true(seed_of("First by hand") == 6.0F);
}

static void
renaming_leaves_the_rest(void** const state)
{
  (void)state;
  assert_int_equal(save("Other", 1.0F, false), 0);
  write_text("a.preset", "# Mine\n\nname = A\n# Warm\nstyle = Grieg\n");
  assert_int_equal(continuo_preset_rename(folder, "a", "Other"),
                   CT_PRESET_EXISTS);
  assert_int_equal(continuo_preset_rename(folder, "a", ""), CT_PRESET_BAD_NAME);
  assert_int_equal(continuo_preset_rename(folder, "A", "B/C"), 0);
  expect_files("B%2FC.preset", "Other.preset", NULL);
  expect_text("B%2FC.preset", "# Mine\n\nname = B/C\n# Warm\nstyle = Grieg\n");

  // By upper and lower case only
  assert_int_equal(continuo_preset_rename(folder, "other", "OTHER"), 0);
  assert_true(seed_of("OTHER") == 1.0F);
  expect_files("B%2FC.preset", "OTHER.preset", NULL);
}

static void
broken_files_are_named_and_can_be_deleted(void** const state)
{
  (void)state;
  assert_int_equal(save("Good", 1.0F, false), 0);
  write_text("bad.preset", "no preset\n");
  write_text("worse.preset", "name = Worse\nseed = x\n");
  write_text("notes.txt", "no preset");
  write_text(".preset", "no preset");
  expect_files("bad.preset", "Good.preset", "worse.preset", NULL);
  assert_true(seed_of("Good") == 1.0F);
  assert_int_equal(continuo_preset_rename(folder, "bad", "B"),
                   CT_PRESET_BAD_LINE);
  assert_int_equal(continuo_preset_delete(folder, "bad"), 0);
  assert_int_equal(continuo_preset_delete(folder, "Worse"), 0);
  expect_files("Good.preset", NULL);
}

static void
of_two_with_a_name_one_is_used(void** const state)
{
  (void)state;
  assert_int_equal(save("A", 1.0F, false), 0);
  write_text("Z.preset", "name = a\nseed = 2\n");
  assert_true(seed_of("A") == 1.0F);
  assert_true(seed_of("a") == -1.0F);
  expect_files("A.preset", "Z.preset", NULL);
}

static void
a_folder_that_cannot_be_is_said(void** const state)
{
  (void)state;
  assert_int_equal(mkdir(home, 0700U), -1); // It is there
  (void)snprintf(folder, sizeof(folder), "%s/file", home);
  FILE* const file = fopen(folder, "wb");
  assert_non_null(file);
  (void)fclose(file);
  assert_int_not_equal(save("A", 1.0F, false), 0);
  ContinuoPresetFile* files   = NULL;
  size_t              n_files = 0U;
  assert_int_equal(continuo_preset_files_new(NULL, folder, &files, &n_files),
                   CT_CANNOT_OPEN);
  assert_null(files);
}

#define TEST(function) \
  cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(the_folder_is_where_it_should_be),
    TEST(no_folder_is_no_presets),
    TEST(presets_are_saved_and_replaced),
    TEST(every_name_is_a_file),
    TEST(a_file_of_another_name_is_not_written_over),
    TEST(renaming_leaves_the_rest),
    TEST(broken_files_are_named_and_can_be_deleted),
    TEST(of_two_with_a_name_one_is_used),
    TEST(a_folder_that_cannot_be_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file model_files.c A folder of the user's own models

#define _XOPEN_SOURCE 700 // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/status.h"
#include "continuo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/continuo-model-files-XXXXXX";

static void
path_of(char path[PATH_MAX], const char* const name)
{
  (void)snprintf(path, PATH_MAX, "%s/%s", folder, name);
}

static int
set_up(void** const state)
{
  char path[PATH_MAX];
  (void)state;
  if (!mkdtemp(folder)) {
    return -1;
  }
  path_of(path, "House.safetensors");
  return symlink(CONTINUO_MODEL, path);
}

static int
tear_down(void** const state)
{
  static const char* const names[] = {"House.safetensors",
                                      "alpha.safetensors",
                                      "huge.safetensors",
                                      ".safetensors"};
  (void)state;
  for (size_t i = 0U; i < sizeof(names) / sizeof(names[0]); ++i) {
    char path[PATH_MAX];
    path_of(path, names[i]);
    (void)unlink(path);
  }
  return rmdir(folder);
}

/// Make a file of zeros
static void
make_file(const char* const name, const off_t size)
{
  char path[PATH_MAX];
  path_of(path, name);
  FILE* const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(ftruncate(fileno(file), size), 0);
  assert_int_equal(fclose(file), 0);
}

static void
expect_folder(const char* const data,
              const char* const home,
              const char* const expected)
{
  char* const path = continuo_model_folder(data, home);
  assert_int_equal(!path, !expected);
  if (path) {
    assert_string_equal(path, expected);
  }
  free(path);
}

static void
the_folder_is_where_it_should_be(void** const state)
{
  (void)state;
  expect_folder("/d", "/h", "/d/continuo/models");
  expect_folder(NULL, "/h", "/h/.local/share/continuo/models");
  expect_folder("", "/h", "/h/.local/share/continuo/models");
  expect_folder("relative", "/h", "/h/.local/share/continuo/models");
  expect_folder(NULL, NULL, NULL);
  expect_folder("", "", NULL);
}

static void
models_say_what_they_are(void** const state)
{
  (void)state;
  static const off_t too_large = (off_t)1 << 30;
  ContinuoModelFile* files     = NULL;
  size_t             n_files   = 0U;
  make_file("alpha.safetensors", 4);
  make_file("huge.safetensors", too_large);
  make_file(".safetensors", 4);
  assert_int_equal(continuo_model_files_new(folder, &files, &n_files), 0);
  assert_int_equal(n_files, 3U);
  assert_string_equal(files[0].name, "alpha");
  assert_int_equal(files[0].status, CT_TENSORS_TOO_SHORT);
  assert_null(files[0].title);
  assert_int_equal(files[0].n_styles, 0U);
  assert_string_equal(files[1].name, "House");
  assert_int_equal(files[1].status, 0);
  assert_non_null(files[1].title);
  assert_non_null(files[1].licence);
  assert_string_equal(files[1].styles[0], "Bach");
  assert_int_equal(files[2].status, CT_MODEL_TOO_LARGE);
  continuo_model_files_free(files, n_files);
}

static void
styles_are_found_by_name(void** const state)
{
  (void)state;
  char* const             names[] = {(char*)"bach", (char*)"Grieg"};
  const ContinuoModelFile files[] = {
    {.styles = NULL, .n_styles = 0U},
    {.styles = (char**)names, .n_styles = 2U},
  };
  const ContinuoModelFile* file  = NULL;
  uint32_t                 style = 0U;
  Continuo* const          self  = continuo_new(48000.0, CONTINUO_SYNCHRONOUS);
  assert_non_null(self);
  assert_true(continuo_style_find(self, files, 2U, "BACH", &file, &style));
  assert_null(file);
  assert_int_equal(style, 0U);
  assert_true(continuo_style_find(self, files, 2U, "grieg", &file, &style));
  assert_ptr_equal(file, &files[1]);
  assert_int_equal(style, 1U);
  assert_false(continuo_style_find(self, files, 1U, "grieg", &file, &style));
  assert_null(file);
  continuo_free(self);
}

static void
no_folder_is_no_models(void** const state)
{
  (void)state;
  ContinuoModelFile* files   = NULL;
  size_t             n_files = 1U;
  char               path[PATH_MAX];
  path_of(path, "none");
  assert_int_equal(continuo_model_files_new(path, &files, &n_files), 0);
  assert_int_equal(n_files, 0U);
  path_of(path, "House.safetensors");
  assert_int_equal(continuo_model_files_new(path, &files, &n_files),
                   CT_CANNOT_OPEN);
  assert_null(files);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_folder_is_where_it_should_be),
    cmocka_unit_test(models_say_what_they_are),
    cmocka_unit_test(styles_are_found_by_name),
    cmocka_unit_test(no_folder_is_no_models),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "other_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const long max_size = 1L << 24U;

/// End the test unless `is_right`
static void
need(const int is_right, const char* what)
{
  if (!is_right) {
    fprintf(stderr, "other model: %s\n", what);
    abort();
  }
}

/// Write a copy of the file that the environment names to `path`.  @return
/// Whether it names one
static int
write_copy(const char* const path, const char* const variable)
{
  const char* const source = getenv(variable);
  if (!source) {
    return 0;
  }
  FILE* const from  = fopen(source, "rb");
  FILE* const to    = fopen(path, "wb");
  char* const bytes = malloc((size_t)max_size);
  need(from && to && bytes, "no file to copy");
  const size_t size = fread(bytes, 1U, (size_t)max_size, from);
  need(fwrite(bytes, 1U, size, to) == size && !fclose(to), "not written");
  (void)fclose(from);
  free(bytes);
  return 1;
}

void
other_model_write(const char* path, const char composer)
{
  if (write_copy(path,
                 composer == OTHER_MODEL_CHOPIN ? "CONTINUO_OTHER_MODEL"
                                                : "CONTINUO_ANOTHER_MODEL")) {
    return;
  }
  static const char old[] = "Beethoven\\\",\\\"composer\\\":3";
  static const char new[] = OTHER_MODEL_STYLE "\\\",\\\"composer\\\":5";
  FILE* const from        = fopen(CONTINUO_MODEL, "rb");
  FILE* const to          = fopen(path, "wb");
  char* const bytes       = malloc((size_t)max_size);
  need(from && to && bytes, "no file");
  const size_t size  = fread(bytes, 1U, (size_t)max_size, from);
  char*        place = bytes;
  while (place + sizeof(old) < bytes + size &&
         memcmp(place, old, sizeof(old) - 1U) != 0) {
    ++place;
  }
  need(place + sizeof(old) < bytes + size, "no such style in the built-in one");
  memcpy(place, new, sizeof(new) - 1U);
  place[sizeof(new) - 2U] = composer;
  need(fwrite(bytes, 1U, size, to) == size && !fclose(to), "not written");
  (void)fclose(from);
  free(bytes);
}

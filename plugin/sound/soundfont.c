// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "soundfont.h"

#include "base/status.h"
#include "engine.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// A host that loads more than this stalls or dies (FluidSynth issue 1193)
#define MAX_SIZE INT64_C(0x40000000)

/// A file that is being read
typedef struct {
  FILE*          stream;
  int64_t        size;
  EngineLoading* loading;
} File;

/// Whose file is opened next in this thread: FluidSynth passes on nothing else
static _Thread_local EngineLoading* current_loading;

ContinuoStatus
soundfont_find(const char* const font, char** const path)
{
  // What the system's administrator chose, then others that are often there
  static const char* const paths[] = {
    "/usr/share/sounds/sf2/default-GM.sf2",
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "/usr/share/sounds/sf2/TimGM6mb.sf2",
    "/usr/share/sounds/sf3/default-GM.sf3",
    "/usr/share/soundfonts/default.sf2",
    "/usr/share/soundfonts/FluidR3_GM.sf2",
    "/usr/local/share/soundfonts/default.sf2",
  };

  const char* found = font;
  if (!strcmp(font, SOUND_DEFAULT_FONT)) {
    found = getenv("SOUNDFONT");
    for (size_t i = 0U; !found && i < sizeof(paths) / sizeof(paths[0]); ++i) {
      found = access(paths[i], R_OK) ? NULL : paths[i];
    }
  }
  *path = found ? strdup(found) : NULL;
  if (!found) {
    return CT_SOUNDFONT_NONE;
  }
  return *path ? CT_SUCCESS : CT_NO_MEMORY;
}

ContinuoStatus
soundfont_check(const char* const path)
{
  struct stat info;
  if (stat(path, &info) || !S_ISREG(info.st_mode) || access(path, R_OK)) {
    return CT_CANNOT_OPEN;
  }
  if ((int64_t)info.st_size > MAX_SIZE) {
    return CT_SOUNDFONT_TOO_LARGE;
  }
  return fluid_is_soundfont(path) ? CT_SUCCESS : CT_SOUNDFONT_NOT_ONE;
}

static void*
open_file(const char* const path)
{
  File* const file = (File*)calloc(1U, sizeof(File));
  struct stat info;
  if (file && !stat(path, &info)) {
    file->stream  = fopen(path, "rb");
    file->size    = info.st_size;
    file->loading = current_loading;
  }
  if (!file || !file->stream) {
    free(file);
    return NULL;
  }
  return file;
}

/// Read all, or fail as for a damaged file: also where it is not wanted any
/// more
static int
read_file(void* const             bytes,
          const fluid_long_long_t n_bytes,
          void* const             handle)
{
  File* const file = (File*)handle;
  if (atomic_load(&file->loading->stops) || n_bytes < 0 ||
      fread(bytes, 1U, (size_t)n_bytes, file->stream) != (size_t)n_bytes) {
    return FLUID_FAILED;
  }
  const float done = (float)ftello(file->stream) / (float)file->size;
  if (done > atomic_load(&file->loading->progress)) {
    atomic_store(&file->loading->progress, done < 1.0F ? done : 1.0F);
  }
  return FLUID_OK;
}

static int
seek_file(void* const handle, const fluid_long_long_t offset, const int origin)
{
  const File* const file = (const File*)handle;
  return fseeko(file->stream, (off_t)offset, origin) ? FLUID_FAILED : FLUID_OK;
}

static fluid_long_long_t
tell_file(void* const handle)
{
  const File* const file = (const File*)handle;
  return ftello(file->stream);
}

static int
close_file(void* const handle)
{
  File* const file = (File*)handle;
  const int   st   = fclose(file->stream);
  free(file);
  return st ? FLUID_FAILED : FLUID_OK;
}

ContinuoStatus
soundfont_load(fluid_synth_t* const    synth,
               fluid_settings_t* const settings,
               const char* const       path,
               EngineLoading* const    loading)
{
  fluid_sfloader_t* const loader = new_fluid_defsfloader(settings);
  if (!loader ||
      fluid_sfloader_set_callbacks(
        loader, open_file, read_file, seek_file, tell_file, close_file) !=
        FLUID_OK) {
    return CT_NO_MEMORY;
  }
  // The one that was added last is asked first
  fluid_synth_add_sfloader(synth, loader);
  current_loading = loading;
  const int id    = fluid_synth_sfload(synth, path, 1);
  current_loading = NULL;
  return id == FLUID_FAILED ? CT_SOUNDFONT_DAMAGED : CT_SUCCESS;
}

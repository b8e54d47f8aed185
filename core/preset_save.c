// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// Changes in a folder of presets

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "continuo.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/folder.h"
#include "preset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// Characters that are written in file names by their number: what separates
/// folders, here and elsewhere, or means something to a shell
static const char unfit[] = "/\\:*?\"<>|%";

/// Bytes that one is written as: %2F
#define ENCODED_SIZE 3U

/// Room for a number and the suffix after a name
#define FILE_NAME_EXTRA 32U

/// Find the file of the preset called `name`.
/// @param path Set to memory for free(), or to null if there is none.
static CtStatus
find(const char* const folder, const char* const name, char** const path)
{
  ContinuoPresetFile*  files   = NULL;
  size_t               n_files = 0U;
  const ContinuoStatus st =
    continuo_preset_files_new(NULL, folder, &files, &n_files);
  *path = NULL;
  for (size_t i = 0U; i < n_files && !*path; ++i) {
    char called[CONTINUO_PRESET_NAME_SIZE];
    ct_preset_file_called(&files[i], called);
    if (!strcasecmp(called, name)) {
      *path         = files[i].path;
      files[i].path = NULL;
    }
  }
  continuo_preset_files_free(files, n_files);
  return (CtStatus)st;
}

/// Make a folder and those that it is in
static CtStatus
make_folder(const char* const folder)
{
  char* const path = strdup(folder);
  if (!path) {
    return CT_NO_MEMORY;
  }
  for (char* c = path + 1; *c; ++c) {
    if (*c == '/') {
      *c = '\0';
      (void)!ct_folder_make(path); // The last one tells if that went wrong
      *c = '/';
    }
  }
  const CtStatus st = ct_folder_make(path);
  free(path);
  return st;
}

/// Write `name` as a file may be called
static void
put_file_name(char* to, const char* const name)
{
  static const char     digits[] = "0123456789ABCDEF";
  static const unsigned n_digits = 16U;
  for (const char* c = name; *c; ++c) {
    if (strchr(unfit, *c) || (*c == '.' && c == name)) {
      *to++ = '%';
      *to++ = digits[(unsigned char)*c / n_digits];
      *to++ = digits[(unsigned char)*c % n_digits];
    } else {
      *to++ = *c;
    }
  }
  *to = '\0';
}

/// A path for a new preset that no other file has.  @return Memory for free(),
/// or null
static char*
new_path(const char* const folder, const char* const name)
{
  char fit[ENCODED_SIZE * CONTINUO_PRESET_NAME_SIZE];
  put_file_name(fit, name);
  const size_t size = strlen(folder) + strlen(fit) + FILE_NAME_EXTRA;
  char* const  path = (char*)malloc(size);
  if (path) {
    (void)snprintf(path, size, "%s/%s" CT_PRESET_SUFFIX, folder, fit);
    for (unsigned i = 2U; ct_file_exists(path); ++i) {
      (void)snprintf(path, size, "%s/%s %u" CT_PRESET_SUFFIX, folder, fit, i);
    }
  }
  return path;
}

ContinuoStatus
continuo_preset_save(const Continuo* const       self,
                     const char* const           folder,
                     const ContinuoPreset* const preset,
                     const bool                  replaces)
{
  char*    text = NULL;
  char*    path = NULL;
  CtStatus st   = (CtStatus)continuo_preset_write(self, preset, &text);
  if (!st) {
    st = make_folder(folder);
  }
  if (!st) {
    st = find(folder, preset->name, &path);
  }
  if (!st && path && !replaces) {
    st = CT_PRESET_EXISTS;
  }
  if (!st && !path) {
    path = new_path(folder, preset->name);
    st   = path ? CT_SUCCESS : CT_NO_MEMORY;
  }
  if (!st) {
    st = ct_file_write(path, text, strlen(text));
  }
  free(path);
  free(text);
  return (ContinuoStatus)st;
}

/// Write the file at `from` to `to` with another name in it
static CtStatus
write_renamed(const char* const from,
              const char* const to,
              const char* const name)
{
  CtMappedFile file;
  CtStatus     st = ct_file_map(from, &file);
  if (st) {
    return st;
  }

  const char* const text   = file.bytes ? (const char*)file.bytes : "";
  const char*       begin  = NULL;
  const char*       end    = NULL;
  CtBuffer          buffer = ct_buffer_init();
  ct_preset_name_line(text, file.size, &begin, &end);
  ct_put_bytes(&buffer, text, (size_t)(begin - text));
  ct_put_text(&buffer, CT_PRESET_WORD_NAME " = ");
  ct_put_text(&buffer, name);
  ct_put_bytes(&buffer, end, (size_t)(text + file.size - end));
  st = buffer.status ? buffer.status
                     : ct_file_write(to, buffer.bytes, buffer.size);
  ct_buffer_free(&buffer);
  ct_file_unmap(&file);
  return st;
}

/// Move the preset in the file `from`, whose name can be read
static CtStatus
move(const char* const folder, const char* const from, const char* const to)
{
  char* const path = new_path(folder, to);
  if (!path) {
    return CT_NO_MEMORY;
  }
  CtStatus st = write_renamed(from, path, to);
  if (!st) {
    st = ct_file_remove(from);
  }
  free(path);
  return st;
}

ContinuoStatus
continuo_preset_rename(const char* const folder,
                       const char* const from,
                       const char* const to)
{
  char*          path  = NULL;
  char*          other = NULL;
  ContinuoPreset preset;
  char           why[CONTINUO_WHY_SIZE];
  if (!ct_preset_is_name(to)) {
    return CT_PRESET_BAD_NAME;
  }
  CtStatus st = find(folder, from, &path);
  if (!st) {
    st = find(folder, to, &other);
  }
  if (!st && !path) {
    st = CT_PRESET_ABSENT;
  }
  if (!st && other && strcmp(other, path) != 0) {
    st = CT_PRESET_EXISTS;
  }
  if (!st) {
    const ContinuoStatus read = continuo_preset_load(NULL, path, &preset, why);
    st = *preset.name ? move(folder, path, to) : (CtStatus)read;
  }
  free(other);
  free(path);
  return (ContinuoStatus)st;
}

ContinuoStatus
continuo_preset_delete(const char* const folder, const char* const name)
{
  char*    path = NULL;
  CtStatus st   = find(folder, name, &path);
  if (!st && !path) {
    st = CT_PRESET_ABSENT;
  }
  if (!st) {
    st = ct_file_remove(path);
  }
  free(path);
  return (ContinuoStatus)st;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/// More are not listed: nobody scrolls that far
#define MAX_ROWS 4096

static int
compare_rows(const void* const a, const void* const b)
{
  const EdFolderRow* const x = (const EdFolderRow*)a;
  const EdFolderRow* const y = (const EdFolderRow*)b;
  if (x->is_folder != y->is_folder) {
    return x->is_folder ? -1 : 1;
  }
  const int order = strcasecmp(x->name, y->name);
  return order ? order : strcmp(x->name, y->name);
}

static bool
has_ending(const char* const name, const char* const* endings)
{
  const char* const dot = strrchr(name, '.');
  bool              has = !endings;
  for (; endings && *endings && !has; ++endings) {
    has = dot && !strcasecmp(dot + 1, *endings);
  }
  return has;
}

/// Add a row, if it is to be seen.  @return False if out of memory
static bool
add(EdFolder* const          self,
    const char* const        folder,
    const char* const        name,
    const char* const* const endings)
{
  char        path[ED_PATH_SIZE];
  struct stat there;
  if (name[0] == '.' || strlen(name) >= ED_FILE_NAME_SIZE ||
      !ed_path_join(path, folder, name) || stat(path, &there)) {
    return true;
  }
  const bool is_folder = S_ISDIR(there.st_mode);
  if (!is_folder && (!S_ISREG(there.st_mode) || !has_ending(name, endings))) {
    return true;
  }
  EdFolderRow* const rows = (EdFolderRow*)realloc(
    self->rows, sizeof(EdFolderRow) * ((size_t)self->n_rows + 1U));
  if (!rows) {
    return false;
  }
  self->rows             = rows;
  EdFolderRow* const row = &rows[self->n_rows++];
  row->is_folder         = is_folder;
  (void)snprintf(row->name, sizeof(row->name), "%s", name);
  return true;
}

const char*
ed_folder_read(EdFolder* const          self,
               const char* const        path,
               const char* const* const endings)
{
  DIR* const folder = opendir(path);
  if (!folder) {
    return strerror(errno);
  }
  const struct dirent* entry = NULL;
  while (self->n_rows < MAX_ROWS && (entry = readdir(folder)) &&
         add(self, path, entry->d_name, endings)) {
  }
  (void)closedir(folder);
  if (self->n_rows) {
    qsort(self->rows, (size_t)self->n_rows, sizeof(EdFolderRow), compare_rows);
  }
  return NULL;
}

void
ed_folder_clear(EdFolder* const self)
{
  free(self->rows);
  *self = (EdFolder){NULL, 0};
}

bool
ed_path_copy(char to[ED_PATH_SIZE], const char* const from)
{
  const size_t length = strlen(from);
  if (length >= ED_PATH_SIZE) {
    return false;
  }
  memmove(to, from, length + 1U);
  return true;
}

bool
ed_path_join(char              to[ED_PATH_SIZE],
             const char* const folder,
             const char* const name)
{
  const size_t      length = strlen(folder);
  const char* const slash  = length && folder[length - 1U] == '/' ? "" : "/";
  const int n = snprintf(to, ED_PATH_SIZE, "%s%s%s", folder, slash, name);
  return n >= 0 && n < (int)ED_PATH_SIZE;
}

const char*
ed_file_write(const char* const    path,
              const uint8_t* const bytes,
              const size_t         size)
{
  // Beside it, so that what is there is replaced at once or not at all
  char      part[ED_PATH_SIZE];
  const int n = snprintf(part, sizeof(part), "%s.part", path);
  if (n < 0 || n >= (int)sizeof(part)) {
    return "the path is too long";
  }
  FILE* const file = fopen(part, "wbe");
  if (!file) {
    return strerror(errno);
  }
  errno                 = 0;
  const bool is_written = fwrite(bytes, 1U, size, file) == size;
  const bool is_closed  = !fclose(file);
  if (!is_written || !is_closed || rename(part, path)) {
    const char* const why = strerror(errno);
    (void)unlink(part);
    return why;
  }
  return NULL;
}

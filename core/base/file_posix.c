// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "base/file.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/// Room for a process number and ".part" after a name
#define SUFFIX_SIZE 32U

/// Permissions of a new file, less the user's mask
#define FILE_MODE 0666U

static CtStatus
map_open(const int fd, CtMappedFile* const file)
{
  struct stat info;
  if (fstat(fd, &info) || !S_ISREG(info.st_mode)) {
    return CT_BAD_READ;
  }
  if (info.st_size == 0) {
    return CT_SUCCESS; // Nothing to map, and mmap() refuses zero bytes
  }

  void* const bytes =
    mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED) {
    return CT_BAD_READ;
  }

  file->bytes = (const uint8_t*)bytes;
  file->size  = (size_t)info.st_size;
  return CT_SUCCESS;
}

CtStatus
ct_file_map(const char* const path, CtMappedFile* const file)
{
  file->bytes = NULL;
  file->size  = 0U;

  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    return CT_CANNOT_OPEN;
  }

  const CtStatus st = map_open(fd, file);
  close(fd); // The mapping lives on
  return st;
}

void
ct_file_unmap(CtMappedFile* const file)
{
  if (file->bytes) {
    munmap((void*)(uintptr_t)file->bytes, file->size);
  }
  file->bytes = NULL;
  file->size  = 0U;
}

static CtStatus
write_all(const int fd, const void* const bytes, const size_t size)
{
  const uint8_t* at   = (const uint8_t*)bytes;
  size_t         left = size;
  while (left) {
    const ssize_t n = write(fd, at, left);
    if (n <= 0) {
      return CT_BAD_WRITE;
    }
    at += n;
    left -= (size_t)n;
  }
  return CT_SUCCESS;
}

/// Write to a file just opened as `fd` and close it
static CtStatus
write_and_close(const int fd, const void* const bytes, const size_t size)
{
  if (fd < 0) {
    return CT_CANNOT_OPEN;
  }

  const CtStatus st = write_all(fd, bytes, size);
  return close(fd) ? CT_BAD_WRITE : st;
}

/// Whether `path` is there and is a device, a pipe or a link: not to be
/// replaced
static bool
is_special(const char* const path)
{
  struct stat info;
  return !lstat(path, &info) && !S_ISREG(info.st_mode);
}

CtStatus
ct_file_write(const char* const path,
              const void* const bytes,
              const size_t      size)
{
  if (is_special(path)) {
    const int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    return write_and_close(fd, bytes, size);
  }

  const size_t temporary_size = strlen(path) + SUFFIX_SIZE;
  char* const  temporary      = (char*)malloc(temporary_size);
  if (!temporary) {
    return CT_NO_MEMORY;
  }

  // Beside the target, since rename() works in one file system only
  snprintf(temporary, temporary_size, "%s.%ld.part", path, (long)getpid());
  unlink(temporary);
  const int fd =
    open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
  CtStatus st = write_and_close(fd, bytes, size);
  if (!st && rename(temporary, path)) {
    st = CT_CANNOT_OPEN;
  }
  if (st) {
    unlink(temporary);
  }
  free(temporary);
  return st;
}

bool
ct_file_exists(const char* const path)
{
  return !access(path, F_OK);
}

CtStatus
ct_file_remove(const char* const path)
{
  return unlink(path) ? CT_BAD_WRITE : CT_SUCCESS;
}

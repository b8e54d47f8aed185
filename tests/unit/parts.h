// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file parts.h A model file taken apart, so that tests can alter a piece of
/// it and see whether what is built again is refused

#ifndef CT_UNIT_PARTS_H
#define CT_UNIT_PARTS_H

#include "base/file.h"
#include "base/status.h"

#include <cjson/cJSON.h>

#include <stddef.h>
#include <stdint.h>

/// Load a file's bytes, and free what comes of it
typedef CtStatus (*PartsLoad)(const uint8_t* bytes, size_t size);

/// The good file, taken apart: tests alter a piece, and build it again
typedef struct {
  CtMappedFile   file;
  cJSON*         header;
  cJSON*         continuo; ///< What the metadata holds as text
  const uint8_t* data;     ///< In `file`
  size_t         n_data;
  size_t         n_spare; ///< Zero bytes to add after the data
  PartsLoad      load;    ///< What is asked about the file that is built
} Parts;

/// Take the file at `path` apart; fails the test if that is not one.  @return
/// For parts_load() or parts_close()
Parts
parts_open(const char* path, PartsLoad load);

/// Forget the parts
void
parts_close(Parts* parts);

/// Load a file of `text` as header and the parts' data
CtStatus
parts_load_header(const Parts* parts, const char* text);

/// Load the parts as they have become, then forget them
CtStatus
parts_load(Parts* parts);

/// Item at a path such as "codec.low" of the metadata; numbers are indices
cJSON*
parts_find(cJSON* item, const char* path);

/// Fail unless `file` with `json` at `path` of its metadata comes to `expected`
void
parts_expect(const char* file,
             PartsLoad   load,
             const char* path,
             const char* json,
             CtStatus    expected);

/// Add an F32 tensor of `n` zeros after the others
void
parts_add_tensor(Parts* parts, const char* name, size_t n);

/// Fail if a part of the file at `path` loads as if it were all of it, or does
/// harm.  @param n_tries More than LENGTH_SIZE
void
parts_truncate(const char* path, PartsLoad load, uint32_t n_tries);

/**
   Flip bits of the file at `path`, one at a time.

   Some load all the same: a letter of a name, a bit of a weight that the
   self-test does not hear.  None may do harm.
   @param n_data Tries in the first `n_bytes` of the data; floats come first,
   and their exponents are worth most.
   @return How many of `n_header` in the header, and of those, are refused.
*/
uint32_t
parts_flip(const char* path,
           PartsLoad   load,
           uint32_t    n_header,
           uint32_t    n_data,
           size_t      n_bytes);

#endif // CT_UNIT_PARTS_H

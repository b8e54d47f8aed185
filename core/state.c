// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The take as text that travels in a session

#include "continuo.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/status.h"
#include "gen/sheet.h"
#include "gen/sheet_state.h"
#include "instance.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/// How every text begins: the magic bytes of a sheet's state
static const char text_magic[] = "Continuo";

ContinuoStatus
continuo_save_take(Continuo* const self, char** const text)
{
  CtSheet  sheet;
  CtBuffer buffer = ct_buffer_init();
  CtStatus st     = ct_writer_copy_sheet(self->writer, &sheet);
  *text           = NULL;
  if (!st) {
    ct_sheet_state_write(&sheet, &buffer);
    st = buffer.status;
  }
  st = st ? st : ct_base64_encode(buffer.bytes, buffer.size, text);
  ct_buffer_free(&buffer);
  ct_sheet_clear(&sheet);
  return (ContinuoStatus)st;
}

/// Read a text.  @return CT_SUCCESS, or why there is no sheet
static CtStatus
read_text(const char* const       text,
          const CtSettings* const absent,
          CtSheet* const          sheet)
{
  uint8_t* bytes = NULL;
  size_t   size  = 0U;
  if (strncmp(text, text_magic, strlen(text_magic)) != 0) {
    return CT_TAKE_NOT_ONE;
  }
  CtStatus st = ct_base64_decode(text, &bytes, &size);
  if (st) {
    return st == CT_NOT_BASE64 ? CT_TAKE_DAMAGED : st;
  }
  st = ct_sheet_state_read(bytes, size, absent, sheet);
  free(bytes);
  return st;
}

ContinuoStatus
continuo_restore_take(Continuo* const self, const char* const text)
{
  CtSheet          sheet  = {0};
  const CtSettings absent = ct_instance_settings(self);
  if (!*text) {
    return CT_SUCCESS;
  }

  CtStatus st = read_text(text, &absent, &sheet);
  if (!st) {
    ct_writer_restore(self->writer, &sheet);

    // The audio thread then asks for notes of it
    atomic_fetch_add(&self->edition, 1U);
  }
  return (ContinuoStatus)st;
}

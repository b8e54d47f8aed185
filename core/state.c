// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

// The take as text that travels in a session

#define _POSIX_C_SOURCE \
  200809L // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)

#include "continuo.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/status.h"
#include "base/text.h"
#include "gen/sheet.h"
#include "gen/sheet_state.h"
#include "instance.h"
#include "model_choice.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/// How every text begins: the magic bytes of a sheet's state
static const char text_magic[] = "Continuo";

/// What stands between a take and its model; no character of base64
static const char separator = '.';

/// Put the model that is chosen behind a take.  @return Memory for free(), or
/// null
static char*
add_model(Continuo* const self, const char* const take)
{
  static const char between[] = {separator, '\0'};
  char* const       model     = continuo_chosen_model(self);
  char*             encoded   = NULL;
  const CtStatus    st =
    model ? ct_base64_encode((const uint8_t*)model, strlen(model), &encoded)
             : CT_NO_MEMORY;
  char* const text = st ? NULL : ct_text_join(take, between, encoded);
  free(encoded);
  free(model);
  return text;
}

ContinuoStatus
continuo_save_take(Continuo* const self, char** const text)
{
  CtSheet  sheet;
  CtBuffer buffer = ct_buffer_init();
  CtStatus st     = ct_writer_copy_sheet(self->writer, &sheet);
  char*    take   = NULL;
  *text           = NULL;
  if (!st) {
    ct_sheet_state_write(&sheet, &buffer);
    st = buffer.status;
  }
  st = st ? st : ct_base64_encode(buffer.bytes, buffer.size, &take);
  if (!st) {
    *text = add_model(self, take);
    st    = *text ? CT_SUCCESS : CT_NO_MEMORY;
  }
  free(take);
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

CtStatus
ct_instance_restore(Continuo* const self, const char* const take)
{
  CtSheet          sheet  = {0};
  const CtSettings absent = ct_instance_settings(self);
  const CtStatus   st     = read_text(take, &absent, &sheet);
  if (!st) {
    ct_writer_restore(self->writer, &sheet);

    // The audio thread then asks for notes of it
    atomic_fetch_add(&self->edition, 1U);
    atomic_store(&self->is_restored, true);
  }
  return st;
}

/// Read the model behind a take.
/// @param model Set to memory for free(), or to null if none is told.
static CtStatus
read_model(const char* const text, char** const model)
{
  uint8_t* bytes = NULL;
  size_t   size  = 0U;
  *model         = NULL;
  if (!text) {
    return CT_SUCCESS;
  }
  const CtStatus st = ct_base64_decode(text, &bytes, &size);
  if (!st) {
    *model = size ? ct_text_copy((const char*)bytes, size) : NULL;
  }
  free(bytes);
  return st == CT_NOT_BASE64 ? CT_TAKE_DAMAGED : st;
}

ContinuoStatus
continuo_restore_take(Continuo* const self, const char* const text)
{
  CtModelChoice* const choice = &self->model_choice;
  const char* const    middle = strchr(text, separator);
  char*                model  = NULL;
  if (!*text) {
    return CT_SUCCESS;
  }

  char* take =
    ct_text_copy(text, middle ? (size_t)(middle - text) : strlen(text));
  CtStatus st =
    take ? read_model(middle ? middle + 1 : NULL, &model) : CT_NO_MEMORY;
  pthread_mutex_lock(&choice->mutex);
  if (!st) {
    st = ct_instance_restore(self, take);
  }
  if (!st) {
    // Kept for its model, should that come after
    char* const old_take  = choice->take;
    char* const old_model = choice->take_model;
    choice->take          = take;
    choice->take_model    = model;
    take                  = old_take;
    model                 = old_model;
  }
  pthread_mutex_unlock(&choice->mutex);
  free(take);
  free(model);
  return (ContinuoStatus)st;
}

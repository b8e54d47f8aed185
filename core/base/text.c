// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

char*
ct_text_copy(const char* const text, const size_t length)
{
  char* const copy = (char*)malloc(length + 1U);
  if (copy) {
    memcpy(copy, text, length);
    copy[length] = '\0';
  }
  return copy;
}

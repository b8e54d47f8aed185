// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/text.h"

#include <stdio.h>
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

char*
ct_text_join(const char* const a, const char* const b, const char* const c)
{
  const size_t size = strlen(a) + strlen(b) + strlen(c) + 1U;
  char* const  text = (char*)malloc(size);
  if (text) {
    (void)snprintf(text, size, "%s%s%s", a, b, c);
  }
  return text;
}

bool
ct_text_has_end(const char* const text, const char* const end)
{
  const size_t length = strlen(text);
  const size_t n_end  = strlen(end);
  return length > n_end && !strcmp(text + length - n_end, end);
}

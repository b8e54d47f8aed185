// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "music/xml.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LINE_SIZE 256U

/// First character that is not a control
#define FIRST_PRINTED 0x20U

void
ct_xml_put(CtBuffer* const out, const char* const format, ...)
{
  char    line[LINE_SIZE] = "";
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof(line), format, args);
  va_end(args);
  ct_put_text(out, line);
}

/// Put a character of a text; controls, which XML does not know, as spaces
static void
put_character(CtBuffer* const out, const char c)
{
  switch (c) {
  case '&':
    ct_put_text(out, "&amp;");
    break;
  case '<':
    ct_put_text(out, "&lt;");
    break;
  case '>':
    ct_put_text(out, "&gt;");
    break;
  default:
    ct_put_u8(out, (uint8_t)c < FIRST_PRINTED ? (uint8_t)' ' : (uint8_t)c);
    break;
  }
}

void
ct_xml_put_text(CtBuffer* const   out,
                const char* const tag,
                const char* const text)
{
  if (text) {
    ct_xml_put(out, "<%s>", tag);
    for (const char* c = text; *c; ++c) {
      put_character(out, *c);
    }
    ct_xml_put(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
  }
}

void
ct_xml_put_number(CtBuffer* const   out,
                  const char* const tag,
                  const int64_t     number)
{
  ct_xml_put(
    out, "<%s>%" PRId64 "</%.*s>\n", tag, number, (int)strcspn(tag, " "), tag);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file xml.h Putting XML into a buffer

#ifndef CT_MUSIC_XML_H
#define CT_MUSIC_XML_H

#include "base/buffer.h"

#include <stdint.h>

#if defined(__GNUC__)
#  define CT_XML_FORMAT __attribute__((format(printf, 2, 3)))
#else
#  define CT_XML_FORMAT
#endif

/// Put markup in the manner of printf, at most 255 bytes and no texts of
/// others.  @thread main|worker
CT_XML_FORMAT void
ct_xml_put(CtBuffer* out, const char* format, ...);

/// Put an element with a text, whatever is in it; null puts nothing.
/// @thread main|worker
/// @param tag Its name, perhaps with attributes.
void
ct_xml_put_text(CtBuffer* out, const char* tag, const char* text);

/// Put an element with a number.  @thread main|worker
void
ct_xml_put_number(CtBuffer* out, const char* tag, int64_t number);

#endif // CT_MUSIC_XML_H

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file lv2_presets.c Write the built-in presets into an LV2 bundle.

   Run while building, on a bundle just made: its manifest.ttl gets a line for
   each preset, and presets.ttl holds them.  What DPF would write does not parse
   where a plugin has programs and states.
*/

#include "continuo.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
  EXIT_BAD_ARGS = 1,
  EXIT_BAD_FILE = 2,
  MAX_PATH      = 4096,
};

static const char prefixes[] =
  "@prefix lv2: <http://lv2plug.in/ns/lv2core#> .\n"
  "@prefix pset: <http://lv2plug.in/ns/ext/presets#> .\n"
  "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

/// Write a string literal of Turtle
static void
put_string(FILE* const file, const char* const text)
{
  fputc('"', file);
  for (const char* c = text; *c; ++c) {
    if (*c == '"' || *c == '\\') {
      fputc('\\', file);
    }
    fputc(*c, file);
  }
  fputc('"', file);
}

/// Where hosts find that there are presets
static void
put_manifest(FILE* const file, const char* const uri)
{
  fputs("\n", file);
  fputs(prefixes, file);
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    fprintf(file,
            "\n<%s#%s>\n\ta pset:Preset ;\n\tlv2:appliesTo <%s> ;\n"
            "\trdfs:seeAlso <presets.ttl> .\n",
            uri,
            continuo_preset_id(i),
            uri);
  }
}

static void
put_preset(FILE* const                 file,
           const char* const           uri,
           const char* const           id,
           const ContinuoPreset* const preset)
{
  fprintf(file,
          "\n<%s#%s>\n\ta pset:Preset ;\n\tlv2:appliesTo <%s> ;\n"
          "\trdfs:label ",
          uri,
          id,
          uri);
  put_string(file, preset->name);
  fputs(" ;\n\trdfs:comment ", file);
  put_string(file, preset->about);
  fputs(" ;\n\tlv2:port ", file);
  bool is_first = true;
  for (uint32_t param = 0U; param < CONTINUO_N_PARAMS; ++param) {
    if (continuo_preset_sets(param)) {
      fprintf(file,
              "%s[\n\t\tlv2:symbol \"%s\" ;\n\t\tpset:value %.6f\n\t]",
              is_first ? "" : " , ",
              continuo_param(param)->symbol,
              (double)preset->values[param]);
      is_first = false;
    }
  }
  fputs(" .\n", file);
}

static bool
put_presets(FILE* const file, const char* const uri)
{
  fputs(prefixes, file);
  for (uint32_t i = 0U; i < continuo_n_presets(); ++i) {
    const char* const id   = continuo_preset_id(i);
    const char* const text = continuo_preset_text(i);
    ContinuoPreset    preset;
    char              why[CONTINUO_WHY_SIZE];
    if (continuo_preset_read(NULL, text, strlen(text), &preset, why)) {
      fprintf(stderr, "%s.preset: %s\n", id, why);
      return false;
    }
    put_preset(file, uri, id, &preset);
  }
  return true;
}

/// Open a file of the bundle in `mode`, or say that it can't be
static FILE*
open_in(const char* const bundle,
        const char* const name,
        const char* const mode)
{
  char path[MAX_PATH];
  (void)snprintf(path, sizeof(path), "%s/%s", bundle, name);
  FILE* const file = fopen(path, mode);
  if (!file) {
    fprintf(stderr, "%s cannot be written\n", path);
  }
  return file;
}

/// Whether all that was written is there
static bool
end_file(FILE* const file)
{
  const bool is_whole = !ferror(file);
  return !fclose(file) && is_whole;
}

int
main(int argc, char** argv)
{
  if (argc != 3) {
    fprintf(stderr, "Usage: lv2_presets URI BUNDLE\n");
    return EXIT_BAD_ARGS;
  }

  FILE* const manifest = open_in(argv[2], "manifest.ttl", "a");
  if (!manifest) {
    return EXIT_BAD_FILE;
  }
  put_manifest(manifest, argv[1]);
  const bool  has_manifest = end_file(manifest);
  FILE* const presets      = open_in(argv[2], "presets.ttl", "w");
  if (!presets) {
    return EXIT_BAD_FILE;
  }
  const bool has_presets = put_presets(presets, argv[1]);
  return end_file(presets) && has_presets && has_manifest ? 0 : EXIT_BAD_FILE;
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file standalone.cpp The JACK standalone's command line.

   Without a window and without a host, its parameters can be set nowhere else.
   DPF's main() has become dpf_main(), see ContinuoPlugin.cmake.
*/

#include "continuo.h"
#include "first_settings.h"
#include "variant.h"

#include <cstdio>
#include <cstring>

#undef main

int
dpf_main(int argc, char* argv[]);

int
main(int argc, char* argv[])
{
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--help")) {
      std::printf(
        "Usage: %s [SYMBOL=VALUE]...\n\n%s", variant.program, variant.help);
      return 0;
    }
    if (!std::strcmp(argv[i], "--version")) {
      std::printf("%s %s\n", variant.program, CONTINUO_VERSION);
      return 0;
    }
    if (!first_settings_add(argv[i])) {
      std::fprintf(stderr,
                   "%s: no parameter and value in its range: %s\n",
                   variant.program,
                   argv[i]);
      return 1;
    }
  }
  return dpf_main(1, argv);
}

// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file standalone.cpp The JACK standalone's command line.

   Where it has no window, as without a display, its parameters can be set
   nowhere else.  DPF's main() has become dpf_main(), see ContinuoPlugin.cmake.
*/

#include "continuo.h"
#include "first_settings.h"

#include <cstdio>
#include <cstring>

#if CONTINUO_EDITOR
#  include <X11/Xlib.h>
#endif

#undef main

int
dpf_main(int argc, char* argv[]);

/// Whether DPF is to open a window, see DpfMendsUi.cmake
bool continuo_has_window = false;

#if CONTINUO_EDITOR
static bool
has_display()
{
  Display* const display = XOpenDisplay(nullptr);
  if (display) {
    XCloseDisplay(display);
  }
  return display != nullptr;
}
#else
static bool
has_display()
{
  return false;
}
#endif

int
main(int argc, char* argv[])
{
  bool wants_window = true;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--help")) {
      std::printf(
        "Usage: continuo-jack [--no-window] [SYMBOL=VALUE]...\n\n"
        "Improvises as a client of JACK, in time with its transport: "
        "connect its MIDI\noutput to a synthesizer.  SYMBOL is a "
        "parameter of `continuo list parameters`, or \"model\" for one "
        "of your own.\n");
      return 0;
    }
    if (!std::strcmp(argv[i], "--version")) {
      std::printf("continuo-jack %s\n", CONTINUO_VERSION);
      return 0;
    }
    if (!std::strcmp(argv[i], "--no-window")) {
      wants_window = false;
      continue;
    }
    if (!first_settings_add(argv[i])) {
      std::fprintf(stderr,
                   "continuo-jack: no parameter and value in its range: %s\n",
                   argv[i]);
      return 1;
    }
  }
  continuo_has_window = wants_window && has_display();
  return dpf_main(1, argv);
}

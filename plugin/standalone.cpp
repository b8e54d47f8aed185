// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file standalone.cpp The JACK standalone's command line.

   Where it has no window, as without a display, its parameters can be set
   nowhere else.  DPF's main() has become dpf_main(), see ContinuoPlugin.cmake.
*/

#include "continuo.h"
#include "first_settings.h"
#include "variant.h"

#include <cstdint>
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

namespace {

#if CONTINUO_EDITOR
bool
has_display()
{
  Display* const display = XOpenDisplay(nullptr);
  if (display) {
    XCloseDisplay(display);
  }
  return display != nullptr;
}
#else
bool
has_display()
{
  return false;
}
#endif

/// One line of a parameter that only this plugin has: its range, what it is at
/// first, and what it does
void
print_param(const ContinuoParam& row)
{
  constexpr size_t size        = 64;
  char             range[size] = "output";
  char             first[size] = "-";
  if (row.labels) {
    std::snprintf(range, size, "0 to %u", row.n_labels - 1);
    std::snprintf(first, size, "%s", row.labels[0]);
  } else if (!(row.flags & CONTINUO_PARAM_OUTPUT)) {
    const auto min = static_cast<double>(row.min);
    const auto max = static_cast<double>(row.max);
    std::snprintf(range, size, "%g to %g %s", min, max, row.unit);
    std::snprintf(first, size, "%g", static_cast<double>(row.initial));
  }
  std::printf("  %-16s  %-12s  %-12s  %s\n", row.symbol, range, first, row.doc);
}

void
print_help()
{
  std::printf("Usage: %s %s[SYMBOL=VALUE]...\n\n%s",
              variant.program,
              CONTINUO_EDITOR ? "[--no-window] " : "",
              variant.help);
  const ContinuoParam* row = variant.own_param(0);
  if (row) {
    std::printf("\n  %-16s  %-12s  %-12s\n", "SYMBOL", "VALUE", "AT FIRST");
  }
  for (uint32_t id = 0; (row = variant.own_param(id)); ++id) {
    print_param(*row);
  }
}

} // namespace

int
main(int argc, char* argv[])
{
  bool wants_window = true;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--help")) {
      print_help();
      return 0;
    }
    if (!std::strcmp(argv[i], "--version")) {
      std::printf("%s %s\n", variant.program, CONTINUO_VERSION);
      return 0;
    }
    if (!std::strcmp(argv[i], "--no-window")) {
      wants_window = false;
      continue;
    }
    if (!first_settings_add(argv[i])) {
      std::fprintf(stderr,
                   "%s: no parameter and value in its range: %s\n",
                   variant.program,
                   argv[i]);
      return 1;
    }
  }
  continuo_has_window = wants_window && has_display();
  return dpf_main(1, argv);
}

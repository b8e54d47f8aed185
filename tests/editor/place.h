// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file place.h A window for windows of plugins, and what is tried with each

#ifndef PLACE_H
#define PLACE_H

#include <X11/Xlib.h>

#include <stdbool.h>
#include <stdint.h>

/// A window of ours, and the way to the plugin's in it
typedef struct {
  Display* display;
  Window   window;
  bool     has_sound; ///< The plugin is the instrument
} Place;

/// A format's way to open, idle and close, and to read a parameter
typedef struct {
  bool (*open)(void* handle, Window parent);
  void (*idle)(void* handle);
  void (*close)(void* handle);
  double (*value)(void* handle, uint32_t id);
} Format;

/// @return False if there is no display
bool
make_place(Place* place, bool has_sound);

void
free_place(Place* place);

/// Open the window of a plugin twice: it must draw something, and a wheel over
/// a knob must turn it: over the instrument's, one of its own.
bool
try_window(const Place* place, const Format* format, void* handle);

#endif // PLACE_H

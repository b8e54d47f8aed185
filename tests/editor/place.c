// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "place.h"

#include "layout.h"
#include "theme.h"

#include "continuo.h"

#include <X11/Xutil.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { N_IDLES = 120, NAP_MS = 10, LEAST_COLORS = 12, CLICK_AT = 40 };

static EdLayout
layout_of(const Place* const place)
{
  return ed_layout(ED_WIDTH,
                   ED_HEIGHT + (place->has_sound ? ED_SOUND_HEIGHT : 0),
                   place->has_sound);
}

bool
make_place(Place* const place, const bool has_sound)
{
  place->has_sound = has_sound;
  place->display   = XOpenDisplay(NULL);
  if (!place->display) {
    return false;
  }
  place->window = XCreateSimpleWindow(place->display,
                                      DefaultRootWindow(place->display),
                                      0,
                                      0,
                                      ED_WIDTH,
                                      (unsigned)layout_of(place).height,
                                      0U,
                                      0U,
                                      0U);
  XMapWindow(place->display, place->window);
  XSync(place->display, False);
  return true;
}

/// How many colours there are in a row through the knobs
static int
count_colors(const Place* const place)
{
  unsigned long colors[LEAST_COLORS];
  int           n   = 0;
  XImage* const row = XGetImage(place->display,
                                place->window,
                                0,
                                (int)layout_of(place).controls[ED_TOP_K].y + 20,
                                ED_WIDTH,
                                1U,
                                AllPlanes,
                                ZPixmap);
  for (int x = 0; row && x < ED_WIDTH; ++x) {
    const unsigned long color = XGetPixel(row, x, 0);
    int                 i     = 0;
    while (i < n && colors[i] != color) {
      ++i;
    }
    if (i == n && n < LEAST_COLORS) {
      colors[n++] = color;
    }
  }
  if (row) {
    XDestroyImage(row);
  }
  return n;
}

/// Turn the wheel over a control
static void
turn(const Place* const place, const EdControlId id)
{
  const EdRect rect     = layout_of(place).controls[id];
  Window       root     = 0U;
  Window       parent   = 0U;
  Window*      children = NULL;
  unsigned     n        = 0U;
  if (!XQueryTree(
        place->display, place->window, &root, &parent, &children, &n) ||
      !n) {
    return;
  }
  XEvent event;
  memset(&event, 0, sizeof(event));
  event.xbutton.type        = ButtonPress;
  event.xbutton.display     = place->display;
  event.xbutton.window      = children[0];
  event.xbutton.root        = root;
  event.xbutton.x           = (int)(rect.x + (rect.w / 2.0F));
  event.xbutton.y           = (int)(rect.y + (rect.h / 2.0F));
  event.xbutton.button      = Button4;
  event.xbutton.same_screen = True;
  (void)XSendEvent(place->display, children[0], True, ButtonPressMask, &event);
  XSync(place->display, False);
  XFree(children);
}

static bool
try_once(const Place* const  place,
         const Format* const format,
         void* const         handle)
{
  static const struct timespec nap = {0, NAP_MS * 1000000L};

  // In formats without presets of their own, inputs are counted as here
  const EdControlId knob = place->has_sound ? ED_GAIN : ED_TOP_K;
  const uint32_t    param =
    place->has_sound ? CONTINUO_LATE_NOTES + SYNTH_GAIN : CONTINUO_TOP_K;
  const double first = format->value(handle, param);
  if (!format->open(handle, place->window)) {
    (void)fprintf(stderr, "windows: it does not open\n");
    return false;
  }
  int    n_colors = 0;
  double value    = first;
  for (int i = 0; i < N_IDLES; ++i) {
    format->idle(handle);
    (void)nanosleep(&nap, NULL);
    if (i == CLICK_AT) {
      turn(place, knob);
    }
    const int now = count_colors(place);
    n_colors      = now > n_colors ? now : n_colors;
    value         = format->value(handle, param);
  }
  format->close(handle);
  printf("%d colours, knob from %.4f to %.4f\n", n_colors, first, value);
  return n_colors >= LEAST_COLORS && value > first;
}

bool
try_window(const Place* const  place,
           const Format* const format,
           void* const         handle)
{
  bool is_good = true;
  for (int i = 0; i < 2 && is_good; ++i) {
    is_good = try_once(place, format, handle);
  }
  return is_good;
}

void
free_place(Place* const place)
{
  XDestroyWindow(place->display, place->window);
  XCloseDisplay(place->display);
}

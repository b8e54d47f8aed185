// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file layout.h Where everything is, for a size of the window

#ifndef ED_LAYOUT_H
#define ED_LAYOUT_H

#include "control.h"
#include "rect.h"

#include <stdbool.h>
#include <stdint.h>

/// Keys of a piano
#define ED_LOWEST_KEY 21
#define ED_HIGHEST_KEY 108
#define ED_N_KEYS (ED_HIGHEST_KEY - ED_LOWEST_KEY + 1)

/// Where everything is; without gaps of time or rounding, from the size alone
typedef struct {
  float  width;
  float  height;
  EdRect header;
  EdRect ruler;    ///< Numbers of bars
  EdRect keyboard; ///< With the handles of the range
  EdRect chances;  ///< What the pitch was drawn from
  EdRect roll;
  EdRect take;  ///< Panel
  EdRect knobs; ///< Panel
  EdRect key;   ///< Panel
  EdRect sound; ///< Panel of the instrument, else empty
  EdRect meter; ///< Of its sound
  EdRect status;
  EdRect light;    ///< Of MIDI
  EdRect browser;  ///< Over the roll, when it is open
  float  circle_x; ///< Centre of the circle of fifths
  float  circle_y;
  float  circle_outer;            ///< Radius of the majors' outer edge
  float  circle_inner;            ///< Of the minors' outer edge
  float  circle_core;             ///< Of the minors' inner edge
  EdRect controls[ED_N_CONTROLS]; ///< Handles: the keyboard as a whole
} EdLayout;

/// The layout of a window of this size, of the MIDI effect or of the
/// instrument.  Controls that are not there are empty.
EdLayout
ed_layout(float width, float height, bool has_sound);

/// Upper edge of a key's lane; lanes are equally high.
float
ed_layout_key_y(const EdLayout* layout, int key);

/// The key whose lane is at `y`, or the nearest.
int
ed_layout_key_at(const EdLayout* layout, float y);

/// Where the handles of the range are: the lower edge of the lowest key, and
/// the upper edge of the highest.
EdRect
ed_layout_handle(const EdLayout* layout, EdControlId id, int key);

/// A key of the circle of fifths: tonic and mode
typedef struct {
  int  tonic;    ///< 0..11 is C..B
  bool is_minor; ///< Its mode
} EdCircleKey;

/// The key at a place of the circle.  @return False if there is none
bool
ed_layout_circle_key(const EdLayout* layout,
                     float           x,
                     float           y,
                     EdCircleKey*    key);

/// Middle of a key in the circle.
void
ed_layout_circle_place(const EdLayout* layout,
                       EdCircleKey     key,
                       float*          x,
                       float*          y);

/// The control at a place, for a range of keys; ED_N_CONTROLS if there is none.
EdControlId
ed_layout_hit(const EdLayout* layout, int low, int high, float x, float y);

#endif // ED_LAYOUT_H

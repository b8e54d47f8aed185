// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file theme.h Colours, type and grid of the window: the one place for looks

#ifndef ED_THEME_H
#define ED_THEME_H

#include <stdint.h>

/// Size of the window without scale, in pixels
#define ED_WIDTH 1000
#define ED_HEIGHT 640
#define ED_LEAST_WIDTH 640
#define ED_LEAST_HEIGHT 400

/// What the instrument's window is higher by
#define ED_SOUND_HEIGHT 96

/// Unit of the grid
#define ED_GRID 8.0F

/// The two sizes of type
#define ED_SMALL 11.0F
#define ED_LARGE 14.0F

/// Radius of corners
#define ED_CORNER 4.0F

/// Colours by what they are for
typedef enum {
  ED_BACK,       ///< Of the window
  ED_PANEL,      ///< Behind controls
  ED_FIELD,      ///< Behind values that can be chosen
  ED_FIELD_OVER, ///< With the pointer over it
  ED_LINE,       ///< Borders
  ED_TEXT,       ///< What is to be read
  ED_DIM,        ///< Names and help
  ED_ACCENT,     ///< What is chosen, and the playhead
  ED_ON_ACCENT,  ///< Text on it
  ED_WARN,       ///< What is missing
  ED_FOCUS,      ///< The ring around what has the keyboard
  ED_ROLL,       ///< Lanes of the scale
  ED_ROLL_OUT,   ///< Lanes outside the scale
  ED_ROLL_TONIC, ///< Lanes of the tonic
  ED_BEAT,       ///< Beat lines
  ED_BAR,        ///< Bar lines
  ED_WHITE_KEY,
  ED_BLACK_KEY,
  ED_MUSICIAN, ///< What the user plays
  ED_REVOKED,  ///< What was taken back
  ED_CUT,      ///< Choices that were cut
  ED_PART,     ///< First of the parts, in their order
  ED_N_COLORS = ED_PART + 6
} EdColorId;

/// Text on what is behind it
typedef struct {
  EdColorId text;
  EdColorId behind;
} EdTextPair;

#ifdef __cplusplus
extern "C" {
#endif

/// 0xRRGGBB
extern const uint32_t ed_colors[ED_N_COLORS];

/// All text there is, for a test of contrast; the last is of the same colour
/// twice
extern const EdTextPair ed_texts[];

#ifdef __cplusplus
}
#endif

#endif // ED_THEME_H

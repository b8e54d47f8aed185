// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file scene.h A window on a real instance in a state that can be told by
/// name

#ifndef SCENE_H
#define SCENE_H

#include "continuo.h"
#include "editor.h"

CONTINUO_BEGIN_DECLS

/// A window, the instance behind it, and a host that is a few lines of code
typedef struct {
  Continuo*        continuo; ///< Null where the host shows none
  Editor*          editor;
  ContinuoPosition position;
  double           now;       ///< Seconds
  uint32_t         n_sent;    ///< MIDI messages
  uint32_t         n_edits;   ///< Begins of edits less their ends
  char             state[64]; ///< Key and value set last
  EdSound          sound;     ///< Of an instrument that makes none
  float            own[SYNTH_N_PARAMS];
  float            levels[2];
  char             font[ED_PATH_SIZE];
} Scene;

/// An instance that stands at bar one, with a window on it.
Scene*
scene_begin(float width, float height);

/// The same of the instrument.
Scene*
scene_begin_synth(float width, float height);

/// The scene called `name`, or null if there is none such.
Scene*
scene_new(const char* name, float width, float height);

void
scene_free(Scene* scene);

/// Let the host roll for some seconds.
void
scene_play(Scene* scene, double seconds);

/// Let the window follow.
void
scene_follow(Scene* scene);

CONTINUO_END_DECLS

#endif // SCENE_H

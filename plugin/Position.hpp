// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file Position.hpp DPF's transport in the words of the core

#ifndef CONTINUO_PLUGIN_POSITION_HPP
#define CONTINUO_PLUGIN_POSITION_HPP

#include "DistrhoPlugin.hpp"

#include "continuo.h"

START_NAMESPACE_DISTRHO

/**
   The host's transport in the words of the core.

   The place in the bar is read from beat and tick alone: DPF counts `bar` up a
   block too early while it extrapolates, and so does `barStartTick`.
   @thread audio
*/
ContinuoPosition
position_of(const TimePosition& time);

/**
   Whether a host told `time`, so that it has a transport.

   DPF has no word for a host without one: it looks like one that stands at
   zero and has no tempo.  JACK always has a transport.
   @thread audio
*/
bool
is_told(const TimePosition& time);

END_NAMESPACE_DISTRHO

#endif // CONTINUO_PLUGIN_POSITION_HPP

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of plugin/sound
if(CONTINUO_FLUIDSYNTH)
  continuo_unit_test(sound continuo_sound m)
endif()

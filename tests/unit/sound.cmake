# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of plugin/sound
if(CONTINUO_FLUIDSYNTH)
  foreach(module sound sound_fonts)
    continuo_unit_test(${module} continuo_sound PkgConfig::FLUIDSYNTH m)
    target_sources(test_${module} PRIVATE sound_fixture.c)
    set_tests_properties(unit/${module} PROPERTIES PROCESSORS 2)
  endforeach()
endif()

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/gen, and of what lies above it
add_library(unit_fixture STATIC fixture.c)
target_link_libraries(unit_fixture PUBLIC continuo_gen PkgConfig::CMOCKA PRIVATE continuo_flags)
target_compile_definitions(unit_fixture PUBLIC CONTINUO_MODEL="${CONTINUO_MODEL}")

foreach(module codec constraint context generator interpret layout legal model model_damage
               pitch_set sampler scorer setting_field sheet_state take take_meter velocity worker)
  continuo_unit_test(${module} unit_fixture)
endforeach()
continuo_unit_test(params continuo)

target_compile_definitions(
  test_scorer PRIVATE MIDI_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/midi/hymns-hymn-4.mid")

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/gen, and of what lies above it
add_library(unit_fixture STATIC fixture.c writer_fixture.c)
target_link_libraries(unit_fixture PUBLIC continuo_gen unit_parts PkgConfig::CMOCKA PRIVATE continuo_flags)
target_compile_definitions(unit_fixture PUBLIC CONTINUO_MODEL="${CONTINUO_MODEL}")

foreach(module candidates close codec constraint context critic form generator guide interpret layout lead legal model model_damage
               opening pitch_set sampler scorer section setting_field sheet sheet_state shelf spread strand
               take take_draft take_form take_keep take_meter take_room take_section tonic toward track
               velocity writer writer_salt writer_thread)
  continuo_unit_test(${module} unit_fixture)
endforeach()
continuo_unit_test(older unit_fixture unit_parts)
set_tests_properties(unit/writer_thread PROPERTIES PROCESSORS 2)
foreach(module follow input model_files params preset preset_choice preset_files program view)
  continuo_unit_test(${module} continuo)
endforeach()

target_compile_definitions(test_model_files PRIVATE CONTINUO_MODEL="${CONTINUO_MODEL}")
target_compile_definitions(
  test_older PRIVATE OLDER_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/older"
                     MIDI_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/midi/hymns-hymn-4.mid")
target_compile_definitions(
  test_toward PRIVATE VAE_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/older/symbols_vae.safetensors"
                      GRU_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/older/symbols_gru.safetensors")
target_compile_definitions(
  test_scorer PRIVATE MIDI_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/midi/hymns-hymn-4.mid")

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/model; its loader is tested through core/gen/model.h
foreach(module activation dot latent layers matrix safetensors)
  continuo_unit_test(${module} continuo_model)
endforeach()

# What takes model files apart, and all designs; tests/parity shares it
add_library(unit_parts STATIC designs.c parts.c)
target_include_directories(unit_parts PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(unit_parts PUBLIC continuo_model PkgConfig::CMOCKA PRIVATE continuo_flags)

continuo_unit_test(design unit_parts)
target_compile_definitions(test_design PRIVATE OLDER_PATH="${CMAKE_CURRENT_SOURCE_DIR}/../data/older")

# They compare numbers bit by bit with code that is not contracted either
set_source_files_properties(activation.c layers.c matrix.c PROPERTIES COMPILE_OPTIONS -ffp-contract=off)

# The kernels of another processor, by a cross compiler and QEMU
add_test(NAME unit/dot-aarch64
         COMMAND sh ${PROJECT_SOURCE_DIR}/tests/aarch64/run.sh ${PROJECT_SOURCE_DIR}
                 ${CMAKE_CURRENT_BINARY_DIR}/aarch64)
set_tests_properties(unit/dot-aarch64 PROPERTIES LABELS unit SKIP_RETURN_CODE 77)

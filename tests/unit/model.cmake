# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/model; its loader is tested through core/gen/model.h
foreach(module activation dot layers matrix safetensors)
  continuo_unit_test(${module} continuo_model)
endforeach()

# They compare numbers bit by bit with code that is not contracted either
set_source_files_properties(activation.c matrix.c PROPERTIES COMPILE_OPTIONS -ffp-contract=off)

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/model; its loader is tested through core/gen/model.h
foreach(module activation layers matrix safetensors)
  continuo_unit_test(${module} continuo_model)
endforeach()

# It compares sums bit by bit with kernels that are not contracted either
set_source_files_properties(matrix.c PROPERTIES COMPILE_OPTIONS -ffp-contract=off)

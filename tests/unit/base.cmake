# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/base
foreach(module arena buffer clock cursor file grow ring rng status)
  continuo_unit_test(${module} continuo_base)
endforeach()

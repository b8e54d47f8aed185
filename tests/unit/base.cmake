# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/base
foreach(module allowance arena base64 buffer clock cursor file grow pool ring rng status token)
  continuo_unit_test(${module} continuo_base)
endforeach()

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/base
foreach(module allowance arena base64 buffer clock cursor file grow number pace pool ring rng status text token)
  continuo_unit_test(${module} continuo_base)
endforeach()

# A language with a comma in numbers, where there is none installed
set(locales "${CMAKE_CURRENT_BINARY_DIR}/locale")
find_program(CONTINUO_LOCALEDEF localedef)
if(CONTINUO_LOCALEDEF AND NOT EXISTS "${locales}/de_DE.UTF-8")
  file(MAKE_DIRECTORY "${locales}")
  execute_process(COMMAND ${CONTINUO_LOCALEDEF} -i de_DE -f UTF-8 "${locales}/de_DE.UTF-8"
                  OUTPUT_QUIET ERROR_QUIET)
endif()
if(EXISTS "${locales}/de_DE.UTF-8")
  set_tests_properties(unit/number PROPERTIES ENVIRONMENT "LOCPATH=${locales}")
endif()

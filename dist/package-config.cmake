# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# What differs between packages; CPack reads this for each.  The archive has the script
# that installs for a user, and is laid out as below /usr
if(CPACK_GENERATOR STREQUAL "TXZ")
  list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS "${build}" continuo user /)
endif()

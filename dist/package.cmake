# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# `cpack` in the build folder makes a package of Debian's and an archive for one user

set(CPACK_GENERATOR DEB TXZ)
set(CPACK_PACKAGE_NAME continuo)
set(CPACK_PACKAGE_VENDOR "The Continuo authors")
set(CPACK_PACKAGE_CONTACT "${CONTINUO_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "MIDI effect that improvises in the style of a composer")
set(CPACK_PACKAGE_DESCRIPTION
    "Continuo stands on a MIDI track of a host such as Ardour or Reaper, before
an instrument, and plays: in the host's tempo and meter, in the key that
is set, after a composer such as Bach, Chopin or Haydn. A recurrent neural
network writes the notes inside the plugin; nothing is sent anywhere or
downloaded.

It comes as LV2, VST3, CLAP and VST2, as a client of JACK, and as a
command line that writes MIDI files, scores in MusicXML, and sound.
Continuo Synth is the same as an instrument, heard through FluidSynth.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_SOURCE_DIR}/package-config.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/package-mend.cmake)

string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" system)
set(CPACK_PACKAGE_FILE_NAME "continuo-${PROJECT_VERSION}-${system}")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# An OpenBLAS without threads of its own where there is none yet: hosts need the processors
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libopenblas0-serial | libopenblas0")
# For Continuo Synth and continuo generate -o FILE.wav
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS timgm6mb-soundfont)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "ardour, fluidsynth, jackd, jalv, qtractor")
set(CPACK_DEBIAN_PACKAGE_ENHANCES "ardour, qtractor")

include(CPack)

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/music
foreach(module humanize inbox key key_finder key_passages ledger listener meter rhythm scheduler smf_read
               smf_write spelling tempo_map transport transport_input voices)
  continuo_unit_test(${module} continuo_music)
endforeach()

# A host and its scripts, for the clock
add_library(unit_clock STATIC clock_host.c clock_script.c)
target_link_libraries(unit_clock PUBLIC continuo_music PRIVATE continuo_flags)
foreach(module clock_hosts clock_property)
  continuo_unit_test(${module} unit_clock)
endforeach()

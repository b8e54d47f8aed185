# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# Unit tests of core/music
foreach(module key key_finder ledger listener meter scheduler smf_read
               smf_write tempo_map transport transport_input)
  continuo_unit_test(${module} continuo_music)
endforeach()

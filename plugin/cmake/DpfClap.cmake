# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# The CLAP target that dpf_add_plugin() of DPF 1.6 lacks, though the sources for it are
# there; a newer DPF has its own

if(NOT COMMAND dpf__build_clap)
  function(dpf__build_clap NAME DGL_LIBRARY)
    dpf__create_dummy_source_list(no_sources)
    dpf__add_module("${NAME}-clap" ${no_sources})
    dpf__add_plugin_main("${NAME}-clap" "clap")
    dpf__add_ui_main("${NAME}-clap" "clap" "${DGL_LIBRARY}")
    dpf__set_module_export_list("${NAME}-clap" "clap")
    target_link_libraries("${NAME}-clap" PRIVATE "${NAME}-dsp" "${NAME}-ui")
  endfunction()
endif()

# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# continuo_add_plugin(<target> INFO <folder> OUTPUT <name> FORMATS <format>...)
#
# A plugin of ContinuoPlugin.cpp and the DistrhoPluginInfo.h in INFO, in the
# formats of dpf_add_plugin().  Users get OUTPUT with the suffix of the format;
# <target> is only the name in CMake, where `continuo` is the core
function(continuo_add_plugin target)
  cmake_parse_arguments(PLUGIN "" "INFO;OUTPUT" "FORMATS" ${ARGN})
  dpf_add_plugin(${target} TARGETS ${PLUGIN_FORMATS} FILES_DSP ContinuoPlugin.cpp)

  # PUBLIC, so that it reaches all formats
  target_include_directories(${target} PUBLIC ${PLUGIN_INFO})
  target_link_libraries(${target}-dsp PUBLIC continuo)
  target_compile_definitions(
    ${target} PUBLIC CONTINUO_VERSION_MAJOR=${PROJECT_VERSION_MAJOR}
                     CONTINUO_VERSION_MINOR=${PROJECT_VERSION_MINOR}
                     CONTINUO_VERSION_PATCH=${PROJECT_VERSION_PATCH})

  # <target>-dsp compiles our file only: warn there, but not of DPF's headers
  target_link_libraries(${target}-dsp PRIVATE continuo_flags)
  target_include_directories(${target}-dsp SYSTEM PRIVATE "${DPF_ROOT_DIR}/distrho")

  if(lv2 IN_LIST PLUGIN_FORMATS)
    continuo_finish_lv2(${target} ${PLUGIN_OUTPUT})
  endif()
endfunction()

# Give the bundle that DPF makes in bin/<target>.lv2 the name <output>.lv2, and put
# it where nothing else is: LV2_PATH may hold bundles only
function(continuo_finish_lv2 target output)
  set(made "${PROJECT_BINARY_DIR}/bin/${target}.lv2")
  set(bundle "${PROJECT_BINARY_DIR}/lv2/${output}.lv2")
  set_target_properties(${target}-lv2 PROPERTIES OUTPUT_NAME ${output}_dsp)
  file(STRINGS "${PLUGIN_INFO}/DistrhoPluginInfo.h" uri REGEX "DISTRHO_PLUGIN_URI")
  string(REGEX REPLACE ".*\"(.*)\"" "\\1" uri "${uri}")
  add_dependencies(${target}-lv2 lv2_presets)
  add_custom_command(
    TARGET ${target}-lv2
    POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E rm -rf "${bundle}"
    COMMAND ${CMAKE_COMMAND} -E copy_directory "${made}" "${bundle}"
    COMMAND lv2_presets ${uri} "${bundle}"
    COMMENT "Bundle ${bundle}")
  install(DIRECTORY "${bundle}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/lv2" COMPONENT lv2)
endfunction()

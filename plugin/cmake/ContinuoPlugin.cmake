# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# continuo_add_plugin(<target> FOLDER <folder> OUTPUT <name> SOURCES <file>...
#                     [LINK <library>...] FORMATS <format>... [WINDOW])
#
# A plugin of ContinuoPlugin.cpp with the SOURCES and the DistrhoPluginInfo.h in FOLDER, in the
# formats of dpf_add_plugin(), with a WINDOW where one can be built.  Users get OUTPUT with the suffix of the format;
# <target> is only the name in CMake, where `continuo` is the core.
#
# Each format comes into a folder of its own in the build, which a host may be given
# to search: lv2/<output>.lv2, vst3/<output>.vst3, clap/<output>.clap,
# vst2/<output>-vst2.so and jack/<output>-jack
#
# Installed is where hosts look by the formats' own rules, lib/<format>, which on Debian is
# not CMAKE_INSTALL_LIBDIR.  Modules are installed as targets, so that they can be stripped
function(continuo_add_plugin target)
  cmake_parse_arguments(PLUGIN "WINDOW" "FOLDER;OUTPUT" "SOURCES;LINK;FORMATS" ${ARGN})
  list(TRANSFORM PLUGIN_SOURCES PREPEND ${PLUGIN_FOLDER}/)
  set(has_window OFF)
  if(CONTINUO_EDITOR AND PLUGIN_WINDOW)
    set(has_window ON)
    set(files_ui FILES_UI ${PROJECT_SOURCE_DIR}/ui/editor/EditorUI.cpp
                 ${PLUGIN_FOLDER}/variant.c)
  endif()
  dpf_add_plugin(
    ${target} TARGETS ${PLUGIN_FORMATS} FILES_DSP ${PLUGIN_SOURCES} ContinuoPlugin.cpp
    Position.cpp first_settings.c states.c ${files_ui})

  # PUBLIC, so that it reaches all formats
  target_include_directories(${target} PUBLIC ${PLUGIN_FOLDER} ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${target}-dsp PUBLIC continuo ${PLUGIN_LINK})
  target_compile_definitions(
    ${target}
    PUBLIC CONTINUO_VERSION_MAJOR=${PROJECT_VERSION_MAJOR}
           CONTINUO_VERSION_MINOR=${PROJECT_VERSION_MINOR}
           CONTINUO_VERSION_PATCH=${PROJECT_VERSION_PATCH}
           CONTINUO_PLUGIN_VERSION="${PROJECT_VERSION}"
           CONTINUO_EDITOR=$<BOOL:${has_window}>)

  # <target>-dsp compiles our file only: warn there, but not of DPF's headers
  target_link_libraries(${target}-dsp PRIVATE continuo_flags)
  target_include_directories(${target}-dsp SYSTEM PRIVATE "${DPF_ROOT_DIR}/distrho")

  if(has_window)
    target_link_libraries(${target}-ui PUBLIC continuo_editor PRIVATE continuo_flags)
    target_include_directories(${target}-ui PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_include_directories(${target}-ui SYSTEM PRIVATE "${DPF_ROOT_DIR}/distrho"
                                                          "${DPF_ROOT_DIR}/dgl")
  endif()

  foreach(format IN LISTS PLUGIN_FORMATS)
    cmake_language(CALL continuo_finish_${format} ${target} ${PLUGIN_OUTPUT})
  endforeach()
endfunction()

# Give the bundle that DPF makes in bin/<target>.lv2 the name <output>.lv2, and put
# it where nothing else is: LV2_PATH may hold bundles only
function(continuo_finish_lv2 target output)
  set(made "${PROJECT_BINARY_DIR}/bin/${target}.lv2")
  set(bundle "${PROJECT_BINARY_DIR}/lv2/${output}.lv2")
  set_target_properties(${target}-lv2 PROPERTIES OUTPUT_NAME ${output}_dsp)
  file(STRINGS "${PLUGIN_FOLDER}/DistrhoPluginInfo.h" uri REGEX "DISTRHO_PLUGIN_URI")
  string(REGEX REPLACE ".*\"(.*)\"" "\\1" uri "${uri}")
  add_dependencies(${target}-lv2 lv2_presets)
  if(has_window)
    set_target_properties(${target}-lv2-ui PROPERTIES OUTPUT_NAME ${output}_ui)
    add_dependencies(${target}-lv2 ${target}-lv2-ui)
    # The window alone may be linked anew
    add_custom_command(
      TARGET ${target}-lv2-ui
      POST_BUILD
      COMMAND ${CMAKE_COMMAND} -E make_directory "${bundle}"
      COMMAND ${CMAKE_COMMAND} -E copy "$<TARGET_FILE:${target}-lv2-ui>" "${bundle}")
    install(TARGETS ${target}-lv2-ui LIBRARY DESTINATION lib/lv2/${output}.lv2 COMPONENT lv2)
  endif()
  add_custom_command(
    TARGET ${target}-lv2
    POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E rm -rf "${bundle}"
    COMMAND ${CMAKE_COMMAND} -E copy_directory "${made}" "${bundle}"
    COMMAND lv2_presets ${uri} "${bundle}"
    COMMENT "Bundle ${bundle}")
  install(DIRECTORY "${bundle}" DESTINATION lib/lv2 COMPONENT lv2 PATTERN "*.so" EXCLUDE)
  install(TARGETS ${target}-lv2 LIBRARY DESTINATION lib/lv2/${output}.lv2 COMPONENT lv2)
endfunction()

# DPF knows the folder's name for the processor; it is kept
function(continuo_finish_vst3 target output)
  get_target_property(folder ${target}-vst3 LIBRARY_OUTPUT_DIRECTORY)
  string(REPLACE "/bin/${target}.vst3/" "/vst3/${output}.vst3/" folder "${folder}")
  set_target_properties(${target}-vst3 PROPERTIES OUTPUT_NAME ${output}
                                                  LIBRARY_OUTPUT_DIRECTORY "${folder}")
  file(RELATIVE_PATH folder "${PROJECT_BINARY_DIR}" "${folder}")
  install(TARGETS ${target}-vst3 LIBRARY DESTINATION "lib/${folder}" COMPONENT vst3)
endfunction()

function(continuo_finish_clap target output)
  set_target_properties(
    ${target}-clap
    PROPERTIES OUTPUT_NAME ${output}
               PREFIX ""
               SUFFIX .clap
               LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/clap/$<0:>")
  install(TARGETS ${target}-clap LIBRARY DESTINATION lib/clap COMPONENT clap)
endfunction()

function(continuo_finish_vst2 target output)
  set_target_properties(
    ${target}-vst2 PROPERTIES OUTPUT_NAME ${output}-vst2
                              LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/vst2/$<0:>")
  install(TARGETS ${target}-vst2 LIBRARY DESTINATION lib/vst COMPONENT vst2)
endfunction()

# The CMake of DPF 1.6 does not say that there is JACK, and without it the standalone finds no
# server (hosts/jack).  standalone.cpp stands before DPF's main()
function(continuo_finish_jack target output)
  target_compile_definitions(${target}-jack PRIVATE HAVE_JACK main=dpf_main)
  target_sources(${target}-jack PRIVATE standalone.cpp)
  set_target_properties(
    ${target}-jack PROPERTIES OUTPUT_NAME ${output}-jack
                              RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/jack/$<0:>")
  install(TARGETS ${target}-jack DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT jack)
endfunction()

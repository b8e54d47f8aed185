# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# What is mended in the copy of DPF, each with the test that shows the defect

# Replace `old` by `new` in a file of DPF.  A DPF without `old` has no such
# defect any more, or another: continuo_copy_dpf() warns of it, and the test
# that is named with each tells
function(continuo_mend_dpf file old new)
  get_property(text GLOBAL PROPERTY "dpf_text_${file}")
  if(NOT text)
    file(READ "${dpf_from}/${file}" text)
    set_property(GLOBAL APPEND PROPERTY dpf_mended ${file})
  endif()
  string(FIND "${text}" "${old}" place)
  if(place EQUAL -1)
    string(REGEX MATCH "^[^\n;]*" line "${old}")
    set_property(GLOBAL APPEND_STRING PROPERTY dpf_unmended "\n  ${file}: ${line}")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  set_property(GLOBAL PROPERTY "dpf_text_${file}" "${text}")
endfunction()

# Copy DPF into dpf_copy, and write there what was mended, if it is new
function(continuo_copy_dpf)
  get_property(unmended GLOBAL PROPERTY dpf_unmended)
  if(unmended)
    message(WARNING "The DPF in ${dpf_from} is not the one that is mended here, 1.6: of its faults these "
                    "were not found, and may be gone or be others. The tests tell: ctest -L hosts"
                    "${unmended}")
  endif()

  get_property(files GLOBAL PROPERTY dpf_mended)
  set(others PATTERN .git EXCLUDE PATTERN "*.ttf" EXCLUDE) # Debian's font is a link to elsewhere
  foreach(file IN LISTS files)
    string(REPLACE "." "\\." pattern "${file}")
    list(APPEND others REGEX "/${pattern}$" EXCLUDE)
  endforeach()
  file(COPY "${dpf_from}/" DESTINATION "${dpf_copy}" ${others})

  foreach(file IN LISTS files)
    get_property(text GLOBAL PROPERTY "dpf_text_${file}")
    set(old "")
    if(EXISTS "${dpf_copy}/${file}")
      file(READ "${dpf_copy}/${file}" old)
    endif()
    if(NOT "${old}" STREQUAL "${text}")
      file(WRITE "${dpf_copy}/${file}" "${text}")
    endif()
  endforeach()
endfunction()

set(dpf_lv2 distrho/src/DistrhoPluginLV2.cpp)
set(dpf_jack distrho/src/DistrhoPluginJACK.cpp)
set(dpf_vst2 distrho/src/DistrhoPluginVST2.cpp)
set(dpf_vst3 distrho/src/DistrhoPluginVST3.cpp)

# LV2: a negative frame, as in a lead-in, was passed over: the one before it was told in
# its place for a block, and its notes were heard (hosts/probe)
continuo_mend_dpf(
  ${dpf_lv2}
  "if (fLastPositionData.frame >= 0)
                        fTimePosition.frame"
  "fTimePosition.frame")

# JACK: bank select, controller 0, set the first parameter, as 0 is also what parameters
# without a controller have (hosts/jack)
continuo_mend_dpf(${dpf_jack} "if (fPlugin.getParameterMidiCC(j) != control)"
                  "if (control == 0 || fPlugin.getParameterMidiCC(j) != control)")

# JACK: without a window, it went on for ever when the server had gone (hosts/jack)
continuo_mend_dpf(${dpf_jack} "fClient = nullptr;
#if DISTRHO_PLUGIN_HAS_UI
        fUI.quit();"
                  "fClient = nullptr;
        gCloseSignalReceived = true;
#if DISTRHO_PLUGIN_HAS_UI
        fUI.quit();")

# VST2 and VST3: bars were whole quarters long, of 3 in 7/8 and of none in 1/8, which ended
# the host; they began at zero whatever the meter before; and positions before zero were
# turned round (hosts/formats in 7/8, after a lead-in)
function(continuo_mend_bars file time position bar_start numerator denominator)
  continuo_mend_dpf(${file} "std::abs(${time}->${position})"
                    "${time}->${position} - (${bar_start})")
  continuo_mend_dpf(${file} "const int    ppqPerBar = ${time}->${numerator} * 4 /"
                    "const double ppqPerBar = ${time}->${numerator} * 4.0 /")
  continuo_mend_dpf(
    ${file} "(std::fmod(ppqPos, ppqPerBar) / ppqPerBar)"
    "(std::fmod(std::fmod(ppqPos, ppqPerBar) + ppqPerBar, ppqPerBar) / ppqPerBar)")
  continuo_mend_dpf(${file} "if (${time}->${position} < 0.0)" "if (false)")
endfunction()
continuo_mend_bars(
  ${dpf_vst2} vstTimeInfo ppqPos "vstTimeInfo->flags & 0x800 ? vstTimeInfo->barStartPos : 0.0"
  timeSigNumerator timeSigDenominator)
continuo_mend_dpf(${dpf_vst2} "kWantVstTimeFlags = 0x2602" "kWantVstTimeFlags = 0x2e02")
continuo_mend_bars(
  ${dpf_vst3} ctx project_time_quarters
  "ctx->state & V3_PROCESS_CTX_BAR_POSITION_VALID ? ctx->bar_position_quarters : 0.0"
  time_sig_numerator time_sig_denom)

# VST2: a frame before zero went through an unsigned number, where what becomes of it is
# undefined (hosts/formats after a lead-in)
continuo_mend_dpf(${dpf_vst2} "fTimePosition.frame   = vstTimeInfo->samplePos;"
                  "fTimePosition.frame   = static_cast<int64_t>(vstTimeInfo->samplePos);")

# VST2: what a parameter becomes went to the host as a whole number where it reads a float
# (hosts/formats, which looks at what new_take becomes)
continuo_mend_dpf(distrho/src/xaymar-vst2/vst.h "void* p_str, int32_t p_int3);"
                  "void* p_str, float p_float);")

# VST2: a value that the plugin asked for went to the host as it is, where hosts read it
# between 0 and 1 (hosts/choice)
continuo_mend_dpf(${dpf_vst2} "hostCallback(VST_HOST_OPCODE_00, index, 0, nullptr, value);"
                  "hostCallback(VST_HOST_OPCODE_00, index, 0, nullptr,
                     fPlugin.getParameterRanges(index).getNormalizedValue(value));")

# VST2 and VST3: a trigger that was pressed stayed pressed, and in VST3 it never got to the
# plugin (hosts/formats, which presses new_take twice)
continuo_mend_dpf(
  ${dpf_vst2} "fPlugin.setParameterValue(i, curValue);
            }"
  "curValue = fPlugin.getParameterRanges(i).def;
                fPlugin.setParameterValue(i, curValue);
            }")
continuo_mend_dpf(
  ${dpf_vst3} "fPlugin.setParameterValue(i, curValue);
            }"
  "curValue = fPlugin.getParameterDefault(i);
                fPlugin.setParameterValue(i, curValue);
            }")
continuo_mend_dpf(${dpf_vst3} "if (!fPlugin.isParameterOutputOrTrigger(index))"
                  "if (!fPlugin.isParameterOutput(index))")

# VST3: controllers that came in were cut, not rounded, so that half of them were one less from
# a host that counts in floats (reckoned, not tested)
continuo_mend_dpf(${dpf_vst3} "(normalized * 127))" "(normalized * 127 + 0.5))")

# VST3: the 2080 hidden parameters that bring controllers were told to be automatable, which
# hidden ones are not by the format; they come first, and of so many Ardour lets none of ours be
# automated (hosts/ardour-automation)
continuo_mend_dpf(
  ${dpf_vst3}
  "info->flags = V3_PARAM_CAN_AUTOMATE | V3_PARAM_IS_HIDDEN;
            info->step_count = 127;"
  "info->flags = V3_PARAM_IS_HIDDEN;
            info->step_count = 127;")

# VST3: while it was given a state it asked the host to read its parameters again, for which
# Ardour 7.3 waits until it has given the state: it stood for ever when a preset was loaded.
# Hosts read them then anyway (hosts/ardour-preset-VST3)
continuo_mend_dpf(
  ${dpf_vst3}
  "if (fComponentHandler != nullptr)
            v3_cpp_obj(fComponentHandler)->restart_component(fComponentHandler, V3_RESTART_PARAM_VALUES_CHANGED);

       #if"
  "
       #if")

# VST3: its MIDI had one channel, to which hosts may bring all the others (hosts/formats)
continuo_mend_dpf(
  ${dpf_vst3}
  "info->direction = busDirection;
            info->channel_count = 1;"
  "info->direction = busDirection;
            info->channel_count = 16;")

# VST3: parameters in a block of no frames, by which hosts set them while nothing plays, were
# passed over (hosts/formats, which so presses new_take)
continuo_mend_dpf(
  ${dpf_vst3}
  "if (data->nframes <= 0)
        {"
  "if (data->nframes <= 0)
        {
            v3_param_changes** const changes = data->input_params;
            const int32_t count = changes != nullptr ? v3_cpp_obj(changes)->get_param_count(changes) : 0;

            for (int32_t i = 0, offset; i < count; ++i)
            {
                v3_param_value_queue** const queue = v3_cpp_obj(changes)->get_param_data(changes, i);
                DISTRHO_SAFE_ASSERT_BREAK(queue != nullptr);

                const v3_param_id rindex = v3_cpp_obj(queue)->get_param_id(queue);
                const int32_t last = v3_cpp_obj(queue)->get_point_count(queue) - 1;
                double normalized;

                if (last >= 0 && rindex >= kVst3InternalParameterCount && rindex < fVst3ParameterCount &&
                    v3_cpp_obj(queue)->get_point(queue, last, &offset, &normalized) == V3_OK)
                    _setNormalizedPluginParameterValue(rindex - kVst3InternalParameterCount, normalized);
            }
")

# VST3 and CLAP: a state that the host read or wrote by pieces was garbled, and numbers in it
# were read by the rules of the user's language (hosts/state, by pieces and in German)
function(continuo_mend_state file function buffer)
  continuo_mend_dpf(${file} "if (buffer[i] == '\\0')" "if (i < read && buffer[i] == '\\0')")
  string(REPLACE "buffer" "buffer + wrtntotal" rest "${buffer}")
  continuo_mend_dpf(${file} "${buffer}, size - wrtntotal" "${rest}, size - wrtntotal")
  continuo_mend_dpf(
    ${file} "${function}
    {"
    "${function}
    {
        const ScopedSafeLocale ssl;")
  continuo_mend_dpf(${file} "extra/ScopedPointer.hpp\""
                    "extra/ScopedPointer.hpp\"\n#include \"../extra/ScopedSafeLocale.hpp\"")
endfunction()
continuo_mend_state(${dpf_vst3} "v3_result setState(v3_bstream** const stream)"
                    "const_cast<char*>(buffer)")

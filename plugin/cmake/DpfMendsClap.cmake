# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# What is mended in the copy of DPF for CLAP; see DpfMends.cmake

set(dpf_clap distrho/src/DistrhoPluginCLAP.cpp)

continuo_mend_state(${dpf_clap} "bool stateLoad(const clap_istream_t* const stream)" buffer)

# dpf_add_plugin() takes no target of the name (it is in DpfClap.cmake)
continuo_mend_dpf(
  cmake/DPF-plugin.cmake
  "dpf__build_vst3(\"\${NAME}\" \"\${_dgl_library}\")
    else()"
  "dpf__build_vst3(\"\${NAME}\" \"\${_dgl_library}\")
    elseif(_target STREQUAL \"clap\")
      dpf__build_clap(\"\${NAME}\" \"\${_dgl_library}\")
    else()")

# The frame was that of the device, which goes on when the song jumps (hosts/formats with a
# loop)
continuo_mend_dpf(
  ${dpf_clap}
  "fTimePosition.frame = process->steady_time >= 0 ? process->steady_time : 0;"
  "if (transport->flags & CLAP_TRANSPORT_HAS_SECONDS_TIMELINE)
                fTimePosition.frame = std::llround(
                    static_cast<double>(transport->song_pos_seconds) / CLAP_SECTIME_FACTOR
                    * fPlugin.getSampleRate());
            else if ((transport->flags & CLAP_TRANSPORT_HAS_BEATS_TIMELINE) != 0 &&
                     (transport->flags & CLAP_TRANSPORT_HAS_TEMPO) != 0 && transport->tempo > 0.0)
                fTimePosition.frame = std::llround(
                    static_cast<double>(transport->song_pos_beats) / CLAP_BEATTIME_FACTOR
                    * 60.0 / transport->tempo * fPlugin.getSampleRate());
            else
                fTimePosition.frame = process->steady_time >= 0 ? process->steady_time : 0;")

# Quarters were taken for beats of the meter, bars began at zero whatever the meter before, and
# a meter of nothing ended the host (hosts/formats in 7/8)
continuo_mend_dpf(
  ${dpf_clap}
  "if (transport->song_pos_beats >= 0)
                {
                    const int64_t clapPos   = std::abs(transport->song_pos_beats);
                    const int64_t clapBeats = clapPos >> 31;
                    const double  clapRest  = static_cast<double>(clapPos & 0x7fffffff) / CLAP_BEATTIME_FACTOR;

                    fTimePosition.bbt.bar  = static_cast<int32_t>(clapBeats) / transport->tsig_num + 1;
                    fTimePosition.bbt.beat = static_cast<int32_t>(clapBeats % transport->tsig_num) + 1;
                    fTimePosition.bbt.tick = clapRest * fTimePosition.bbt.ticksPerBeat;
                }"
  "if (transport->tsig_num != 0 && transport->tsig_denom != 0)
                {
                    const double perBar = transport->tsig_num * 4.0 / transport->tsig_denom;
                    const double inSong = static_cast<double>(transport->song_pos_beats - transport->bar_start)
                                        / CLAP_BEATTIME_FACTOR;
                    const double inBar  = std::fmod(std::fmod(inSong, perBar) + perBar, perBar)
                                        * transport->tsig_denom / 4.0;

                    fTimePosition.bbt.bar  = transport->bar_number + 1;
                    fTimePosition.bbt.beat = static_cast<int32_t>(inBar) + 1;
                    fTimePosition.bbt.tick = std::fmod(inBar, 1.0) * fTimePosition.bbt.ticksPerBeat;
                }")

# Modulations, gestures and transport events were taken for MIDI of a wrong size, and said so on
# standard error, from the audio thread (hosts/formats, which sends some)
continuo_mend_dpf(
  ${dpf_clap} "case CLAP_EVENT_TRANSPORT:
                    case CLAP_EVENT_MIDI:"
  "case CLAP_EVENT_TRANSPORT:
                        break;
                    case CLAP_EVENT_MIDI:")

# Events of others' spaces were read as if they were CLAP's, and parameters that are none were
# written past the end (hosts/formats, which sends some)
continuo_mend_dpf(
  ${dpf_clap} "inputEvents->get(inputEvents, i);"
  "inputEvents->get(inputEvents, i);
                    if (event->space_id != CLAP_CORE_EVENT_SPACE_ID)
                        continue;")
continuo_mend_dpf(
  ${dpf_clap} "in->get(in, i);"
  "in->get(in, i);
                if (event->space_id != CLAP_CORE_EVENT_SPACE_ID)
                    continue;")
continuo_mend_dpf(
  ${dpf_clap} "fCachedParameters.values[event->param_id] = event->value;"
  "if (event->param_id >= fCachedParameters.numParams)
            return;
        fCachedParameters.values[event->param_id] = event->value;")

# A trigger that was pressed stayed pressed (hosts/formats, which presses new_take twice)
continuo_mend_dpf(
  ${dpf_clap}
  "value = fPlugin.getParameterValue(i);

                    if (d_isEqual(fCachedParameters.values[i], value))"
  "value = fPlugin.getParameterValue(i);
                    if (fPlugin.isParameterTrigger(i) && d_isNotEqual(value, fPlugin.getParameterDefault(i)))
                    {
                        value = fPlugin.getParameterDefault(i);
                        fPlugin.setParameterValue(i, value);
                    }

                    if (d_isEqual(fCachedParameters.values[i], value))")

# A value that the plugin asked for was told to no host.  What hosts set is in the cache, so
# that all else is the plugin's doing (hosts/choice)
continuo_mend_dpf(
  ${dpf_clap}
  "if (fPlugin.isParameterOutputOrTrigger(i))
                {
                    value = fPlugin.getParameterValue(i);"
  "{
                    value = fPlugin.getParameterValue(i);")

# Hosts were told no version (hosts/formats)
continuo_mend_dpf(
  ${dpf_clap}
  "\"\",
        sPlugin->getDescription()"
  "CONTINUO_PLUGIN_VERSION,
        sPlugin->getDescription()")

# A host without the latency extension was called all the same, and fell (hosts/synth)
continuo_mend_dpf(
  ${dpf_clap} "fHostExtensions.latency->changed(fHost);"
  "if (fHostExtensions.latency != nullptr)
                    fHostExtensions.latency->changed(fHost);")

# A latency that activating sets was told a block later, by asking for a restart; CLAP wants it told
# while it is activated
continuo_mend_dpf(
  ${dpf_clap}
  "fPlugin.setBufferSize(maxFramesCount, true);
        fPlugin.activate();"
  "fPlugin.setBufferSize(maxFramesCount, true);
        fPlugin.activate();
       #if DISTRHO_PLUGIN_WANT_LATENCY
        checkForLatencyChanges(false, true);
       #endif")

# What was turned in the window waited for the next block, which a host that stands may not ask
# for: it is told of it, and may ask for it without a block (editor/windows)
continuo_mend_dpf(
  ${dpf_clap}
  "    bool process(const clap_process_t* const process)
    {
       #if DISTRHO_PLUGIN_WANT_MIDI_INPUT
        fMidiEventCount = 0;
       #endif

       #if DISTRHO_PLUGIN_HAS_UI
        if (const clap_output_events_t* const outputEvents = process->out_events)"
  "   #if DISTRHO_PLUGIN_HAS_UI
    void flushWindow(const clap_output_events_t* const outputEvents)
    {
        if (outputEvents != nullptr)")
continuo_mend_dpf(
  ${dpf_clap}
  "                fEventQueue.used = 0;
            }
        }
       #endif
"
  "                fEventQueue.used = 0;
            }
        }
    }
   #endif

    bool process(const clap_process_t* const process)
    {
       #if DISTRHO_PLUGIN_WANT_MIDI_INPUT
        fMidiEventCount = 0;
       #endif

       #if DISTRHO_PLUGIN_HAS_UI
        flushWindow(process->out_events);
       #endif
")
continuo_mend_dpf(
  ${dpf_clap} "return instance->flushParameters(in, out, 0);"
  "#if DISTRHO_PLUGIN_HAS_UI
    instance->flushWindow(out);
   #endif
    return instance->flushParameters(in, out, 0);")
continuo_mend_dpf(
  ${dpf_clap} "fEventQueue.addEventFromUI(ev);"
  "fEventQueue.addEventFromUI(ev);
        const clap_host_params_t* const params = static_cast<const clap_host_params_t*>(
            fHost->get_extension(fHost, CLAP_EXT_PARAMS));
        if (params != nullptr && params->request_flush != nullptr)
            params->request_flush(fHost);")

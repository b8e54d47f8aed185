# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC

# What is mended in the copy of DPF for the window; see DpfMends.cmake

# LV2: a window that sees its instance had to be in one binary with the plugin, which would then
# need X11 and OpenGL wherever it plays (hosts/valid), and hosts had to give it access
set(dpf_lv2_export distrho/src/DistrhoPluginLV2export.cpp)
continuo_mend_dpf(${dpf_lv2_export} "DISTRHO_PLUGIN_WANT_DIRECT_ACCESS" "0")
continuo_mend_dpf(
  ${dpf_lv2_export} "\"ui:requestValue\",
    nullptr"
  "\"ui:requestValue\",
    LV2_DATA_ACCESS_URI,
    LV2_INSTANCE_ACCESS_URI,
    nullptr")
continuo_mend_dpf(
  distrho/DistrhoUIMain.cpp
  "define DISTRHO_PLUGIN_AND_UI_IN_SINGLE_OBJECT DISTRHO_PLUGIN_WANT_DIRECT_ACCESS"
  "define DISTRHO_PLUGIN_AND_UI_IN_SINGLE_OBJECT 0")
set(dpf_ui_lv2 distrho/src/DistrhoUILV2.cpp)
continuo_mend_dpf(
  ${dpf_ui_lv2}
  "    if (extData == nullptr || instance == nullptr)
    {
        d_stderr(\"Data or instance access missing, cannot continue!\");
        return nullptr;
    }

    if (const LV2_DirectAccess_Interface* const directAccess = (const LV2_DirectAccess_Interface*)extData->data_access"
  "    if (extData == nullptr || instance == nullptr)
        instance = nullptr;
    else if (const LV2_DirectAccess_Interface* const directAccess = (const LV2_DirectAccess_Interface*)extData->data_access"
)
continuo_mend_dpf(
  ${dpf_ui_lv2}
  "
    if (instance == nullptr)
    {
        d_stderr(\"Failed to get direct access, cannot continue!\");
        return nullptr;
    }
"
  "")

# JACK: without a display, there was no music either (hosts/jack).  standalone.cpp says whether
# there is one
continuo_mend_dpf(
  ${dpf_jack} "          fUI(this,
              winId,"
  "          fWindow(! continuo_has_window ? nullptr : new UIExporter(this,
              winId,")
continuo_mend_dpf(
  ${dpf_jack} "fPlugin.getInstancePointer(),
              0.0),"
  "fPlugin.getInstancePointer(),
              0.0)),")
continuo_mend_dpf(${dpf_jack} "UIExporter     fUI;" "ScopedPointer<UIExporter> fWindow;")
continuo_mend_dpf(${dpf_jack} "if (! fPlugin.isParameterOutput(i))
                    fUI.parameterChanged"
                  "if (fWindow != nullptr && ! fPlugin.isParameterOutput(i))
                    fUI.parameterChanged")
continuo_mend_dpf(
  ${dpf_jack}
  "        if (const char* const name = jackbridge_get_client_name(fClient))
            fUI.setWindowTitle(name);"
  "        if (fWindow == nullptr)
        {
            while (! gCloseSignalReceived)
                d_sleep(1);
            return;
        }

        if (const char* const name = jackbridge_get_client_name(fClient))
            fUI.setWindowTitle(name);")
continuo_mend_dpf(${dpf_jack} "#if DISTRHO_PLUGIN_HAS_UI
        fUI.quit();"
                  "#if DISTRHO_PLUGIN_HAS_UI
        if (fWindow != nullptr)
            fUI.quit();")
continuo_mend_dpf(
  ${dpf_jack} "#include \"jackbridge/JackBridge.cpp\""
  "#include \"jackbridge/JackBridge.cpp\"
#if DISTRHO_PLUGIN_HAS_UI
# include \"../extra/ScopedPointer.hpp\"
# include \"../extra/Sleep.hpp\"
extern bool continuo_has_window;
# define fUI (*fWindow)
#endif")

# JACK: windows were drawn 33 times a second (editor/reopen shows what they can do)
continuo_mend_dpf(distrho/src/DistrhoUIInternal.hpp "uiData->app.exec();"
                  "uiData->app.exec(15);")

# Nobody was told that the pointer left the window, and what it was over stayed as it was
# (editor/standalone).  It is a motion from now on, to nowhere, with a flag of its own
continuo_mend_dpf(
  dgl/src/WindowPrivateData.cpp
  "case PUGL_POINTER_OUT:
        break;

    ///< Mouse button pressed"
  "case PUGL_POINTER_OUT:
        if (event->crossing.mode == PUGL_CROSSING_NORMAL)
        {
            Widget::MotionEvent ev;
            ev.mod   = event->crossing.state;
            ev.flags = 0x80000000U;
            ev.time  = static_cast<uint>(event->crossing.time * 1000.0 + 0.5);
            ev.pos   = Point<double>(-1.0, -1.0);
            ev.absolutePos = ev.pos;
            pData->onPuglMotion(ev);
        }
        break;

    ///< Mouse button pressed")

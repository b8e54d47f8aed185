// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file EditorUI.cpp The window as DPF sees it.

   Translates DPF's events into those of editor.h and back, and does nothing
   else.
*/

#include "DistrhoUI.hpp"

#include "Door.hpp"
#include "continuo.h"
#include "editor.h"
#include "input.h"
#include "surface.h"
#include "theme.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>

START_NAMESPACE_DISTRHO

namespace {

/// Seconds, from anywhere
double
clock_now()
{
  using Seconds = std::chrono::duration<double>;
  return Seconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The key of DPF, or ED_KEY_NONE if it is a character
EdKey
key_of(const uint key, const bool shift)
{
  constexpr uint tab   = 0x09;
  constexpr uint enter = 0x0D;
  switch (key) {
  case tab:
    return shift ? ED_KEY_BACK_TAB : ED_KEY_TAB;
  case enter:
    return ED_KEY_ENTER;
  case kKeyEscape:
    return ED_KEY_ESCAPE;
  case kKeyBackspace:
    return ED_KEY_BACKSPACE;
  case kKeyLeft:
    return ED_KEY_LEFT;
  case kKeyRight:
    return ED_KEY_RIGHT;
  case kKeyUp:
    return ED_KEY_UP;
  case kKeyDown:
    return ED_KEY_DOWN;
  case kKeyHome:
    return ED_KEY_HOME;
  case ' ':
    return ED_KEY_SPACE;
  default:
    return ED_KEY_NONE;
  }
}

/// A parameter as the editor counts it
Place
place_in_editor(const uint32_t id)
{
  const bool is_own = id >= CONTINUO_N_PARAMS;
  return {is_own, is_own ? id - CONTINUO_N_PARAMS : id};
}

} // namespace

/// The window of an instance
class EditorUI final : public UI
{
public:
  EditorUI()
    : UI(DISTRHO_UI_DEFAULT_WIDTH, DISTRHO_UI_DEFAULT_HEIGHT)
    , m_door(door_at(getPluginInstancePointer()))
    , m_scale(getScaleFactor())
  {
    const EdHost host = {
      this, edit, set_param, set_state, has_sound ? &m_sound : nullptr};
    m_editor  = editor_new(m_door ? m_door->continuo() : nullptr, &host);
    m_surface = ed_surface_new();
    if (!m_editor || !m_surface) {
      throw std::bad_alloc();
    }
    loadSharedResources();
    if (m_scale < 1.0) {
      m_scale = 1.0;
    }
    setGeometryConstraints(static_cast<uint>(ED_LEAST_WIDTH * m_scale),
                           static_cast<uint>(least_height * m_scale),
                           false,
                           false);
    if (m_scale > 1.0) {
      setSize(static_cast<uint>(DISTRHO_UI_DEFAULT_WIDTH * m_scale),
              static_cast<uint>(DISTRHO_UI_DEFAULT_HEIGHT * m_scale));
    }
  }

  ~EditorUI() override
  {
    ed_surface_free(m_surface);
    editor_free(m_editor);
  }

  EditorUI(const EditorUI&)            = delete;
  EditorUI& operator=(const EditorUI&) = delete;

protected:
  void parameterChanged(const uint32_t index, const float value) override
  {
    const Place    place = place_of(index);
    const uint32_t id    = place.id + (place.is_own ? CONTINUO_N_PARAMS : 0);
    if (id < ED_N_PARAMS) {
      editor_param_changed(m_editor, id, value);
    }
  }

  void stateChanged(const char*, const char*) override {}

  void uiIdle() override { repaint(); }

  void uiScaleFactorChanged(const double scale) override
  {
    m_scale = scale < 1.0 ? 1.0 : scale;
    resize();
  }

  void onResize(const ResizeEvent& event) override
  {
    UI::onResize(event);
    resize();
  }

  void onNanoDisplay() override
  {
    editor_follow(m_editor, clock_now());
    ed_surface_draw(m_surface,
                    getContext(),
                    m_editor,
                    static_cast<int>(getWidth()),
                    static_cast<int>(getHeight()),
                    static_cast<float>(m_scale),
                    NANOVG_DEJAVU_SANS_TTF);
  }

  bool onMouse(const MouseEvent& event) override
  {
    const float x = to_editor(event.pos.getX());
    const float y = to_editor(event.pos.getY());
    if (event.button != kMouseButtonLeft) {
      return false;
    }
    if (!event.press) {
      ed_release(m_editor, x, y);
      return true;
    }
    return ed_press(m_editor, x, y, is_fine(event.mod));
  }

  bool onMotion(const MotionEvent& event) override
  {
    constexpr uint left = 0x80000000U; // See DpfMendsUi.cmake
    if ((event.flags & left) != 0) {
      ed_leave(m_editor);
      return true;
    }
    ed_move(m_editor,
            to_editor(event.pos.getX()),
            to_editor(event.pos.getY()),
            is_fine(event.mod));
    return true;
  }

  bool onScroll(const ScrollEvent& event) override
  {
    return ed_wheel(m_editor,
                    to_editor(event.pos.getX()),
                    to_editor(event.pos.getY()),
                    static_cast<float>(event.delta.getY()),
                    is_fine(event.mod));
  }

  bool onKeyboard(const KeyboardEvent& event) override
  {
    const EdKey key = key_of(event.key, is_fine(event.mod));
    return event.press && key != ED_KEY_NONE &&
           ed_key(m_editor, key, is_fine(event.mod));
  }

  bool onCharacterInput(const CharacterInputEvent& event) override
  {
    return (event.mod & (kModifierControl | kModifierAlt | kModifierSuper)) ==
             0 &&
           ed_character(m_editor, event.character);
  }

private:
  static bool is_fine(const uint mod) { return (mod & kModifierShift) != 0; }

  float to_editor(const double pixels) const
  {
    return static_cast<float>(pixels / m_scale);
  }

  void resize()
  {
    if (m_editor) {
      editor_resize(m_editor, to_editor(getWidth()), to_editor(getHeight()));
    }
  }

  static void edit(void* const handle, const uint32_t id, const bool begins)
  {
    const uint32_t index = index_of(place_in_editor(id));
    if (index != no_place) {
      static_cast<EditorUI*>(handle)->editParameter(index, begins);
    }
  }

  static void set_param(void* const    handle,
                        const uint32_t id,
                        const float    value)
  {
    const uint32_t index = index_of(place_in_editor(id));
    if (index != no_place) {
      static_cast<EditorUI*>(handle)->setParameterValue(index, value);
    }
  }

  static void set_state(void* const       handle,
                        const char* const key,
                        const char* const value)
  {
    static_cast<EditorUI*>(handle)->setState(key, value);
  }

  static float own_value(void* const handle, const uint32_t id)
  {
    const Door* const door = static_cast<EditorUI*>(handle)->m_door;
    return door ? door->own_value(id) : std::numeric_limits<float>::quiet_NaN();
  }

  static void take_levels(void* const handle, float levels[2])
  {
    if (Door* const door = static_cast<EditorUI*>(handle)->m_door) {
      door->take_levels(levels);
    }
  }

  static void chosen_font(void* const handle, char path[ED_PATH_SIZE])
  {
    const Door* const door = static_cast<EditorUI*>(handle)->m_door;
    char* const       font = door ? door->chosen_font() : nullptr;
    if (!font || !ed_path_copy(path, font)) {
      path[0] = '\0';
    }
    std::free(font);
  }

  static constexpr bool has_sound = DISTRHO_PLUGIN_NUM_OUTPUTS > 0;
  static constexpr uint least_height =
    ED_LEAST_HEIGHT + (has_sound ? ED_SOUND_HEIGHT : 0);

  Door*      m_door; ///< The plugin, or null if the host shows none
  EdSound    m_sound = {this, own_value, take_levels, chosen_font};
  double     m_scale; ///< Pixels of the screen to ours
  Editor*    m_editor  = nullptr;
  EdSurface* m_surface = nullptr;
};

UI*
createUI()
{
  return new EditorUI();
}

END_NAMESPACE_DISTRHO

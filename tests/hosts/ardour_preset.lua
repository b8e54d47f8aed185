-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Save what the plugin in a session is set to as a preset of the user, or load such a one and
-- save the session.
-- Usage: ardour7-lua ardour_preset.lua FOLDER save|load NAME

local common = dofile("ardour_common.lua")
local folder, action, name = arg[1], arg[2], arg[3]

common.run(action, function()
  local session = common.load(folder)
  local plugin = common.track(session):nth_plugin(0):to_insert():plugin(0)
  if action == "save" then
    local preset = plugin:save_preset(name)
    assert(preset and preset.valid, "not saved")
  else
    local preset = plugin:preset_by_label(name)
    assert(preset and preset.valid, "no preset " .. name)
    assert(plugin:load_preset(preset), "not loaded")
    sleep(1)
    common.save(session)
  end
end)

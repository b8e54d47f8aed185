-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Make a session with the plugin on a MIDI track, and save it.
-- Usage: ardour7-lua ardour_create.lua FOLDER TYPE PLUGIN TEMPO [LABEL=VALUE]...
--
-- TYPE is LV2 or VST3, PLUGIN a URI or the number that the scanner found.

local common = dofile("ardour_common.lua")
local folder, type_name, id, tempo = arg[1], arg[2], arg[3], tonumber(arg[4])

local function set_tempo()
  local map = Temporal.TempoMap.write_copy()
  map:set_tempo(Temporal.Tempo(tempo, tempo, 4), Temporal.timepos_t(0))
  Temporal.TempoMap.update(map)
end

common.run("created", function()
  local session = common.create(folder)
  set_tempo()

  local processor = ARDOUR.LuaAPI.new_plugin(session, id, ARDOUR.PluginType[type_name], "")
  assert(not processor:isnil(), "no plugin " .. id)
  common.add_track(session, "Continuo"):add_processor_by_index(processor, 0, nil, true)

  -- What is set before the first block counts as restored: a new take would be none
  sleep(1)
  for i = 5, #arg do
    local label, value = arg[i]:match("^(.*)=(.*)$")
    local number = common.control(processor, type_name, label)
    assert(ARDOUR.LuaAPI.set_processor_param(processor, number, tonumber(value)))
  end
  sleep(1)
  common.save(session)
end)

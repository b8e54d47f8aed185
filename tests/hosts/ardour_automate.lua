-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Automate controls of the plugin in a session, and save it: each goes from the value that it
-- has to another at a quarter, at once.
-- Usage: ardour7-lua ardour_automate.lua FOLDER TYPE TEMPO LABEL=VALUE@QUARTER...

local common = dofile("ardour_common.lua")
local folder, type_name, tempo = arg[1], arg[2], tonumber(arg[3])
local slope = 0.01 -- Quarters

local function automate(session, processor, label, value, quarter)
  local number, id = common.control(processor, type_name, label)
  local list, line = ARDOUR.LuaAPI.plugin_automation(processor, number)
  assert(not list:isnil(), "no automation of " .. label)
  local old = ARDOUR.LuaAPI.get_processor_param(processor, number)

  -- A steep line, as what is nearer is taken for one point
  line:clear_list()
  line:add(Temporal.timepos_t(0), old, false, true)
  line:add(Temporal.timepos_t(common.sample(session, quarter - slope, tempo)), old, false, true)
  line:add(Temporal.timepos_t(common.sample(session, quarter, tempo)), value, false, true)
  local parameter = Evoral.Parameter(ARDOUR.AutomationType.PluginAutomation, 0, id)
  local control = processor:to_automatable():automation_control(parameter, false)
  control:set_automation_state(ARDOUR.AutoState.Play)
end

common.run("automated", function()
  local session = common.load(folder)
  local processor = common.track(session):nth_plugin(0)
  for i = 4, #arg do
    local label, value, quarter = arg[i]:match("^(.*)=(.*)@(.*)$")
    automate(session, processor, label, tonumber(value), tonumber(quarter))
  end
  sleep(1)
  common.save(session)
end)

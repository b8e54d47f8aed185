-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Export the sound of a session's master bus, faster than real time, to NAME.wav in its folder
-- `export`; tell the seconds of processor time, the latency and what the plugin has counted.
-- Usage: ardour7-lua ardour_export.lua FOLDER QUARTERS TEMPO NAME
--
local common = dofile("ardour_common.lua")
local folder, n_quarters, tempo, name = arg[1], tonumber(arg[2]), tonumber(arg[3]), arg[4]

-- What the plugin has counted: its `underruns` and `late_notes`
local function print_outputs(processor)
  local plugin = processor:to_insert():plugin(0)
  local nth_control = 0
  for i = 0, plugin:parameter_count() - 1 do
    if plugin:parameter_is_control(i) then
      local label = plugin:parameter_label(i)
      if label == "Underruns" or label == "Late notes" then
        local value = ARDOUR.LuaAPI.get_processor_param(processor, nth_control, true)
        print(string.format("%s %d", label:lower():gsub(" ", "_"), value))
      end
      nth_control = nth_control + 1
    end
  end
end

common.run("exported", function()
  local session = common.load(folder)
  sleep(1) -- Until it knows the latency
  local exporter = session:simple_export()
  exporter:set_name(name)
  exporter:set_folder(folder .. "/export")
  exporter:set_range(0, common.sample(session, n_quarters, tempo))
  assert(exporter:check_outputs(), "no outputs")
  local begin = os.clock()
  assert(exporter:run_export(), "no export")
  print(string.format("seconds %.2f", os.clock() - begin))
  print("latency " .. session:route_by_name("Continuo"):signal_latency())
  print_outputs(session:route_by_name("Continuo"):nth_plugin(0))
end)

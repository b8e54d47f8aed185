-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Export the sound of a session's master bus, faster than real time, to NAME.wav in its folder
-- `export`; tell the seconds of processor time, the latency and what the plugin has counted.
-- Usage: ardour7-lua ardour_export.lua FOLDER QUARTERS TEMPO NAME

local common = dofile("ardour_common.lua")
local folder, n_quarters, tempo, name = arg[1], tonumber(arg[2]), tonumber(arg[3]), arg[4]

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
  common.print_counts(session:route_by_name("Continuo"):nth_plugin(0))
end)

-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Bounce the plugin's track of a session, faster than real time, and print its notes and
-- how many were late, as note_list.h does.
-- Usage: ardour7-lua ardour_bounce.lua FOLDER QUARTERS TEMPO

local common = dofile("ardour_common.lua")
local folder, n_quarters, tempo = arg[1], tonumber(arg[2]), tonumber(arg[3])

common.run("bounced", function()
  local session = common.load(folder)
  local track = common.track(session):to_midi_track()
  local region = track:bounce_range(0, common.sample(session, n_quarters, tempo),
    ARDOUR.InterThreadInfo(), track:nth_plugin(0), true, "bounced", false)
  assert(region and not region:isnil(), "no region")
  common.print_notes(region)
  common.print_counts(track:nth_plugin(0))
end)

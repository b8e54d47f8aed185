-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Bounce the plugin's track of a session, faster than real time, and print its notes as
-- note_list.h does.
-- Usage: ardour7-lua ardour_bounce.lua FOLDER QUARTERS TEMPO
--
-- See ardour_create.lua about the lifetime of Ardour's objects.

local folder, n_quarters, tempo = arg[1], tonumber(arg[2]), tonumber(arg[3])
local seconds_per_minute = 60
local ticks_per_quarter = 1920

-- Beats print themselves as quarters:ticks
local function quarters(beats)
  local whole, ticks = tostring(beats):match("^(-?%d+):(%d+)")
  return tonumber(whole) + tonumber(ticks) / ticks_per_quarter
end

local function bounce()
  AudioEngine:set_backend("None (Dummy)", "", "")
  local session = load_session(folder, "session")
  assert(session, "no session")
  local track = session:route_by_name("Continuo"):to_track():to_midi_track()
  local n_samples =
    math.floor(n_quarters * seconds_per_minute / tempo * session:nominal_sample_rate())
  local region = track:bounce_range(0, n_samples, ARDOUR.InterThreadInfo(), track:nth_plugin(0),
    true, "bounced", false)
  assert(region and not region:isnil(), "no region")

  local model = region:to_midiregion():midi_source(0):model()
  for note in ARDOUR.LuaAPI.note_list(model):iter() do
    print(string.format("%.6f %.6f %d %d %d", quarters(note:time()), quarters(note:length()),
      note:note(), note:velocity(), note:channel()))
  end
end

local ok, message = pcall(bounce)
print(ok and "bounced" or message)
io.stdout:flush()
collectgarbage()
collectgarbage()
close_session()
quit()

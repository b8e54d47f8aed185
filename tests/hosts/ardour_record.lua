-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Record what the plugin's track of a session plays on another track, in real time, print
-- the notes as note_list.h does, and save the session.
-- Usage: ardour7-lua ardour_record.lua FOLDER QUARTERS TEMPO

local common = dofile("ardour_common.lua")
local folder, n_quarters, tempo = arg[1], tonumber(arg[2]), tonumber(arg[3])

-- A track that hears the output of `player`
local function add_recorder(session, player)
  local track = common.add_track(session, "Recorder")
  track:input():disconnect_all(nil)
  track:input():midi(0):connect(player:output():midi(0):name())
  track:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
  return track
end

local function print_recorded(track)
  local n_regions = 0
  for region in track:playlist():region_list():iter() do
    n_regions = n_regions + 1
    assert(region:position():samples() == 0, "recorded from elsewhere")
    common.print_notes(region)
  end
  assert(n_regions == 1, "no recording")
end

common.run("recorded", function()
  local session = common.load(folder)
  local recorder = add_recorder(session, common.track(session))
  local end_sample = common.sample(session, n_quarters, tempo)
  session:goto_start(false)
  sleep(1)
  session:maybe_enable_record(false)
  session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
  while session:transport_sample() < end_sample do
    sleep(1)
  end
  session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
  sleep(2)
  print_recorded(recorder)
  recorder:rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
  common.save(session)
end)

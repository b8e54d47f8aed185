-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Record what the plugin's track of a session plays on another track, in real time, print
-- the notes as note_list.h does, and save the session.
-- Usage: ardour7-lua ardour_record.lua FOLDER QUARTERS TEMPO
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

-- A track that hears the output of `player`
local function add_recorder(session, player)
  local one_midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
  local tracks = session:new_midi_track(one_midi, one_midi, true, ARDOUR.PluginInfo(), nil, nil, 1,
    "Recorder", ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
  for track in tracks:iter() do
    track:input():disconnect_all(nil)
    track:input():midi(0):connect(player:output():midi(0):name())
    track:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
    return track
  end
end

local function print_notes(track)
  local n_regions = 0
  for region in track:playlist():region_list():iter() do
    n_regions = n_regions + 1
    assert(region:position():samples() == 0, "recorded from elsewhere")
    local model = region:to_midiregion():midi_source(0):model()
    for note in ARDOUR.LuaAPI.note_list(model):iter() do
      print(string.format("%.6f %.6f %d %d %d", quarters(note:time()), quarters(note:length()),
        note:note(), note:velocity(), note:channel()))
    end
  end
  assert(n_regions == 1, "no recording")
end

local function record()
  AudioEngine:set_backend("None (Dummy)", "", "")
  local session = load_session(folder, "session")
  assert(session, "no session")
  local recorder = add_recorder(session, session:route_by_name("Continuo"):to_track())
  local n_samples = n_quarters * seconds_per_minute / tempo * session:nominal_sample_rate()
  session:goto_start(false)
  sleep(1)
  session:maybe_enable_record(false)
  session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
  while session:transport_sample() < n_samples do
    sleep(1)
  end
  session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
  sleep(2)
  print_notes(recorder)
  recorder:rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
  session:save_state("", false, false, false, false, false)
end

local ok, message = pcall(record)
print(ok and "recorded" or message)
io.stdout:flush()
collectgarbage()
collectgarbage()
close_session()
quit()

-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- What the phases in Ardour share; they run in this folder, and take it in by dofile().
--
-- Ardour's objects must be gone before the session is closed: in the phases all of them are
-- local to the function that run() is given, and collected after it.

local common = {}

local sample_rate = 48000
local seconds_per_minute = 60
local ticks_per_quarter = 1920

-- Do `phase`, print `last_line` if all went well, and end Ardour
function common.run(last_line, phase)
  local ok, message = pcall(phase)
  print(ok and last_line or message)
  io.stdout:flush()
  collectgarbage()
  collectgarbage()
  close_session()
  quit()
end

-- A new session in `folder`, in blocks of 512 frames
function common.create(folder)
  local backend = AudioEngine:set_backend("None (Dummy)", "", "")
  backend:set_buffer_size(512)
  backend:set_sample_rate(sample_rate)
  local session = create_session(folder, "session", sample_rate)
  assert(session, "no session")
  return session
end

-- The session in `folder`
function common.load(folder)
  AudioEngine:set_backend("None (Dummy)", "", "")
  local session = load_session(folder, "session")
  assert(session, "no session")
  return session
end

function common.save(session)
  session:save_state("", false, false, false, false, false)
end

-- A new track for MIDI
function common.add_track(session, name)
  local one_midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
  local tracks = session:new_midi_track(one_midi, one_midi, true, ARDOUR.PluginInfo(), nil, nil, 1,
    name, ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
  for track in tracks:iter() do
    return track
  end
end

-- The track that the plugin is on
function common.track(session)
  return session:route_by_name("Continuo"):to_track()
end

-- The sample at a quarter
function common.sample(session, quarter, tempo)
  return math.floor(quarter * seconds_per_minute / tempo * session:nominal_sample_rate())
end

-- What Ardour's Lua calls the control that people know as `label`: it counts controls only, but
-- in VST3 all parameters.  And what Ardour itself calls it
function common.control(processor, type_name, label)
  local plugin = processor:to_insert():plugin(0)
  local nth_control = 0
  for i = 0, plugin:parameter_count() - 1 do
    if plugin:parameter_is_control(i) then
      if plugin:parameter_is_input(i) and plugin:parameter_label(i) == label then
        return type_name == "VST3" and i or nth_control, i
      end
      nth_control = nth_control + 1
    end
  end
  error("no parameter " .. label)
end

-- Print what the plugin has counted, `underruns` and `late_notes`, as remarks of note_list.h
function common.print_counts(processor)
  local plugin = processor:to_insert():plugin(0)
  local nth_control = 0
  for i = 0, plugin:parameter_count() - 1 do
    if plugin:parameter_is_control(i) then
      local label = plugin:parameter_label(i)
      if label == "Underruns" or label == "Late notes" then
        local value = ARDOUR.LuaAPI.get_processor_param(processor, nth_control, true)
        print(string.format("# %s %d", label:lower():gsub(" ", "_"), value))
      end
      nth_control = nth_control + 1
    end
  end
end

-- Beats print themselves as quarters:ticks
local function quarters(beats)
  local whole, ticks = tostring(beats):match("^(-?%d+):(%d+)")
  return tonumber(whole) + tonumber(ticks) / ticks_per_quarter
end

-- Print the notes of a region as note_list.h does
function common.print_notes(region)
  local model = region:to_midiregion():midi_source(0):model()
  for note in ARDOUR.LuaAPI.note_list(model):iter() do
    print(string.format("%.6f %.6f %d %d %d", quarters(note:time()), quarters(note:length()),
      note:note(), note:velocity(), note:channel()))
  end
end

return common

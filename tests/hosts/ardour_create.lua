-- Copyright 2026 The Continuo authors
-- SPDX-License-Identifier: ISC

-- Make a session with the plugin on a MIDI track, and save it.
-- Usage: ardour7-lua ardour_create.lua FOLDER TYPE PLUGIN TEMPO [LABEL=VALUE]...
--
-- TYPE is LV2 or VST3, PLUGIN a URI or the number that the scanner found.
--
-- Ardour's objects must be gone before the session is closed: all of them are local to
-- create(), and collected after it.

local folder, type_name, id, tempo = arg[1], arg[2], arg[3], tonumber(arg[4])
local sample_rate = 48000

local function set_up_engine()
  local backend = AudioEngine:set_backend("None (Dummy)", "", "")
  backend:set_buffer_size(512)
  backend:set_sample_rate(sample_rate)
end

local function add_track(session)
  local one_midi = ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1)
  local tracks = session:new_midi_track(one_midi, one_midi, true, ARDOUR.PluginInfo(), nil, nil, 1,
    "Continuo", ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
  for track in tracks:iter() do
    return track
  end
end

local function set_tempo()
  local map = Temporal.TempoMap.write_copy()
  map:set_tempo(Temporal.Tempo(tempo, tempo, 4), Temporal.timepos_t(0))
  Temporal.TempoMap.update(map)
end

-- Set the control that people know as `label`; Ardour counts controls only, but in VST3 all
local function set_parameter(processor, label, value)
  local plugin = processor:to_insert():plugin(0)
  local nth_control = 0
  for i = 0, plugin:parameter_count() - 1 do
    if plugin:parameter_is_control(i) then
      if plugin:parameter_is_input(i) and plugin:parameter_label(i) == label then
        local number = type_name == "VST3" and i or nth_control
        assert(ARDOUR.LuaAPI.set_processor_param(processor, number, value))
        return
      end
      nth_control = nth_control + 1
    end
  end
  error("no parameter " .. label)
end

local function create()
  set_up_engine()
  local session = create_session(folder, "session", sample_rate)
  assert(session, "no session")
  set_tempo()

  local processor = ARDOUR.LuaAPI.new_plugin(session, id, ARDOUR.PluginType[type_name], "")
  assert(not processor:isnil(), "no plugin " .. id)
  add_track(session):add_processor_by_index(processor, 0, nil, true)

  -- What is set before the first block counts as restored: a new take would be none
  sleep(1)
  for i = 5, #arg do
    local label, value = arg[i]:match("^(.*)=(.*)$")
    set_parameter(processor, label, tonumber(value))
  end
  sleep(1)
  session:save_state("", false, false, false, false, false)
end

local ok, message = pcall(create)
print(ok and "created" or message)
io.stdout:flush()
collectgarbage()
collectgarbage()
close_session()
quit()

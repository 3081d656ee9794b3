-- Makes an Ardour session with one stereo track and a VST3 on the master bus, its parameters set, and saves it.
-- ardour7-lua session.lua FOLDER SAMPLE_RATE PLUGIN [PARAMETER=VALUE]...; the last line printed is "saved".
local folder, sample_rate, plugin_name = arg[1], tonumber(arg[2]), arg[3]

assert(AudioEngine:set_backend("None (Dummy)", "", ""), "the dummy backend does not start")
local session = create_session(folder, "session", sample_rate)
assert(session, "no session in " .. folder)
session:new_audio_track(
  2, 2, nil, 1, "Mix", ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)

local processor = ARDOUR.LuaAPI.new_plugin(session, plugin_name, ARDOUR.PluginType.VST3, "")
assert(not processor:isnil(), "Ardour does not know the VST3 " .. plugin_name)
assert(session:master_out():add_processor_by_index(processor, -1, nil, true) == 0, "not on the master bus")

local plugin = processor:to_insert():plugin(0)
local numbers = {}
for number = 0, plugin:parameter_count() - 1 do
  numbers[plugin:parameter_label(number)] = number
end
for index = 4, #arg do
  local name, value = arg[index]:match("^(.*)=(.*)$")
  assert(numbers[name], plugin_name .. " has no parameter " .. name)
  assert(ARDOUR.LuaAPI.set_processor_param(processor, numbers[name], tonumber(value)), name .. " is not set")
end

-- The plugin's state is what its processor has: values reach it with the blocks that follow.
local heard = AudioEngine:processed_samples()
while AudioEngine:processed_samples() < heard + sample_rate / 4 do
  sleep(0.01)
end
assert(session:save_state("") == 0, "the session is not saved")
close_session()
print("saved")

"""A JUCE host on a leash: obeys one JSON command a line on standard input, answers each with one JSON line.

Usage: python juce_host.py BUNDLE.vst3. Audio travels in files of raw 32-bit floats, one channel after the other.
Nothing is judged here: the tests that send the commands hold what comes back against their expectations.
"""

import base64
import json
import sys

import numpy
import pedalboard

BUNDLE = sys.argv[1]
instances = {}
# Every instance's parameters by name: asking the host for all of them takes long.
by_name = {}


def load(instance, plugin):
    instances[instance] = pedalboard.load_plugin(BUNDLE, plugin_name=plugin)
    by_name[instance] = {parameter.name: parameter for parameter in instances[instance]._parameters}


def drop(instance):
    del by_name[instance], instances[instance]


def names():
    return pedalboard.VST3Plugin.get_plugin_names_for_file(BUNDLE)


def parameters(instance):
    # `parameters` of a plugin leaves out what it takes for a duplicate: this is the host's own list.
    return [described(parameter) for parameter in instances[instance]._parameters]


def described(parameter):
    return {
        "name": parameter.name,
        "text": parameter.string_value,
        "raw": parameter.raw_value,
        "default_raw": parameter.default_raw_value,
        "automatable": parameter.is_automatable,
    }


def text_of(instance, name, raw):
    return found(instance, name).get_text_for_raw_value(raw)


def raw_of(instance, name, text):
    return found(instance, name).get_raw_value_for_text(text)


def set_raw(instance, name, raw):
    # Setting an attribute of the plugin would choose from a grid of a thousand values, and an unknown name do nothing.
    found(instance, name).raw_value = raw


def found(instance, name):
    return by_name[instance][name]


def process(instance, audio, channels, sample_rate, block_frames, whole):
    """Processes the file in place; `whole` resets first, takes the latency out and lets the end ring out."""
    signal = numpy.fromfile(audio, dtype=numpy.float32).reshape(channels, -1)
    output = instances[instance].process(signal, sample_rate, buffer_size=block_frames, reset=whole)
    numpy.ascontiguousarray(output).tofile(audio)


def latency_frames(instance):
    return instances[instance].reported_latency_samples


def state(instance):
    return base64.b64encode(instances[instance].raw_state).decode()


def restore(instance, state):
    instances[instance].raw_state = base64.b64decode(state)


COMMANDS = [load, drop, names, parameters, text_of, raw_of, set_raw, process, latency_frames, state, restore]
COMMANDS = {command.__name__: command for command in COMMANDS}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"answer": COMMANDS[request.pop("command")](**request)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)

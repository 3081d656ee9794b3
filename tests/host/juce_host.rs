//! A JUCE host for the VST3 bundle: pedalboard in a Python process, which obeys line by line what the tests ask of it.
//! Every expectation stands here; `juce_host.py` only loads, sets, processes and tells.
//!
//! JUCE holds parameters as a normalized f32 and sends them with the first block that follows (trap 19), so a value has
//! arrived when a block has been processed.

mod identity;
mod latency;
mod life;
mod sound;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use runout_dsp_core::settings::{ChainSettings, Parameter};
use runout_tests::bundle::checked_vst3;
use runout_tests::random::Random;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::rig::{COMPRESSOR, EQUALIZER, IMAGER, LIMITER, MASTER, Product, RATE};

/// The products that hold the chain, by the names that hosts show.
const INSERTS: [(&str, Product); 5] = [
    ("Runout Limiter", LIMITER),
    ("Runout Equalizer", EQUALIZER),
    ("Runout Compressor", COMPRESSOR),
    ("Runout Imager", IMAGER),
    ("Runout Master", MASTER),
];

/// Every product, by name.
const PRODUCTS: [&str; 6] =
    ["Runout Compressor", "Runout Equalizer", "Runout Imager", "Runout Limiter", "Runout Master", "Runout Meter"];

/// A host in a process of its own.
struct JuceHost {
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    folder: TempDir,
    loaded: usize,
}

/// A plugin in the host.
#[derive(Clone, Copy)]
struct Instance(usize);

/// How a signal is handed over.
#[derive(Clone, Copy, PartialEq)]
enum Passage {
    /// The host resets first, lets the end ring out and takes the latency away.
    Whole,
    /// The stream goes on where it was, later by the latency.
    Streamed,
}

/// A parameter as the host shows it.
struct Shown {
    name: String,
    text: String,
    raw: f64,
    default_raw: f64,
    is_automatable: bool,
}

/// The Python that `cargo xtask test` provides, in the target folder that the tests were built in.
fn python() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let target = test.ancestors().nth(3).expect("a test lies in target/<profile>/deps");
    let python = target.join(if cfg!(windows) { "python/Scripts/python.exe" } else { "python/bin/python" });
    assert!(python.exists(), "no JUCE host: {} is missing, `cargo xtask test` makes it first of all", python.display());
    python
}

impl JuceHost {
    fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("host/juce_host.py");
        let mut process = Command::new(python())
            .arg(script)
            .arg(checked_vst3())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().expect("a pipe"));
        Self { process, requests, answers, folder: tempfile::tempdir().expect("a folder"), loaded: 0 }
    }

    /// Has one command of `juce_host.py` obeyed; an error there is a panic here.
    #[track_caller]
    fn ask(&mut self, command: &str, mut request: Value) -> Value {
        request["command"] = json!(command);
        let requests = self.requests.as_mut().expect("the host runs");
        writeln!(requests, "{request}").expect("the host listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the host answers in UTF-8");
        let answer: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("the host ended at {request}: {:?}", self.process.wait()));
        assert!(answer["error"].is_null(), "{request}: {}", answer["error"]);
        answer["answer"].clone()
    }

    fn load(&mut self, plugin: &str) -> Instance {
        self.loaded += 1;
        self.ask("load", json!({"instance": self.loaded, "plugin": plugin}));
        Instance(self.loaded)
    }

    fn drop_instance(&mut self, instance: Instance) {
        self.ask("drop", json!({"instance": instance.0}));
    }

    fn names(&mut self) -> Vec<String> {
        serde_json::from_value(self.ask("names", json!({}))).expect("names")
    }

    fn parameters(&mut self, instance: Instance) -> Vec<Shown> {
        let answer = self.ask("parameters", json!({"instance": instance.0}));
        let shown = |told: &Value| Shown {
            name: told["name"].as_str().expect("a name").to_owned(),
            text: told["text"].as_str().expect("a text").to_owned(),
            raw: told["raw"].as_f64().expect("a number"),
            default_raw: told["default_raw"].as_f64().expect("a number"),
            is_automatable: told["automatable"].as_bool().expect("a flag"),
        };
        answer.as_array().expect("a list").iter().map(shown).collect()
    }

    fn text_of(&mut self, instance: Instance, name: &str, raw: f64) -> String {
        let answer = self.ask("text_of", json!({"instance": instance.0, "name": name, "raw": raw}));
        answer.as_str().expect("a text").to_owned()
    }

    fn raw_of(&mut self, instance: Instance, name: &str, text: &str) -> f64 {
        let answer = self.ask("raw_of", json!({"instance": instance.0, "name": name, "text": text}));
        answer.as_f64().expect("a number")
    }

    fn set_raw(&mut self, instance: Instance, name: &str, raw: f64) {
        self.ask("set_raw", json!({"instance": instance.0, "name": name, "raw": raw}));
    }

    /// Sets a value as a text that the plugin reads.
    fn set(&mut self, instance: Instance, name: &str, text: &str) {
        let raw = self.raw_of(instance, name, text);
        self.set_raw(instance, name, raw);
    }

    /// Processes a planar signal in place, in blocks.
    fn process(
        &mut self,
        instance: Instance,
        signal: &mut [Vec<f32>],
        sample_rate: f64,
        block_frames: usize,
        passage: Passage,
    ) {
        let path = self.folder.path().join("audio.f32");
        let bytes: Vec<u8> = signal.iter().flatten().flat_map(|sample| sample.to_ne_bytes()).collect();
        fs::write(&path, bytes).expect("the audio can be written");
        let request = json!({
            "instance": instance.0,
            "audio": path.to_str().expect("a path in UTF-8"),
            "channels": signal.len(),
            "sample_rate": sample_rate,
            "block_frames": block_frames,
            "whole": passage == Passage::Whole,
        });
        self.ask("process", request);
        let bytes = fs::read(&path).expect("the audio can be read");
        let samples = bytes.as_chunks().0.iter().map(|sample| f32::from_ne_bytes(*sample));
        let samples: Vec<f32> = samples.collect();
        let frames = signal[0].len();
        assert_eq!(samples.len(), frames * signal.len(), "the host gives back as many frames as it was given");
        for (channel, heard) in signal.iter_mut().zip(samples.chunks(frames)) {
            channel.copy_from_slice(heard);
        }
    }

    fn latency_frames(&mut self, instance: Instance) -> usize {
        self.ask("latency_frames", json!({"instance": instance.0})).as_u64().expect("a number") as usize
    }

    fn state(&mut self, instance: Instance) -> String {
        self.ask("state", json!({"instance": instance.0})).as_str().expect("a text").to_owned()
    }

    fn restore(&mut self, instance: Instance, state: &str) {
        self.ask("restore", json!({"instance": instance.0, "state": state}));
    }

    /// Sets every parameter anywhere on its travel, and in `settings` what the plugin says that it is there. The values
    /// arrive, with a block: those that move the latency are in force from the next activation on, which a signal that is
    /// handed over whole begins with.
    fn set_anyhow(&mut self, instance: Instance, product: Product, random: &mut Random, settings: &mut ChainSettings) {
        for (name, setting) in named(product) {
            let raw = f64::from(random.between(0.0, 1.0) as f32);
            let text = self.text_of(instance, &name, raw);
            let value = setting.kind.parsed(&text).unwrap_or_else(|error| panic!("{name} shows `{text}`: {error}"));
            setting.set(settings, f64::from(value));
            self.set_raw(instance, &name, raw);
        }
        self.process(instance, &mut vec![vec![0.0; 64]; 2], RATE, 64, Passage::Streamed);
    }
}

impl Drop for JuceHost {
    fn drop(&mut self) {
        // The end of its input ends the host, and it unloads its plugins.
        self.requests = None;
        let ended = self.process.wait().expect("the host ends");
        assert!(ended.success() || std::thread::panicking(), "the host ended with {ended}");
    }
}

/// The settings that a product shows, by the names it shows them under.
fn named(product: Product) -> Vec<(String, Parameter)> {
    product.settings().into_iter().map(|setting| (product.name_of(&setting), setting)).collect()
}

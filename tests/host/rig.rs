//! What the host tests share: the products, settings as a host sets them, and the chain to compare with.

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, Kind, Module, Parameter, Purpose, Step, parameters};
use runout_tests::clap_host::{Automation, ClapHost, HostedParameter};
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::signals::driven;

/// Hz, where a test does not ask about rates.
pub const RATE: f64 = 48_000.0;

/// A plugin that holds the chain, and what it must show of it.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub id: &'static str,
    pub modules: &'static [Module],
    /// Whether names bear the module's.
    pub full_names: bool,
}

pub const LIMITER: Product = Product { id: "org.runout.limiter", modules: &[Module::Limiter], full_names: false };

pub const EQUALIZER: Product = Product { id: "org.runout.equalizer", modules: &[Module::Equalizer], full_names: false };

pub const COMPRESSOR: Product =
    Product { id: "org.runout.compressor", modules: &[Module::Compressor], full_names: false };

pub const IMAGER: Product = Product { id: "org.runout.imager", modules: &[Module::Imager], full_names: false };

pub const MASTER: Product = Product { id: "org.runout.master", modules: &Module::ALL, full_names: true };

/// The product that only measures.
pub const METER: &str = "org.runout.meter";

/// The products that hold the chain.
pub const INSERTS: [Product; 5] = [LIMITER, EQUALIZER, COMPRESSOR, IMAGER, MASTER];

/// Those whose latency a setting moves.
pub const MOVING: [Product; 4] = [EQUALIZER, COMPRESSOR, IMAGER, MASTER];

/// One parameter from both sides.
#[derive(Clone)]
pub struct Knob {
    pub setting: Parameter,
    pub hosted: HostedParameter,
}

impl Product {
    /// Whether it holds a module.
    pub fn holds(&self, module: Module) -> bool {
        self.modules.contains(&module)
    }

    /// The settings of the chain that it shows: those of its modules, and their order where there are two to put in one.
    pub fn settings(&self) -> Vec<Parameter> {
        let is_shown = |setting: &Parameter| match setting.module {
            Some(module) => self.holds(module),
            None => self.holds(Module::Equalizer) && self.holds(Module::Compressor),
        };
        parameters().into_iter().filter(is_shown).collect()
    }

    /// The name that it shows a setting under.
    pub fn name_of(&self, setting: &Parameter) -> String {
        if self.full_names { setting.full_name() } else { setting.name.clone() }
    }

    /// A new instance.
    pub fn load(&self) -> ClapHost {
        ClapHost::load(self.id)
    }

    /// Every parameter of the chain that the product shows, beside the host's.
    pub fn knobs(&self, host: &mut ClapHost) -> Vec<Knob> {
        let knob = |setting: Parameter| Knob { hosted: host.parameter(&self.name_of(&setting)), setting };
        self.settings().into_iter().map(knob).collect()
    }
}

impl Knob {
    /// The event that sets a plain value, as a text that the host reads.
    pub fn set(&self, host: &mut ClapHost, frame: usize, value: f32) -> Automation {
        let text = self.setting.kind.shown(value);
        let found = host.value_of(self.hosted.id, &text);
        let value = found.unwrap_or_else(|| panic!("{} does not read `{text}`", self.hosted.name));
        Automation { frame, id: self.hosted.id, value }
    }

    /// Any value on the parameter's grid.
    pub fn any(&self, random: &mut Random) -> f32 {
        let (lowest, highest) = self.setting.kind.range();
        match self.setting.kind {
            Kind::Number { step: Step::Whole, .. } | Kind::Choice(_) | Kind::Switch => {
                lowest + random.below((highest - lowest) as usize + 1) as f32
            }
            Kind::Number { .. } => self.setting.kind.rounded(random.between(f64::from(lowest), f64::from(highest))),
        }
    }
}

/// Settings that change along the stream, as the chain takes them and as a host sends them.
pub struct Script {
    pub settings: Vec<(usize, ChainSettings)>,
    pub automation: Vec<Automation>,
}

impl Script {
    /// Some of the knobs set at each of the frames, ascending.
    pub fn random(product: Product, host: &mut ClapHost, random: &mut Random, frames: &[usize], each: usize) -> Self {
        // What moves the latency no host can automate.
        let is_automatable = |knob: &Knob| knob.setting.purpose != Purpose::Latency;
        let knobs: Vec<Knob> = product.knobs(host).into_iter().filter(is_automatable).collect();
        let mut now = ChainSettings::default();
        let mut script = Self { settings: vec![(0, now)], automation: Vec::new() };
        for frame in frames {
            for _ in 0..each {
                let knob = &knobs[random.below(knobs.len())];
                let value = knob.any(random);
                knob.setting.set(&mut now, f64::from(value));
                script.automation.push(knob.set(host, *frame, value));
            }
            script.settings.push((*frame, now));
        }
        script
    }

    /// Every knob set to these settings at the first frame.
    pub fn fixed(product: Product, host: &mut ClapHost, settings: &ChainSettings) -> Self {
        let knobs = product.knobs(host);
        let automation = knobs.iter().map(|knob| knob.set(host, 0, knob.setting.get(settings))).collect();
        Self { settings: vec![(0, *settings)], automation }
    }
}

/// Sets values on a plugin that is not active, in their order.
pub fn set_inactive(host: &mut ClapHost, set: &[Automation]) {
    let values: Vec<_> = set.iter().map(|set| (set.id, set.value)).collect();
    host.set_inactive(&values);
}

/// So many frames, ascending, each once.
pub fn random_frames(random: &mut Random, count: usize, length: usize) -> Vec<usize> {
    let mut frames: Vec<usize> = (0..count).map(|_| random.below(length)).collect();
    frames.sort_unstable();
    frames.dedup();
    frames
}

/// Settings under which a product plays 6 dB louder below the ceiling, with everything else that it has at work: a kernel
/// far above the tones that are asked with, and a compressor of what is louder than they are.
pub fn six_db_louder(product: Product) -> ChainSettings {
    let mut settings = ChainSettings::default();
    if product.holds(Module::Limiter) {
        settings.limiter.input_gain_db = 6.0;
    } else if product.holds(Module::Compressor) {
        settings.compressor.output_gain_db = 6.0;
    } else if product.holds(Module::Equalizer) {
        settings.equalizer.output_gain_db = 6.0;
    } else {
        (settings.imager.mid_gain_db, settings.imager.side_gain_db) = (6.0, 6.0);
    }
    if product.holds(Module::Compressor) {
        let band = &mut settings.compressor.band[0];
        (band.ratio, band.threshold_db, band.release_ms) = (4.0, -6.0, 80.0);
    }
    if product.holds(Module::Equalizer) {
        let band = &mut settings.equalizer.bands[2];
        (band.enabled, band.frequency_hz, band.gain_db, band.q) = (true, 8000.0, 6.0, 4.0);
    }
    settings
}

/// Music that goes over the ceiling now and then.
pub fn loud(sample_rate: f64, seconds: f64, channels: usize) -> Vec<Vec<f32>> {
    driven(&music(7, sample_rate, seconds, channels), 4.0)
}

/// A signal through a product's chain of dsp-core in one call for each stretch of settings; prepared for the first of
/// them, so that what moves the latency is theirs.
pub fn through_chain(
    product: Product,
    mut signal: Vec<Vec<f32>>,
    sample_rate: f64,
    settings: &[(usize, ChainSettings)],
) -> Vec<Vec<f32>> {
    let length = signal[0].len();
    let mut chain = MasteringChain::of(product.modules);
    chain.set_params(&settings[0].1);
    chain.prepare(&Spec { sample_rate, max_block: length, channels: signal.len() }).expect("a rate for mastering");
    let ends = settings[1..].iter().map(|(frame, _)| *frame).chain([length]);
    for ((start, settings), end) in settings.iter().zip(ends) {
        chain.set_params(settings);
        chain.process(&mut signal.iter_mut().map(|channel| &mut channel[*start..end]).collect::<Vec<_>>());
    }
    signal
}

/// The first sample in which two signals differ, by its bits, in words; `None` where they are equal.
pub fn difference(found: &[Vec<f32>], expected: &[Vec<f32>]) -> Option<String> {
    assert_eq!(found.len(), expected.len(), "channels");
    found.iter().zip(expected).enumerate().find_map(|(channel, (found, expected))| {
        assert_eq!(found.len(), expected.len(), "frames of channel {channel}");
        let differs = |frame: &usize| found[*frame].to_bits() != expected[*frame].to_bits();
        let frame = (0..found.len()).find(differs)?;
        Some(format!("channel {channel} frame {frame}: {} instead of {}", found[frame], expected[frame]))
    })
}

/// Requires the same bits; `case` says which were compared.
#[track_caller]
pub fn require_same(found: &[Vec<f32>], expected: &[Vec<f32>], case: impl FnOnce() -> String) {
    if let Some(difference) = difference(found, expected) {
        panic!("{}: {difference}", case());
    }
}

/// A signal that is `frames` later, silence before it, of the same length.
pub fn delayed(signal: &[Vec<f32>], frames: usize) -> Vec<Vec<f32>> {
    let later = |channel: &Vec<f32>| {
        std::iter::repeat_n(0.0, frames).chain(channel.iter().copied()).take(channel.len()).collect::<Vec<f32>>()
    };
    signal.iter().map(later).collect()
}

#[test]
fn one_bit_is_a_difference() {
    let signal = vec![vec![0.5f32, 0.25, 0.0]; 2];
    assert_eq!(difference(&signal, &signal), None);
    let mut other = signal.clone();
    other[1][2] = -0.0;
    assert!(difference(&other, &signal).is_some_and(|words| words.starts_with("channel 1 frame 2")));
    assert_eq!(delayed(&signal, 1)[0], [0.0, 0.5, 0.25]);
}

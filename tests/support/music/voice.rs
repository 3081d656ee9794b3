//! The lead: a saw for the cords, with vibrato, through five formants that move from vowel to vowel, and some breath.

use super::arithmetic::{gain, note_hz, power_of_two, sine_of_turns};
use super::mix::{Mix, Place};
use super::pitched::{Saw, follow};
use crate::random::Random;

/// A formant: frequency in Hz and level in dB.
type Formant = (f64, f64);

/// Vowels of an alto: a, e, i, o, u.
const VOWELS: [[Formant; 4]; 5] = [
    [(800.0, 0.0), (1150.0, -4.0), (2800.0, -18.0), (3500.0, -26.0)],
    [(400.0, 0.0), (1600.0, -16.0), (2700.0, -22.0), (3300.0, -28.0)],
    [(350.0, 0.0), (1700.0, -17.0), (2700.0, -22.0), (3700.0, -28.0)],
    [(450.0, 0.0), (800.0, -9.0), (2830.0, -18.0), (3500.0, -24.0)],
    [(325.0, 0.0), (700.0, -12.0), (2530.0, -25.0), (3500.0, -32.0)],
];

/// Bandwidths of the formants, Hz.
const WIDTHS_HZ: [f64; 4] = [80.0, 90.0, 120.0, 130.0];

/// The filters move once in this many frames.
const CONTROL_FRAMES: usize = 32;

/// One formant: a resonator of two poles, unity at its peak.
#[derive(Clone, Copy, Default)]
struct Resonator {
    input_gain: f64,
    first: f64,
    second: f64,
    before: [f64; 2],
}

impl Resonator {
    fn tune(&mut self, frequency_hz: f64, width_hz: f64, level: f64, rate: f64) {
        let frequency_hz = frequency_hz.min(0.45 * rate);
        let radius = power_of_two(-std::f64::consts::PI * width_hz / rate * std::f64::consts::LOG2_E);
        let cosine = sine_of_turns(0.25 + frequency_hz / rate);
        self.first = 2.0 * radius * cosine;
        self.second = -radius * radius;
        self.input_gain = level * (1.0 - radius) * 2.0 * sine_of_turns(frequency_hz / rate);
    }

    fn next(&mut self, input: f64) -> f64 {
        let output = self.input_gain * input + self.first * self.before[0] + self.second * self.before[1];
        self.before = [output, self.before[0]];
        output
    }
}

/// What is sung: a note from a time in seconds on for a duration in seconds, from one vowel to another.
pub(super) struct Sung {
    pub start_s: f64,
    pub duration_s: f64,
    pub note: f64,
    pub vowels: [usize; 2],
    pub level: f32,
}

/// Sings one note, with an echo on the other side after `echo_s`.
pub(super) fn sing(mix: &mut Mix, sung: &Sung, echo_s: f64, random: &mut Random) {
    let voice = voiced(sung, mix.sample_rate, random);
    let echoes = [
        (0.0, Place::new(0.05, 1.0, 0.3)),
        (echo_s, Place::new(-0.6, 0.22, 0.1)),
        (2.0 * echo_s, Place::new(0.6, 0.1, 0.05)),
    ];
    for (delay_s, place) in echoes {
        let mut samples = voice.iter();
        let duration_s = voice.len() as f64 / mix.sample_rate;
        mix.play(sung.start_s + delay_s, duration_s, place, || samples.next().copied().unwrap_or(0.0));
    }
}

fn voiced(sung: &Sung, rate: f64, random: &mut Random) -> Vec<f64> {
    let frames = (sung.duration_s * rate) as usize;
    let levels = |vowel: usize| VOWELS[vowel].map(|(_, level_db)| gain(level_db));
    let (from_levels, to_levels) = (levels(sung.vowels[0]), levels(sung.vowels[1]));
    let mut formants = [Resonator::default(); 4];
    let (mut saw, mut cords, mut loudness) = (Saw::new(0.3), 0.0, 0.0);
    let mut voice = vec![0.0; frames];
    let tilt = follow(2500.0, rate);
    for (run, samples) in voice.chunks_mut(CONTROL_FRAMES).enumerate() {
        let time_s = (run * CONTROL_FRAMES) as f64 / rate;
        let place = (time_s / sung.duration_s).min(1.0);
        for (index, formant) in formants.iter_mut().enumerate() {
            let (from, to) = (VOWELS[sung.vowels[0]][index], VOWELS[sung.vowels[1]][index]);
            let level = from_levels[index] + (to_levels[index] - from_levels[index]) * place;
            formant.tune(from.0 + (to.0 - from.0) * place, WIDTHS_HZ[index], level, rate);
        }
        // A scoop into the note, then vibrato of 5.6 Hz that sets in after a quarter of a second.
        let scoop = -0.9 * (1.0 - time_s / 0.07).max(0.0);
        let depth = 0.28 * ((time_s - 0.25) / 0.3).clamp(0.0, 1.0);
        let step = note_hz(sung.note + scoop + depth * sine_of_turns(5.6 * time_s)) / rate;
        let target = (time_s / 0.04).min((sung.duration_s - time_s) / 0.09).clamp(0.0, 1.0);
        let slope = (target - loudness) / CONTROL_FRAMES as f64;
        for sample in samples {
            loudness += slope;
            cords += tilt * (saw.next(step) + 0.06 * random.bipolar() - cords);
            let sound: f64 = formants.iter_mut().map(|formant| formant.next(cords)).sum();
            *sample = f64::from(sung.level) * loudness * (2.2 * sound + 0.05 * cords);
        }
    }
    voice
}

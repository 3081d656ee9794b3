//! Every parameter that the plugins show, ramped and jumped over its whole range under a sine of 1 kHz.
//!
//! Asked of the chain as an insert holds it, so that the host's bypass is among the parameters: no step of the output is
//! larger than that of the louder of the two sines (where a bell or a band passes over the tone, of the loudest on its
//! way), and nothing more than 300 Hz from the tone is above -80 dBc. A limiter that follows a moving tone sees it once a
//! half-wave, so its gain moves in small stairs twice a period, which makes odd harmonics; they are expected, and so small
//! (below -100 dBc) that nothing needs to be left out.

mod lanes;

use std::sync::Arc;

use lanes::Lane;
use runout_dsp_core::chain::{MasteringChain, Switchable};
use runout_dsp_core::processor::Spec;
use runout_dsp_core::settings::Module;
use runout_dsp_core::units::db_from_gain;
use runout_tests::signals::sine;
use rustfft::{Fft, FftPlanner, num_complex::Complex};

const TONE_HZ: f64 = 1000.0;

/// Below the ceiling of -1 dBTP; just below it; 7 and 19 dB above it.
const AMPLITUDES: [f64; 4] = [0.1, 0.8, 2.0, 8.0];

/// The amplitudes that a lane is asked at. The equalizer is linear, and one is as good as another; the compressor's bands
/// have their thresholds where this one lets them work.
fn amplitudes(lane: &Lane) -> &'static [f64] {
    if lane.module == Module::Limiter { &AMPLITUDES } else { &AMPLITUDES[..1] }
}

/// How a parameter moves: the time of the whole way, ms, and every how many frames a host sends a value.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Motion {
    time_ms: f64,
    grid_frames: usize,
}

const JUMP: Motion = Motion { time_ms: 0.0, grid_frames: 64 };
const FAST: Motion = Motion { time_ms: 10.0, grid_frames: 1 };
const RAMPS: [Motion; 4] = [
    Motion { time_ms: 10.0, grid_frames: 64 },
    Motion { time_ms: 100.0, grid_frames: 1 },
    Motion { time_ms: 100.0, grid_frames: 64 },
    Motion { time_ms: 800.0, grid_frames: 64 },
];

/// One stream: 2.25 s, moved around 1.25 s.
struct Stream {
    rate: f64,
    amplitude: f64,
    channels: usize,
}

impl Stream {
    fn frames(&self, seconds: f64) -> usize {
        (seconds * self.rate).round() as usize
    }

    /// The output while the lane moves up, or down.
    fn played(&self, lane: &Lane, motion: Motion, up: bool) -> Vec<Vec<f32>> {
        let frames = self.frames(2.25);
        // The right channel is quieter and later, so that swap and link have something to do.
        let tone = |channel: usize| {
            let amplitude = if channel == 0 { self.amplitude } else { self.amplitude / 2.0 };
            sine(TONE_HZ, amplitude, 61.0 * channel as f64, self.rate, frames)
        };
        let mut output: Vec<Vec<f32>> = (0..self.channels).map(tone).collect();
        let mut chain = Switchable::new(MasteringChain::of(&[lane.module]));
        let mut settings = lane.around();
        chain.set_params(&settings);
        chain.prepare(&Spec { sample_rate: self.rate, max_block: 64, channels: self.channels }).unwrap();
        let length = (motion.time_ms * 1e-3 * self.rate).max(1.0);
        let begin = self.frames(1.25) as f64 - length / 2.0;
        let mut start = 0;
        let mut last = f64::NAN;
        while start < frames {
            let way = ((start as f64 - begin) / length).clamp(0.0, 1.0);
            let place = if up { way } else { 1.0 - way };
            if place != last {
                lane.set(&mut chain, &mut settings, place);
                last = place;
            }
            let moves = start as f64 + 64.0 > begin && way < 1.0;
            let end = frames.min(start + if moves { motion.grid_frames } else { 64 });
            let mut block: Vec<&mut [f32]> = output.iter_mut().map(|channel| &mut channel[start..end]).collect();
            chain.process(&mut block);
            start = end;
        }
        output
    }
}

fn largest(values: impl Iterator<Item = f32>) -> f64 {
    f64::from(values.fold(0.0, |largest, value| value.abs().max(largest)))
}

fn largest_step(signal: &[f32]) -> f64 {
    largest(signal.windows(2).map(|pair| pair[1] - pair[0]))
}

/// Spectra of one second.
struct Analyzer {
    /// A Kaiser window of beta 18: its side lobes are below -130 dB, its main lobe is 6 bins to either side.
    window: Vec<f64>,
    transform: Arc<dyn Fft<f64>>,
}

impl Analyzer {
    fn new(rate: f64) -> Self {
        const BETA: f64 = 18.0;
        let length = rate as usize;
        let place = |frame: usize| 2.0 * frame as f64 / (length - 1) as f64 - 1.0;
        let weight = |frame| bessel(BETA * (1.0 - place(frame).powi(2)).max(0.0).sqrt());
        Self { window: (0..length).map(weight).collect(), transform: FftPlanner::new().plan_fft_forward(length) }
    }

    /// The highest amplitude more than 300 Hz from the tone, dB relative to `reference`, and its frequency, Hz.
    fn farthest(&self, signal: &[f32], reference: f64) -> (f64, usize) {
        let weighed =
            signal.iter().zip(&self.window).map(|(&sample, weight)| Complex::from(f64::from(sample) * weight));
        let mut bins: Vec<Complex<f64>> = weighed.collect();
        self.transform.process(&mut bins);
        // Bins of 1 Hz.
        let half = bins[..bins.len() / 2].iter().map(|bin| bin.norm()).enumerate();
        let away = half.filter(|(hz, _)| (*hz as f64 - TONE_HZ).abs() > 300.0);
        let (hz, highest) = away.fold((0, 0.0), |most, bin| if bin.1 > most.1 { bin } else { most });
        (db_from_gain(highest * 2.0 / self.window.iter().sum::<f64>() / reference), hz)
    }
}

/// The modified Bessel function of the first kind and order 0, by its series.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term, mut n) = (1.0, 1.0, 1.0);
    while term > 1e-18 * sum {
        term *= (x / (2.0 * n)).powi(2);
        sum += term;
        n += 1.0;
    }
    sum
}

/// Asks a motion of a lane in both directions, and returns the worst of the spectrum, dBc.
fn ask(lane: &Lane, stream: &Stream, motion: Motion, analyzer: &Analyzer) -> f64 {
    // A gain that moves adds to the tone's slope in quadrature: at its fastest (both ways of polarity in three poles of 3 ms)
    // 0.04 %; a limiter that lets go while the tone crosses zero adds as much again.
    const STEP_TOLERANCE: f64 = 0.002;
    // A bell that leaps over the tone turns its phase by 1.3 rad in 3 ms: for so long the tone is 7 % higher.
    const PASSING_TOLERANCE: f64 = 0.15;
    let mut worst = f64::NEG_INFINITY;
    for up in [true, false] {
        for (channel, output) in stream.played(lane, motion, up).iter().enumerate() {
            let what = || {
                let Stream { rate, amplitude, channels } = stream;
                format!(
                    "{} {motion:?}, up {up}, {amplitude} at {rate} Hz, channel {channel} of {channels}",
                    lane.name()
                )
            };
            let still = [0.5..0.75, 2.0..2.25].map(|part| &output[stream.frames(part.start)..stream.frames(part.end)]);
            let moved = &output[stream.frames(0.75)..stream.frames(1.75)];
            let ends = still.map(|part| largest(part.iter().copied())).into_iter().fold(0.0, f64::max);
            assert!(ends > 0.0, "{}: nothing is heard", what());
            let passing = if lane.may_pass_louder() { largest(moved.iter().copied()) } else { 0.0 };
            let louder = ends.max(passing);
            let allowed = still.map(largest_step).into_iter().fold(0.0, f64::max) * louder / ends;
            let step = largest_step(moved);
            let tolerance = if lane.may_pass_louder() { PASSING_TOLERANCE } else { STEP_TOLERANCE };
            assert!(step <= allowed * (1.0 + tolerance), "{}: a step of {step}, {allowed} in the sine", what());
            let (level_dbc, hz) = analyzer.farthest(moved, louder);
            assert!(level_dbc <= -80.0, "{}: {level_dbc:.1} dBc at {hz} Hz", what());
            worst = worst.max(level_dbc);
        }
    }
    worst
}

#[test]
fn every_parameter_moves_cleanly_in_stereo() {
    let analyzer = Analyzer::new(48_000.0);
    for lane in Lane::all() {
        let ramps: &[Motion] = if lane.is_ramped() { &RAMPS } else { &[] };
        let mut worst = [f64::NEG_INFINITY; 2];
        for &amplitude in amplitudes(&lane) {
            let stream = Stream { rate: 48_000.0, amplitude, channels: 2 };
            worst[0] = worst[0].max(ask(&lane, &stream, JUMP, &analyzer));
            for motion in ramps {
                worst[1] = worst[1].max(ask(&lane, &stream, *motion, &analyzer));
            }
        }
        let ramped = if lane.is_ramped() { format!(", ramped {:.1} dBc", worst[1]) } else { String::new() };
        println!("{}: jumped {:.1} dBc{ramped}", lane.name(), worst[0]);
    }
}

#[test]
fn every_parameter_moves_cleanly_in_mono_and_at_other_rates() {
    for (rate, channels) in [(44_100.0, 1), (44_100.0, 2), (48_000.0, 1), (96_000.0, 2)] {
        let analyzer = Analyzer::new(rate);
        for lane in Lane::all() {
            let few: &[f64] = if lane.module == Module::Limiter { &[0.1, 8.0] } else { amplitudes(&lane) };
            for &amplitude in few {
                for motion in [JUMP, FAST] {
                    if motion == JUMP || lane.is_ramped() {
                        ask(&lane, &Stream { rate, amplitude, channels }, motion, &analyzer);
                    }
                }
            }
        }
    }
}

#[test]
fn a_step_and_a_stray_tone_would_be_found() {
    // A tone at -79 dBc, and a gain that is switched by 1 dB without a glide.
    let analyzer = Analyzer::new(48_000.0);
    let mut signal = sine(TONE_HZ, 0.5, 0.0, 48_000.0, 48_000);
    assert!(analyzer.farthest(&signal, 0.5).0 < -130.0);
    let stray = sine(2500.0, 0.5 * 10f64.powf(-79.0 / 20.0), 0.0, 48_000.0, 48_000);
    let both: Vec<f32> = signal.iter().zip(&stray).map(|(tone, stray)| tone + stray).collect();
    let (level_dbc, hz) = analyzer.farthest(&both, 0.5);
    assert!((level_dbc + 79.0).abs() < 0.01 && hz == 2500, "{level_dbc} dBc at {hz} Hz");
    signal[24_007..].iter_mut().for_each(|sample| *sample *= 0.891_25);
    let (level_dbc, _) = analyzer.farthest(&signal, 0.5);
    assert!(level_dbc > -80.0, "{level_dbc} dBc");
    // Abramowitz and Stegun, table 9.8, to the figures given.
    assert!((bessel(1.0) - 1.266_065_877_8).abs() < 1e-10);
}

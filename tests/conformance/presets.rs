//! Does each factory preset do on the demo mix what its name and its description say?

use std::sync::OnceLock;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::presets::{FACTORY, FactoryPreset};
use runout_dsp_core::processor::{Processor, Spec};
use runout_tests::music::demo_mix;
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

const RATE_HZ: f64 = 48_000.0;
const BLOCK: usize = 512;

/// A stereo signal, and what a meter reads of it.
struct Heard {
    planes: Vec<Vec<f32>>,
    readings: Readings,
}

impl Heard {
    fn new(planes: Vec<Vec<f32>>) -> Self {
        let mut meter = Meter::new();
        meter.prepare(&Spec { sample_rate: RATE_HZ, max_block: BLOCK, channels: 2 }).unwrap();
        let mut copy = planes.clone();
        in_blocks(&mut copy, |block| meter.process(block));
        Self { readings: meter.readings(), planes }
    }

    fn lufs(&self) -> f64 {
        self.readings.integrated_lufs
    }

    fn true_peak_dbtp(&self) -> f64 {
        self.readings.true_peak_max_dbtp()
    }

    /// Power between two frequencies, dB, of (left + right) / 2 or (left - right) / 2.
    fn band_db(&self, part: Part, low_hz: f64, high_hz: f64) -> f64 {
        const LENGTH: usize = 1 << 15;
        let sign = if part == Part::Middle { 1.0 } else { -1.0 };
        let transform = FftPlanner::new().plan_fft_forward(LENGTH);
        let bin = |hz: f64| (hz / RATE_HZ * LENGTH as f64) as usize;
        let mut power = 0.0;
        let [left, right] = &self.planes[..] else { panic!("two channels") };
        for (left, right) in left.chunks_exact(LENGTH).zip(right.chunks_exact(LENGTH)) {
            // Hann's window, so that the bass does not leak into the highs.
            let window = |at: usize| 0.5 - 0.5 * (2.0 * std::f64::consts::PI * at as f64 / LENGTH as f64).cos();
            let mut bins: Vec<Complex<f64>> = (0..LENGTH)
                .map(|at| Complex::from(window(at) * 0.5 * (f64::from(left[at]) + sign * f64::from(right[at]))))
                .collect();
            transform.process(&mut bins);
            power += bins[bin(low_hz)..bin(high_hz)].iter().map(Complex::norm_sqr).sum::<f64>();
        }
        10.0 * power.log10()
    }

    /// The level of short pieces of 400 ms, dB, from the softest to the loudest.
    fn levels_db(&self) -> Vec<f64> {
        let piece = (0.4 * RATE_HZ) as usize;
        let power = |plane: &Vec<f32>, at: usize| -> f64 {
            plane[at * piece..(at + 1) * piece].iter().map(|sample| f64::from(*sample).powi(2)).sum()
        };
        let mut levels: Vec<f64> = (0..self.planes[0].len() / piece)
            .map(|at| 10.0 * (self.planes.iter().map(|plane| power(plane, at)).sum::<f64>() / piece as f64).log10())
            .filter(|level| *level > -60.0)
            .collect();
        levels.sort_by(f64::total_cmp);
        levels
    }

    /// The level that a share of the pieces lies below, dB.
    fn quantile_db(&self, share: f64) -> f64 {
        let levels = self.levels_db();
        levels[((levels.len() - 1) as f64 * share) as usize]
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Middle,
    Side,
}

fn in_blocks(planes: &mut [Vec<f32>], mut act: impl FnMut(&mut [&mut [f32]])) {
    let frames = planes[0].len();
    for start in (0..frames).step_by(BLOCK) {
        let end = frames.min(start + BLOCK);
        let mut block: Vec<&mut [f32]> = planes.iter_mut().map(|plane| &mut plane[start..end]).collect();
        act(&mut block);
    }
}

fn mix() -> &'static Heard {
    static MIX: OnceLock<Heard> = OnceLock::new();
    MIX.get_or_init(|| Heard::new(demo_mix(RATE_HZ)))
}

/// The mix through a preset, without the latency.
fn through(name: &str) -> Heard {
    let preset: &FactoryPreset = FACTORY.iter().find(|preset| preset.name == name).unwrap();
    let mut chain = MasteringChain::default();
    chain.set_params(&preset.settings().unwrap());
    chain.prepare(&Spec { sample_rate: RATE_HZ, max_block: BLOCK, channels: 2 }).unwrap();
    let latency = chain.latency();
    let mut planes = mix().planes.clone();
    planes.iter_mut().for_each(|plane| plane.resize(plane.len() + latency, 0.0));
    in_blocks(&mut planes, |block| chain.process(block));
    planes.iter_mut().for_each(|plane| drop(plane.drain(..latency)));
    let heard = Heard::new(planes);
    println!(
        "{name}: {:.2} LUFS, {:.2} dBTP, range {:?}",
        heard.lufs(),
        heard.true_peak_dbtp(),
        heard.readings.loudness_range
    );
    heard
}

/// How much more of a band there is than in the mix, both at the same loudness, dB.
fn gained_db(heard: &Heard, part: Part, low_hz: f64, high_hz: f64) -> f64 {
    let change = heard.band_db(part, low_hz, high_hz) - mix().band_db(part, low_hz, high_hz);
    change - (heard.lufs() - mix().lufs())
}

#[track_caller]
fn lies(value: f64, low: f64, high: f64) {
    assert!((low..=high).contains(&value), "{value} is not from {low} to {high}");
}

#[test]
fn the_demo_mix_is_what_the_presets_are_made_for() {
    lies(mix().lufs(), -18.5, -16.5);
}

#[test]
fn streaming_is_at_14_lufs_below_minus_1_dbtp() {
    let heard = through("Streaming");
    lies(heard.lufs(), -15.0, -13.0);
    // 0.05 dB: what a target allows.
    lies(heard.true_peak_dbtp(), -3.0, -0.95);
}

#[test]
fn broadcast_is_at_23_lufs_with_its_dynamics() {
    let heard = through("Broadcast R 128");
    lies(heard.lufs(), -24.0, -22.0);
    lies(heard.true_peak_dbtp(), -30.0, -0.95);
    let change = |share: f64| heard.quantile_db(share) - mix().quantile_db(share);
    lies(change(0.9) - change(0.2), -0.2, 0.2);
}

#[test]
fn loud_and_club_are_loud_and_keep_their_ceilings() {
    let loud = through("Loud");
    let club = through("Club");
    lies(loud.lufs(), -10.0, -6.0);
    lies(loud.true_peak_dbtp(), -2.0, -0.95);
    lies(club.lufs(), -10.0, -6.0);
    lies(club.true_peak_dbtp(), -1.5, -0.45);
    lies(gained_db(&club, Part::Side, 20.0, 80.0), f64::NEG_INFINITY, -10.0);
    lies(gained_db(&club, Part::Middle, 40.0, 110.0), 0.0, 6.0);
}

#[test]
fn vinyl_has_its_bass_in_the_middle_and_room_above() {
    let heard = through("Vinyl premaster");
    lies(gained_db(&heard, Part::Side, 20.0, 100.0), f64::NEG_INFINITY, -12.0);
    lies(gained_db(&heard, Part::Middle, 10.0, 25.0), f64::NEG_INFINITY, -4.0);
    lies(gained_db(&heard, Part::Middle, 18_000.0, 22_000.0), f64::NEG_INFINITY, -6.0);
    lies(gained_db(&heard, Part::Middle, 200.0, 4000.0), -1.0, 1.0);
    lies(heard.true_peak_dbtp(), -20.0, -2.95);
    // Not pushed: the peaks stay as far above the loudness as they were, but for those of the bass that has moved to the
    // middle.
    let distance = |heard: &Heard| heard.true_peak_dbtp() - heard.lufs();
    lies(distance(&heard) - distance(mix()), -2.5, 1.5);
}

#[test]
fn speech_loses_rumble_and_range_and_gains_presence() {
    let heard = through("Speech");
    lies(gained_db(&heard, Part::Middle, 20.0, 50.0), f64::NEG_INFINITY, -12.0);
    lies(gained_db(&heard, Part::Middle, 2500.0, 4500.0), 1.0, 8.0);
    let range = |heard: &Heard| heard.quantile_db(0.9) - heard.quantile_db(0.2);
    lies(range(&heard) - range(mix()), -20.0, -1.0);
    lies(heard.true_peak_dbtp(), -20.0, -1.95);
}

#[test]
fn a_limiter_alone_makes_3_db_and_little_else() {
    let heard = through("Catch the peaks");
    lies(heard.lufs() - mix().lufs(), 2.0, 3.05);
    lies(heard.true_peak_dbtp(), -2.0, -0.95);
    for (low, high) in [(30.0, 100.0), (100.0, 1000.0), (1000.0, 8000.0)] {
        lies(gained_db(&heard, Part::Middle, low, high), -1.0, 1.0);
    }
}

#[test]
fn glue_holds_loud_and_soft_closer_together_at_the_same_loudness() {
    let heard = through("Gentle glue");
    lies(heard.lufs() - mix().lufs(), -2.0, 2.0);
    let range = |heard: &Heard| heard.quantile_db(0.95) - heard.quantile_db(0.2);
    lies(range(&heard) - range(mix()), -4.0, -0.3);
}

#[test]
fn a_tight_low_end_moves_less_and_stands_in_the_middle() {
    let heard = through("Tight low end");
    lies(gained_db(&heard, Part::Side, 20.0, 60.0), f64::NEG_INFINITY, -6.0);
    lies(gained_db(&heard, Part::Middle, 300.0, 10_000.0), -1.0, 1.5);
    // How much the lows swing: the level of the loudest tenth against the median's.
    let swing = |heard: &Heard| {
        let lows = low_passed(heard);
        lows.quantile_db(0.9) - lows.quantile_db(0.3)
    };
    lies(swing(&heard) - swing(mix()), -12.0, -0.5);
}

/// The lows alone: eight passes of a running mean of 4 ms, -6 dB at 60 Hz and less than -60 dB from 220 Hz on.
fn low_passed(heard: &Heard) -> Heard {
    const WINDOW: usize = 192;
    let smooth = |plane: &[f32]| -> Vec<f32> {
        let mut sum = 0f64;
        let ahead = plane.iter().copied().enumerate();
        ahead
            .map(|(at, sample)| {
                sum += f64::from(sample) - if at >= WINDOW { f64::from(plane[at - WINDOW]) } else { 0.0 };
                (sum / WINDOW as f64) as f32
            })
            .collect()
    };
    Heard::new(heard.planes.iter().map(|plane| (0..8).fold(plane.clone(), |plane, _| smooth(&plane))).collect())
}

#[test]
fn a_tamed_top_is_softer_only_at_the_top() {
    let heard = through("Tame the top");
    lies(gained_db(&heard, Part::Middle, 7000.0, 18_000.0), -9.0, -1.0);
    lies(gained_db(&heard, Part::Middle, 30.0, 2000.0), -0.5, 0.5);
}

#[test]
fn quiet_details_come_up_and_loud_ones_stay() {
    let heard = through("Quiet details");
    let change = |share: f64| heard.quantile_db(share) - mix().quantile_db(share);
    lies(change(0.05) - change(0.95), 0.3, 6.0);
    lies(change(0.95), -0.5, 1.5);
}

#[test]
fn tone_presets_lean_where_they_say() {
    let air = through("Air and clarity");
    lies(gained_db(&air, Part::Middle, 12_000.0, 20_000.0), 1.0, 4.0);
    lies(gained_db(&air, Part::Middle, 230.0, 330.0), -3.0, -1.0);
    let warm = through("Warm");
    lies(warm.lufs() - mix().lufs(), -0.5, 0.5);
    lies(gained_db(&warm, Part::Middle, 40.0, 200.0), 0.2, 3.0);
    lies(gained_db(&warm, Part::Middle, 5000.0, 15_000.0), -4.0, -1.0);
    let voice = through("Voice forward");
    lies(gained_db(&voice, Part::Middle, 2000.0, 3200.0), 0.8, 2.5);
    lies(gained_db(&voice, Part::Side, 2000.0, 3200.0), -2.5, -0.5);
}

#[test]
fn a_wide_top_has_more_side_there_and_none_below() {
    let heard = through("Wide top, solid low");
    let change = |low: f64, high: f64| heard.band_db(Part::Side, low, high) - mix().band_db(Part::Side, low, high);
    lies(change(20.0, 60.0), f64::NEG_INFINITY, -6.0);
    // 1.35 is 2.6 dB; what is decorrelated adds to it.
    lies(change(6000.0, 16_000.0), 2.0, 6.0);
    // The sum of both channels stays what it was, below the limiter's ceiling.
    let middle = heard.band_db(Part::Middle, 30.0, 16_000.0) - mix().band_db(Part::Middle, 30.0, 16_000.0);
    lies(middle, -0.1, 0.1);
}

//! Parameters in motion: never an over, never a click, and the ceiling met in time.

use runout_dsp_core::limiter::{Activity, Limiter};
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{LimiterParams, LimiterStyle};
use runout_dsp_core::units::{db_from_gain, frames_from_ms, gain_from_db};
use runout_tests::limiting::{limited, limited_in_motion};
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::reference_meter::reference_meter;
use runout_tests::signals::{sample_peak, sine};
use runout_tests::torture::torture;

/// Parameters that jump anywhere from block to block, but for the ceiling.
fn restless(seed: u64) -> impl FnMut(usize) -> LimiterParams {
    let mut random = Random::new(seed);
    let mut params = LimiterParams { input_gain_db: 6.0, ..LimiterParams::default() };
    move |_| {
        if random.chance(0.2) {
            params.style = LimiterStyle::ALL[random.below(4)];
        }
        if random.chance(0.2) {
            params.lookahead_ms = [0.1, 1.0, 4.0, 10.0][random.below(4)];
        }
        if random.chance(0.3) {
            params.release_ms = random.between(1.0, 1000.0) as f32;
            params.auto_release = random.chance(0.7);
            params.link = random.share() as f32;
            params.input_gain_db = random.between(0.0, 12.0) as f32;
        }
        params
    }
}

#[test]
fn no_setting_in_motion_goes_over() {
    let meter = reference_meter();
    for rate in [44_100.0, 48_000.0, 96_000.0] {
        for seed in 1..4 {
            // Tolerances as at rest: 0.02 dB on music, 0.03 dB on torture.
            for (kind, signal, most_db) in
                [("music", music(90 + seed, rate, 5.0, 2), 0.02), ("torture", torture(90 + seed, rate, 4.0, 2), 0.03)]
            {
                let output = limited_in_motion(&signal, rate, restless(seed));
                let over_db = meter.peak_dbtp(&output) + 1.0;
                println!("{kind}, {rate} Hz, seed {seed}: {over_db:+.4} dB");
                assert!(over_db <= most_db, "{kind}, {rate} Hz, seed {seed}: {over_db} dB over");
                assert!(f64::from(sample_peak(&output)) <= gain_from_db(-1.0));
            }
        }
    }
}

#[test]
fn a_ceiling_in_motion_is_met_within_20_ms_and_never_exceeded() {
    const RATE: f64 = 48_000.0;
    let meter = reference_meter();
    let signal = music(95, RATE, 6.0, 2);
    let mut random = Random::new(7);
    let mut steps: Vec<(usize, f32)> = Vec::new();
    let output = limited_in_motion(&signal, RATE, |start| {
        // A new ceiling every 170 ms or so.
        if start.is_multiple_of(16 * 512) {
            steps.push((start, random.between(-20.0, 0.0) as f32));
        }
        LimiterParams { ceiling_dbtp: steps[steps.len() - 1].1, input_gain_db: 9.0, ..LimiterParams::default() }
    });
    // A block of the output may have met any ceiling that was set from 20 ms before its frames came in (with the hop of 64
    // frames that they waited for) until they did, and 96 frames either side for the meter's own reach.
    let before = frames_from_ms(20.0, RATE) + 64 + 96;
    let mut worst = f64::MIN;
    for channel in &output {
        for (block, peak) in meter.profile(channel, 64).into_iter().enumerate().take(channel.len() / 64) {
            let (first, last) = ((block * 64).saturating_sub(before), (block + 1) * 64 + 96);
            let highest = (0..steps.len())
                .filter(|&step| steps[step].0 < last && steps.get(step + 1).is_none_or(|next| next.0 >= first))
                .map(|step| f64::from(steps[step].1))
                .fold(f64::MIN, f64::max);
            let over_db = db_from_gain(peak) - highest;
            worst = worst.max(over_db);
            assert!(over_db <= 0.02, "frame {}: {over_db} dB over {highest} dBTP", block * 64);
        }
    }
    println!("worst over a ceiling in motion: {worst:+.4} dB");
}

/// The largest step of the gain from frame to frame, dB, where the input is not near 0.
fn largest_gain_step_db(input: &[f32], output: &[f32]) -> f64 {
    let gain_db = |frame: usize| {
        (input[frame].abs() > 0.02).then(|| db_from_gain(f64::from(output[frame]) / f64::from(input[frame])))
    };
    (1..input.len()).filter_map(|frame| Some((gain_db(frame)? - gain_db(frame - 1)?).abs())).fold(0.0, f64::max)
}

#[test]
fn no_parameter_clicks() {
    const RATE: f64 = 48_000.0;
    let signal = sine(300.0, 0.5, 0.0, RATE, 96_000);
    let calm = LimiterParams { input_gain_db: 6.0, ..LimiterParams::default() };
    type Change = fn(&mut LimiterParams);
    let changes: [(&str, Change); 9] = [
        ("ceiling", |params| params.ceiling_dbtp = -13.0),
        ("input gain", |params| params.input_gain_db = 18.0),
        ("input gain, off", |params| params.input_gain_db = -6.0),
        ("style", |params| params.style = LimiterStyle::Punchy),
        ("style, slow", |params| params.style = LimiterStyle::Safe),
        ("lookahead", |params| params.lookahead_ms = 10.0),
        ("lookahead, short", |params| params.lookahead_ms = 0.1),
        ("release", |params| (params.release_ms, params.auto_release) = (1.0, false)),
        ("unity gain", |params| params.unity_gain = true),
    ];
    for (name, change) in changes {
        let output = limited_in_motion(std::slice::from_ref(&signal), RATE, |start| {
            let mut params = calm;
            if (start / 12_288) % 2 == 1 {
                change(&mut params);
            }
            params
        })
        .remove(0);
        // The gain's own curve: 12 dB in 10 ms rise by at most 0.05 dB a frame, 12 dB that are needed within 2.7 ms of
        // lookahead by 0.2. A click is a step of decibels.
        let step_db = largest_gain_step_db(&signal[4800..], &output[4800..]);
        println!("{name}: the gain moves by at most {step_db:.4} dB a frame");
        assert!(step_db < 0.25, "{name}: {step_db} dB");
    }
}

#[test]
fn delta_plays_what_is_taken_away() {
    const RATE: f64 = 48_000.0;
    let signal = music(97, RATE, 2.0, 2);
    let params = LimiterParams { input_gain_db: 9.0, ..LimiterParams::default() };
    let output = limited(&signal, RATE, &params);
    let delta = limited(&signal, RATE, &LimiterParams { delta: true, ..params });
    let gain = gain_from_db(9.0) as f32;
    let mut taken = 0f32;
    for ((input, output), delta) in signal.iter().flatten().zip(output.iter().flatten()).zip(delta.iter().flatten()) {
        // 1e-6: the rounding of three operations on numbers below 4.
        assert!((input * gain - output - delta).abs() < 1e-6);
        taken = taken.max(delta.abs());
    }
    assert!(taken > 0.5, "only {taken} was taken away");
}

#[test]
fn unity_gain_turns_the_output_down_by_the_input_gain() {
    const RATE: f64 = 48_000.0;
    let signal = music(98, RATE, 2.0, 2);
    let params = LimiterParams { input_gain_db: 9.0, ..LimiterParams::default() };
    let output = limited(&signal, RATE, &params);
    let unity = limited(&signal, RATE, &LimiterParams { unity_gain: true, ..params });
    let gain = gain_from_db(-9.0) as f32;
    for (output, unity) in output.iter().flatten().zip(unity.iter().flatten()) {
        // 1e-6: the rounding of two operations on numbers below 1.
        assert!((output * gain - unity).abs() < 1e-6);
    }
}

#[test]
fn the_link_is_the_share_of_the_others_need() {
    const RATE: f64 = 48_000.0;
    // The left side 6 dB over the ceiling, the right far below it.
    let signal = [sine(500.0, gain_from_db(5.0), 0.0, RATE, 48_000), sine(700.0, 0.1, 0.0, RATE, 48_000)];
    for (link, expected_db) in [(0.0, 0.0), (0.5, -3.0), (1.0, -6.0)] {
        let output = limited(&signal, RATE, &LimiterParams { link, ..LimiterParams::default() });
        let frame = 30_000 + signal[1][30_000..30_100].iter().position(|sample| sample.abs() > 0.09).unwrap();
        let gain_db = db_from_gain(f64::from(output[1][frame] / signal[1][frame]));
        // 0.02 dB: the margin below the ceiling.
        assert!((gain_db - expected_db).abs() < 0.02, "link {link}: {gain_db} dB");
    }
}

#[test]
fn the_gain_reduction_is_told() {
    let mut limiter = Limiter::default();
    limiter.prepare(&Spec { sample_rate: 48_000.0, max_block: 48_000, channels: 1 }).unwrap();
    let mut signal = sine(500.0, gain_from_db(5.0), 0.0, 48_000.0, 48_000);
    limiter.process(&mut [&mut signal]);
    let told_db = limiter.take_activity().gain_reduction_db;
    // 0.02 dB: the margin below the ceiling.
    assert!((told_db + 6.0).abs() < 0.02, "{told_db}");
    assert_eq!(limiter.take_activity(), Activity::default());
}

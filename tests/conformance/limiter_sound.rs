//! What the limiter does to the sound: nothing below the ceiling, little to tones, loudness, and the styles.

use ebur128::{EbuR128, Mode};
use runout_dsp_core::limiter::Limiter;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{LimiterParams, LimiterStyle};
use runout_dsp_core::units::{gain_from_db, ms_from_frames};
use runout_tests::limiting::{distortion_db, limited, residual_db, style_rows};
use runout_tests::music::music;
use runout_tests::reference_meter::{Interpolator, reference_meter};
use runout_tests::signals::{driven, sine};

#[test]
fn below_the_ceiling_it_is_a_bit_exact_delayed_copy() {
    for (seed, rate) in [(71, 44_100.0), (72, 48_000.0), (73, 96_000.0)] {
        let signal = music(seed, rate, 3.0, 2);
        // 0.03 dB below by the reference meter, and so by every meter that the limiter looks through on music.
        let headroom_db = -1.03 - reference_meter().peak_dbtp(&signal);
        let signal = driven(&signal, headroom_db);
        for &style in LimiterStyle::ALL {
            for (lookahead_ms, link) in [(0.1, 0.0), (4.0, 1.0), (10.0, 0.5)] {
                let params = LimiterParams { style, lookahead_ms, link, ..LimiterParams::default() };
                let output = limited(&signal, rate, &params);
                for (input, output) in signal.iter().flatten().zip(output.iter().flatten()) {
                    assert_eq!(input.to_bits(), output.to_bits(), "{style:?}, {lookahead_ms} ms, {rate} Hz");
                }
            }
        }
    }
}

#[test]
fn the_latency_is_one_number_of_at_most_15_ms() {
    for rate in [44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0] {
        let mut latencies = Vec::new();
        for &style in LimiterStyle::ALL {
            for lookahead_ms in [0.1, 1.0, 4.0, 10.0] {
                let mut limiter = Limiter::default();
                limiter.set_params(&LimiterParams { style, lookahead_ms, ..LimiterParams::default() });
                limiter.prepare(&Spec { sample_rate: rate, max_block: 512, channels: 2 }).unwrap();
                latencies.push(limiter.latency());
            }
        }
        println!("{rate} Hz: {} frames, {:.2} ms", latencies[0], ms_from_frames(latencies[0], rate));
        assert!(latencies.iter().all(|&latency| latency == latencies[0]));
        assert!(ms_from_frames(latencies[0], rate) <= 15.0);
    }
}

#[test]
fn tones_stay_clean_at_6_db_of_reduction() {
    let params = LimiterParams::default();
    for rate in [44_100.0, 48_000.0] {
        for frequency_hz in [997.0, 100.0] {
            let distortion_db = distortion_db(&params, frequency_hz, rate);
            println!("{frequency_hz} Hz at {rate} Hz: THD+N {distortion_db:.1} dB");
            assert!(distortion_db <= -110.0, "{frequency_hz} Hz at {rate} Hz: {distortion_db} dB");
        }
        // 60 Hz and 7 kHz, 4:1, together 6 dB over the ceiling.
        let frames = 3 * rate as usize + 4800;
        let amplitude = gain_from_db(f64::from(params.ceiling_dbtp) + 6.0);
        let (low, high) =
            (sine(60.0, 0.8 * amplitude, 0.0, rate, frames), sine(7000.0, 0.2 * amplitude, 0.0, rate, frames));
        let signal: Vec<f32> = low.iter().zip(&high).map(|(low, high)| low + high).collect();
        let output = limited(&[signal], rate, &params).remove(0);
        let second = rate as usize;
        let intermodulation_db = residual_db(&output[2 * second..3 * second], &[60.0, 7000.0], rate);
        println!("60 + 7000 Hz, 4:1, at {rate} Hz: intermodulation {intermodulation_db:.1} dB");
        assert!(intermodulation_db <= -70.0, "{intermodulation_db} dB");
    }
}

fn loudness_lufs(signal: &[Vec<f32>], sample_rate: f64) -> f64 {
    let mut meter = EbuR128::new(signal.len() as u32, sample_rate as u32, Mode::I).unwrap();
    meter.add_frames_planar_f32(&signal.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
    meter.loudness_global().unwrap()
}

/// A plain limiter, in f64 on the whole signal: true peak 8 times, 1.5 ms of lookahead, 50 ms of release, linked.
fn plain_limited(signal: &[Vec<f32>], sample_rate: f64, ceiling_dbtp: f64) -> Vec<Vec<f32>> {
    let lookahead = (1.5e-3 * sample_rate) as usize;
    let release = (-1.0 / (50e-3 * sample_rate)).exp();
    let meter = Interpolator::<8>::new(192, 0.995, 10.0);
    let profiles: Vec<Vec<f64>> = signal.iter().map(|channel| meter.profile(channel, 1)).collect();
    let frames = signal[0].len();
    let needs: Vec<f64> = (0..frames)
        .map(|frame| {
            let peak = profiles.iter().map(|profile| profile[frame]).fold(0.0, f64::max);
            (20.0 * peak.log10() - ceiling_dbtp).max(0.0)
        })
        .collect();
    let mut level = 0f64;
    let held: Vec<f64> = (0..frames + lookahead)
        .map(|frame| {
            let window = &needs[frame.saturating_sub(lookahead).min(frames)..(frame + 1).min(frames)];
            level = window.iter().copied().fold(level * release, f64::max);
            level
        })
        .collect();
    let gains: Vec<f64> = (0..frames)
        .map(|frame| gain_from_db(-held[frame..=frame + lookahead].iter().sum::<f64>() / (lookahead + 1) as f64))
        .collect();
    signal
        .iter()
        .map(|channel| channel.iter().zip(&gains).map(|(&sample, gain)| (f64::from(sample) * gain) as f32).collect())
        .collect()
}

#[test]
fn loud_is_within_half_an_lu_of_a_plain_limiter() {
    for (seed, rate) in [(81, 48_000.0), (82, 44_100.0), (83, 48_000.0)] {
        let signal = music(seed, rate, 8.0, 2);
        let plain_lufs = loudness_lufs(&plain_limited(&driven(&signal, 12.0), rate, -1.0), rate);
        let params = LimiterParams { style: LimiterStyle::Loud, input_gain_db: 12.0, ..LimiterParams::default() };
        let loud_lufs = loudness_lufs(&limited(&signal, rate, &params), rate);
        println!(
            "seed {seed}: loud {loud_lufs:.2} LUFS, plain {plain_lufs:.2} LUFS, {:+.2} LU",
            loud_lufs - plain_lufs
        );
        // Plain must be a limiter worth the comparison: within 0.5 dB of the ceiling.
        let plain_dbtp = reference_meter().peak_dbtp(&plain_limited(&driven(&signal, 12.0), rate, -1.0));
        assert!((plain_dbtp + 1.0).abs() < 0.5, "{plain_dbtp} dBTP");
        assert!(loud_lufs >= plain_lufs - 0.5, "{loud_lufs} LUFS, plain {plain_lufs} LUFS");
    }
}

#[test]
fn the_styles_differ_in_what_they_do() {
    let rows = style_rows();
    rows.iter().for_each(|row| println!("{row:?}"));
    let row = |style: LimiterStyle| rows.iter().find(|row| row.style == style).unwrap();
    let [transparent, punchy, loud, safe] =
        [LimiterStyle::Transparent, LimiterStyle::Punchy, LimiterStyle::Loud, LimiterStyle::Safe].map(row);
    // Punchy lets go first, safe last, by more than a matter of taste.
    assert!(1.2 * punchy.return_ms < loud.return_ms && 1.2 * loud.return_ms < transparent.return_ms);
    assert!(1.2 * transparent.return_ms < safe.return_ms);
    // Every style's hold spans the half-wave of 100 Hz.
    assert!(rows.iter().all(|row| row.distortion_db < -110.0));
}

//! Are the imager's numbers those of the sound, and does its editor rest when nothing sounds?

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, Module, parameters};
use runout_gui::egui::Modifiers;
use runout_tests::music::demo_mix;

use crate::hand;
use crate::imager::{SIZE, designed, is_there, set};
use crate::insert::{SAMPLE_RATE, Window, play};
use crate::stand_in::StandIn;

/// The time over which the meters average, s, as the footer says.
const AVERAGING_S: f64 = 0.6;

/// What a control says that it shows.
fn said(harness: &Harness<'_, Window>, name: &str) -> String {
    harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
}

/// The number at the beginning of what a reading says.
fn number(harness: &Harness<'_, Window>, name: &str) -> f64 {
    let text = said(harness, name).replace('\u{2212}', "-");
    let digits: String = text.chars().take_while(|one| one.is_ascii_digit() || "+-.".contains(*one)).collect();
    digits.parse().unwrap_or_else(|_| panic!("{name}: {text}"))
}

/// What leaves an imager of its own that is set as a host has it.
fn imaged(signal: &[Vec<f32>], host: &StandIn) -> Vec<Vec<f32>> {
    let mut chain = MasteringChain::of(&[Module::Imager]);
    let mut settings = ChainSettings::default();
    parameters().iter().for_each(|known| known.set(&mut settings, f64::from(host.get(&known.id))));
    chain.set_params(&settings);
    chain.prepare(&Spec { sample_rate: SAMPLE_RATE, max_block: signal[0].len(), channels: 2 }).unwrap();
    let mut signal = signal.to_vec();
    chain.process(&mut signal.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
    signal
}

/// A channel through the two filters of ITU-R BS.1770, with the coefficients that it prints for 48 kHz.
fn weighted(channel: &[f32]) -> Vec<f64> {
    const STAGES: [([f64; 3], [f64; 2]); 2] = [
        ([1.53512485958697, -2.69169618940638, 1.19839281085285], [-1.69065929318241, 0.73248077421585]),
        ([1.0, -2.0, 1.0], [-1.99004745483398, 0.99007225036621]),
    ];
    let mut signal: Vec<f64> = channel.iter().map(|sample| f64::from(*sample)).collect();
    for ([b0, b1, b2], [a1, a2]) in STAGES {
        let (mut inputs, mut outputs) = ([0.0; 2], [0.0; 2]);
        for sample in &mut signal {
            let output = b0 * *sample + b1 * inputs[0] + b2 * inputs[1] - a1 * outputs[0] - a2 * outputs[1];
            (inputs, outputs) = ([*sample, inputs[0]], [output, outputs[0]]);
            *sample = output;
        }
    }
    signal
}

/// The mean of a product over the time before the end of two signals, the older the less.
fn mean(one: &[f64], other: &[f64]) -> f64 {
    let age_s = |from_end: usize| from_end as f64 / SAMPLE_RATE;
    let weight = |from_end: usize| (-age_s(from_end) / AVERAGING_S).exp();
    one.iter().rev().zip(other.iter().rev()).enumerate().map(|(age, (one, other))| weight(age) * one * other).sum()
}

/// Correlation, and what mono changes, dB, at the end of a signal.
fn oracle(signal: &[Vec<f32>]) -> (f64, f64) {
    let plain: Vec<Vec<f64>> =
        signal.iter().map(|channel| channel.iter().map(|sample| f64::from(*sample)).collect()).collect();
    let [left, right] = [&plain[0], &plain[1]];
    let correlation = mean(left, right) / (mean(left, left) * mean(right, right)).sqrt();
    let heard = [weighted(&signal[0]), weighted(&signal[1])];
    let middle: Vec<f64> = heard[0].iter().zip(&heard[1]).map(|(left, right)| 0.5 * (left + right)).collect();
    let stereo = mean(&heard[0], &heard[0]) + mean(&heard[1], &heard[1]);
    (correlation, 10.0 * (2.0 * mean(&middle, &middle) / stereo).log10())
}

#[test]
fn its_numbers_are_those_of_the_music_that_leaves_it() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = designed(2, SIZE, 1.0);
    let wide = [("imager.band.1.width", 2.0), ("imager.band.2.width", 2.0), ("imager.band.3.width", 2.0)];
    set(&mut harness, &wide);
    set(&mut harness, &[("imager.phase", 0.0), ("imager.side_gain_db", 9.0), ("imager.side_high_pass_hz", 0.0)]);
    let start = 22 * SAMPLE_RATE as usize;
    // Frames of the display at a time, each of 12 hops.
    let (frame, frames) = (12 * 64, 8 * 60);
    let part: Vec<Vec<f32>> = mix.iter().map(|channel| channel[start..start + frames * frame].to_vec()).collect();
    let out = imaged(&part, &harness.state().host);
    let mut read = Vec::new();
    for index in 0..frames {
        let block: Vec<Vec<f32>> =
            part.iter().map(|channel| channel[index * frame..(index + 1) * frame].to_vec()).collect();
        let window = harness.state_mut();
        window.insert.play(&block, &window.host);
        harness.step();
        let now = [number(&harness, "Measured correlation"), number(&harness, "Measured lost in mono")];
        let is_new = read.last() != Some(&now);
        read.push(now);
        // What has just been written is of this very frame; from 3 s on, when what came before the part has faded.
        if is_new && index > 180 {
            let heard: Vec<Vec<f32>> = out.iter().map(|channel| channel[..(index + 1) * frame].to_vec()).collect();
            let (correlation, change_db) = oracle(&heard);
            // Half the last digit, and the rounding of numbers that begin with half of a digit: well within 0.05.
            assert!((now[0] - correlation).abs() < 0.006, "{now:?} is not {correlation} at {index}");
            assert!((now[1] - change_db).abs() < 0.06, "{now:?} is not {change_db} dB at {index}");
        }
    }
    read.dedup();
    let lowest = read.iter().map(|[correlation, _]| *correlation).fold(1.0, f64::min);
    assert!((20..50).contains(&read.len()) && lowest < 0.9, "{} numbers, lowest {lowest}", read.len());
}

#[test]
fn a_click_forgets_the_lowest_correlation_and_so_does_the_meters_reset() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = designed(2, SIZE, 1.0);
    for forgets in ["click", "key"] {
        play(&mut harness, &mix, 22.0, 26.0);
        assert!(said(&harness, "Measured correlation").contains("lowest"), "{forgets}");
        if forgets == "click" {
            let at = hand::middle(&harness, "Measured correlation");
            hand::click(&mut harness, at, Modifiers::NONE);
        } else {
            hand::key(&mut harness, runout_gui::egui::Key::R, Modifiers::NONE);
        }
        harness.run_steps(3);
        play(&mut harness, &mix, 26.0, 26.3);
        assert!(!said(&harness, "Measured correlation").contains("lowest"), "{forgets}");
    }
}

#[test]
fn it_draws_while_sound_moves_rests_in_silence_and_says_what_it_averages() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut harness = designed(2, SIZE, 1.0);
    assert!(harness.run_ok().is_some(), "nothing moves before the first sound");
    play(&mut harness, &mix, 32.0, 34.0);
    assert!(harness.run_ok().is_none(), "points move");
    let at = hand::middle(&harness, "Measured lost in mono");
    harness.hover_at(at);
    harness.run_steps(2);
    assert!(said(&harness, "Hint").contains("Averaged over 0.6 s"), "{}", said(&harness, "Hint"));
    harness.run_steps(240);
    assert!(harness.run_ok().is_some(), "a host that has stopped comes to rest");
    let silence = vec![vec![0.0; 30 * SAMPLE_RATE as usize]; 2];
    play(&mut harness, &mix, 32.0, 34.0);
    play(&mut harness, &silence, 0.0, 30.0);
    assert!(harness.run_ok().is_some(), "silence comes to rest");
}

#[test]
fn one_channel_has_only_a_middle() {
    let harness = designed(1, SIZE, 1.0);
    assert!(is_there(&harness, "Mid Gain") && is_there(&harness, "Delta"));
    for gone in ["Band 3 Width", "Side Gain", "Crossover 1", "Measured correlation", "Goniometer"] {
        assert!(!is_there(&harness, gone), "{gone}");
    }
}

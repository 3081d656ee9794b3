//! Trap 3: the latency that hosts compensate is the one that sounds have, and it moves only where a host expects it.

mod moving;

use runout_dsp_core::settings::{BandShape, ChainSettings, CompressorPhase, EqualizerBand, EqualizerPhase};
use runout_tests::clap_host::{Automation, ClapHost, Note};
use runout_tests::signals::{impulse, in_channels};

use moving::movers;

use crate::rig::{COMPRESSOR, EQUALIZER, INSERTS, Product, RATE, Script, loud, set_inactive};

/// Every rate that masters are made at, and both ends of the range, Hz.
const RATES_HZ: [f64; 10] =
    [22_050.0, 32_000.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 176_400.0, 192_000.0, 352_800.0, 384_000.0];

/// What would move a host's compensation.
fn moves_latency(note: &Note) -> bool {
    matches!(note, Note::RestartRequested | Note::LatencyChanged)
}

#[test]
fn the_latency_reported_is_the_impulses() {
    for product in INSERTS {
        for (sample_rate, channels) in RATES_HZ.into_iter().flat_map(|rate| [(rate, 2), (rate, 1)]) {
            let mut host = product.load();
            host.select_channels(channels);
            host.activate(sample_rate, 512);
            let latency = host.latency();
            let mut signal = in_channels(&impulse(100, 0.25, latency + 1000), channels);
            host.process(&mut signal, 512, &[]);
            for channel in &signal {
                let arrived: Vec<usize> = (0..channel.len()).filter(|frame| channel[*frame] != 0.0).collect();
                assert_eq!(arrived, [100 + latency], "{} at {sample_rate} Hz", product.id);
                assert_eq!(channel[100 + latency], 0.25);
            }
        }
    }
}

/// Activates as hosts do, again if the plugin asks for it; what it said by then.
fn activated(host: &mut ClapHost, sample_rate: f64) -> Vec<Note> {
    host.activate(sample_rate, 512);
    host.idle();
    let mut notes = host.take_notes();
    if notes.contains(&Note::RestartRequested) {
        host.deactivate();
        host.activate(sample_rate, 512);
        host.idle();
        notes.extend(host.take_notes());
    }
    notes
}

#[test]
fn another_rate_has_its_latency_at_once_and_tells_the_host_with_one_restart() {
    for product in INSERTS {
        let mut host = product.load();
        let mut before = 0;
        for sample_rate in [48_000.0, 96_000.0, 44_100.0, 44_100.0, 192_000.0] {
            let notes = activated(&mut host, sample_rate);
            let latency = host.latency();
            let count = |asked: Note| notes.iter().filter(|note| **note == asked).count();
            // CLAP lets a latency move in `activate` only; the framework tells of it in the one after.
            let moved = usize::from(latency != before);
            let told = (count(Note::RestartRequested), count(Note::LatencyChanged));
            assert_eq!(told, (moved, moved), "{} at {sample_rate} Hz: {notes:?}", product.id);
            require_impulse_at(&mut host, latency, sample_rate);
            host.deactivate();
            before = latency;
        }
    }
}

#[test]
fn a_host_that_does_not_restart_has_the_right_latency_too() {
    for product in INSERTS {
        let mut host = product.load();
        for sample_rate in [48_000.0, 96_000.0, 44_100.0] {
            host.activate(sample_rate, 512);
            let latency = host.latency();
            require_impulse_at(&mut host, latency, sample_rate);
            host.deactivate();
        }
    }
}

fn require_impulse_at(host: &mut ClapHost, latency: usize, sample_rate: f64) {
    let mut signal = in_channels(&impulse(0, 0.25, latency + 1), 2);
    host.process(&mut signal, 512, &[]);
    assert_eq!(signal[0].iter().position(|sample| *sample != 0.0), Some(latency), "at {sample_rate} Hz");
}

#[test]
fn no_parameter_but_those_moves_the_latency_or_asks_for_a_restart() {
    for product in INSERTS {
        let mut host = product.load();
        let movers: Vec<_> = movers(product, &mut host).into_iter().map(|knob| knob.hosted.id).collect();
        host.activate(RATE, 512);
        host.idle();
        let latency = host.latency();
        host.take_notes();
        let mut signal = loud(RATE, 0.05, 2);
        for parameter in host.parameters().into_iter().filter(|parameter| !movers.contains(&parameter.id)) {
            for value in [parameter.lowest, parameter.highest, parameter.default] {
                host.process(&mut signal, 512, &[Automation { frame: 100, id: parameter.id, value }]);
                host.idle();
                // To a rounding of f32, there and back.
                let away = (host.value(parameter.id) - value).abs();
                assert!(away < 1e-6 * value.abs().max(1.0), "{} is set", parameter.name);
                assert_eq!(host.latency(), latency, "{} at {value}", parameter.name);
                let notes = host.take_notes();
                assert!(!notes.iter().any(moves_latency), "{} at {value}: {notes:?}", parameter.name);
            }
        }
    }
}

#[test]
fn a_rate_out_of_range_is_refused_and_the_next_one_taken() {
    for product in INSERTS {
        let mut host = product.load();
        for sample_rate in [8000.0, 768_000.0] {
            let refusal = host.try_activate(sample_rate, 512).expect_err("out of range");
            assert!(refusal.contains(&sample_rate.to_string()), "{refusal}");
        }
        host.activate(RATE, 512);
        let latency = host.latency();
        require_impulse_at(&mut host, latency, RATE);
    }
}

/// Requires that after one loud frame a product with these settings has ended, to -120 dB, where its tail says so, and that
/// the tail is told at most so many times longer than it sounds.
fn require_tail(product: Product, settings: &ChainSettings, times: usize, case: &str) {
    let mut host = product.load();
    let script = Script::fixed(product, &mut host, settings);
    set_inactive(&mut host, &script.automation);
    host.activate(RATE, 512);
    let mut signal = in_channels(&[1.0], 2);
    host.process(&mut signal, 512, &[]);
    let tail = host.audio().tail().expect("an end");
    let mut after = vec![vec![0.0; 2 * tail + 64]; 2];
    host.process(&mut after, 512, &[]);
    let sounded = |below: f32| after[0].iter().rposition(|sample| sample.abs() > below).map_or(0, |last| last + 1);
    assert!(sounded(1e-6) <= tail, "{case}: {} frames and a tail of {tail}", sounded(1e-6));
    assert!(times * sounded(1e-9) > tail, "{case}: {} frames and a tail of {tail}", sounded(1e-9));
}

#[test]
fn the_tail_covers_what_the_equalizer_remembers() {
    let bell = EqualizerBand { enabled: true, gain_db: 12.0, ..EqualizerBand::default() };
    let notch = EqualizerBand { shape: BandShape::Notch, frequency_hz: 80.0, q: 20.0, ..bell };
    for (phase, band) in
        [(EqualizerPhase::Linear, bell), (EqualizerPhase::Minimum, bell), (EqualizerPhase::Minimum, notch)]
    {
        let mut settings = ChainSettings::default();
        (settings.equalizer.phase, settings.equalizer.bands[0]) = (phase, band);
        require_tail(EQUALIZER, &settings, 2, &format!("{phase:?}"));
    }
}

#[test]
fn the_tail_covers_what_the_compressor_remembers() {
    // One crossover as low as there is, some where they usually are, and all as low as there are: what rings together rings
    // shorter than one after the other.
    let crossovers: [(&[f32], usize); 3] =
        [(&[20.0], 2), (&[120.0, 500.0, 2000.0, 6000.0], 2), (&[20.0, 20.01, 20.02, 20.03, 20.04], 5)];
    for (phase, (crossovers, times)) in CompressorPhase::ALL.iter().flat_map(|phase| crossovers.map(|hz| (*phase, hz)))
    {
        let mut settings = ChainSettings::default();
        let compressor = &mut settings.compressor;
        (compressor.phase, compressor.bands) = (phase, crossovers.len() as u32 + 1);
        compressor.crossover_hz[..crossovers.len()].copy_from_slice(crossovers);
        // Gains that stand still, so that every band is heard as it decays.
        for (band, makeup_db) in compressor.band.iter_mut().zip([-6.0, 3.0, -1.0, 5.0, -4.0, 2.0]) {
            band.makeup_db = makeup_db;
        }
        require_tail(COMPRESSOR, &settings, times, &format!("{phase:?}, {crossovers:?}"));
    }
}

#[test]
fn the_tail_is_how_long_it_sounds() {
    for product in INSERTS {
        let mut host = product.load();
        host.activate(RATE, 512);
        let mut signal = loud(RATE, 0.25, 2);
        host.process(&mut signal, 512, &[]);
        let tail = host.audio().tail().expect("an end");
        let mut after = vec![vec![0.0; tail + 4096]; 2];
        host.process(&mut after, 512, &[]);
        let last = after.iter().filter_map(|channel| channel.iter().rposition(|sample| *sample != 0.0)).max();
        let sounded = last.map_or(0, |last| last + 1);
        assert!(sounded <= tail, "{}: {sounded} frames and a tail of {tail}", product.id);
        assert!(sounded + 64 > tail, "{}: a tail of {tail} is told, {sounded} frames sound", product.id);
    }
}

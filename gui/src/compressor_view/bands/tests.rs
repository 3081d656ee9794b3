//! Are bands divided, joined and counted so that what is heard stays, and as a host is to see it?

use super::*;
use crate::parameters::recorder::Recorder as Host;

/// A host with bands whose thresholds tell them apart, and the crossovers between them.
fn host(crossovers_hz: &[f32]) -> Host {
    let host = Host::new();
    host.set(COUNT, (crossovers_hz.len() + 1) as f32);
    for (slot, hz) in crossovers_hz.iter().enumerate() {
        host.set(&crossover_id(slot), *hz);
    }
    for slot in 0..=crossovers_hz.len() {
        host.set(&id(slot, "threshold_db"), -10.0 * (slot as f32 + 1.0));
    }
    host.take();
    host
}

/// The crossovers and thresholds in use.
fn bands(host: &Host) -> (Vec<f32>, Vec<f32>) {
    let params = read(host);
    let used = params.bands_in_use();
    let thresholds = used.iter().map(|band| band.threshold_db).collect();
    (params.crossover_hz[..used.len() - 1].to_vec(), thresholds)
}

#[test]
fn a_band_is_divided_and_both_parts_are_as_it_was() {
    let (context, host) = (Context::default(), host(&[100.0, 1000.0]));
    host.set(&listening_id(1, "mute"), 1.0);
    assert_eq!(split(&context, &host, 300.0), Some(2));
    assert_eq!(bands(&host), (vec![100.0, 300.0, 1000.0], vec![-10.0, -20.0, -20.0, -30.0]));
    assert_eq!(read(&host).band.map(|band| band.mute), [false, true, true, false, false, false]);
    assert_eq!(split(&context, &host, 40.0), Some(1));
    assert_eq!(bands(&host), (vec![40.0, 100.0, 300.0, 1000.0], vec![-10.0, -10.0, -20.0, -20.0, -30.0]));
    assert_eq!(split(&context, &host, 8000.0), Some(5));
    assert_eq!(bands(&host).1, [-10.0, -10.0, -20.0, -20.0, -30.0, -30.0]);
    host.take();
    assert_eq!(split(&context, &host, 4000.0), None, "there are six");
    assert!(host.take().is_empty());
}

#[test]
fn there_is_no_band_narrower_than_hands_can_make() {
    let (context, host) = (Context::default(), host(&[100.0]));
    assert_eq!([split(&context, &host, 95.0), split(&context, &host, 110.0)], [None, None]);
    assert_eq!(split(&context, &host, 113.0), Some(2));
}

#[test]
fn a_band_is_joined_to_its_neighbor_which_stays_as_it_is() {
    let (context, host) = (Context::default(), host(&[100.0, 1000.0, 5000.0]));
    assert_eq!(merge(&context, &host, 2), Some(1));
    assert_eq!(bands(&host), (vec![100.0, 5000.0], vec![-10.0, -20.0, -40.0]));
    assert_eq!(merge(&context, &host, 0), Some(0));
    assert_eq!(bands(&host), (vec![5000.0], vec![-20.0, -40.0]));
    assert_eq!(merge(&context, &host, 1), Some(0));
    assert_eq!(bands(&host), (vec![], vec![-20.0]));
    host.take();
    assert_eq!(merge(&context, &host, 0), None, "one is left");
    assert!(host.take().is_empty());
}

#[test]
fn what_is_divided_and_joined_again_is_as_before() {
    let (context, host) = (Context::default(), host(&[100.0, 1000.0]));
    let before = read(&host);
    let slot = split(&context, &host, 300.0).unwrap();
    merge(&context, &host, slot);
    assert_eq!(read(&host), before);
}

#[test]
fn crossovers_out_of_order_are_divided_as_they_are_heard() {
    let (context, host) = (Context::default(), host(&[1000.0, 100.0]));
    assert_eq!(split(&context, &host, 300.0), Some(2));
    assert_eq!(bands(&host), (vec![100.0, 300.0, 1000.0], vec![-10.0, -20.0, -20.0, -30.0]));
}

#[test]
fn more_bands_begin_above_those_there_are() {
    let (context, host) = (Context::default(), host(&[100.0, 8000.0]));
    set_count(&context, &host, 4);
    // 6 kHz, where the third crossover stood, is below 8 kHz: half-way from there to 20 kHz.
    assert_eq!(bands(&host).0, [100.0, 8000.0, 12_649.0]);
    set_count(&context, &host, 2);
    assert_eq!(host.take(), ["compressor.bands", "compressor.crossover_hz.3", "compressor.bands"]);
    set_count(&context, &host, 3);
    assert_eq!(bands(&host).0, [100.0, 8000.0], "what was there is there again");
}

#[test]
fn a_crossover_ends_a_sixth_of_an_octave_before_its_neighbors() {
    let params = |crossover_hz| CompressorParams { bands: 4, crossover_hz, ..CompressorParams::default() };
    let limits = |hz: [f32; 5], slot: usize| limits_hz(&params(hz), slot);
    let hz = [100.0, 1000.0, 5000.0, 50.0, 60.0];
    assert_eq!(limits(hz, 0), [20.0, 1000.0 / APART]);
    assert_eq!(limits(hz, 1), [100.0 * APART, 5000.0 / APART]);
    assert_eq!(limits(hz, 2), [1000.0 * APART, 20_000.0]);
    // One that a host has put too near stays where it is, and may only leave.
    assert_eq!(limits([100.0, 101.0, 5000.0, 0.0, 0.0], 0), [20.0, 100.0]);
    // In any order, and two that are equal.
    assert_eq!(limits([1000.0, 100.0, 5000.0, 0.0, 0.0], 1), [20.0, 1000.0 / APART]);
    assert_eq!(limits([100.0, 100.0, 5000.0, 0.0, 0.0], 0), [20.0, 100.0]);
    assert_eq!(limits([100.0, 100.0, 5000.0, 0.0, 0.0], 1), [100.0, 5000.0 / APART]);
}

#[test]
fn ranges_are_said_in_the_unit_that_is_shorter() {
    let corners_hz = [62.5, 120.0, 1000.0, 6000.0, 12_345.0];
    let words: Vec<String> = (0..6).map(|slot| range_words(slot, &corners_hz)).collect();
    assert_eq!(words[..3], ["below 62.5 Hz", "62.5 to 120 Hz", "120 to 1000 Hz"]);
    assert_eq!(words[3..], ["1 to 6 kHz", "6 to 12.3 kHz", "above 12.3 kHz"]);
    assert_eq!(range_words(1, &[500.0, 2500.0]), "500 Hz to 2.5 kHz");
    assert_eq!(range_words(0, &[]), "all frequencies");
    assert_eq!(
        (1..=6).map(|count| name(count - 1, count)).collect::<Vec<_>>()[1..],
        ["High", "High", "High", "High", "Air"]
    );
}

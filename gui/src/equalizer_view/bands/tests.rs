//! Are bands read, made and removed as a host is to see it?

use runout_dsp_core::settings::CutSlope;

use super::*;
use crate::parameters::recorder::Recorder as Host;

/// The fields of a slot that were told of since this was last called.
fn take_fields(host: &Host, slot: usize) -> Vec<String> {
    let first = id(slot, "");
    host.take().iter().map(|told| told.strip_prefix(&first).unwrap_or(told).to_owned()).collect()
}

const SHELF: EqualizerBand = EqualizerBand {
    enabled: true,
    shape: BandShape::LowShelf,
    frequency_hz: 92.0,
    gain_db: 1.6,
    q: 0.7,
    slope_db_per_oct: CutSlope::TwentyFour,
    channel: BandChannel::Mid,
};

#[test]
fn a_band_that_is_put_is_read_and_its_values_are_told_once() {
    let (context, host) = (Context::default(), Host::new());
    assert_eq!(read(&host), EqualizerParams::default());
    assert_eq!(free_slot(&read(&host)), Some(0));
    put(&context, &host, 2, SHELF);
    let fields = ["enabled", "shape", "frequency_hz", "gain_db", "q", "slope_db_per_oct", "channel"];
    assert_eq!(take_fields(&host, 2), fields);
    let equalizer = read(&host);
    assert_eq!(equalizer.bands[2], SHELF);
    assert_eq!(equalizer.bands.iter().filter(|band| is_in_use(band)).count(), 1);
    put(&context, &host, 2, EqualizerBand { gain_db: 2.0, ..SHELF });
    assert_eq!(take_fields(&host, 2), ["gain_db"]);
}

#[test]
fn slots_are_filled_from_the_first_until_there_is_none() {
    let (context, host) = (Context::default(), Host::new());
    for slot in 0..EQUALIZER_BANDS {
        assert_eq!(free_slot(&read(&host)), Some(slot));
        put(&context, &host, slot, SHELF);
    }
    assert_eq!(free_slot(&read(&host)), None);
    remove(&context, &host, 7);
    assert_eq!(free_slot(&read(&host)), Some(7));
}

#[test]
fn slot_1_and_slot_10_are_not_mixed_up() {
    let (context, host) = (Context::default(), Host::new());
    put(&context, &host, 9, SHELF);
    put(&context, &host, 0, SHELF);
    remove(&context, &host, 0);
    let equalizer = read(&host);
    assert_eq!((equalizer.bands[0], equalizer.bands[9]), (EqualizerBand::default(), SHELF));
}

#[test]
fn what_is_removed_is_no_longer_listened_to() {
    let (context, host) = (Context::default(), Host::new());
    put(&context, &host, 2, SHELF);
    put(&context, &host, 3, SHELF);
    solo(&context, &host, Some(2));
    assert_eq!((host.value(SOLO), soloed(&host)), (Some(3.0), Some(2)));
    remove(&context, &host, 3);
    assert_eq!(soloed(&host), Some(2));
    remove(&context, &host, 2);
    assert_eq!((host.value(SOLO), soloed(&host)), (Some(0.0), None));
    assert_eq!(read(&host), EqualizerParams::default());
}

#[test]
fn words_say_what_a_shape_has() {
    assert_eq!(words(2, &SHELF), "Low shelf, 92 Hz, +1.6 dB, Q 0.70, Mid");
    let cut = EqualizerBand { shape: BandShape::LowCut, ..SHELF };
    assert_eq!(words(0, &cut), "Low cut, 92 Hz, 24 dB/oct, Mid");
    let tilt = EqualizerBand { shape: BandShape::Tilt, gain_db: -1.0, ..SHELF };
    assert_eq!(words(23, &tilt), "Tilt, 92 Hz, \u{2212}1.0 dB, Mid");
}

//! Runout Meter listens and leaves everything as it is: every bit, at once, in every layout.

use runout_tests::clap_host::{Automation, ClapHost};
use runout_tests::random::Random;

use crate::rig::{METER, RATE, loud, require_same};

/// The layouts of BS.1770, by their channels.
const CHANNELS: [usize; 4] = [1, 2, 6, 12];

#[test]
fn it_reads_stereo_mono_and_both_surrounds() {
    let mut host = ClapHost::load(METER);
    let layouts: Vec<_> =
        host.layouts().into_iter().map(|layout| (layout.inputs, layout.outputs, layout.name)).collect();
    let expected = [(2, "Stereo"), (1, "Mono"), (6, "5.1"), (12, "7.1.4")];
    assert_eq!(layouts, expected.map(|(channels, name)| (channels, channels, name.to_owned())));
    assert_eq!(host.channels(), (2, 2), "stereo where a host does not ask");
}

#[test]
fn every_bit_passes_at_once_at_every_rate_and_block_size() {
    for (channels, sample_rate) in CHANNELS.into_iter().zip([8_000.0, 48_000.0, 96_000.0, 384_000.0]) {
        let mut host = ClapHost::load(METER);
        let bypass = host.parameter("Bypass").id;
        host.select_channels(channels);
        host.activate(sample_rate, 512);
        assert_eq!(host.latency(), 0);
        let mut expected = loud(RATE, 0.5, channels);
        // Nothing is too strange for a meter that only listens.
        expected[0][5_000] = f32::NAN;
        expected[channels - 1][6_000] = 1e30;
        expected[channels - 1][7_000] = f32::from_bits(1);
        expected[0][8_000] = -0.0;
        let automation = [(3_001, 1.0), (15_007, 0.0)].map(|(frame, value)| Automation { frame, id: bypass, value });
        for seed in 191..194 {
            let mut random = Random::new(seed);
            let blocks = std::iter::repeat_with(|| random.below(1500));
            let mut signal = expected.clone();
            host.audio().process(&mut signal, blocks, &automation);
            require_same(&signal, &expected, || format!("{channels} channels at {sample_rate} Hz, seed {seed}"));
            assert_eq!(host.audio().tail(), Some(0));
        }
    }
}

#[test]
fn trap_11_missing_channels_are_survived() {
    for (inputs, outputs) in [(6, 12), (0, 12), (2, 2), (0, 0)] {
        let mut host = ClapHost::load(METER);
        host.select_channels(12);
        host.activate(RATE, 64);
        host.audio().hand_over(inputs, outputs);
        let input = loud(RATE, 0.1, 12);
        let mut signal = input.clone();
        host.process(&mut signal, 512, &[]);
        require_same(&signal[..inputs], &input[..inputs], || format!("{inputs} of 12 in"));
        assert!(signal[inputs..outputs].iter().flatten().all(|sample| *sample == 0.0), "{inputs} of 12 in");
        require_same(&signal[outputs..], &input[outputs..], || format!("{outputs} of 12 out"));
    }
}

#[test]
fn its_state_has_the_bypass_and_comes_back() {
    let mut host = ClapHost::load(METER);
    let bypass = host.parameter("Bypass").id;
    host.set_inactive(&[(bypass, 1.0)]);
    let state = host.save();
    let mut other = ClapHost::load(METER);
    other.restore(&state);
    assert_eq!((other.value(bypass), other.save()), (1.0, state));
}

#[test]
fn a_rate_beyond_metering_is_refused() {
    let mut host = ClapHost::load(METER);
    for sample_rate in [4_000.0, 768_000.0] {
        assert!(host.try_activate(sample_rate, 512).is_err(), "{sample_rate} Hz");
    }
    host.activate(8_000.0, 512);
}

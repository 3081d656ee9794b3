//! Mono and stereo; hosts that hand over less, or more at once, than they said.

use runout_dsp_core::settings::ChainSettings;
use runout_tests::clap_host::ClapHost;

use crate::rig::{INSERTS, LIMITER, RATE, Script, delayed, loud, require_same, six_db_louder, through_chain};

/// Number of channels in and out, and the name, of every layout.
fn layouts(host: &mut ClapHost) -> Vec<(u32, u32, String)> {
    host.layouts().into_iter().map(|layout| (layout.inputs, layout.outputs, layout.name)).collect()
}

#[test]
fn trap_1_inserts_are_stereo_or_mono_and_have_no_side_input() {
    for product in INSERTS {
        let mut host = product.load();
        let expected = [(2, 2, "Stereo".to_owned()), (1, 1, "Mono".to_owned())];
        assert_eq!(layouts(&mut host), expected);
        assert_eq!(host.channels(), (2, 2), "stereo where a host does not ask");
        host.select_channels(1);
        assert_eq!(host.channels(), (1, 1));
    }
}

#[test]
fn mono_is_the_chain_on_one_channel() {
    for product in INSERTS {
        let input = loud(RATE, 0.5, 1);
        let mut host = product.load();
        host.select_channels(1);
        let script = Script::fixed(product, &mut host, &six_db_louder(product));
        host.activate(RATE, 512);
        let mut signal = input.clone();
        host.process(&mut signal, 512, &script.automation);
        require_same(&signal, &through_chain(product, input, RATE, &script.settings), || product.id.to_owned());
    }
}

#[test]
fn an_instance_moves_from_stereo_to_mono_and_back() {
    let mut host = LIMITER.load();
    for channels in [2, 1, 2] {
        host.select_channels(channels);
        host.activate(RATE, 512);
        let input = loud(RATE, 0.25, channels);
        let mut signal = input.clone();
        host.process(&mut signal, 512, &[]);
        let expected = through_chain(LIMITER, input, RATE, &[(0, ChainSettings::default())]);
        require_same(&signal, &expected, || format!("{channels} channels"));
        host.deactivate();
    }
}

#[test]
fn trap_11_a_missing_input_channel_is_silence() {
    for (product, inputs) in INSERTS.into_iter().flat_map(|product| [(product, 1), (product, 0)]) {
        let input = loud(RATE, 0.25, 2);
        let mut host = product.load();
        let script = Script::fixed(product, &mut host, &six_db_louder(product));
        host.activate(RATE, 512);
        host.audio().hand_over(inputs, 2);
        let mut signal = input.clone();
        host.process(&mut signal, 512, &script.automation);
        let mut given = input;
        given[inputs..].iter_mut().for_each(|channel| channel.fill(0.0));
        require_same(&signal, &through_chain(product, given, RATE, &script.settings), || {
            format!("{inputs} of 2, {}", product.id)
        });
    }
}

#[test]
fn trap_11_a_missing_output_channel_is_survived_and_then_all_is_well() {
    for product in INSERTS {
        let input = loud(RATE, 0.25, 2);
        let mut host = product.load();
        host.activate(RATE, 512);
        for handed in [1, 0] {
            let mut signal = input.clone();
            host.audio().hand_over(handed, handed);
            host.process(&mut signal, 512, &[]);
            // The channels that were not handed over are not touched.
            require_same(&signal[handed..], &input[handed..], || format!("{handed} of 2"));
            assert!(signal.iter().flatten().all(|sample| sample.is_finite()), "{handed} of 2: all of it is written");
        }
        host.audio().hand_over(2, 2);
        host.reset();
        let mut signal = input.clone();
        host.process(&mut signal, 512, &[]);
        let expected = through_chain(product, input, RATE, &[(0, ChainSettings::default())]);
        require_same(&signal, &expected, || format!("{} with all channels again", product.id));
    }
}

#[test]
fn trap_11_blocks_beyond_the_size_announced_are_cut() {
    let input = loud(RATE, 0.5, 2);
    for product in INSERTS {
        let expected = through_chain(product, input.clone(), RATE, &[(0, ChainSettings::default())]);
        for (announced, block) in [(64, 65), (64, 24_000), (1, 100), (512, 1025)] {
            let mut host = product.load();
            host.activate(RATE, announced);
            let mut signal = input.clone();
            host.process(&mut signal, block, &[]);
            require_same(&signal, &expected, || format!("{}: {block} of {announced}", product.id));
        }
    }
}

#[test]
fn below_the_ceiling_a_new_instance_returns_its_input() {
    let input: Vec<Vec<f32>> =
        loud(RATE, 0.5, 2).into_iter().map(|channel| channel.iter().map(|sample| 0.25 * sample).collect()).collect();
    for product in INSERTS {
        let mut host = product.load();
        host.activate(RATE, 512);
        let latency = host.latency();
        let mut signal = input.clone();
        host.process(&mut signal, 512, &[]);
        require_same(&signal, &delayed(&input, latency), || product.id.to_owned());
    }
}

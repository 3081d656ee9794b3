//! Values take effect on their frame, and the sound does not know of blocks: the plugin is the chain, bit for bit.

use runout_tests::clap_host::Automation;
use runout_tests::random::Random;

use crate::rig::{
    INSERTS, LIMITER, MASTER, RATE, Script, loud, random_frames, require_same, set_inactive, through_chain,
};

/// The largest block announced.
const MAX_BLOCK: usize = 4096;

#[test]
fn trap_9_every_parameter_acts_on_its_frame_at_any_block_size() {
    let input = loud(RATE, 1.0, 2);
    for (product, seed) in INSERTS.into_iter().zip(31..) {
        let mut random = Random::new(seed);
        let frames = random_frames(&mut random, 150, input[0].len());
        let script = Script::random(product, &mut product.load(), &mut random, &frames, 3);
        let expected = through_chain(product, input.clone(), RATE, &script.settings);
        for block in [1, 7, 64, 511, MAX_BLOCK] {
            let mut host = product.load();
            host.activate(RATE, MAX_BLOCK);
            let mut signal = input.clone();
            host.process(&mut signal, block, &script.automation);
            require_same(&signal, &expected, || format!("{}, blocks of {block}, seed {seed}", product.id));
        }
    }
}

#[test]
fn blocks_of_random_sizes_change_nothing_even_empty_ones() {
    let input = loud(RATE, 1.0, 2);
    for seed in 41..45 {
        let mut random = Random::new(seed);
        let frames = random_frames(&mut random, 40, input[0].len());
        let script = Script::random(MASTER, &mut MASTER.load(), &mut random, &frames, 20);
        let expected = through_chain(MASTER, input.clone(), RATE, &script.settings);
        let mut host = MASTER.load();
        host.activate(RATE, MAX_BLOCK);
        let mut signal = input.clone();
        let blocks = std::iter::repeat_with(|| if random.chance(0.1) { 0 } else { 1 + random.below(MAX_BLOCK) });
        host.audio().process(&mut signal, blocks, &script.automation);
        require_same(&signal, &expected, || format!("seed {seed}"));
    }
}

#[test]
fn trap_16_thousands_of_values_in_one_block_all_act() {
    let input = loud(RATE, 0.2, 2);
    let length = input[0].len();
    let mut random = Random::new(51);
    // Every second frame and then three at once: 14 400 values in one block of 9600 frames.
    let frames: Vec<usize> = (0..length).step_by(2).collect();
    let script = Script::random(LIMITER, &mut LIMITER.load(), &mut random, &frames, 3);
    assert!(script.automation.len() > 14_000, "{}", script.automation.len());
    let mut host = LIMITER.load();
    host.activate(RATE, length);
    let mut signal = input.clone();
    host.process(&mut signal, length, &script.automation);
    require_same(&signal, &through_chain(LIMITER, input, RATE, &script.settings), || "one block, seed 51".to_owned());
}

#[test]
fn trap_15_a_host_that_rounds_to_a_float_sets_the_number_meant() {
    let input = loud(RATE, 0.25, 2);
    for seed in 61..71 {
        let mut random = Random::new(seed);
        let script = Script::random(MASTER, &mut MASTER.load(), &mut random, &[0], 200);
        // What a host has stored of a value: its 32 bits.
        let rounded = |set: &Automation| Automation { value: f64::from(set.value as f32), ..*set };
        let automation: Vec<Automation> = script.automation.iter().map(rounded).collect();
        let mut host = MASTER.load();
        host.activate(RATE, MAX_BLOCK);
        let mut signal = input.clone();
        host.process(&mut signal, 512, &automation);
        let expected = through_chain(MASTER, input.clone(), RATE, &script.settings);
        require_same(&signal, &expected, || format!("seed {seed}"));
    }
}

#[test]
fn values_set_before_activation_and_those_of_the_first_block_act_from_the_first_frame() {
    let input = loud(RATE, 0.25, 2);
    let mut random = Random::new(81);
    let script = Script::random(MASTER, &mut MASTER.load(), &mut random, &[0], 200);
    let mut host = MASTER.load();
    set_inactive(&mut host, &script.automation);
    host.activate(RATE, 512);
    let mut signal = input.clone();
    host.process(&mut signal, 512, &[]);
    let expected = through_chain(MASTER, input.clone(), RATE, &script.settings[1..]);
    require_same(&signal, &expected, || "set while inactive".to_owned());

    let mut host = MASTER.load();
    host.activate(RATE, 512);
    let mut signal = input.clone();
    host.process(&mut signal, 512, &script.automation);
    // But for the latency, which was told when it was activated.
    let expected = through_chain(MASTER, input, RATE, &script.settings);
    require_same(&signal, &expected, || "set with the first block".to_owned());
}

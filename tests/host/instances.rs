//! Instances come and go, alone and in numbers, while others play; none disturbs another.

use std::sync::atomic::{AtomicBool, Ordering};

use runout_dsp_core::settings::{ChainSettings, Module};
use runout_tests::clap_host::{Automation, ClapHost};
use runout_tests::random::Random;

use crate::rig::{INSERTS, Knob, LIMITER, MASTER, Product, RATE, Script, loud, require_same, through_chain};

/// How much an instance plays in its short life: 85 ms, some positions at which kernels are asked for.
const FRAMES: usize = 4096;

#[test]
fn trap_2_two_hundred_come_and_go_while_others_play() {
    let input = loud(RATE, 0.25, 2);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let players: Vec<_> = INSERTS
            .into_iter()
            .map(|product| {
                let (input, done) = (&input, &done);
                scope.spawn(move || play_until(done, product, input))
            })
            .collect();
        for count in 0..200 {
            come_and_go(INSERTS[count % INSERTS.len()], count);
        }
        done.store(true, Ordering::Relaxed);
        for player in players {
            assert!(player.join().expect("a player ends well") > 0);
        }
    });
}

/// Plays the same music again and again; returns how often.
fn play_until(done: &AtomicBool, product: Product, input: &[Vec<f32>]) -> usize {
    let expected = through_chain(product, input.to_vec(), RATE, &[(0, ChainSettings::default())]);
    let mut host = product.load();
    host.activate(RATE, 512);
    let mut times = 0;
    while times == 0 || !done.load(Ordering::Relaxed) {
        host.reset();
        let mut signal = input.to_vec();
        host.process(&mut signal, 512, &[]);
        require_same(&signal, &expected, || format!("{} the {times}th time", product.id));
        times += 1;
    }
    times
}

/// One short life, of a kind that depends on `count`.
fn come_and_go(product: Product, count: usize) {
    let mut host = product.load();
    if count.is_multiple_of(5) {
        // Gone before it was ever active.
        return;
    }
    host.activate(RATE, 64 << (count % 4));
    if count.is_multiple_of(3) {
        // Gone with the news of its latency undelivered.
        return;
    }
    host.idle();
    // Kernels are on their way when it goes.
    let moving = if product.holds(Module::Equalizer) { every_block(product, &mut host) } else { Vec::new() };
    host.process(&mut vec![vec![0.5; FRAMES]; 2], 64, &moving);
    if count.is_multiple_of(2) {
        host.deactivate();
    }
}

/// A band that moves with every block of 64.
fn every_block(product: Product, host: &mut ClapHost) -> Vec<Automation> {
    let band = |knob: &&Knob| knob.setting.id.starts_with("equalizer.band.1.");
    let knobs: Vec<Knob> = product.knobs(host).iter().filter(band).cloned().collect();
    let knob = |name: &str| knobs.iter().find(|knob| knob.setting.id.ends_with(name)).expect("a band's parameter");
    let mut moving = vec![knob("enabled").set(host, 0, 1.0)];
    moving.extend((0..FRAMES).step_by(64).map(|frame| knob("gain_db").set(host, frame, 1.0 + frame as f32 / 640.0)));
    moving
}

#[test]
fn two_hundred_at_once_do_not_know_of_each_other() {
    let input = loud(RATE, 0.02, 2);
    let mut random = Random::new(131);
    let mut lives: Vec<(Product, ClapHost, Script)> = (0..200)
        .map(|count| {
            let product = INSERTS[count % INSERTS.len()];
            let mut host = product.load();
            let script = Script::random(product, &mut host, &mut random, &[0], 5);
            host.activate(RATE, 512);
            (product, host, script)
        })
        .collect();
    for (count, (product, host, script)) in lives.iter_mut().enumerate() {
        let mut signal = input.clone();
        host.process(&mut signal, 512, &script.automation);
        let expected = through_chain(*product, input.clone(), RATE, &script.settings);
        require_same(&signal, &expected, || format!("instance {count}, seed 131"));
    }
}

#[test]
fn the_audio_thread_is_another_one() {
    let input = loud(RATE, 0.5, 2);
    let expected = through_chain(LIMITER, input.clone(), RATE, &[(0, ChainSettings::default())]);
    let mut host = LIMITER.load();
    host.activate(RATE, 512);
    let mut audio = host.take_audio();
    let (audio, signal) = std::thread::scope(|scope| {
        let player = scope.spawn(move || {
            let mut signal = input;
            audio.process(&mut signal, std::iter::repeat(512), &[]);
            (audio, signal)
        });
        // Meanwhile the main thread asks what hosts ask.
        for _ in 0..20 {
            host.save();
            host.idle();
            host.latency();
            host.parameters();
        }
        player.join().expect("the player ends well")
    });
    host.give_audio(audio);
    require_same(&signal, &expected, || "played on another thread".to_owned());
}

#[test]
fn an_instance_may_be_asked_everything_before_it_is_active() {
    let mut host = MASTER.load();
    assert_eq!(host.take_notes(), []);
    host.save();
    host.idle();
    host.render_offline(true);
    assert_eq!(host.latency(), 0, "there is none before a rate is known");
    assert!(!host.parameters().is_empty() && !host.layouts().is_empty());
}

//! A reset forgets the signal and keeps the parameters: the instance cannot be told from a new one.

use runout_tests::clap_host::{ClapHost, Transport};
use runout_tests::random::Random;

use crate::rig::{INSERTS, RATE, Script, loud, random_frames, require_same, set_inactive};

/// A way to make an instance forget.
type Forget = fn(&mut ClapHost);

const WAYS: [(&str, Forget); 3] = [
    ("reset", ClapHost::reset),
    ("deactivated", |host| {
        host.deactivate();
        host.activate(RATE, 512);
    }),
    ("the song jumped", |host| {
        host.audio().set_transport(Some(Transport { is_playing: true, position_s: 60.0 }));
        host.reset();
    }),
];

#[test]
fn after_a_reset_an_instance_is_like_new() {
    let input = loud(RATE, 0.5, 2);
    for (product, (way, forget)) in INSERTS.into_iter().flat_map(|product| WAYS.map(|way| (product, way))) {
        let mut random = Random::new(121);
        let mut host = product.load();
        let frames = random_frames(&mut random, 20, 20_000);
        let script = Script::random(product, &mut host, &mut random, &frames, 4);
        host.activate(RATE, 512);
        // Full of music, and in the middle of a glide.
        let mut before = loud(RATE, 0.42, 2);
        host.process(&mut before, 512, &script.automation);
        forget(&mut host);
        let mut found = input.clone();
        host.process(&mut found, 512, &[]);

        let mut new = product.load();
        set_inactive(&mut new, &script.automation);
        new.activate(RATE, 512);
        let mut expected = input.clone();
        new.process(&mut expected, 512, &[]);
        require_same(&found, &expected, || format!("{}: {way}", product.id));
    }
}

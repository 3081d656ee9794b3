//! Did the sound change? What processors make of fixed music, on the portable path, is kept in `sounds.tsv` as a hash of
//! every bit and as figures that say what changed. After a change on purpose,
//! `RUNOUT_GOLDEN=write cargo test --profile checked -p runout-tests --test golden` writes the file anew; the commit that
//! does so says why the sound may differ.

mod figures;
mod sounds;
mod store;

use std::collections::BTreeMap;

use figures::Figures;

/// The file's environment variable: `write` writes it anew.
const REFRESH: &str = "RUNOUT_GOLDEN";

#[test]
fn the_sound_is_what_it_was() {
    runout_dsp_core::dispatch::force_portable();
    let found: BTreeMap<String, Figures> = sounds::all();
    if std::env::var(REFRESH).is_ok_and(|value| value == "write") {
        store::write(&found);
        return;
    }
    let differences = store::differences(&store::read(), &found);
    assert!(
        differences.is_empty(),
        "the sound differs from tests/golden/sounds.tsv:\n{}\nif that is on purpose: {REFRESH}=write cargo test \
         --profile checked -p runout-tests --test golden, and say why in the commit",
        differences.join("\n")
    );
}

#[test]
fn every_kind_of_change_is_told() {
    let sound = vec![vec![0.5f32; 48_000]; 2];
    let before = BTreeMap::from([("a".to_owned(), Figures::of(&sound, 48_000.0))]);
    assert!(store::differences(&before, &before).is_empty());

    let mut one_bit = sound.clone();
    one_bit[1][777] = one_bit[1][777].next_up();
    let after = BTreeMap::from([("a".to_owned(), Figures::of(&one_bit, 48_000.0))]);
    let told = store::differences(&before, &after);
    assert!(told.len() == 1 && told[0].contains("only bits differ"), "{told:?}");

    let quieter = sound.iter().map(|channel| channel.iter().map(|sample| 0.9 * sample).collect()).collect::<Vec<_>>();
    let after = BTreeMap::from([("b".to_owned(), Figures::of(&quieter, 48_000.0))]);
    let told = store::differences(&before, &after);
    assert!(told.iter().any(|line| line.contains("a: gone")) && told.iter().any(|line| line.contains("b: new")));
    let after = BTreeMap::from([("a".to_owned(), Figures::of(&quieter, 48_000.0))]);
    let told = store::differences(&before, &after);
    // 0.9 is -0.92 dB.
    assert!(told[0].contains("peak_dbfs -6.02 -> -6.94"), "{told:?}");
}

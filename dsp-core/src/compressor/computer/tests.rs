use super::*;
use crate::dispatch::Instructions;

const MODES: [CompressorMode; 3] = [CompressorMode::Compress, CompressorMode::Expand, CompressorMode::Upward];

/// The curve by its definition, in dB and f64: pieces, one after the other.
pub(in crate::compressor) fn exact_db(band: &CompressorBand, level_db: f64) -> f64 {
    let [threshold, ratio, knee, range] = [band.threshold_db, band.ratio, band.knee_db, band.range_db].map(f64::from);
    let over = match band.mode {
        CompressorMode::Compress => level_db - threshold,
        CompressorMode::Expand | CompressorMode::Upward => threshold - level_db,
    };
    let counts = if over <= -knee / 2.0 {
        0.0
    } else if over < knee / 2.0 {
        (over + knee / 2.0).powi(2) / (2.0 * knee)
    } else {
        over
    };
    let moved_db = match (band.mode, ratio >= 100.0) {
        (CompressorMode::Compress | CompressorMode::Upward, true) => counts,
        (CompressorMode::Compress | CompressorMode::Upward, false) => counts * (1.0 - 1.0 / ratio),
        (CompressorMode::Expand, true) => counts * 99.0,
        (CompressorMode::Expand, false) => counts * (ratio - 1.0),
    };
    let moved_db = moved_db.min(range);
    if band.mode == CompressorMode::Upward { moved_db } else { -moved_db }
}

fn computed_db(band: &CompressorBand, levels_db: &[f64; 24], set: Instructions) -> [f64; 24] {
    let mut levels = levels_db.map(|level_db| 10f64.powf(level_db / 20.0) as f32);
    set.run(ToOctaves { levels: &mut levels });
    set.run(Compute { mode: band.mode, shape: Shape::of(band), levels: &mut levels });
    levels.map(|octaves| f64::from(octaves) * DB_PER_OCTAVE)
}

#[test]
fn the_curve_is_its_definition_for_every_mode_knee_and_ratio() {
    // 24 levels over all that is heard, and off every threshold's grid.
    let levels_db: [f64; 24] = std::array::from_fn(|level| -86.3 + 4.07 * level as f64);
    let mut worst: f64 = 0.0;
    for set in Instructions::available() {
        for mode in MODES {
            for ratio in [1.0, 1.001, 1.5, 2.0, 4.0, 10.0, 40.0, 99.999, 100.0] {
                for knee_db in [0.0, 0.01, 3.0, 6.0, 12.0, 24.0, 36.0] {
                    for (threshold_db, range_db) in
                        [(-18.0, 60.0), (0.0, 60.0), (-80.0, 60.0), (-30.0, 6.0), (-30.0, 0.0)]
                    {
                        let band = CompressorBand {
                            mode,
                            ratio,
                            knee_db,
                            threshold_db,
                            range_db,
                            ..CompressorBand::default()
                        };
                        let found = computed_db(&band, &levels_db, set);
                        for (found, level_db) in found.iter().zip(&levels_db) {
                            let error = (found - exact_db(&band, *level_db)).abs();
                            assert!(error < 0.001, "{mode:?} {ratio}:1, knee {knee_db}, at {level_db}: {error} dB");
                            worst = worst.max(error);
                        }
                    }
                }
            }
        }
    }
    println!("worst error of the curve: {worst:.7} dB");
}

#[test]
fn the_table_of_in_and_out_is_right() {
    let table = [
        (0.0, [-15.0, -6.0, 0.0, 0.0, 0.0, 0.0]),
        (-8.0, [-17.0, -14.0, -8.0, -8.0, -8.0, -8.0]),
        (-20.0, [-20.0; 6]),
        (-24.0, [-24.0, -24.0, -36.0, -36.0, -21.0, -21.0]),
        (-40.0, [-40.0, -40.0, -100.0, -52.0, -25.0, -28.0]),
        (-60.0, [-60.0, -60.0, -120.0, -72.0, -30.0, -48.0]),
    ];
    for (level_db, outputs_db) in table {
        for (column, output_db) in outputs_db.iter().enumerate() {
            let range_db = [60.0, 6.0, 60.0, 12.0, 60.0, 12.0][column];
            let mode = MODES[column / 2];
            let shape = CompressorBand {
                mode,
                threshold_db: -20.0,
                ratio: 4.0,
                knee_db: 0.0,
                range_db,
                ..CompressorBand::default()
            };
            let gain = Shape::of(&shape).gain_at(mode, (level_db / DB_PER_OCTAVE) as f32);
            let found_db = level_db + f64::from(gain) * DB_PER_OCTAVE;
            // Roundings of f32 at 120 dB.
            assert!((found_db - output_db).abs() < 1e-4, "{mode:?}, {level_db} dB in: {found_db} for {output_db}");
        }
    }
}

#[test]
fn link_moves_each_channel_towards_the_louder() {
    let mut levels = [[-3.0; 64], [-5.0; 64]];
    Instructions::current().run(Link { levels: &mut levels, link: 0.25f32, frames: 64 });
    assert_eq!((levels[0][63], levels[1][63]), (-3.0, -4.5));
    let shares: Vec<f32> = (0..64).map(|frame| frame as f32 / 63.0).collect();
    let mut levels = [[-5.0; 64], [-3.0; 64]];
    Instructions::current().run(Link { levels: &mut levels, link: &shares[..], frames: 64 });
    assert_eq!((levels[0][0], levels[0][63]), (-5.0, -3.0));
}

#[test]
fn silence_has_a_gain_and_what_does_not_move_is_told() {
    let band = CompressorBand { mode: CompressorMode::Expand, ratio: 2.0, range_db: 12.0, ..CompressorBand::default() };
    let gain = Shape::of(&band).gain_in_silence(band.mode);
    assert!((f64::from(gain) * DB_PER_OCTAVE + 12.0).abs() < 1e-5);
    let set = Instructions::current();
    let mut quiet = [-10.0; 16];
    let band = CompressorBand { ratio: 4.0, ..CompressorBand::default() };
    assert!(!set.run(Compute { mode: band.mode, shape: Shape::of(&band), levels: &mut quiet }));
    assert_eq!(quiet, [0.0; 16]);
    let mut loud = [-10.0; 16];
    loud[7] = 0.0;
    assert!(set.run(Compute { mode: band.mode, shape: Shape::of(&band), levels: &mut loud }));
}

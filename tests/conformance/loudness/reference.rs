//! True peak against the project's reference meter, on music.

use super::measured;
use runout_tests::music::music;
use runout_tests::reference_meter::reference_meter;
use runout_tests::signals::driven;

#[test]
fn the_reference_meter_agrees_on_music() {
    let mut worst = 0.0f64;
    for (seed, rate) in [(301, 44_100.0), (302, 48_000.0), (303, 48_000.0), (304, 96_000.0)] {
        for drive_db in [0.0, 12.0] {
            let mut signal = driven(&music(seed, rate, 10.0, 2), drive_db);
            // Driven into clipping it has peaks between the samples.
            signal.iter_mut().flatten().for_each(|sample| *sample = sample.clamp(-1.0, 1.0));
            let read = measured(&signal, rate);
            for (channel, samples) in signal.iter().enumerate() {
                let exact_dbtp = 20.0 * reference_meter().peak(samples).log10();
                let error_db = read.true_peak_dbtp[channel] - exact_dbtp;
                worst = worst.max(error_db.abs());
                // 0.02 dB is what one kernel for meter, verdict and limiter must keep.
                assert!(error_db.abs() <= 0.02, "seed {seed}, {rate} Hz, +{drive_db} dB: {error_db} dB");
            }
        }
    }
    println!("worst {worst} dB");
}

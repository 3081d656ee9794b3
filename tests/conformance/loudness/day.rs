//! A simulated day: every frame of 24 hours through the meter, in constant memory, and still exact.

use super::two_pass::{Energies, Weighting};
use super::{assert_near, prepared};
use runout_dsp_core::processor::Processor;
use runout_tests::music::music;

const RATE: f64 = 8_000.0;

const HOURS: usize = 24;

/// The variable that makes this test's process the one whose memory is looked at.
const ALONE: &str = "RUNOUT_TEST_DAY_ALONE";

/// What a meter may grow by in 23 hours, kB. One byte kept for each of their tenths of a second would be 809 kB; what an
/// allocator and a stack touch late are a few pages of 4 kB.
const GROWTH_KB: u64 = 400;

/// Memory that this process has written, kB. Pages of the program itself are not counted: the system brings them in and
/// drops them as it sees fit.
fn written_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("memory is read from /proc/self/status");
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).expect("RssAnon");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number of kB")
}

/// Gain of a minute of the day: from whisper to shout, never the same course twice.
fn gain(minute: usize) -> f32 {
    10f32.powf(-((minute * 37 % 61) as f32) / 20.0)
}

#[test]
fn a_day_is_exact_in_constant_memory() {
    if std::env::var_os(ALONE).is_none() {
        // Memory of a process can only be read where nothing else runs in it.
        let this = std::env::current_exe().unwrap();
        let name = "loudness::day::a_day_is_exact_in_constant_memory";
        let run =
            std::process::Command::new(this).args(["--exact", name, "--nocapture"]).env(ALONE, "1").output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let minute = &music(24, RATE, 60.0, 1)[0];
    let mut meter = prepared(RATE, 1);
    let mut weighting = Weighting::new(RATE);
    let mut block = vec![0.0; 800];
    let mut after_an_hour_kb = 0;
    // The list for the exact computation. Written now, and not with zeros, which would only be promised by the system:
    // it would count as memory while it fills.
    let mut tenths = vec![f64::NAN; HOURS * 36_000];
    for (index, tenth) in tenths.iter_mut().enumerate() {
        *tenth = 0.0;
        let start = index % 600 * block.len();
        let gain = gain(index / 600);
        for (sample, source) in block.iter_mut().zip(&minute[start..]) {
            *sample = source * gain;
            *tenth += weighting.next(f64::from(*sample)).powi(2);
        }
        meter.process(&mut [&mut block]);
        if index == 36_000 {
            after_an_hour_kb = written_kb();
        }
    }
    let after_a_day_kb = written_kb();
    assert!(
        after_a_day_kb <= after_an_hour_kb + GROWTH_KB,
        "{after_an_hour_kb} kB after an hour, {after_a_day_kb} kB after a day"
    );
    let exact = Energies::from_tenths(tenths, RATE);
    let read = meter.readings();
    assert_eq!(read.frames, HOURS as u64 * 3600 * 8000);
    assert_near("I", read.integrated_lufs, exact.integrated_lufs(), 0.01);
    let (low_lufs, high_lufs) = exact.range_lufs();
    assert_near("low bound", read.loudness_range.low_lufs, low_lufs, 0.01);
    assert_near("high bound", read.loudness_range.high_lufs, high_lufs, 0.01);
    // The windows of a day's end are as exact as those of its beginning.
    let mut fresh = prepared(RATE, 1);
    let last = gain(HOURS * 60 - 1);
    let mut last_minute: Vec<f32> = minute.iter().map(|sample| sample * last).collect();
    fresh.process(&mut [&mut last_minute]);
    // 1e-6 LU: what rings from the minute before has faded; sums of f64 are left.
    assert_near("M", read.momentary_lufs, fresh.readings().momentary_lufs, 1e-6);
    assert_near("S", read.short_term_lufs, fresh.readings().short_term_lufs, 1e-6);
    println!("{after_a_day_kb} kB, I {} LUFS", read.integrated_lufs);
}

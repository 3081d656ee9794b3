//! Start, pause, resume and reset, from this thread and from others.

use super::{assert_near, play, prepared};
use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::processor::Processor;
use runout_tests::music::music;
use runout_tests::signals::{driven, noise};

const RATE: f64 = 48_000.0;

/// Music and a part of it, frame by frame.
fn part(signal: &[Vec<f32>], seconds: std::ops::Range<f64>) -> Vec<Vec<f32>> {
    let frames = (seconds.start * RATE) as usize..(seconds.end * RATE) as usize;
    signal.iter().map(|channel| channel[frames.clone()].to_vec()).collect()
}

fn stereo_noise(seed: u64, amplitude: f64, seconds: f64) -> Vec<Vec<f32>> {
    (0..2).map(|channel| noise(seed + channel, amplitude, (seconds * RATE) as usize)).collect()
}

#[test]
fn a_pause_cuts_out_what_comes_meanwhile() {
    let signal = music(11, RATE, 12.0, 2);
    let mut whole = prepared(RATE, 2);
    play(&mut whole, &signal);
    let mut paused = prepared(RATE, 2);
    let controls = paused.controls();
    // An odd place, within a hop of 64 frames and a slot of 10 ms.
    play(&mut paused, &part(&signal, 0.0..5.0003));
    controls.pause();
    let standing = paused.readings();
    assert!(!standing.running);
    play(&mut paused, &stereo_noise(1, 1.0, 6.0));
    assert_eq!(paused.readings(), standing, "M, S and all else stand");
    controls.resume();
    play(&mut paused, &part(&signal, 5.0003..12.0));
    assert_eq!(paused.readings(), whole.readings(), "bit for bit the programme without the pause");
}

#[test]
fn a_reset_forgets_everything() {
    let signal = music(12, RATE, 8.0, 2);
    let mut fresh = prepared(RATE, 2);
    play(&mut fresh, &signal);
    let mut used = prepared(RATE, 2);
    play(&mut used, &stereo_noise(3, 1.0, 4.1));
    used.controls().reset();
    assert_eq!(used.readings(), Readings::silent(2), "empty at once, before any audio");
    play(&mut used, &signal);
    assert_eq!(used.readings(), fresh.readings());
    used.reset();
    assert_eq!(used.readings(), Readings::silent(2));
    play(&mut used, &signal);
    assert_eq!(used.readings(), fresh.readings(), "as after the contract's own reset");
}

#[test]
fn a_reset_keeps_a_pause_and_a_start_ends_it() {
    let signal = stereo_noise(5, 0.1, 1.0);
    let mut meter = prepared(RATE, 2);
    let controls = meter.controls();
    play(&mut meter, &signal);
    controls.pause();
    controls.reset();
    play(&mut meter, &signal);
    assert_eq!(meter.readings(), Readings { running: false, ..Readings::silent(2) });
    controls.start();
    play(&mut meter, &signal);
    let read = meter.readings();
    assert!(read.running && read.frames == 48_000);
    controls.start();
    assert_eq!(meter.readings(), Readings::silent(2), "a start is a new measurement");
    play(&mut meter, &signal);
    assert_eq!(meter.readings().frames, 48_000);
}

#[test]
fn nothing_counts_after_the_end_until_a_reset() {
    let signal = stereo_noise(6, 0.1, 1.003);
    let mut meter = prepared(RATE, 2);
    play(&mut meter, &signal);
    meter.finish();
    let ended = meter.readings();
    meter.finish();
    play(&mut meter, &signal);
    assert_eq!(meter.readings(), ended);
    meter.controls().reset();
    play(&mut meter, &signal);
    meter.finish();
    assert_eq!(meter.readings(), ended);
}

#[test]
fn the_monitor_reads_in_another_thread() {
    let mut meter = prepared(RATE, 2);
    let mut monitor = meter.take_monitor().expect("the first to ask gets it");
    assert!(meter.take_monitor().is_none(), "there is one reader");
    let controls = meter.controls();
    let signal = stereo_noise(7, 0.25, 1.0);
    play(&mut meter, &signal);
    let reader = std::thread::spawn(move || {
        let read = monitor.readings();
        controls.reset();
        let emptied = monitor.readings();
        controls.pause();
        (read, emptied, monitor.readings(), monitor)
    });
    let (read, emptied, paused, mut monitor) = reader.join().unwrap();
    assert!(read.frames > 0 && read.frames <= 48_000 && read.short_term_lufs.is_finite());
    // What a monitor shows is at most 20 ms and one block old.
    assert!(read.frames as usize + (0.02 * RATE) as usize + super::BLOCK_FRAMES >= 48_000);
    assert_eq!(emptied, Readings::silent(2), "while no audio runs");
    assert_eq!(paused, Readings { running: false, ..Readings::silent(2) });
    meter.controls().resume();
    play(&mut meter, &signal);
    meter.finish();
    assert_eq!(monitor.readings(), meter.readings(), "the end is published");
}

#[test]
fn the_monitor_outlives_prepare() {
    let mut meter = Meter::new();
    let mut monitor = meter.take_monitor().unwrap();
    assert_eq!(monitor.readings().channels, 0);
    for channels in [1, 12, 6] {
        let spec = runout_dsp_core::processor::Spec { sample_rate: RATE, max_block: 512, channels };
        meter.prepare(&spec).unwrap();
        assert_eq!(monitor.readings(), Readings::silent(channels));
    }
}

#[test]
fn buttons_and_meters_may_cross_threads() {
    fn from_any<T: Send + Sync + Clone>(_: T) {}
    fn moves<T: Send>(_: T) {}
    let mut meter = prepared(RATE, 2);
    from_any(meter.controls());
    moves(meter.take_monitor());
    moves(meter);
}

#[test]
fn no_press_is_lost_or_doubled() {
    // The audio thread plays blocks of ones and counts how many begin a new programme; others press reset, one after the
    // other's press was seen, so that presses and blocks interleave in every way.
    // Few enough that a busy machine, which switches threads every some 10 ms, needs seconds.
    const PRESSES: usize = 200;
    let mut meter = prepared(RATE, 1);
    // A block before the first press, so that it too has something to empty: else it would not show.
    meter.process(&mut [&mut [0.5; 64]]);
    let controls = meter.controls();
    let obeyed = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let seen = obeyed.clone();
    let presser = std::thread::spawn(move || {
        for press in 0..PRESSES {
            controls.reset();
            while seen.load(std::sync::atomic::Ordering::Acquire) == press {
                std::thread::yield_now();
            }
        }
    });
    let mut frames_before = 64;
    while obeyed.load(std::sync::atomic::Ordering::Acquire) < PRESSES {
        meter.process(&mut [&mut [0.5; 64]]);
        let frames = meter.readings().frames;
        // A press after the block shows as silence at once, one before it as a single block.
        assert!([0, 64, frames_before + 64].contains(&frames), "{frames} after {frames_before}");
        if frames <= frames_before {
            if frames == 0 {
                meter.process(&mut [&mut [0.5; 64]]);
            }
            frames_before = meter.readings().frames;
            assert_eq!(frames_before, 64, "one press empties once");
            obeyed.fetch_add(1, std::sync::atomic::Ordering::AcqRel);
        } else {
            frames_before = frames;
        }
        if frames_before > 64 * 4 && presser.is_finished() {
            break;
        }
    }
    presser.join().unwrap();
    assert_eq!(obeyed.load(std::sync::atomic::Ordering::Acquire), PRESSES);
}

#[test]
fn presses_of_many_threads_all_count() {
    // 8 threads start and pause; the last press of each thread is a resume, so the meter runs in the end, and it heard
    // every reset before the last block.
    let mut meter = prepared(RATE, 2);
    let controls = meter.controls();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let controls = controls.clone();
            std::thread::spawn(move || {
                for _ in 0..500 {
                    controls.pause();
                    controls.reset();
                    controls.start();
                    controls.resume();
                }
            })
        })
        .collect();
    let loud = driven(&stereo_noise(8, 1.0, 0.2), 0.0);
    while threads.iter().any(|thread| !thread.is_finished()) {
        play(&mut meter, &loud);
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert!(controls.is_running());
    controls.reset();
    let quiet = stereo_noise(9, 0.01, 1.0);
    play(&mut meter, &quiet);
    let mut fresh = prepared(RATE, 2);
    play(&mut fresh, &quiet);
    assert_eq!(meter.readings(), fresh.readings(), "nothing of before is left");
    assert_near("frames", meter.readings().frames as f64, 48_000.0, 0.0);
}

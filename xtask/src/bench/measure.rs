//! Timing of something that processes stereo blocks.

use std::time::Instant;

/// Something that processes one stereo block in place.
pub type Run = Box<dyn FnMut(&mut [f32], &mut [f32])>;

/// Runs that are measured, after one that warms up.
pub const RUNS: usize = 9;

/// What a run costs.
pub struct Measured {
    /// Time per stereo frame, ns: the median of the runs.
    pub ns_per_frame: f64,
    /// The same with each block at its fastest run: what is left where the machine does nothing else.
    pub least_ns_per_frame: f64,
    /// The slowest block over the mean, each block at its fastest run too.
    pub worst_over_mean: f64,
}

/// Measures what `make` makes, each run anew, over a stereo signal in blocks of `block` frames.
pub fn measure(make: &dyn Fn() -> Run, signal: &[Vec<f32>], block: usize) -> Measured {
    let clock_ns = clock_ns();
    let frames = signal[0].len() / block * block;
    let mut fastest = vec![f64::INFINITY; frames / block];
    let mut totals = Vec::with_capacity(RUNS);
    for run in 0..=RUNS {
        let times = timed(&mut make(), signal, block, clock_ns);
        if run > 0 {
            totals.push(times.iter().sum::<f64>() / frames as f64);
            fastest.iter_mut().zip(&times).for_each(|(fastest, time)| *fastest = fastest.min(*time));
        }
    }
    totals.sort_by(f64::total_cmp);
    let mean = fastest.iter().sum::<f64>() / fastest.len() as f64;
    let worst = fastest.iter().copied().fold(0.0, f64::max);
    let least_ns_per_frame = mean / block as f64;
    Measured { ns_per_frame: totals[RUNS / 2], least_ns_per_frame, worst_over_mean: worst / mean }
}

/// The time of each block, ns.
fn timed(run: &mut Run, signal: &[Vec<f32>], block: usize, clock_ns: f64) -> Vec<f64> {
    let (mut left, mut right) = (vec![0.0; block], vec![0.0; block]);
    let blocks = signal[0].chunks_exact(block).zip(signal[1].chunks_exact(block));
    blocks
        .map(|(left_in, right_in)| {
            left.copy_from_slice(left_in);
            right.copy_from_slice(right_in);
            let start = Instant::now();
            run(&mut left, &mut right);
            let time = start.elapsed();
            std::hint::black_box((&left, &right));
            time.as_nanos() as f64 - clock_ns
        })
        .collect()
}

/// What reading the clock itself adds to a time, ns: the median of a thousand.
fn clock_ns() -> f64 {
    let mut times: Vec<u128> = (0..1000).map(|_| Instant::now().elapsed().as_nanos()).collect();
    times.sort_unstable();
    times[500] as f64
}

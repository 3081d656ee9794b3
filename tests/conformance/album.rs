//! What is said about an album: profiles, what stands out among its tracks, joins, platforms, report and proof.

mod continuity;
mod joins;
mod oracle;
mod profile;
mod report;

use runout_delivery::album::profile::{Profile, Profiler};
use runout_dsp_core::planar::with_frames;

/// The profile of a signal in blocks of so many frames.
fn profile_in_blocks(signal: &[Vec<f32>], sample_rate: f64, block_frames: usize) -> Profile {
    let mut planes = signal.to_vec();
    let mut planes: Vec<&mut [f32]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
    let frames = planes[0].len();
    let mut profiler = Profiler::new(sample_rate, planes.len()).unwrap();
    for start in (0..frames).step_by(block_frames) {
        with_frames(&mut planes, start..frames.min(start + block_frames), |block| profiler.process(block));
    }
    profiler.finish()
}

/// The profile of a signal.
fn profile_of(signal: &[Vec<f32>], sample_rate: f64) -> Profile {
    profile_in_blocks(signal, sample_rate, 2048)
}

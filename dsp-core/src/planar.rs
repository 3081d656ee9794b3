//! Cutting planar blocks without allocating.

use std::ops::Range;

use crate::processor::MAX_CHANNELS;

/// Borrows the frames in `range` of every channel and hands them on as a block of their own.
pub fn with_frames<R>(channels: &mut [&mut [f32]], range: Range<usize>, act: impl FnOnce(&mut [&mut [f32]]) -> R) -> R {
    let count = channels.len().min(MAX_CHANNELS);
    let mut parts: [&mut [f32]; MAX_CHANNELS] = Default::default();
    for (part, channel) in parts.iter_mut().zip(channels.iter_mut()) {
        *part = &mut channel[range.clone()];
    }
    act(&mut parts[..count])
}

/// Borrows the first `frames` of every buffer and hands them on as a block.
pub fn with_buffers<R>(buffers: &mut [Vec<f32>], frames: usize, act: impl FnOnce(&mut [&mut [f32]]) -> R) -> R {
    let count = buffers.len().min(MAX_CHANNELS);
    let mut parts: [&mut [f32]; MAX_CHANNELS] = Default::default();
    for (part, buffer) in parts.iter_mut().zip(buffers.iter_mut()) {
        *part = &mut buffer[..frames];
    }
    act(&mut parts[..count])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_the_frames_asked_for() {
        let (mut left, mut right) = ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]);
        let seen = with_frames(&mut [&mut left, &mut right], 1..3, |part| {
            part[0][0] = 0.0;
            (part.len(), part[0].len(), part[1].to_vec())
        });
        assert_eq!(seen, (2, 2, vec![6.0, 7.0]));
        assert_eq!(left, [1.0, 0.0, 3.0, 4.0]);
        let mut buffers = vec![vec![1.0; 4], vec![2.0; 4]];
        assert_eq!(with_buffers(&mut buffers, 3, |block| block[1].to_vec()), [2.0; 3]);
    }
}

//! A part of a recording, and a mono recording as a stereo one.

use runout_dsp_core::planar::{with_buffers, with_frames};

use super::{AudioFormat, AudioSource};
use crate::failure::Failure;

/// Frames that are read and thrown away at a time on the way to the first that is wanted.
const SKIPPED_FRAMES: usize = 4096;

/// The frames of a source from one to another.
pub struct Excerpt<'a> {
    source: Box<dyn AudioSource + 'a>,
    format: AudioFormat,
    /// Frames still to be passed over.
    to_skip: u64,
    /// Frames still to be delivered.
    left: u64,
}

impl<'a> Excerpt<'a> {
    /// The `frames` frames of `source` after the next `skipped`; fewer where it ends before.
    pub fn new(source: Box<dyn AudioSource + 'a>, skipped: u64, frames: u64) -> Self {
        let format = AudioFormat { frames: Some(frames), ..*source.format() };
        Self { source, format, to_skip: skipped, left: frames }
    }

    fn skip(&mut self) -> Result<(), Failure> {
        let mut buffers = vec![vec![0f32; SKIPPED_FRAMES]; self.format.channels];
        while self.to_skip > 0 {
            let length = self.to_skip.min(SKIPPED_FRAMES as u64) as usize;
            let read = with_buffers(&mut buffers, length, |block| self.source.read(block))?;
            if read == 0 {
                break;
            }
            self.to_skip -= read as u64;
        }
        Ok(())
    }
}

impl AudioSource for Excerpt<'_> {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        if self.to_skip > 0 {
            self.skip()?;
        }
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let frames = (wanted as u64).min(self.left) as usize;
        if frames == 0 {
            return Ok(0);
        }
        let read = with_frames(planes, 0..frames, |part| self.source.read(part))?;
        self.left -= read as u64;
        Ok(read)
    }
}

/// A mono source whose one channel is heard from both sides.
pub struct BothSides {
    source: Box<dyn AudioSource>,
    format: AudioFormat,
}

impl BothSides {
    /// The stereo source of a mono one; a stereo one as it is.
    pub fn of(source: Box<dyn AudioSource>) -> Box<dyn AudioSource> {
        if source.format().channels != 1 {
            return source;
        }
        let format = AudioFormat { channels: 2, ..*source.format() };
        Box::new(Self { source, format })
    }
}

impl AudioSource for BothSides {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let [left, right] = planes else { return Ok(0) };
        let read = self.source.read(&mut [&mut **left])?;
        right[..read].copy_from_slice(&left[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio_source::SampleDepth;

    /// Frames that count up from zero, given in pieces of at most seven.
    struct Counter {
        format: AudioFormat,
        next: u64,
    }

    impl Counter {
        fn boxed(channels: usize, frames: u64) -> Box<dyn AudioSource> {
            let depth = SampleDepth::Float(32);
            Box::new(Self {
                format: AudioFormat { sample_rate_hz: 48_000, channels, frames: Some(frames), depth },
                next: 0,
            })
        }
    }

    impl AudioSource for Counter {
        fn format(&self) -> &AudioFormat {
            &self.format
        }
        fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
            let frames = planes[0].len().min((self.format.frames.unwrap() - self.next) as usize);
            for plane in planes {
                for (frame, sample) in plane[..frames].iter_mut().enumerate() {
                    *sample = (self.next + frame as u64) as f32;
                }
            }
            self.next += frames as u64;
            Ok(frames)
        }
    }

    fn all(mut source: Box<dyn AudioSource>, piece: usize) -> Vec<Vec<f32>> {
        let mut planes = vec![Vec::new(); source.format().channels];
        let mut buffers = vec![vec![0f32; piece]; planes.len()];
        loop {
            let read = with_buffers(&mut buffers, piece, |block| source.read(block)).unwrap();
            if read == 0 {
                return planes;
            }
            planes.iter_mut().zip(&buffers).for_each(|(plane, buffer)| plane.extend(&buffer[..read]));
        }
    }

    #[test]
    fn an_excerpt_is_what_lies_between_its_ends() {
        for piece in [1, 7, 5000] {
            for (skipped, frames) in [(0, 10_000), (1, 1), (5000, 4999), (4096, 1), (9999, 1), (3, 0)] {
                let excerpt = Excerpt::new(Counter::boxed(2, 10_000), skipped, frames);
                let expected: Vec<f32> = (skipped..skipped + frames).map(|frame| frame as f32).collect();
                assert_eq!(all(Box::new(excerpt), piece), [expected.clone(), expected], "{skipped}, {frames}, {piece}");
            }
        }
    }

    #[test]
    fn a_source_that_ends_early_ends_the_excerpt() {
        assert_eq!(all(Box::new(Excerpt::new(Counter::boxed(1, 10), 8, 5)), 4), [[8.0, 9.0]]);
        assert_eq!(all(Box::new(Excerpt::new(Counter::boxed(1, 10), 12, 5)), 4), [[0.0f32; 0]]);
    }

    #[test]
    fn one_channel_is_heard_from_both_sides() {
        assert_eq!(all(BothSides::of(Counter::boxed(1, 3)), 2), [[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]);
        assert_eq!(all(BothSides::of(Counter::boxed(2, 3)), 2), [[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]);
    }
}

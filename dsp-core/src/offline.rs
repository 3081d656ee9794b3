//! The offline renderer: a stream of frames through a processor, its latency trimmed and its length kept.

use std::fmt;

use crate::planar::{with_buffers, with_frames};
use crate::processor::{Processor, Spec};

/// Frames in a block of the renderer. The sound does not depend on it; the time does, little.
pub const BLOCK_FRAMES: usize = 4096;

/// Why a render ended early: the source's or the sink's error.
#[derive(Debug)]
pub enum RenderError<Source, Sink> {
    /// The source could not give frames.
    Source(Source),
    /// The sink could not take frames.
    Sink(Sink),
}

impl<Source: fmt::Display, Sink: fmt::Display> fmt::Display for RenderError<Source, Sink> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(formatter),
            Self::Sink(error) => error.fmt(formatter),
        }
    }
}

/// Renders everything that `source` gives through `processor` into `sink`, and returns the number of frames.
///
/// `spec` is what the processor was prepared for, with a `max_block` of [`BLOCK_FRAMES`] at least. `source` fills the
/// planar block it is given from the start and returns how many frames it wrote; 0 ends the stream. `sink` receives
/// planar blocks: in all exactly as many frames as came, the first of them the answer to the first. Memory does not
/// grow with length. Processes from the processor's present state: reset it for a new file.
///
/// # Errors
/// The first error of the source or the sink; nothing is asked of either after it.
pub fn render<P: Processor, SourceError, SinkError>(
    processor: &mut P,
    spec: &Spec,
    mut source: impl FnMut(&mut [&mut [f32]]) -> Result<usize, SourceError>,
    mut sink: impl FnMut(&mut [&mut [f32]]) -> Result<(), SinkError>,
) -> Result<u64, RenderError<SourceError, SinkError>> {
    let mut buffers = vec![vec![0f32; BLOCK_FRAMES]; spec.channels];
    let mut to_trim = processor.latency();
    let mut frames = 0;
    let mut deliver = |block: &mut [&mut [f32]], length: usize| {
        let skipped = to_trim.min(length);
        to_trim -= skipped;
        if skipped == length {
            return Ok(());
        }
        with_frames(block, skipped..length, &mut sink).map_err(RenderError::Sink)
    };
    loop {
        let read = with_buffers(&mut buffers, BLOCK_FRAMES, &mut source).map_err(RenderError::Source)?;
        if read == 0 {
            break;
        }
        frames += read as u64;
        with_buffers(&mut buffers, read, |block| {
            processor.process(block);
            deliver(block, read)
        })?;
    }
    let mut tail = if frames == 0 { 0 } else { processor.latency() };
    while tail > 0 {
        let length = tail.min(BLOCK_FRAMES);
        tail -= length;
        buffers.iter_mut().for_each(|buffer| buffer[..length].fill(0.0));
        with_buffers(&mut buffers, length, |block| {
            processor.process(block);
            deliver(block, length)
        })?;
    }
    Ok(frames)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::delay::Delay;
    use crate::processor::SpecError;

    /// A pure delay of 64 frames more than a block of the renderer.
    #[derive(Default)]
    struct Late(Delay);

    impl Processor for Late {
        type Params = ();

        fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
            self.0.prepare(self.latency(), spec.channels);
            Ok(())
        }
        fn reset(&mut self) {
            self.0.reset();
        }
        fn latency(&self) -> usize {
            BLOCK_FRAMES + 64
        }
        fn set_params(&mut self, (): &()) {}
        fn process(&mut self, channels: &mut [&mut [f32]]) {
            self.0.process(channels);
        }
    }

    fn rendered(length: usize, piece: usize) -> Vec<f32> {
        let spec = Spec { sample_rate: 48_000.0, max_block: BLOCK_FRAMES, channels: 1 };
        let mut late = Late::default();
        late.prepare(&spec).unwrap();
        let mut next = 0;
        let source = |block: &mut [&mut [f32]]| {
            let frames = piece.min(length - next).min(block[0].len());
            block[0][..frames].iter_mut().for_each(|sample| {
                next += 1;
                *sample = next as f32;
            });
            Ok::<_, Infallible>(frames)
        };
        let mut output = Vec::new();
        let frames = render(&mut late, &spec, source, |block| {
            output.extend_from_slice(block[0]);
            Ok::<_, Infallible>(())
        });
        assert_eq!(frames.unwrap(), length as u64);
        output
    }

    #[test]
    fn the_latency_is_trimmed_and_the_length_kept() {
        for length in [0, 1, 64, BLOCK_FRAMES, 3 * BLOCK_FRAMES + 17] {
            for piece in [100, BLOCK_FRAMES] {
                let expected: Vec<f32> = (1..=length).map(|sample| sample as f32).collect();
                assert_eq!(rendered(length, piece), expected, "{length} frames in pieces of {piece}");
            }
        }
    }

    #[test]
    fn an_error_ends_the_render() {
        let spec = Spec { sample_rate: 48_000.0, max_block: BLOCK_FRAMES, channels: 1 };
        let mut late = Late::default();
        late.prepare(&spec).unwrap();
        let outcome = render(&mut late, &spec, |_| Err("torn"), |_| Ok::<_, Infallible>(()));
        assert!(matches!(outcome, Err(RenderError::Source("torn"))));
    }
}

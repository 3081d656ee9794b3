//! [`runout_dsp_core::offline::render`] for who pulls: a source through a chain, latency trimmed, length kept.

use std::borrow::BorrowMut;
use std::ops::Range;

use runout_dsp_core::chain::MasteringChain;
pub use runout_dsp_core::offline::BLOCK_FRAMES;
use runout_dsp_core::planar::with_buffers;
use runout_dsp_core::processor::Processor;
use runout_dsp_core::settings::ChainSettings;

use crate::audio_source::{AudioFormat, AudioSource};
use crate::failure::Failure;

/// A source through a chain, which is its own or borrowed.
pub struct Rendering<'a, Chain> {
    source: Box<dyn AudioSource + 'a>,
    chain: Chain,
    format: AudioFormat,
    /// One block, and what of it is yet to be given.
    buffers: Vec<Vec<f32>>,
    ready: Range<usize>,
    /// Frames still to be dropped at the start.
    to_trim: usize,
    /// Frames of silence still to be rendered after the source's end, once that is known.
    tail: Option<usize>,
    /// Frames taken from the source, and what the chain is set to when so many have come, the next last.
    taken: u64,
    changes: Vec<(u64, ChainSettings)>,
}

impl<'a, Chain: BorrowMut<MasteringChain>> Rendering<'a, Chain> {
    /// Renders a source through a chain that is prepared for its rate and channels and for blocks of [`BLOCK_FRAMES`], from
    /// the chain's present state. `format` is what the stream says of itself.
    pub fn new(source: Box<dyn AudioSource + 'a>, mut chain: Chain, format: AudioFormat) -> Self {
        let to_trim = chain.borrow_mut().latency();
        let buffers = vec![vec![0.0; BLOCK_FRAMES]; format.channels];
        Self { source, chain, format, buffers, ready: 0..0, to_trim, tail: None, taken: 0, changes: Vec::new() }
    }

    /// Sets the chain anew where so many frames have come from the source; in ascending order.
    pub fn change(&mut self, mut changes: Vec<(u64, ChainSettings)>) {
        changes.reverse();
        self.changes = changes;
    }

    /// Makes the changes whose frame has come, and returns how many frames may be taken up to the next.
    fn until_change(&mut self) -> usize {
        while let Some((frame, settings)) = self.changes.last() {
            if *frame > self.taken {
                return usize::try_from(frame - self.taken).unwrap_or(BLOCK_FRAMES).min(BLOCK_FRAMES);
            }
            self.chain.borrow_mut().set_params(settings);
            self.changes.pop();
        }
        BLOCK_FRAMES
    }

    /// The chain.
    pub fn chain_mut(&mut self) -> &mut MasteringChain {
        self.chain.borrow_mut()
    }

    /// Renders the next block; `false` after the last.
    fn render(&mut self) -> Result<bool, Failure> {
        let length = match self.tail {
            None => {
                let most = self.until_change();
                with_buffers(&mut self.buffers, most, |block| self.source.read(block))?
            }
            Some(tail) => {
                let length = tail.min(BLOCK_FRAMES);
                self.tail = Some(tail - length);
                self.buffers.iter_mut().for_each(|buffer| buffer[..length].fill(0.0));
                length
            }
        };
        if length == 0 {
            if self.tail.is_some() {
                return Ok(false);
            }
            // Of nothing there is no tail.
            self.tail = Some(if self.taken > 0 { self.chain.borrow_mut().latency() } else { 0 });
            return Ok(true);
        }
        self.taken += length as u64;
        with_buffers(&mut self.buffers, length, |block| self.chain.borrow_mut().process(block));
        let skipped = self.to_trim.min(length);
        self.to_trim -= skipped;
        self.ready = skipped..length;
        Ok(true)
    }
}

impl<Chain: BorrowMut<MasteringChain> + Send> AudioSource for Rendering<'_, Chain> {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let mut filled = 0;
        while filled < wanted {
            let length = self.ready.len().min(wanted - filled);
            if length == 0 {
                if self.render()? {
                    continue;
                }
                break;
            }
            let given = self.ready.start..self.ready.start + length;
            for (plane, buffer) in planes.iter_mut().zip(&self.buffers) {
                plane[filled..filled + length].copy_from_slice(&buffer[given.clone()]);
            }
            self.ready.start = given.end;
            filled += length;
        }
        Ok(filled)
    }
}

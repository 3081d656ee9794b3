//! What an editor's spectrum is made of: samples before and after a module, through rings that fill only while someone
//! looks; and on the editor's side the [`analyzer`] of them.

pub mod analyzer;
mod halver;
mod points;
mod transform;

use crate::telemetry::{HistoryReader, HistoryWriter, history};

/// Frames on their way on each side of the module: 0.7 s at 48 kHz, 85 ms at 384 kHz.
const CAPACITY: usize = 32_768;

/// The audio thread's end: is told what goes into a module and what leaves it.
pub struct SpectrumTap {
    before: HistoryWriter<[f32; 2]>,
    after: HistoryWriter<[f32; 2]>,
}

/// The editor's end. Starts closed.
pub struct SpectrumReader {
    /// The frames that go into the module, left and right; of mono both are the same.
    pub before: HistoryReader<[f32; 2]>,
    /// The frames that leave it.
    pub after: HistoryReader<[f32; 2]>,
}

impl SpectrumTap {
    /// Both ends. Allocates.
    pub fn new() -> (Self, SpectrumReader) {
        let (before, reads_before) = history(CAPACITY);
        let (after, reads_after) = history(CAPACITY);
        (Self { before, after }, SpectrumReader { before: reads_before, after: reads_after })
    }

    /// Takes what goes into the module. Audio thread.
    pub fn before(&mut self, channels: &[&mut [f32]]) {
        send(&mut self.before, channels);
    }

    /// Takes what has left it. Audio thread.
    pub fn after(&mut self, channels: &[&mut [f32]]) {
        send(&mut self.after, channels);
    }
}

impl SpectrumReader {
    /// Starts to listen: what came before is thrown away.
    pub fn open(&mut self) {
        self.before.open();
        self.after.open();
    }

    /// Stops listening.
    pub fn close(&mut self) {
        self.before.close();
        self.after.close();
    }
}

fn send(writer: &mut HistoryWriter<[f32; 2]>, channels: &[&mut [f32]]) {
    if !writer.is_open() {
        return;
    }
    if let (Some(left), Some(right)) = (channels.first(), channels.last()) {
        writer.send_all(left.iter().zip(right.iter()).map(|(left, right)| [*left, *right]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_arrive_while_someone_listens_and_mono_is_both_channels() {
        let (mut tap, mut reader) = SpectrumTap::new();
        tap.before(&[&mut [9.0], &mut [9.0]]);
        reader.open();
        tap.before(&[&mut [0.1, 0.2], &mut [0.3, 0.4]]);
        tap.after(&[&mut [0.5, 0.6]]);
        let arrived = |reader: &mut HistoryReader<[f32; 2]>| -> Vec<[f32; 2]> {
            std::iter::from_fn(|| reader.next_frame()).collect()
        };
        assert_eq!(arrived(&mut reader.before), [[0.1, 0.3], [0.2, 0.4]]);
        assert_eq!(arrived(&mut reader.after), [[0.5, 0.5], [0.6, 0.6]]);
        reader.close();
        tap.after(&[&mut [0.5, 0.6]]);
        assert!(arrived(&mut reader.after).is_empty());
    }
}

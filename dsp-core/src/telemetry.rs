//! What crosses threads, without a lock and without waiting on either side.
//!
//! - [`press`]: a button for the audio thread (reset, clear): no press is lost or doubled.
//! - [`level_cell`]: a single level for a meter's bar: the writer gathers the extreme, the one reader takes it.
//! - [`history`]: a stream of small frames (gain reduction, samples for a spectrum), filled only while a reader listens.
//!
//! Readings that must agree with each other go through a triple buffer of one `Copy` frame, see
//! [`loudness`](crate::loudness).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use atomic_float::AtomicF32;
use rtrb::{Consumer, Producer, RingBuffer};

/// Makes a button: any thread presses the first, the audio thread asks the second.
pub fn press() -> (PressSender, PressReceiver) {
    let generation = Arc::new(AtomicU32::new(0));
    (PressSender { generation: Arc::clone(&generation) }, PressReceiver { generation, seen: 0 })
}

/// The side of a button that is pressed. Any thread, any number of copies.
#[derive(Clone)]
pub struct PressSender {
    /// Counts presses; wraps.
    generation: Arc<AtomicU32>,
}

impl PressSender {
    /// Presses the button. Never waits.
    pub fn press(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }
}

/// The side of a button that acts.
pub struct PressReceiver {
    generation: Arc<AtomicU32>,
    /// The count when last asked.
    seen: u32,
}

impl PressReceiver {
    /// Whether the button was pressed since this was last asked; several presses in between are one.
    pub fn take(&mut self) -> bool {
        let generation = self.generation.load(Ordering::Acquire);
        let pressed = generation != self.seen;
        self.seen = generation;
        pressed
    }
}

/// Makes a cell for one level: the audio thread writes the first, one reader takes from the second.
pub fn level_cell() -> (LevelWriter, LevelReader) {
    let extreme = Arc::new(AtomicF32::new(0.0));
    (LevelWriter { extreme: Arc::clone(&extreme) }, LevelReader { extreme })
}

/// The writing end of a level: gathers the value of the greatest magnitude until it is taken.
pub struct LevelWriter {
    extreme: Arc<AtomicF32>,
}

impl LevelWriter {
    /// Adds a level of either sign; what is farther from 0 stays. Never waits: the only other party swaps in 0, so the
    /// exchange is tried at most twice.
    pub fn gather(&self, level: f32) {
        for _ in 0..2 {
            let held = self.extreme.load(Ordering::Relaxed);
            let farther = level.abs() > held.abs();
            if !farther || self.extreme.compare_exchange(held, level, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                return;
            }
        }
    }
}

/// The reading end of a level.
pub struct LevelReader {
    extreme: Arc<AtomicF32>,
}

impl LevelReader {
    /// The level of the greatest magnitude since the last call; 0 if nothing came.
    pub fn take(&self) -> f32 {
        self.extreme.swap(0.0, Ordering::Relaxed)
    }
}

/// Makes a stream of at most `capacity` frames on their way. The reader starts closed: nothing is written for it.
pub fn history<T: Copy + Send>(capacity: usize) -> (HistoryWriter<T>, HistoryReader<T>) {
    let (producer, consumer) = RingBuffer::new(capacity);
    let open = Arc::new(AtomicBool::new(false));
    (HistoryWriter { producer, open: Arc::clone(&open) }, HistoryReader { consumer, open })
}

/// The audio thread's end of a stream.
pub struct HistoryWriter<T> {
    producer: Producer<T>,
    open: Arc<AtomicBool>,
}

impl<T: Copy + Send> HistoryWriter<T> {
    /// Whether anyone listens; what is only gathered for the stream need not be computed otherwise.
    pub fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    /// Sends a frame if the reader listens; a frame that finds no room is dropped.
    pub fn send(&mut self, frame: T) {
        if self.is_open() {
            // A full ring means that the editor sleeps: what it missed is not worth a wait.
            let _ = self.producer.push(frame);
        }
    }

    /// Sends frames if the reader listens; those that find no room are dropped.
    pub fn send_all(&mut self, frames: impl ExactSizeIterator<Item = T>) {
        let fitting = frames.len().min(self.producer.slots());
        if self.is_open()
            && let Ok(chunk) = self.producer.write_chunk_uninit(fitting)
        {
            chunk.fill_from_iter(frames);
        }
    }
}

/// The editor's end of a stream.
pub struct HistoryReader<T> {
    consumer: Consumer<T>,
    open: Arc<AtomicBool>,
}

impl<T: Copy + Send> HistoryReader<T> {
    /// Starts to listen: frames from before are thrown away.
    pub fn open(&mut self) {
        while self.consumer.pop().is_ok() {}
        self.open.store(true, Ordering::Release);
    }

    /// Stops listening.
    pub fn close(&mut self) {
        self.open.store(false, Ordering::Release);
    }

    /// The next frame, if one has come.
    pub fn next_frame(&mut self) -> Option<T> {
        self.consumer.pop().ok()
    }

    /// Hands over all frames that have come, in order, in at most two pieces.
    pub fn take_all(&mut self, mut taker: impl FnMut(&[T])) {
        if let Ok(chunk) = self.consumer.read_chunk(self.consumer.slots()) {
            let (older, newer) = chunk.as_slices();
            taker(older);
            taker(newer);
            chunk.commit_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_press_is_neither_lost_nor_doubled() {
        let (sender, mut receiver) = press();
        assert!(!receiver.take());
        sender.press();
        assert!(receiver.take() && !receiver.take());
        thread::scope(|scope| {
            for _ in 0..4 {
                let sender = sender.clone();
                scope.spawn(move || (0..1000).for_each(|_| sender.press()));
            }
        });
        assert!(receiver.take() && !receiver.take());
    }

    #[test]
    fn of_many_frames_those_that_fit_arrive_in_order_and_only_while_someone_listens() {
        let (mut writer, mut reader) = history(4);
        writer.send_all([1, 2].into_iter());
        reader.open();
        writer.send_all([3, 4, 5].into_iter());
        writer.send_all([6, 7].into_iter());
        let arrived: Vec<i32> = std::iter::from_fn(|| reader.next_frame()).collect();
        assert_eq!(arrived, [3, 4, 5, 6]);
    }

    #[test]
    fn all_frames_are_taken_at_once_in_order_wherever_the_ring_turns() {
        let (mut writer, mut reader) = history(4);
        reader.open();
        for first in [0, 3, 6] {
            writer.send_all(first..first + 3);
            let mut taken = Vec::new();
            reader.take_all(|frames| taken.extend_from_slice(frames));
            assert_eq!(taken, [first, first + 1, first + 2]);
            assert_eq!(reader.next_frame(), None);
        }
    }

    #[test]
    fn the_deepest_level_is_taken_once_while_both_sides_run() {
        let (writer, reader) = level_cell();
        let deepest = thread::scope(|scope| {
            let levels = scope.spawn(move || (0..100_000).for_each(|step| writer.gather(-(step as f32))));
            let mut deepest = 0f32;
            while !levels.is_finished() {
                deepest = deepest.min(reader.take());
            }
            deepest.min(reader.take())
        });
        assert_eq!(deepest, -99_999.0);
        assert_eq!(reader.take(), 0.0);
    }

    #[test]
    fn a_stream_is_filled_only_while_its_reader_listens() {
        let (mut writer, mut reader) = history(4);
        writer.send(1);
        assert_eq!(reader.next_frame(), None);
        reader.open();
        (2..10).for_each(|frame| writer.send(frame));
        let received: Vec<i32> = std::iter::from_fn(|| reader.next_frame()).collect();
        assert_eq!(received, [2, 3, 4, 5], "four frames fit, later ones are dropped");
        writer.send(10);
        reader.close();
        reader.open();
        assert_eq!(reader.next_frame(), None, "frames from before are thrown away");
    }
}

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::album::random_album::Random;
use crate::album::timeline::{Layout, Part};

/// A rendered track in memory, which counts how many are open.
struct InMemory {
    format: AudioFormat,
    planes: Arc<Vec<Vec<f32>>>,
    position: usize,
    open: Arc<AtomicUsize>,
}

impl AudioSource for InMemory {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let count = planes[0].len().min(self.planes[0].len() - self.position);
        for (plane, own) in planes.iter_mut().zip(self.planes.iter()) {
            plane[..count].copy_from_slice(&own[self.position..self.position + count]);
        }
        self.position += count;
        Ok(count)
    }
}

impl Drop for InMemory {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Opens a track; with the most that were open at once.
fn opener(rate: u32, planes: Vec<Vec<f32>>, open: &Arc<AtomicUsize>, most: &Arc<AtomicUsize>) -> Opener<'static> {
    let frames = Some(planes[0].len() as u64);
    let format = AudioFormat { sample_rate_hz: rate, channels: planes.len(), frames, depth: SampleDepth::Float(32) };
    let (planes, open, most) = (Arc::new(planes), Arc::clone(open), Arc::clone(most));
    Box::new(move || {
        most.fetch_max(open.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        Ok(Box::new(InMemory { format, planes: Arc::clone(&planes), position: 0, open: Arc::clone(&open) }))
    })
}

fn noise(random: &mut Random, channels: usize, frames: u64) -> Vec<Vec<f32>> {
    (0..channels).map(|_| (0..frames).map(|_| random.sample()).collect()).collect()
}

/// All tracks written into one long plane a channel, in order.
fn summed(plan: &Plan, channels: usize, tracks: &[Vec<Vec<f32>>]) -> Vec<Vec<f32>> {
    let mut sums = vec![vec![0.0; plan.total_frames as usize]; channels];
    for (placement, planes) in plan.tracks.iter().zip(tracks) {
        for (channel, sum) in sums.iter_mut().enumerate() {
            let own = &planes[channel.min(planes.len() - 1)];
            for (frame, sample) in own.iter().enumerate() {
                sum[placement.start as usize + frame] += sample;
            }
        }
    }
    sums
}

/// Reads a stream whole, in blocks of a length that `next` says.
fn read_whole(sequence: &mut Sequence<'_>, mut next: impl FnMut() -> usize) -> Vec<Vec<f32>> {
    let channels = sequence.format().channels;
    let mut whole = vec![Vec::new(); channels];
    loop {
        let length = next();
        // What was in a block before must not matter.
        let mut block = vec![vec![9.0; length]; channels];
        let mut planes: Vec<&mut [f32]> = block.iter_mut().map(Vec::as_mut_slice).collect();
        let read = sequence.read(&mut planes).unwrap();
        for (plane, own) in whole.iter_mut().zip(&block) {
            plane.extend_from_slice(&own[..read]);
        }
        if read < length {
            return whole;
        }
    }
}

#[test]
fn the_stream_is_the_sum_of_its_tracks_however_it_is_read() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let layout = random.one_of(&[Layout::Files, Layout::Image]);
        let channels = 1 + random.below(2) as usize;
        let parts = random.album(6000);
        let plan = Plan::new(layout, 22_050, &parts).unwrap();
        let tracks: Vec<Vec<Vec<f32>>> = parts
            .iter()
            .map(|part| {
                let own = 1 + random.below(channels as u64) as usize;
                noise(&mut random, own, part.frames)
            })
            .collect();
        let expected = summed(&plan, channels, &tracks);
        let fixed = random.one_of(&[1, 64, 511, 4096, 4097, 100_000, usize::MAX]).min(1 << 20);
        let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for block in [Some(fixed), None] {
            let openers = tracks.iter().map(|planes| opener(22_050, planes.clone(), &open, &most)).collect();
            let mut sequence = Sequence::new(&plan, channels, openers).unwrap();
            assert_eq!(sequence.format().frames, Some(plan.total_frames));
            let whole = read_whole(&mut sequence, || block.unwrap_or_else(|| 1 + random.below(9000) as usize));
            assert!(whole == expected, "seed {seed}: blocks of {block:?} differ from the sum");
            assert_eq!(open.load(Ordering::Relaxed), 0, "seed {seed}: a track was left open");
        }
        // A crossfade ends and the next begins within one piece: three at most, where two sound.
        assert!(most.load(Ordering::Relaxed) <= 3, "seed {seed}: {most:?} tracks were open at once");
    }
}

#[test]
fn what_was_rendered_otherwise_than_planned_is_refused() {
    let part = |frames| Part { frames, gap_before_frames: 0, crossfade_frames: 0 };
    let plan = Plan::new(Layout::Files, 48_000, &[part(10), part(20)]).unwrap();
    let counter = || Arc::new(AtomicUsize::new(0));
    let refused = |second: Opener<'static>, parts: &[&str]| {
        let first = opener(48_000, vec![vec![0.5; 10]; 2], &counter(), &counter());
        let mut sequence = Sequence::new(&plan, 2, vec![first, second]).unwrap();
        let mut block = [[0.0; 40], [0.0; 40]];
        let [left, right] = &mut block;
        let message = sequence.read(&mut [left, right]).unwrap_err().to_string();
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
    };
    let of = |rate, channels, frames| opener(rate, vec![vec![0.5; frames]; channels], &counter(), &counter());
    refused(of(48_000, 2, 19), &["track 2", "19 frames", "20 of 2"]);
    refused(of(44_100, 2, 20), &["track 2", "44100 Hz", "48000 Hz"]);
    refused(of(48_000, 3, 20), &["track 2", "3 channels"]);
    refused(Box::new(|| Err(Failure::new("it is gone"))), &["it is gone"]);
    let short = AudioFormat { sample_rate_hz: 48_000, channels: 1, frames: None, depth: SampleDepth::Lossy };
    let source = move || -> Result<Box<dyn AudioSource>, Failure> {
        let planes = Arc::new(vec![vec![0.5; 7]]);
        Ok(Box::new(InMemory { format: short, planes, position: 0, open: Arc::new(AtomicUsize::new(1)) }))
    };
    refused(Box::new(source), &["track 2", "ends early"]);
    assert!(Sequence::new(&plan, 2, Vec::new()).is_err());
}

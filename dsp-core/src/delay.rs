//! A delay of whole frames, bit-exact.

/// A delay line for several channels.
#[derive(Clone, Debug, Default)]
pub struct Delay {
    /// One ring a channel, each as long as the delay.
    rings: Vec<Vec<f32>>,
    /// Where the oldest sample stands in each ring.
    position: usize,
}

impl Delay {
    /// Allocates a delay of `frames` for `channels` and fills it with silence.
    pub fn prepare(&mut self, frames: usize, channels: usize) {
        self.rings = vec![vec![0.0; frames]; channels];
        self.position = 0;
    }

    /// Fills the delay with silence.
    pub fn reset(&mut self) {
        self.rings.iter_mut().for_each(|ring| ring.fill(0.0));
        self.position = 0;
    }

    /// Delays a block in place.
    pub fn process(&mut self, channels: &mut [&mut [f32]]) {
        let mut position = self.position;
        for (ring, channel) in self.rings.iter_mut().zip(channels) {
            position = exchange(ring, self.position, channel);
        }
        self.position = position;
    }
}

/// Exchanges a channel's block with the ring from `position` on; returns the position after it.
fn exchange(ring: &mut [f32], mut position: usize, mut channel: &mut [f32]) -> usize {
    if ring.is_empty() {
        return 0;
    }
    while !channel.is_empty() {
        let run = (ring.len() - position).min(channel.len());
        let (head, tail) = channel.split_at_mut(run);
        head.swap_with_slice(&mut ring[position..position + run]);
        channel = tail;
        position = if position + run == ring.len() { 0 } else { position + run };
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_size_gives_the_same_delay() {
        let input: Vec<f32> = (1..=500).map(|sample| sample as f32).collect();
        for frames in [0, 1, 7, 64, 300] {
            for block in [1, 3, 64, 499] {
                let mut delay = Delay::default();
                delay.prepare(frames, 2);
                let (mut left, mut right) = (input.clone(), input.clone());
                for (left, right) in left.chunks_mut(block).zip(right.chunks_mut(block)) {
                    delay.process(&mut [left, right]);
                }
                let expected: Vec<f32> =
                    std::iter::repeat_n(0.0, frames).chain(input.iter().copied()).take(500).collect();
                assert_eq!((&left, &right), (&expected, &expected), "{frames} frames in blocks of {block}");
            }
        }
    }
}

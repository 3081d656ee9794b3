//! Seek points in constant memory: where there are too many, every second one goes.

use flac_codec::metadata::SeekPoint;

/// How many points a table has room for: 2.3 kB, and in an hour at 44.1 kHz one every 48 s at most.
const MOST_POINTS: usize = 128;
/// Frames of FLAC from one point to the next, at first: 6 s at 44.1 kHz.
const FIRST_DISTANCE: u64 = 64;

/// Places to start from within a file.
pub struct SeekPoints {
    points: Vec<SeekPoint>,
    /// Frames of FLAC from one point to the next.
    distance: u64,
    /// Frames of FLAC so far.
    count: u64,
}

impl SeekPoints {
    /// None yet.
    pub fn new() -> Self {
        Self { points: Vec::with_capacity(MOST_POINTS), distance: FIRST_DISTANCE, count: 0 }
    }

    /// Takes note of a frame of FLAC: its first sample, its place after the head in bytes, its length in samples.
    pub fn add(&mut self, sample_offset: u64, byte_offset: u64, frame_samples: u16) {
        if self.count.is_multiple_of(self.distance) {
            if self.points.len() == MOST_POINTS {
                let mut place = 0;
                self.points.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.distance *= 2;
            }
            // The number of points is even, so that the one which follows the last lies on the doubled distance, too.
            self.points.push(SeekPoint::Defined { sample_offset, byte_offset, frame_samples });
        }
        self.count += 1;
    }

    /// The points, and placeholders up to the full number.
    pub fn table(&self) -> Vec<SeekPoint> {
        let mut table = self.points.clone();
        table.resize(MOST_POINTS, SeekPoint::Placeholder);
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_thin_out_evenly_and_never_outgrow_their_room() {
        let mut points = SeekPoints::new();
        for frame in 0..100_000u64 {
            points.add(frame * 4096, frame * 1000, 4096);
            let samples: Vec<u64> = points.table().iter().filter_map(SeekPoint::sample_offset).collect();
            if frame % 997 == 0 || frame == 99_999 {
                assert_eq!(points.table().len(), MOST_POINTS);
                assert_eq!(samples[0], 0);
                let gaps: Vec<u64> = samples.windows(2).map(|pair| pair[1] - pair[0]).collect();
                assert!(gaps.iter().all(|gap| *gap == points.distance * 4096), "{gaps:?}");
                // The last point is within one distance of the end.
                assert!(frame - samples[samples.len() - 1] / 4096 < points.distance);
            }
        }
        assert!(points.points.len() > MOST_POINTS / 2);
    }
}

//! Planar `f32` to stored samples. Integer full scale is 2^(n-1).

/// How a delivered file stores its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDepth {
    /// 16-bit integers.
    Integer16,
    /// 24-bit integers.
    Integer24,
    /// 32-bit IEEE floats.
    Float32,
}

impl FileDepth {
    /// Bytes of one sample.
    pub fn bytes(self) -> usize {
        match self {
            Self::Integer16 => 2,
            Self::Integer24 => 3,
            Self::Float32 => 4,
        }
    }

    /// Bits of an integer; `None` for float.
    pub fn integer_bits(self) -> Option<u32> {
        match self {
            Self::Integer16 => Some(16),
            Self::Integer24 => Some(24),
            Self::Float32 => None,
        }
    }

    /// As `--depth` writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Integer16 => "16",
            Self::Integer24 => "24",
            Self::Float32 => "32f",
        }
    }

    /// Stores frames, interleaved and little-endian, in `bytes`, which is emptied first. Samples on the grid of the integers
    /// are stored exactly, others as the nearest; what integers cannot hold becomes the largest they can.
    pub fn interleave(self, planes: &[&mut [f32]], bytes: &mut Vec<u8>) {
        bytes.clear();
        let frames = planes.first().map_or(0, |plane| plane.len());
        bytes.reserve(frames * planes.len() * self.bytes());
        for frame in 0..frames {
            for plane in planes {
                let sample = plane[frame];
                match self {
                    Self::Integer16 => {
                        bytes.extend_from_slice(&integer(sample, 32_768.0).to_le_bytes()[..2]);
                    }
                    Self::Integer24 => bytes.extend_from_slice(&integer(sample, 8_388_608.0).to_le_bytes()[..3]),
                    Self::Float32 => bytes.extend_from_slice(&sample.to_le_bytes()),
                }
            }
        }
    }
}

/// The nearest integer of a sample that a full scale allows.
fn integer(sample: f32, full_scale: f32) -> i32 {
    (sample * full_scale).round_ties_even().clamp(-full_scale, full_scale - 1.0) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scale_are_stored_and_not_wrapped() {
        let mut bytes = Vec::new();
        FileDepth::Integer16.interleave(&[&mut [1.5, -1.5, 0.0, -1.0]], &mut bytes);
        assert_eq!(bytes, [0xff, 0x7f, 0x00, 0x80, 0, 0, 0x00, 0x80]);
        FileDepth::Integer24.interleave(&[&mut [1.0, -1.0]], &mut bytes);
        assert_eq!(bytes, [0xff, 0xff, 0x7f, 0x00, 0x00, 0x80]);
    }

    #[test]
    fn float_is_stored_as_it_is() {
        let mut bytes = Vec::new();
        FileDepth::Float32.interleave(&[&mut [2.5, -0.0]], &mut bytes);
        assert_eq!(bytes, [2.5f32.to_le_bytes(), (-0.0f32).to_le_bytes()].concat());
    }
}

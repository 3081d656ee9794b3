//! Stored samples to planar `f32`: one tight loop a channel, compiled for each layout, so that reading costs next to
//! nothing beside the meter.

/// How one sample stands in the file, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleCoding {
    /// Signed integer, 2 bytes.
    Integer16,
    /// Signed integer, 3 bytes.
    Integer24,
    /// Signed integer, 4 bytes.
    Integer32,
    /// IEEE float, 4 bytes.
    Float32,
    /// IEEE float, 8 bytes.
    Float64,
}

impl SampleCoding {
    /// Bytes of one sample.
    pub fn bytes(self) -> usize {
        match self {
            Self::Integer16 => 2,
            Self::Integer24 => 3,
            Self::Integer32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }

    /// Converts interleaved frames into the first frames of `planes`.
    pub fn spread(self, bytes: &[u8], planes: &mut [&mut [f32]]) {
        const SCALE_16: f32 = 1.0 / 32_768.0;
        const SCALE_32: f32 = 1.0 / 2_147_483_648.0;
        match self {
            Self::Integer16 => spread_by::<2>(bytes, planes, |sample| f32::from(i16::from_le_bytes(sample)) * SCALE_16),
            // The three bytes become the upper ones of 32 bits: the sign comes along, and one scale serves both. Up to
            // 24 significant bits are exact in f32; of 32 the lowest are rounded.
            Self::Integer24 => spread_by::<3>(bytes, planes, |[low, middle, high]| {
                i32::from_le_bytes([0, low, middle, high]) as f32 * SCALE_32
            }),
            Self::Integer32 => spread_by::<4>(bytes, planes, |sample| i32::from_le_bytes(sample) as f32 * SCALE_32),
            Self::Float32 => spread_by::<4>(bytes, planes, f32::from_le_bytes),
            Self::Float64 => spread_by::<8>(bytes, planes, |sample| f64::from_le_bytes(sample) as f32),
        }
    }
}

/// Chooses the loop compiled for the number of channels.
fn spread_by<const BYTES: usize>(bytes: &[u8], planes: &mut [&mut [f32]], convert: impl Fn([u8; BYTES]) -> f32 + Copy) {
    match planes.len() {
        1 => spread_frames::<BYTES, 1>(bytes, planes, convert),
        2 => spread_frames::<BYTES, 2>(bytes, planes, convert),
        6 => spread_frames::<BYTES, 6>(bytes, planes, convert),
        _ => spread_frames::<BYTES, 12>(bytes, planes, convert),
    }
}

/// One pass a channel over the frames of a block, which is still in the first cache.
fn spread_frames<const BYTES: usize, const CHANNELS: usize>(
    bytes: &[u8],
    planes: &mut [&mut [f32]],
    convert: impl Fn([u8; BYTES]) -> f32 + Copy,
) {
    let (samples, _) = bytes.as_chunks::<BYTES>();
    let (frames, _) = samples.as_chunks::<CHANNELS>();
    for (channel, plane) in planes.iter_mut().enumerate().take(CHANNELS) {
        for (sample, frame) in plane.iter_mut().zip(frames) {
            *sample = convert(frame[channel]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The samples of one coding, by the definition.
    fn read_back(coding: SampleCoding, bytes: &[u8], channels: usize) -> Vec<Vec<f32>> {
        let frames = bytes.len() / coding.bytes() / channels;
        let mut planes = vec![vec![f32::NAN; frames]; channels];
        let mut slices: Vec<&mut [f32]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
        coding.spread(bytes, &mut slices);
        planes
    }

    #[test]
    fn full_scale_is_two_to_the_power_of_the_bits_less_one() {
        let (low, high) = (-1.0, 1.0);
        let sixteen = [0x00, 0x80, 0xff, 0x7f];
        assert_eq!(read_back(SampleCoding::Integer16, &sixteen, 1)[0], [low, high - 1.0 / 32_768.0]);
        let twenty_four = [0x00, 0x00, 0x80, 0xff, 0xff, 0x7f];
        assert_eq!(read_back(SampleCoding::Integer24, &twenty_four, 1)[0], [low, high - 1.0 / 8_388_608.0]);
        let thirty_two = [0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40];
        assert_eq!(read_back(SampleCoding::Integer32, &thirty_two, 1)[0], [low, 0.5]);
    }

    #[test]
    fn every_channel_count_takes_its_samples_in_order() {
        for channels in [1, 2, 6, 12] {
            let values: Vec<f64> = (0..5 * channels).map(|index| index as f64 / 64.0).collect();
            let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            for (channel, plane) in read_back(SampleCoding::Float64, &bytes, channels).iter().enumerate() {
                for (frame, sample) in plane.iter().enumerate() {
                    assert_eq!(f64::from(*sample), values[frame * channels + channel]);
                }
            }
        }
    }
}

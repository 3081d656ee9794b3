//! The chain's entrance: what is not sound is silenced here, once, so that no module behind it has to ask.

/// The loudest sample that is taken for sound: +120 dBFS.
pub const LOUDEST: f32 = 1e6;

/// Silences every sample that is not finite or louder than [`LOUDEST`], in place, and returns how many there were.
pub fn silence_invalid(channels: &mut [&mut [f32]]) -> u64 {
    channels.iter_mut().map(|channel| silence_invalid_channel(channel)).sum()
}

#[inline(never)]
fn silence_invalid_channel(channel: &mut [f32]) -> u64 {
    // One block's count fits 32 bits, which keep pace with the samples' lanes.
    let mut silenced = 0u32;
    for sample in channel {
        // Not a number compares false with everything.
        let sound = sample.abs() <= LOUDEST;
        silenced += u32::from(!sound);
        *sample = if sound { *sample } else { 0.0 };
    }
    u64::from(silenced)
}

/// The magnitude below which a sample is silence to filters that carry it on: -300 dBFS. What is so small would become
/// subnormal on its way, which costs time and depends on the processor's flags.
const SILENCE: f32 = 1e-15;

/// A sample as such a filter takes it.
#[inline(always)]
pub fn audible(sample: f32) -> f32 {
    if sample.abs() < SILENCE { 0.0 } else { sample }
}

/// Samples below this (-500 dBFS) are nothing: times the smallest share that glides they are not yet subnormal.
const LEAST_SAMPLE: f32 = 1e-25;

/// A sample, or silence where its product with a share could become subnormal, or it is itself what a sum has left.
#[inline(always)]
pub fn heard(sample: f32) -> f32 {
    if sample.abs() < LEAST_SAMPLE { 0.0 } else { sample }
}

/// A subnormal sample as zero, whatever the processor's flags say.
#[inline(always)]
pub fn flushed(sample: f32) -> f32 {
    let bits = sample.to_bits();
    f32::from_bits(if bits & 0x7f80_0000 == 0 { bits & 0x8000_0000 } else { bits })
}

/// Below this (-400 dBFS and less) a filter's state is nothing, long before it could become subnormal.
pub const LEAST_STATE: f64 = 1e-20;

/// Sets states to zero that are about to become subnormal, in place.
#[inline(always)]
pub fn flush_states(states: &mut [f64]) {
    for state in states {
        *state = if state.abs() < LEAST_STATE { 0.0 } else { *state };
    }
}

/// Makes subnormal samples zero, in place: nothing behind the chain shall slow down over what nobody hears.
pub fn flush_subnormal(channels: &mut [&mut [f32]]) {
    for channel in channels {
        for sample in channel.iter_mut() {
            *sample = if sample.abs() < f32::MIN_POSITIVE { 0.0 } else { *sample };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_sound_is_silenced_and_counted() {
        let mut left = [0.5, f32::NAN, -LOUDEST, LOUDEST.next_up(), f32::INFINITY, -0.25];
        let mut right = [f32::NEG_INFINITY, 1.0, 0.0, -0.0, f32::MIN_POSITIVE, 1e-40];
        assert_eq!(silence_invalid(&mut [&mut left, &mut right]), 4);
        assert_eq!(left, [0.5, 0.0, -LOUDEST, 0.0, 0.0, -0.25]);
        assert_eq!(right, [0.0, 1.0, 0.0, -0.0, f32::MIN_POSITIVE, 1e-40]);
        flush_subnormal(&mut [&mut right]);
        assert_eq!(right[5].to_bits(), 0);
        assert_eq!(right[4], f32::MIN_POSITIVE);
    }
}

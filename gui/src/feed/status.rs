//! The state of a plugin in its host, for the footer and the time axis.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// What a plugin tells its editor of itself and its host. Every value stands alone; any thread writes, any thread reads,
/// none waits.
#[derive(Debug, Default)]
pub struct Status {
    /// The bits of an `f32`.
    sample_rate: AtomicU32,
    latency_frames: AtomicUsize,
    channels: AtomicUsize,
    /// The bits of an `f32`.
    cpu_share: AtomicU32,
    playing: AtomicBool,
}

impl Status {
    /// Notes what the plugin was activated for: sample rate in Hz, latency in frames, the number of channels.
    pub fn set_format(&self, sample_rate: f32, latency_frames: usize, channels: usize) {
        self.sample_rate.store(sample_rate.to_bits(), Ordering::Relaxed);
        self.channels.store(channels, Ordering::Relaxed);
        self.set_latency_frames(latency_frames);
    }

    /// Notes the latency, frames.
    pub fn set_latency_frames(&self, latency_frames: usize) {
        self.latency_frames.store(latency_frames, Ordering::Relaxed);
    }

    /// Notes the time that a block took, as a share of the time that it lasts.
    pub fn set_cpu_share(&self, share: f32) {
        self.cpu_share.store(share.to_bits(), Ordering::Relaxed);
    }

    /// Notes whether the host's transport runs.
    pub fn set_playing(&self, playing: bool) {
        self.playing.store(playing, Ordering::Relaxed);
    }

    /// Sample rate, Hz; 0 before the plugin was activated.
    pub fn sample_rate(&self) -> f32 {
        f32::from_bits(self.sample_rate.load(Ordering::Relaxed))
    }

    /// Latency, frames.
    pub fn latency_frames(&self) -> usize {
        self.latency_frames.load(Ordering::Relaxed)
    }

    /// Latency, ms; 0 before the plugin was activated.
    pub fn latency_ms(&self) -> f32 {
        let sample_rate = self.sample_rate();
        if sample_rate > 0.0 { self.latency_frames() as f32 / sample_rate * 1e3 } else { 0.0 }
    }

    /// The number of channels; 0 before the plugin was activated.
    pub fn channels(&self) -> usize {
        self.channels.load(Ordering::Relaxed)
    }

    /// The time that blocks take, as a share of the time that they last.
    pub fn cpu_share(&self) -> f32 {
        f32::from_bits(self.cpu_share.load(Ordering::Relaxed))
    }

    /// Whether the host's transport runs.
    pub fn is_playing(&self) -> bool {
        self.playing.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latency_in_ms_follows_the_rate() {
        let status = Status::default();
        assert_eq!((status.latency_ms(), status.channels()), (0.0, 0));
        status.set_format(48_000.0, 576, 2);
        assert_eq!((status.latency_ms(), status.channels(), status.sample_rate()), (12.0, 2, 48_000.0));
        status.set_latency_frames(192);
        assert_eq!(status.latency_ms(), 4.0);
    }
}

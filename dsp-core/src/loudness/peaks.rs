//! Sample peaks and true peaks of each channel: the highest ever, of tenths of a second, and of the last 3 s.

use super::kernels::Hop;
use super::programme::Programme;
use crate::dispatch::Instructions;
use crate::processor::MAX_CHANNELS;
use crate::true_peak::{HOP_FRAMES, LAG_FRAMES, TruePeak};

/// Tenths of a second in the window of the short-term true peak: 3 s, as in short-term loudness.
const SHORT_TERM_TENTHS: usize = 30;

/// Hops of silence that run the interpolator out: its lag and its ringing.
const TAIL_HOPS: usize = (LAG_FRAMES + HOP_FRAMES).div_ceil(HOP_FRAMES);

/// Share of a tenth after which its own peak is the latest: below it the tenth before counts too.
const OWN_SHARE: f64 = 0.9;

/// The peaks of one stream. A tenth of a second here is made of whole hops: one belongs to the tenth in which it begins,
/// and its true peak is known [`LAG_FRAMES`] later.
pub(super) struct Peaks {
    /// The interpolator of each channel.
    detectors: Vec<TruePeak>,
    /// True peak of each channel in the tenth being gathered, linear.
    open: [f32; MAX_CHANNELS],
    /// Hops gathered of that tenth, all channels together.
    open_hops: usize,
    /// True peak of each channel in the last tenth closed.
    last: [f32; MAX_CHANNELS],
    /// True peak of the loudest channel in each of the last tenths.
    recent: [f32; SHORT_TERM_TENTHS],
    /// Place of the oldest of them.
    oldest: usize,
    /// Hops of [`OWN_SHARE`] of a tenth, all channels together.
    own_hops: usize,
}

impl Peaks {
    pub fn new(channels: usize, sample_rate: f64, instructions: Instructions) -> Self {
        let hops_a_tenth = sample_rate / 10.0 / HOP_FRAMES as f64;
        Self {
            detectors: (0..channels).map(|_| TruePeak::new(instructions)).collect(),
            open: [0.0; MAX_CHANNELS],
            open_hops: 0,
            last: [0.0; MAX_CHANNELS],
            recent: [0.0; SHORT_TERM_TENTHS],
            oldest: 0,
            own_hops: (OWN_SHARE * hops_a_tenth) as usize * channels,
        }
    }

    /// Forgets the stream.
    pub fn clear(&mut self) {
        self.detectors.iter_mut().for_each(TruePeak::reset);
        self.open = [0.0; MAX_CHANNELS];
        self.open_hops = 0;
        self.last = [0.0; MAX_CHANNELS];
        self.recent = [0.0; SHORT_TERM_TENTHS];
        self.oldest = 0;
    }

    /// Gathers one hop of one channel. Only what may be higher than the tenth's peak so far is interpolated, which
    /// changes no reading.
    pub fn gather(&mut self, channel: usize, hop: &Hop, programme: &mut Programme) {
        let detector = &mut self.detectors[channel];
        detector.push(hop);
        let sample_peak = detector.sample_peak();
        let floor = self.open[channel].max(sample_peak);
        let peak = detector.highest_above(floor);
        self.open[channel] = peak;
        self.open_hops += 1;
        programme.sample_peak[channel] = programme.sample_peak[channel].max(sample_peak);
        programme.true_peak[channel] = programme.true_peak[channel].max(peak);
    }

    /// Runs the interpolators out with silence.
    pub fn end(&mut self, programme: &mut Programme) {
        for channel in 0..self.detectors.len() {
            for _ in 0..TAIL_HOPS {
                self.gather(channel, &[0.0; HOP_FRAMES], programme);
            }
        }
    }

    /// A tenth of a second ends. Returns its true peak, that of the loudest channel, linear.
    pub fn close_tenth(&mut self) -> f32 {
        let highest = loudest(&self.open);
        self.recent[self.oldest] = highest;
        self.oldest = (self.oldest + 1) % SHORT_TERM_TENTHS;
        self.last = self.open;
        self.open = [0.0; MAX_CHANNELS];
        self.open_hops = 0;
        highest
    }

    /// True peak of the loudest channel over the last 3 s, linear.
    pub fn short_term(&self) -> f64 {
        f64::from(loudest(&self.recent).max(loudest(&self.open)))
    }

    /// True peak of a channel over the last tenth of a second, linear.
    pub fn latest(&self, channel: usize) -> f64 {
        let open = self.open[channel];
        f64::from(if self.open_hops >= self.own_hops { open } else { open.max(self.last[channel]) })
    }
}

fn loudest(peaks: &[f32]) -> f32 {
    peaks.iter().copied().fold(0.0, f32::max)
}

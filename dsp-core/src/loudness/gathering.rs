//! One stream, hop by hop, into windows, peaks and programme.
//!
//! frames -> hops of 64 -> K-weighting -> energy of slots -> windows -> programme
//!                      -> true peak, sample peak -> tenths of a second -> programme
//!                      -> sums, correlation -> programme
//!
//! Hops lie on a fixed grid of the stream, so that no reading depends on how it was cut into blocks.

use super::correlation::Moments;
use super::histogram::ABSOLUTE_GATE_LUFS;
use super::k_weighting::{BlockForm, KWeighting, STATES};
use super::kernels::{Collect, Correlate, Energy, Hop, Sum, Weigh, WeightedHop};
use super::log::{LogRow, LogWriter};
use super::peaks::Peaks;
use super::programme::{Programme, psr_lu};
use super::windows::{Closed, Windows};
use super::{LOUDNESS_OFFSET_LU, Readings, channel_weights, loudness_from_power};
use crate::dispatch::Instructions;
use crate::entrance::flush_states;
use crate::processor::{GRID_FRAMES, Spec};
use crate::units::{db_from_gain, power_from_db};

/// The peak to short-term ratio counts where short-term loudness is above this, the lowest correlation where momentary
/// loudness is, LUFS.
const PSR_ABOVE_LUFS: f64 = -40.0;

/// One channel's hop on its way through the K-weighting.
struct Channel {
    /// Factor of its energy in loudness; 0 for the low-frequency effects.
    weight: f64,
    hop: Hop,
    state: [f64; STATES],
    weighted: WeightedHop,
    /// Sum of the squares of the whole weighted hop.
    energy: f64,
}

/// All that is gathered of one stream.
pub(super) struct Gathering {
    instructions: Instructions,
    form: BlockForm,
    channels: Vec<Channel>,
    /// Frames of the hop that have come.
    filled: usize,
    /// Whether the stream has ended: nothing more counts.
    ended: bool,
    /// Slots closed since the readings were last published.
    slots_since_publishing: u32,
    windows: Windows,
    peaks: Peaks,
    programme: Programme,
    /// Highest mean square of a momentary window in the tenth of a second that is being gathered.
    tenth_momentary: f64,
    /// Mean square above which the peak to short-term ratio counts.
    psr_above: f64,
}

impl Gathering {
    pub fn new(spec: &Spec, instructions: Instructions) -> Self {
        let weights = channel_weights(spec.channels);
        let channel = |index| Channel {
            weight: weights[index],
            hop: [0.0; GRID_FRAMES],
            state: [0.0; STATES],
            weighted: [0.0; GRID_FRAMES],
            energy: 0.0,
        };
        Self {
            instructions,
            form: BlockForm::of(&KWeighting::at(spec.sample_rate)),
            channels: (0..spec.channels).map(channel).collect(),
            filled: 0,
            ended: false,
            slots_since_publishing: 0,
            windows: Windows::new(spec.sample_rate),
            peaks: Peaks::new(spec.channels, spec.sample_rate, instructions),
            programme: Programme::new(spec.channels),
            tenth_momentary: 0.0,
            psr_above: power_from_db(PSR_ABOVE_LUFS - LOUDNESS_OFFSET_LU),
        }
    }

    /// Forgets the stream. Neither allocates nor frees.
    pub fn clear(&mut self) {
        for channel in &mut self.channels {
            channel.state = [0.0; STATES];
        }
        self.filled = 0;
        self.ended = false;
        self.windows.clear();
        self.peaks.clear();
        self.programme.clear();
        self.tenth_momentary = 0.0;
    }

    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// Slots closed since this was last asked.
    pub fn slots_since_publishing(&self) -> u32 {
        self.slots_since_publishing
    }

    /// To be called when readings were published.
    pub fn note_published(&mut self) {
        self.slots_since_publishing = 0;
    }

    /// Takes the next frames of the stream; `log` is told every tenth of a second.
    pub fn collect(&mut self, channels: &[&mut [f32]], mut log: Option<&mut LogWriter>) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        if self.ended {
            return;
        }
        let mut taken = 0;
        while taken < frames {
            let step = (GRID_FRAMES - self.filled).min(frames - taken);
            for (channel, samples) in self.channels.iter_mut().zip(channels) {
                let hop = &mut channel.hop[self.filled..self.filled + step];
                self.instructions.run(Collect { samples: &samples[taken..taken + step], hop });
            }
            taken += step;
            self.filled += step;
            if self.filled == GRID_FRAMES {
                self.gather(GRID_FRAMES, log.as_deref_mut());
                self.filled = 0;
            }
        }
    }

    /// The stream ends: gathers the last, unfinished hop and what rings out of the true peak's interpolator.
    pub fn end(&mut self, log: Option<&mut LogWriter>) {
        if self.ended {
            return;
        }
        self.ended = true;
        if self.filled > 0 {
            for channel in &mut self.channels {
                channel.hop[self.filled..].fill(0.0);
            }
            self.gather(self.filled, log);
            self.filled = 0;
        }
        self.peaks.end(&mut self.programme);
    }

    /// Gathers the hop, of which `frames` belong to the stream and the rest is zero.
    fn gather(&mut self, frames: usize, mut log: Option<&mut LogWriter>) {
        for (index, channel) in self.channels.iter_mut().enumerate() {
            self.peaks.gather(index, &channel.hop, &mut self.programme);
            self.programme.frames[index] += frames as u64;
            self.programme.sums[index] += if channel.weight > 0.0 {
                let Channel { hop, state, weighted, .. } = channel;
                let weighed = self.instructions.run(Weigh { form: &self.form, state, hop, weighted });
                flush_states(state);
                channel.energy = weighed.energy;
                weighed.sum
            } else {
                self.instructions.run(Sum(&channel.hop))
            };
        }
        let mut from = 0;
        while from < frames {
            let step = self.windows.frames_to_edge().min(frames - from);
            self.gather_stretch(from, from + step);
            if let Some(closed) = self.windows.advance(step) {
                self.note_slot(&closed, log.as_deref_mut());
            }
            from += step;
        }
    }

    /// Adds a stretch of the hop to the open slot.
    fn gather_stretch(&mut self, from: usize, to: usize) {
        let is_whole = to - from == GRID_FRAMES;
        let mut energy = 0.0;
        for channel in self.channels.iter().filter(|channel| channel.weight > 0.0) {
            let weighted = &channel.weighted[from..to];
            energy += channel.weight * if is_whole { channel.energy } else { self.instructions.run(Energy(weighted)) };
        }
        let moments = match &self.channels[..] {
            [left, right, ..] => {
                self.instructions.run(Correlate { left: &left.hop[from..to], right: &right.hop[from..to] })
            }
            _ => Moments::default(),
        };
        let slot = self.windows.open_slot();
        slot.energy += energy;
        slot.moments.add(&moments);
        self.programme.moments.add(&moments);
    }

    /// What a closed slot tells the programme.
    fn note_slot(&mut self, closed: &Closed, log: Option<&mut LogWriter>) {
        self.slots_since_publishing += 1;
        let programme = &mut self.programme;
        programme.momentary_max = programme.momentary_max.max(closed.momentary);
        programme.short_term_max = programme.short_term_max.max(closed.short_term);
        self.tenth_momentary = self.tenth_momentary.max(closed.momentary);
        if !closed.ends_tenth {
            return;
        }
        programme.tenths += 1;
        if closed.momentary_full {
            programme.gating.add(closed.momentary);
        }
        if closed.short_term_full {
            programme.short_term.add(closed.short_term);
        }
        let true_peak = self.peaks.close_tenth();
        let momentary = std::mem::take(&mut self.tenth_momentary);
        if let Some(log) = log {
            let row = LogRow {
                momentary_lufs: loudness_from_power(momentary) as f32,
                short_term_lufs: loudness_from_power(closed.short_term) as f32,
                integrated_lufs: programme.integrated_lufs() as f32,
                true_peak_dbtp: db_from_gain(f64::from(true_peak)) as f32,
            };
            log.add(row, closed.short_term_full && row.short_term_lufs > ABSOLUTE_GATE_LUFS as f32);
        }
        if closed.momentary > self.psr_above
            && let Some(correlation) = self.windows.moments().correlation()
        {
            programme.note_correlation(correlation);
        }
        if closed.short_term > self.psr_above {
            programme.note_peak_ratio(self.peaks.short_term().powi(2) / closed.short_term);
        }
    }

    /// Everything that is known now. What has come of an unfinished hop is in `frames` only.
    pub fn readings(&self) -> Readings {
        let mut readings = self.programme.readings();
        readings.frames += self.filled as u64;
        readings.momentary_lufs = loudness_from_power(self.windows.momentary());
        readings.short_term_lufs = loudness_from_power(self.windows.short_term());
        readings.correlation_now = self.windows.moments().correlation();
        for (channel, peak_dbtp) in readings.true_peak_now_dbtp.iter_mut().take(self.channels.len()).enumerate() {
            *peak_dbtp = db_from_gain(self.peaks.latest(channel));
        }
        let short_term_peak = self.peaks.short_term();
        readings.true_peak_short_term_dbtp = db_from_gain(short_term_peak);
        if short_term_peak > 0.0 && self.windows.short_term() > 0.0 {
            readings.psr_lu = Some(psr_lu(short_term_peak.powi(2) / self.windows.short_term()));
        }
        readings
    }
}

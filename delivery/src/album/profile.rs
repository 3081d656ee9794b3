//! What can be said of a track's sound: loudness, spectrum, width and dynamics, gathered in one pass and constant memory.

mod edges;
mod spectrum;
mod third_octaves;
mod transform;

pub use spectrum::{REGIONS, Region, Spectrum};
pub use third_octaves::{BANDS, NOMINAL_HZ, edges_hz, middle_hz};

use runout_dsp_core::loudness::{Meter, Programme, Readings};
use runout_dsp_core::offline::BLOCK_FRAMES;
use runout_dsp_core::planar::with_frames;
use runout_dsp_core::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use runout_dsp_core::units::db_from_power;

use edges::Edges;
use transform::Transform;

/// Tenths of a second in a second: how often the meter is asked for the loudness of the moment.
const TENTHS: u64 = 10;

/// What was gathered of a track, or of several as one.
#[derive(Clone)]
pub struct Profile {
    /// The meter's readings.
    pub readings: Readings,
    /// What they follow from, so that several tracks can be read as one.
    pub programme: Programme,
    /// Length, s.
    pub duration_s: f64,
    /// The spectrum, and with it the width.
    pub spectrum: Spectrum,
    /// The loudest short-term loudness of the first 10 s of sound, LUFS; `None` for silence.
    pub beginning_lufs: Option<f64>,
    /// The same of the last 10 s of sound.
    pub ending_lufs: Option<f64>,
}

impl Profile {
    /// Several tracks as one programme, in power; `None` of none.
    pub fn merged<'a>(profiles: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut profiles = profiles.into_iter();
        let mut album = profiles.next()?.clone();
        for profile in profiles {
            album.programme.merge(&profile.programme);
            album.spectrum.merge(&profile.spectrum);
            album.duration_s += profile.duration_s;
            album.ending_lufs = profile.ending_lufs;
        }
        album.readings = album.programme.readings();
        Some(album)
    }

    /// Loudness range, LU; `None` where nothing passed its gates.
    pub fn loudness_range_lu(&self) -> Option<f64> {
        let range = &self.readings.loudness_range;
        range.low_lufs.is_finite().then_some(range.range_lu)
    }

    /// Crest factor, dB: the highest sample over the root mean square of all that is not silent. A sine has 3.01.
    pub fn crest_db(&self) -> Option<f64> {
        let crest_db = self.readings.sample_peak_max_dbfs() - db_from_power(self.spectrum.mean_square());
        crest_db.is_finite().then_some(crest_db)
    }
}

/// Gathers the profile of a stream. Takes one or two channels at 22.05 to 384 kHz.
pub struct Profiler {
    meter: Meter,
    transform: Transform,
    spectrum: Spectrum,
    edges: Edges,
    sample_rate: f64,
    /// Frames that have come.
    frames: u64,
    /// Tenths of a second that have passed.
    tenths: u64,
}

impl Profiler {
    /// A profiler of a stream of so many channels at a sample rate in Hz. Allocates all that it will ever need, some 2 MB.
    ///
    /// # Errors
    /// The rate or the number of channels is not possible.
    pub fn new(sample_rate: f64, channels: usize) -> Result<Self, SpecError> {
        let spec = Spec { sample_rate, max_block: BLOCK_FRAMES, channels };
        spec.check(MASTERING_RATES_HZ, &[1, 2])?;
        let mut meter = Meter::new();
        meter.prepare(&spec)?;
        Ok(Self {
            meter,
            transform: Transform::new(sample_rate),
            spectrum: Spectrum::new(sample_rate),
            edges: Edges::default(),
            sample_rate,
            frames: 0,
            tenths: 0,
        })
    }

    /// Takes the next frames, a slice a channel, which stay as they are. What comes of them does not depend on how the
    /// stream is cut into blocks.
    pub fn process(&mut self, block: &mut [&mut [f32]]) {
        let length = block.first().map_or(0, |channel| channel.len());
        let mut done = 0;
        while done < length {
            // To the nearest frame, so that rates which ten does not divide do not drift.
            let next = (((self.tenths + 1) as f64 * self.sample_rate) / TENTHS as f64).round() as u64;
            let count = next.saturating_sub(self.frames).min((length - done) as u64) as usize;
            with_frames(block, done..done + count, |part| self.meter.process(part));
            done += count;
            self.frames += count as u64;
            if self.frames >= next {
                self.tenths += 1;
                let readings = self.meter.readings();
                self.edges.note(readings.momentary_lufs, readings.short_term_lufs);
            }
        }
        let bin_hz = self.transform.bin_hz(self.sample_rate);
        let (spectrum, sample_rate) = (&mut self.spectrum, self.sample_rate);
        self.transform.push(block, |powers| spectrum.add(powers, bin_hz, sample_rate));
    }

    /// The stream has ended.
    pub fn finish(mut self) -> Profile {
        self.meter.finish();
        let bin_hz = self.transform.bin_hz(self.sample_rate);
        let (spectrum, sample_rate) = (&mut self.spectrum, self.sample_rate);
        self.transform.end(|powers| spectrum.add(powers, bin_hz, sample_rate));
        let [beginning_lufs, ending_lufs] = self.edges.loudness_lufs();
        Profile {
            readings: self.meter.readings(),
            programme: self.meter.programme().clone(),
            duration_s: self.frames as f64 / self.sample_rate,
            spectrum: self.spectrum,
            beginning_lufs,
            ending_lufs,
        }
    }
}

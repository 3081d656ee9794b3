//! From which frequency on the kernel answers to its bands: computed when they have come to rest, for it takes
//! milliseconds.

use egui::Context;
use runout_dsp_core::equalizer::kernel::{KernelAccuracy, accuracy};
use runout_dsp_core::settings::{EQUALIZER_BANDS, EqualizerBand, EqualizerParams, EqualizerPhase, Resolution};

use crate::setting;

/// How long the bands have to stand still, s.
const REST_S: f64 = 0.2;

/// What the accuracy depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    bands: [EqualizerBand; EQUALIZER_BANDS],
    resolution: Resolution,
    sample_rate: f32,
}

/// The accuracy of the bands that last stood still. Thread: the editor's.
#[derive(Debug, Default)]
pub struct Accuracy {
    /// What is asked for, and since when.
    asked: Option<(Asked, f64)>,
    known: Option<(Asked, KernelAccuracy)>,
}

impl Accuracy {
    /// Takes the equalizer as it is set; computes if it has come to rest. Of a whole drag that is once. `now_s` is egui's
    /// clock.
    pub fn take(&mut self, context: &Context, equalizer: &EqualizerParams, sample_rate: f32, now_s: f64) {
        if equalizer.phase != EqualizerPhase::Linear || sample_rate <= 0.0 {
            *self = Self::default();
            return;
        }
        let asked = Asked { bands: equalizer.bands, resolution: equalizer.resolution, sample_rate };
        let is_known = self.known.is_some_and(|(known, _)| known == asked);
        let since_s = match self.asked {
            Some((before, since_s)) if before == asked => since_s,
            _ => now_s,
        };
        self.asked = Some((asked, since_s));
        if is_known {
            return;
        }
        let rest_s = since_s + REST_S - now_s;
        // The first time there is nothing to see until then.
        if rest_s > 0.0 && self.known.is_some() {
            context.request_repaint_after(std::time::Duration::from_secs_f64(rest_s));
        } else {
            self.known = Some((asked, accuracy(equalizer, f64::from(sample_rate))));
        }
    }

    /// What is known, and whether it is of the equalizer as it is set.
    fn known(&self) -> Option<(KernelAccuracy, bool)> {
        let (known, accuracy) = self.known?;
        Some((accuracy, self.asked.is_some_and(|(asked, _)| asked == known)))
    }

    /// In words: `accurate from 24 Hz`; and whether they are of the equalizer as it is set. Without latency there is no
    /// kernel.
    pub fn words(&self, phase: EqualizerPhase) -> Option<(String, bool)> {
        if phase == EqualizerPhase::Minimum {
            return Some(("no latency".to_owned(), true));
        }
        let (accuracy, is_current) = self.known()?;
        let frequency = setting::find("equalizer.band.1.frequency_hz")?;
        let words = if accuracy.accurate_from_hz <= 0.0 {
            "accurate everywhere".to_owned()
        } else {
            let lowest_hz = frequency.kind.range().0;
            let from_hz = (accuracy.accurate_from_hz as f32).round().max(lowest_hz);
            format!("accurate from {}", setting::shown(frequency, from_hz))
        };
        Some((words, is_current))
    }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::settings::{BandShape, CutSlope};

    use super::*;

    fn with_cut(frequency_hz: f32) -> EqualizerParams {
        let mut equalizer = EqualizerParams::default();
        let (shape, slope_db_per_oct) = (BandShape::LowCut, CutSlope::NinetySix);
        let band = EqualizerBand { enabled: true, shape, frequency_hz, slope_db_per_oct, ..EqualizerBand::default() };
        equalizer.bands[0] = band;
        equalizer
    }

    #[test]
    fn it_is_computed_when_the_bands_have_come_to_rest() {
        let (context, mut accuracy) = (Context::default(), Accuracy::default());
        let mut words = |equalizer: &EqualizerParams, now_s| {
            accuracy.take(&context, equalizer, 48_000.0, now_s);
            accuracy.words(equalizer.phase)
        };
        let first = words(&with_cut(30.0), 0.0).unwrap();
        assert!(first.0.starts_with("accurate from ") && first.1, "{first:?}");
        // A drag: the words stay, and are told to be of before.
        for step in 1..=10u8 {
            let dragged = words(&with_cut(30.0 + f32::from(step)), f64::from(step) * 0.1);
            assert_eq!(dragged, Some((first.0.clone(), false)));
        }
        assert!(words(&with_cut(40.0), 1.21).is_some_and(|(_, is_current)| is_current));
    }

    #[test]
    fn without_bands_it_is_accurate_and_without_latency_there_is_none() {
        let (context, mut accuracy) = (Context::default(), Accuracy::default());
        let flat = EqualizerParams::default();
        accuracy.take(&context, &flat, 48_000.0, 0.0);
        assert_eq!(accuracy.words(flat.phase), Some(("accurate everywhere".to_owned(), true)));
        assert_eq!(accuracy.words(EqualizerPhase::Minimum), Some(("no latency".to_owned(), true)));
    }
}

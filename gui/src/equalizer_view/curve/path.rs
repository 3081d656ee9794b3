//! The ways through the equalizer: where bands act on parts of the signal, what each part goes through is another sum.

use runout_dsp_core::equalizer::kernel::acting_on;
use runout_dsp_core::settings::{BandChannel, EqualizerBand};

use crate::palette::{Color, Palette};

/// A part of the signal on its way through the bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// All of it, where every band acts on all.
    Whole,
    /// Its middle.
    Mid,
    /// Its sides.
    Side,
    /// Its left channel.
    Left,
    /// Its right channel.
    Right,
}

impl Path {
    /// The paths that differ: middle and sides where a band acts on one of them, left and right likewise. Where both
    /// happens, no part keeps to itself; then each path is what acts on it alone and on all.
    pub fn in_use(bands: &[EqualizerBand], channels: usize) -> Vec<Self> {
        let acts = |on: [BandChannel; 2]| {
            let mut channels =
                bands.iter().filter(|band| band.enabled).filter_map(|band| acting_on(band.channel, channels));
            channels.any(|channel| on.contains(&channel))
        };
        let mut paths = Vec::new();
        if acts([BandChannel::Mid, BandChannel::Side]) {
            paths.extend([Self::Mid, Self::Side]);
        }
        if acts([BandChannel::Left, BandChannel::Right]) {
            paths.extend([Self::Left, Self::Right]);
        }
        if paths.is_empty() { vec![Self::Whole] } else { paths }
    }

    /// Whether a band acts on it, in a signal of this many channels.
    pub fn takes(self, band: &EqualizerBand, channels: usize) -> bool {
        let own = match self {
            Self::Whole => None,
            Self::Mid => Some(BandChannel::Mid),
            Self::Side => Some(BandChannel::Side),
            Self::Left => Some(BandChannel::Left),
            Self::Right => Some(BandChannel::Right),
        };
        band.enabled && acting_on(band.channel, channels).is_some_and(|on| on == BandChannel::Stereo || Some(on) == own)
    }

    /// Its letter and color, where there is more than one.
    pub fn mark(self, palette: &Palette) -> Option<(&'static str, Color)> {
        match self {
            Self::Whole => None,
            Self::Mid => Some(("M", palette.mid)),
            Self::Side => Some(("S", palette.side)),
            Self::Left => Some(("L", palette.left)),
            Self::Right => Some(("R", palette.right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(channel: BandChannel) -> EqualizerBand {
        EqualizerBand { enabled: true, channel, ..EqualizerBand::default() }
    }

    #[test]
    fn parts_that_bands_treat_alike_are_one_path() {
        let [stereo, mid, right] = [BandChannel::Stereo, BandChannel::Mid, BandChannel::Right].map(on);
        assert_eq!(Path::in_use(&[stereo], 2), [Path::Whole]);
        assert_eq!(Path::in_use(&[stereo, mid], 2), [Path::Mid, Path::Side]);
        assert_eq!(Path::in_use(&[right], 2), [Path::Left, Path::Right]);
        assert_eq!(Path::in_use(&[mid, right], 2).len(), 4);
        assert_eq!(Path::in_use(&[EqualizerBand { enabled: false, ..mid }], 2), [Path::Whole]);
        assert!(Path::Side.takes(&stereo, 2) && Path::Mid.takes(&mid, 2) && !Path::Side.takes(&mid, 2));
    }

    #[test]
    fn mono_has_one_path_without_side_and_right() {
        let bands = BandChannel::ALL.iter().map(|channel| on(*channel)).collect::<Vec<_>>();
        assert_eq!(Path::in_use(&bands, 1), [Path::Whole]);
        let taken: Vec<bool> = bands.iter().map(|band| Path::Whole.takes(band, 1)).collect();
        assert_eq!(taken, [true, true, false, true, false]);
    }
}

//! The axis that loudness is drawn on: it follows the target and gives way to what the programme holds.

/// Ranges end on multiples of this, LU.
const STEP_LU: f32 = 6.0;

/// How far above the target the axis reaches, LU.
const ABOVE_TARGET_LU: f32 = 8.0;

/// How far below the target the axis reaches, LU.
const BELOW_TARGET_LU: f32 = 16.0;

/// How far below the quiet parts of the programme the axis reaches, LU.
const BELOW_QUIET_LU: f32 = 3.0;

/// Where there is no target, the axis stands as for the most common one, LUFS.
const NO_TARGET_LUFS: f32 = -14.0;

/// The axis never reaches below this, LUFS, nor above its negative: what lies beyond is silence or not music.
const LOWEST_LUFS: f32 = -66.0;

/// What of a programme must be seen, LUFS; negative infinity where nothing is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoudnessContent {
    /// The loudest moment.
    pub highest_lufs: f32,
    /// The quiet parts: the lower bound of the loudness range.
    pub quiet_lufs: f32,
}

/// A range of loudness from top to bottom, both multiples of 6 LUFS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoudnessAxis {
    /// The upper end, LUFS.
    pub top_lufs: f32,
    /// The lower end, LUFS.
    pub bottom_lufs: f32,
}

impl LoudnessAxis {
    /// The axis for a target in LUFS, -6 to -30 for -14, wide enough for what the programme holds.
    pub fn new(target_lufs: Option<f32>, content: LoudnessContent) -> Self {
        let target_lufs = target_lufs.unwrap_or(NO_TARGET_LUFS);
        let top_lufs = (target_lufs + ABOVE_TARGET_LU).max(content.highest_lufs);
        let mut bottom_lufs = target_lufs - BELOW_TARGET_LU;
        if content.quiet_lufs.is_finite() {
            bottom_lufs = bottom_lufs.min(content.quiet_lufs - BELOW_QUIET_LU);
        }
        Self {
            top_lufs: ((top_lufs / STEP_LU).ceil() * STEP_LU).min(-LOWEST_LUFS),
            bottom_lufs: ((bottom_lufs / STEP_LU).floor() * STEP_LU).max(LOWEST_LUFS),
        }
    }

    /// Where a loudness lies: 0 at the top, 1 at the bottom; what lies outside is drawn at the edge.
    pub fn share_of(self, loudness_lufs: f32) -> f32 {
        // The order of the bounds sends negative infinity to the bottom.
        ((self.top_lufs - loudness_lufs) / (self.top_lufs - self.bottom_lufs)).clamp(0.0, 1.0)
    }

    /// The loudness of each tick, from the top down: every 6 LU, or every 12 where they would stand closer than
    /// `least_pt` on `height_pt`.
    pub fn ticks_lufs(self, height_pt: f32, least_pt: f32) -> impl Iterator<Item = f32> {
        let steps = ((self.top_lufs - self.bottom_lufs) / STEP_LU).round() as usize;
        let every = (1..=4usize).find(|every| height_pt * *every as f32 / steps as f32 >= least_pt).unwrap_or(4);
        (0..=steps).step_by(every).map(move |step| self.top_lufs - STEP_LU * step as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: LoudnessContent = LoudnessContent { highest_lufs: f32::NEG_INFINITY, quiet_lufs: f32::NEG_INFINITY };

    fn ends(target_lufs: Option<f32>, content: LoudnessContent) -> (f32, f32) {
        let axis = LoudnessAxis::new(target_lufs, content);
        (axis.top_lufs, axis.bottom_lufs)
    }

    #[test]
    fn the_range_follows_the_target() {
        assert_eq!(ends(Some(-14.0), NOTHING), (-6.0, -30.0));
        assert_eq!(ends(Some(-23.0), NOTHING), (-12.0, -42.0));
        assert_eq!(ends(None, NOTHING), (-6.0, -30.0));
    }

    #[test]
    fn what_the_programme_holds_widens_it_and_nothing_narrows_it() {
        assert_eq!(ends(Some(-14.0), LoudnessContent { highest_lufs: -5.9, quiet_lufs: -20.0 }), (0.0, -30.0));
        assert_eq!(ends(Some(-14.0), LoudnessContent { highest_lufs: -9.0, quiet_lufs: -31.0 }), (-6.0, -36.0));
        assert_eq!(ends(Some(-14.0), LoudnessContent { highest_lufs: 130.0, quiet_lufs: -69.0 }), (66.0, -66.0));
    }

    #[test]
    fn silence_lies_at_the_bottom() {
        let axis = LoudnessAxis::new(Some(-14.0), NOTHING);
        assert_eq!(axis.share_of(f32::NEG_INFINITY), 1.0);
        assert_eq!(axis.share_of(-18.0), 0.5);
        assert_eq!(axis.share_of(0.0), 0.0);
    }

    #[test]
    fn ticks_stand_apart() {
        let axis = LoudnessAxis::new(Some(-14.0), NOTHING);
        assert_eq!(axis.ticks_lufs(312.0, 18.0).collect::<Vec<_>>(), [-6.0, -12.0, -18.0, -24.0, -30.0]);
        assert_eq!(axis.ticks_lufs(60.0, 18.0).collect::<Vec<_>>(), [-6.0, -18.0, -30.0]);
    }
}

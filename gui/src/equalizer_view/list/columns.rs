//! Where the columns of the list stand. What gives way first is the space between them, then words.

use egui::{Rangef, Rect};

/// From the list's left edge to number, dot and icon, to the right ends of frequency, gain and Q, and to the channel, points.
#[derive(Clone, Copy, Debug)]
struct Places {
    number: f32,
    dot: f32,
    icon: f32,
    frequency: f32,
    gain: f32,
    q: f32,
    channel: f32,
    /// From the right edge to the headphones.
    solo: f32,
}

/// As designed, at this width.
const DESIGNED_WIDTH: f32 = 572.0;
const DESIGNED: Places =
    Places { number: 18.0, dot: 44.0, icon: 66.0, frequency: 216.0, gain: 292.0, q: 378.0, channel: 402.0, solo: 22.0 };

/// The least that all words need, and where they stand then.
const WORDS_FROM: f32 = 424.0;
const CLOSE: Places =
    Places { number: 16.0, dot: 36.0, icon: 52.0, frequency: 202.0, gain: 264.0, q: 334.0, channel: 346.0, solo: 18.0 };

/// Without the names of the shapes, and letters for the channels.
const SHORT: Places =
    Places { number: 16.0, dot: 36.0, icon: 52.0, frequency: 142.0, gain: 204.0, q: 276.0, channel: 292.0, solo: 18.0 };

/// The most that gaps grow.
const MOST_GROWTH: f32 = 1.5;

/// Beside a value and before an icon, points: what lies there belongs to them too.
const AROUND: f32 = 8.0;

/// The columns of a list.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    x: Rangef,
    places: Places,
    has_words: bool,
}

impl Columns {
    /// The columns on a plane.
    pub fn new(plane: Rect) -> Self {
        let (x, width) = (plane.x_range(), plane.width());
        if width < WORDS_FROM {
            return Self { x, places: SHORT, has_words: false };
        }
        let share = ((width - WORDS_FROM) / (DESIGNED_WIDTH - WORDS_FROM)).clamp(0.0, 1.0);
        let growth = (width / DESIGNED_WIDTH).clamp(1.0, MOST_GROWTH);
        let between = |close: f32, designed: f32| (close + (designed - close) * share) * growth;
        let places = Places {
            number: between(CLOSE.number, DESIGNED.number),
            dot: between(CLOSE.dot, DESIGNED.dot),
            icon: between(CLOSE.icon, DESIGNED.icon),
            frequency: between(CLOSE.frequency, DESIGNED.frequency),
            gain: between(CLOSE.gain, DESIGNED.gain),
            q: between(CLOSE.q, DESIGNED.q),
            channel: between(CLOSE.channel, DESIGNED.channel),
            solo: between(CLOSE.solo, DESIGNED.solo),
        };
        Self { x, places, has_words: true }
    }

    /// The width of a row.
    pub fn width(&self) -> f32 {
        self.x.span()
    }

    /// Whether shapes and channels are written out.
    pub fn has_words(&self) -> bool {
        self.has_words
    }

    /// The middle of the numbers.
    pub fn number_x(&self) -> f32 {
        self.x.min + self.places.number
    }

    /// The middle of the dots.
    pub fn dot_x(&self) -> f32 {
        self.x.min + self.places.dot
    }

    /// The left end of the icons.
    pub fn icon_x(&self) -> f32 {
        self.x.min + self.places.icon
    }

    /// The right end of the frequencies.
    pub fn frequency_end(&self) -> f32 {
        self.x.min + self.places.frequency
    }

    /// The right end of the gains.
    pub fn gain_end(&self) -> f32 {
        self.x.min + self.places.gain
    }

    /// The right end of Q and slopes.
    pub fn q_end(&self) -> f32 {
        self.x.min + self.places.q
    }

    /// The left end of the channels.
    pub fn channel_x(&self) -> f32 {
        self.x.min + self.places.channel
    }

    /// The middle of the headphones.
    pub fn solo_x(&self) -> f32 {
        self.x.max - self.places.solo
    }

    /// What belongs to the shape.
    pub fn shape(&self) -> Rangef {
        let left = self.icon_x() - AROUND;
        Rangef::new(left, left + if self.has_words { 96.0 } else { 30.0 })
    }

    /// What belongs to the frequency.
    pub fn frequency(&self) -> Rangef {
        Rangef::new((self.frequency_end() - 62.0).max(self.shape().max), self.frequency_end() + AROUND)
    }

    /// What belongs to the gain.
    pub fn gain(&self) -> Rangef {
        Rangef::new((self.gain_end() - 56.0).max(self.frequency().max), self.gain_end() + AROUND)
    }

    /// What belongs to Q or the slope.
    pub fn q(&self) -> Rangef {
        Rangef::new((self.q_end() - 64.0).max(self.gain().max), self.q_end() + AROUND)
    }

    /// What belongs to the channel.
    pub fn channel(&self) -> Rangef {
        let left = (self.channel_x() - AROUND).max(self.q().max);
        Rangef::new(left, self.channel_x() + if self.has_words { 48.0 } else { 20.0 })
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn columns_stand_apart_at_every_width() {
        for width in 356..1400u16 {
            let columns = Columns::new(Rect::from_min_size(pos2(100.0, 0.0), vec2(f32::from(width), 100.0)));
            let solo = Rangef::new(columns.solo_x() - 12.0, columns.solo_x() + 12.0);
            let dot = Rangef::new(columns.dot_x() - 8.0, columns.dot_x() + 8.0);
            let all = [dot, columns.shape(), columns.frequency(), columns.gain(), columns.q(), columns.channel(), solo];
            for pair in all.windows(2) {
                assert!(pair[0].max <= pair[1].min + 1e-3, "{pair:?} at {width}");
            }
            // The widest values at 12 points: 21.00 kHz, -12.5 dB, 24 dB/oct, between 8 points at both sides.
            for (range, least) in [(columns.frequency(), 70.0), (columns.gain(), 62.0), (columns.q(), 70.0)] {
                assert!(range.span() >= least - 0.5, "{range:?} at {width}");
            }
            assert!(solo.max <= 100.0 + f32::from(width));
        }
    }

    #[test]
    fn at_the_designed_width_they_stand_where_they_were_designed() {
        let columns = Columns::new(Rect::from_min_size(pos2(424.0, 404.0), vec2(576.0, 192.0)));
        let ends = [columns.frequency_end(), columns.gain_end(), columns.q_end(), columns.channel_x()];
        // Half a percent wider than drawn.
        for (found, designed) in ends.into_iter().zip([640.0, 716.0, 802.0, 826.0]) {
            assert!((found - designed).abs() < 3.0, "{found} is not {designed}");
        }
    }
}

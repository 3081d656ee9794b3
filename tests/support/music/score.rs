//! What is played when: 24 bars in proportion, as intro, verse, chorus and outro, sixteen steps a bar.

use super::drums::{crash, hat, kick, snare};
use super::mix::Mix;
use super::pitched::{bass, pad};
use super::voice::{Sung, sing};
use crate::random::Random;

/// The steps of the major scale in semitones.
const SCALE: [f64; 7] = [0.0, 2.0, 4.0, 5.0, 7.0, 9.0, 11.0];
/// Chords by scale step, one a bar.
const PROGRESSIONS: [[usize; 4]; 5] = [[0, 4, 5, 3], [5, 3, 0, 4], [1, 4, 0, 5], [0, 3, 5, 4], [5, 4, 3, 4]];
/// Kick patterns of verse and chorus: bit 0 is the first sixteenth.
const KICKS: [[u16; 2]; 4] = [
    [0b0000_0100_0000_0001, 0b0001_0001_0001_0001],
    [0b0000_0100_0100_0001, 0b0100_0101_0000_0101],
    [0b0000_0001_0000_0001, 0b0000_0101_0100_1001],
    [0b0100_0100_0000_0001, 0b1001_0001_0001_0001],
];

#[derive(Clone, Copy, PartialEq)]
enum Section {
    Intro,
    Verse,
    Chorus,
    Outro,
}

/// The song.
pub(super) struct Score {
    seed: u64,
    step_s: f64,
    /// MIDI note of the key, around 48.
    key: f64,
    progression: [usize; 4],
    kicks: [u16; 2],
}

impl Score {
    /// The song of a seed.
    pub fn from_seed(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            seed,
            step_s: 15.0 / random.between(84.0, 132.0),
            key: 45.0 + random.below(8) as f64,
            progression: PROGRESSIONS[random.below(PROGRESSIONS.len())],
            kicks: KICKS[random.below(KICKS.len())],
        }
    }

    /// The song of the demo: 96 beats a minute, so that 24 bars are 60 s.
    pub fn demo() -> Self {
        Self { seed: 1877, step_s: 15.0 / 96.0, key: 45.0, progression: PROGRESSIONS[1], kicks: KICKS[0] }
    }

    /// Plays everything that begins within a duration in seconds.
    pub fn play(&self, mix: &mut Mix, seconds: f64) {
        let mut random = Random::new(self.seed ^ 0x5EED_0F50);
        let mut melody = Melody { step: 9, free_at: 0 };
        let mut before = Section::Intro;
        for step in 0.. {
            let start_s = step as f64 * self.step_s;
            if start_s >= seconds {
                break;
            }
            let section = section_at(start_s / seconds);
            if section != before && section == Section::Chorus {
                crash(mix, start_s, 0.34, &mut random);
            }
            before = section;
            self.drums(mix, section, step, start_s, &mut random);
            self.harmony(mix, section, step, start_s);
            self.lead(mix, section, step, &mut melody, &mut random);
        }
    }

    /// The note of a scale step in some octave above or below the key.
    fn note(&self, step: i64) -> f64 {
        self.key + 12.0 * step.div_euclid(7) as f64 + SCALE[step.rem_euclid(7) as usize]
    }

    fn chord(&self, step: usize) -> i64 {
        self.progression[step / 16 % 4] as i64
    }

    fn drums(&self, mix: &mut Mix, section: Section, step: usize, start_s: f64, random: &mut Random) {
        let in_bar = step % 16;
        let (pattern, level) = match section {
            Section::Verse => (self.kicks[0], 0.75),
            Section::Chorus => (self.kicks[1], 0.9),
            Section::Intro | Section::Outro => (0, 0.0),
        };
        if pattern >> in_bar & 1 == 1 {
            kick(mix, start_s, level, random);
        }
        if level > 0.0 && in_bar % 8 == 4 {
            snare(mix, start_s, 0.9 * level, random);
        }
        if section == Section::Chorus && in_bar == 15 && random.chance(0.5) {
            snare(mix, start_s, 0.2, random);
        }
        let quiet = if section == Section::Chorus { 0.62 } else { 0.32 };
        let accent = if in_bar.is_multiple_of(4) { 1.3 } else { 1.0 };
        let loudness = quiet * accent * random.between(0.8, 1.2) as f32;
        match in_bar {
            14 if section == Section::Chorus => hat(mix, start_s, loudness, 0.4, 0.3, random),
            _ if section == Section::Chorus || in_bar.is_multiple_of(2) => {
                hat(mix, start_s, loudness, 0.09, 0.3, random)
            }
            _ => {}
        }
    }

    fn harmony(&self, mix: &mut Mix, section: Section, step: usize, start_s: f64) {
        let chord = self.chord(step);
        let (pad_level, cutoff_hz) = match section {
            Section::Intro | Section::Outro => (0.09, 900.0),
            Section::Verse => (0.07, 1400.0),
            Section::Chorus => (0.1, 3200.0),
        };
        if step.is_multiple_of(16) {
            for third in [0, 2, 4, 6] {
                let mut tone = chord + third + 7;
                if tone > 14 {
                    tone -= 7;
                }
                pad(mix, start_s, 16.0 * self.step_s, self.note(tone), pad_level, cutoff_hz);
            }
        }
        let (every, level) = match section {
            Section::Verse => (4, 0.22),
            Section::Chorus => (2, 0.26),
            Section::Intro | Section::Outro => (16, 0.12),
        };
        if step.is_multiple_of(every) {
            // Fundamentals of 37 to 95 Hz.
            let low = if chord > 3 { chord - 14 } else { chord - 7 };
            bass(mix, start_s, 0.92 * every as f64 * self.step_s, self.note(low), level);
        }
    }

    fn lead(&self, mix: &mut Mix, section: Section, step: usize, melody: &mut Melody, random: &mut Random) {
        let level = match section {
            Section::Intro => 0.0,
            Section::Verse => 0.3,
            Section::Chorus => 0.42,
            Section::Outro => 0.25,
        };
        // The last two beats of every second bar are for breathing.
        if level == 0.0 || step < melody.free_at || step % 32 >= 24 || !step.is_multiple_of(2) {
            return;
        }
        let steps = [2, 4, 4, 6, 8][random.below(5)].min(24 - step % 32).max(2);
        melody.move_on(self.chord(step), step.is_multiple_of(8), random);
        melody.free_at = step + steps;
        let lift = if section == Section::Chorus { 2 } else { 0 };
        let sung = Sung {
            start_s: step as f64 * self.step_s,
            duration_s: 0.95 * steps as f64 * self.step_s,
            note: self.note(melody.step + lift),
            vowels: [random.below(5), random.below(5)],
            level,
        };
        sing(mix, &sung, 3.0 * self.step_s, random);
    }
}

/// Where the lead is: its place in the scale, and the step from which it may sing again.
struct Melody {
    step: i64,
    free_at: usize,
}

impl Melody {
    /// A step or a small leap, onto a tone of the chord where the beat is strong; A3 to C5 or so.
    fn move_on(&mut self, chord: i64, strong: bool, random: &mut Random) {
        self.step += [-2, -1, -1, 1, 1, 2][random.below(6)];
        self.step = self.step.clamp(7, 14);
        if strong {
            while !matches!((self.step - chord).rem_euclid(7), 0 | 2 | 4) {
                self.step -= 1;
            }
        }
    }
}

fn section_at(place: f64) -> Section {
    // 4 + 8 + 8 + 4 bars.
    match place * 24.0 {
        bar if bar < 3.999 => Section::Intro,
        bar if bar < 11.999 => Section::Verse,
        bar if bar < 19.999 => Section::Chorus,
        _ => Section::Outro,
    }
}

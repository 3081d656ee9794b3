//! Parameters in motion, from group to group.
//!
//! Input gain and ceiling belong to the frames they met at the entrance: a [`Mark`] travels with each hop through the
//! delay, so that a sample is judged by, and kept under, its own ceiling.

use super::glide::Glide;
use crate::dynamics::{ONE_OCTAVE, octaves_from_db};
use crate::settings::LimiterParams;
use crate::true_peak::GROUPS_PER_HOP;
use crate::units::{f32_at_most, gain_from_db};

/// How long a parameter takes to arrive, ms.
const GLIDE_MS: f64 = 10.0;

/// How long the input gain takes, ms: it may jump by 72 dB, and in decibels nearly all that is heard of a rise comes at its
/// end. With 10 ms a jump of a sine of 1 kHz leaves -71 dBc more than 300 Hz from it, with 20 ms -83 dBc (1 s, Kaiser
/// window).
const INPUT_GAIN_GLIDE_MS: f64 = 20.0;

/// One in the integers of the channel link.
pub(super) const FULL_LINK: i64 = 1 << 16;

/// A value at the start of a hop and at the end of each of its groups: linear between them.
pub(super) type Course = [f32; GROUPS_PER_HOP + 1];

/// What one hop met at the entrance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Linear input gain.
    pub(super) gain: Course,
    /// The largest sample that is not above the ceiling, for each group.
    pub(super) ceiling: [f32; GROUPS_PER_HOP],
    /// The ceiling in octaves above full scale (so 0 or below), rounded down.
    pub(super) ceiling_octaves: [i64; GROUPS_PER_HOP],
}

/// What is only for listening, over one hop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listening {
    /// 0 plays the output, 1 what was taken away.
    pub(super) delta: Course,
    /// 0 plays the level as it is, 1 with the input gain turned back.
    pub(super) unity_gain: Course,
}

/// All parameters that move smoothly by themselves.
#[derive(Clone, Debug)]
pub(super) struct Motion {
    input_gain: Glide,
    ceiling: Glide,
    link: Glide,
    delta: Glide,
    unity_gain: Glide,
    /// The mark of the last hop.
    mark: Mark,
    /// Whether the last mark will be the next one too.
    mark_at_rest: bool,
}

impl Motion {
    pub(super) fn new(sample_rate: f64) -> Self {
        let glide = Glide::new(GLIDE_MS, sample_rate);
        let mark = Mark { gain: [1.0; 9], ceiling: [1.0; GROUPS_PER_HOP], ceiling_octaves: [0; GROUPS_PER_HOP] };
        Self {
            input_gain: Glide::new(INPUT_GAIN_GLIDE_MS, sample_rate),
            ceiling: glide.clone(),
            link: glide.clone(),
            delta: glide.clone(),
            unity_gain: glide,
            mark,
            mark_at_rest: false,
        }
    }

    fn targets(params: &LimiterParams) -> [i64; 5] {
        let switch = |on: bool| if on { ONE_OCTAVE } else { 0 };
        [
            octaves_from_db(f64::from(params.input_gain_db)),
            octaves_from_db(f64::from(params.ceiling_dbtp)),
            (f64::from(params.link) * ONE_OCTAVE as f64) as i64,
            switch(params.delta),
            switch(params.unity_gain),
        ]
    }

    fn glides(&mut self) -> [&mut Glide; 5] {
        [&mut self.input_gain, &mut self.ceiling, &mut self.link, &mut self.delta, &mut self.unity_gain]
    }

    /// Arrives at the parameters at once.
    pub(super) fn jump(&mut self, params: &LimiterParams) {
        self.glides().into_iter().zip(Self::targets(params)).for_each(|(glide, target)| glide.jump(target));
        self.rest(params);
    }

    /// Starts to move to the parameters.
    pub(super) fn aim(&mut self, params: &LimiterParams) {
        self.glides().into_iter().zip(Self::targets(params)).for_each(|(glide, target)| glide.aim(target));
        self.mark_at_rest &= self.input_gain.is_at_rest() && self.ceiling.is_at_rest();
    }

    /// The mark at rest, from the parameters themselves rather than from octaves: 6 dB is 6 dB to the last bit.
    fn rest(&mut self, params: &LimiterParams) {
        let ceiling = gain_from_db(f64::from(params.ceiling_dbtp));
        self.mark = Mark {
            gain: [gain_from_db(f64::from(params.input_gain_db)) as f32; GROUPS_PER_HOP + 1],
            ceiling: [f32_at_most(ceiling); GROUPS_PER_HOP],
            ceiling_octaves: [(ceiling.log2() * ONE_OCTAVE as f64).floor() as i64; GROUPS_PER_HOP],
        };
        self.mark_at_rest = true;
    }

    /// The mark of the last hop.
    pub(super) fn mark(&self) -> Mark {
        self.mark
    }

    /// Moves input gain and ceiling by a hop.
    pub(super) fn next_mark(&mut self, params: &LimiterParams) -> Mark {
        if self.mark_at_rest {
            return self.mark;
        }
        if self.input_gain.is_at_rest() && self.ceiling.is_at_rest() {
            let last_gain = self.mark.gain[GROUPS_PER_HOP];
            self.rest(params);
            // The last step, from the octaves' rounding to the gain itself.
            let mut mark = self.mark;
            mark.gain[0] = last_gain;
            return mark;
        }
        self.mark.gain[0] = self.mark.gain[GROUPS_PER_HOP];
        for group in 0..GROUPS_PER_HOP {
            let ceiling = self.ceiling.advance();
            self.mark.gain[group + 1] = self.input_gain.advance().exp2() as f32;
            self.mark.ceiling[group] = f32_at_most(ceiling.exp2()).min(1.0);
            self.mark.ceiling_octaves[group] = (ceiling * ONE_OCTAVE as f64).floor() as i64;
        }
        self.mark
    }

    /// Moves the link by a hop; in 1 / [`FULL_LINK`], rounded up, for each group.
    pub(super) fn next_link(&mut self) -> [i64; GROUPS_PER_HOP] {
        let mut shares = [0; GROUPS_PER_HOP];
        for share in &mut shares {
            *share = ((self.link.advance() * FULL_LINK as f64).ceil() as i64).clamp(0, FULL_LINK);
        }
        shares
    }

    /// Moves what is only for listening by a hop; `None` while all of it is off.
    pub(super) fn next_listening(&mut self) -> Option<Listening> {
        let glides = [&self.delta, &self.unity_gain];
        if glides.iter().all(|glide| glide.is_at_rest() && glide.value() == 0.0) {
            return None;
        }
        Some(Listening { delta: course(&mut self.delta), unity_gain: course(&mut self.unity_gain) })
    }
}

/// The course of a glide over the next hop.
fn course(glide: &mut Glide) -> Course {
    let mut course = [glide.value() as f32; GROUPS_PER_HOP + 1];
    for value in &mut course[1..] {
        *value = glide.advance() as f32;
    }
    course
}

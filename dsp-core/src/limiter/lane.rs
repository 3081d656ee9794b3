//! From needs to a curve of attenuation: one way of shaping (a lookahead and a style), for all channels.
//!
//! needs -> delay to the lookahead -> maximum, hold, release (`Release`) -> two moving averages (`Boxes`) -> curve
//!
//! Every attenuation a need reaches is at least that need, so the curve may be cross-faded with any other such curve.

use super::style;
use super::timing::Timing;
use crate::dynamics::{Boxes, Curve, GROUP_FRAMES, Release};
use crate::processor::MAX_CHANNELS;
use crate::settings::{LimiterParams, LimiterStyle};
use crate::true_peak::GROUPS_PER_HOP;

/// What of the parameters a lane is made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    style: LimiterStyle,
    auto_release: bool,
    lookahead_ms: f32,
}

impl Shape {
    pub(super) fn of(params: &LimiterParams) -> Self {
        Self { style: params.style, auto_release: params.auto_release, lookahead_ms: params.lookahead_ms }
    }
}

/// The curves of one hop, one a group.
pub(super) type HopCurves = [Curve; GROUPS_PER_HOP];

/// One channel's shaping.
#[derive(Clone, Debug)]
struct Shaper {
    release: Release,
    boxes: Boxes,
}

impl Shaper {
    fn copy_from(&mut self, other: &Self) {
        self.release.copy_from(&other.release);
        self.boxes.copy_from(&other.boxes);
    }

    fn is_zero(&self) -> bool {
        self.release.is_zero() && self.boxes.is_zero()
    }
}

/// The last needs of every channel, one a group.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    /// One ring a channel, of a power of two groups.
    rings: Vec<Box<[i64]>>,
    /// Where the newest hop starts.
    place: usize,
    /// How many groups without any need came last.
    quiet_groups: usize,
}

impl Needs {
    pub(super) fn new(channels: usize, longest_delay_groups: usize) -> Self {
        let length = (longest_delay_groups + GROUPS_PER_HOP).next_power_of_two();
        Self { rings: vec![vec![0; length].into_boxed_slice(); channels], place: 0, quiet_groups: length }
    }

    pub(super) fn reset(&mut self) {
        self.rings.iter_mut().for_each(|ring| ring.fill(0));
        self.place = 0;
        self.quiet_groups = self.rings[0].len();
    }

    /// Takes the needs of a hop.
    pub(super) fn push(&mut self, needs: &[[i64; GROUPS_PER_HOP]]) {
        let any = needs.iter().flatten().any(|&need| need > 0);
        let length = self.rings[0].len();
        self.quiet_groups = if any { 0 } else { (self.quiet_groups + GROUPS_PER_HOP).min(length) };
        self.place = (self.place + GROUPS_PER_HOP) & (length - 1);
        for (ring, needs) in self.rings.iter_mut().zip(needs) {
            ring[self.place..self.place + GROUPS_PER_HOP].copy_from_slice(needs);
        }
    }

    /// A channel's need `delay` groups before a group of the newest hop.
    fn at(&self, channel: usize, group: usize, delay: usize) -> i64 {
        let ring = &self.rings[channel];
        ring[(self.place + group).wrapping_sub(delay) & (ring.len() - 1)]
    }

    /// Whether every need that is kept is 0.
    fn are_quiet(&self) -> bool {
        self.quiet_groups == self.rings[0].len()
    }
}

/// One shape at work.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) shape: Shape,
    shapers: Vec<Shaper>,
    /// How many shapers run: 1 while all channels need the same.
    active: usize,
    delay_groups: usize,
    /// Groups until a lane that has just been started knows all that it must.
    pub(super) warm_up_groups: usize,
}

impl Lane {
    pub(super) fn new(channels: usize, sample_rate: f64, timing: &Timing) -> Self {
        let (longest_hold, longest_valley) = style::longest_groups(sample_rate);
        let shaper = Shaper {
            release: Release::new(timing.longest_window_groups() + longest_hold, longest_valley),
            boxes: Boxes::new(timing.longest_box_groups()),
        };
        Self {
            shape: Shape::of(&LimiterParams::default()),
            shapers: vec![shaper; channels],
            active: 1,
            delay_groups: 0,
            warm_up_groups: 0,
        }
    }

    /// Starts anew for the parameters, from where `from` stands if given.
    pub(super) fn restart(&mut self, params: &LimiterParams, timing: &Timing, from: Option<&Self>) {
        let plan = timing.plan(f64::from(params.lookahead_ms));
        let ballistics = style::ballistics(params, timing.sample_rate);
        self.shape = Shape::of(params);
        self.delay_groups = plan.delay_groups;
        self.warm_up_groups = plan.window_groups + plan.first_groups + plan.second_groups;
        self.active = from.map_or(1, |from| from.active);
        for (channel, shaper) in self.shapers.iter_mut().enumerate() {
            let from = from.map(|from| &from.shapers[channel.min(from.active - 1)].release);
            shaper.release.restart(&ballistics, plan.window_groups, from);
            shaper.boxes.restart(plan.first_groups, plan.second_groups, shaper.release.level());
        }
    }

    /// Takes the release rates of the parameters.
    pub(super) fn set_rates(&mut self, params: &LimiterParams, sample_rate: f64) {
        let mut params = *params;
        (params.style, params.auto_release) = (self.shape.style, self.shape.auto_release);
        let ballistics = style::ballistics(&params, sample_rate);
        self.shapers.iter_mut().for_each(|shaper| shaper.release.set_rates(&ballistics));
    }

    /// The curves of the newest hop, one for each channel or, where one serves all, just that; returns how many, and 0
    /// where nothing is attenuated. `linked` says that all channels need the same.
    pub(super) fn curves(&mut self, needs: &Needs, linked: bool, curves: &mut [HopCurves; MAX_CHANNELS]) -> usize {
        if needs.are_quiet() && self.shapers[..self.active].iter().all(Shaper::is_zero) {
            self.active = 1;
            return 0;
        }
        if !linked && self.active == 1 {
            let (first, others) = self.shapers.split_at_mut(1);
            others.iter_mut().for_each(|other| other.copy_from(&first[0]));
            self.active = self.shapers.len();
        }
        for (channel, shaper) in self.shapers[..self.active].iter_mut().enumerate() {
            for (group, curve) in curves[channel].iter_mut().enumerate() {
                let need = needs.at(channel, group, self.delay_groups);
                *curve = shaper.boxes.push(shaper.release.push(need));
            }
        }
        self.active
    }
}

/// The reduction at a frame of a hop, in octaves.
#[inline(always)]
pub(super) fn octaves_at(curves: &HopCurves, frame: usize) -> f64 {
    curves[frame / GROUP_FRAMES].at(frame % GROUP_FRAMES)
}

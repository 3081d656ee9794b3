//! Two lanes and the cross-fade between them: a new lookahead or style takes over without a click and without an over.
//!
//! The lane that takes over first runs unheard until it knows every need that it must meet. Then the attenuation, in
//! octaves, moves from one to the other: between two attenuations that are both enough, every mixture is enough.

use super::lane::{HopCurves, Lane, Needs, Shape, octaves_at};
use super::timing::Timing;
use crate::dispatch::{Instructions, Kernel, Vector};
use crate::dynamics::{Curve, GROUP_FRAMES};
use crate::processor::MAX_CHANNELS;
use crate::settings::LimiterParams;
use crate::true_peak::{GROUPS_PER_HOP, HOP_FRAMES};

/// How long the cross-fade takes, ms.
const FADE_MS: f64 = 10.0;

/// Attenuation at every frame of a hop, in octaves, 0 or above.
pub(super) type HopOctaves = [f32; HOP_FRAMES];

/// What the other lane is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Takeover {
    /// There is none.
    None,
    /// It runs unheard, for so many groups more.
    WarmingUp(usize),
    /// It is faded in; so many hops have passed.
    Fading(usize),
}

/// The shaping of needs into attenuation.
#[derive(Clone, Debug)]
pub(super) struct Shaping {
    timing: Timing,
    /// The lane that is heard, and the one that takes over.
    lanes: [Lane; 2],
    takeover: Takeover,
    fade_hops: usize,
    curves: [[HopCurves; MAX_CHANNELS]; 2],
}

impl Shaping {
    pub(super) fn new(channels: usize, timing: &Timing) -> Self {
        let lane = Lane::new(channels, timing.sample_rate, timing);
        let curves = [[[Curve::default(); GROUPS_PER_HOP]; MAX_CHANNELS]; 2];
        let fade_hops = (FADE_MS * 1e-3 * timing.sample_rate / HOP_FRAMES as f64).ceil() as usize;
        Self { timing: *timing, lanes: [lane.clone(), lane], takeover: Takeover::None, fade_hops, curves }
    }

    /// Forgets all, and stands at the parameters.
    pub(super) fn reset(&mut self, params: &LimiterParams) {
        self.takeover = Takeover::None;
        self.lanes[0].restart(params, &self.timing, None);
    }

    /// Starts to move to the parameters; where a takeover is under way, it is finished first.
    pub(super) fn aim(&mut self, params: &LimiterParams) {
        self.lanes.iter_mut().for_each(|lane| lane.set_rates(params, self.timing.sample_rate));
        if self.takeover == Takeover::None && self.lanes[0].shape != Shape::of(params) {
            let [heard, next] = &mut self.lanes;
            next.restart(params, &self.timing, Some(heard));
            self.takeover = Takeover::WarmingUp(next.warm_up_groups);
        }
    }

    /// Shapes the newest hop of needs. Returns how many channels of `octaves` were written: all, one that serves all, or 0
    /// where nothing is attenuated.
    pub(super) fn shape(
        &mut self,
        instructions: Instructions,
        needs: &Needs,
        linked: bool,
        octaves: &mut [HopOctaves; MAX_CHANNELS],
    ) -> usize {
        let [heard_curves, next_curves] = &mut self.curves;
        let heard = self.lanes[0].curves(needs, linked, heard_curves);
        let next = if self.takeover == Takeover::None { 0 } else { self.lanes[1].curves(needs, linked, next_curves) };
        let fade = match self.takeover {
            Takeover::Fading(hops) => Some([hops, hops + 1].map(|hops| hops as f64 / self.fade_hops as f64)),
            Takeover::None | Takeover::WarmingUp(_) => None,
        };
        self.advance();
        let count = if fade.is_some() { heard.max(next) } else { heard };
        for (channel, octaves) in octaves[..count].iter_mut().enumerate() {
            let curves = channel_curves(&self.curves[0], heard, channel);
            match fade {
                None => instructions.run(Evaluate { curves, octaves }),
                Some(way) => fade_between([curves, channel_curves(&self.curves[1], next, channel)], way, octaves),
            }
        }
        count
    }

    fn advance(&mut self) {
        self.takeover = match self.takeover {
            Takeover::None => Takeover::None,
            Takeover::WarmingUp(groups) if groups > GROUPS_PER_HOP => Takeover::WarmingUp(groups - GROUPS_PER_HOP),
            Takeover::WarmingUp(_) => Takeover::Fading(0),
            Takeover::Fading(hops) if hops + 1 < self.fade_hops => Takeover::Fading(hops + 1),
            Takeover::Fading(_) => {
                self.lanes.swap(0, 1);
                Takeover::None
            }
        };
    }
}

/// A channel's curves where a lane wrote `count` of them.
fn channel_curves(curves: &[HopCurves; MAX_CHANNELS], count: usize, channel: usize) -> &HopCurves {
    static NOTHING: HopCurves = [Curve::ZERO; GROUPS_PER_HOP];
    match count {
        0 => &NOTHING,
        count => &curves[channel.min(count - 1)],
    }
}

/// Cross-fades, `way` being where the fade stands at the hop's start and end.
fn fade_between([heard, next]: [&HopCurves; 2], way: [f64; 2], octaves: &mut HopOctaves) {
    for (frame, octaves) in octaves.iter_mut().enumerate() {
        let way = way[0] + (way[1] - way[0]) * (frame + 1) as f64 / HOP_FRAMES as f64;
        let share = way * way * (3.0 - 2.0 * way);
        let (from, to) = (octaves_at(heard, frame), octaves_at(next, frame));
        *octaves = (from + share * (to - from)).max(0.0) as f32;
    }
}

/// A hop's curves, frame by frame.
struct Evaluate<'a> {
    curves: &'a HopCurves,
    octaves: &'a mut HopOctaves,
}

impl Kernel for Evaluate<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (curve, octaves) in self.curves.iter().zip(self.octaves.as_chunks_mut::<GROUP_FRAMES>().0) {
            for (frame, octaves) in octaves.iter_mut().enumerate() {
                let value = curve.at(frame) as f32;
                *octaves = if value > 0.0 { value } else { 0.0 };
            }
        }
    }
}

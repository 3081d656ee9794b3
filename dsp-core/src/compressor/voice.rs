//! A voice: from what a band hears to the gain it gets.
//!
//! detector -> (link) -> curve -> ballistics -> lookahead's delay -> make-up and mix -> change of the band. A band has
//! two, of which one takes over from the other where something changes that cannot glide.

use super::Run;
use super::apply::{Change, Fade};
use super::ballistics::{Lane, Speeds, share_in_frame};
use super::computer::{Compute, Link};
use super::config::{Config, Part, Setting};
use super::course::Block;
use super::detector::{Detector, Stereo};
use super::hop::BandHop;
use super::lookahead::GainDelay;
use super::motion::Motion;
use super::telling::Told;
use crate::processor::GRID_FRAMES;
use crate::settings::{CompressorBand, CompressorMode};

/// One voice of a band.
#[derive(Debug)]
pub(super) struct Voice {
    /// What it is; `None` while it does nothing.
    config: Option<Config>,
    detector: Detector,
    lanes: [Lane; 2],
    delays: [GainDelay; 2],
    /// Attack and release that gains follow, octaves over 1 ms; the attack's share of the way in a frame, and the release
    /// time, ms.
    times: [f32; 2],
    attack: f64,
    release_ms: f64,
    /// Whether the gains of the run stand among those of all voices, and from which place on.
    place: Option<usize>,
    /// What an editor is told of the slot.
    told: Told,
}

impl Voice {
    /// Allocates.
    pub(super) fn new(setting: &Setting) -> Self {
        Self {
            config: None,
            detector: Detector::new(setting),
            lanes: [Lane::default(); 2],
            delays: [GainDelay::new(setting), GainDelay::new(setting)],
            times: [f32::NAN; 2],
            attack: 1.0,
            release_ms: 0.0,
            place: None,
            told: Told::NOTHING,
        }
    }

    /// What it is.
    pub(super) fn config(&self) -> Option<Config> {
        self.config
    }

    /// The gains that it has reached, octaves.
    pub(super) fn gains(&self) -> [f64; 2] {
        let [first, second] = &self.lanes;
        let is_linked = self.config.is_some_and(|config| config.is_linked);
        [first.gain, if is_linked { first.gain } else { second.gain }]
    }

    /// Becomes something else, which has heard nothing yet and starts at these gains.
    pub(super) fn restart(&mut self, config: Option<Config>, gains: [f64; 2], setting: &Setting, motion: &Motion) {
        self.config = config;
        self.place = None;
        self.told = Told::NOTHING;
        self.times = [f32::NAN; 2];
        let Some(config) = &self.config else { return };
        self.detector.restart(setting, config, &motion.key);
        for ((lane, delay), gain) in self.lanes.iter_mut().zip(&mut self.delays).zip(gains) {
            lane.gain = gain;
            if setting.lookahead_frames > 0 {
                delay.restart(gain as f32);
            }
        }
    }

    /// Takes the hold of a band, from the next slot on.
    pub(super) fn aim(&mut self, band: &CompressorBand, setting: &Setting) {
        if self.config.is_some() {
            self.detector.aim(setting.hold(band));
        }
    }

    /// At the beginning of a slot.
    pub(super) fn on_grid(&mut self, setting: &Setting, motion: &Motion) {
        self.told = Told::NOTHING;
        let Some(config) = &self.config else { return };
        self.lanes.iter_mut().for_each(Lane::tidy);
        let times = [motion.attack.value(), motion.release.value()];
        if times != self.times || config.auto_release {
            let mode = config.mode;
            self.follow_at(times, mode, setting);
        }
    }

    /// Takes times, octaves over 1 ms. (Apart, or the compiler computes powers of 2 that no one asks for in every slot.)
    #[inline(never)]
    fn follow_at(&mut self, times: [f32; 2], mode: CompressorMode, setting: &Setting) {
        if times != self.times {
            self.times = times;
            self.attack = share_in_frame(f64::from(times[0]).exp2(), setting.sample_rate);
            self.release_ms = f64::from(times[1]).exp2();
        }
        let is_automatic = self.config.is_some_and(|config| config.auto_release);
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            let longer = if is_automatic { self.detector.release(at) } else { 1.0 };
            let release = share_in_frame(self.release_ms * longer, setting.sample_rate);
            lane.speeds = Speeds::of(mode, self.attack, release);
        }
    }

    /// Listens to a band and writes the gains that are wanted to the first of `gains`; returns how many: none while
    /// nothing moves.
    pub(super) fn listen(
        &mut self,
        run: &Run,
        motion: &Motion,
        input: &Stereo,
        gains: &mut [Block; 2],
        place: usize,
    ) -> usize {
        self.place = None;
        let Some(config) = &self.config else { return 0 };
        self.detector.hear(run, config, &motion.key, input, gains);
        let (frames, lanes) = (run.frames, config.lanes());
        if lanes == 2 {
            let link = &motion.link;
            if link.is_moving() {
                run.instructions.run(Link { levels: gains, link: link.from(run.place), frames });
            } else {
                run.instructions.run(Link { levels: gains, link: link.value(), frames });
            }
        }
        if run.is_watched {
            self.told.add_levels(run.instructions, &gains[..lanes], frames);
        }
        let mut moves = false;
        for ((levels, lane), delay) in gains.iter_mut().zip(&self.lanes).zip(&self.delays).take(lanes) {
            let (mode, levels) = (config.mode, &mut levels[..frames]);
            moves |= if motion.shape.is_moving() {
                run.instructions.run(Compute { mode, shape: motion.shape.along(run.place), levels })
            } else {
                run.instructions.run(Compute { mode, shape: motion.shape.still(), levels })
            };
            moves |= lane.gain != 0.0 || (config.delay > 0 && !delay.is_at_rest());
        }
        if !moves {
            return 0;
        }
        self.place = Some(place);
        lanes
    }

    /// The lanes whose gains are computed: as many as [`listen`](Self::listen) returned.
    pub(super) fn lanes(&mut self) -> &mut [Lane; 2] {
        &mut self.lanes
    }

    /// Delays the gains of a run. Returns them, or `None` where they are all 0.
    fn delayed<'a>(&mut self, run: &Run, config: &Config, gains: &'a mut [Block]) -> Option<&'a mut [Block]> {
        let place = self.place?;
        let gains = &mut gains[place..place + config.lanes()];
        if config.delay > 0 {
            for (gains, delay) in gains.iter_mut().zip(&mut self.delays) {
                delay.delay(gains, run.frames, config.delay);
            }
        }
        if run.is_watched {
            self.told.add_gains(run.instructions, gains, run.frames);
        }
        Some(gains)
    }

    /// What it has done in the slot so far.
    pub(super) fn hop(&self) -> BandHop {
        self.told.hop()
    }

    /// Keeps the gains of a run that is not heard.
    pub(super) fn keep(&mut self, run: &Run, gains: &mut [Block]) {
        if let Some(config) = self.config {
            self.delayed(run, &config, gains);
        }
    }

    /// What it changes of the band, as much as the shares say, where they say something: of which part, and of the left
    /// channel and the right. `None` where it changes nothing.
    pub(super) fn change<'a>(
        &mut self,
        run: &Run,
        motion: &Motion,
        shares: Option<&[f32]>,
        gains: &'a mut [Block],
        still: &'a mut [Block; 2],
    ) -> Option<(Part, [&'a Block; 2])> {
        let config = self.config?;
        let gains = match self.delayed(run, &config, gains) {
            Some(gains) => gains,
            None if motion.makeup.rests_at(0.0) => return None,
            None => {
                *still = [[0.0; GRID_FRAMES]; 2];
                &mut still[..config.lanes()]
            }
        };
        for gains in gains.iter_mut() {
            let gains = &mut gains[..run.frames];
            if motion.makeup.is_moving() || motion.mix.is_moving() {
                let (makeup, mix) = (motion.makeup.from(run.place), motion.mix.from(run.place));
                run.instructions.run(Change { gains, makeup, mix });
            } else {
                let (makeup, mix) = (motion.makeup.value(), motion.mix.value());
                run.instructions.run(Change { gains, makeup, mix });
            }
            if let Some(shares) = shares {
                run.instructions.run(Fade { changes: gains, shares });
            }
        }
        Some((config.part, [&gains[0], &gains[gains.len() - 1]]))
    }
}

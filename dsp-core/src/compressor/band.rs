//! One band in time: what glides is its motion, and what cannot is taken over by another voice.
//!
//! A voice that is to take over starts at the gains of the one that is heard, hears the band for a while, and is then faded
//! to. A change that comes meanwhile waits.

use super::Run;
use super::config::{Config, Part, Setting};
use super::course::Block;
use super::detector::Stereo;
use super::hop::BandHop;
use super::motion::Motion;
use super::voice::Voice;
use crate::processor::GRID_FRAMES;
use crate::settings::CompressorBand;
use crate::smooth::Fade;
use crate::units::frames_from_ms;

/// How long a voice hears the band before it is heard, ms, beyond its RMS window and what its gains wait: a peak's hold.
const WARM_UP_MS: f64 = 15.0;

/// How much longer a takeover lasts where phase moves with gain: what fades to -60 dB turns it most at the very end.
const SLOWER: f64 = 4.0;

/// Where a takeover stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takeover {
    None,
    /// For so many slots more.
    WarmingUp(usize),
    Fading,
}

/// One band of the compressor.
#[derive(Debug)]
pub(super) struct Band {
    setting: Setting,
    /// What is wanted from the next slot on, and whether that is new.
    wanted: Wanted,
    is_asked: bool,
    /// What is wanted of the voice that is heard.
    config: Option<Config>,
    motion: Motion,
    voices: [Voice; 2],
    /// Which of them is heard; the other one takes over.
    heard: usize,
    takeover: Takeover,
    fade: Fade,
    /// The shares of the voice that is heard and of the other one, in the frames of a run that fades.
    shares: Stereo,
    /// The gains of a voice that computes none.
    still: Stereo,
}

/// A band's parameters, and what the whole compressor's mean for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) band: CompressorBand,
    pub(super) auto_makeup: bool,
    /// Whether there is such a band.
    pub(super) is_used: bool,
}

impl Wanted {
    fn config(&self, setting: &Setting) -> Option<Config> {
        if self.is_used { Config::of(&self.band, setting) } else { None }
    }
}

impl Band {
    /// Allocates; [`settle`](Self::settle) before use.
    pub(super) fn new(setting: Setting, wanted: Wanted) -> Self {
        let (mut motion, mut fade) = (Motion::new(), Fade::new(false));
        motion.prepare(setting.sample_rate);
        fade.prepare(setting.sample_rate * if setting.is_dynamic { SLOWER } else { 1.0 });
        Self {
            setting,
            wanted,
            is_asked: false,
            config: None,
            motion,
            // Made one by one: memory that is copied is taken, zeroed memory is not before it is used.
            voices: [Voice::new(&setting), Voice::new(&setting)],
            heard: 0,
            takeover: Takeover::None,
            fade,
            shares: [[0.0; GRID_FRAMES]; 2],
            still: [[0.0; GRID_FRAMES]; 2],
        }
    }

    /// Takes what is wanted from the next slot on.
    pub(super) fn want(&mut self, wanted: Wanted) {
        self.is_asked |= wanted != self.wanted;
        self.wanted = wanted;
    }

    /// Is at once what is wanted, and has heard silence for ever.
    pub(super) fn settle(&mut self) {
        let Wanted { band, auto_makeup, .. } = &self.wanted;
        self.motion.jump(band, *auto_makeup);
        let config = self.wanted.config(&self.setting);
        self.config = config;
        let gain = config.map_or(0.0, |config| self.motion.shape.still().gain_in_silence(config.mode));
        self.heard = 0;
        let [heard, other] = &mut self.voices;
        heard.restart(config, [f64::from(gain); 2], &self.setting, &self.motion);
        heard.aim(band, &self.setting);
        other.restart(None, [0.0; 2], &self.setting, &self.motion);
        self.takeover = Takeover::None;
        self.fade.jump(false);
        self.is_asked = false;
    }

    /// At the beginning of a slot.
    pub(super) fn on_grid(&mut self) {
        self.go_on();
        if std::mem::take(&mut self.is_asked) {
            let Wanted { band, auto_makeup, .. } = &self.wanted;
            self.motion.aim(band, *auto_makeup);
            self.voices.iter_mut().for_each(|voice| voice.aim(band, &self.setting));
            self.config = self.wanted.config(&self.setting);
        }
        if self.takeover == Takeover::None && self.voices[self.heard].config() != self.config {
            self.take_over(self.config);
        }
        self.motion.advance();
        self.voices.iter_mut().for_each(|voice| voice.on_grid(&self.setting, &self.motion));
    }

    /// Goes on with a takeover.
    fn go_on(&mut self) {
        match self.takeover {
            Takeover::WarmingUp(0) => {
                self.fade.aim(true);
                self.takeover = Takeover::Fading;
            }
            Takeover::WarmingUp(slots) => self.takeover = Takeover::WarmingUp(slots - 1),
            Takeover::Fading if self.fade.is_at_second() => {
                self.voices[self.heard].restart(None, [0.0; 2], &self.setting, &self.motion);
                self.heard = 1 - self.heard;
                self.fade.jump(false);
                self.takeover = Takeover::None;
            }
            Takeover::Fading | Takeover::None => {}
        }
    }

    fn take_over(&mut self, config: Option<Config>) {
        let gains = self.voices[self.heard].gains();
        let voice = &mut self.voices[1 - self.heard];
        voice.restart(config, gains, &self.setting, &self.motion);
        voice.aim(&self.wanted.band, &self.setting);
        let frames = config.map_or(0, |config| {
            let hold = frames_from_ms(WARM_UP_MS, self.setting.sample_rate);
            hold + config.window.unwrap_or(0) + config.delay
        });
        self.takeover = Takeover::WarmingUp(frames.div_ceil(GRID_FRAMES));
    }

    /// Whether it changes nothing and will not in this slot.
    pub(super) fn is_out(&self) -> bool {
        self.voices.iter().all(|voice| voice.config().is_none())
    }

    /// What the voice that is heard has done in the slot so far.
    pub(super) fn hop(&self) -> BandHop {
        self.voices[self.heard].hop()
    }

    /// The voices.
    pub(super) fn voice(&mut self, at: usize) -> &mut Voice {
        &mut self.voices[at]
    }

    /// One voice listens: see [`Voice::listen`].
    pub(super) fn listen(
        &mut self,
        run: &Run,
        at: usize,
        input: &Stereo,
        gains: &mut [Block; 2],
        place: usize,
    ) -> usize {
        self.voices[at].listen(run, &self.motion, input, gains, place)
    }

    /// The parts that its voices act on.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> {
        self.voices.iter().filter_map(|voice| voice.config().map(|config| config.part))
    }

    /// What is changed of the band, by each voice that is heard: of which part, and of the left channel and the right.
    pub(super) fn changes(&mut self, run: &Run, gains: &mut [Block], mut each: impl FnMut(Part, [&Block; 2])) {
        let is_fading = self.takeover == Takeover::Fading;
        if is_fading {
            let [from, to] = &mut self.shares;
            for (from, to) in from.iter_mut().zip(to).take(run.frames) {
                *to = self.fade.next_share() as f32;
                *from = 1.0 - *to;
            }
        }
        for at in 0..2 {
            let is_heard = at == self.heard;
            if !is_fading && !is_heard {
                self.voices[at].keep(run, gains);
                continue;
            }
            let shares = is_fading.then_some(&self.shares[usize::from(!is_heard)][..run.frames]);
            if let Some((part, changes)) = self.voices[at].change(run, &self.motion, shares, gains, &mut self.still) {
                each(part, changes);
            }
        }
    }
}

//! Minimum-phase crossovers: Linkwitz and Riley's of 24 dB per octave, whose bands sum to an all-pass.
//!
//! `filter` has the filters, `division` how they stand together, `tree` how they move. Where the number of bands changes,
//! a second tree runs beside the first for a while, and is then faded to.

mod division;
mod filter;
mod tree;

use super::bands::{Bands, Sides};
use super::corners::Corners;
use crate::dispatch::Instructions;
use crate::processor::GRID_FRAMES;
use crate::smooth::Fade;
use crate::units::frames_from_ms;
use division::{Frame, Wide, Widen};
use tree::Tree;

/// How long a new tree runs before it is heard, ms: its low filters ring when they start.
const WARM_UP_MS: f64 = 15.0;

/// Minimum-phase crossovers of one or two channels.
pub(super) struct Minimum {
    instructions: Instructions,
    wanted: Corners,
    tree: Tree,
    /// What is faded out.
    outgoing: Tree,
    fade: Fade,
    is_fading: bool,
    /// Frames before a fade starts, and how many of them are left.
    warm_up_frames: usize,
    warm_up_left: usize,
    /// The stream's place on the grid.
    place: usize,
    frames: [Frame; GRID_FRAMES],
    wide: Wide,
    /// What the outgoing tree makes.
    spare: Bands,
}

impl Minimum {
    /// At these corners, for a rate in Hz.
    pub fn new(corners: Corners, sample_rate: f64, instructions: Instructions) -> Self {
        let mut fade = Fade::new(true);
        fade.prepare(sample_rate);
        Self {
            instructions,
            wanted: corners,
            tree: Tree::new(corners, sample_rate),
            outgoing: Tree::new(corners, sample_rate),
            fade,
            is_fading: false,
            warm_up_frames: frames_from_ms(WARM_UP_MS, sample_rate),
            warm_up_left: 0,
            place: 0,
            frames: [[0.0; 2]; GRID_FRAMES],
            wide: Wide::default(),
            spare: Bands::default(),
        }
    }

    /// What is wanted from the next grid position on.
    pub fn want(&mut self, corners: Corners) {
        self.wanted = corners;
    }

    /// Forgets the signal, and is what is wanted.
    pub fn reset(&mut self) {
        self.place = 0;
        self.tree.restart(self.wanted);
        self.is_fading = false;
    }

    /// Whether there is one band, and neither another number on its way nor wanted.
    pub fn is_one(&self) -> bool {
        self.tree.bands() == 1 && self.wanted.bands == 1 && !self.is_fading
    }

    /// Goes on by some frames of one band.
    pub fn pass(&mut self, frames: usize) {
        self.place = (self.place + frames) % GRID_FRAMES;
    }

    /// Divides frames that do not cross a grid position.
    pub fn split(&mut self, channels: &[&[f32]], bands: &mut Bands) {
        let count = channels.first().map_or(0, |channel| channel.len());
        if count == 0 {
            return;
        }
        if self.place == 0 {
            self.on_grid();
        }
        let highest = if self.is_fading { self.outgoing.bands() } else { 1 };
        if highest.max(self.tree.bands()) > 1 {
            self.widen(channels);
        }
        run(&mut self.tree, self.instructions, channels, &self.frames[..count], self.place, &mut self.wide, bands);
        if self.is_fading {
            let (outgoing, frames) = (&mut self.outgoing, &self.frames[..count]);
            run(outgoing, self.instructions, channels, frames, self.place, &mut self.wide, &mut self.spare);
            self.mix(count, bands);
        }
        self.place = (self.place + count) % GRID_FRAMES;
    }

    /// At a grid position of the stream: ends what has arrived, starts what is wanted.
    fn on_grid(&mut self) {
        if self.is_fading && self.fade.is_at_second() {
            self.is_fading = false;
        }
        if self.wanted.bands != self.tree.bands() && !self.is_fading {
            std::mem::swap(&mut self.tree, &mut self.outgoing);
            self.tree.restart(self.wanted);
            self.fade.jump(false);
            self.fade.aim(true);
            self.is_fading = true;
            self.warm_up_left = self.warm_up_frames;
        }
        self.tree.on_grid(&self.wanted);
        if self.is_fading {
            self.outgoing.on_grid(&self.wanted);
        }
    }

    /// Whether, from a grid position to the next, there are several bands and no other number of them.
    pub fn is_steady(&self) -> bool {
        self.tree.bands() > 1 && self.wanted.bands == self.tree.bands() && !self.is_fading
    }

    /// The same, where it [is steady](Self::is_steady), with a sum of the bands' sides instead of the bands.
    pub fn split_sides(&mut self, channels: &[&[f32]], sum: Sides<'_>) {
        let count = channels.first().map_or(0, |channel| channel.len());
        if count == 0 {
            return;
        }
        if self.place == 0 {
            self.on_grid();
        }
        self.widen(channels);
        self.tree.run_sides(self.instructions, &self.frames[..count], self.place, &mut self.wide, sum);
        self.place = (self.place + count) % GRID_FRAMES;
    }

    fn widen(&mut self, channels: &[&[f32]]) {
        let channels = [0, 1].map(|lane| channels.get(lane).copied().unwrap_or_default());
        self.instructions.run(Widen { channels, frames: &mut self.frames });
    }

    /// Fades from the old to the new.
    fn mix(&mut self, count: usize, bands: &mut Bands) {
        let mut shares = [0.0; GRID_FRAMES];
        for share in &mut shares[..count] {
            if self.warm_up_left > 0 {
                self.warm_up_left -= 1;
            } else {
                *share = self.fade.next_share() as f32;
            }
        }
        bands.mix(&self.spare, &shares[..count]);
    }
}

/// Divides with one tree; one band is all there is, bit for bit.
fn run(
    tree: &mut Tree,
    instructions: Instructions,
    channels: &[&[f32]],
    frames: &[Frame],
    place: usize,
    wide: &mut Wide,
    bands: &mut Bands,
) {
    if tree.bands() == 1 {
        bands.be_one(instructions, channels);
    } else {
        tree.run(instructions, frames, place, wide, bands);
    }
}

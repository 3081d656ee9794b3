//! A module that can be taken out and put back without a click, and whose delay stays.
//!
//! input -> module -> fade -> output, and input -> delay of the module's latency -> fade. While the module is out it
//! costs nothing but the delay. When it comes back it starts as after a reset, is fed for as long as its memory lasts
//! while the delayed input still plays, and is then faded in.

use crate::delay::Delay;
use crate::entrance::flushed;
use crate::planar::{with_buffers, with_frames};
use crate::processor::{Processor, Spec, SpecError};
use crate::smooth::Fade;
use crate::units::frames_from_ms;

/// How long a module is fed beyond its latency before it is heard again, ms: detectors and releases settle.
const WARM_UP_MS: f64 = 50.0;

/// What the module is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Not fed.
    Out,
    /// Fed and not heard, for this many frames more.
    WarmingUp(usize),
    /// Fed, and heard as far as the fade says.
    In,
}

/// A processor with a click-free switch around it.
#[derive(Clone, Debug)]
pub struct Switchable<P> {
    module: P,
    /// The delayed input.
    delay: Delay,
    /// Where the delayed input is kept for a block, one buffer a channel of `max_block` frames.
    bypassed: Vec<Vec<f32>>,
    /// From the delayed input to the module.
    fade: Fade,
    /// From all that is heard to what the module changes.
    delta: Fade,
    state: State,
    warm_up_frames: usize,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

impl<P: Processor> Switchable<P> {
    /// The module, switched in.
    pub fn new(module: P) -> Self {
        Self {
            module,
            delay: Delay::default(),
            bypassed: Vec::new(),
            fade: Fade::new(true),
            delta: Fade::new(false),
            state: State::In,
            warm_up_frames: 0,
            running: false,
        }
    }

    /// The module inside.
    pub fn module(&self) -> &P {
        &self.module
    }

    /// The module inside, to set what is not among its parameters.
    pub fn module_mut(&mut self) -> &mut P {
        &mut self.module
    }

    /// See [`Processor::prepare`].
    ///
    /// # Errors
    /// Those of the module.
    pub fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.module.prepare(spec)?;
        self.delay.prepare(self.module.latency(), spec.channels);
        self.bypassed = vec![vec![0.0; spec.max_block]; spec.channels];
        self.warm_up_frames = self.module.latency() + frames_from_ms(WARM_UP_MS, spec.sample_rate);
        self.fade.prepare(spec.sample_rate);
        self.delta.prepare(spec.sample_rate);
        self.reset();
        Ok(())
    }

    /// See [`Processor::reset`].
    pub fn reset(&mut self) {
        self.module.reset();
        self.delay.reset();
        self.running = false;
        self.delta.jump(self.delta.is_to_second());
        self.settle();
    }

    /// See [`Processor::latency`].
    pub fn latency(&self) -> usize {
        self.module.latency()
    }

    /// Switches the module in or out: at once before the first frame, later with a fade.
    pub fn set_enabled(&mut self, enabled: bool) {
        if enabled == self.fade.is_to_second() {
            return;
        }
        if !self.running {
            self.fade.jump(enabled);
            self.settle();
            return;
        }
        self.fade.aim(enabled);
        match self.state {
            State::Out => {
                self.module.reset();
                self.state = State::WarmingUp(self.warm_up_frames);
            }
            State::WarmingUp(_) if !enabled => self.settle(),
            State::WarmingUp(_) | State::In => {}
        }
    }

    /// Plays only what the module changes of its delayed input, or all again: at once before the first frame, later with a
    /// fade. Of a module that is out this is silence.
    pub fn set_delta(&mut self, only_delta: bool) {
        if self.running {
            self.delta.aim(only_delta);
        } else {
            self.delta.jump(only_delta);
        }
    }

    /// Whether anything of the module is heard.
    pub fn is_heard(&self) -> bool {
        self.state == State::In && !self.fade.is_at_first()
    }

    /// Whether the module is out: not fed, and nothing of it heard.
    pub fn is_out(&self) -> bool {
        self.state == State::Out
    }

    /// Takes the module's parameters, whether it is in or out.
    pub fn set_params(&mut self, params: &P::Params) {
        self.module.set_params(params);
    }

    /// See [`Processor::process`].
    pub fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        let mut start = 0;
        while start < frames {
            let run = self.frames_until_change().min(frames - start);
            with_frames(channels, start..start + run, |part| self.process_run(part, run));
            start += run;
        }
    }

    /// Stands at the end that the fade points to.
    fn settle(&mut self) {
        let enabled = self.fade.is_to_second();
        self.fade.jump(enabled);
        self.state = if enabled { State::In } else { State::Out };
    }

    /// How many frames may pass before the state may change.
    fn frames_until_change(&self) -> usize {
        match self.state {
            State::Out => usize::MAX,
            State::WarmingUp(frames) => frames.max(1),
            State::In if self.fade.frames_left() == 0 => usize::MAX,
            State::In => self.fade.frames_left(),
        }
    }

    /// Processes a run of frames within one state.
    fn process_run(&mut self, channels: &mut [&mut [f32]], frames: usize) {
        if self.state == State::Out && self.delta.is_at_first() {
            self.delay.process(channels);
            return;
        }
        for (kept, channel) in self.bypassed.iter_mut().zip(channels.iter()) {
            kept[..frames].copy_from_slice(channel);
        }
        let (delay, fade, delta) = (&mut self.delay, &mut self.fade, &mut self.delta);
        if self.state != State::Out {
            self.module.process(channels);
        }
        with_buffers(&mut self.bypassed, frames, |bypassed| {
            delay.process(bypassed);
            match self.state {
                State::In if fade.is_at_second() => {}
                State::In => fade.mix(bypassed, channels),
                State::WarmingUp(_) | State::Out => {
                    channels.iter_mut().zip(&*bypassed).for_each(|(channel, kept)| channel.copy_from_slice(kept));
                }
            }
            if !delta.is_at_first() {
                take_away(delta, bypassed, channels);
            }
        });
        self.advance(frames);
    }

    /// Goes on to the next state where this one has ended.
    fn advance(&mut self, frames: usize) {
        match self.state {
            State::WarmingUp(left) if left <= frames => self.state = State::In,
            State::WarmingUp(left) => self.state = State::WarmingUp(left - frames),
            State::In if self.fade.is_at_first() => self.state = State::Out,
            State::In | State::Out => {}
        }
    }
}

/// Takes as much of the delayed input out of what is heard as a fade says, and moves the fade.
fn take_away(delta: &mut Fade, bypassed: &[&mut [f32]], heard: &mut [&mut [f32]]) {
    let start = *delta;
    for (heard, bypassed) in heard.iter_mut().zip(bypassed) {
        *delta = start;
        for (sample, dry) in heard.iter_mut().zip(bypassed.iter()) {
            *sample = flushed((f64::from(*sample) - delta.next_share() * f64::from(*dry)) as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Delays by 64 frames and turns the polarity.
    #[derive(Default)]
    struct Inverter(Delay);

    impl Processor for Inverter {
        type Params = ();

        fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
            self.0.prepare(64, spec.channels);
            Ok(())
        }
        fn reset(&mut self) {
            self.0.reset();
        }
        fn latency(&self) -> usize {
            64
        }
        fn set_params(&mut self, (): &()) {}
        fn process(&mut self, channels: &mut [&mut [f32]]) {
            self.0.process(channels);
            channels.iter_mut().flat_map(|channel| channel.iter_mut()).for_each(|sample| *sample = -*sample);
        }
    }

    const FRAMES: usize = 24_000;

    /// Switches at the frames given, processing in blocks of `block` between them.
    fn switched(block: usize, switches: &[(usize, bool)]) -> Vec<f32> {
        let mut module = Switchable::new(Inverter::default());
        module.prepare(&Spec { sample_rate: 48_000.0, max_block: 512, channels: 1 }).unwrap();
        let mut signal: Vec<f32> = (0..FRAMES).map(|frame| (frame as f32 * 0.01).sin()).collect();
        let mut start = 0;
        for (end, enabled) in switches.iter().copied().chain([(FRAMES, true)]) {
            for part in signal[start..end].chunks_mut(block) {
                module.process(&mut [part]);
            }
            module.set_enabled(enabled);
            start = end;
        }
        signal
    }

    #[test]
    fn switching_neither_clicks_nor_moves_the_delay() {
        let signal = switched(512, &[(5000, false), (12_000, true), (20_000, false)]);
        // A sine's step is at most 0.01; a fade of 720 frames between sines of opposite sign adds 2 * 1.5 / 720.
        let largest = signal.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0f32, f32::max);
        assert!(largest < 0.01 + 3.0 / 720.0 + 1e-6, "{largest}");
        let input = |frame: usize| ((frame - 64) as f32 * 0.01).sin();
        assert_eq!(signal[4000], -input(4000));
        assert_eq!(signal[10_000], input(10_000));
        assert_eq!(signal[19_000], -input(19_000));
        assert_eq!(signal[23_000], input(23_000));
    }

    #[test]
    fn the_cut_into_blocks_does_not_matter() {
        let switches = [(5000, false), (5100, true), (7000, false), (9000, true), (9100, false), (15_000, true)];
        let whole = switched(512, &switches);
        for block in [1, 7, 64] {
            assert_eq!(switched(block, &switches), whole, "blocks of {block}");
        }
    }

    #[test]
    fn delta_is_what_the_module_changes_and_comes_without_a_click() {
        let played = |block: usize| {
            let mut module = Switchable::new(Inverter::default());
            module.prepare(&Spec { sample_rate: 48_000.0, max_block: 512, channels: 1 }).unwrap();
            let mut signal: Vec<f32> = (0..FRAMES).map(|frame| (frame as f32 * 0.01).sin()).collect();
            let (before, rest) = signal.split_at_mut(5000);
            let (delta, out) = rest.split_at_mut(7000);
            before.chunks_mut(block).for_each(|part| module.process(&mut [part]));
            module.set_delta(true);
            delta.chunks_mut(block).for_each(|part| module.process(&mut [part]));
            module.set_enabled(false);
            out.chunks_mut(block).for_each(|part| module.process(&mut [part]));
            signal
        };
        let signal = played(512);
        let input = |frame: usize| ((frame - 64) as f32 * 0.01).sin();
        assert_eq!((signal[4000], signal[11_000], signal[20_000]), (-input(4000), -2.0 * input(11_000), 0.0));
        // Twice the sine's step, and a fade between sines of 1 and 2.
        let largest = signal.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0f32, f32::max);
        assert!(largest < 0.02 + 3.0 / 720.0 + 1e-6, "{largest}");
        assert_eq!(played(7), signal);
    }

    #[test]
    fn before_the_first_frame_a_switch_acts_at_once() {
        let mut signal = switched(512, &[(0, false), (FRAMES - 1, false)]);
        signal.truncate(1000);
        assert!(signal[64..].iter().enumerate().all(|(frame, sample)| *sample == (frame as f32 * 0.01).sin()));
    }
}

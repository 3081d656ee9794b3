use std::ops::Range;
use std::thread;
use std::time::Duration;

use nice_assert_no_alloc::assert_no_alloc;
use runout_dsp_core::settings::{CompressorPhase, EqualizerPhase, Resolution};
use runout_dsp_core::spectrum::SpectrumReader;

use super::*;

const MODULES: [Module; 3] = [Module::Equalizer, Module::Compressor, Module::Limiter];

const SPEC: Spec = Spec { sample_rate: 48_000.0, max_block: 512, channels: 2 };

/// What the limiter delays at 48 kHz, frames.
const LIMITER_FRAMES: usize = 704;

/// Frames of a fade at 48 kHz: 15 ms.
const FADE_FRAMES: usize = 720;

/// Where a band of +6 dB stands, Hz, and what moves the latency.
fn values(phase: EqualizerPhase, resolution: Resolution) -> HostValues {
    let mut values = HostValues::default();
    let equalizer = &mut values.settings.equalizer;
    (equalizer.phase, equalizer.resolution) = (phase, resolution);
    (equalizer.bands[0].enabled, equalizer.bands[0].gain_db) = (true, 6.0);
    values
}

fn linear(resolution: Resolution) -> HostValues {
    values(EqualizerPhase::Linear, resolution)
}

/// A compressor of two bands at work, behind an equalizer without latency.
fn compressing(phase: CompressorPhase, lookahead: bool) -> HostValues {
    let mut values = values(EqualizerPhase::Minimum, Resolution::Low);
    let compressor = &mut values.settings.compressor;
    (compressor.phase, compressor.lookahead, compressor.bands) = (phase, lookahead, 2);
    compressor.crossover_hz[0] = 600.0;
    compressor.band[..2].iter_mut().for_each(|band| (band.ratio, band.threshold_db) = (4.0, -30.0));
    values
}

/// Two sines, one a channel, at a frame of the stream.
fn input(frame: usize) -> [f32; 2] {
    [0.11f32, 0.07].map(|step| (frame as f32 * step).sin() * 0.2)
}

/// A stream through a chain that is handed over; every call on the audio side aborts where it allocates or frees.
struct Rig {
    hand_over: HandOver,
    chain: Box<Chain>,
    values: HostValues,
    heard: [Vec<f32>; 2],
}

impl Rig {
    fn new(values: HostValues) -> Self {
        let mut rig = Self {
            hand_over: HandOver::start(&MODULES).unwrap(),
            chain: made(&MODULES),
            values,
            heard: [Vec::new(), Vec::new()],
        };
        rig.prepare(&SPEC);
        rig
    }

    /// As a host does that deactivates, and activates again.
    fn prepare(&mut self, spec: &Spec) {
        self.values.apply(&mut self.chain);
        self.chain.prepare(spec).unwrap();
        self.hand_over.prepare(spec, self.values.latency_settings());
    }

    fn set(&mut self, values: HostValues) {
        self.values = values;
        assert_no_alloc(|| {
            self.values.apply(&mut self.chain);
            self.hand_over.set(&self.values);
        });
    }

    fn reset(&mut self) {
        assert_no_alloc(|| {
            self.hand_over.arrive(&mut self.chain, &self.values);
            self.chain.reset();
        });
    }

    fn frame(&self) -> usize {
        self.heard[0].len()
    }

    /// Plays a block of at most `max_block`.
    fn play(&mut self, frames: usize) {
        let [mut left, mut right]: [Vec<f32>; 2] =
            [0, 1].map(|side| (self.frame()..self.frame() + frames).map(|frame| input(frame)[side]).collect());
        let block: &mut [&mut [f32]] = &mut [&mut left, &mut right];
        assert_no_alloc(|| self.hand_over.process(&mut self.chain, &self.values, block));
        self.heard[0].extend(left);
        self.heard[1].extend(right);
    }

    /// Plays blocks until something has become of it; the frame before the last block. A thread takes the time it needs: a
    /// stream of minutes is none.
    fn play_until(&mut self, is_so: impl Fn(&Self) -> bool) -> usize {
        for _ in 0..100_000 {
            let before = self.frame();
            self.play(48);
            if is_so(self) {
                return before;
            }
            if self.hand_over.is_building || self.hand_over.spent.is_some() {
                thread::sleep(Duration::from_micros(500));
            }
        }
        panic!("nothing becomes of it");
    }

    /// Whether the chain for what is wanted is the one in force.
    fn is_there(&self) -> bool {
        self.hand_over.in_force == self.values.latency_settings()
    }

    fn is_settled(&self) -> bool {
        let HandOver { heir, spent, is_building, .. } = &self.hand_over;
        heir.is_none() && spent.is_none() && !is_building
    }
}

/// What a chain that is prepared for `values` and fed from frame `span.start` on plays; other values from their frames on.
fn alone(values: HostValues, span: Range<usize>, later: &[(usize, HostValues)]) -> [Vec<f32>; 2] {
    let mut chain = Switchable::new(MasteringChain::of(&MODULES));
    values.apply(&mut chain);
    chain.prepare(&SPEC).unwrap();
    let mut sides = [0, 1].map(|side| span.clone().map(|frame| input(frame)[side]).collect::<Vec<f32>>());
    let ends = later.iter().map(|(frame, _)| *frame).chain([span.end]);
    let mut start = span.start;
    for (count, end) in ends.enumerate() {
        let [left, right] = &mut sides;
        let part = start - span.start..end - span.start;
        for (left, right) in left[part.clone()].chunks_mut(512).zip(right[part].chunks_mut(512)) {
            chain.process(&mut [left, right]);
        }
        if let Some((_, values)) = later.get(count) {
            values.apply(&mut chain);
        }
        start = end;
    }
    sides
}

fn require_same(found: &[f32], expected: &[f32], case: &str) {
    let differs = (0..found.len()).find(|frame| found[*frame].to_bits() != expected[*frame].to_bits());
    assert_eq!((found.len(), differs), (expected.len(), None), "{case}: frame that differs");
}

/// The largest step from one frame to the next.
fn steepest(signal: &[f32]) -> f32 {
    signal.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn the_next_chain_takes_over_with_its_own_bits_and_without_a_click() {
    use CompressorPhase::{Dynamic, Linear, Minimum};
    // 200 ms; three attacks of 10 ms more where a compressor is at work.
    let (filters, gains) = (9600, 9600 + 1440);
    for (old, new, settling) in [
        (linear(Resolution::Medium), linear(Resolution::Low), filters),
        (linear(Resolution::Medium), linear(Resolution::High), filters),
        (linear(Resolution::Medium), values(EqualizerPhase::Minimum, Resolution::Medium), filters),
        (compressing(Minimum, false), compressing(Linear, false), gains),
        (compressing(Linear, false), compressing(Dynamic, true), gains),
        // The latency stays.
        (compressing(Minimum, true), compressing(Dynamic, true), gains),
    ] {
        let mut rig = Rig::new(old);
        rig.play_until(|rig| rig.frame() > 20_000);
        rig.set(new);
        let came = rig.play_until(|rig| rig.hand_over.heir.is_some());
        // A value that moves on the way reaches both.
        let mut moved = new;
        moved.settings.equalizer.bands[0].gain_db = -3.0;
        let turned = rig.frame();
        rig.set(moved);
        rig.play_until(Rig::is_there);
        let over = rig.frame();
        rig.play_until(Rig::is_settled);
        rig.play_until(|rig| rig.frame() > over + 20_000);
        let mut old_moved = old;
        old_moved.settings.equalizer.bands[0].gain_db = -3.0;
        let before = alone(old, 0..over, &[(turned, old_moved)]);
        let after = alone(new, came..rig.frame(), &[(turned, moved)]);
        let faded = came + settling + 2 * rig.chain.latency();
        for side in 0..2 {
            let heard = &rig.heard[side];
            require_same(&heard[..faded], &before[side][..faded], "before the fade");
            require_same(&heard[faded + FADE_FRAMES..], &after[side][faded + FADE_FRAMES - came..], "after the fade");
            let fade = faded - 1..faded + FADE_FRAMES + 1;
            for frame in fade.clone().take_while(|frame| *frame < over) {
                let (a, b) = (before[side][frame], after[side][frame - came]);
                // To a rounding.
                let is_between = (a.min(b) - 1e-7..=a.max(b) + 1e-7).contains(&heard[frame]);
                assert!(is_between, "frame {frame}: {} is not between {a} and {b}", heard[frame]);
            }
            // Between sines that may stand against each other, 0.4 each, a fade adds at most 1.5 of their distance in its
            // length; where there is no fade the step is 0.1 and more.
            let most = steepest(&before[side][20_000..]).max(steepest(&after[side][9600..])) + 0.8 * 1.5 / 720.0;
            let found = steepest(&heard[fade]);
            assert!(found <= most, "a step of {found}, at most {most}");
        }
        assert!((over - faded - FADE_FRAMES) < 48, "the latency moves in the block in which the fade ends");
    }
}

#[test]
fn a_wish_that_is_taken_back_leaves_no_trace() {
    let old = linear(Resolution::Low);
    let mut rig = Rig::new(old);
    for count in 0..20 {
        rig.play(480);
        rig.set(linear(Resolution::High));
        if count % 2 == 0 {
            rig.play(48);
        } else {
            rig.play_until(|rig| rig.hand_over.heir.is_some());
        }
        rig.set(old);
    }
    rig.play_until(Rig::is_settled);
    rig.play(480);
    let expected = alone(old, 0..rig.frame(), &[]);
    require_same(&rig.heard[0], &expected[0], "never handed over");
}

#[test]
fn of_several_changes_in_a_row_the_last_one_wins() {
    let mut rig = Rig::new(linear(Resolution::Low));
    rig.play(480);
    for wish in [Resolution::Medium, Resolution::VeryHigh, Resolution::Low, Resolution::High] {
        rig.set(linear(wish));
        rig.play(48);
    }
    rig.play_until(|rig| rig.is_settled() && rig.chain.latency() != 1536 + LIMITER_FRAMES);
    assert_eq!(rig.chain.latency(), 6144 + LIMITER_FRAMES);
    // One that comes while the next chain is heard already: that is heard to its end, and then another comes.
    rig.set(linear(Resolution::Low));
    rig.play_until(|rig| rig.hand_over.heir.as_ref().is_some_and(|heir| heir.is_heard()));
    rig.set(linear(Resolution::Medium));
    rig.play_until(|rig| rig.chain.latency() == 1536 + LIMITER_FRAMES);
    rig.play_until(|rig| rig.chain.latency() == 3072 + LIMITER_FRAMES);
    rig.play_until(Rig::is_settled);
}

#[test]
fn a_reset_in_the_middle_is_the_end_of_the_way() {
    let (old, new) = (linear(Resolution::Medium), linear(Resolution::Low));
    let mut rig = Rig::new(old);
    rig.play_until(|rig| rig.frame() > 4800);
    rig.set(new);
    // Nothing has come: the reset leaves it on its way.
    rig.hand_over.is_building = true;
    rig.reset();
    assert_eq!(rig.chain.latency(), 3072 + LIMITER_FRAMES);
    rig.hand_over.is_building = false;
    rig.play_until(|rig| rig.hand_over.heir.is_some());
    rig.reset();
    assert_eq!(rig.chain.latency(), 1536 + LIMITER_FRAMES);
    let start = rig.frame();
    rig.play_until(|rig| rig.frame() > start + 9600);
    let expected = alone(new, start..rig.frame(), &[]);
    require_same(&rig.heard[1][start..], &expected[1], "after the reset");
    rig.play_until(Rig::is_settled);
}

#[test]
fn a_chain_that_was_asked_for_before_an_activation_is_not_taken() {
    let mut rig = Rig::new(linear(Resolution::Medium));
    rig.play(480);
    rig.set(linear(Resolution::Maximum));
    rig.play(48);
    assert!(rig.hand_over.is_building);
    // The host deactivates with the chain on its way, and comes back with another rate.
    rig.values = linear(Resolution::Low);
    rig.prepare(&Spec { sample_rate: 96_000.0, ..SPEC });
    let latency = rig.chain.latency();
    rig.play_until(Rig::is_settled);
    rig.play(512);
    assert_eq!(rig.chain.latency(), latency);
    // And with one that is fed.
    rig.set(linear(Resolution::Medium));
    rig.play_until(|rig| rig.hand_over.heir.is_some());
    rig.prepare(&SPEC);
    assert!(rig.hand_over.heir.is_none());
    assert_eq!(rig.chain.latency(), 3072 + LIMITER_FRAMES);
}

#[test]
fn bypassed_in_the_middle_it_is_the_input_later_by_the_latency_in_force() {
    let mut rig = Rig::new(linear(Resolution::Medium));
    rig.play_until(|rig| rig.frame() > 9600);
    rig.set(linear(Resolution::Low));
    rig.play_until(|rig| rig.hand_over.heir.is_some());
    rig.set(HostValues { is_bypassed: true, ..rig.values });
    let bypassed = rig.frame();
    rig.play_until(|rig| rig.chain.latency() == 1536 + LIMITER_FRAMES);
    let over = rig.frame();
    rig.play_until(|rig| rig.frame() > over + 4800);
    for (span, latency) in [
        (bypassed + FADE_FRAMES..over - FADE_FRAMES - 48, 3072 + LIMITER_FRAMES),
        (over..rig.frame(), 1536 + LIMITER_FRAMES),
    ] {
        for frame in span {
            assert_eq!(rig.heard[0][frame], input(frame - latency)[0], "frame {frame}");
        }
    }
    rig.set(HostValues { is_bypassed: false, ..rig.values });
    let back = rig.frame();
    // It is fed for twice its latency and 50 ms before it is heard again.
    rig.play_until(|rig| rig.frame() > back + 9600);
    let expected = alone(linear(Resolution::Low), back..rig.frame(), &[]);
    let last = rig.frame() - back - 1000..rig.frame() - back;
    let away = last.clone().map(|frame| (rig.heard[0][back + frame] - expected[0][frame]).abs()).fold(0.0, f32::max);
    // The kernel's work begins on another frame: to -120 dB.
    assert!(away < 1e-6, "{away}");
}

/// Every frame that has come to one side of the spectrum.
fn seen(reader: &mut SpectrumReader) -> (Vec<[f32; 2]>, Vec<[f32; 2]>) {
    let before = std::iter::from_fn(|| reader.before.next_frame()).collect();
    (before, std::iter::from_fn(|| reader.after.next_frame()).collect())
}

#[test]
fn who_watches_the_spectrum_misses_nothing() {
    let mut rig = Rig::new(values(EqualizerPhase::Minimum, Resolution::Low));
    let mut reader = rig.chain.module_mut().take_spectrum().unwrap();
    let mut compressor = rig.chain.module_mut().take_compressor().unwrap();
    reader.open();
    compressor.open();
    rig.set(linear(Resolution::Low));
    rig.play_until(|rig| rig.chain.latency() != LIMITER_FRAMES);
    rig.play_until(|rig| rig.is_settled() && rig.frame() % 480 == 0);
    let (before, after) = seen(&mut reader);
    let expected: Vec<[f32; 2]> = (0..rig.frame()).map(input).collect();
    assert_eq!(before.len(), after.len());
    assert_eq!(before, expected);
    let (before, after) = seen(&mut compressor.spectrum);
    // At rest it returns what leaves the equalizer.
    assert_eq!((before.len(), before), (rig.frame(), after));
    let slots = std::iter::from_fn(|| compressor.bands.next_frame()).count();
    // The slot that the one chain leaves unfinished and the one that the next is in when it comes are not told.
    assert!((rig.frame() / 64 - 2..=rig.frame() / 64).contains(&slots), "{slots} slots of {} frames", rig.frame());
}

#[test]
fn instances_go_while_their_chains_are_made() {
    for count in 0..20 {
        let mut rig = Rig::new(linear(Resolution::Low));
        rig.set(linear([Resolution::Maximum, Resolution::Medium][count % 2]));
        rig.play(48);
        if count % 3 == 0 {
            rig.play_until(|rig| rig.hand_over.heir.is_some());
        }
        assert!(rig.hand_over.is_building || rig.hand_over.heir.is_some());
    }
}

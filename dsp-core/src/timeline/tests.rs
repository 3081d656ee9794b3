//! The timeline over a chain: what it tells agrees with what is heard, and who listens does not change it.

use super::*;
use crate::chain::{MasteringChain, Switchable};
use crate::planar::with_frames;
use crate::processor::Spec;
use crate::settings::{ChainSettings, Module};
use crate::units::{db_from_gain, gain_from_db};

const FRAMES: usize = 48_000;

/// A second of 997 Hz, 6 dB over the ceiling of -1 dBTP in its middle third.
fn burst() -> Vec<f32> {
    let level = |frame: usize| if (16_000..32_000).contains(&frame) { 1.778_3 } else { 0.5 };
    (0..FRAMES).map(|frame| level(frame) * (frame as f32 * 997.0 * std::f32::consts::TAU / 48_000.0).sin()).collect()
}

/// An insert in small: the chain, switched by `bypassed`, and its timeline, fed in blocks of a host.
struct Insert {
    chain: Switchable<MasteringChain>,
    timeline: Timeline,
    reader: HistoryReader<TimelineFrame>,
    frames: Vec<TimelineFrame>,
}

impl Insert {
    fn new(settings: &ChainSettings) -> Self {
        let mut chain = Switchable::new(MasteringChain::of(&[Module::Limiter]));
        chain.prepare(&Spec { sample_rate: 48_000.0, max_block: 4096, channels: 1 }).unwrap();
        chain.set_params(settings);
        let (mut timeline, reader) = Timeline::new();
        timeline.reset();
        Self { chain, timeline, reader, frames: Vec::new() }
    }

    fn run(&mut self, signal: &mut [f32], block: usize) {
        for block in signal.chunks_mut(block) {
            let mut start = 0;
            while start < block.len() {
                let end = block.len().min(start.saturating_add(self.timeline.frames_at_once()));
                with_frames(&mut [&mut *block], start..end, |part| {
                    self.chain.process(part);
                    let activity =
                        if self.timeline.is_open() { self.chain.take_activity() } else { Activity::default() };
                    self.timeline.note(activity, part);
                });
                start = end;
            }
            self.frames.extend(std::iter::from_fn(|| self.reader.next_frame()));
        }
    }
}

/// All frames and the output of the burst, listened to from the start.
fn listened(settings: &ChainSettings, block: usize) -> (Vec<TimelineFrame>, Vec<f32>) {
    let mut insert = Insert::new(settings);
    insert.reader.open();
    let mut signal = burst();
    insert.run(&mut signal, block);
    (insert.frames, signal)
}

/// The largest magnitude of the frames of a hop, `delay` frames before it.
fn peak_of(signal: &[f32], hop: usize, delay: usize) -> f32 {
    let place = |frame: usize| (hop * GRID_FRAMES + frame).checked_sub(delay).map_or(0.0, |frame| signal[frame].abs());
    (0..GRID_FRAMES).map(place).fold(0.0, f32::max)
}

#[test]
fn every_hop_agrees_with_the_samples_that_left_in_it() {
    let mut settings = ChainSettings::default();
    settings.limiter.input_gain_db = 6.0;
    let input_gain = gain_from_db(6.0) as f32;
    let latency = Insert::new(&settings).chain.latency();
    let input = burst();
    for block in [4096, 1000, 64, 7] {
        let (frames, output) = listened(&settings, block);
        assert_eq!(frames.len(), FRAMES / GRID_FRAMES);
        for (hop, frame) in frames.iter().enumerate().skip(1) {
            let samples = &output[hop * GRID_FRAMES..(hop + 1) * GRID_FRAMES];
            let power = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / GRID_FRAMES as f64;
            assert_eq!(frame.channels[0].peak, peak_of(&output, hop, 0));
            // One rounding to f32.
            assert!((f64::from(frame.channels[0].power) - power).abs() <= power * 6e-8);
            assert_eq!(frame.limiter_input_peak, input_gain * peak_of(&input, hop, latency), "hop {hop} of {block}");
            // What was taken away in this hop lies between none and the deepest, to 0.0001 dB of rounding.
            let lost_db = db_from_gain(f64::from(frame.channels[0].peak / frame.limiter_input_peak));
            assert!(lost_db.is_nan() || lost_db >= f64::from(frame.gain_reduction_db) - 1e-4, "{lost_db} {frame:?}");
            assert!(frame.gain_reduction_db < 0.0 || frame.channels[0].peak == frame.limiter_input_peak);
        }
        // 12 dB over the ceiling in the burst, to 0.05 dB: the limiter keeps a margin and rounds up.
        let deepest_db = frames.iter().map(|frame| frame.gain_reduction_db).fold(0.0, f32::min);
        assert!((-12.05..-11.95).contains(&deepest_db), "{deepest_db} dB");
        assert!(frames.iter().all(|frame| frame.channels[1..] == [Level::default(); MAX_CHANNELS - 1]));
    }
}

#[test]
fn who_listens_does_not_change_the_sound() {
    let outputs = [false, true].map(|listens| {
        let mut insert = Insert::new(&ChainSettings::default());
        if listens {
            insert.reader.open();
        }
        let mut signal = burst();
        insert.run(&mut signal, 777);
        assert_eq!(insert.frames.is_empty(), !listens);
        signal
    });
    assert!(outputs[0] == outputs[1]);
}

#[test]
fn frames_go_on_in_listening_modes_and_while_nothing_limits() {
    let mut delta = ChainSettings::default();
    delta.limiter.delta = true;
    let mut unity = ChainSettings::default();
    unity.limiter.unity_gain = true;
    let (plain, _) = listened(&ChainSettings::default(), 512);
    for settings in [delta, unity] {
        let (frames, output) = listened(&settings, 512);
        assert_eq!(frames.len(), plain.len());
        for (hop, (frame, plain)) in frames.iter().zip(&plain).enumerate().skip(1) {
            assert_eq!(frame.gain_reduction_db, plain.gain_reduction_db);
            assert_eq!(frame.limiter_input_peak, plain.limiter_input_peak);
            assert_eq!(frame.channels[0].peak, peak_of(&output, hop, 0));
        }
    }
    let mut disabled = ChainSettings::default();
    disabled.limiter.enabled = false;
    let (frames, _) = listened(&disabled, 512);
    assert_eq!(frames.len(), plain.len());
    assert!(frames.iter().all(|frame| frame.gain_reduction_db == 0.0));
    assert!(frames.iter().all(|frame| frame.limiter_input_peak == frame.channels[0].peak));
}

#[test]
fn a_bypassed_chain_reduces_nothing_until_it_is_heard_again() {
    let mut insert = Insert::new(&ChainSettings::default());
    let latency = insert.chain.latency();
    let input = burst();
    insert.reader.open();
    insert.chain.set_enabled(false);
    let mut signal = burst();
    insert.run(&mut signal[..20_000], 512);
    insert.chain.set_enabled(true);
    insert.run(&mut signal[20_000..], 512);
    assert_eq!(insert.frames.len(), FRAMES / GRID_FRAMES);
    for (hop, frame) in insert.frames.iter().enumerate() {
        assert_eq!(frame.channels[0].peak, peak_of(&signal, hop, 0));
        let input = peak_of(&input, hop, latency);
        if frame.gain_reduction_db == 0.0 {
            assert_eq!((frame.channels[0].peak, frame.limiter_input_peak), (input, input), "hop {hop}");
        }
    }
    let reduced = insert.frames.iter().position(|frame| frame.gain_reduction_db < -5.0).unwrap() * GRID_FRAMES;
    // It is fed for its latency and 50 ms before it is heard.
    assert!((22_400..25_000).contains(&reduced), "{reduced}");
}

#[test]
fn a_reader_that_opens_late_gets_whole_hops_of_now() {
    let mut insert = Insert::new(&ChainSettings::default());
    let mut signal = burst();
    insert.run(&mut signal[..40_010], 4096);
    insert.reader.open();
    insert.run(&mut signal[40_010..], 1000);
    let (all, _) = listened(&ChainSettings::default(), 4096);
    let now = &all[40_010usize.div_ceil(GRID_FRAMES)..];
    assert_eq!(insert.frames.len(), now.len());
    // The input's peak comes with the second hop.
    assert_eq!(insert.frames[1..], now[1..]);
    let first = TimelineFrame { limiter_input_peak: now[0].channels[0].peak, ..now[0] };
    assert_eq!(insert.frames[0], first);
}

#[test]
fn all_channels_of_a_meter_and_what_is_not_sound() {
    let (mut timeline, mut reader) = Timeline::new();
    reader.open();
    let mut buffers: Vec<Vec<f32>> = (0..MAX_CHANNELS).map(|channel| vec![channel as f32 * -0.125; 64]).collect();
    (buffers[0][0], buffers[1][0]) = (f32::NAN, f32::INFINITY);
    let channels: Vec<&mut [f32]> = buffers.iter_mut().map(Vec::as_mut_slice).collect();
    timeline.note(Activity::default(), &channels);
    let frame = reader.next_frame().unwrap();
    assert_eq!(frame.limiter_input_peak, 0.125 * 11.0);
    for (channel, level) in frame.channels.iter().enumerate() {
        let peak = channel as f32 * 0.125;
        let power = if channel == 1 { peak * peak * 63.0 / 64.0 } else { peak * peak };
        assert_eq!(*level, Level { peak, power });
    }
}

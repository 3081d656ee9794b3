//! The audio thread's side of the host: blocks, events at their frames, time.

use std::ops::Range;

use clack_extensions::params::PluginParams;
use clack_extensions::tail::{PluginTail, TailLength};
use clack_host::events::event_types::{ParamValueEvent, TransportEvent, TransportFlags};
use clack_host::events::io::EventBuffer;
use clack_host::events::spaces::CoreEventSpace;
use clack_host::events::{EventFlags, EventHeader, Pckn};
use clack_host::prelude::*;
use clack_host::utils::{BeatTime, SecondsTime};

use super::notes::Handlers;

/// A value set at a frame of the signal processed.
#[derive(Clone, Copy, Debug)]
pub struct Automation {
    /// The frame.
    pub frame: usize,
    /// The parameter.
    pub id: ClapId,
    /// The value, in the host's range.
    pub value: f64,
}

/// What the plugin tells the host of a parameter: its editor's doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// A hand is on the control.
    Begin(ClapId),
    /// It has this value, in the host's range.
    Value(ClapId, f64),
    /// The hand is off.
    End(ClapId),
}

/// Where the song is; it moves on with the blocks while playing.
#[derive(Clone, Copy, Debug)]
pub struct Transport {
    /// Whether it moves.
    pub is_playing: bool,
    /// Seconds from the start of the song.
    pub position_s: f64,
}

/// An active plugin that is being processed. It may go to another thread.
pub struct Audio {
    processor: StartedPluginAudioProcessor<Handlers>,
    sample_rate: f64,
    /// Frames processed since activation: the host's steady clock.
    steady_frames: u64,
    transport: Option<Transport>,
    /// Channels handed over for input and output, where not all.
    handed: Option<(usize, usize)>,
    answers: Vec<Answer>,
}

impl Audio {
    pub(super) fn new(processor: StartedPluginAudioProcessor<Handlers>, sample_rate: f64) -> Self {
        Self { processor, sample_rate, steady_frames: 0, transport: None, handed: None, answers: Vec::new() }
    }

    pub(super) fn stopped(self) -> StoppedPluginAudioProcessor<Handlers> {
        self.processor.stop_processing()
    }

    /// Forgets the signal; the steady clock starts anew.
    pub fn reset(&mut self) {
        self.processor.reset();
        self.steady_frames = 0;
    }

    /// Tells the plugin of a transport from the next block on, or of none.
    pub fn set_transport(&mut self, transport: Option<Transport>) {
        self.transport = transport;
    }

    /// Hands over only the first channels from the next block on.
    pub fn hand_over(&mut self, inputs: usize, outputs: usize) {
        self.handed = Some((inputs, outputs));
    }

    /// What the plugin said of its parameters since this was last asked.
    pub fn take_answers(&mut self) -> Vec<Answer> {
        std::mem::take(&mut self.answers)
    }

    /// How long the plugin sounds after its input has ended, in frames; `None` for ever.
    pub fn tail(&mut self) -> Option<usize> {
        let plugin = self.processor.plugin_handle();
        let tail: PluginTail = plugin.get_extension().expect("the tail extension");
        match tail.get(&plugin) {
            TailLength::Finite(frames) => Some(frames as usize),
            TailLength::Infinite => None,
        }
    }

    /// Processes a planar signal in place, in blocks of the sizes given, with values set at their frames, ascending.
    pub fn process(
        &mut self,
        signal: &mut [Vec<f32>],
        blocks: impl IntoIterator<Item = usize>,
        automation: &[Automation],
    ) {
        assert!(automation.is_sorted_by_key(|set| set.frame), "values are set in the order of their frames");
        let length = signal.first().map_or(0, Vec::len);
        let (mut start, mut rest) = (0, automation);
        let mut blocks = blocks.into_iter();
        while start < length {
            let end = length.min(start + blocks.next().expect("blocks for the whole signal"));
            let (now, later) = rest.split_at(rest.partition_point(|set| set.frame < end));
            let events: Vec<ParamValueEvent> = now
                .iter()
                .map(|set| ParamValueEvent::new((set.frame - start) as u32, set.id, Pckn::match_all(), set.value))
                .collect();
            self.process_block(signal, start..end, &events);
            (start, rest) = (end, later);
        }
    }

    fn process_block(&mut self, signal: &mut [Vec<f32>], range: Range<usize>, events: &[ParamValueEvent]) {
        let (inputs, outputs) = self.handed.unwrap_or((signal.len(), signal.len()));
        let given = signal.iter().take(inputs).map(|channel| channel[range.clone()].to_vec());
        let mut given: Vec<Vec<f32>> = given.collect();
        // What a plugin leaves as it was is heard.
        signal.iter_mut().take(outputs).for_each(|channel| channel[range.clone()].fill(f32::NAN));
        let mut in_ports = AudioPorts::with_capacity(inputs, 1);
        let mut out_ports = AudioPorts::with_capacity(outputs, 1);
        let in_audio = in_ports.with_input_buffers([AudioPortBuffer {
            latency: 0,
            channels: AudioPortBufferType::f32_input_only(given.iter_mut().map(InputChannel::variable)),
        }]);
        let written = signal.iter_mut().take(outputs).map(|channel| &mut channel[range.clone()]);
        let mut out_audio = out_ports.with_output_buffers([AudioPortBuffer {
            latency: 0,
            channels: AudioPortBufferType::f32_output_only(written),
        }]);
        let mut answers = EventBuffer::new();
        let transport = self.transport.map(Transport::event);
        self.processor
            .process(
                &in_audio,
                &mut out_audio,
                &InputEvents::from_buffer(&events),
                &mut answers.as_output(),
                Some(self.steady_frames),
                transport.as_ref(),
            )
            .expect("the plugin processes");
        self.pass(range.len());
        self.keep(&answers);
    }

    /// Lets the plugin say what it has to say, and hear values, without a block.
    pub fn flush(&mut self) {
        let mut answers = EventBuffer::new();
        let mut plugin = self.processor.plugin_handle();
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        params.flush_active(&mut plugin, &InputEvents::empty(), &mut answers.as_output());
        self.keep(&answers);
    }

    fn pass(&mut self, frames: usize) {
        self.steady_frames += frames as u64;
        if let Some(transport) = self.transport.as_mut().filter(|transport| transport.is_playing) {
            transport.position_s += frames as f64 / self.sample_rate;
        }
    }

    fn keep(&mut self, events: &EventBuffer) {
        self.answers.extend(events.iter().filter_map(|event| match event.as_core_event()? {
            CoreEventSpace::ParamGestureBegin(begin) => begin.param_id().map(Answer::Begin),
            CoreEventSpace::ParamGestureEnd(end) => end.param_id().map(Answer::End),
            CoreEventSpace::ParamValue(set) => set.param_id().map(|id| Answer::Value(id, set.value())),
            _ => None,
        }));
    }
}

impl Transport {
    /// The event of a block: seconds, and beats at 120 per minute.
    fn event(self) -> TransportEvent {
        const TEMPO_BPM: f64 = 120.0;
        let mut flags = TransportFlags::HAS_TEMPO
            | TransportFlags::HAS_BEATS_TIMELINE
            | TransportFlags::HAS_SECONDS_TIMELINE
            | TransportFlags::HAS_TIME_SIGNATURE;
        flags.set(TransportFlags::IS_PLAYING, self.is_playing);
        let beats = self.position_s * TEMPO_BPM / 60.0;
        TransportEvent {
            header: EventHeader::new_core(0, EventFlags::empty()),
            flags,
            song_pos_beats: BeatTime::from_float(beats),
            song_pos_seconds: SecondsTime::from_float(self.position_s),
            tempo: TEMPO_BPM,
            tempo_inc: 0.0,
            loop_start_beats: BeatTime::from_int(0),
            loop_end_beats: BeatTime::from_int(0),
            loop_start_seconds: SecondsTime::from_int(0),
            loop_end_seconds: SecondsTime::from_int(0),
            bar_start: BeatTime::from_int((beats / 4.0) as i64 * 4),
            bar_number: (beats / 4.0) as i32,
            time_signature_numerator: 4,
            time_signature_denominator: 4,
        }
    }
}

//! The sounds that are kept: fixed music through processors at fixed settings.

use std::collections::BTreeMap;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::limiter::Limiter;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{BitDepth, ChainSettings, Dither, LimiterParams, LimiterStyle};
use runout_tests::music::music;
use runout_tests::signals::driven;

use crate::figures::Figures;

const BLOCK_FRAMES: usize = 512;

/// Seconds of music.
const SECONDS: f64 = 8.0;

/// Every sound.
pub fn all() -> BTreeMap<String, Figures> {
    let mut sounds = BTreeMap::new();
    for style in LimiterStyle::ALL {
        let params = LimiterParams { style: *style, ..LimiterParams::default() };
        let name = format!("limiter {}, music driven 9 dB, 48 kHz", style.word());
        sounds.insert(name, sound::<Limiter>(&params, 48_000.0, 2, 9.0));
    }
    let by_hand = LimiterParams { auto_release: false, lookahead_ms: 1.0, link: 0.5, ..LimiterParams::default() };
    sounds.insert("limiter by hand, 44.1 kHz".to_owned(), sound::<Limiter>(&by_hand, 44_100.0, 2, 6.0));
    sounds.insert("limiter, mono, 96 kHz".to_owned(), sound::<Limiter>(&LimiterParams::default(), 96_000.0, 1, 6.0));

    let mut settings = ChainSettings::default();
    settings.input.gain_db = 2.5;
    settings.limiter.input_gain_db = 4.0;
    sounds.insert("chain, float, 48 kHz".to_owned(), sound::<MasteringChain>(&settings, 48_000.0, 2, 0.0));
    settings.output.dither = Dither::Tpdf;
    for depth in [BitDepth::Sixteen, BitDepth::TwentyFour] {
        settings.output.bit_depth = depth;
        let name = format!("chain, tpdf to {} bit, 44.1 kHz", depth.word());
        sounds.insert(name, sound::<MasteringChain>(&settings, 44_100.0, 2, 0.0));
    }
    sounds
}

fn sound<P: Processor + Default>(params: &P::Params, sample_rate: f64, channels: usize, drive_db: f64) -> Figures {
    let mut processor = P::default();
    processor.prepare(&Spec { sample_rate, max_block: BLOCK_FRAMES, channels }).expect("the rate is possible");
    processor.set_params(params);
    let mut signal = driven(&music(7, sample_rate, SECONDS, channels), drive_db);
    let frames = signal[0].len();
    for start in (0..frames).step_by(BLOCK_FRAMES) {
        let end = (start + BLOCK_FRAMES).min(frames);
        let mut block: Vec<&mut [f32]> = signal.iter_mut().map(|channel| &mut channel[start..end]).collect();
        processor.process(&mut block);
    }
    Figures::of(&signal, sample_rate)
}

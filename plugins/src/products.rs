//! The plugins that are exported. Ids and names are frozen: sessions in the world refer to them.

use std::sync::Arc;

use nice_plug::prelude::{AudioIOLayout, ClapFeature, PortNames, Vst3SubCategory, new_nonzero_u32};
use runout_dsp_core::settings::Module;
use runout_gui::editor::Editor;
use runout_gui::editors::{CompressorEditor, EqualizerEditor, ImagerEditor, LimiterEditor, MasterEditor, MeterEditor};
use runout_gui::feed::Feed;
use runout_gui::preferences::Preferences;
use runout_gui::presets::Presets;

use crate::chain_stage::ChainStage;
use crate::insert::{Insert, Product};
use crate::stage::Passage;

/// The whole chain in one insert.
pub type RunoutMaster = Insert<Master>;
/// The equalizer.
pub type RunoutEqualizer = Insert<Equalizer>;
/// The multiband compressor.
pub type RunoutCompressor = Insert<Compressor>;
/// The stereo imager.
pub type RunoutImager = Insert<Imager>;
/// The true-peak limiter.
pub type RunoutLimiter = Insert<Limiter>;
/// The loudness meter.
pub type RunoutMeter = Insert<Meter>;

/// Stereo first: what a host takes when it does not ask.
const MONO_AND_STEREO: &[AudioIOLayout] = &[layout(2, "Stereo"), layout(1, "Mono")];

/// What the meter reads: the chain's, and the surround of BS.1770.
const METERED: &[AudioIOLayout] = &[layout(2, "Stereo"), layout(1, "Mono"), layout(6, "5.1"), layout(12, "7.1.4")];

const fn layout(channels: u32, name: &'static str) -> AudioIOLayout {
    AudioIOLayout {
        main_input_channels: Some(new_nonzero_u32(channels)),
        main_output_channels: Some(new_nonzero_u32(channels)),
        names: PortNames { layout: Some(name), ..PortNames::const_default() },
        ..AudioIOLayout::const_default()
    }
}

/// What distinguishes Runout Master.
pub struct Master;

impl Product for Master {
    type Stage = ChainStage;

    const NAME: &'static str = "Runout Master";
    const CLAP_ID: &'static str = "org.runout.master";
    const VST3_CLASS_ID: [u8; 16] = *b"RunoutMaster0001";
    const DESCRIPTION: &'static str = "The whole mastering chain in one insert";
    const CLAP_FEATURES: &'static [ClapFeature] =
        &[ClapFeature::AudioEffect, ClapFeature::Stereo, ClapFeature::Mono, ClapFeature::Mastering];
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] = &[Vst3SubCategory::Fx, Vst3SubCategory::Mastering];
    const LAYOUTS: &'static [AudioIOLayout] = MONO_AND_STEREO;
    // The imager joins here when it lands, the output stage when it can do all that its parameters offer.
    const MODULES: &'static [Module] = &Module::ALL;
    const FULL_NAMES: bool = true;
    const EDITOR_SIZE: [u32; 2] = [1280, 760];

    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor> {
        Box::new(MasterEditor::new(feed, preferences, presets))
    }
}

/// What distinguishes Runout Equalizer.
pub struct Equalizer;

impl Product for Equalizer {
    type Stage = ChainStage;

    const NAME: &'static str = "Runout Equalizer";
    const CLAP_ID: &'static str = "org.runout.equalizer";
    const VST3_CLASS_ID: [u8; 16] = *b"RunoutEqualizer1";
    const DESCRIPTION: &'static str = "Equalizer of 24 bands, linear phase or without latency";
    const CLAP_FEATURES: &'static [ClapFeature] = &[
        ClapFeature::AudioEffect,
        ClapFeature::Stereo,
        ClapFeature::Mono,
        ClapFeature::Equalizer,
        ClapFeature::Mastering,
    ];
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] =
        &[Vst3SubCategory::Fx, Vst3SubCategory::Eq, Vst3SubCategory::Mastering];
    const LAYOUTS: &'static [AudioIOLayout] = MONO_AND_STEREO;
    const MODULES: &'static [Module] = &[Module::Equalizer];
    const FULL_NAMES: bool = false;
    const EDITOR_SIZE: [u32; 2] = [1000, 620];

    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor> {
        Box::new(EqualizerEditor::new(feed, preferences, presets))
    }
}

/// What distinguishes Runout Compressor.
pub struct Compressor;

impl Product for Compressor {
    type Stage = ChainStage;

    const NAME: &'static str = "Runout Compressor";
    const CLAP_ID: &'static str = "org.runout.compressor";
    const VST3_CLASS_ID: [u8; 16] = *b"RunoutCompressor";
    const DESCRIPTION: &'static str = "Compressor of one to six bands, without latency or in linear phase";
    const CLAP_FEATURES: &'static [ClapFeature] = &[
        ClapFeature::AudioEffect,
        ClapFeature::Stereo,
        ClapFeature::Mono,
        ClapFeature::Compressor,
        ClapFeature::Mastering,
    ];
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] =
        &[Vst3SubCategory::Fx, Vst3SubCategory::Dynamics, Vst3SubCategory::Mastering];
    const LAYOUTS: &'static [AudioIOLayout] = MONO_AND_STEREO;
    const MODULES: &'static [Module] = &[Module::Compressor];
    const FULL_NAMES: bool = false;
    const EDITOR_SIZE: [u32; 2] = [1000, 620];

    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor> {
        Box::new(CompressorEditor::new(feed, preferences, presets))
    }
}

/// What distinguishes Runout Imager.
pub struct Imager;

impl Product for Imager {
    type Stage = ChainStage;

    const NAME: &'static str = "Runout Imager";
    const CLAP_ID: &'static str = "org.runout.imager";
    const VST3_CLASS_ID: [u8; 16] = *b"RunoutImager0001";
    const DESCRIPTION: &'static str = "Stereo imager of one to four bands, with mono bass and decorrelation";
    const CLAP_FEATURES: &'static [ClapFeature] =
        &[ClapFeature::AudioEffect, ClapFeature::Stereo, ClapFeature::Mono, ClapFeature::Mastering];
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] =
        &[Vst3SubCategory::Fx, Vst3SubCategory::Spatial, Vst3SubCategory::Mastering];
    const LAYOUTS: &'static [AudioIOLayout] = MONO_AND_STEREO;
    const MODULES: &'static [Module] = &[Module::Imager];
    const FULL_NAMES: bool = false;
    const EDITOR_SIZE: [u32; 2] = [1000, 620];

    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor> {
        Box::new(ImagerEditor::new(feed, preferences, presets))
    }
}

/// What distinguishes Runout Limiter.
pub struct Limiter;

impl Product for Limiter {
    type Stage = ChainStage;

    const NAME: &'static str = "Runout Limiter";
    const CLAP_ID: &'static str = "org.runout.limiter";
    const VST3_CLASS_ID: [u8; 16] = *b"RunoutLimiter001";
    const DESCRIPTION: &'static str = "True-peak limiter for the master bus";
    const CLAP_FEATURES: &'static [ClapFeature] = &[
        ClapFeature::AudioEffect,
        ClapFeature::Stereo,
        ClapFeature::Mono,
        ClapFeature::Limiter,
        ClapFeature::Mastering,
    ];
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] =
        &[Vst3SubCategory::Fx, Vst3SubCategory::Dynamics, Vst3SubCategory::Mastering];
    const LAYOUTS: &'static [AudioIOLayout] = MONO_AND_STEREO;
    const MODULES: &'static [Module] = &[Module::Limiter];
    const FULL_NAMES: bool = false;
    const EDITOR_SIZE: [u32; 2] = [1000, 620];

    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor> {
        Box::new(LimiterEditor::new(feed, preferences, presets))
    }
}

/// What distinguishes Runout Meter: it passes the sound on as it is, and has no parameters but the host's bypass.
pub struct Meter;

impl Product for Meter {
    type Stage = Passage;

    const NAME: &'static str = "Runout Meter";
    const CLAP_ID: &'static str = "org.runout.meter";
    const VST3_CLASS_ID: [u8; 16] = *b"RunoutMeter00001";
    const DESCRIPTION: &'static str = "Loudness and true peak against a delivery target";
    const CLAP_FEATURES: &'static [ClapFeature] = &[
        ClapFeature::AudioEffect,
        ClapFeature::Analyzer,
        ClapFeature::Stereo,
        ClapFeature::Mono,
        ClapFeature::Surround,
        ClapFeature::Mastering,
    ];
    const VST3_SUBCATEGORIES: &'static [Vst3SubCategory] = &[Vst3SubCategory::Fx, Vst3SubCategory::Analyzer];
    const LAYOUTS: &'static [AudioIOLayout] = METERED;
    const MODULES: &'static [Module] = &[];
    const FULL_NAMES: bool = false;
    const EDITOR_SIZE: [u32; 2] = [1000, 620];

    fn editor(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Box<dyn Editor> {
        Box::new(MeterEditor::new(feed, preferences, presets))
    }
}

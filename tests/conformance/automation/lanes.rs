//! What is automated, and the settings around it.

mod compressor;
mod imager;

use runout_dsp_core::chain::{MasteringChain, Switchable};
use runout_dsp_core::settings::{
    BandShape, ChainSettings, EqualizerBand, EqualizerPhase, Kind, Module, Parameter, Purpose, Scale, parameters,
};

/// What moves.
enum Moved {
    Setting(Parameter),
    Bypass,
}

/// One parameter of one insert.
pub struct Lane {
    moved: Moved,
    /// The module of the insert.
    pub module: Module,
    /// All other parameters: there is something that the one which moves acts on.
    around: ChainSettings,
}

impl Lane {
    /// Everything that the plugins show today; of the equalizer's bands, which are alike, the first.
    pub fn all() -> Vec<Self> {
        let list = parameters();
        let mut lanes: Vec<Self> = list.iter().filter_map(Self::of_the_limiter).collect();
        lanes.push(Self { moved: Moved::Bypass, module: Module::Limiter, around: ChainSettings::default() });
        for phase in [EqualizerPhase::Linear, EqualizerPhase::Minimum] {
            lanes.extend(list.iter().filter_map(|parameter| Self::of_the_equalizer(parameter, phase)));
        }
        lanes.extend(compressor::all());
        lanes.extend(imager::all());
        lanes
    }

    fn of_the_limiter(parameter: &Parameter) -> Option<Self> {
        let mut around = ChainSettings::default();
        if parameter.id.starts_with("listen.") {
            around.limiter.input_gain_db = 6.0;
        }
        let is_shown = matches!(parameter.module, Some(Module::Input | Module::Limiter));
        is_shown.then(|| Self { moved: Moved::Setting(parameter.clone()), module: Module::Limiter, around })
    }

    fn of_the_equalizer(parameter: &Parameter, phase: EqualizerPhase) -> Option<Self> {
        let moves_latency = parameter.id.ends_with(".phase") || parameter.id.ends_with(".resolution");
        let is_of_another_band = parameter.id.contains(".band.") && !parameter.id.contains(".band.1.");
        if parameter.module != Some(Module::Equalizer) || moves_latency || is_of_another_band {
            return None;
        }
        let mut around = ChainSettings::default();
        around.equalizer.phase = phase;
        let shape = if parameter.id.contains("slope") { BandShape::LowCut } else { BandShape::Bell };
        around.equalizer.bands[0] = EqualizerBand {
            enabled: true,
            shape,
            frequency_hz: 800.0,
            gain_db: 12.0,
            q: 1.0,
            ..EqualizerBand::default()
        };
        Some(Self { moved: Moved::Setting(parameter.clone()), module: Module::Equalizer, around })
    }

    /// What it is called, with what it depends on.
    pub fn name(&self) -> String {
        match (&self.moved, self.module) {
            (Moved::Setting(parameter), Module::Equalizer) => {
                format!("{} in {} phase", parameter.id, self.around.equalizer.phase.word())
            }
            (Moved::Setting(parameter), Module::Compressor) => {
                let compressor = &self.around.compressor;
                format!("{} in {} phase of {} bands", parameter.id, compressor.phase.word(), compressor.bands)
            }
            (Moved::Setting(parameter), Module::Imager) => {
                let imager = &self.around.imager;
                format!("{} in {} phase of {} bands", parameter.id, imager.phase.word(), imager.bands)
            }
            (Moved::Setting(parameter), _) => parameter.id.clone(),
            (Moved::Bypass, _) => "bypass".to_owned(),
        }
    }

    /// Whether there is anything between its ends.
    pub fn is_ramped(&self) -> bool {
        matches!(self.moved, Moved::Setting(Parameter { kind: Kind::Number { .. } | Kind::Choice(_), .. }))
    }

    /// Whether the tone is louder on its way than at both ends: a bell or a band that passes over it.
    pub fn may_pass_louder(&self) -> bool {
        self.module != Module::Limiter
    }

    /// The settings around it.
    pub fn around(&self) -> ChainSettings {
        self.around
    }

    /// Moves the chain to a place on the way from the lowest value, 0, to the highest, 1, as a control travels.
    pub fn set(&self, chain: &mut Switchable<MasteringChain>, settings: &mut ChainSettings, place: f64) {
        match &self.moved {
            Moved::Setting(parameter) => {
                let (lowest, highest) = parameter.kind.range();
                let (lowest, highest) = (f64::from(lowest), f64::from(highest));
                let value = match parameter.kind {
                    // From off over what is next to nothing.
                    Kind::Number { scale: Scale::Logarithmic, .. } if lowest == 0.0 => {
                        highest * (1000f64.powf(place) - 1.0) / 999.0
                    }
                    Kind::Number { scale: Scale::Logarithmic, .. } => lowest * (highest / lowest).powf(place),
                    _ => lowest + (highest - lowest) * place,
                };
                parameter.set(settings, f64::from(parameter.kind.rounded(value)));
                chain.set_params(settings);
            }
            Moved::Bypass => chain.set_enabled(place < 0.5),
        }
    }
}

/// Whether a parameter of a module with `bands` of its bands in use gets a lane: not what moves the latency, nor other bands
/// than the first, which are alike, nor the division of a single band, nor crossovers that are not in use.
fn is_asked(parameter: &Parameter, module: Module, bands: u32) -> bool {
    let field = parameter.id.split_once('.').map_or("", |(_, field)| field);
    let slot = |of: &str| field.strip_prefix(of).and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    parameter.module == Some(module)
        && parameter.purpose != Purpose::Latency
        && slot("band.").is_none_or(|band| band == 1)
        && slot("crossover_hz.").is_none_or(|crossover| crossover < bands)
        && (field != "bands" || bands > 1)
}

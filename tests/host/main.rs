//! Does a foreign host believe the plugins? The bundle as hosts find it, in the profile `checked` (an allocation in
//! `process` aborts), loaded into an in-process CLAP host and, as VST3, into a JUCE host beside it. FRAMEWORK's traps
//! stand by number where a test guards one.

mod automation;
mod bypass;
mod channels;
mod command;
mod identity;
mod instances;
mod juce_host;
mod latency;
mod meter;
mod modes;
mod remote;
mod reset;
mod rig;
mod soak;
mod state;
mod text;
#[cfg(target_os = "linux")]
mod window;

//! The Runout mastering suite as plugins: one library, one bundle, CLAP and VST3.
//!
//! Only glue lives here: [`parameters`] shows the settings of dsp-core to the host, [`insert`] feeds the one
//! `MasteringChain` with the host's blocks, [`products`] names what is exported. The Meter and the editors are not in
//! this version.

pub mod insert;
pub mod parameters;
pub mod products;

/// The exports that a host looks for.
#[allow(missing_docs, unsafe_code, clippy::undocumented_unsafe_blocks, reason = "what the framework's macros write")]
mod exports {
    use nice_plug::{nice_export_clap, nice_export_vst3};

    use crate::products::{RunoutLimiter, RunoutMaster};

    nice_export_clap!(RunoutMaster, RunoutLimiter);
    nice_export_vst3!(RunoutMaster, RunoutLimiter);
}

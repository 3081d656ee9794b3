//! The Runout mastering suite as plugins: one library, one bundle, CLAP and VST3.
//!
//! Only glue lives here: [`parameters`] shows the settings of dsp-core to the host, [`insert`] feeds the product's
//! [`stage`], the one `MasteringChain` ([`chain_stage`]) or the meter's passage, with the host's blocks, [`hand_over`] moves
//! the latency of a chain that plays, [`metering`] measures what is heard, [`window`] shows the product's editor, which
//! sees the parameters through a [`bridge`], [`products`] names what is exported.

pub mod bridge;
pub mod chain_stage;
pub mod hand_over;
pub mod insert;
pub mod latency_settings;
pub mod metering;
pub mod parameters;
pub mod products;
pub mod remote;
pub mod stage;
pub mod tail;
pub mod wake;
pub mod window;

/// The exports that a host looks for.
#[allow(missing_docs, unsafe_code, clippy::undocumented_unsafe_blocks, reason = "what the framework's macros write")]
mod exports {
    use nice_plug::{nice_export_clap, nice_export_vst3};

    use crate::products::{RunoutCompressor, RunoutEqualizer, RunoutImager, RunoutLimiter, RunoutMaster, RunoutMeter};

    nice_export_clap!(RunoutMaster, RunoutEqualizer, RunoutCompressor, RunoutImager, RunoutLimiter, RunoutMeter);
    nice_export_vst3!(RunoutMaster, RunoutEqualizer, RunoutCompressor, RunoutImager, RunoutLimiter, RunoutMeter);
}

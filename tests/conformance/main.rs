//! Conformance tests: the standards, and oracles that share no code with us.

mod loudness;

//! Does a foreign host believe the plugins? The library that is shipped, in the profile `checked` (an allocation in
//! `process` aborts), loaded into an in-process CLAP host.

mod insert;

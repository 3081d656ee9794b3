//! The multiband compressor.
mod ballistics;
mod boxcar;
mod computer;
mod course;
mod crest;
mod hold;
mod key;

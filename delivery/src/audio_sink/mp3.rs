//! MP3 by LAME: constant bit rate, gapless.
//!
//! ID3v2.4, then the frame that says how much of the first and the last frame is not music (LAME's tag), then the music.
//! LAME knows the tag at the end only and leaves room for it: it is written over its place.

use std::num::NonZero;
use std::path::{Path, PathBuf};

use mp3lame_encoder::{Bitrate, BuildError, Builder, DualPcm, Encoder, FlushGap, Mode, MonoPcm, Quality, VbrMode};

use super::{AudioSink, Existing, MP3_KBPS, PendingFile};
use crate::failure::Failure;
use crate::tags::{Loudness, Tags, id3};

/// Rates that can be mastered of MPEG-2 and of MPEG-1 Layer III, Hz.
const RATES_HZ: [u32; 5] = [22_050, 24_000, 32_000, 44_100, 48_000];
/// The highest rate of MPEG-2, Hz.
const HIGHEST_MPEG_2_HZ: u32 = 24_000;
/// The highest bit rate of MPEG-2, kbit/s.
const HIGHEST_MPEG_2_KBPS: u16 = 160;
/// What LAME's tag takes of a frame after the head and the side information, bytes: `LAMEHEADERSIZE` of its VbrTag.c.
const TAG_BYTES: u32 = 156;
/// Room for the frames that end a file, bytes: LAME asks for 7200.
const FLUSH_BYTES: usize = 1 << 15;

/// Whether MP3 of this bit rate can be written at this rate, so that it plays without a gap.
///
/// # Errors
/// It cannot: the message says what would be right.
pub fn check(kbps: u16, sample_rate_hz: u32, channels: usize) -> Result<(), String> {
    if !RATES_HZ.contains(&sample_rate_hz) {
        return Err(format!(
            "MP3 has no sample rate of {sample_rate_hz} Hz: 44100 or 48000 Hz is right (or 32000, 24000, 22050)"
        ));
    }
    if sample_rate_hz <= HIGHEST_MPEG_2_HZ && kbps > HIGHEST_MPEG_2_KBPS {
        return Err(format!(
            "at {sample_rate_hz} Hz MP3 has at most {HIGHEST_MPEG_2_KBPS} kbit/s: mp3-{HIGHEST_MPEG_2_KBPS} is right"
        ));
    }
    let is_gapless = |kbps: &u16| frame_bytes(*kbps, sample_rate_hz) >= frame_bytes_needed(sample_rate_hz, channels);
    match MP3_KBPS.into_iter().find(is_gapless) {
        Some(lowest) if kbps < lowest => Err(format!(
            "at {sample_rate_hz} Hz frames of {kbps} kbit/s have no room for what makes MP3 gapless: mp3-{lowest} is the least"
        )),
        _ => Ok(()),
    }
}

/// Bytes of a frame, rounded down: 1152 frames of audio in MPEG-1, half as many in MPEG-2.
fn frame_bytes(kbps: u16, sample_rate_hz: u32) -> u32 {
    let frames = if sample_rate_hz <= HIGHEST_MPEG_2_HZ { 576 } else { 1152 };
    frames / 8 * 1000 * u32::from(kbps) / sample_rate_hz
}

/// Bytes that a frame must have to hold LAME's tag: a head of 4, the side information, the tag.
fn frame_bytes_needed(sample_rate_hz: u32, channels: usize) -> u32 {
    let side_information = match (sample_rate_hz <= HIGHEST_MPEG_2_HZ, channels) {
        (false, 1) | (true, 2) => 17,
        (false, _) => 32,
        (true, _) => 9,
    };
    4 + side_information + TAG_BYTES
}

/// An MP3 file that is being written.
pub struct Mp3Sink {
    path: PathBuf,
    file: PendingFile,
    encoder: Encoder,
    /// Where LAME's tag goes: after ID3, bytes.
    tag_place: u64,
    /// What a block became.
    bytes: Vec<u8>,
}

impl Mp3Sink {
    /// Begins the file that will be `path`, of a bit rate that `check` allows.
    ///
    /// # Errors
    /// As [`PendingFile::create`]; or LAME refuses the form.
    pub fn create(
        path: &Path,
        kbps: u16,
        sample_rate_hz: u32,
        channels: usize,
        tags: &Tags,
        existing: Existing,
    ) -> Result<Self, Failure> {
        let refused =
            |reason: &dyn std::fmt::Display| Failure::about(path, format_args!("cannot be written: {reason}"));
        let id3 = id3(tags).map_err(|reason| refused(&reason))?;
        let rate = bit_rate(kbps).ok_or_else(|| refused(&format_args!("LAME has no bit rate of {kbps} kbit/s")))?;
        let encoder =
            encoder(rate, sample_rate_hz, channels).map_err(|error| refused(&format_args!("LAME: {error}")))?;
        let mut file = PendingFile::create(path, existing)?;
        file.write(&id3)?;
        Ok(Self { path: path.to_owned(), file, encoder, tag_place: id3.len() as u64, bytes: Vec::new() })
    }
}

impl AudioSink for Mp3Sink {
    fn write(&mut self, planes: &[&mut [f32]]) -> Result<(), Failure> {
        let frames = planes.first().map_or(0, |plane| plane.len());
        self.bytes.clear();
        self.bytes.reserve(mp3lame_encoder::max_required_buffer_size(frames));
        let encoded = match planes {
            [plane] => self.encoder.encode_to_vec(MonoPcm(plane), &mut self.bytes),
            [left, right, ..] => self.encoder.encode_to_vec(DualPcm { left, right }, &mut self.bytes),
            [] => Ok(0),
        };
        encoded.map_err(|error| refused(&self.path, &error))?;
        self.file.write(&self.bytes)
    }

    fn complete(mut self: Box<Self>, _loudness: Option<&Loudness>) -> Result<(), Failure> {
        self.bytes.clear();
        self.bytes.reserve(FLUSH_BYTES);
        self.encoder.flush_to_vec::<FlushGap>(&mut self.bytes).map_err(|error| refused(&self.path, &error))?;
        self.file.write(&self.bytes)?;
        self.bytes.clear();
        self.bytes.reserve(self.encoder.lame_tag_size());
        if self.encoder.lame_tag_encode_to_vec(&mut self.bytes).is_none() {
            return Err(refused(&self.path, &"there is no tag that makes it gapless"));
        }
        self.file.write_at(self.tag_place, &self.bytes)?;
        self.file.complete()
    }
}

fn refused(path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::about(path, format_args!("cannot be encoded: LAME: {reason}"))
}

/// LAME for a form: its own rate kept, whatever the bit rate, and its low-pass filter the one it chooses for that.
fn encoder(rate: Bitrate, sample_rate_hz: u32, channels: usize) -> Result<Encoder, BuildError> {
    Builder::new()
        .ok_or(BuildError::NoMem)?
        .with_num_channels(if channels == 1 { 1 } else { 2 })?
        .with_sample_rate(sample_rate_hz)?
        .with_output_sample_rate(NonZero::new(sample_rate_hz))?
        .with_mode(if channels == 1 { Mode::Mono } else { Mode::JointStereo })?
        .with_vbr_mode(VbrMode::Off)?
        .with_brate(rate)?
        .with_quality(Quality::NearBest)?
        .with_to_write_vbr_tag(true)?
        .build()
}

fn bit_rate(kbps: u16) -> Option<Bitrate> {
    Some(match kbps {
        32 => Bitrate::Kbps32,
        40 => Bitrate::Kbps40,
        48 => Bitrate::Kbps48,
        64 => Bitrate::Kbps64,
        80 => Bitrate::Kbps80,
        96 => Bitrate::Kbps96,
        112 => Bitrate::Kbps112,
        128 => Bitrate::Kbps128,
        160 => Bitrate::Kbps160,
        192 => Bitrate::Kbps192,
        224 => Bitrate::Kbps224,
        256 => Bitrate::Kbps256,
        320 => Bitrate::Kbps320,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_rate_is_known_to_lame_and_each_that_passes_has_room_for_the_tag() {
        for kbps in MP3_KBPS {
            assert!(bit_rate(kbps).is_some(), "{kbps}");
        }
        for (kbps, rate_hz, channels, passes) in [
            (320, 44_100, 2, true),
            (64, 48_000, 2, true),
            (48, 44_100, 2, false),
            (64, 44_100, 1, true),
            (160, 22_050, 2, true),
            (192, 24_000, 2, false),
            (320, 96_000, 2, false),
            (320, 11_025, 2, false),
        ] {
            let checked = check(kbps, rate_hz, channels);
            assert_eq!(checked.is_ok(), passes, "{kbps} kbit/s at {rate_hz} Hz: {checked:?}");
        }
        assert!(check(48, 44_100, 2).unwrap_err().ends_with("mp3-64 is the least"));
    }
}

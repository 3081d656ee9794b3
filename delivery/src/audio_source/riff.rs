//! The head of a WAV, RF64 or BW64 file: which samples, and where they stand.
//!
//! Microsoft's Multimedia Programming Interface (1991) and WAVE_FORMAT_EXTENSIBLE; RF64 after EBU Tech 3306; BW64 after
//! ITU-R BS.2088, whose head is the same. Sizes are claims: nothing is allocated by them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::SampleDepth;
use super::samples::SampleCoding;
use crate::failure::Failure;

/// Format tags.
const TAG_INTEGER: u16 = 1;
const TAG_FLOAT: u16 = 3;
const TAG_EXTENSIBLE: u16 = 0xfffe;
/// The end of a sub-format's GUID, whose first two bytes are the format tag.
const SUB_FORMAT_END: [u8; 14] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
/// A 32-bit size that says: see `ds64`, or unknown.
const SIZE_ELSEWHERE: u32 = 0xffff_ffff;
/// Channel masks that name the orders of 5.1 (surrounds at the back or at the side) and 7.1.4.
const MASKS_5_1: [u32; 2] = [0x3f, 0x60f];
const MASK_7_1_4: u32 = 0x2_d63f;

/// Where and how the samples stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaveHead {
    /// Sample rate, Hz.
    pub sample_rate_hz: u32,
    /// Number of channels.
    pub channels: usize,
    /// How a sample is stored.
    pub coding: SampleCoding,
    /// The bits that are in use.
    pub depth: SampleDepth,
    /// Place of the first sample in the file, bytes.
    pub start: u64,
    /// Whole frames of samples.
    pub frames: u64,
}

/// Whether a file with this head is one for this reader.
pub fn is_wave(head: &[u8]) -> bool {
    head.len() == 12 && matches!(&head[..4], b"RIFF" | b"RF64" | b"BW64") && &head[8..] == b"WAVE"
}

/// Reads the chunks up to the samples.
///
/// # Errors
/// [`Failure`] where a chunk is missing or damaged, the samples are of a kind that is not read, or the file holds fewer
/// frames than its head says.
pub fn read_head(path: &Path, file: &mut File) -> Result<WaveHead, Failure> {
    let cannot_read = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Failure::about(path, "is truncated: its head ends in the middle of a chunk"),
        _ => Failure::from_io(path, "read", &error),
    };
    let length = file.seek(SeekFrom::End(0)).map_err(cannot_read)?;
    let mut place = 12;
    let mut form = None;
    let mut long_data_size = None;
    while place + 8 <= length {
        file.seek(SeekFrom::Start(place)).map_err(cannot_read)?;
        let head: [u8; 8] = read_array(file).map_err(cannot_read)?;
        let (name, size) = ([head[0], head[1], head[2], head[3]], u32_at(&head, 4));
        let body = place + 8;
        match &name {
            b"ds64" if size >= 24 => {
                let sizes: [u8; 24] = read_array(file).map_err(cannot_read)?;
                long_data_size = Some(u64_at(&sizes, 8));
            }
            b"fmt " => form = Some(read_form(path, file, size).map_err(cannot_read)??),
            b"data" => {
                let form =
                    form.ok_or_else(|| Failure::about(path, "is damaged: its samples come before their format"))?;
                let claimed = match (size, long_data_size) {
                    (SIZE_ELSEWHERE, Some(long)) => long,
                    // Written to a pipe by a program that could not know the size: the samples last to the end.
                    (SIZE_ELSEWHERE, None) => length - body,
                    (size, _) => u64::from(size),
                };
                return locate(path, form, body, claimed, length);
            }
            _ => {}
        }
        // A chunk of odd size is followed by a byte of padding.
        place = body + u64::from(size) + u64::from(size % 2);
    }
    let missing = if form.is_some() { "data" } else { "fmt" };
    Err(Failure::about(path, format_args!("is damaged or truncated: it has no `{missing}` chunk")))
}

/// Checks the claimed size against the file.
fn locate(path: &Path, form: Form, start: u64, claimed: u64, length: u64) -> Result<WaveHead, Failure> {
    let frame_bytes = (form.coding.bytes() * form.channels) as u64;
    let (claimed, held) = (claimed / frame_bytes, (length - start) / frame_bytes);
    if held < claimed {
        return Err(Failure::about(
            path,
            format_args!("is truncated: {} of its {claimed} frames are missing", claimed - held),
        ));
    }
    let Form { sample_rate_hz, channels, coding, depth } = form;
    Ok(WaveHead { sample_rate_hz, channels, coding, depth, start, frames: claimed })
}

/// What the `fmt` chunk says.
#[derive(Clone, Copy)]
struct Form {
    sample_rate_hz: u32,
    channels: usize,
    coding: SampleCoding,
    depth: SampleDepth,
}

/// Reads the `fmt` chunk, of which `size` bytes are claimed.
fn read_form(path: &Path, file: &mut File, size: u32) -> io::Result<Result<Form, Failure>> {
    if size < 16 {
        return Ok(Err(Failure::about(
            path,
            format_args!("is damaged: its `fmt` chunk has {size} bytes, not 16 or more"),
        )));
    }
    let base: [u8; 16] = read_array(file)?;
    let mut tag = u16_at(&base, 0);
    let container_bits = u32::from(u16_at(&base, 14));
    let (mut bits, mut mask) = (container_bits, 0);
    if tag == TAG_EXTENSIBLE && size >= 40 {
        let more: [u8; 24] = read_array(file)?;
        let valid_bits = u32::from(u16_at(&more, 2));
        if (1..=container_bits).contains(&valid_bits) {
            bits = valid_bits;
        }
        mask = u32_at(&more, 4);
        if more[10..] == SUB_FORMAT_END {
            tag = u16_at(&more, 8);
        }
    }
    let channels = usize::from(u16_at(&base, 2));
    Ok(coding_of(path, tag, container_bits, bits).and_then(|(coding, depth)| {
        check_mask(path, channels, mask)?;
        check_frame(path, channels, usize::from(u16_at(&base, 12)), coding)?;
        Ok(Form { sample_rate_hz: u32_at(&base, 4), channels, coding, depth })
    }))
}

/// How samples of a tag and a size are stored.
fn coding_of(path: &Path, tag: u16, container_bits: u32, bits: u32) -> Result<(SampleCoding, SampleDepth), Failure> {
    match (tag, container_bits) {
        (TAG_INTEGER, 16) => Ok((SampleCoding::Integer16, SampleDepth::Integer(bits))),
        (TAG_INTEGER, 24) => Ok((SampleCoding::Integer24, SampleDepth::Integer(bits))),
        (TAG_INTEGER, 32) => Ok((SampleCoding::Integer32, SampleDepth::Integer(bits))),
        (TAG_FLOAT, 32) => Ok((SampleCoding::Float32, SampleDepth::Float(32))),
        (TAG_FLOAT, 64) => Ok((SampleCoding::Float64, SampleDepth::Float(64))),
        (TAG_INTEGER | TAG_FLOAT, _) => Err(Failure::about(
            path,
            format_args!(
                "has {container_bits}-bit {}: 16, 24 and 32-bit integers and 32 and 64-bit floats can be read",
                if tag == TAG_FLOAT { "floats" } else { "integers" }
            ),
        )),
        _ => Err(Failure::about(
            path,
            format_args!("holds compressed samples (format tag {tag:#06x}): a WAV file with PCM or float can be read"),
        )),
    }
}

/// A mask other than the usual one would weigh the channels wrongly.
fn check_mask(path: &Path, channels: usize, mask: u32) -> Result<(), Failure> {
    let usual = match channels {
        6 => mask == 0 || MASKS_5_1.contains(&mask),
        12 => mask == 0 || mask == MASK_7_1_4,
        _ => true,
    };
    if usual {
        return Ok(());
    }
    let layout = if channels == 6 { "5.1 (0x3f or 0x60f)" } else { "7.1.4 (0x2d63f)" };
    Err(Failure::about(
        path,
        format_args!("has {channels} channels with the mask {mask:#x}: {layout} or no mask can be read"),
    ))
}

/// The size of a frame follows from the channels; a file that says otherwise is damaged.
fn check_frame(path: &Path, channels: usize, frame_bytes: usize, coding: SampleCoding) -> Result<(), Failure> {
    if channels == 0 {
        return Err(Failure::about(path, "has 0 channels: 1, 2, 6 or 12 can be read"));
    }
    if frame_bytes != channels * coding.bytes() {
        return Err(Failure::about(
            path,
            format_args!(
                "is damaged: frames of {channels} channels have {} bytes, not {frame_bytes}",
                channels * coding.bytes()
            ),
        ));
    }
    Ok(())
}

fn read_array<const BYTES: usize>(file: &mut File) -> io::Result<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn u16_at(bytes: &[u8], place: usize) -> u16 {
    u16::from_le_bytes([bytes[place], bytes[place + 1]])
}

fn u32_at(bytes: &[u8], place: usize) -> u32 {
    u32::from(u16_at(bytes, place)) | u32::from(u16_at(bytes, place + 2)) << 16
}

fn u64_at(bytes: &[u8], place: usize) -> u64 {
    u64::from(u32_at(bytes, place)) | u64::from(u32_at(bytes, place + 4)) << 32
}

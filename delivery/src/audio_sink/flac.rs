//! FLAC: frames by the crate `flac-codec`, the head by us once everything is known.
//!
//! Frames are written as they fill; the head goes before them in a room of fixed size, so that memory does not grow with
//! length. Its blocks are STREAMINFO, VORBIS_COMMENT, SEEKTABLE, PICTURE and PADDING (RFC 9639).

mod seek_points;

use std::num::NonZero;
use std::path::{Path, PathBuf};

use flac_codec::Error;
use flac_codec::encode::{FlacStreamWriter, Options};
use flac_codec::metadata::{
    BlockList, Padding, Picture, PictureType, SeekTable, Streaminfo, VorbisComment, write_blocks,
};

use super::outlet::{self, Outlet, Return};
use super::{AudioSink, Existing, FileDepth, FlacDepth, PendingFile};
use crate::failure::Failure;
use crate::tags::{Loudness, Tags, vorbis_comments};
use seek_points::SeekPoints;

/// Frames of audio in one frame of FLAC: what the format's streamable subset allows at every rate, and what most encoders use.
const BLOCK_FRAMES: usize = 4096;
/// Room left in the head, so that a tagger need not rewrite the file, bytes.
const PADDING_BYTES: u16 = 4096;
/// The most that a metadata block holds, bytes.
const LARGEST_BLOCK_BYTES: usize = (1 << 24) - 1;

/// Whether a frame's head can state a rate: whole Hz to 65535, beyond that tens of Hz.
///
/// # Errors
/// It cannot: the message says what would be right.
pub fn check_rate(sample_rate_hz: u32) -> Result<(), String> {
    if sample_rate_hz <= 65_535 || (sample_rate_hz.is_multiple_of(10) && sample_rate_hz <= 655_350) {
        return Ok(());
    }
    Err(format!("{sample_rate_hz} Hz is no rate of FLAC, which has multiples of 10 Hz above 65535: write WAV"))
}

/// A FLAC file that is being written.
pub struct FlacSink {
    path: PathBuf,
    head: Head,
    encoder: FlacStreamWriter<Outlet>,
    file: Return,
    sum: md5::Context,
    /// Bytes of the block given, as a WAV has them: what the sum is of.
    bytes: Vec<u8>,
    /// Interleaved samples of the frame that fills.
    samples: Vec<i32>,
}

impl FlacSink {
    /// Begins the file that will be `path`.
    ///
    /// # Errors
    /// As [`PendingFile::create`]; or the format cannot hold the rate or the tags.
    pub fn create(
        path: &Path,
        depth: FlacDepth,
        sample_rate_hz: u32,
        channels: usize,
        tags: &Tags,
        existing: Existing,
    ) -> Result<Self, Failure> {
        let mut head = Head::new(path, depth, sample_rate_hz, channels, tags)?;
        let mut file = PendingFile::create(path, existing)?;
        file.write(&head.bytes(path)?)?;
        let (outlet, file) = outlet::outlet(file);
        Ok(Self {
            path: path.to_owned(),
            head,
            encoder: FlacStreamWriter::new(outlet, options()),
            file,
            sum: md5::Context::new(),
            bytes: Vec::new(),
            samples: Vec::with_capacity(BLOCK_FRAMES * channels),
        })
    }

    /// Encodes the frame that was gathered.
    fn encode(&mut self) -> Result<(), Failure> {
        let info = self.head.blocks.streaminfo();
        let (rate, channels, bits) = (info.sample_rate, info.channels.get(), u32::from(info.bits_per_sample));
        let place = self.file.bytes();
        self.encoder.write(rate, channels, bits, &self.samples).map_err(|error| in_words(&self.path, error))?;
        let frames = self.samples.len() / usize::from(channels);
        self.head.add_frame(frames, place, self.file.bytes() - place);
        self.samples.clear();
        Ok(())
    }
}

impl AudioSink for FlacSink {
    fn write(&mut self, planes: &[&mut [f32]]) -> Result<(), Failure> {
        let depth = self.head.depth;
        let mut bytes = std::mem::take(&mut self.bytes);
        depth.interleave(planes, &mut bytes);
        self.sum.consume(&bytes);
        let full = BLOCK_FRAMES * planes.len();
        for sample in bytes.chunks_exact(depth.bytes()) {
            self.samples.push(integer(sample));
            if self.samples.len() == full {
                self.encode()?;
            }
        }
        self.bytes = bytes;
        Ok(())
    }

    fn complete(mut self: Box<Self>, _loudness: Option<&Loudness>) -> Result<(), Failure> {
        if !self.samples.is_empty() {
            self.encode()?;
        }
        let Self { path, mut head, encoder, file, sum, .. } = *self;
        drop(encoder);
        head.blocks.streaminfo_mut().md5 = Some(sum.finalize().0);
        let mut file = file.take(&path)?;
        file.write_at(0, &head.bytes(&path)?)?;
        file.complete()
    }
}

/// The encoder's usual settings, which come within a percent of its smallest files, but the channels' correlation guessed
/// instead of tried: half the time for 0.1 % more bytes. Longer predictors make files larger: their coefficients are coarse.
fn options() -> Options {
    Options::default().fast_channel_correlation(true)
}

/// A sample of a WAV, 2 or 3 bytes, little-endian.
fn integer(bytes: &[u8]) -> i32 {
    match *bytes {
        [low, high] => i32::from(i16::from_le_bytes([low, high])),
        [low, middle, high] => i32::from_le_bytes([0, low, middle, high]) >> 8,
        _ => 0,
    }
}

/// Everything before the first frame.
struct Head {
    depth: FileDepth,
    blocks: BlockList,
    seek_points: SeekPoints,
}

impl Head {
    fn new(path: &Path, depth: FlacDepth, sample_rate_hz: u32, channels: usize, tags: &Tags) -> Result<Self, Failure> {
        let refused = || Failure::about(path, "cannot be written: FLAC has 1 to 8 channels of 16 or 24 bits");
        let depth = FileDepth::from(depth);
        let mut blocks = BlockList::new(Streaminfo {
            minimum_block_size: BLOCK_FRAMES as u16,
            maximum_block_size: BLOCK_FRAMES as u16,
            minimum_frame_size: None,
            maximum_frame_size: None,
            sample_rate: sample_rate_hz,
            channels: u8::try_from(channels).ok().and_then(NonZero::new).ok_or_else(refused)?,
            bits_per_sample: depth.integer_bits().and_then(|bits| bits.try_into().ok()).ok_or_else(refused)?,
            total_samples: None,
            md5: None,
        });
        let fields = vorbis_comments(tags).into_iter().map(|(name, value)| format!("{name}={value}"));
        blocks.insert(VorbisComment { vendor_string: super::WRITER.to_owned(), fields: fields.collect() });
        blocks.insert(SeekTable::default());
        if let Some(picture) = &tags.picture {
            blocks.insert(Picture {
                picture_type: PictureType::FrontCover,
                media_type: picture.media_type.to_owned(),
                description: String::new(),
                width: picture.width,
                height: picture.height,
                color_depth: picture.depth_bits,
                colors_used: None,
                data: picture.bytes.clone(),
            });
        }
        blocks.insert(Padding { size: PADDING_BYTES.into() });
        Ok(Self { depth, blocks, seek_points: SeekPoints::new() })
    }

    /// Takes note of a frame of so many frames of audio, at a place after the head, both of the frame in bytes.
    fn add_frame(&mut self, frames: usize, place: u64, length: u64) {
        let info = self.blocks.streaminfo_mut();
        let before = info.total_samples.map_or(0, NonZero::get);
        info.total_samples = NonZero::new(before + frames as u64);
        let length = u32::try_from(length).ok().and_then(NonZero::new);
        info.minimum_frame_size = [info.minimum_frame_size, length].into_iter().flatten().min();
        info.maximum_frame_size = info.maximum_frame_size.max(length);
        self.seek_points.add(before, place, frames as u16);
    }

    /// The head as it stands in the file: always of one length.
    fn bytes(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        let points = self.seek_points.table().try_into();
        let points = points.map_err(|_| Failure::about(path, "cannot be written: its seek points do not ascend"))?;
        self.blocks.update::<SeekTable>(|table| table.points = points);
        let mut bytes = Vec::new();
        write_blocks(&mut bytes, self.blocks.blocks()).map_err(|error| in_words(path, error))?;
        Ok(bytes)
    }
}

/// What an encoder's error means to a user.
fn in_words(path: &Path, error: Error) -> Failure {
    match error {
        Error::Io(error) => outlet::failure(path, error),
        Error::ExcessiveBlockSize => Failure::about(
            path,
            format_args!(
                "cannot be written: its tags or picture exceed the {LARGEST_BLOCK_BYTES} bytes of a FLAC block"
            ),
        ),
        error => Failure::about(path, format_args!("cannot be written: {error}")),
    }
}

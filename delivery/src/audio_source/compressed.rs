//! FLAC, MP3, AIFF and OGG Vorbis through symphonia.
//!
//! Stricter than a player: a player conceals what is damaged or missing, a mastering tool says so. FLAC is checked
//! against its MD5 sum, every format against the length that its head promises, OGG against its last page.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use symphonia::core::audio::GenericAudioBufferRef;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::well_known::{FORMAT_ID_MP3, FORMAT_ID_OGG};
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

use super::{AudioFormat, AudioSource, SampleDepth};
use crate::failure::Failure;

/// Where in an MP3 file the frame that states its length is looked for, bytes after the ID3v2 tag.
const MP3_LENGTH_PLACE_BYTES: u64 = 4096;
/// An OGG page with its largest head and body, bytes: the last page begins within this distance of the end.
const OGG_PAGE_BYTES: u64 = 27 + 255 + 255 * 255;

/// Whether a file with this head may be one for symphonia. `head` is the first 12 bytes, or all there are.
pub fn is_known(head: &[u8], path: &Path) -> bool {
    let named_mp3 = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mp3"));
    let aiff = head.starts_with(b"FORM") && (head.ends_with(b"AIFF") || head.ends_with(b"AIFC"));
    let mpeg = head.len() > 1 && head[0] == 0xff && head[1] & 0xe0 == 0xe0;
    aiff || mpeg || named_mp3 || head.starts_with(b"fLaC") || head.starts_with(b"OggS") || head.starts_with(b"ID3")
}

/// A file that is being decoded.
pub struct CompressedSource {
    /// For messages.
    path: PathBuf,
    format: AudioFormat,
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    /// Whether packets carry a position that can be trusted, so that a gap shows.
    positions: bool,
    /// Samples of the last packet, one vector a channel.
    held: Vec<Vec<f32>>,
    /// How many frames of them were delivered.
    taken: usize,
    /// Frames decoded so far.
    decoded: u64,
    /// Set when the stream has ended and was found whole.
    ended: bool,
}

impl CompressedSource {
    /// Finds the audio track and decodes its first packet, which settles what the head left open.
    ///
    /// # Errors
    /// [`Failure`] where the format or codec is not read, or the head is damaged or truncated.
    pub fn new(path: &Path, mut file: File) -> Result<Self, Failure> {
        let io = |error: std::io::Error| Failure::from_io(path, "read", &error);
        let states_length = mp3_states_length(&mut file).map_err(io)?;
        let ends_whole = ogg_ends_whole(&mut file).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        let damaged = |error: Error| Failure::about(path, in_words(&error));
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        let reader = symphonia::default::get_probe()
            .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(damaged)?;
        let is_mp3 = reader.format_info().format == FORMAT_ID_MP3;
        let is_ogg = reader.format_info().format == FORMAT_ID_OGG;
        if is_ogg && !ends_whole {
            return Err(Failure::about(path, "is truncated: its last OGG page is missing"));
        }
        let no_track = || Failure::about(path, "holds no audio track that runout reads");
        let track = reader.default_track(TrackType::Audio).ok_or_else(no_track)?;
        let parameters = track.codec_params.as_ref().and_then(|params| params.audio()).ok_or_else(no_track)?;
        // Without a stated length symphonia estimates one from the bit rate, and would cut by it.
        let frames = if is_mp3 && !states_length { None } else { track.num_frames };
        let track_id = track.id;
        let options = AudioDecoderOptions::default().gapless(!is_mp3 || states_length).verify(true);
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &options)
            .map_err(|_| Failure::about(path, "has a codec that runout does not read: Vorbis, FLAC, MP3 or PCM are"))?;
        let depth = depth_of(parameters);
        let format = AudioFormat { sample_rate_hz: 0, channels: 0, frames, depth };
        let mut source = Self {
            path: path.to_owned(),
            format,
            reader,
            decoder,
            track_id,
            positions: !is_mp3,
            held: Vec::new(),
            taken: 0,
            decoded: 0,
            ended: false,
        };
        source.next_packet()?;
        if source.ended {
            return Err(Failure::about(path, "holds no audio: there is not one frame in it"));
        }
        Ok(source)
    }

    /// Decodes packets until one brings samples, or the end.
    fn next_packet(&mut self) -> Result<(), Failure> {
        self.taken = 0;
        self.held.iter_mut().for_each(Vec::clear);
        while self.held.first().is_none_or(Vec::is_empty) {
            let packet = match self.reader.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track_id => packet,
                Ok(Some(_)) => continue,
                Ok(None) => return self.end(),
                Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => return self.end(),
                Err(error) => return Err(damaged_at(&self.path, &self.format, self.decoded, &error)),
            };
            if self.positions && packet.pts.get() > self.decoded as i64 {
                let missing = packet.pts.get() - self.decoded as i64;
                return Err(self.damaged(format_args!("{missing} frames are missing or unreadable")));
            }
            let buffer = self
                .decoder
                .decode(&packet)
                .map_err(|error| damaged_at(&self.path, &self.format, self.decoded, &error))?;
            settle(&self.path, &mut self.format, &buffer, self.decoded)?;
            buffer.copy_to_vecs_planar(&mut self.held);
            self.decoded += buffer.frames() as u64;
        }
        Ok(())
    }

    /// Checks what was decoded against what was promised.
    fn end(&mut self) -> Result<(), Failure> {
        self.ended = true;
        match self.format.frames {
            Some(promised) if self.decoded < promised => {
                return Err(Failure::about(
                    &self.path,
                    format_args!(
                        "is truncated or damaged: {} of its {promised} frames are missing",
                        promised - self.decoded
                    ),
                ));
            }
            _ => {}
        }
        if self.decoder.finalize().verify_ok == Some(false) {
            return Err(Failure::about(&self.path, "is damaged: its samples do not have the MD5 sum in its head"));
        }
        Ok(())
    }

    /// A refusal that names the place in the audio.
    fn damaged(&self, what: std::fmt::Arguments<'_>) -> Failure {
        let seconds = self.decoded as f64 / f64::from(self.format.sample_rate_hz.max(1));
        Failure::about(&self.path, format_args!("is damaged at {seconds:.3} s: {what}"))
    }
}

impl AudioSource for CompressedSource {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let wanted = planes.first().map_or(0, |plane| plane.len());
        let mut done = 0;
        while done < wanted {
            let ready = self.held.first().map_or(0, Vec::len) - self.taken;
            if ready == 0 {
                if self.ended {
                    break;
                }
                self.next_packet()?;
                continue;
            }
            let frames = ready.min(wanted - done);
            for (plane, held) in planes.iter_mut().zip(&self.held) {
                plane[done..done + frames].copy_from_slice(&held[self.taken..self.taken + frames]);
            }
            self.taken += frames;
            done += frames;
        }
        Ok(done)
    }
}

/// Takes rate and channels from the first packet, and holds every later one to them.
fn settle(
    path: &Path,
    format: &mut AudioFormat,
    buffer: &GenericAudioBufferRef<'_>,
    decoded: u64,
) -> Result<(), Failure> {
    let (rate_hz, channels) = (buffer.spec().rate(), buffer.spec().channels().count());
    if format.channels == 0 {
        (format.sample_rate_hz, format.channels) = (rate_hz, channels);
    }
    if (format.sample_rate_hz, format.channels) != (rate_hz, channels) {
        let seconds = decoded as f64 / f64::from(format.sample_rate_hz);
        return Err(Failure::about(
            path,
            format_args!(
                "changes to {rate_hz} Hz and {channels} channels at {seconds:.3} s: one rate and layout can be read"
            ),
        ));
    }
    Ok(())
}

/// The word length that the decoder's samples have.
fn depth_of(parameters: &AudioCodecParameters) -> SampleDepth {
    use symphonia::core::codecs::audio::well_known as codecs;
    match parameters.codec {
        codecs::CODEC_ID_MP3 | codecs::CODEC_ID_VORBIS => SampleDepth::Lossy,
        codecs::CODEC_ID_PCM_F32BE | codecs::CODEC_ID_PCM_F32LE => SampleDepth::Float(32),
        codecs::CODEC_ID_PCM_F64BE | codecs::CODEC_ID_PCM_F64LE => SampleDepth::Float(64),
        _ => parameters.bits_per_sample.map_or(SampleDepth::Lossy, SampleDepth::Integer),
    }
}

/// What symphonia says of the head, as the end of a sentence about the file.
fn in_words(error: &Error) -> String {
    match error {
        Error::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            "is truncated: it ends before its first sample".to_owned()
        }
        Error::IoError(error) => format!("cannot be read: {error}"),
        Error::Unsupported(what) => format!("cannot be read: {what}"),
        other => format!("is damaged: {other}"),
    }
}

/// A refusal that names the place in the audio and what symphonia says.
fn damaged_at(path: &Path, format: &AudioFormat, decoded: u64, error: &Error) -> Failure {
    let seconds = decoded as f64 / f64::from(format.sample_rate_hz.max(1));
    Failure::about(path, format_args!("is damaged at {seconds:.3} s: {error}"))
}

/// Whether an MP3 file states its length in its first frame (`Xing`, `Info` or `VBRI`).
fn mp3_states_length(file: &mut File) -> std::io::Result<bool> {
    let start = read_from(file, 0, 10)?;
    let tag = match start.as_slice() {
        // An ID3v2 size has four groups of seven bits.
        [b'I', b'D', b'3', _, _, _, size @ ..] => {
            10 + size.iter().fold(0, |sum, bits| sum << 7 | u64::from(bits & 0x7f))
        }
        _ => 0,
    };
    let first = read_from(file, tag, MP3_LENGTH_PLACE_BYTES)?;
    Ok(first.windows(4).any(|name| matches!(name, b"Xing" | b"Info" | b"VBRI")))
}

/// Whether the last page of an OGG file is whole and says that it is the last.
fn ogg_ends_whole(file: &mut File) -> std::io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let end = read_from(file, length.saturating_sub(OGG_PAGE_BYTES), OGG_PAGE_BYTES)?;
    let Some(place) = end.windows(4).rposition(|name| name == b"OggS") else { return Ok(false) };
    let page = &end[place..];
    let (Some(&flags), Some(&segments)) = (page.get(5), page.get(26)) else { return Ok(false) };
    let head = 27 + usize::from(segments);
    let Some(lacing) = page.get(27..head) else { return Ok(false) };
    let body: usize = lacing.iter().map(|bytes| usize::from(*bytes)).sum();
    Ok(flags & 0x04 != 0 && page.len() >= head + body)
}

/// Up to `length` bytes from a place.
fn read_from(file: &mut File, place: u64, length: u64) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

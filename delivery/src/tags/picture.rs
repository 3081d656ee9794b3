//! Reading a cover: PNG or JPEG, its size and depth from its head.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::Picture;
use crate::failure::Failure;

/// The largest cover, bytes: one limit that fits every format. Ogg Vorbis is the narrowest: there the picture stands in
/// base64, four letters for three bytes, in one packet with all other tags, and readers take packets of 16 MiB at most
/// (symphonia does). A metadata block of FLAC would hold 2^24 - 1 bytes.
pub const LARGEST_PICTURE_BYTES: u64 = 12_000_000;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Picture {
    /// Reads a PNG or JPEG file of at most [`LARGEST_PICTURE_BYTES`].
    ///
    /// # Errors
    /// [`Failure`] where the file is missing, empty, too large, of another kind, or ends within its head.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let kind = path.metadata().map_err(|error| Failure::from_io(path, "open", &error))?;
        if !kind.is_file() {
            return Err(Failure::about(path, "is not a file: a picture is needed, PNG or JPEG"));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|error| Failure::from_io(path, "open", &error))?;
        // One more than fits: a file may grow between two looks.
        let read = file.take(LARGEST_PICTURE_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure::from_io(path, "read", &error))?;
        if bytes.len() as u64 > LARGEST_PICTURE_BYTES {
            let (length, limit) = (kind.len(), LARGEST_PICTURE_BYTES);
            return Err(Failure::about(
                path,
                format_args!(
                    "has {length} bytes: a picture of at most {limit} bytes fits every format (a JPEG is smaller)"
                ),
            ));
        }
        Self::parse(bytes).map_err(|reason| Failure::about(path, reason))
    }

    /// The picture as a metadata block of FLAC without its head (RFC 9639, 8.8), which Vorbis comments hold too.
    pub fn block(&self) -> Vec<u8> {
        const FRONT_COVER: u32 = 3;
        let mut block = Vec::with_capacity(64 + self.bytes.len());
        block.extend(FRONT_COVER.to_be_bytes());
        block.extend((self.media_type.len() as u32).to_be_bytes());
        block.extend(self.media_type.as_bytes());
        // A description of no bytes; and after the depth, no palette.
        for number in [0, self.width, self.height, self.depth_bits, 0, self.bytes.len() as u32] {
            block.extend(number.to_be_bytes());
        }
        block.extend(&self.bytes);
        block
    }

    /// Takes the bytes of a file.
    fn parse(bytes: Vec<u8>) -> Result<Self, String> {
        let (media_type, head) = if bytes.is_empty() {
            return Err("is empty: a picture is needed, PNG or JPEG".to_owned());
        } else if bytes.starts_with(PNG_SIGNATURE) {
            ("image/png", png(&bytes))
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            ("image/jpeg", jpeg(&bytes))
        } else {
            return Err("is not a picture that players show: PNG or JPEG is needed".to_owned());
        };
        match head {
            Some(Head { width, height, depth_bits }) if width > 0 && height > 0 && depth_bits > 0 => {
                Ok(Self { media_type, width, height, depth_bits, bytes })
            }
            _ => Err("is damaged or truncated: its head does not say how large the picture is".to_owned()),
        }
    }
}

/// What a head says.
struct Head {
    width: u32,
    height: u32,
    depth_bits: u32,
}

/// The head of a PNG (ISO/IEC 15948): the chunk `IHDR`, which comes first.
fn png(bytes: &[u8]) -> Option<Head> {
    let chunk = bytes.get(PNG_SIGNATURE.len()..PNG_SIGNATURE.len() + 8 + 13 + 4)?;
    let (name, body) = (chunk.get(4..8)?, chunk.get(8..)?);
    if chunk.get(..4)? != 13u32.to_be_bytes() || name != b"IHDR" {
        return None;
    }
    let (bits, color) = (u32::from(body[8]), body[9]);
    let depth_bits = match color {
        // Gray, with or without opacity.
        0 => bits,
        4 => 2 * bits,
        // Three colors, with or without opacity; a palette holds three of 8 bits.
        2 => 3 * bits,
        6 => 4 * bits,
        3 => 24,
        _ => return None,
    };
    Some(Head { width: big_endian(&body[..4]), height: big_endian(&body[4..8]), depth_bits })
}

/// The head of a JPEG (ITU-T T.81): the first segment that begins a frame.
fn jpeg(bytes: &[u8]) -> Option<Head> {
    let mut place = 2;
    loop {
        if *bytes.get(place)? != 0xff {
            return None;
        }
        let marker = *bytes.get(place + 1)?;
        match marker {
            // Filling, and markers that stand alone.
            0xff => place += 1,
            0x01 | 0xd0..=0xd7 => place += 2,
            // Start of frame, of every process; not the tables of Huffman and arithmetic codes, nor what is reserved.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let body = bytes.get(place + 4..place + 10)?;
                let (height, width) = (big_endian(&body[1..3]), big_endian(&body[3..5]));
                return Some(Head { width, height, depth_bits: u32::from(body[0]) * u32::from(body[5]) });
            }
            // The picture begins, or ends, without a frame.
            0xd8..=0xda => return None,
            _ => {
                let length = big_endian(bytes.get(place + 2..place + 4)?) as usize;
                place += 2 + length.max(2);
            }
        }
    }
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(color: u8, bits: u8) -> Vec<u8> {
        let mut bytes = PNG_SIGNATURE.to_vec();
        bytes.extend([0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 2, 88, 0, 0, 1, 0, bits, color, 0, 0, 0, 1, 2, 3, 4]);
        bytes
    }

    /// A JPEG with an application segment, a Huffman table, filling, and a frame of 8 bits.
    fn jpeg_of(components: u8) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 6, 0xff, 0xc0, 0, 9, 0xff, 0xc4, 0, 3, 7, 0xff];
        bytes.extend([0xff, 0xc2, 0, 8 + 3 * components, 8, 1, 0, 2, 88, components, 1, 2]);
        bytes
    }

    #[test]
    fn size_and_depth_are_those_of_the_head() {
        for (color, bits, depth_bits) in
            [(0, 1, 1), (0, 16, 16), (2, 8, 24), (2, 16, 48), (3, 8, 24), (4, 8, 16), (6, 8, 32)]
        {
            let picture = Picture::parse(png_of(color, bits)).unwrap();
            assert_eq!((picture.width, picture.height, picture.depth_bits), (600, 256, depth_bits));
            assert_eq!((picture.media_type, picture.bytes), ("image/png", png_of(color, bits)));
        }
        for components in [1, 3, 4] {
            let picture = Picture::parse(jpeg_of(components)).unwrap();
            assert_eq!((picture.width, picture.height, picture.depth_bits), (600, 256, 8 * u32::from(components)));
            assert_eq!(picture.media_type, "image/jpeg");
        }
    }

    #[test]
    fn a_head_that_ends_anywhere_is_refused() {
        for whole in [png_of(2, 8), jpeg_of(3)] {
            // Of the JPEG, nothing after the number of components is looked at.
            let needed = if whole[0] == 0xff { whole.len() - 2 } else { whole.len() };
            for length in 0..needed {
                let message = Picture::parse(whole[..length].to_vec()).unwrap_err();
                assert!(message.contains("PNG or JPEG") || message.contains("truncated"), "{length}: {message}");
            }
            assert!(Picture::parse(whole[..needed].to_vec()).is_ok());
        }
        assert!(Picture::parse(vec![0xff; 4096]).is_err());
        assert!(Picture::parse([&[0xff, 0xd8][..], &[0xff, 0xe0, 0, 0].repeat(99)].concat()).is_err());
    }
}

//! Pixels.

use std::ops::Range;

/// A picture, rows from above.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 0xRRGGBB, row after row.
    pixels: Vec<u32>,
}

impl Picture {
    /// From four bytes a pixel: blue, green, red and one that means nothing.
    pub fn from_bgrx(width: usize, height: usize, bytes: &[u8]) -> Self {
        let pixels: Vec<u32> =
            bytes.chunks_exact(4).map(|bgrx| u32::from_be_bytes([0, bgrx[2], bgrx[1], bgrx[0]])).collect();
        assert_eq!(pixels.len(), width * height, "four bytes a pixel");
        Self { width, height, pixels }
    }

    /// The color at a place, 0xRRGGBB.
    pub fn at(&self, x: usize, y: usize) -> u32 {
        self.pixels[y * self.width + x]
    }

    /// How many pixels are within `tolerance` of a color, 0xRRGGBB, in each of red, green and blue.
    pub fn count(&self, color: u32, tolerance: u8) -> usize {
        let near = |pixel: &&u32| {
            let channels = pixel.to_be_bytes().into_iter().zip(color.to_be_bytes());
            channels.skip(1).all(|(one, other)| one.abs_diff(other) <= tolerance)
        };
        self.pixels.iter().filter(near).count()
    }

    /// How many pixels of a part are not those of another picture of the same size.
    pub fn differences(&self, other: &Self, columns: Range<usize>, rows: Range<usize>) -> usize {
        assert_eq!((self.width, self.height), (other.width, other.height), "pictures of one size are compared");
        let row = |y: usize| columns.clone().filter(move |x| self.at(*x, y) != other.at(*x, y)).count();
        rows.map(row).sum()
    }

    /// How many colors there are.
    pub fn colors(&self) -> usize {
        let mut colors = self.pixels.clone();
        colors.sort_unstable();
        colors.dedup();
        colors.len()
    }

    /// The picture as a binary PPM file, which everything opens.
    pub fn ppm(&self) -> Vec<u8> {
        let head = format!("P6\n{} {}\n255\n", self.width, self.height).into_bytes();
        let bytes = self.pixels.iter().flat_map(|pixel| pixel.to_be_bytes().into_iter().skip(1));
        head.into_iter().chain(bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_found_where_they_are() {
        let bytes = [0x30, 0x20, 0x10, 0xFF, 0, 0, 0, 0];
        let picture = Picture::from_bgrx(2, 1, &bytes);
        assert_eq!((picture.at(0, 0), picture.at(1, 0), picture.colors()), (0x10_20_30, 0, 2));
        assert_eq!((picture.count(0x10_20_33, 3), picture.count(0x10_20_34, 3)), (1, 0));
        let other = Picture::from_bgrx(2, 1, &[0x30, 0x20, 0x10, 0, 1, 0, 0, 0]);
        assert_eq!((picture.differences(&other, 0..2, 0..1), picture.differences(&other, 0..1, 0..1)), (1, 0));
        assert_eq!(picture.ppm(), b"P6\n2 1\n255\n\x10\x20\x30\0\0\0");
    }
}

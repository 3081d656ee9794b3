//! Correlation of the first two channels: how much of what they hold they share.

/// Sums of squares and of the product of the first two channels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Sum of the first channel's squares.
    pub left_squared: f64,
    /// Sum of the second channel's squares.
    pub right_squared: f64,
    /// Sum of the products.
    pub product: f64,
}

impl Moments {
    /// Adds the sums of another stretch.
    pub fn add(&mut self, other: &Self) {
        self.left_squared += other.left_squared;
        self.right_squared += other.right_squared;
        self.product += other.product;
    }

    /// Correlation, -1 to 1; `None` if a channel holds nothing.
    pub fn correlation(&self) -> Option<f64> {
        // The roots are taken one by one: the product of two sums of squares may be too small or too large.
        let norm = self.left_squared.sqrt() * self.right_squared.sqrt();
        (norm > 0.0).then(|| (self.product / norm).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_has_its_sign_and_no_value_in_silence() {
        let moments = |left_squared, right_squared, product| Moments { left_squared, right_squared, product };
        assert_eq!(moments(4.0, 9.0, 6.0).correlation(), Some(1.0));
        assert_eq!(moments(4.0, 9.0, -6.0).correlation(), Some(-1.0));
        assert_eq!(moments(4.0, 9.0, 0.0).correlation(), Some(0.0));
        assert_eq!(moments(4.0, 0.0, 0.0).correlation(), None);
    }
}

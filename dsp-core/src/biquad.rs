//! What filters of second order share.

/// What the two integrators of a trapezoidal state-variable filter take in, for its frequency as the tangent of half its
/// angle, and 1/Q (A. Simper, "Solving the continuous SVF equations using trapezoidal integration").
pub(crate) fn integrators(tangent: f64, damping: f64) -> [f64; 3] {
    let first = 1.0 / (1.0 + tangent * (tangent + damping));
    [first, tangent * first, tangent * tangent * first]
}

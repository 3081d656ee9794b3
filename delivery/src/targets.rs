//! The delivery rules by the names that the command takes.

use runout_dsp_core::targets::{TARGETS, Target};

use crate::failure::Failure;

/// The rule of a name.
///
/// # Errors
/// [`Failure`] names the rules there are.
pub fn named(name: &str) -> Result<&'static Target, Failure> {
    Target::named(name).ok_or_else(|| {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        Failure::new(format!("there is no target `{}`: use one of {}", name.escape_debug(), names.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        let message = named("sputify").unwrap_err().to_string();
        assert!(
            message.contains("`sputify`") && message.contains("spotify, apple-music") && message.ends_with("vinyl")
        );
    }
}

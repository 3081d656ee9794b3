//! The README's tables of parameters, made from `settings`: one place for every name, range and default.

use std::path::PathBuf;

use runout_dsp_core::settings::{Parameter, Purpose, parameters};

use crate::limiting::style_table;

/// Modules whose tables stand in the README.
pub const MODULES: &[&str] = &["equalizer", "compressor", "imager", "limiter", "input", "output"];

/// Where the README lies.
pub fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).with_file_name("README.md")
}

/// The README with every table of parameters, and that of the limiter's styles, made anew.
///
/// # Errors
/// A pair of markers that is missing, in words.
pub fn refreshed(readme: &str) -> Result<String, String> {
    let readme = with_section(readme, "limiter styles", &style_table())?;
    MODULES
        .iter()
        .try_fold(readme, |readme, module| with_section(&readme, &format!("parameters {module}"), &table(module)))
}

/// The README with other lines between `<!-- begin NAME -->` and `<!-- end NAME -->`.
///
/// # Errors
/// A marker that is missing, in words.
pub fn with_section(readme: &str, name: &str, lines: &str) -> Result<String, String> {
    let place = section_place(readme, name)?;
    Ok(format!("{}{lines}{}", &readme[..place.start], &readme[place.end..]))
}

/// The lines between `<!-- begin NAME -->` and `<!-- end NAME -->`.
///
/// # Errors
/// A marker that is missing, in words.
pub fn section<'a>(readme: &'a str, name: &str) -> Result<&'a str, String> {
    Ok(&readme[section_place(readme, name)?])
}

fn section_place(readme: &str, name: &str) -> Result<std::ops::Range<usize>, String> {
    let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
    let start = readme.find(&begin).ok_or_else(|| format!("README.md has no line `{}`", begin.trim()))? + begin.len();
    let length = readme[start..].find(&end).ok_or_else(|| format!("README.md has no line `{end}`"))?;
    Ok(start..start + length)
}

/// A module's parameters as a table.
fn table(module: &str) -> String {
    let mut lines =
        String::from("| control | in a chain file | range | default | what it does |\n|---|---|---|---|---|\n");
    for parameter in parameters() {
        // Bands are all alike, and so are crossovers: the first stands for them.
        let is_later = |list: &str| parameter.id.contains(list) && !parameter.id.contains(&format!("{list}1"));
        let is_later = is_later(".band.") || is_later(".crossover_hz.");
        if parameter.module.is_some_and(|its| its.key() == module) && !is_later {
            lines += &row(&parameter);
        }
    }
    lines
}

fn row(parameter: &Parameter) -> String {
    let Parameter { name, help, kind, purpose, .. } = parameter;
    let key = parameter.id.trim_end_matches(".1").rsplit('.').next().unwrap_or_default();
    let (name, key) = match (purpose, key) {
        (Purpose::Listening, _) => (format!("*{name}*"), String::from("-")),
        // A chain file has one more than it has crossovers.
        (_, "bands") => (name.clone(), String::from("-")),
        (Purpose::Sound | Purpose::Latency, key) => (name.clone(), format!("`{key}`")),
    };
    let name = name.replace("Band 1 ", "Band *n* ").replace("Crossover 1", "Crossover *n*");
    let range = kind.range_text();
    let range = range.strip_prefix("one of ").unwrap_or(&range);
    // A list's defaults are of slots not yet used.
    let default =
        if parameter.id.ends_with(".1") { "none".to_owned() } else { kind.value_text(parameter.default_value()) };
    format!("| {name} | {key} | {range} | {default} | {help} |\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() {
        let readme = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n";
        assert_eq!(section(readme, "x"), Ok("old\n"));
        assert_eq!(with_section(readme, "x", "new\n").as_deref(), Ok("a\n<!-- begin x -->\nnew\n<!-- end x -->\nb\n"));
        assert!(section(readme, "y").unwrap_err().contains("<!-- begin y -->"));
        assert!(section("<!-- begin z -->\n", "z").unwrap_err().contains("<!-- end z -->"));
    }
}

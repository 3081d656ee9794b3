//! The plugins as hosts find them: `Runout.clap` and `Runout.vst3`, laid out from the library that was built with the
//! tests, so that every host under test loads what a user's host would, in the profile of the tests.
//!
//! They lie in `target/<profile>/bundled`; the bundles for users, which `cargo xtask bundle` makes in
//! `target/bundled`, stay as they are.

use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where the bundles of one build lie.
#[derive(Clone, Debug)]
pub struct Bundles {
    /// `Runout.clap`: the library itself, on macOS a folder that holds it.
    pub clap: PathBuf,
    /// `Runout.vst3`: a folder that holds the library.
    pub vst3: PathBuf,
}

/// `Runout.clap` of the tests' build.
///
/// # Panics
/// The library is missing, was not built in the profile `checked`, or cannot be laid out.
pub fn checked_clap() -> &'static Path {
    &checked().clap
}

/// `Runout.vst3` of the tests' build.
///
/// # Panics
/// As [`checked_clap`].
pub fn checked_vst3() -> &'static Path {
    &checked().vst3
}

/// The bundles of the tests' build, laid out anew where the library has changed.
fn checked() -> &'static Bundles {
    static BUNDLES: OnceLock<Bundles> = OnceLock::new();
    BUNDLES.get_or_init(|| {
        // Only with assertions does the framework abort on an allocation in `process`.
        if !cfg!(debug_assertions) {
            panic!("host tests run in the profile checked: cargo test --profile checked");
        }
        let this = std::env::current_exe().expect("a test has a path");
        // Tests lie in target/<profile>/deps, beside the libraries they were built with.
        let libraries = this.parent().expect("a test lies in a folder");
        let profile = libraries.parent().expect("a test lies in a target folder");
        let library = libraries.join(format!("{DLL_PREFIX}runout_plugins{DLL_SUFFIX}"));
        assemble(&library, &profile.join("bundled")).unwrap_or_else(|error| {
            panic!("{}: {error}: cargo builds it with the tests (-p runout-tests)", library.display())
        })
    })
}

/// Lays out both bundles in `folder` from the plugin library, replacing what is there and is not of that library.
///
/// # Errors
/// The library cannot be read or the folder cannot be written.
pub fn assemble(library: &Path, folder: &Path) -> io::Result<Bundles> {
    let bundles = Bundles { clap: folder.join("Runout.clap"), vst3: folder.join("Runout.vst3") };
    for bundle in [&bundles.clap, &bundles.vst3] {
        place(library, &library_in(bundle))?;
    }
    Ok(bundles)
}

/// The library that a host loads from a bundle.
pub fn library_in(bundle: &Path) -> PathBuf {
    let is_vst3 = bundle.extension().is_some_and(|extension| extension == "vst3");
    match (is_vst3, OS) {
        (_, "macos") => bundle.join("Contents/MacOS/Runout"),
        (true, "windows") => bundle.join(format!("Contents/{ARCH}-win/Runout.vst3")),
        (true, _) => bundle.join(format!("Contents/{ARCH}-{OS}/Runout.so")),
        (false, _) => bundle.to_path_buf(),
    }
}

/// Copies a library to its place in a bundle. A host that holds the old one keeps it: the name is given to a new file.
fn place(library: &Path, to: &Path) -> io::Result<()> {
    if is_copy_of(to, library)? {
        return Ok(());
    }
    let folder = to.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let beside = to.with_extension(format!("{}.part", std::process::id()));
    fs::copy(library, &beside)?;
    fs::rename(&beside, to)
}

/// Whether the copy has the bytes of the library as it is now.
fn is_copy_of(copy: &Path, library: &Path) -> io::Result<bool> {
    Ok(copy.exists() && fs::read(copy)? == fs::read(library)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_hold_the_library_as_it_is_now() {
        let folder = std::env::temp_dir().join(format!("runout-bundle-{}", std::process::id()));
        let library = folder.join("library");
        fs::create_dir_all(&folder).unwrap();
        for content in ["first", "other", "longer than before"] {
            fs::write(&library, content).unwrap();
            let bundles = assemble(&library, &folder.join("bundled")).unwrap();
            for bundle in [&bundles.clap, &bundles.vst3] {
                assert_eq!(fs::read_to_string(library_in(bundle)).unwrap(), content);
            }
            assert!(bundles.vst3.is_dir());
        }
        assert!(assemble(&folder.join("none"), &folder.join("bundled")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}

//! Ardour without a screen, with a home of its own in the target folder: the user's settings and plugins stay untouched.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant, SystemTime};

use runout_dsp_core::settings::Parameter;
use runout_tests::bundle::library_in;

use super::session::{Audio, with_audio};
use super::stored::with_values;
use crate::packages::Need;
use crate::steps::shown;

/// What Debian 12 brings.
pub const NEEDS: &[Need] = &[crate::packages::program("ardour7-lua", "ardour")];

/// Where Debian lays Ardour's libraries and its scanner.
const PROGRAMS: &str = "/usr/lib/ardour7";

/// The longest that one of its programs may take, many times what it needs: where Ardour gives up, it waits for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often an export is tried. Ardour 7.3's own exporter fails about once in ten runs, with and without a plugin in the
/// session: it corrupts its heap and aborts, or never starts to roll.
const ATTEMPTS: usize = 5;

/// What our library says before it ends a process: nothing to be tried again.
const FAULTS_OF_THE_PLUGIN: [&str; 2] = ["panicked at", "memory allocation of"];

/// The name of every session; its folder's name tells them apart.
const SESSION: &str = "session";

/// What is set of a plugin in a session.
pub struct Values<'a> {
    /// By the names that hosts show: what can be automated.
    pub shown: Vec<(String, f32)>,
    /// What cannot.
    pub stored: Vec<(&'a Parameter, f32)>,
}

/// An Ardour that knows our VST3 bundle and nothing else of its user.
pub struct Ardour {
    folder: PathBuf,
}

impl Ardour {
    /// Gives Ardour a home below `folder` with a copy of the bundle, and has the bundle scanned.
    ///
    /// # Errors
    /// The home cannot be made, or the scanner fails.
    pub fn with_bundle(folder: &Path, bundle: &Path) -> Result<Self, String> {
        let ardour = Self { folder: folder.to_path_buf() };
        let copy = folder.join("home/.vst3/Runout.vst3");
        let library = library_in(&copy);
        let unwritable = |error| format!("{}: {error}", library.display());
        fs::create_dir_all(library.parent().unwrap_or(folder)).map_err(unwritable)?;
        fs::copy(library_in(bundle), &library).map_err(unwritable)?;
        // Ardour trusts what its scanner wrote only if that is a second younger than the library.
        let minute = Duration::from_secs(60);
        let file = File::options().write(true).open(&library).map_err(unwritable)?;
        file.set_modified(SystemTime::now() - minute).map_err(unwritable)?;
        let scanner = format!("{PROGRAMS}/ardour-vst3-scanner");
        ardour.succeed("scan", Command::new(scanner).arg("-f").arg(&copy))?;
        Ok(ardour)
    }

    /// Makes a session that plays `wave` through the plugin of this name on the master bus, and returns its folder.
    ///
    /// # Errors
    /// Ardour does not know the plugin or a parameter, or ends before the session is saved.
    pub fn session(
        &self,
        name: &str,
        plugin: &str,
        values: &Values,
        wave: &Path,
        audio: &Audio,
    ) -> Result<PathBuf, String> {
        let folder = self.folder.join(name);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/daw/session.lua");
        let mut command = Command::new("ardour7-lua");
        command.arg(script).arg(&folder).arg(audio.sample_rate.to_string()).arg(plugin);
        command.args(values.shown.iter().map(|(parameter, value)| format!("{parameter}={value}")));
        let said = self.succeed(&format!("{name}-session"), &mut command)?;
        if !said.lines().any(|line| line == "saved") {
            return Err(format!("Ardour made no session for {plugin}: {}", said.trim()));
        }
        // The folder inside is named after the session's own: under another name Ardour finds two and gives up.
        let place = folder.join("interchange").join(name).join("audiofiles").join(audio.name);
        fs::copy(wave, &place).map_err(|error| format!("{}: {error}", place.display()))?;
        let saved = folder.join(format!("{SESSION}.ardour"));
        let unreadable = |error| format!("{}: {error}", saved.display());
        let text = fs::read_to_string(&saved).map_err(unreadable)?;
        let text = with_audio(&text, audio).and_then(|text| with_values(&text, &values.stored));
        let text = text.map_err(|error| format!("{}: {error}", saved.display()))?;
        fs::write(&saved, text).map_err(unreadable)?;
        Ok(folder)
    }

    /// Renders what the master bus of a session sends, as float, into `output`.
    ///
    /// # Errors
    /// The export fails or writes nothing.
    pub fn export(&self, session: &Path, output: &Path) -> Result<(), String> {
        let name = session.file_name().unwrap_or(OsStr::new(SESSION)).to_string_lossy();
        let mut command = Command::new("ardour7-export");
        command.args(["-b", "float", "-o"]).arg(output).arg(session).arg(SESSION);
        let mut failure = String::new();
        for attempt in 1..=ATTEMPTS {
            let (said, ended) = self.run(&format!("{name}-export-{attempt}"), &mut command)?;
            failure = match ended {
                Ok(()) if output.is_file() => return Ok(()),
                Ok(()) => format!("Ardour exported nothing: {}", said.trim()),
                Err(reason) => reason,
            };
            if FAULTS_OF_THE_PLUGIN.iter().any(|words| said.contains(words)) {
                break;
            }
            println!("attempt {attempt} of {ATTEMPTS}: {failure}");
        }
        Err(failure)
    }

    /// Runs one of Ardour's programs to a good end; what it said.
    fn succeed(&self, step: &str, command: &mut Command) -> Result<String, String> {
        let (said, ended) = self.run(step, command)?;
        ended.map(|()| said)
    }

    /// Runs one of Ardour's programs: what it said, and whether it came to a good end.
    fn run(&self, step: &str, command: &mut Command) -> Result<(String, Result<(), String>), String> {
        let log = self.folder.join(format!("{step}.log"));
        let unwritable = |error| format!("{}: {error}", log.display());
        let file = File::create(&log).map_err(unwritable)?;
        let both = file.try_clone().map_err(unwritable)?;
        let home = self.folder.join("home");
        command
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"));
        command.env("LD_LIBRARY_PATH", PROGRAMS).stdin(Stdio::null()).stdout(file).stderr(both);
        let status = ended(command).map_err(|error| format!("`{}`: {error}", shown(command)))?;
        let said = fs::read(&log).map_err(unwritable)?;
        let outcome = match status {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(format!("`{}` ended with {status}: see {}", shown(command), log.display())),
            None => Err(format!("`{}` was stopped after {PATIENCE:?}: see {}", shown(command), log.display())),
        };
        Ok((String::from_utf8_lossy(&said).into_owned(), outcome))
    }
}

/// Waits for a program's end, for as long as our patience lasts; `None` where it had to be stopped.
fn ended(command: &mut Command) -> std::io::Result<Option<ExitStatus>> {
    let mut child = command.spawn()?;
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

//! The folder that a plugin's presets lie in, one chain file each.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The ending of a chain file.
const EXTENSION: &str = "toml";

/// The most bytes of a file that is read: some hundred times a full chain.
const LARGEST_BYTES: u64 = 1 << 20;

/// The most bytes of a name: with ending and the marks of an unfinished file it fits every file system.
const LONGEST_NAME_BYTES: usize = 120;

/// Where the presets of a plugin ("Runout Limiter") lie for this user: `Runout/Presets/Limiter` in `~/.config` or
/// `XDG_CONFIG_HOME`, in `~/Library/Application Support`, or in `APPDATA`. `None` where the system says none of these.
pub fn user_folder(plugin: &str) -> Option<PathBuf> {
    folder_for(std::env::consts::OS, plugin, |name| std::env::var_os(name))
}

/// [`user_folder`] on a system whose variables are looked up with `variable`.
fn folder_for(system: &str, plugin: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // A path that is not absolute is to be ignored, says the XDG base directory specification.
    let path = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || path("HOME");
    let base = match system {
        "windows" => variable("APPDATA").map(PathBuf::from)?,
        "macos" => home()?.join("Library/Application Support"),
        _ => path("XDG_CONFIG_HOME").or_else(|| Some(home()?.join(".config")))?,
    };
    Some(base.join("Runout").join("Presets").join(plugin.strip_prefix("Runout ").unwrap_or(plugin)))
}

/// A folder that need not be there yet.
pub(super) struct Folder(Option<PathBuf>);

impl Folder {
    pub fn new(path: Option<PathBuf>) -> Self {
        Self(path)
    }

    /// Where it is or would be.
    pub fn place(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// The names of the presets in it, in alphabetical order; none where it cannot be read.
    pub fn names(&self) -> Vec<String> {
        let Some(Ok(entries)) = self.0.as_deref().map(fs::read_dir) else { return Vec::new() };
        let mut names: Vec<String> = entries.flatten().filter_map(|entry| name_of(&entry.path())).collect();
        names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
        names
    }

    /// The text of a preset.
    ///
    /// # Errors
    /// One line on why it cannot be read.
    pub fn read(&self, name: &str) -> Result<String, String> {
        let path = self.path(name)?;
        let unreadable = |error: std::io::Error| format!("{}: {error}", path.display());
        let file = fs::File::open(&path).map_err(unreadable)?;
        let mut text = String::new();
        file.take(LARGEST_BYTES + 1).read_to_string(&mut text).map_err(unreadable)?;
        if text.len() as u64 > LARGEST_BYTES {
            return Err(format!("{}: is over {} kB, no chain is", path.display(), LARGEST_BYTES / 1024));
        }
        Ok(text)
    }

    /// Writes a preset beside its name and gives it its name when it is complete.
    ///
    /// # Errors
    /// One line: a name that cannot be a file's, one that is there already unless it `replaces`, or what the system says.
    pub fn write(&self, name: &str, text: &str, replaces: bool) -> Result<(), String> {
        check_name(name)?;
        let path = self.path(name)?;
        let unwritable = |error: std::io::Error| format!("{}: {error}", path.display());
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder).map_err(unwritable)?;
        let mut file = tempfile::Builder::new().prefix(".preset").tempfile_in(folder).map_err(unwritable)?;
        file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(unwritable)?;
        let named = if replaces { file.persist(&path) } else { file.persist_noclobber(&path) };
        named.map(drop).map_err(|failed| match failed.error.kind() {
            ErrorKind::AlreadyExists => format!("{name} is there already: choose another name, or replace it"),
            _ => unwritable(failed.error),
        })
    }

    fn path(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.0.as_deref().ok_or("This system names no folder for presets: set HOME")?;
        Ok(folder.join(format!("{name}.{EXTENSION}")))
    }
}

/// The name of the preset in a file; `None` for what is none.
fn name_of(path: &Path) -> Option<String> {
    let is_chain_file = path.extension().is_some_and(|extension| extension == EXTENSION) && path.is_file();
    let name = path.file_stem().filter(|_| is_chain_file)?.to_str()?.to_owned();
    check_name(&name).is_ok().then_some(name)
}

/// Whether a name can be a file's on every system.
///
/// # Errors
/// One line on what would be right.
fn check_name(name: &str) -> Result<(), String> {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    let forbidden = |symbol: char| symbol.is_control() || "/\\:*?\"<>|".contains(symbol);
    let device = name.split('.').next().unwrap_or("").to_lowercase();
    let is_port = |start: &str| device.strip_prefix(start).is_some_and(|rest| rest.len() == 1 && rest != "0");
    if name.is_empty() {
        return Err("A preset needs a name".to_owned());
    }
    if name.len() > LONGEST_NAME_BYTES {
        return Err(format!("The name is too long: {LONGEST_NAME_BYTES} letters at most"));
    }
    if let Some(symbol) = name.chars().find(|symbol| forbidden(*symbol)) {
        return Err(format!("{name:?}: a name cannot have {symbol:?} in it"));
    }
    if name.starts_with('.') || name.ends_with('.') || name.trim() != name {
        return Err(format!("{name:?}: a name cannot begin or end with a point or a space"));
    }
    if RESERVED.contains(&device.as_str()) || is_port("com") || is_port("lpt") {
        return Err(format!("{name:?}: a device has this name, choose another"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_up(system: &str, set: &[(&str, &str)]) -> Option<PathBuf> {
        let variable =
            |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        folder_for(system, "Runout Limiter", variable)
    }

    #[test]
    fn presets_lie_where_each_system_keeps_such_things() {
        let home = [("HOME", "/home/ann"), ("APPDATA", "C:\\Roaming")];
        assert_eq!(looked_up("linux", &home), Some("/home/ann/.config/Runout/Presets/Limiter".into()));
        let chosen = [("HOME", "/home/ann"), ("XDG_CONFIG_HOME", "/etc/ann")];
        assert_eq!(looked_up("linux", &chosen), Some("/etc/ann/Runout/Presets/Limiter".into()));
        let relative = [("HOME", "/home/ann"), ("XDG_CONFIG_HOME", "here")];
        assert_eq!(looked_up("linux", &relative), looked_up("linux", &home));
        let mac = "/home/ann/Library/Application Support/Runout/Presets/Limiter";
        assert_eq!(looked_up("macos", &home), Some(mac.into()));
        let windows = Path::new("C:\\Roaming").join("Runout").join("Presets").join("Limiter");
        assert_eq!(looked_up("windows", &home), Some(windows));
        assert_eq!(looked_up("linux", &[]), None);
    }

    #[test]
    fn names_that_some_system_cannot_keep_are_refused() {
        for name in ["Loud", "Über laut", "v1.2", "a b", "console", "com10"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        let long = "a".repeat(121);
        for name in ["", "a/b", "..", "a:b", ".hidden", "end.", " a", "CON", "nul.x", "com1", "a\nb", &long] {
            let refusal = check_name(name).expect_err(name);
            assert_eq!(refusal.lines().count(), 1, "{refusal}");
        }
    }
}

//! Presets: chain files that come with the suite and those in a folder of the user's, and chains as text through the
//! clipboard.
//!
//! A preset is what the command reads with `--chain`. Taking one sets each parameter that differs, as a gesture of its own,
//! so that the host can undo and automate it. What cannot be taken changes nothing and is said in one line.

mod exchange;
mod folder;

pub use folder::user_folder;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use runout_dsp_core::presets::FACTORY;
use runout_dsp_core::settings::{ChainSettings, Module, chain_file};

use crate::parameters::Parameters;
use exchange::Exchange;
use folder::Folder;

/// The preset that is always there and always first: every parameter at its default.
pub const DEFAULT: &str = "Default";

/// Those that come with the suite, read once for all the instances of a session.
static SUITE: LazyLock<Vec<(&'static str, ChainSettings)>> =
    LazyLock::new(|| FACTORY.iter().filter_map(|preset| Some((preset.name, preset.settings().ok()?))).collect());

/// The presets of one plugin.
///
/// Thread: the editor's. It reads and writes files, but only in the calls that say so.
pub struct Presets {
    folder: Folder,
    exchange: Exchange,
    /// The default, and those that come with the suite and that this plugin can do.
    factory: Vec<(&'static str, ChainSettings)>,
    /// Their names, then those of the folder.
    names: Vec<String>,
    /// The place of the one that was taken last.
    current: usize,
    /// What that one says, to know what has changed since.
    reference: ChainSettings,
    /// Whether the ceiling stays what it is.
    keeps_ceiling: bool,
}

impl Presets {
    /// The presets of a plugin of this name ("Runout Limiter") with the parameters of these modules, kept in `folder`,
    /// which [`user_folder`] knows; `None` where the system names no place. No file is read yet.
    pub fn new(plugin: &'static str, modules: &[Module], folder: Option<PathBuf>) -> Self {
        let exchange = Exchange::new(plugin, modules);
        let possible = SUITE.iter().filter(|(_, settings)| exchange.check(settings).is_ok()).copied();
        let factory: Vec<_> = [(DEFAULT, ChainSettings::default())].into_iter().chain(possible).collect();
        Self {
            folder: Folder::new(folder),
            names: factory.iter().map(|(name, _)| (*name).to_owned()).collect(),
            exchange,
            factory,
            current: 0,
            reference: ChainSettings::default(),
            keeps_ceiling: false,
        }
    }

    /// Whether there is nothing that a preset could hold: the plugin has no parameters of a chain.
    pub fn is_empty(&self) -> bool {
        self.exchange.is_empty()
    }

    /// The folder that the presets are kept in; it need not be there yet. `None` where the system names no place.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.place()
    }

    /// The names: [`DEFAULT`] and the others that come with the suite, then those of the user in alphabetical order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the preset at a place among the names is one of the user's.
    pub fn is_users(&self, index: usize) -> bool {
        index >= self.factory.len()
    }

    /// Whether the plugin has a ceiling that could be kept.
    pub fn has_ceiling(&self) -> bool {
        self.exchange.has_ceiling()
    }

    /// Has presets leave the ceiling what it is, or not; the target, which is no part of a chain, they never touch.
    pub fn keep_ceiling(&mut self, keeps: bool) {
        self.keeps_ceiling = keeps;
    }

    /// The place among the names of the preset that was taken or saved last.
    pub fn current(&self) -> usize {
        self.current
    }

    /// The name of the preset that was taken or saved last.
    pub fn current_name(&self) -> &str {
        &self.names[self.current]
    }

    /// Whether a parameter differs from the current preset. Reads no file.
    pub fn is_dirty(&self, parameters: &dyn Parameters) -> bool {
        self.exchange.gather(parameters) != self.reference
    }

    /// Looks into the folder again: when a window opens, or a list of presets.
    pub fn refresh(&mut self) {
        let current = self.is_users(self.current).then(|| self.current_name().to_owned());
        self.names.truncate(self.factory.len());
        self.names.extend(self.folder.names());
        if let Some(current) = current {
            // A preset whose file is gone leaves its values behind, as changes of the default.
            self.current = self.users_place(&current).unwrap_or_else(|| {
                self.reference = ChainSettings::default();
                0
            });
        }
    }

    /// Takes the preset at a place among the names; reads its file.
    ///
    /// # Errors
    /// One line on what is wrong with the file, and where; nothing has changed then.
    pub fn load(&mut self, index: usize, parameters: &dyn Parameters) -> Result<(), String> {
        let Some(name) = self.names.get(index) else {
            return Err(format!("there is no preset {index}: {} are listed", self.names.len()));
        };
        let mut settings = if let Some((_, settings)) = self.factory.get(index) {
            *settings
        } else {
            let text = self.folder.read(name)?;
            self.read(&text).map_err(|reason| format!("{name}: {reason}"))?
        };
        if self.keeps_ceiling {
            settings.limiter.ceiling_dbtp = self.exchange.gather(parameters).limiter.ceiling_dbtp;
        }
        self.exchange.apply(&settings, parameters);
        self.current = index;
        self.reference = settings;
        Ok(())
    }

    /// Takes the preset before the current one; the last before the first.
    ///
    /// # Errors
    /// Those of [`load`](Self::load).
    pub fn previous(&mut self, parameters: &dyn Parameters) -> Result<(), String> {
        self.load((self.current + self.names.len() - 1) % self.names.len(), parameters)
    }

    /// Takes the preset after the current one; the first after the last.
    ///
    /// # Errors
    /// Those of [`load`](Self::load).
    pub fn next(&mut self, parameters: &dyn Parameters) -> Result<(), String> {
        self.load((self.current + 1) % self.names.len(), parameters)
    }

    /// Whether a preset of the user's has this name, as far as the list knows.
    pub fn exists(&self, name: &str) -> bool {
        self.users_place(name.trim()).is_some()
    }

    /// Saves the parameters as a new preset, which is then the current one. The file appears under its name when it is
    /// complete.
    ///
    /// # Errors
    /// One line: a name that cannot be a file's, one that is there already, or what the system says.
    pub fn save_as(&mut self, name: &str, parameters: &dyn Parameters) -> Result<(), String> {
        self.save(name, false, parameters)
    }

    /// Saves the parameters in the place of a preset that is there.
    ///
    /// # Errors
    /// One line: a name that cannot be a file's, or what the system says.
    pub fn replace(&mut self, name: &str, parameters: &dyn Parameters) -> Result<(), String> {
        self.save(name, true, parameters)
    }

    /// The parameters as the text of a chain file, for the clipboard.
    pub fn copy(&self, parameters: &dyn Parameters) -> String {
        chain_file::write(&self.exchange.gather(parameters))
    }

    /// Takes a chain from a text, such as the clipboard's. The current preset stays, and is changed.
    ///
    /// # Errors
    /// One line on what is wrong with the text, and where; nothing has changed then.
    pub fn paste(&mut self, text: &str, parameters: &dyn Parameters) -> Result<(), String> {
        let settings = self.read(text).map_err(|reason| format!("The text is not a chain: {reason}"))?;
        self.exchange.apply(&settings, parameters);
        Ok(())
    }

    fn save(&mut self, name: &str, replaces: bool, parameters: &dyn Parameters) -> Result<(), String> {
        let name = name.trim();
        if let Some((taken, _)) = self.factory.iter().find(|(taken, _)| name.eq_ignore_ascii_case(taken)) {
            return Err(format!("{taken} is always there and cannot be saved over: choose another name"));
        }
        let settings = self.exchange.gather(parameters);
        self.folder.write(name, &chain_file::write(&settings), replaces)?;
        self.refresh();
        self.current = self.users_place(name).unwrap_or(0);
        self.reference = settings;
        Ok(())
    }

    /// What a text says, if this plugin can do all of it.
    fn read(&self, text: &str) -> Result<ChainSettings, String> {
        let settings = chain_file::read(text).map_err(|error| error.to_string())?;
        self.exchange.check(&settings)?;
        Ok(settings)
    }

    fn users_place(&self, name: &str) -> Option<usize> {
        let first = self.factory.len();
        self.names[first..].iter().position(|known| known == name).map(|place| first + place)
    }
}

#[cfg(test)]
mod tests;

//! A plugin's state, as a project keeps it.

use clack_extensions::state::PluginState;

use super::ClapHost;

impl ClapHost {
    /// The state now.
    pub fn save(&mut self) -> Vec<u8> {
        let plugin = self.instance.plugin_handle();
        let state: PluginState = plugin.get_extension().expect("the state extension");
        let mut bytes = Vec::new();
        state.save(&plugin, &mut bytes).expect("the state is saved");
        bytes
    }

    /// Whether the plugin takes these bytes as its state.
    pub fn try_restore(&mut self, bytes: &[u8]) -> bool {
        let plugin = self.instance.plugin_handle();
        let state: PluginState = plugin.get_extension().expect("the state extension");
        state.load(&plugin, &mut &*bytes).is_ok()
    }

    /// Restores a state that the plugin must take.
    pub fn restore(&mut self, bytes: &[u8]) {
        assert!(self.try_restore(bytes), "the state is loaded");
    }
}

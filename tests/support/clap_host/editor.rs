//! A plugin's editor in a window of the host.

use std::ffi::c_ulong;

use clack_extensions::gui::{GuiApiType, GuiConfiguration, GuiSize, PluginGui, Window};
use clack_host::prelude::*;

use super::ClapHost;

/// How a plugin embeds itself on this system; where windows are not X11's, the host opens none.
const EMBEDDED: GuiConfiguration<'static> = GuiConfiguration { api_type: GuiApiType::X11, is_floating: false };

impl ClapHost {
    fn with_gui<T>(&mut self, ask: impl FnOnce(&PluginGui, &PluginMainThreadHandle) -> T) -> T {
        let plugin = self.instance.plugin_handle();
        let gui: PluginGui = plugin.get_extension().expect("the editor's extension");
        ask(&gui, &plugin)
    }

    /// Makes the editor and says how large it wants to be, in pixels.
    pub fn create_editor(&mut self) -> (u32, u32) {
        self.with_gui(|gui, plugin| {
            assert!(gui.is_api_supported(plugin, EMBEDDED), "the plugin embeds itself in X11's windows");
            gui.create(plugin, EMBEDDED).expect("an editor");
            size_of(gui, plugin)
        })
    }

    /// Embeds the editor in a window and shows it.
    #[expect(unsafe_code, reason = "a host hands its window's id over")]
    pub fn show_editor(&mut self, window: c_ulong) {
        self.with_gui(|gui, plugin| {
            let window = Window::from_x11_handle(window);
            // SAFETY: the window is the caller's and outlives the editor, which the caller closes first.
            unsafe { gui.set_parent(plugin, window) }.expect("the editor embeds itself");
            gui.show(plugin).expect("the editor is shown");
        });
    }

    /// How large the editor is, in pixels.
    pub fn editor_size(&mut self) -> (u32, u32) {
        self.with_gui(size_of)
    }

    /// The size nearest to one that the editor can have, in pixels.
    pub fn adjusted_editor_size(&mut self, width: u32, height: u32) -> (u32, u32) {
        self.with_gui(|gui, plugin| {
            assert!(gui.can_resize(plugin), "the host may resize the editor");
            let size = gui.adjust_size(plugin, GuiSize { width, height }).expect("a size");
            (size.width, size.height)
        })
    }

    /// Gives the editor a size, in pixels.
    pub fn resize_editor(&mut self, width: u32, height: u32) {
        self.with_gui(|gui, plugin| gui.set_size(plugin, GuiSize { width, height }).expect("the editor takes a size"));
    }

    /// Says how many pixels a point has where the system does not.
    pub fn scale_editor(&mut self, scale: f64) {
        self.with_gui(|gui, plugin| gui.set_scale(plugin, scale).expect("the editor takes a scale"));
    }

    /// Closes the editor.
    pub fn close_editor(&mut self) {
        self.with_gui(|gui, plugin| gui.destroy(plugin));
    }
}

fn size_of(gui: &PluginGui, plugin: &PluginMainThreadHandle) -> (u32, u32) {
    let size = gui.get_size(plugin).expect("an editor has a size");
    (size.width, size.height)
}

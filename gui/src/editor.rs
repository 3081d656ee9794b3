//! What a plugin's window asks of an editor.

use crate::parameters::Parameters;

/// One editor, which draws itself into any window.
///
/// Thread: the window's. It is `Send` because hosts move windows between threads; nobody calls it from two at once.
pub trait Editor: Send {
    /// The window has opened: sets the context up and starts to listen. Called again each time that it opens.
    fn opened(&mut self, context: &egui::Context);

    /// Draws one frame over all of `ui`. The context's zoom factor is the window's business, which follows
    /// [`Preferences::zoom_percent`](crate::preferences::Preferences::zoom_percent). While something moves, the editor asks
    /// for the next frame itself; when parameters change or sound arrives, whoever knows of it asks for one.
    fn show(&mut self, ui: &mut egui::Ui, parameters: &dyn Parameters);

    /// The window has closed: ends what the user held, and stops listening, so that the audio thread gathers nothing more
    /// for it.
    fn closed(&mut self, context: &egui::Context, parameters: &dyn Parameters);
}

//! What every widget is handed: how to look, what to move, and where to explain itself.

use runout_dsp_core::settings::Parameter;

use crate::look::Look;
use crate::parameters::Parameters;

/// What is handed down to every widget of an editor.
pub struct Desk<'a> {
    /// Colors.
    pub look: Look,
    /// The plugin's parameters.
    pub parameters: &'a dyn Parameters,
    /// The footer's text.
    pub hint: &'a mut Hint,
    /// Whether names bear their module's, as Master's do: `Limiter Ceiling`.
    pub full_names: bool,
    /// What tells the controls here from those of the same parameters elsewhere: `in the list`; empty where there are none.
    pub place: &'static str,
}

impl<'a> Desk<'a> {
    /// The desk of a module's own plugin.
    pub fn new(look: Look, parameters: &'a dyn Parameters, hint: &'a mut Hint) -> Self {
        Self { look, parameters, hint, full_names: false, place: "" }
    }

    /// The same desk with the modules' names in the parameters': Master's.
    pub fn with_full_names(self) -> Self {
        Self { full_names: true, ..self }
    }

    /// The same desk in another look.
    pub fn with_look(&mut self, look: Look) -> Desk<'_> {
        Desk { look, parameters: self.parameters, hint: self.hint, full_names: self.full_names, place: self.place }
    }

    /// The same desk at another place, where controls of the same parameters stand too.
    pub fn at(&mut self, place: &'static str) -> Desk<'_> {
        Desk { place, ..self.with_look(self.look) }
    }

    /// The name that a parameter is known by in this plugin.
    pub fn name(&self, parameter: &Parameter) -> String {
        if self.full_names { parameter.full_name() } else { parameter.name.clone() }
    }

    /// A control's accessible name from the name of what it moves.
    pub fn spoken(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{name} {}", self.place) }
    }
}

/// What the footer says of the control under the pointer, or else of the one with the keyboard's focus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    name: String,
    sentence: String,
    rank: Rank,
}

/// What outweighs what in the footer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    #[default]
    Nothing,
    Focused,
    Hovered,
    Told,
    Refused,
}

impl Hint {
    /// Forgets what was said; at the start of a frame.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Explains what the pointer is on.
    pub fn hovered(&mut self, name: &str, sentence: &str) {
        self.say(Rank::Hovered, name, sentence);
    }

    /// Explains what has the keyboard's focus, unless the pointer is on something.
    pub fn focused(&mut self, name: &str, sentence: &str) {
        self.say(Rank::Focused, name, sentence);
    }

    /// Says what has just been done.
    pub fn told(&mut self, name: &str, sentence: &str) {
        self.say(Rank::Told, name, sentence);
    }

    /// Says why what was typed cannot be taken; outweighs everything.
    pub fn refused(&mut self, name: &str, reason: &str) {
        self.say(Rank::Refused, name, reason);
    }

    /// The name and the sentence.
    pub fn text(&self) -> (&str, &str) {
        (&self.name, &self.sentence)
    }

    /// Whether something that was typed is refused.
    pub fn is_refusal(&self) -> bool {
        self.rank == Rank::Refused
    }

    fn say(&mut self, rank: Rank, name: &str, sentence: &str) {
        if rank >= self.rank {
            *self = Self { name: name.to_owned(), sentence: sentence.to_owned(), rank };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_outweighs_the_pointer_and_the_pointer_the_focus() {
        let mut hint = Hint::default();
        hint.hovered("Ceiling", "over");
        hint.focused("Link", "under");
        assert_eq!(hint.text(), ("Ceiling", "over"));
        hint.refused("Link", "must be 0 to 1");
        hint.hovered("Ceiling", "over");
        assert!(hint.is_refusal() && hint.text() == ("Link", "must be 0 to 1"));
        hint.clear();
        assert_eq!(hint.text(), ("", ""));
    }
}

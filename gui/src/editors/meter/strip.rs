//! The strip at the right: momentary and short-term loudness against the target, and the level of every channel.

use egui::{Align2, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2};

use super::history::Seen;
use super::layout::Layout;
use crate::desk::Desk;
use crate::editors::live::Live;
use crate::look::size;
use crate::palette::Color;
use crate::widgets::Segments;
use crate::widgets::loudness_bars::{BAR, LoudnessBars, LoudnessScale, PITCH};
use crate::widgets::scale::Scale;
use crate::write::{self, Role};
use crate::{numbers, paint};

/// Between the two lines that names of narrow channels take.
const NAME_LINES: f32 = 12.0;

/// The live bars, and the scale that was chosen for them.
#[derive(Debug, Default)]
pub struct Strip {
    scale: LoudnessScale,
}

impl Strip {
    /// Shows the strip.
    pub fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>, layout: &Layout, live: &mut Live, seen: &Seen<'_>) {
        let line = layout.plots.top() + size::MARGIN..=layout.plots.bottom() - size::MARGIN;
        paint::vertical(ui.painter(), layout.strip_x, line, desk.look.palette.line);
        self.show_loudness(ui, desk, layout, seen);
        show_levels(ui, desk, layout, live, seen);
        let words = ["+9", "+18"];
        let sentence = "of the loudness bars: \u{2212}18 to +9 LU or \u{2212}36 to +18 LU around the target.";
        let chosen = usize::from(self.scale == LoudnessScale::Plus18);
        let (_, asked) = Segments::new(&words).show(ui, desk, layout.scale, "EBU scale", sentence, chosen, 0);
        if let Some(asked) = asked {
            self.scale = if asked == 0 { LoudnessScale::Plus9 } else { LoudnessScale::Plus18 };
        }
    }

    fn show_loudness(&self, ui: &Ui, desk: &mut Desk<'_>, layout: &Layout, seen: &Seen<'_>) {
        let readings = seen.readings;
        let palette = desk.look.palette;
        let bars = LoudnessBars {
            target_lufs: seen.target_lufs(),
            scale: self.scale,
            momentary_lufs: [seen.latest.momentary_lufs as f32, readings.momentary_max_lufs as f32],
            short_term_lufs: [seen.latest.short_term_lufs as f32, readings.short_term_max_lufs as f32],
        };
        bars.paint(ui.painter(), &desk.look, layout.loudness_x, layout.bars);
        let center = layout.loudness_x + (PITCH + BAR) / 2.0;
        for (name, x) in [("M", center - PITCH / 2.0), ("S", center + PITCH / 2.0)] {
            written(ui, palette.label_text, (x, layout.title_y), Role::Label, name);
        }
        let (number, unit) = bars.number(readings.short_term_lufs as f32);
        written(ui, palette.value_text, (center, layout.values_y[0]), Role::Value, &number);
        written(ui, palette.scale_text, (center, layout.values_y[1]), Role::Scale, unit);
        let place = Rect::from_x_y_ranges(layout.loudness_x..=layout.loudness_x + PITCH + BAR, layout.bars);
        let response = ui.interact(place, ui.scope_id().with("loudness bars"), Sense::hover());
        if response.hovered() {
            let help = "the last 400 ms (M) and the last 3 s (S) against the target; ticks at the highest.";
            desk.hint.hovered("Momentary and short-term loudness", help);
        }
        let (momentary, _) = bars.number(readings.momentary_lufs as f32);
        let spoken = format!("Momentary {momentary} {unit}, short-term {number} {unit}");
        response.widget_info(|| WidgetInfo::labeled(Kind::Meter, true, &spoken));
    }
}

fn show_levels(ui: &Ui, desk: &mut Desk<'_>, layout: &Layout, live: &mut Live, seen: &Seen<'_>) {
    let readings = seen.readings;
    let palette = desk.look.palette;
    let names = channel_names(readings.channels);
    for (channel, name) in names.iter().enumerate() {
        let left = layout.levels_x + layout.level_pitch * channel as f32;
        let rect = Rect::from_x_y_ranges(left..=left + layout.level_width, layout.bars);
        let ceiling_dbtp = seen.judgement.ceiling_dbtp;
        let bar = live.level_bar(channel, readings.true_peak_dbtp[channel], ceiling_dbtp);
        bar.paint(ui.painter(), &desk.look, rect, &Scale::STRIP);
        // Names that are wider than their bars take turns on two lines.
        let below = if names.len() > 2 { NAME_LINES * (channel % 2) as f32 - NAME_LINES / 2.0 } else { 0.0 };
        let role = if names.len() > 2 { Role::Scale } else { Role::Label };
        written(ui, palette.label_text, (rect.center().x, layout.title_y + below), role, name);
    }
    Scale::STRIP.write(ui.painter(), &desk.look, layout.level_numbers_x, layout.bars, false);
    let width = layout.level_pitch * (names.len() as f32 - 1.0) + layout.level_width;
    let center = layout.levels_x + width / 2.0;
    let highest_dbtp = readings.true_peak_max_dbtp();
    let is_over = seen.judgement.over_dbtp().is_some_and(|over_dbtp| highest_dbtp > over_dbtp);
    let color = if is_over { palette.over } else { palette.value_text };
    let number = if highest_dbtp.is_finite() { numbers::plain(highest_dbtp, 2) } else { numbers::NONE.to_owned() };
    written(ui, color, (center, layout.values_y[0]), Role::Value, &number);
    written(ui, palette.scale_text, (center, layout.values_y[1]), Role::Scale, "dBTP");
    let place = Rect::from_x_y_ranges(layout.levels_x..=layout.levels_x + width, layout.bars);
    let response = ui.interact(place, ui.scope_id().with("level bars"), Sense::CLICK);
    if response.hovered() {
        let help = if live.has_overs() { " A click clears the overs." } else { "" };
        let help = format!("peak, power in light, and a tick at the highest true peak.{help}");
        desk.hint.hovered("Levels", &help);
    }
    if response.clicked() {
        live.clear_overs();
    }
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, "Levels: clear overs"));
}

fn written(ui: &Ui, color: Color, (x, y): (f32, f32), role: Role, text: &str) {
    write::text(ui.painter(), color, pos2(x, y), Align2::CENTER_CENTER, role, text);
}

/// What the channels are called: L R C LFE Ls Rs, and those of 7.1.4 in the order of the meter.
fn channel_names(channels: usize) -> &'static [&'static str] {
    const SURROUND: [&str; 6] = ["L", "R", "C", "LFE", "Ls", "Rs"];
    const IMMERSIVE: [&str; 12] = ["L", "R", "C", "LFE", "Lb", "Rb", "Ls", "Rs", "Ltf", "Rtf", "Ltb", "Rtb"];
    match channels {
        // Before the host has said anything there is one bed.
        0 | 1 => &["Mono"],
        2 => &["L", "R"],
        3..=6 => &SURROUND,
        _ => &IMMERSIVE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_has_a_name_of_its_own() {
        for channels in [1, 2, 6, 12] {
            let mut names = channel_names(channels).to_vec();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), channels);
        }
    }
}

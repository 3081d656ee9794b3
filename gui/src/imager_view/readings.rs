//! What is read of both channels: correlation, balance, side against middle, and what mono would lose.

use egui::{Align2, Painter, Rangef, Rect, Sense, Ui, WidgetInfo, pos2};
use runout_dsp_core::stereo::{AVERAGING_S, StereoReadings};

use super::live::Live;
use crate::desk::Desk;
use crate::look::Look;
use crate::widgets::correlation_bar::CorrelationBar;
use crate::write::{self, Role};
use crate::{numbers, paint};

/// From one row to the next at the most, and what stays free above the first and below the last, points.
const PITCH: f32 = 40.0;
const AROUND: f32 = 10.0;

/// A lower row has thinner bars, points.
const ROOMY: f32 = 32.0;

/// From the middle of a row's text to its bar, and the bar's height, with room and without, points.
const BAR: [(f32, f32); 2] = [(14.0, 6.0), (9.0, 3.0)];

/// From the plane's edges to the rows, points.
const LEFT: f32 = 16.0;
const RIGHT: f32 = 20.0;

/// The ends of the scales, dB.
const BALANCE_DB: f32 = 6.0;
const SIDE_DB: f32 = 24.0;
const LOST_DB: f32 = 6.0;

/// A row: what it is and says.
struct Row {
    label: &'static str,
    /// The same where there is no room for it.
    short: &'static str,
    help: &'static str,
    number: String,
}

/// The rows, from readings as numbers.
fn rows(read: &StereoReadings) -> [Row; 4] {
    [
        Row {
            label: "Correlation",
            short: "Correl.",
            help: "+1 is mono, below 0 cancels in mono; a tick at the lowest, which a click forgets.",
            number: CorrelationBar::words(read.correlation),
        },
        Row {
            label: "Balance",
            short: "Balance",
            help: "which channel is louder, and by how much.",
            number: read.balance_db.map_or_else(none, balance_words),
        },
        Row {
            label: "Side against mid",
            short: "Side to mid",
            help: "how loud the side is against the middle: 0 dB is as loud.",
            number: decibels(read.side_to_mid_db),
        },
        Row {
            label: "Lost in mono",
            short: "In mono",
            help: "how much softer the sum of both channels is heard (K-weighted).",
            number: decibels(read.mono_change_lu),
        },
    ]
}

fn none() -> String {
    numbers::NONE.to_owned()
}

fn decibels(value_db: Option<f64>) -> String {
    value_db.map_or_else(none, |value_db| format!("{} dB", numbers::signed(value_db, 1)))
}

/// `L 0.3 dB`; of one channel alone, `only R`.
fn balance_words(balance_db: f64) -> String {
    let side = if balance_db < 0.0 { "L" } else { "R" };
    let number = numbers::plain(balance_db.abs(), 1);
    match () {
        () if balance_db.is_infinite() => format!("only {side}"),
        () if number == "0.0" => format!("{number} dB"),
        () => format!("{side} {number} dB"),
    }
}

/// Shows the readings on a plane.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, plane: Rect, live: &mut Live) {
    let look = desk.look;
    let palette = look.palette;
    paint::plane(ui.painter(), plane, palette.panel);
    paint::horizontal(ui.painter(), plane.x_range(), plane.top(), palette.line);
    let pitch = ((plane.height() - AROUND) / 4.0).clamp(1.0, PITCH);
    let (bar_y, bar_height) = BAR[usize::from(pitch < ROOMY)];
    // Text reaches as far above its middle as capitals are high.
    let text = Role::Value.size() / 2.0;
    let first = plane.top() + text + (plane.height() - 3.0 * pitch - text - bar_y - bar_height) / 2.0;
    let x = Rangef::new(plane.left() + LEFT, plane.right() - RIGHT);
    for (index, row) in rows(live.read()).into_iter().enumerate() {
        let y = first + pitch * index as f32;
        let painter = ui.painter();
        let number = pos2(x.max, y);
        let written = write::text(painter, palette.value_text, number, Align2::RIGHT_CENTER, Role::Value, &row.number);
        let room = written.left() - x.min - 6.0;
        let at = pos2(x.min, y);
        let fits = write::width(painter, Role::Body, row.label) <= room;
        let label = if fits { row.label } else { row.short };
        write::elided(painter, palette.label_text, at, Align2::LEFT_CENTER, Role::Body, label, room);
        let bar = Rect::from_x_y_ranges(x, y + bar_y..=y + bar_y + bar_height);
        if index == 0 {
            let correlation =
                CorrelationBar { now: live.now().correlation, read: live.read().correlation, lowest: live.lowest() };
            correlation.paint_bar(painter, &look, bar, palette.control);
        } else {
            level(painter, &look, bar, index, live.now());
        }
        let area = Rect::from_x_y_ranges(x, y - pitch / 2.0 + 5.0..=bar.bottom() + 4.0);
        attend(ui, desk, area, &row, live);
    }
}

/// The bar of a row beside the correlation's.
fn level(painter: &Painter, look: &Look, bar: Rect, row: usize, now: &StereoReadings) {
    let palette = look.palette;
    paint::rounded(painter, bar, 2.0, palette.control);
    // Of the bar, from its left end.
    let db = |value: f64| (value as f32).max(-1000.0);
    let reach = match row {
        1 => now.balance_db.map(|balance_db| (0.5, 0.5 + (0.5 * (balance_db as f32) / BALANCE_DB).clamp(-0.5, 0.5))),
        2 => now.side_to_mid_db.map(|side_db| (0.0, (1.0 + db(side_db) / SIDE_DB).clamp(0.0, 1.0))),
        _ => now.mono_change_lu.map(|change_db| (0.0, (-db(change_db) / LOST_DB).clamp(0.0, 1.0))),
    };
    let at = |share: f32| bar.left() + share * bar.width();
    if let Some((from, to)) = reach.filter(|(from, to)| from != to) {
        let filled = Rect::from_x_y_ranges(at(from.min(to))..=at(from.max(to)), bar.y_range());
        paint::rounded(painter, filled, 1.0, palette.label_text);
    }
    if row == 1 {
        paint::vertical(painter, at(0.5), bar.y_range().expand(3.0), palette.label_text);
    }
}

/// What the footer says of a row, its accessible name, and what a click on the correlation does.
fn attend(ui: &Ui, desk: &mut Desk<'_>, area: Rect, row: &Row, live: &mut Live) {
    let is_correlation = row.label == "Correlation";
    let sense = if is_correlation { Sense::CLICK } else { Sense::hover() };
    let response = ui.interact(area, ui.scope_id().with(("reading", row.label)), sense);
    if response.hovered() {
        let help = format!("{} Averaged over {AVERAGING_S} s.", row.help);
        desk.hint.hovered(row.label, &help);
    }
    if response.clicked() {
        live.forget_lowest();
    }
    let lowest = live.lowest().map(|lowest| format!(", lowest {}", CorrelationBar::words(Some(lowest))));
    let number = format!("{}{}", row.number, lowest.filter(|_| is_correlation).unwrap_or_default());
    // There is a control of the balance too.
    let measured = format!("easured {}", row.label.to_lowercase());
    let name = if desk.full_names { format!("Imager m{measured}") } else { format!("M{measured}") };
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::Status, true, &name);
        info.current_text_value = Some(number.clone());
        info
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_louder_channel_has_its_letter() {
        let words = [-0.3, 0.04, 2.25, f64::NEG_INFINITY, f64::INFINITY].map(balance_words);
        assert_eq!(words, ["L 0.3 dB", "0.0 dB", "R 2.2 dB", "only L", "only R"]);
    }

    #[test]
    fn silence_reads_as_dashes() {
        let numbers = rows(&StereoReadings::default()).map(|row| row.number);
        assert_eq!(numbers, [numbers::NONE; 4]);
        let mono = StereoReadings { side_to_mid_db: Some(f64::NEG_INFINITY), ..StereoReadings::default() };
        assert_eq!(rows(&mono)[2].number, "\u{2212}\u{221e} dB");
    }
}

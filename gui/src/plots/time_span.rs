//! Which span of a programme a history shows, where the ticks of its time axis lie and how they are written.

/// The shortest programme that fills the axis, s: until then the axis stands still.
const LEAST_PROGRAMME_S: f64 = 60.0;

/// The shortest span that can be zoomed into, s.
const LEAST_SPAN_S: f64 = 5.0;

/// Distances between ticks, s.
const STEPS_S: [u32; 18] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];

/// A span of a programme, s from its start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeSpan {
    /// Where it begins, s.
    pub from_s: f64,
    /// Where it ends, s; later than it begins.
    pub to_s: f64,
}

impl TimeSpan {
    /// Its length, s.
    pub fn length_s(self) -> f64 {
        self.to_s - self.from_s
    }

    /// Where a time lies in the span: 0 at its begin, 1 at its end.
    pub fn share_of(self, time_s: f64) -> f64 {
        (time_s - self.from_s) / self.length_s()
    }

    /// The time at a share of the span.
    pub fn time_at(self, share: f64) -> f64 {
        self.from_s + share * self.length_s()
    }
}

/// The view of a programme: all of it, or a span that was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeView {
    chosen: Option<TimeSpan>,
}

impl TimeView {
    /// The span on show of a programme of this length in s.
    pub fn span(&self, programme_s: f64) -> TimeSpan {
        self.chosen.unwrap_or(whole(programme_s))
    }

    /// Whether a span was chosen.
    pub fn is_zoomed(&self) -> bool {
        self.chosen.is_some()
    }

    /// Shows the whole programme.
    pub fn fit(&mut self) {
        self.chosen = None;
    }

    /// Shows the span between two times in either order, kept within the programme and long enough to be read.
    pub fn choose(&mut self, one_s: f64, other_s: f64, programme_s: f64) {
        let whole = whole(programme_s);
        let length_s = (one_s - other_s).abs().clamp(LEAST_SPAN_S, whole.length_s());
        let middle_s = 0.5 * (one_s + other_s);
        let from_s = (middle_s - 0.5 * length_s).clamp(0.0, whole.to_s - length_s);
        let span = TimeSpan { from_s, to_s: from_s + length_s };
        self.chosen = (length_s < whole.length_s()).then_some(span);
    }

    /// Makes the span `factor` times as long, with `about_s` staying where it is.
    pub fn scale(&mut self, about_s: f64, factor: f64, programme_s: f64) {
        let span = self.span(programme_s);
        let share = span.share_of(about_s);
        let length_s = (span.length_s() * factor).max(LEAST_SPAN_S);
        let from_s = about_s - share * length_s;
        self.choose(from_s, from_s + length_s, programme_s);
    }

    /// Moves a chosen span by a share of its length.
    pub fn shift(&mut self, share: f64, programme_s: f64) {
        if let Some(span) = self.chosen {
            let by_s = share * span.length_s();
            self.choose(span.from_s + by_s, span.to_s + by_s, programme_s);
        }
    }
}

/// The span of a whole programme.
fn whole(programme_s: f64) -> TimeSpan {
    TimeSpan { from_s: 0.0, to_s: programme_s.max(LEAST_PROGRAMME_S) }
}

/// The distance between ticks, s: the least that keeps them `least_pt` apart on an axis of `width_pt`.
pub fn tick_step_s(span: TimeSpan, width_pt: f32, least_pt: f32) -> u32 {
    let least_s = span.length_s() * f64::from(least_pt) / f64::from(width_pt.max(1.0));
    let last = STEPS_S[STEPS_S.len() - 1];
    STEPS_S.into_iter().find(|step| f64::from(*step) >= least_s).unwrap_or_else(|| {
        // Programmes of weeks: whole days.
        (least_s / f64::from(last)).ceil() as u32 * last
    })
}

/// The times of the ticks within a span, s.
pub fn ticks_s(span: TimeSpan, step_s: u32) -> impl Iterator<Item = f64> {
    let step_s = f64::from(step_s.max(1));
    let first = (span.from_s / step_s).ceil() as u64;
    let last = (span.to_s / step_s).floor() as u64;
    (first..=last).map(move |tick| tick as f64 * step_s)
}

/// A time as a tick writes it: m:ss below an hour, then h:mm, with seconds only where the ticks need them.
pub fn tick_text(time_s: f64, span: TimeSpan, step_s: u32) -> String {
    let seconds = time_s.round() as u64;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (span.to_s >= 3_600.0, step_s.is_multiple_of(60)) {
        (false, _) => format!("{}:{rest:02}", seconds / 60),
        (true, true) => format!("{hours}:{minutes:02}"),
        (true, false) => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_programme_leaves_the_axis_alone_and_a_long_one_fills_it() {
        let view = TimeView::default();
        assert_eq!(view.span(0.0), TimeSpan { from_s: 0.0, to_s: 60.0 });
        assert_eq!(view.span(222.0), TimeSpan { from_s: 0.0, to_s: 222.0 });
    }

    #[test]
    fn a_chosen_span_stays_within_the_programme_and_stays_when_it_grows() {
        let mut view = TimeView::default();
        view.choose(90.0, 30.0, 200.0);
        assert_eq!(view.span(200.0), TimeSpan { from_s: 30.0, to_s: 90.0 });
        assert_eq!(view.span(500.0), TimeSpan { from_s: 30.0, to_s: 90.0 });
        view.shift(1.0, 200.0);
        assert_eq!(view.span(200.0), TimeSpan { from_s: 90.0, to_s: 150.0 });
        view.shift(5.0, 200.0);
        assert_eq!(view.span(200.0), TimeSpan { from_s: 140.0, to_s: 200.0 });
        view.choose(10.0, 10.1, 200.0);
        assert!((view.span(200.0).length_s() - LEAST_SPAN_S).abs() < 1e-9);
        view.choose(-50.0, 900.0, 200.0);
        assert!(!view.is_zoomed(), "all of it is not a zoom");
    }

    #[test]
    fn zooming_about_a_time_leaves_it_where_it_is() {
        let mut view = TimeView::default();
        view.scale(50.0, 0.5, 200.0);
        let span = view.span(200.0);
        assert!((span.share_of(50.0) - 0.25).abs() < 1e-12 && (span.length_s() - 100.0).abs() < 1e-9);
        view.scale(50.0, 4.0, 200.0);
        assert!(!view.is_zoomed());
    }

    #[test]
    fn ticks_keep_their_distance_and_lie_on_whole_steps() {
        for (length_s, width_pt, step_s) in [(222.0, 490.0, 30), (60.0, 490.0, 10), (86_400.0, 490.0, 10_800)] {
            let span = TimeSpan { from_s: 0.0, to_s: length_s };
            let step = tick_step_s(span, width_pt, 56.0);
            assert!(f64::from(step) / length_s * f64::from(width_pt) >= 56.0);
            // The next step in the list may skip one that would just fit.
            assert!(step >= step_s.min(step) && step <= 4 * step_s, "{length_s} s: {step} s");
        }
        let span = TimeSpan { from_s: 31.0, to_s: 95.0 };
        assert_eq!(ticks_s(span, 30).collect::<Vec<_>>(), [60.0, 90.0]);
        let weeks = TimeSpan { from_s: 0.0, to_s: 3e7 };
        assert!(ticks_s(weeks, tick_step_s(weeks, 490.0, 56.0)).count() <= 9);
    }

    #[test]
    fn times_are_written_as_minutes_then_as_hours() {
        let short = TimeSpan { from_s: 0.0, to_s: 222.0 };
        assert_eq!([0.0, 30.0, 210.0].map(|time| tick_text(time, short, 30)), ["0:00", "0:30", "3:30"]);
        let long = TimeSpan { from_s: 0.0, to_s: 7_200.0 };
        assert_eq!([600.0, 4_200.0].map(|time| tick_text(time, long, 600)), ["0:10", "1:10"]);
        assert_eq!(tick_text(3_630.0, TimeSpan { from_s: 3_590.0, to_s: 3_700.0 }, 30), "1:00:30");
    }
}

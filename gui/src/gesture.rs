//! Gestures to the host: begin, set, end, in this one place. A value is sent only when it differs from the last one sent,
//! and every gesture that began ends exactly once: when it is over, when its widget is gone, or with the window.

use egui::{Context, Id};

use crate::parameters::Parameters;

/// Wheel and key steps that follow each other within this time are one gesture, in seconds.
const REST: f64 = 0.3;

/// One gesture that the host has been told of.
#[derive(Clone, Debug)]
struct Open {
    /// The widget that it belongs to.
    owner: Id,
    /// The parameter.
    parameter: String,
    /// The last value that the host has: its own before the gesture, or the last one sent.
    sent: f32,
    /// Where a drag stands on the control's travel, not rounded, so that slow drags move.
    position: f64,
    /// When steps have come to rest, in seconds of egui's clock; `None` for a drag, which ends by itself.
    rests_at: Option<f64>,
    /// The pass in which the widget was last shown.
    shown_in: u64,
}

/// The gestures of one window; as a rule there is one at most.
#[derive(Clone, Debug, Default)]
struct Gestures(Vec<Open>);

fn with<R>(context: &Context, change: impl FnOnce(&mut Vec<Open>) -> R) -> R {
    context.data_mut(|data| change(&mut data.get_temp_mut_or_default::<Gestures>(Id::NULL).0))
}

/// Begins a drag of a parameter by a widget, at a position on its travel; does nothing where it has begun.
pub fn begin(context: &Context, parameters: &dyn Parameters, owner: Id, parameter: &str, position: f64) {
    open(context, parameters, owner, parameter, position, None);
}

/// The position of a widget's drag, moved by a share of the travel and kept on it; `None` where no drag is open.
pub fn moved(context: &Context, owner: Id, by: f64) -> Option<f64> {
    with(context, |gestures| {
        let gesture = gestures.iter_mut().find(|gesture| gesture.owner == owner && gesture.rests_at.is_none())?;
        gesture.position = (gesture.position + by).clamp(0.0, 1.0);
        Some(gesture.position)
    })
}

/// Sets the parameter of a widget's open gesture; nothing is sent where the value is the last one sent. Without an open
/// gesture nothing happens.
pub fn set(context: &Context, parameters: &dyn Parameters, owner: Id, value: f32) {
    let changed = with(context, |gestures| {
        let gesture = gestures.iter_mut().find(|gesture| gesture.owner == owner)?;
        let differs = gesture.sent != value;
        gesture.sent = value;
        differs.then(|| gesture.parameter.clone())
    });
    if let Some(parameter) = changed {
        parameters.set(&parameter, value);
    }
}

/// Sets a parameter by a step; steps that follow each other are one gesture, which ends when they rest.
pub fn step(context: &Context, parameters: &dyn Parameters, owner: Id, parameter: &str, value: f32) {
    if parameters.value(parameter) == Some(value) && !is_open(context, owner) {
        return;
    }
    let rests_at = context.input(|input| input.time) + REST;
    open(context, parameters, owner, parameter, 0.0, Some(rests_at));
    set(context, parameters, owner, value);
    context.request_repaint_after(std::time::Duration::from_secs_f64(REST));
}

/// Sets a parameter at once: a click, a typed value, a default. A gesture of the same widget, or another's on the same
/// parameter, ends first.
pub fn once(context: &Context, parameters: &dyn Parameters, owner: Id, parameter: &str, value: f32) {
    end_where(context, parameters, |gesture| gesture.owner == owner || gesture.parameter == parameter);
    if parameters.value(parameter) != Some(value) {
        parameters.begin(parameter);
        parameters.set(parameter, value);
        parameters.end(parameter);
    }
}

/// Ends a widget's gesture, if one is open.
pub fn end(context: &Context, parameters: &dyn Parameters, owner: Id) {
    end_where(context, parameters, |gesture| gesture.owner == owner);
}

/// Says that a widget is still there, so that its gesture goes on; gives the value last sent while one is open, which is
/// what the widget shows.
pub fn keep(context: &Context, owner: Id) -> Option<f32> {
    let pass = context.cumulative_pass_nr();
    with(context, |gestures| {
        let gesture = gestures.iter_mut().find(|gesture| gesture.owner == owner)?;
        gesture.shown_in = pass;
        Some(gesture.sent)
    })
}

/// Ends what is over: steps that rest, and gestures whose widget was not shown in this pass. To be called when all
/// widgets of a pass have been shown; the footer does it.
pub fn finish(context: &Context, parameters: &dyn Parameters) {
    let pass = context.cumulative_pass_nr();
    let (now, is_down, is_gone) = context.input(|input| {
        let is_gone = input.events.contains(&egui::Event::PointerGone);
        (input.time, input.pointer.any_down(), is_gone)
    });
    end_where(context, parameters, |gesture| {
        let is_over = gesture.rests_at.map_or(!is_down || is_gone, |rests_at| now >= rests_at);
        is_over || gesture.shown_in != pass
    });
}

/// Ends every gesture: the window closes.
pub fn close(context: &Context, parameters: &dyn Parameters) {
    end_where(context, parameters, |_| true);
}

fn is_open(context: &Context, owner: Id) -> bool {
    with(context, |gestures| gestures.iter().any(|gesture| gesture.owner == owner))
}

fn open(
    context: &Context,
    parameters: &dyn Parameters,
    owner: Id,
    parameter: &str,
    position: f64,
    rests_at: Option<f64>,
) {
    // A drag does not go on with what wheel steps began, nor the other way round; and a parameter that two widgets show
    // has one gesture at a time.
    end_where(context, parameters, |gesture| match gesture.owner == owner {
        true => gesture.rests_at.is_some() != rests_at.is_some(),
        false => gesture.parameter == parameter,
    });
    let shown_in = context.cumulative_pass_nr();
    let is_new = with(context, |gestures| {
        if let Some(gesture) = gestures.iter_mut().find(|gesture| gesture.owner == owner) {
            gesture.rests_at = rests_at;
            return false;
        }
        let sent = parameters.value(parameter).unwrap_or(f32::NAN);
        gestures.push(Open { owner, parameter: parameter.to_owned(), sent, position, rests_at, shown_in });
        true
    });
    if is_new {
        parameters.begin(parameter);
    }
}

fn end_where(context: &Context, parameters: &dyn Parameters, is_over: impl Fn(&Open) -> bool) {
    let over: Vec<Open> = with(context, |gestures| {
        let (over, going) = std::mem::take(gestures).into_iter().partition(&is_over);
        *gestures = going;
        over
    });
    for gesture in over {
        parameters.end(&gesture.parameter);
    }
}

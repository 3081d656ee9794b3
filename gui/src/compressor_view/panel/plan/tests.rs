use super::*;

/// Everything that can be hit or holds a plot.
fn areas(plan: &Plan) -> Vec<Rect> {
    let around = |center: &Pos2, radius: f32| Rect::from_center_size(*center, vec2(2.0, 2.0) * radius);
    let mut areas = vec![around(&plan.disc, 11.0), around(&plan.switch, 11.0), plan.modes];
    areas.extend(plan.listening);
    areas.extend(plan.more.into_iter().chain(plan.history).chain(plan.transfer));
    for row in &plan.rows {
        match row {
            Row::Main { knobs, label_y, value_y, auto } => {
                areas.extend(knobs.iter().map(|knob| {
                    let y = label_y - 8.0..=value_y + 10.0;
                    Rect::from_x_y_ranges(knob.x - 35.0..=knob.x + 35.0, y)
                }));
                assert!(auto.width() >= 27.0, "{auto}");
                areas.push(*auto);
            }
            Row::MainFields { fields, auto } => {
                areas.extend(fields);
                areas.push(*auto);
            }
            Row::Minor { knobs } => {
                // What stands beside: `36.0 dB`, `60.0 dB`, `500 ms`, `Lookahead`, `100 %` twice.
                let widths = [47.0, 47.0, 45.0, 58.0, 42.0, 42.0];
                let beside = knobs.iter().zip(widths);
                areas.extend(beside.map(|(knob, width)| around(knob, 16.0).with_max_x(knob.x + 27.0 + width)));
            }
            Row::MinorFields { fields } => areas.extend(fields),
        }
    }
    areas
}

#[test]
fn nothing_overlaps_or_leaves_at_any_size() {
    for width in (524..2400u16).step_by(2) {
        for (room, height) in [(Room::Rows, 260.0), (Room::Row, 186.0), (Room::Fields, 96.0)] {
            for more in [false, true] {
                let plane = Rect::from_min_size(pos2(7.0, 400.0), vec2(f32::from(width), height));
                let plan = Plan::new(plane, room, more);
                let areas = areas(&plan);
                for (index, area) in areas.iter().enumerate() {
                    assert!(plane.contains_rect(*area), "{area} leaves {plane} in {room:?}");
                    for other in &areas[index + 1..] {
                        let overlap = area.intersect(*other);
                        let is_apart = overlap.width() <= 0.0 || overlap.height() <= 0.0;
                        assert!(is_apart, "{area} and {other} at {width} in {room:?}, more: {more}");
                    }
                }
            }
        }
    }
}

#[test]
fn at_the_designed_size_everything_stands_where_it_was_designed() {
    let plan = Plan::new(Rect::from_min_size(pos2(0.0, 336.0), vec2(1000.0, 260.0)), Room::Rows, false);
    assert_eq!(plan.modes, Rect::from_min_size(pos2(232.0, 348.0), vec2(228.0, 28.0)));
    assert_eq!(plan.listening.map(|rect| rect.left()), [474.0, 524.0, 576.0]);
    let [Row::Main { knobs, label_y, value_y, .. }, Row::Minor { knobs: minor }] = &plan.rows[..] else {
        panic!("{:?}", plan.rows)
    };
    assert_eq!(knobs.map(|knob| knob.x), KNOBS_X);
    assert_eq!((knobs[0].y, *label_y, *value_y), (446.0, 400.0, 494.0));
    assert_eq!(minor.map(|knob| knob.x), MINOR_X);
    assert_eq!(plan.row_separator.map(|(_, y)| y), Some(518.0));
    assert_eq!(plan.plots_separator, Some(644.0));
    assert_eq!(plan.history, Some(Rect::from_min_max(pos2(664.0, 380.0), pos2(804.0, 582.0))));
    assert_eq!(plan.transfer, Some(Rect::from_min_max(pos2(824.0, 380.0), pos2(984.0, 582.0))));
}

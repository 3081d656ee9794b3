use super::*;

/// Everything that can be hit.
fn areas(plan: &Plan) -> Vec<Rect> {
    let around = |center: Pos2, radius: f32| Rect::from_center_size(center, vec2(2.0, 2.0) * radius);
    // Beside a minor knob 11 points are free; the widest label after that takes 80 where it is `Side high-pass`, else 61.
    let of = |(index, place): (usize, &Place)| match place {
        Place::Main { center, label_y, value_y } => {
            Some(Rect::from_x_y_ranges(center.x - 38.0..=center.x + 38.0, label_y - 8.0..=value_y + 10.0))
        }
        Place::Minor { center } => {
            let is_wide = index == 0 || index == 3;
            Some(around(*center, 18.0).with_max_x(center.x + if is_wide { 109.0 } else { 90.0 }))
        }
        Place::Field { rect } => Some(*rect),
        Place::Nowhere => None,
    };
    let rects = [plan.solo, plan.delta, plan.phase, plan.slope, plan.more].into_iter().flatten();
    let of_band = plan.width.iter().chain(&plan.decorrelate).map(|place| (usize::MAX, place));
    let values = of_band.chain(plan.all.iter().enumerate()).filter_map(of);
    rects.chain(values).chain(plan.name.map(|(disc, _)| around(disc, 11.0))).collect()
}

#[test]
fn nothing_overlaps_or_leaves_at_any_size() {
    for (room, height, least) in [(Room::Knobs, 184.0, 648), (Room::Fields, 184.0, 344), (Room::Low, 104.0, 344)] {
        for width in (least..2000u16).step_by(2) {
            for more in [false, true] {
                let plane = Rect::from_min_size(pos2(7.0, 400.0), vec2(f32::from(width), height));
                let areas = areas(&Plan::new(plane, room, more));
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
fn every_value_has_a_place_in_one_row_or_the_other() {
    for width in (344..2000u16).step_by(2) {
        let plane = Rect::from_min_size(pos2(0.0, 0.0), vec2(f32::from(width), 104.0));
        let plans = [false, true].map(|more| Plan::new(plane, Room::Low, more));
        let is_there =
            |index: usize| plans.iter().any(|plan| plan.all.get(index).is_some_and(|place| *place != Place::Nowhere));
        assert!((0..7).all(is_there) && plans.iter().any(|plan| plan.phase.is_some()), "{width}");
    }
}

use super::*;

fn part(frames: u64, gap_before_frames: u64, crossfade_frames: u64) -> Part {
    Part { frames, gap_before_frames, crossfade_frames }
}

fn starts(plan: &Plan) -> Vec<u64> {
    plan.tracks.iter().map(|track| track.start).collect()
}

#[test]
fn files_end_with_the_gap_before_the_next_track() {
    let parts = [part(1000, 96_000, 0), part(2000, 500, 300), part(3000, 700, 0), part(10, 0, 0)];
    let plan = Plan::new(Layout::Files, 48_000, &parts).unwrap();
    assert_eq!(starts(&plan), [0, 1500, 3200, 6200]);
    let files: Vec<Range<u64>> = plan.tracks.iter().map(|track| track.file.clone()).collect();
    assert_eq!(files, [0..1500, 1500..3200, 3200..6200, 6200..6210]);
    assert_eq!((plan.total_frames, plan.cd_frames), (6210, None));
    assert_eq!(plan.total_at(96_000), 12_420);
}

#[test]
fn an_image_begins_at_two_seconds_and_pads_its_gaps() {
    // A CD frame is 640 frames at 48 kHz.
    let parts = [part(48_000 * 5 + 1, 0, 0), part(48_000 * 5, 48_000, 0), part(48_000 * 5 + 321, 0, 0), part(9, 1, 0)];
    let plan = Plan::new(Layout::Image, 48_000, &parts).unwrap();
    let marks: Vec<Marks> = plan.tracks.iter().map(|track| track.marks.unwrap()).collect();
    let first_end = 96_000 + 240_001;
    let second = 384_640;
    assert_eq!(starts(&plan)[..3], [96_000, second, second + 240_000]);
    assert!(first_end + 48_000 <= second && first_end + 48_000 + 640 > second);
    assert_eq!(marks[0], Marks { index_00: Some(0), index_01: 150 });
    assert_eq!(marks[1], Marks { index_00: Some(526), index_01: 601 });
    assert_eq!(marks[2], Marks { index_00: None, index_01: 976 });
    // A gap of one frame where the audio ends half a CD frame early: the pause is less than a CD frame and has no mark.
    assert_eq!(marks[3], Marks { index_00: None, index_01: 1352 });
    assert_eq!(plan.cd_frames, Some(1353));
    assert_eq!((plan.total_frames, plan.total_at(44_100)), (1353 * 640, 1353 * 588));
    assert_eq!((plan.cd_frames_of(0), plan.cd_frames_of(1), plan.cd_frames_of(3)), (376, 375, 1));
}

#[test]
fn a_longer_first_gap_stands_in_the_image_only() {
    let parts = [part(48_000, 96_001, 0)];
    assert_eq!(starts(&Plan::new(Layout::Image, 48_000, &parts).unwrap()), [96_640]);
    assert_eq!(starts(&Plan::new(Layout::Files, 48_000, &parts).unwrap()), [0]);
}

#[test]
fn where_the_rate_has_no_whole_cd_frames_audio_never_starts_before_its_mark() {
    // 32 kHz: 426.67 frames to a CD frame.
    let parts = [part(32_000 * 4 + 1, 0, 0), part(32_000 * 4, 1, 0)];
    let plan = Plan::new(Layout::Image, 32_000, &parts).unwrap();
    assert_eq!(plan.tracks[0].start, 64_000);
    assert_eq!(plan.tracks[1].marks.unwrap().index_01, 451);
    // 451 * 32000 / 75 = 192426.67.
    assert_eq!(plan.tracks[1].start, 192_427);
    assert_eq!(position_at(192_427, 32_000, 44_100), 451 * 588);
    assert_eq!(plan.total_at(44_100), plan.cd_frames.unwrap() * 588);
}

#[test]
fn crossfades_that_do_not_fit_are_refused() {
    let plan = |parts: &[Part]| Plan::new(Layout::Files, 48_000, parts).map(|plan| plan.total_frames);
    assert_eq!(plan(&[part(100, 0, 100), part(100, 0, 0)]), Ok(100));
    assert_eq!(plan(&[part(100, 0, 101), part(200, 0, 0)]), Err(CrossfadeTooLong { track: 0 }));
    assert_eq!(plan(&[part(200, 0, 101), part(100, 0, 0)]), Err(CrossfadeTooLong { track: 1 }));
    assert_eq!(plan(&[part(100, 0, 60), part(100, 0, 41), part(100, 0, 0)]), Err(CrossfadeTooLong { track: 1 }));
    assert_eq!(plan(&[part(100, 0, 0), part(100, 0, 1)]), Err(CrossfadeTooLong { track: 1 }));
    assert_eq!(plan(&[]), Ok(0));
}

#[test]
fn what_trims_leave_is_not_empty() {
    assert_eq!(excerpt(48_000, 48_000, 0.25, 0.5), Some(12_000..24_000));
    assert_eq!(excerpt(48_000, 48_000, 0.0, 0.0), Some(0..48_000));
    assert_eq!(excerpt(48_000, 48_000, 0.5, 0.5), None);
    assert_eq!(excerpt(48_000, 48_000, 0.0, 1.5), None);
    assert_eq!(excerpt(48_000, 48_000, 0.00001, 0.0), Some(0..48_000));
}

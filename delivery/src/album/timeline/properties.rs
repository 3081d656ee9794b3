//! What holds for every album, over random ones.

use super::*;
use crate::album::random_album::Random;

/// Multiples of 75 and others, of both families and of none.
const RATES_HZ: [u32; 13] =
    [22_050, 24_000, 32_000, 44_100, 47_999, 48_000, 50_000, 88_200, 96_000, 176_400, 192_000, 352_800, 384_000];

const ALBUMS: u64 = 400;

/// For every seed: what to say of it, its numbers, a rate and an album of tracks of 4 to 8 s.
fn each_album(mut ask: impl FnMut(&str, &mut Random, u32, &[Part])) {
    for seed in 0..ALBUMS {
        let mut random = Random(seed);
        let rate = random.one_of(&RATES_HZ);
        let parts = random.album(u64::from(rate) * 4);
        ask(&format!("seed {seed}, {rate} Hz, {parts:?}"), &mut random, rate, &parts);
    }
}

/// What lies between a track and the next: its gap, or less than nothing in a crossfade.
fn asked_gap(pair: &[Part]) -> i128 {
    if pair[0].crossfade_frames > 0 {
        -i128::from(pair[0].crossfade_frames)
    } else {
        i128::from(pair[1].gap_before_frames)
    }
}

#[test]
fn files_partition_the_timeline_at_every_rate() {
    each_album(|told, random, rate, parts| {
        let plan = Plan::new(Layout::Files, rate, parts).unwrap();
        let to = random.one_of(&RATES_HZ);
        for rate in [rate, to] {
            let mut end = 0;
            for track in &plan.tracks {
                let file = plan.file_at(track, rate);
                assert_eq!(file.start, end, "{told}: at {rate} Hz");
                end = file.end;
                let exact =
                    (track.file.end - track.file.start) as f64 * f64::from(rate) / f64::from(plan.sample_rate_hz);
                // Both ends are rounded by at most half a frame.
                assert!(((file.end - file.start) as f64 - exact).abs() <= 1.0 + 1e-6, "{told}: at {rate} Hz");
            }
            assert_eq!(end, plan.total_at(rate), "{told}: at {rate} Hz");
        }
    });
}

#[test]
fn no_frame_is_lost_or_doubled_and_gaps_of_files_are_as_asked() {
    each_album(|told, _, rate, parts| {
        let plan = Plan::new(Layout::Files, rate, parts).unwrap();
        for (pair, asked) in plan.tracks.windows(2).zip(parts.windows(2)) {
            assert_eq!(i128::from(pair[1].start) - i128::from(pair[0].end()), asked_gap(asked), "{told}");
        }
        for (track, part) in plan.tracks.iter().zip(parts) {
            assert_eq!((track.frames, track.file.start), (part.frames, track.start), "{told}");
        }
        let sounding: i128 = parts.iter().map(|part| i128::from(part.frames)).sum();
        let between: i128 = parts.windows(2).map(asked_gap).sum();
        assert_eq!(i128::from(plan.total_frames), sounding + between, "{told}");
    });
}

#[test]
fn audio_of_an_image_never_starts_before_its_mark_and_joins_add_nothing() {
    each_album(|told, _, rate, parts| {
        let plan = Plan::new(Layout::Image, rate, parts).unwrap();
        let rate = i128::from(rate);
        let first = &plan.tracks[0];
        assert!(first.marks.unwrap().index_01 >= 150 && i128::from(first.start) >= 2 * rate, "{told}");
        assert!(first.start >= parts[0].gap_before_frames, "{told}");
        for (number, track) in plan.tracks.iter().enumerate() {
            let mark = i128::from(track.marks.unwrap().index_01);
            // How far the audio starts after its mark, in 1/75 of a frame.
            let late = i128::from(track.start) * 75 - mark * rate;
            let joined = number > 0 && asked_gap(&parts[number - 1..=number]) <= 0;
            if joined {
                let gap = i128::from(track.start) - i128::from(plan.tracks[number - 1].end());
                assert_eq!(gap, asked_gap(&parts[number - 1..=number]), "{told}: track {number}");
                assert!(2 * late.abs() <= rate, "{told}: track {number}");
            } else {
                assert!((0..75).contains(&late), "{told}: track {number}");
                assert!(position_at(track.start, plan.sample_rate_hz, 44_100) as i128 >= mark * 588, "{told}");
            }
        }
    });
}

#[test]
fn gaps_of_an_image_are_as_asked_within_one_cd_frame_and_marks_ascend() {
    each_album(|told, _, rate, parts| {
        let plan = Plan::new(Layout::Image, rate, parts).unwrap();
        for (number, pair) in plan.tracks.windows(2).enumerate() {
            let asked = asked_gap(&parts[number..number + 2]);
            let (before, after) = (pair[0].marks.unwrap(), pair[1].marks.unwrap());
            assert!(before.index_01 + SHORTEST_TRACK_CD_FRAMES / 2 < after.index_01 + 1, "{told}");
            if asked > 0 {
                let gap = i128::from(pair[1].start) - i128::from(pair[0].end());
                // Less than a CD frame longer, and the frame that a rate without whole ones rounds up.
                assert!(gap >= asked && (gap - asked - 1) * 75 < i128::from(rate), "{told}: {gap} for {asked}");
            }
            if let Some(pause) = after.index_00 {
                assert!(asked > 0 && pause < after.index_01 && pause > before.index_01, "{told}");
                assert!(pause * u64::from(rate) >= pair[0].end() * 75, "{told}: the pause begins within the audio");
            }
            assert_eq!(plan.cd_frames_of(number), after.index_00.unwrap_or(after.index_01) - before.index_01, "{told}");
        }
    });
}

#[test]
fn an_image_ends_on_a_cd_frame_with_all_its_audio() {
    each_album(|told, _, rate, parts| {
        let plan = Plan::new(Layout::Image, rate, parts).unwrap();
        let end = plan.tracks.last().unwrap().end();
        let cd_frames = plan.cd_frames.unwrap();
        assert_eq!(plan.total_at(44_100), cd_frames * CD_FRAME_SAMPLES, "{told}");
        assert!(
            plan.total_frames >= end
                && (plan.total_frames - end - u64::from(plan.total_frames > end)) * 75 < u64::from(rate),
            "{told}"
        );
        assert!(position_at(end, rate, 44_100) <= plan.total_at(44_100), "{told}");
    });
}

#[test]
fn a_position_at_another_rate_is_the_nearest_and_never_descends() {
    for seed in 0..ALBUMS {
        let mut random = Random(seed);
        let (from, to) = (random.one_of(&RATES_HZ), random.one_of(&RATES_HZ));
        // Up to a day.
        let position = random.below(86_400 * u64::from(from));
        let there = position_at(position, from, to);
        let off = 2 * (i128::from(there) * i128::from(from) - i128::from(position) * i128::from(to));
        assert!(off.abs() <= i128::from(from), "seed {seed}: {position} at {from} is not {there} at {to}");
        assert!(position_at(position + 1, from, to) >= there, "seed {seed}");
        assert_eq!(position_at(position, from, from), position, "seed {seed}");
    }
}

#[test]
fn seconds_become_the_nearest_frame() {
    for seed in 0..ALBUMS {
        let mut random = Random(seed);
        let rate = random.one_of(&RATES_HZ);
        let frames = random.below(3600 * u64::from(rate));
        // Six decimals name every frame of a rate up to 500 kHz.
        let written: f64 = format!("{:.6}", frames as f64 / f64::from(rate)).parse().unwrap();
        assert_eq!(frames_of(written, rate), frames, "seed {seed}: {written} s at {rate} Hz");
    }
}

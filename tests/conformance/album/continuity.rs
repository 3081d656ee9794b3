//! Albums that hold together and albums that do not.

use std::f64::consts::TAU;
use std::sync::OnceLock;

use runout_delivery::album::continuity::{Continuity, FlagKind, Heard, continuity};
use runout_delivery::album::profile::Profile;
use runout_tests::music::music;
use runout_tests::signals::driven;

use super::profile_of;

const RATE: f64 = 44_100.0;

/// The loudness that songs are brought to before anything else, LUFS.
const LEVEL_LUFS: f64 = -18.0;

type Signal = Vec<Vec<f32>>;

/// Songs of several seeds, all at [`LEVEL_LUFS`], long enough for a loudness range.
fn songs() -> &'static [Signal] {
    static SONGS: OnceLock<Vec<Signal>> = OnceLock::new();
    SONGS.get_or_init(|| (51..56).map(|seed| leveled(music(seed, RATE, 62.0, 2))).collect())
}

fn leveled(signal: Signal) -> Signal {
    let integrated_lufs = profile_of(&signal, RATE).readings.integrated_lufs;
    driven(&signal, LEVEL_LUFS - integrated_lufs)
}

/// What is found in an album of these.
fn of(signals: &[Signal]) -> Continuity {
    let profiles: Vec<Profile> = signals.iter().map(|signal| profile_of(signal, RATE)).collect();
    let titles = ["First", "Second", "Low", "Fourth", "Fifth"];
    let tracks: Vec<Heard> = profiles
        .iter()
        .enumerate()
        .map(|(index, profile)| Heard { number: index + 1, title: titles[index], profile })
        .collect();
    continuity(&tracks)
}

/// The album of all songs with the third one changed.
fn with_third(change: impl Fn(&Signal) -> Signal) -> Continuity {
    let mut signals = songs().to_vec();
    signals[2] = change(&signals[2]);
    of(&signals)
}

fn texts(found: &Continuity) -> Vec<&str> {
    found.flags.iter().map(|flag| flag.text.as_str()).collect()
}

/// The signal with what lies under a frequency (two poles) raised by a gain in dB.
fn with_bass(signal: &Signal, below_hz: f64, gain_db: f64) -> Signal {
    let share = 1.0 - (-TAU * below_hz / RATE).exp();
    let added = 10f64.powf(gain_db / 20.0) - 1.0;
    let channel = |channel: &Vec<f32>| {
        let mut states = [0.0f64; 2];
        let sample = |sample: &f32| {
            states[0] += share * (f64::from(*sample) - states[0]);
            states[1] += share * (states[0] - states[1]);
            (f64::from(*sample) + added * states[1]) as f32
        };
        channel.iter().map(sample).collect()
    };
    signal.iter().map(channel).collect()
}

/// The signal with its side times a gain.
fn widened(signal: &Signal, gain: f32) -> Signal {
    let side = |sign: f32| {
        let frames = signal[0].iter().zip(&signal[1]);
        frames.map(|(left, right)| 0.5 * (left + right) + sign * 0.5 * gain * (left - right)).collect()
    };
    vec![side(1.0), side(-1.0)]
}

#[test]
fn songs_of_one_hand_raise_no_flag_but_for_a_soft_beginning() {
    let found = of(songs());
    // But for an intro that is more than 6 LU softer than what ends before it: they are made 6 dB softer than a chorus.
    let is_soft = |tracks: &[usize]| found.passages.iter().any(|at| at.tracks == tracks && at.jump_lu.unwrap() < -6.0);
    let others = found.flags.iter().filter(|flag| flag.kind != FlagKind::Loudness || !is_soft(&flag.tracks));
    assert_eq!(others.count(), 0, "{:#?}", texts(&found));
    assert_eq!((found.tracks.len(), found.passages.len()), (5, 4));
    // The same song five times is not off at all.
    let same = of(&vec![songs()[0].clone(); 3]);
    assert!(same.tracks.iter().all(|track| {
        let tone = track.tone.as_ref().unwrap();
        track.loudness_lu.unwrap().abs() < 0.01 && tone.octaves_db.iter().all(|above_db| above_db.abs() < 1e-9)
    }));
}

#[test]
fn a_track_with_too_much_bass_is_named_with_it_and_no_other_is() {
    let found = with_third(|song| leveled(with_bass(song, 250.0, 12.0)));
    let tone: Vec<_> = found.flags.iter().filter(|flag| flag.kind == FlagKind::Tone).collect();
    assert_eq!(tone.len(), 1, "{:#?}", texts(&found));
    assert_eq!(tone[0].tracks, [3]);
    let text = &tone[0].text;
    assert!(
        text.starts_with("Track 3 'Low': ") && text.contains("bass") && text.ends_with("dB above the album."),
        "{text}"
    );
    // And too little: bass taken away where there is any.
    let thin = with_third(|song| leveled(with_bass(song, 300.0, -40.0)));
    let below =
        texts(&thin).into_iter().any(|text| text.starts_with("Track 3 'Low'") && text.contains("dB below the album"));
    assert!(below, "{:#?}", texts(&thin));
}

#[test]
fn width_is_flagged_both_ways_and_mono_too() {
    for (gain, word) in [(2.2, "wider"), (0.45, "narrower"), (0.0, "narrower")] {
        let found = with_third(|song| widened(song, gain));
        let width: Vec<_> = found.flags.iter().filter(|flag| flag.kind == FlagKind::Width).collect();
        assert_eq!(width.len(), 1, "{gain}: {:#?}", texts(&found));
        assert!(width[0].tracks == [3] && width[0].text.contains(word), "{gain}: {}", width[0].text);
    }
}

#[test]
fn a_jump_at_a_join_and_a_soft_track_are_flagged() {
    // The same song on both sides, the second 5 dB louder: its beginning against its own end.
    let song = &songs()[0];
    let part = |from_s: usize, gain_db: f64| {
        let range = from_s * 44_100..(from_s + 20) * 44_100;
        driven(&song.iter().map(|channel| channel[range.clone()].to_vec()).collect::<Signal>(), gain_db)
    };
    let found = of(&[part(25, 0.0), part(25, 5.0), part(25, 5.0)]);
    let profile = profile_of(&part(25, 0.0), RATE);
    let own_lu = profile.beginning_lufs.unwrap() - profile.ending_lufs.unwrap();
    // 0.01 LU: the gates of both are the same but for rounding.
    assert!((found.passages[0].jump_lu.unwrap() - own_lu - 5.0).abs() < 0.01, "{:?}", found.passages[0].jump_lu);
    assert!((found.passages[1].jump_lu.unwrap() - own_lu).abs() < 0.01);
    let expected = format!("From track 1 'First' to track 2 'Second': it begins {:.1} LU louder", own_lu + 5.0);
    assert!(texts(&found)[0].starts_with(&expected), "{expected} in {:#?}", texts(&found));
    assert_eq!(found.flags.len(), 1, "{:#?}", texts(&found));

    let found = with_third(|song| driven(song, -10.0));
    let softer = texts(&found).into_iter().filter(|text| text.contains("LU softer than the album")).count();
    assert_eq!(softer, 1, "{:#?}", texts(&found));
}

#[test]
fn a_crushed_track_is_flagged_for_its_peaks() {
    let crush = |song: &Signal| -> Signal {
        let sample = |sample: &f32| (12.0 * sample).tanh();
        leveled(song.iter().map(|channel| channel.iter().map(sample).collect()).collect())
    };
    let found = with_third(crush);
    let dynamics = found.flags.iter().filter(|flag| flag.kind == FlagKind::Dynamics && flag.tracks == [3]);
    let texts: Vec<&str> = dynamics.map(|flag| flag.text.as_str()).collect();
    assert!(texts.iter().any(|text| text.contains("less peak over loudness (PLR)")), "{texts:?}");
}

#[test]
fn an_album_of_one_track_and_of_silence_is_no_matter() {
    let alone = of(&songs()[..1]);
    assert!(alone.flags.is_empty() && alone.passages.is_empty(), "{:#?}", texts(&alone));
    let silence: Signal = vec![vec![0.0; 200_000]; 2];
    let found = of(&[songs()[0].clone(), silence]);
    assert_eq!((found.passages[0].jump_lu, found.tracks[1].loudness_lu, found.tracks[1].width_db), (None, None, None));
    assert!(found.flags.is_empty(), "{:#?}", texts(&found));
    assert_eq!(continuity(&[]), Continuity::default());
}

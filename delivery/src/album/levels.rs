//! How loud each track is to be.

use super::file::Levels;

/// The loudness that each track is to be brought to, LUFS; `None` for one that stays as it is.
///
/// `rendered_lufs` is what each track reads with its chain as it is and its gain, negative infinity for silence; `gains_db`
/// are the tracks' own gains. Where each track is to meet the target, its gain sets it off from there. Where the album is
/// to, the loudest track meets it and the others keep their distance; silence stays.
pub fn wanted_lufs(
    levels: Levels,
    target_lufs: Option<f64>,
    rendered_lufs: &[f64],
    gains_db: &[f64],
) -> Vec<Option<f64>> {
    let Some(target_lufs) = target_lufs else { return vec![None; gains_db.len()] };
    match levels {
        Levels::AsIs => vec![None; gains_db.len()],
        Levels::Track => gains_db.iter().map(|gain_db| Some(target_lufs + gain_db)).collect(),
        Levels::Album => {
            let loudest_lufs = rendered_lufs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let wanted = |lufs: &f64| lufs.is_finite().then(|| target_lufs - (loudest_lufs - lufs));
            rendered_lufs.iter().map(wanted).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENT: f64 = f64::NEG_INFINITY;

    #[test]
    fn each_track_meets_the_target_or_stands_off_by_its_gain() {
        let wanted = wanted_lufs(Levels::Track, Some(-14.0), &[SILENT, -20.0], &[0.0, -1.5]);
        assert_eq!(wanted, [Some(-14.0), Some(-15.5)]);
    }

    #[test]
    fn an_album_keeps_the_distances_between_its_tracks() {
        let wanted = wanted_lufs(Levels::Album, Some(-14.0), &[-12.0, SILENT, -9.5, -20.0], &[0.0; 4]);
        assert_eq!(wanted, [Some(-16.5), None, Some(-14.0), Some(-24.5)]);
        assert_eq!(wanted_lufs(Levels::Album, Some(-14.0), &[SILENT], &[0.0]), [None]);
    }

    #[test]
    fn without_a_loudness_to_meet_everything_stays() {
        assert_eq!(wanted_lufs(Levels::AsIs, Some(-14.0), &[-12.0], &[0.0]), [None]);
        assert_eq!(wanted_lufs(Levels::Track, None, &[-12.0], &[0.0]), [None]);
    }
}

//! From powers at evenly spaced bins to levels at evenly spaced pitches.

/// The lowest frequency, Hz.
pub const LOWEST_HZ: f64 = 10.0;

/// The highest frequency, Hz.
pub const HIGHEST_HZ: f64 = 30_000.0;

/// How many points there are from one to the other: 41 an octave.
pub const POINTS: usize = 480;

/// The frequency of a point, Hz.
pub fn frequency_hz(point: usize) -> f64 {
    LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ).powf(point as f64 / (POINTS - 1) as f64)
}

/// Half of a third of an octave, as a ratio.
const HALF_THIRD: f64 = 1.122_462_048_309_373;

/// How many points on each side round a third of an octave's edges: seven of them are a sixth.
const ROUNDED_POINTS: usize = 3;

/// What a point looks at, in bins from 0 Hz.
struct Band {
    center: f64,
    /// Up to the middle between this point and each of its neighbors.
    own: [f64; 2],
    /// A third of an octave.
    third: [f64; 2],
}

/// The points below half the rate.
pub(super) struct Points {
    bands: Box<[Band]>,
    /// The sum of all powers below each bin.
    sums: Box<[f64]>,
    /// The sum of the mean powers of all points before each, and of all.
    means: Box<[f64]>,
}

impl Points {
    /// The points of a transform of `size` frames at a sample rate in Hz. Allocates.
    pub fn new(size: usize, sample_rate: f64) -> Self {
        let bin_hz = sample_rate / size as f64;
        let highest = size as f64 / 2.0;
        let half_step = (frequency_hz(1) / frequency_hz(0)).sqrt();
        let band = |point: usize| {
            let center = frequency_hz(point) / bin_hz;
            let around = |ratio: f64| [center / ratio, (center * ratio).min(highest)];
            (center <= highest).then(|| Band { center, own: around(half_step), third: around(HALF_THIRD) })
        };
        let bands: Box<[Band]> = (0..POINTS).map_while(band).collect();
        let last = bands.last().map_or(0.0, |band| band.third[1]);
        // One more than the last edge reaches into, and one more for the curve through it.
        let bins = last as usize + 4;
        let means = vec![0.0; bands.len() + 1].into_boxed_slice();
        Self { bands, sums: vec![0.0; bins + 1].into_boxed_slice(), means }
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.bands.len()
    }

    /// How many bins are looked at.
    pub fn bins(&self) -> usize {
        self.sums.len() - 1
    }

    /// The highest power within each point's own band, in dB. Between bins the power follows a smooth curve, so that a sine
    /// reads its level wherever it lies.
    pub fn peaks_db(&self, powers: &[f32], levels_db: &mut [f32]) {
        for (band, level_db) in self.bands.iter().zip(levels_db) {
            *level_db = ROOT_DB * highest(powers, band).log10();
        }
    }

    /// The mean power over a third of an octave around each point, in dB, its edges rounded: of neighboring points a sixth
    /// of an octave apart the mean is taken once more. A bin stands for half a bin on each side.
    pub fn thirds_db(&mut self, powers: &[f32], levels_db: &mut [f32]) {
        let mut sum = 0.0;
        for (below, power) in self.sums.iter_mut().zip(powers) {
            *below = sum;
            sum += f64::from(*power);
        }
        let below = |place: f64| {
            let bin = (place + 0.5) as usize;
            self.sums[bin] + (place + 0.5 - bin as f64) * f64::from(powers[bin])
        };
        let mut sum = 0.0;
        for (before, band) in self.means.iter_mut().zip(&self.bands) {
            let [low, high] = band.third;
            *before = sum;
            sum += (below(high) - below(low)) / (high - low);
        }
        let points = self.bands.len();
        if let Some(all) = self.means.last_mut() {
            *all = sum;
        }
        for (point, level_db) in levels_db.iter_mut().enumerate().take(points) {
            // As many on both sides, also at the ends.
            let reach = ROUNDED_POINTS.min(point).min(points - 1 - point);
            let mean = (self.means[point + reach + 1] - self.means[point - reach]) / (2 * reach + 1) as f64;
            *level_db = 10.0 * mean.max(0.0).log10() as f32;
        }
    }
}

/// What an eighth root of a power stands for, dB a decade.
const ROOT_DB: f32 = 80.0;

/// The eighth root: through such roots of a Hann window's main lobe a parabola fits within 0.02 dB, where it would miss by
/// 0.3 dB in decibels.
fn root(power: f32) -> f32 {
    power.sqrt().sqrt().sqrt()
}

/// The root of the highest power in a band.
fn highest(powers: &[f32], band: &Band) -> f32 {
    let [low, high] = band.own.map(|place| place as f32);
    let mut most = [low, band.center as f32, high].map(|place| between(powers, place)).into_iter().fold(0.0, f32::max);
    let inside = low.ceil() as usize..=high as usize;
    let best = inside.max_by(|one, other| powers[*one].total_cmp(&powers[*other]));
    if let Some(bin) = best {
        most = most.max(root(powers[bin]));
    }
    // A top within the band may belong to a bin just beyond its end.
    for bin in best.into_iter().chain([low.round() as usize, high.round() as usize]) {
        if let Some((place, top)) = top(powers, bin.max(1))
            && (low..=high).contains(&place)
        {
            most = most.max(top);
        }
    }
    most
}

/// Where the parabola through a bin and its neighbors is highest, and its root there; `None` unless they are lower.
fn top(powers: &[f32], bin: usize) -> Option<(f32, f32)> {
    let [before, here, after] = [powers[bin - 1], powers[bin], powers[bin + 1]].map(root);
    let bend = before - 2.0 * here + after;
    (here >= before.max(after) && bend < 0.0).then(|| {
        let offset = 0.5 * (before - after) / bend;
        (bin as f32 + offset, here - 0.25 * (before - after) * offset)
    })
}

/// The root of the power at a place between bins: a cubic that meets its neighbors without a corner.
fn between(powers: &[f32], place: f32) -> f32 {
    let bin = (place as usize).max(1);
    let share = place - bin as f32;
    let [a, b, c, d] = [powers[bin - 1], powers[bin], powers[bin + 1], powers[bin + 2]].map(root);
    let slope = c - a;
    let bend = 2.0 * a - 5.0 * b + 4.0 * c - d;
    let twist = 3.0 * (b - c) + d - a;
    (b + 0.5 * share * (slope + share * (bend + share * twist))).max(0.0)
}

use crate::{Bar, BarGrid, Tick, UnixNanos};

/// What the check for outliers, gaps and closed hours looks at: a tick or a bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) row: usize,
    /// First instant that it covers.
    pub(super) time: UnixNanos,
    /// First instant after what it covers; a tick covers nothing.
    pub(super) end: UnixNanos,
    /// Mid or close.
    pub(super) price: f64,
    /// Highest and lowest mid or price.
    pub(super) high: f64,
    pub(super) low: f64,
    /// How far apart prices lie here anyway: spread or range.
    pub(super) width: f64,
}

impl Sample {
    pub(super) fn of_tick(row: usize, tick: &Tick) -> Self {
        let mid = (tick.bid + tick.ask) * 0.5;
        let width = (tick.ask - tick.bid).abs();
        Self { row, time: tick.time, end: tick.time, price: mid, high: mid, low: mid, width }
    }

    pub(super) fn of_bar(row: usize, bar: &Bar, grid: BarGrid) -> Self {
        // A bar between the lines of the grid is as long as the one in whose place it stands.
        let length = grid.fixed_nanos().unwrap_or_else(|| {
            let span = grid.span(bar.open_time);
            span.last.0.saturating_sub(span.first.0).saturating_add(1)
        });
        let end = UnixNanos(bar.open_time.0.saturating_add(length));
        let (high, low) = (bar.high, bar.low);
        Self { row, time: bar.open_time, end, price: bar.close, high, low, width: high - low }
    }
}

/// Neighbours looked at on each side, and how many of them there must be.
const NEIGHBOURS: usize = 5;
const FEWEST: usize = 3;
/// Makes the median absolute deviation of a normal sample its standard deviation: 1 / Φ⁻¹(3/4).
const MAD_TO_DEVIATION: f64 = 1.482_602_218_505_602;
/// Smallest scale, as a part of the price.
const FLOOR: f64 = 1e-5;

/// Calls `found` with each outlier of `samples`, which are in order of time, and its distance from the median.
pub(super) fn outliers(samples: &[Sample], threshold: f64, mut found: impl FnMut(&Sample, f64)) {
    for (index, sample) in samples.iter().enumerate() {
        let before = &samples[index.saturating_sub(NEIGHBOURS)..index];
        let after = &samples[index + 1..samples.len().min(index + 1 + NEIGHBOURS)];
        if before.len() < FEWEST || after.len() < FEWEST || is_calm(sample, before, after, threshold) {
            continue;
        }
        let (distance, scale) = distance_and_scale(sample, before, after);
        if distance.abs() > threshold * scale {
            found(sample, distance);
        }
    }
}

/// Whether no price here can lie further from the median than `threshold` times the smallest possible scale: spares
/// nearly all samples the medians.
fn is_calm(sample: &Sample, before: &[Sample], after: &[Sample], threshold: f64) -> bool {
    let (mut high, mut low, mut width) = (sample.high, sample.low, f64::INFINITY);
    for neighbour in before.iter().chain(after) {
        high = high.max(neighbour.price);
        low = low.min(neighbour.price);
        width = width.min(neighbour.width);
    }
    high - low <= threshold * width.max(FLOOR * low)
}

fn distance_and_scale(sample: &Sample, before: &[Sample], after: &[Sample]) -> (f64, f64) {
    let neighbours = || before.iter().chain(after);
    let center = median(neighbours().map(|neighbour| neighbour.price));
    let spread_out = median(neighbours().map(|neighbour| (neighbour.price - center).abs()));
    let width = median(neighbours().map(|neighbour| neighbour.width));
    let scale = (MAD_TO_DEVIATION * spread_out).max(width).max(FLOOR * center);
    let (up, down) = (sample.high - center, sample.low - center);
    (if up.abs() >= down.abs() { up } else { down }, scale)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted = [0.0; 2 * NEIGHBOURS];
    let mut length = 0;
    for value in values {
        sorted[length] = value;
        length += 1;
    }
    let sorted = &mut sorted[..length];
    sorted.sort_unstable_by(f64::total_cmp);
    f64::midpoint(sorted[(length - 1) / 2], sorted[length / 2])
}

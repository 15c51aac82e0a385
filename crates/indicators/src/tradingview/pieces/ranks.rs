use crate::memory::memory;
use crate::ring::Ring;
use crate::tradingview::pieces::TOLERANCE;

/// The last n bars in Pine Script's rank order, na among them: what its percentiles are read from.
///
/// A value is put before those that differ from it by up to 10⁻¹⁰, and the last of them leaves when it is too old, so
/// that the order depends on how the window was filled. Searches pass over na as if it were smaller: what comes in
/// stands behind each na the search meets, an na that comes in stands last, and of several the first one leaves. Before
/// the first bar all of the window is na.
#[derive(Clone, Debug)]
pub(crate) struct Ranks {
    window: Ring,
    /// One place more than the window, for the moment between coming and going.
    values: Box<[f64]>,
    started: bool,
}

memory!(Ranks { window, values, started });

impl Ranks {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Ring::new(period), values: vec![0.0; period + 1].into(), started: false }
    }

    /// Takes the next bar, and gives the last n in rank order; `None` while there are fewer.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> Option<&[f64]> {
        if !self.started {
            self.started = true;
            self.values.fill(f64::NAN);
        }
        let n = self.window.capacity();
        let was_full = self.window.is_full();
        let oldest = self.window.push(value);
        let place = place_of_new(&self.values[..n], value);
        self.values.copy_within(place..n, place + 1);
        self.values[place] = value;
        let gap = place_of_old(&self.values, if was_full { oldest } else { f64::NAN });
        self.values.copy_within(gap + 1.., gap);
        self.window.is_full().then_some(&self.values[..n])
    }
}

/// Where `value` comes in.
fn place_of_new(values: &[f64], value: f64) -> usize {
    let is_before = |other: f64| value.is_nan() || other.is_nan() || other - value < -TOLERANCE;
    bisect(values, is_before)
}

/// Where `value` stands.
fn place_of_old(values: &[f64], value: f64) -> usize {
    if value.is_nan() {
        return values.iter().position(|other| other.is_nan()).unwrap_or(0);
    }
    let ties = |other: f64| (-TOLERANCE..=TOLERANCE).contains(&(value - other));
    let behind = bisect(values, |other| other.is_nan() || value - other >= -TOLERANCE);
    match behind.checked_sub(1) {
        Some(place) if ties(values[place]) => place,
        // The search was led astray by an na, or ties upon ties have drifted apart.
        place => values.iter().rposition(|&other| ties(other)).or(place).unwrap_or(0),
    }
}

/// The place behind the values that are `before`, found by halving: where na stands between the values, the answer
/// depends on which of them are looked at.
fn bisect(values: &[f64], before: impl Fn(f64) -> bool) -> usize {
    let (mut low, mut high) = (0, values.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(values[middle]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

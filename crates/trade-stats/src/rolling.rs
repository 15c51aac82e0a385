use crate::returns::is_rate;

/// Rolling volatility: sample deviation of the last `window` returns times √`per_year`, written to `out`.
///
/// The first `window` − 1 values are NaN, as is every value whose window holds one that is not finite; all are NaN for a
/// `window` below 2 or a `per_year` that is not above 0. O(n): the sums are renewed once a window, so they do not drift.
///
/// # Panics
/// If `out` differs in length from `returns`.
///
/// ```
/// let mut out = [0.0; 3];
/// trade_stats::rolling_volatility(&[0.0, 2.0, 2.0], 2, 1.0, &mut out);
/// assert!(out[0].is_nan() && (out[1] - 2_f64.sqrt()).abs() < 1e-12 && out[2] == 0.0);
/// ```
pub fn rolling_volatility(returns: &[f64], window: usize, per_year: f64, out: &mut [f64]) {
    let root = root_of(per_year);
    roll([returns], window, out, |s| s.std() * root);
}

/// Rolling annual Sharpe ratio: mean over sample deviation of the last `window` returns, times √`per_year`.
///
/// As [`rolling_volatility`]; NaN too where the window does not vary.
///
/// # Panics
/// If `out` differs in length from `returns`.
///
/// ```
/// let mut out = [0.0; 3];
/// trade_stats::rolling_sharpe(&[0.0, 2.0, 2.0], 2, 4.0, &mut out);
/// assert!((out[1] - 2_f64.sqrt()).abs() < 1e-12 && out[2].is_nan());
/// ```
pub fn rolling_sharpe(returns: &[f64], window: usize, per_year: f64, out: &mut [f64]) {
    let root = root_of(per_year);
    roll([returns], window, out, |s| if s.varies() { s.mean(0) / s.std() * root } else { f64::NAN });
}

/// Rolling annual Sortino ratio: mean of the last `window` returns over their downside deviation below 0 (over all of
/// them), times √`per_year`.
///
/// As [`rolling_volatility`], for a `window` of at least 2; NaN too where the window has no loss.
///
/// # Panics
/// If `out` differs in length from `returns`.
///
/// ```
/// let mut out = [0.0; 2];
/// trade_stats::rolling_sortino(&[2.0, -1.0], 2, 1.0, &mut out);
/// assert!((out[1] - 0.5_f64.sqrt()).abs() < 1e-12);
/// ```
pub fn rolling_sortino(returns: &[f64], window: usize, per_year: f64, out: &mut [f64]) {
    let root = root_of(per_year);
    roll([returns], window, out, |s| {
        if s.n_losses == 0 {
            return f64::NAN;
        }
        s.mean(0) / (s.squared_losses / s.n).sqrt() * root
    });
}

/// Rolling β of `returns` over `benchmark`: covariance over the variance of the benchmark in the last `window` periods.
///
/// As [`rolling_volatility`]; NaN too where the benchmark does not vary.
///
/// # Panics
/// If the three slices differ in length.
///
/// ```
/// let mut out = [0.0; 3];
/// trade_stats::rolling_beta(&[0.0, 2.0, 6.0], &[0.0, 1.0, 3.0], 3, &mut out);
/// assert!((out[2] - 2.0).abs() < 1e-12);
/// ```
pub fn rolling_beta(returns: &[f64], benchmark: &[f64], window: usize, out: &mut [f64]) {
    assert_eq!(returns.len(), benchmark.len(), "rolling_beta: the series differ in length");
    roll([benchmark, returns], window, out, |s| if s.varies() { s.covariance() / s.variance() } else { f64::NAN });
}

fn root_of(per_year: f64) -> f64 {
    if is_rate(per_year) { per_year.sqrt() } else { f64::NAN }
}

/// Sums over the last values of K series, of differences from an anchor near them; shape is taken of the first series.
struct Sums<const K: usize> {
    n: f64,
    window: usize,
    anchor: [f64; K],
    first: [f64; K],
    square: f64,
    product: f64,
    n_losses: usize,
    squared_losses: f64,
    /// Values of the first series in a row that equal the last.
    equal: usize,
}

impl<const K: usize> Sums<K> {
    fn mean(&self, series: usize) -> f64 {
        self.anchor[series] + self.first[series] / self.n
    }

    fn varies(&self) -> bool {
        self.equal < self.window
    }

    fn variance(&self) -> f64 {
        if self.varies() { (self.square - self.first[0] * self.first[0] / self.n) / (self.n - 1.0) } else { 0.0 }
    }

    fn std(&self) -> f64 {
        self.variance().sqrt()
    }

    fn covariance(&self) -> f64 {
        (self.product - self.first[0] * self.first[K - 1] / self.n) / (self.n - 1.0)
    }

    fn change(&mut self, row: [f64; K], sign: f64) {
        let mut differences = [0.0; K];
        for k in 0..K {
            differences[k] = row[k] - self.anchor[k];
            self.first[k] += sign * differences[k];
        }
        self.square += sign * differences[0] * differences[0];
        self.product += sign * differences[0] * differences[K - 1];
        if row[0] < 0.0 {
            self.squared_losses += sign * row[0] * row[0];
            if sign > 0.0 { self.n_losses += 1 } else { self.n_losses -= 1 }
        }
    }

    /// Sums of the rows from scratch, around their mean.
    fn renew(&mut self, rows: impl Iterator<Item = [f64; K]> + Clone) {
        let mut anchor = [0.0; K];
        for row in rows.clone() {
            for k in 0..K {
                anchor[k] += row[k] / self.n;
            }
        }
        *self = Self { anchor, ..Self::new(self.window, self.equal) };
        for row in rows {
            self.change(row, 1.0);
        }
    }

    fn new(window: usize, equal: usize) -> Self {
        let n = window as f64;
        let zero = [0.0; K];
        Self {
            n,
            window,
            anchor: zero,
            first: zero,
            square: 0.0,
            product: 0.0,
            n_losses: 0,
            squared_losses: 0.0,
            equal,
        }
    }
}

fn roll<const K: usize>(series: [&[f64]; K], window: usize, out: &mut [f64], value: impl Fn(&Sums<K>) -> f64) {
    assert_eq!(series[0].len(), out.len(), "out differs in length from the returns");
    let row = |i: usize| series.map(|values| values[i]);
    let mut sums = Sums::<K>::new(window, 0);
    // Rows since the last one that is not finite, and since the sums were renewed.
    let (mut good, mut age) = (0, 0);
    for (i, slot) in out.iter_mut().enumerate() {
        *slot = f64::NAN;
        good = if row(i).iter().all(|value| value.is_finite()) { good + 1 } else { 0 };
        sums.equal = if i > 0 && series[0][i] - series[0][i - 1] == 0.0 { sums.equal + 1 } else { 1 };
        if window < 2 || good < window {
            age = window;
            continue;
        }
        if age >= window {
            sums.renew((i + 1 - window..=i).map(row));
            age = 0;
        } else {
            sums.change(row(i), 1.0);
            sums.change(row(i - window), -1.0);
        }
        age += 1;
        let found = value(&sums);
        *slot = if found.is_finite() { found } else { f64::NAN };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: usize) -> Vec<f64> {
        (0..n).map(|i| ((i * 7_919) % 1_009) as f64 / 50_450.0 - 0.01).collect()
    }

    #[test]
    fn every_window_equals_its_own_statistics() {
        let (r, b) = (wave(500), wave(700)[200..].to_vec());
        let mut out = vec![[0.0; 500]; 4];
        rolling_volatility(&r, 37, 252.0, &mut out[0]);
        rolling_sharpe(&r, 37, 252.0, &mut out[1]);
        rolling_sortino(&r, 37, 252.0, &mut out[2]);
        rolling_beta(&r, &b, 37, &mut out[3]);
        for i in 36..500 {
            let (x, y) = (&r[i - 36..=i], &b[i - 36..=i]);
            let expected = [
                crate::volatility(x, 252.0).unwrap(),
                crate::sharpe(x, 252.0).unwrap().annual(),
                crate::sortino(x, 0.0, 252.0).unwrap(),
                crate::regression(x, y).unwrap().beta,
            ];
            for (found, expected) in out.iter().zip(expected) {
                assert!((found[i] - expected).abs() < 1e-11 * (1.0 + expected.abs()), "{i}: {} {expected}", found[i]);
            }
        }
        assert!(out.iter().all(|values| values[..36].iter().all(|value| value.is_nan())));
    }

    #[test]
    fn a_million_values_do_not_drift() {
        let mut r = wave(1_000_000);
        r[10] = 1e9; // leaves a trace in sums that are never renewed
        let mut out = vec![0.0; r.len()];
        rolling_volatility(&r, 100, 1.0, &mut out);
        let expected = crate::std_dev(&r[r.len() - 100..]).unwrap();
        assert!((out[r.len() - 1] - expected).abs() < 1e-13 * expected);
    }

    #[test]
    fn a_bad_value_spoils_its_windows_only() {
        let mut r = wave(50);
        r[20] = f64::NAN;
        let mut out = [0.0; 50];
        rolling_volatility(&r, 5, 1.0, &mut out);
        for (i, value) in out.iter().enumerate() {
            assert_eq!(value.is_nan(), i < 4 || (20..25).contains(&i), "{i}");
        }
    }

    #[test]
    fn windows_below_two_or_beyond_the_data_have_no_values() {
        for window in [0, 1, 51] {
            let mut out = [0.0; 50];
            rolling_sharpe(&wave(50), window, 252.0, &mut out);
            assert!(out.iter().all(|value| value.is_nan()), "{window}");
        }
        let mut out = [0.0; 50];
        rolling_volatility(&wave(50), 5, 0.0, &mut out);
        assert!(out.iter().all(|value| value.is_nan()));
        rolling_sharpe(&[], 5, 252.0, &mut []);
    }
}

/// A fall of equity from a peak.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Drawdown {
    /// Depth as a fraction of the peak: 0.2 is a fall by 20 %; above 1 where equity falls below 0.
    pub fraction: f64,
    /// Index of the peak before the fall; the earliest of equal ones.
    pub start: usize,
    /// Index of the lowest equity.
    pub bottom: usize,
    /// Index at which equity is back at the peak; `None` if that does not happen in the series.
    pub end: Option<usize>,
}

/// The deepest drawdown of an equity curve; the first of equally deep ones. A curve that never falls has the depth 0
/// at index 0.
///
/// - `equity`: account value after each period, oldest first, starting with the value **before** the first return.
///
/// `None` for no values, a first value that is not above 0, or a value that is not finite.
///
/// ```
/// let fall = trade_stats::max_drawdown(&[100.0, 120.0, 90.0, 100.0]).ok_or("no equity")?;
/// assert_eq!((fall.fraction, fall.start, fall.bottom, fall.end), (0.25, 1, 2, None));
/// # Ok::<(), &str>(())
/// ```
pub fn max_drawdown(equity: &[f64]) -> Option<Drawdown> {
    let first = *equity.first()?;
    if first <= 0.0 || equity.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut worst = Drawdown { fraction: 0.0, start: 0, bottom: 0, end: Some(0) };
    let (mut peak, mut peak_index) = (first, 0);
    for (i, &value) in equity.iter().enumerate() {
        if value > peak {
            (peak, peak_index) = (value, i);
        }
        let fraction = (peak - value) / peak;
        if fraction > worst.fraction {
            worst = Drawdown { fraction, start: peak_index, bottom: i, end: None };
        }
    }
    if worst.fraction > 0.0 {
        let peak = equity[worst.start];
        worst.end = (worst.bottom..equity.len()).find(|&i| equity[i] >= peak);
    }
    Some(worst)
}

/// The drawdown at each point of an equity curve, written to `out`: (peak so far − equity) / peak so far, at least 0.
///
/// A value that is not finite makes its own and all later entries NaN, as does a first value that is not above 0.
///
/// # Panics
/// If `equity` and `out` differ in length.
///
/// ```
/// let mut out = [0.0; 4];
/// trade_stats::drawdowns(&[100.0, 120.0, 90.0, 150.0], &mut out);
/// assert_eq!(out, [0.0, 0.0, 0.25, 0.0]);
/// ```
pub fn drawdowns(equity: &[f64], out: &mut [f64]) {
    assert_eq!(equity.len(), out.len(), "drawdowns: equity and out differ in length");
    let mut peak = f64::MIN_POSITIVE;
    let mut defined = equity.first().is_some_and(|&first| first > 0.0);
    for (depth, &value) in out.iter_mut().zip(equity) {
        defined &= value.is_finite();
        if value > peak {
            peak = value;
        }
        *depth = if defined { (peak - value) / peak } else { f64::NAN };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_curve_has_the_depth_zero() {
        let fall = max_drawdown(&[1.0, 1.0, 2.0]).unwrap();
        assert_eq!(fall, Drawdown { fraction: 0.0, start: 0, bottom: 0, end: Some(0) });
    }

    #[test]
    fn the_first_of_equal_falls_wins_and_recovery_is_reaching_the_peak_again() {
        let fall = max_drawdown(&[100.0, 50.0, 75.0, 100.0, 50.0]).unwrap();
        assert_eq!(fall, Drawdown { fraction: 0.5, start: 0, bottom: 1, end: Some(3) });
    }

    #[test]
    fn debt_is_a_fall_of_more_than_everything() {
        assert_eq!(max_drawdown(&[100.0, -50.0]).map(|fall| fall.fraction), Some(1.5));
    }

    #[test]
    fn undefined_equity_has_no_drawdown() {
        assert_eq!(max_drawdown(&[]), None);
        assert_eq!(max_drawdown(&[0.0, 1.0]), None);
        assert_eq!(max_drawdown(&[1.0, f64::NAN]), None);
        let mut out = [0.0; 3];
        drawdowns(&[1.0, f64::NAN, 2.0], &mut out);
        assert!(out[0] == 0.0 && out[1].is_nan() && out[2].is_nan());
        drawdowns(&[-1.0, 1.0, 2.0], &mut out);
        assert!(out.iter().all(|depth| depth.is_nan()));
    }
}

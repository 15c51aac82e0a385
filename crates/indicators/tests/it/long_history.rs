//! Rounding errors of running totals after a million bars, against whole numbers.

use crate::common::{Series, compute, period};
use indicators::IndicatorSpec;

const N: usize = 20;

#[test]
fn a_million_bars_leave_the_mean_and_the_bands_exact_to_twelve_digits() {
    let series = Series::walk(1_000_000, 11);
    #[expect(clippy::cast_possible_truncation, reason = "the walk stays far below 2^53 cents")]
    let cents: Vec<i128> = series.close.iter().map(|price| (price * 100.0).round() as i128).collect();
    let mean = &compute(&IndicatorSpec::Sma { period: period(N) }, &series)[0];
    let bands = compute(&IndicatorSpec::Bollinger { period: period(N), deviations: 1.0 }, &series);
    let n = N as i128;
    for (i, window) in cents.windows(N).enumerate() {
        let bar = i + N - 1;
        let sum: i128 = window.iter().sum();
        let squares: i128 = window.iter().map(|c| c * c).sum();
        let exact_mean = sum as f64 / (n as f64 * 100.0);
        let exact_deviation = ((n * squares - sum * sum) as f64).sqrt() / (n as f64 * 100.0);
        let level = series.close[bar];
        assert!((mean[bar] - exact_mean).abs() <= 1e-12 * level, "mean at {bar}");
        let half_width = (bands[0][bar] - bands[2][bar]) / 2.0;
        assert!((half_width - exact_deviation).abs() <= 1e-12 * level, "deviation at {bar}");
    }
}

#[test]
fn bands_keep_their_digits_at_a_price_of_a_billion() {
    let near_zero = Series::walk(2_000, 12);
    let offset = 1_073_741_824.0;
    // In eighths, so that the shifted prices are the same numbers of ticks, without rounding.
    let eighths: Vec<f64> = near_zero.close.iter().map(|price| (price * 8.0).round() / 8.0).collect();
    let shifted: Vec<f64> = eighths.iter().map(|price| price + offset).collect();
    let of = |close: Vec<f64>| Series { high: close.clone(), low: close.clone(), close };
    let spec = IndicatorSpec::Bollinger { period: period(N), deviations: 1.0 };
    let (near, far) = (compute(&spec, &of(eighths)), compute(&spec, &of(shifted)));
    for bar in N - 1..2_000 {
        let half_width = |bands: &[Vec<f64>]| (bands[0][bar] - bands[2][bar]) / 2.0;
        // Half a unit in the last place of the bands themselves is 1.2e-7 there.
        assert!((half_width(&near) - half_width(&far)).abs() < 3e-7, "bar {bar}");
    }
}

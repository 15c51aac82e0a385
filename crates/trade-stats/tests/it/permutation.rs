//! What permuted bars keep and what they lose.

use proptest::prelude::*;
use trade_stats::{BarPermutation, Error, Ohlc, OhlcMut, autocorrelation};

use crate::close::Close;

#[derive(Clone, Debug, PartialEq)]
struct Bars {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
}

impl Bars {
    /// A market whose moves are given as gap, body, and the two shadows.
    fn of(moves: &[(f64, f64, f64, f64)]) -> Self {
        let mut bars = Self { open: vec![], high: vec![], low: vec![], close: vec![] };
        let mut close = 100.0;
        for (gap, body, above, below) in moves {
            let open = close * (1.0 + gap);
            close = open * (1.0 + body);
            bars.open.push(open);
            bars.close.push(close);
            bars.high.push(f64::max(open, close) * (1.0 + above));
            bars.low.push(f64::min(open, close) * (1.0 - below));
        }
        bars
    }

    fn view(&self) -> Ohlc<'_> {
        Ohlc { open: &self.open, high: &self.high, low: &self.low, close: &self.close }
    }

    fn permuted(&self, start: usize, seed: u64, index: u64) -> Self {
        let mut out = self.clone();
        let Self { open, high, low, close } = &mut out;
        BarPermutation::new(self.view(), start, seed).unwrap().fill(index, OhlcMut { open, high, low, close });
        out
    }

    /// Gaps and moves in rising order, from `start` on.
    fn moves(&self, start: usize) -> [Vec<f64>; 4] {
        let over_open = |prices: &[f64]| prices.iter().zip(&self.open).map(|(p, o)| p / o).skip(start).collect();
        let gaps = (start..self.open.len()).map(|i| self.open[i] / self.close[i - 1]).collect();
        [gaps, over_open(&self.high), over_open(&self.low), over_open(&self.close)].map(|mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            values
        })
    }
}

fn market() -> impl Strategy<Value = Bars> {
    prop::collection::vec((-0.02..0.02, -0.05..0.05, 0.0..0.02, 0.0..0.02), 4..80).prop_map(|moves| Bars::of(&moves))
}

proptest! {
    #[test]
    fn permuted_bars_are_bars_of_the_same_moves(bars in market(), cut in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let n = bars.open.len();
        let start = 1 + cut.index(n - 2);
        let found = bars.permuted(start, seed, 3);
        for i in 0..n {
            prop_assert!(found.low[i] <= found.open[i] && found.low[i] <= found.close[i]);
            prop_assert!(found.high[i] >= found.open[i] && found.high[i] >= found.close[i]);
        }
        Close(1e-12).check_relative(found.close[n - 1], bars.close[n - 1], "last close");
        for (found, expected) in found.moves(start).iter().zip(bars.moves(start)) {
            for (found, expected) in found.iter().zip(expected) {
                Close(1e-12).check_relative(*found, expected, "a move");
            }
        }
    }

    #[test]
    fn what_is_kept_knows_nothing_of_what_is_permuted(bars in market(), seed in any::<u64>(), bend in 0.5..2.0_f64) {
        let start = bars.open.len() / 2;
        let mut other = bars.clone();
        for column in [&mut other.open, &mut other.high, &mut other.low, &mut other.close] {
            column[start..].iter_mut().for_each(|price| *price *= bend);
        }
        let (a, b) = (bars.permuted(start, seed, 0), other.permuted(start, seed, 0));
        prop_assert_eq!(&a.close[..start], &bars.close[..start]);
        prop_assert_eq!((&a.open[..start], &a.high[..start], &a.low[..start], &a.close[..start]),
            (&b.open[..start], &b.high[..start], &b.low[..start], &b.close[..start]));
    }

    #[test]
    fn a_permutation_does_not_depend_on_those_before(bars in market(), seed in any::<u64>()) {
        let mut permutation = BarPermutation::new(bars.view(), 1, seed).unwrap();
        let mut out = bars.clone();
        for index in [5, 0, 2] {
            let Bars { open, high, low, close } = &mut out;
            permutation.fill(index, OhlcMut { open, high, low, close });
        }
        prop_assert_eq!(out, bars.permuted(1, seed, 2));
    }
}

/// A market whose bodies alternate in long waves, and another that does the same at a tenth of the size.
fn waves(scale: f64) -> Bars {
    let body = |i: usize| scale * 0.01 * libm::sin(i as f64 / 10.0);
    Bars::of(&(0..400).map(|i| (scale * 0.0001 * (i % 7) as f64, body(i), 0.001, 0.001)).collect::<Vec<_>>())
}

fn bodies(bars: &Bars) -> Vec<f64> {
    bars.close.iter().zip(&bars.open).map(|(close, open)| close / open - 1.0).collect()
}

#[test]
fn order_is_destroyed() {
    let bars = waves(1.0);
    assert!(autocorrelation(&bodies(&bars), 1).unwrap() > 0.99);
    let mean: f64 =
        (0..40).map(|index| autocorrelation(&bodies(&bars.permuted(1, 1, index)), 1).unwrap()).sum::<f64>() / 40.0;
    // 40 estimates with a deviation of 1/√400 each.
    assert!(mean.abs() < 3.5 * 0.05 / 40_f64.sqrt(), "{mean}");
}

#[test]
fn two_markets_with_one_seed_stay_together() {
    let (a, b) = (waves(1.0).permuted(1, 9, 4), waves(0.1).permuted(1, 9, 4));
    assert!(trade_stats::correlation(&bodies(&a), &bodies(&b)).unwrap() > 0.999);
    let other = waves(0.1).permuted(1, 10, 4);
    assert!(trade_stats::correlation(&bodies(&a), &bodies(&other)).unwrap().abs() < 0.3);
}

#[test]
fn the_rows_say_where_a_bar_came_from() {
    let bars = waves(1.0);
    let mut permutation = BarPermutation::new(bars.view(), 1, 9).unwrap();
    let mut out = bars.clone();
    let Bars { open, high, low, close } = &mut out;
    permutation.fill(4, OhlcMut { open, high, low, close });
    let (old, new) = (bodies(&bars), bodies(&out));
    for (i, row) in permutation.bar_rows().iter().enumerate() {
        Close(1e-12).check(new[1 + i], old[1 + row], "body");
    }
}

#[test]
fn bad_bars_are_named() {
    let bars = Bars::of(&[(0.0, 0.01, 0.01, 0.01); 4]);
    let error = |bars: &Bars, start| BarPermutation::new(bars.view(), start, 1).unwrap_err();
    assert!(matches!(error(&bars, 0), Error::OutOfRange { what: "start", .. }));
    assert!(matches!(error(&bars, 3), Error::TooFew { found: 1, needed: 2, .. }));
    assert!(matches!(error(&bars, 9), Error::TooFew { found: 0, .. }));
    let broken = |change: fn(&mut Bars)| {
        let mut bars = bars.clone();
        change(&mut bars);
        error(&bars, 1)
    };
    assert!(matches!(broken(|bars| bars.low.truncate(3)), Error::Length { what: "low", found: 3, expected: 4 }));
    assert!(matches!(broken(|bars| bars.close[2] = f64::NAN), Error::NotFinite { what: "close", index: 2, .. }));
    assert!(matches!(broken(|bars| bars.low[2] = 0.0), Error::OutOfRange { what: "price", .. }));
    assert!(matches!(broken(|bars| bars.high[2] = 1.0), Error::OutOfRange { what: "high", .. }));
    assert!(matches!(broken(|bars| bars.low[2] = 1e9), Error::OutOfRange { what: "low", .. }));
}

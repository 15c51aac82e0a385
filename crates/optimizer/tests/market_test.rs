//! Markets without a pattern keep what they should, and the test counts right.
#![expect(clippy::unwrap_used, reason = "a broken set-up is a failed test")]

mod support;

use std::cell::Cell;

use backtest::Market;
use market::{Bar, Bars, BarsView, Timeframe};
use optimizer::{
    Error, Job, MarketTest, MarketTestReport, NullMarket, NullMarkets, Objective, Sampler, Selection, candidates,
    market_test, test_search,
};
use proptest::prelude::*;
use support::{NOISE, REVERTING, account, average_cross, bars, plans, quiet, rsi_reversal};

const BOTH: [NullMarket; 2] = [NullMarket::SignFlips, NullMarket::Permutation];
const SETTINGS: MarketTest = MarketTest { null: NullMarket::SignFlips, n_markets: 19, stop_after: 19, seed: 3 };

/// Bars that `Bars` takes, so prices and times hold what they must.
fn checked(view: BarsView<'_>) -> Bars {
    let mut bars = Bars::new(view.grid);
    for bar in view.iter() {
        bars.push(bar).unwrap();
    }
    bars
}

/// Bars with gaps, spreads and volumes that tell them apart.
fn gapped(n: u32, seed: u64) -> Bars {
    let mut gapped = Bars::new(Timeframe::H1);
    for (i, bar) in bars(n, seed, &NOISE).view().iter().enumerate() {
        let shift = 1.0 + 0.001 * f64::from(u8::try_from(i * 7 % 5).unwrap());
        let scaled = Bar {
            open: bar.open * shift,
            high: bar.high * shift,
            low: bar.low * shift,
            close: bar.close * shift,
            spread: 0.0001 + 1e-7 * i as f64,
            volume: i as f64,
            ..bar
        };
        gapped.push(scaled).unwrap();
    }
    gapped
}

fn log_moves(bars: BarsView<'_>, start: usize) -> Vec<f64> {
    (start..bars.len()).map(|i| libm::log(bars.close[i] / bars.close[i - 1])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn null_markets_are_bars_that_end_where_the_market_does(seed in 0..1_000_u64, start in 0..30_usize, end in 40..60_usize) {
        let bars = gapped(60, seed);
        for null in BOTH {
            let mut markets = NullMarkets::new(bars.view(), start..end, null, seed).unwrap();
            let market = checked(markets.get(seed));
            let (was, is) = (bars.view(), market.view());
            prop_assert_eq!(is.len(), end);
            prop_assert_eq!(is.open_time, &was.open_time[..end]);
            let kept = start.max(1);
            prop_assert_eq!(&is.close[..kept], &was.close[..kept]);
            prop_assert!((is.close[end - 1] / was.close[end - 1] - 1.0).abs() < 1e-12);
            prop_assert!(is.close[kept..end - 1] != was.close[kept..end - 1]);
        }
    }
}

#[test]
fn sign_flips_keep_the_size_of_every_move_and_its_spread() {
    let bars = gapped(400, 1);
    let mut markets = NullMarkets::new(bars.view(), 50..400, NullMarket::SignFlips, 5).unwrap();
    let market = markets.get(0);
    assert_eq!(market.spread, bars.view().spread);
    let (was, is) = (log_moves(bars.view(), 50), log_moves(market, 50));
    let mean = was.iter().sum::<f64>() / was.len() as f64;
    // What is left after the sign is one number for all kept and one for all flipped bars.
    let difference =
        |sign: f64| was.iter().zip(&is).map(move |(was, is)| is - sign * (was - mean)).filter(|rest| rest.abs() < 2e-4);
    let (kept, flipped): (Vec<f64>, Vec<f64>) = (difference(1.0).collect(), difference(-1.0).collect());
    assert!(kept.len() + flipped.len() >= was.len() && kept.len() > 130 && flipped.len() > 130);
    for group in [kept, flipped] {
        let common = group.iter().filter(|rest| (*rest - group[0]).abs() < 1e-12).count();
        assert!(common > 130, "{common} of {}", group.len());
    }
}

#[test]
fn a_permutation_takes_spread_and_volume_along() {
    let bars = gapped(100, 2);
    let mut markets = NullMarkets::new(bars.view(), 10..100, NullMarket::Permutation, 5).unwrap();
    let market = markets.get(3);
    for i in 10..100 {
        let from = bars.view().volume.iter().position(|volume| volume.to_bits() == market.volume[i].to_bits()).unwrap();
        assert!(from >= 10 && bars.view().spread[from].to_bits() == market.spread[i].to_bits());
        let range = |view: BarsView<'_>, i: usize| view.high[i] / view.low[i];
        assert!((range(bars.view(), from) - range(market, i)).abs() < 1e-12);
    }
}

#[test]
fn a_market_does_not_depend_on_those_before() {
    let bars = gapped(80, 3);
    for null in BOTH {
        let mut markets = NullMarkets::new(bars.view(), 5..80, null, 9).unwrap();
        let (first, second) = (checked(markets.get(0)), checked(markets.get(1)));
        assert_ne!(first, second);
        let mut again = NullMarkets::new(bars.view(), 5..80, null, 9).unwrap();
        assert_eq!(checked(again.get(1)), second);
        assert_eq!(checked(again.get(0)), first);
    }
}

#[test]
fn what_lies_behind_the_window_is_not_looked_at() {
    let (long, short) = (gapped(90, 4), checked(gapped(90, 4).view().slice(0..60)));
    for null in BOTH {
        let mut of_long = NullMarkets::new(long.view(), 5..60, null, 9).unwrap();
        let mut of_short = NullMarkets::new(short.view(), 5..60, null, 9).unwrap();
        assert_eq!(checked(of_long.get(7)), checked(of_short.get(7)));
    }
}

/// A test whose search finds `values`, the first of them in the market.
fn counted(values: &[Option<f64>], settings: &MarketTest) -> Result<MarketTestReport, Error> {
    let (bars, at) = (gapped(30, 1), Cell::new(0));
    market_test(bars.view(), 0..30, settings, |_| {
        at.set(at.get() + 1);
        Ok(values[(at.get() - 1) % values.len()])
    })
}

#[test]
fn p_counts_the_markets_that_gave_as_much() {
    let mut values: Vec<Option<f64>> = (0..20).map(|i| Some(f64::from(i))).collect();
    values[0] = Some(17.0);
    // 17, 18 and 19 are as much.
    assert_eq!(counted(&values, &SETTINGS).unwrap().p_value, Some(0.2));
    // A search without a result is less than any.
    values[17] = None;
    assert_eq!(counted(&values, &SETTINGS).unwrap().p_value, Some(0.15));
    values[0] = Some(99.0);
    assert_eq!(counted(&values, &SETTINGS).unwrap().p_value, Some(0.05));
}

#[test]
fn an_answer_that_is_clear_ends_the_test() {
    let values: Vec<Option<f64>> = [5.0, 6.0, 1.0, 7.0, 8.0].map(Some).to_vec();
    let report = counted(&values, &MarketTest { stop_after: 3, ..SETTINGS }).unwrap();
    assert_eq!(report.without_pattern.len(), 4);
    assert_eq!(report.p_value, Some(0.75));
}

#[test]
fn nothing_found_has_no_p_value() {
    let report = counted(&[None], &SETTINGS).unwrap();
    assert_eq!((report.p_value, report.without_pattern.len()), (None, 0));
}

#[test]
fn bad_settings_are_named() {
    let few = counted(&[Some(1.0)], &MarketTest { n_markets: 18, ..SETTINGS });
    assert!(matches!(few, Err(Error::Setting { name: "n_markets", .. })));
    let never = counted(&[Some(1.0)], &MarketTest { stop_after: 0, ..SETTINGS });
    assert!(matches!(never, Err(Error::Setting { name: "stop_after", .. })));
    let bars = gapped(30, 1);
    for window in [0..31, 5..7] {
        let error = NullMarkets::new(bars.view(), window, NullMarket::SignFlips, 1).unwrap_err();
        assert!(matches!(error, Error::Window { n_bars: 30, .. }), "{error}");
    }
}

#[test]
fn a_search_is_repeated_on_every_market() {
    let account = account();
    let plans = plans(&[average_cross(), rsi_reversal()]);
    let candidates = candidates(&plans, &Sampler::Grid { max_points: 100 }).unwrap();
    let selection = Selection { objective: Objective::Sharpe, min_trades: 10 };
    let p_value = |bars: &Bars, null| {
        let market = Market::new(bars.view());
        let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
        let settings = MarketTest { null, ..SETTINGS };
        let report = test_search(&job, 0..800, &selection, &settings, usize::MAX, &quiet()).unwrap();
        assert_eq!(report.without_pattern.len(), 19);
        report.p_value.unwrap()
    };
    let (edge, noise) = (bars(1_000, 2, &REVERTING), bars(1_000, 2, &NOISE));
    for null in BOTH {
        assert!((p_value(&edge, null) - 0.05).abs() < 1e-15);
        assert!(p_value(&noise, null) > 0.1);
    }
}

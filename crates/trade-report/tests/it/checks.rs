use trade_report::{Error, Report, render};

use crate::sample;

fn message(spoil: impl FnOnce(&mut Report)) -> String {
    let mut report = sample::report(sample::candles(800, 7), "SAMPLE");
    render(&report).unwrap();
    spoil(&mut report);
    render(&report).unwrap_err().to_string()
}

#[test]
fn numbers_that_are_not_finite_are_named() {
    let nan = message(|report| report.strategies[1].equity.as_mut().unwrap().equity[4] = f64::NAN);
    assert_eq!(nan, "strategies[1].equity.equity[4] is NaN, not a finite number");
    let infinite = message(|report| report.candles.as_mut().unwrap().close[2] = f64::INFINITY);
    assert_eq!(infinite, "candles.close[2] is inf, not a finite number");
    let cell = message(|report| report.heat_maps[0].values[140 - 1] = Some(f64::NAN));
    assert_eq!(cell, "heat_maps[0].values[139] is NaN, not a finite number");
    let mae = message(|report| report.strategies[0].trades[0].mae = Some(f64::NAN));
    assert_eq!(mae, "strategies[0].trades.mae[0] is NaN, not a finite number");
}

#[test]
fn times_must_rise() {
    let mut earlier = (0, 0);
    let bars = message(|report| {
        let times = &mut report.candles.as_mut().unwrap().open_time_ms;
        times[5] = times[4];
        earlier = (times[5], times[4]);
    });
    assert_eq!(bars, format!("candles.open_time_ms[5] is {} ms, after {} ms: times must rise", earlier.0, earlier.1));
    let exit = message(|report| report.strategies[0].trades[1].exit_time_ms -= 1_000_000_000);
    assert!(exit.starts_with("strategies[0].trades.exit_time_ms[1] is "), "{exit}");
    let fold = message(|report| report.walk_forward.as_mut().unwrap().folds[2].test.to_ms = 0);
    assert!(fold.starts_with("walk_forward.folds[2].test[1] is 0 ms"), "{fold}");
}

#[test]
fn lengths_must_agree() {
    let volume = message(|report| report.candles.as_mut().unwrap().volume.truncate(3));
    assert_eq!(volume, "candles.volume has 3 values where 800 are expected");
    let cells = message(|report| report.strategies[0].metrics[2].cells.truncate(1));
    assert_eq!(cells, "strategies[0].metrics[2].cells has 1 values where 2 are expected");
    let band = message(|report| report.strategies[0].monte_carlo[0].bands[1].equity.truncate(1));
    assert!(band.starts_with("strategies[0].monte_carlo[0].bands[1].equity has 1 values"), "{band}");
}

#[test]
fn trades_outside_of_the_bars_are_refused() {
    let mut report = sample::report(sample::candles(800, 7), "SAMPLE");
    let last = report.strategies[2].trades.len() - 1;
    report.strategies[2].trades[last].exit_time_ms += 86_400_000;
    let error = report.check().unwrap_err();
    assert!(
        matches!(&error, Error::OutsideBars { field, index, .. } if field == "strategies[2].trades.exit_time_ms" && *index == last),
        "{error}"
    );
}

#[test]
fn values_out_of_their_range_are_refused() {
    let bar = message(|report| report.candles.as_mut().unwrap().high[3] = 0.1);
    assert!(bar.starts_with("candles[3] has low "), "{bar}");
    let shares = message(|report| report.strategies[0].allocation = Some(0.9));
    assert!(shares.starts_with("strategies.allocation (sum)[0] is 1.29"), "{shares}");
    let correlation = message(|report| report.correlation.as_mut().unwrap().values[1] = Some(1.5));
    assert_eq!(correlation, "correlation.values[1] is 1.5, outside of -1 to 1");
    let chosen = message(|report| report.heat_maps[0].chosen = Some((14, 0)));
    assert_eq!(chosen, "heat_maps[0].chosen.x[0] is 14, outside of 0 to 13");
    let axis = message(|report| report.heat_maps[0].x.values[1] = 0.0);
    assert_eq!(axis, "heat_maps[0].x.values[1] is 0, after 4: values must rise");
}

//! Every column of TradingView's own exports (bars and `ta.*` of EURUSD): the same doubles, na on the same bars.
#![expect(clippy::print_stdout, reason = "the table of what was compared, and what was skipped")]
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use indicators::{IndicatorSpec, Profile};

/// An export: its columns by name.
struct Export {
    columns: BTreeMap<String, Vec<f64>>,
}

/// The folder with the exports; `None`, said aloud, where the shared data is not there.
fn folder() -> Option<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracles/indicators/tv-exports");
    let folder = PathBuf::from(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: shared data folder is not there");
    None
}

/// The cells of a line, of which some are quoted because they hold commas.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}

impl Export {
    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let names = cells(lines.next().unwrap());
        let mut columns: BTreeMap<String, Vec<f64>> = names.iter().map(|name| (name.clone(), Vec::new())).collect();
        for line in lines {
            let values = cells(line);
            assert_eq!(values.len(), names.len(), "{line}");
            for (name, value) in names.iter().zip(values) {
                columns.get_mut(name).unwrap().push(if value.is_empty() { f64::NAN } else { value.parse().unwrap() });
            }
        }
        Self { columns }
    }

    fn n_bars(&self) -> usize {
        self.columns["time"].len()
    }

    /// A column of the file, or one of Pine Script's variables.
    fn get(&self, name: &str) -> Vec<f64> {
        let each = |of: fn(f64, f64, f64, f64) -> f64| {
            let [open, high, low, close] = ["open", "high", "low", "close"].map(|name| &self.columns[name]);
            (0..self.n_bars()).map(|bar| of(open[bar], high[bar], low[bar], close[bar])).collect()
        };
        match name {
            "volume" => self.columns["Volume"].clone(),
            "hl2" => each(|_, high, low, _| high.midpoint(low)),
            "hlc3" => each(|_, high, low, close| (high + low + close) / 3.0),
            "ohlc4" => each(|open, high, low, close| (open + high + low + close) / 4.0),
            "hlcc4" => each(|_, high, low, close| (high + low + 2.0 * close) / 4.0),
            "timeframe.change(360)" => self.begins_every(6.0),
            "timeframe.change(240)" => self.begins_every(4.0),
            "session.isfirstbar" => self.begins_every(24.0),
            name => self.columns.get(name).unwrap_or_else(|| panic!("no column {name}")).clone(),
        }
    }

    /// 1 on the first bar of each so many hours of a session, which goes from 17:00 to 17:00 in New York (21:00 UTC in
    /// this summer time). Hours do not change on the very first bar, but the session does.
    fn begins_every(&self, hours: f64) -> Vec<f64> {
        let session_hour = |time: f64| ((time - 21.0 * 3600.0) / 3600.0).rem_euclid(24.0);
        let session = |time: f64| ((time - 21.0 * 3600.0) / (24.0 * 3600.0)).floor();
        let part = |&time: &f64| (session(time), (session_hour(time) / hours).floor());
        let parts: Vec<(f64, f64)> = self.columns["time"].iter().map(part).collect();
        let first = f64::from(hours >= 24.0);
        std::iter::once(first).chain(parts.windows(2).map(|pair| f64::from(pair[0] != pair[1]))).collect()
    }
}

/// An output of an indicator over columns.
pub(crate) fn output(spec: &str, inputs: &[&[f64]], index: usize) -> Vec<f64> {
    let spec: IndicatorSpec = spec.parse().unwrap();
    let mut columns = vec![vec![0.0; inputs[0].len()]; spec.kind().info().outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(Profile::TradingView, inputs, &mut outputs).unwrap();
    columns.swap_remove(index)
}

type Ours = Box<dyn Fn(&Export) -> Vec<f64>>;

/// One column of an export and what we compute for it.
struct Case {
    file: &'static str,
    column: &'static str,
    ours: Ours,
}

/// Output `index` of `spec` over named columns.
fn case(
    file: &'static str,
    column: &'static str,
    spec: &'static str,
    inputs: &'static [&'static str],
    index: usize,
) -> Case {
    let ours = move |export: &Export| {
        let columns: Vec<Vec<f64>> = inputs.iter().map(|name| export.get(name)).collect();
        output(spec, &columns.iter().map(Vec::as_slice).collect::<Vec<_>>(), index)
    };
    Case { file, column, ours: Box::new(ours) }
}

/// A column that the exported script made in several steps.
fn made(file: &'static str, column: &'static str, ours: fn(&Export) -> Vec<f64>) -> Case {
    Case { file, column, ours: Box::new(ours) }
}

const CLOSE: &[&str] = &["close"];
const BAR: &[&str] = &["high", "low", "close"];
const TRADED: &[&str] = &["high", "low", "close", "volume"];

fn cases() -> Vec<Case> {
    [averages(), oscillators(), windows(), volumes_and_levels(), events()].into_iter().flatten().collect()
}

fn averages() -> Vec<Case> {
    vec![
        case("ma.csv", "ta.sma(close, 10)", "sma(10)", &["close"], 0),
        case("ma.csv", "ta.sma(hl2, 20)", "sma(20)", &["hl2"], 0),
        case("ma.csv", "ta.sma(hlc3, 15)", "sma(15)", &["hlc3"], 0),
        case("ma.csv", "ta.ema(close, 20)", "ema(20)", &["close"], 0),
        case("ma.csv", "ta.ema(ohlc4, 10)", "ema(10)", &["ohlc4"], 0),
        case("ma.csv", "ta.rma(hlcc4, 5)", "rma(5)", &["hlcc4"], 0),
        case("ma.csv", "ta.rma(high, 15)", "rma(15)", &["high"], 0),
        case("ma.csv", "ta.alma(close, 5, 0.85, 6)", "alma(5,6,0.85)", &["close"], 0),
        case("ma.csv", "ta.alma(close, 10, 0.55, 12)", "alma(10,12,0.55)", &["close"], 0),
        case("ma.csv", "ta.wma(close, 5)", "wma(5)", &["close"], 0),
        case("ma.csv", "ta.wma(close, 20)", "wma(20)", &["close"], 0),
        case("ma.csv", "ta.hma(close, 9)", "hma(9)", &["close"], 0),
        case("ma.csv", "ta.hma(close, 20)", "hma(20)", &["close"], 0),
        case("ma.csv", "ta.swma(hlc3)", "swma", &["hlc3"], 0),
        case("ma.csv", "ta.vwma(close, 20)", "vwma(20)", &["close", "volume"], 0),
        case("bb.csv", "ta.bb(close, 20, 2).upper", "bollinger(20,2)", CLOSE, 0),
        case("bb.csv", "ta.bb(close, 20, 2).base", "bollinger(20,2)", CLOSE, 1),
        case("bb.csv", "ta.bb(close, 20, 2).lower", "bollinger(20,2)", CLOSE, 2),
        case("bb.csv", "ta.bbw(close, 20, 2.1)", "bollinger_width(20,2.1)", CLOSE, 0),
        case("kc.csv", "ta.kc(close, 20, 2).upper", "keltner(20,2,true)", &["close", "high", "low", "close"], 0),
        case("kc.csv", "ta.kc(close, 20, 2).base", "keltner(20,2,true)", &["close", "high", "low", "close"], 1),
        case("kc.csv", "ta.kc(close, 20, 2).lower", "keltner(20,2,true)", &["close", "high", "low", "close"], 2),
        case(
            "kc.csv",
            "ta.kcw(close, 20, 2.1, useTrueRange=false)",
            "kcw(20,2.1,false)",
            &["close", "high", "low", "close"],
            0,
        ),
    ]
}

fn oscillators() -> Vec<Case> {
    vec![
        case("cci+cmo+cog.csv", "ta.cmo(close, 20)", "cmo(20)", CLOSE, 0),
        case("cci+cmo+cog.csv", "ta.cci(close, 20)", "cci_source(20)", CLOSE, 0),
        case("cci+cmo+cog.csv", "ta.cog(close, 21)", "cog(21)", CLOSE, 0),
        case("dmi.csv", "ta.dmi(17, 14).dip", "dmi(17,14)", BAR, 0),
        case("dmi.csv", "ta.dmi(17, 14).dim", "dmi(17,14)", BAR, 1),
        case("dmi.csv", "ta.dmi(17, 14).adx", "dmi(17,14)", BAR, 2),
        case("macd.csv", "ta.macd(close, 12, 26, 9).macd", "macd(12,26,9)", CLOSE, 0),
        case("macd.csv", "ta.macd(close, 12, 26, 9).signal", "macd(12,26,9)", CLOSE, 1),
        case("macd.csv", "ta.macd(close, 12, 26, 9).hist", "macd(12,26,9)", CLOSE, 2),
        case("mfi+rsi+stoch.csv", "ta.mfi(close, 14)", "mfi_source(14)", &["close", "volume"], 0),
        case("mfi+rsi+stoch.csv", "ta.rsi(close, 14)", "rsi(14)", CLOSE, 0),
        case("mfi+rsi+stoch.csv", "ta.stoch(close, high, low, 20)", "stoch_k(20)", &["close", "high", "low"], 0),
        case("rci.csv", "ta.rci(close, 5)", "rci(5)", CLOSE, 0),
        case("rci.csv", "ta.rci(close, 20)", "rci(20)", CLOSE, 0),
        case("rci.csv", "ta.rci(hl2, 20)", "rci(20)", &["hl2"], 0),
        case("tr.csv", "ta.tr(false)", "trange", BAR, 0),
        case("tr.csv", "ta.tr(true)", "tr", BAR, 0),
        case("tr.csv", "ta.tr", "trange", BAR, 0),
        case("tr.csv", "ta.atr(14)", "atr(14)", BAR, 0),
        case("tsi.csv", "ta.tsi(close, 12, 26)", "tsi_ratio(12,26)", CLOSE, 0),
        case("wpr.csv", "ta.wpr(20)", "willr(20)", BAR, 0),
    ]
}

fn windows() -> Vec<Case> {
    vec![
        case("highest+lowest.csv", "ta.highest(10)", "max(10)", &["high"], 0),
        case("highest+lowest.csv", "ta.highest(close, 10)", "max(10)", CLOSE, 0),
        case("highest+lowest.csv", "ta.highestbars(10)", "highestbars(10)", &["high"], 0),
        case("highest+lowest.csv", "ta.highestbars(close, 10)", "highestbars(10)", CLOSE, 0),
        case("highest+lowest.csv", "ta.lowest(10)", "min(10)", &["low"], 0),
        case("highest+lowest.csv", "ta.lowest(close, 10)", "min(10)", CLOSE, 0),
        case("highest+lowest.csv", "ta.lowestbars(10)", "lowestbars(10)", &["low"], 0),
        case("highest+lowest.csv", "ta.lowestbars(close, 10)", "lowestbars(10)", CLOSE, 0),
        case("linreg.csv", "ta.linreg(close, 20, 0)", "linreg(20,0)", CLOSE, 0),
        case("linreg.csv", "ta.linreg(close, 20, 10)", "linreg(20,10)", CLOSE, 0),
        case("min+max+median+mode.csv", "min(close)", "cummin", CLOSE, 0),
        case("min+max+median+mode.csv", "max(close)", "cummax", CLOSE, 0),
        case("min+max+median+mode.csv", "median(close)", "median(20)", CLOSE, 0),
        case("min+max+median+mode.csv", "mode(close)", "mode(20)", CLOSE, 0),
        case(
            "ppp.csv",
            "ta.percentile_linear_interpolation(close, 20, 30)",
            "percentile_linear_interpolation(20,20)",
            CLOSE,
            0,
        ),
        case("ppp.csv", "ta.percentile_nearest_rank(close, 20, 0)", "percentile_nearest_rank(20,20)", CLOSE, 0),
        case("ppp.csv", "ta.percentrank(close, 33)", "percentrank(33)", CLOSE, 0),
        case("range.csv", "ta.range(close, 20)", "range(20)", CLOSE, 0),
        made("correlation.csv", "correlation", |export| {
            let close = export.get("close");
            output("correl(20)", &[&output("sma(20)", &[&close], 0), &output("ema(10)", &[&close], 0)], 0)
        }),
    ]
}

fn volumes_and_levels() -> Vec<Case> {
    vec![
        case("accdist+pvi+pvt+wad+wvad.csv", "ta.accdist", "ad", TRADED, 0),
        case("accdist+pvi+pvt+wad+wvad.csv", "ta.pvi", "pvi", &["close", "volume"], 0),
        case("accdist+pvi+pvt+wad+wvad.csv", "ta.pvt", "pvt", &["close", "volume"], 0),
        case("accdist+pvi+pvt+wad+wvad.csv", "ta.wad", "wad", BAR, 0),
        case("accdist+pvi+pvt+wad+wvad.csv", "ta.wvad", "wvad", &["open", "high", "low", "close", "volume"], 0),
        case("iii+nvi+obv.csv", "ta.iii", "iii", TRADED, 0),
        case("iii+nvi+obv.csv", "ta.nvi", "nvi", &["close", "volume"], 0),
        case("iii+nvi+obv.csv", "ta.obv", "obv", &["close", "volume"], 0),
        case("pivot.csv", "ta.pivothigh(10, 5)", "pivothigh(10,5)", &["high"], 0),
        case("pivot.csv", "ta.pivothigh(close, 10, 5)", "pivothigh(10,5)", CLOSE, 0),
        case("pivot.csv", "ta.pivotlow(10, 5)", "pivotlow(10,5)", &["low"], 0),
        case("pivot.csv", "ta.pivotlow(close, 10, 5)", "pivotlow(10,5)", CLOSE, 0),
        case("sar.csv", "ta.sar(0.02, 0.02, 0.2)", "psar(0.02,0.02,0.2)", &["high", "low"], 0),
        case("vwap.csv", "ta.vwap(close)", "vwap_bands(1)", &["close", "volume", "session.isfirstbar"], 0),
        case(
            "vwap.csv",
            "ta.vwap(close, timeframe.change(&quot;240&quot;))",
            "vwap_bands(1)",
            &["close", "volume", "timeframe.change(240)"],
            0,
        ),
        case(
            "vwap.csv",
            "ta.vwap(close, timeframe.change(&quot;360&quot;), 2.0).vwap",
            "vwap_bands(2)",
            &["close", "volume", "timeframe.change(360)"],
            0,
        ),
        case(
            "vwap.csv",
            "ta.vwap(close, timeframe.change(&quot;360&quot;), 2.0).upper_band",
            "vwap_bands(2)",
            &["close", "volume", "timeframe.change(360)"],
            1,
        ),
        case(
            "vwap.csv",
            "ta.vwap(close, timeframe.change(&quot;360&quot;), 2.0).lower_band",
            "vwap_bands(2)",
            &["close", "volume", "timeframe.change(360)"],
            2,
        ),
        made("supertrend.csv", "ta.supertrend(3, 10).up", |export| stop_of_trend(export, 1.0)),
        made("supertrend.csv", "ta.supertrend(3, 10).down", |export| stop_of_trend(export, -1.0)),
    ]
}

fn events() -> Vec<Case> {
    vec![
        made("cross.csv", "ta.cross(ema1, ema2)", |export| {
            let close = export.get("close");
            let crossed = output("cross", &[&output("ema(5)", &[&close], 0), &output("ema(11)", &[&close], 0)], 0);
            scaled(&crossed, 0.5)
        }),
        made("cross.csv", "ta.crossover(ema1, ema2)", |export| {
            let close = export.get("close");
            let crossed = output("crossover", &[&output("ema(5)", &[&close], 0), &output("ema(11)", &[&close], 0)], 0);
            scaled(&crossed, 1.0)
        }),
        made("cross.csv", "ta.crossunder(ema1, ema2)", |export| {
            let close = export.get("close");
            let crossed = output("crossunder", &[&output("ema(5)", &[&close], 0), &output("ema(11)", &[&close], 0)], 0);
            scaled(&crossed, -1.0)
        }),
        made("falling+rising.csv", "ta.falling(ema, 5)", |export| {
            scaled(&output("falling(5)", &[&output("ema(20)", &[&export.get("close")], 0)], 0), -1.0)
        }),
        made("falling+rising.csv", "ta.rising(ema, 5)", |export| {
            scaled(&output("rising(5)", &[&output("ema(20)", &[&export.get("close")], 0)], 0), 1.0)
        }),
        made("valuewhen.csv", "ta.valuewhen(ta.cross(slow, fast), close, 1)", |export| {
            let close = export.get("close");
            let crossed = output("cross", &[&output("sma(7)", &[&close], 0), &output("sma(14)", &[&close], 0)], 0);
            output("valuewhen(1)", &[&crossed, &close], 0)
        }),
        made("valuewhen_na.csv", "v0", |export| value_of_every_third(export, 0, true)),
        made("valuewhen_na.csv", "v1", |export| value_of_every_third(export, 1, true)),
        made("valuewhen_na.csv", "v2", |export| value_of_every_third(export, 2, true)),
        made("valuewhen_na.csv", "w0", |export| value_of_every_third(export, 0, false)),
    ]
}

/// What a script plots of 1 and 0. 0 stays without a sign.
fn scaled(column: &[f64], factor: f64) -> Vec<f64> {
    column.iter().map(|&value| if value == 0.0 { 0.0 } else { value * factor }).collect()
}

/// The supertrend where the trend is `trend`.
fn stop_of_trend(export: &Export, trend: f64) -> Vec<f64> {
    let columns = BAR.iter().map(|name| export.get(name)).collect::<Vec<_>>();
    let columns = columns.iter().map(Vec::as_slice).collect::<Vec<_>>();
    let (stop, trends) = (output("supertrend(10,3)", &columns, 0), output("supertrend(10,3)", &columns, 1));
    stop.iter()
        .zip(&trends)
        .map(|(&stop, &other)| if other.to_bits() == trend.to_bits() { stop } else { f64::NAN })
        .collect()
}

/// The close of every third bar, na on even bars if `with_na`.
fn value_of_every_third(export: &Export, occurrence: usize, with_na: bool) -> Vec<f64> {
    let close = export.get("close");
    let third: Vec<f64> = (0..close.len()).map(|bar| f64::from(bar % 3 == 0)).collect();
    let odd = |(bar, close): (usize, &f64)| if with_na && bar % 2 == 0 { f64::NAN } else { *close };
    let source: Vec<f64> = close.iter().enumerate().map(odd).collect();
    output(&format!("valuewhen({occurrence})"), &[&third, &source], 0)
}

/// A column of an export beside ours.
#[derive(Debug)]
pub(crate) struct Compared {
    pub(crate) column: &'static str,
    pub(crate) bars: usize,
    /// Bars with a value, the others being na.
    pub(crate) values: usize,
    /// Bars on which both have the same double, or both na.
    pub(crate) identical: usize,
    pub(crate) failure: Option<String>,
}

/// All columns of the exports, where they are there.
pub(crate) fn compare_exports() -> Option<Vec<Compared>> {
    let folder = folder()?;
    let compared = |Case { file, column, ours }: Case| {
        let export = Export::parse(&std::fs::read_to_string(folder.join(file)).unwrap());
        let (theirs, ours) = (export.get(column), ours(&export));
        assert_eq!(ours.len(), theirs.len());
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        let identical = ours.iter().zip(&theirs).filter(|&pair| same(pair)).count();
        let failure = ours.iter().zip(&theirs).position(|pair| !same(pair)).map(|bar| {
            let (a, b) = (ours[bar], theirs[bar]);
            format!("{file} {column}: bar {bar}: {a:?}, TradingView {b:?}; {identical} same")
        });
        let values = theirs.iter().filter(|value| !value.is_nan()).count();
        Compared { column, bars: theirs.len(), values, identical, failure }
    };
    Some(cases().into_iter().map(compared).collect())
}

#[test]
fn every_column_of_the_exports_has_our_doubles() {
    let Some(all) = compare_exports() else { return };
    let failures: Vec<&str> = all.iter().filter_map(|compared| compared.failure.as_deref()).collect();
    for Compared { column, bars, values, identical, .. } in &all {
        println!("{column}: {identical} of {bars} doubles identical, na included; {values} with a value");
    }
    assert!(failures.is_empty(), "{} columns differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_column_of_the_exports_is_left_out() {
    let Some(folder) = folder() else { return };
    let compared: BTreeSet<(String, String)> =
        cases().iter().map(|case| (case.file.to_owned(), case.column.to_owned())).collect();
    let bars = ["time", "open", "high", "low", "close", "Volume", "hl2"];
    let mut exported = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let head = std::fs::read_to_string(&path).unwrap();
            let file = path.file_name().unwrap().to_str().unwrap();
            let columns = cells(head.lines().next().unwrap()).into_iter().filter(|name| !bars.contains(&name.as_str()));
            exported.extend(columns.map(|name| (file.to_owned(), name)));
        }
    }
    assert_eq!(compared, exported);
}

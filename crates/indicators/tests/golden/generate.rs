//! Prints a price series and what TA-Lib 0.8.3, the official crate `ta-lib`, computes from it.
//!
//! `cargo run --package aio-indicators --example generate-golden > crates/indicators/tests/golden/talib-0.8.3.csv`
#![expect(clippy::print_stdout, reason = "this program prints a file")]

use ta_lib::{Core, MAType, OutRange, RetCode};

const N_BARS: usize = 360;

#[derive(Default)]
struct Series {
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
}

/// A walk in cents with a flat stretch, a jump and a stretch of small moves after large ones.
fn series() -> Series {
    let mut series = Series::default();
    let mut random = 20_261_122_u64;
    let mut below = |n: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((random >> 33) % n).expect("31 bits")
    };
    let mut cents = 11_000_i64;
    for bar in 0..N_BARS {
        let open = cents;
        let (step, reach) = match bar {
            120..150 => (0, 1),
            200 => (-2500, 3),
            250..300 => (below(3) - 1, 2),
            _ => (below(161) - 80, 40),
        };
        cents += step;
        series.high.push((open.max(cents) + below(reach)) as f64 / 100.0);
        series.low.push((open.min(cents) - below(reach)) as f64 / 100.0);
        series.close.push(cents as f64 / 100.0);
    }
    series
}

/// A column as long as the input, NaN where TA-Lib wrote nothing.
fn column(range: &OutRange, values: &[f64]) -> Vec<f64> {
    let mut column = vec![f64::NAN; N_BARS];
    column[range.beg_idx..range.beg_idx + range.count].copy_from_slice(&values[..range.count]);
    column
}

struct Columns(Vec<(String, Vec<f64>)>);

impl Columns {
    fn one(&mut self, name: String, f: impl Fn(&mut [f64]) -> Result<OutRange, RetCode>) {
        let mut values = vec![0.0; N_BARS];
        let range = f(&mut values).unwrap_or_else(|code| panic!("{name}: {code:?}"));
        self.0.push((name, column(&range, &values)));
    }

    fn many<const N: usize>(
        &mut self,
        call: &str,
        names: [&str; N],
        f: impl Fn(&mut [Vec<f64>; N]) -> Result<OutRange, RetCode>,
    ) {
        let mut values = [const { Vec::new() }; N];
        values.fill(vec![0.0; N_BARS]);
        let range = f(&mut values).unwrap_or_else(|code| panic!("{call}: {code:?}"));
        for (name, values) in names.iter().zip(&values) {
            self.0.push((format!("{call}.{name}"), column(&range, values)));
        }
    }
}

fn columns(Series { high, low, close }: &Series) -> Columns {
    let core = Core::new();
    let last = N_BARS - 1;
    let mut columns = Columns(Vec::new());
    for n in [1, 2, 20] {
        columns.one(format!("sma({n}).value"), |out| core.sma(0, last, close, n, out));
        columns.one(format!("ema({n}).value"), |out| core.ema(0, last, close, n, out));
    }
    for n in [2, 14] {
        columns.one(format!("rsi({n}).value"), |out| core.rsi(0, last, close, n, out));
    }
    for (fast, slow, signal) in [(12, 26, 9), (3, 10, 16), (5, 35, 1)] {
        let call = format!("macd({fast};{slow};{signal})");
        columns.many(&call, ["macd", "signal", "histogram"], |[a, b, c]| {
            core.macd(0, last, close, fast, slow, signal, a, b, c)
        });
    }
    for (n, deviations) in [(20, 2.0), (2, 1.5), (5, 0.0)] {
        let call = format!("bollinger({n};{deviations})");
        columns.many(&call, ["upper", "middle", "lower"], |[a, b, c]| {
            core.bbands(0, last, close, n, deviations, deviations, MAType::SMA, a, b, c)
        });
    }
    for (k, smoothing, d) in [(14, 3, 3), (5, 1, 1), (9, 4, 2)] {
        let call = format!("stochastic({k};{smoothing};{d})");
        columns.many(&call, ["k", "d"], |[a, b]| {
            core.stoch(0, last, high, low, close, k, smoothing, MAType::SMA, d, MAType::SMA, a, b)
        });
    }
    for n in [1, 14] {
        columns.one(format!("atr({n}).value"), |out| core.atr(0, last, high, low, close, n, out));
    }
    for n in [2, 14] {
        columns.one(format!("adx({n}).adx"), |out| core.adx(0, last, high, low, close, n, out));
        columns.one(format!("adx({n}).plus_di"), |out| core.plus_di(0, last, high, low, close, n, out));
        columns.one(format!("adx({n}).minus_di"), |out| core.minus_di(0, last, high, low, close, n, out));
    }
    columns
}

fn main() {
    let series = series();
    let mut all = vec![("high".to_owned(), series.high.clone()), ("low".to_owned(), series.low.clone())];
    all.push(("close".to_owned(), series.close.clone()));
    all.extend(columns(&series).0);
    println!(
        "# TA-Lib 0.8.3 (the official crate ta-lib) on a made series; shortest decimals that give back the same bits"
    );
    println!("# cargo run --package aio-indicators --example generate-golden");
    println!("{}", all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(","));
    for bar in 0..N_BARS {
        let field = |value: f64| if value.is_nan() { String::new() } else { format!("{value:?}") };
        println!("{}", all.iter().map(|(_, values)| field(values[bar])).collect::<Vec<_>>().join(","));
    }
}

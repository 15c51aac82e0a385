use std::path::PathBuf;

use indicators::{
    Adx, Atr, Bollinger, Ema, IndicatorKind, IndicatorSpec, InputColumns, InputSlices, Macd, Period, Rsi, Sma,
    Stochastic,
};
use proptest::prelude::*;

/// High, low and close; indicators of one price read the close.
#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    pub(crate) high: Vec<f64>,
    pub(crate) low: Vec<f64>,
    pub(crate) close: Vec<f64>,
}

impl Series {
    pub(crate) fn len(&self) -> usize {
        self.close.len()
    }

    pub(crate) fn slice(&self, range: std::ops::Range<usize>) -> Self {
        Self {
            high: self.high[range.clone()].to_vec(),
            low: self.low[range.clone()].to_vec(),
            close: self.close[range].to_vec(),
        }
    }

    pub(crate) fn scaled(&self, factor: f64) -> Self {
        let scale = |column: &[f64]| column.iter().map(|value| value * factor).collect();
        Self { high: scale(&self.high), low: scale(&self.low), close: scale(&self.close) }
    }

    /// Bars of whole ticks: each step moves the close and says how far the bar reaches beyond its ends.
    fn from_steps(steps: &[(i64, i64, i64)], tick: f64) -> Self {
        let mut series = Self::default();
        let mut ticks = 10_000_i64;
        for &(step, above, below) in steps {
            let open = ticks;
            ticks = (ticks + step).max(1_000);
            series.high.push((open.max(ticks) + above) as f64 * tick);
            series.low.push((open.min(ticks) - below) as f64 * tick);
            series.close.push(ticks as f64 * tick);
        }
        series
    }

    /// A random walk that is the same at every call.
    pub(crate) fn walk(n_bars: usize, seed: u64) -> Self {
        let mut state = seed;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((state >> 33) % n).expect("31 bits")
        };
        let steps: Vec<_> = (0..n_bars).map(|_| (below(41) - 20, below(10), below(10))).collect();
        Self::from_steps(&steps, 0.01)
    }
}

/// Bars with ties, flat stretches and gaps at prices from 10⁻⁴ to 10⁸.
pub(crate) fn series(n_bars: std::ops::Range<usize>) -> impl Strategy<Value = Series> {
    let move_ticks = prop_oneof![4 => -30..=30_i64, 2 => Just(0), 1 => -2000..=2000_i64];
    let reach = || prop_oneof![3 => 0..=15_i64, 2 => Just(0)];
    let tick = prop_oneof![Just(1e-8), Just(1e-5), Just(0.01), Just(0.25), Just(1e4)];
    (prop::collection::vec((move_ticks, reach(), reach()), n_bars), tick)
        .prop_map(|(steps, tick)| Series::from_steps(&steps, tick))
}

/// Any indicator with periods from `shortest` on.
pub(crate) fn spec(shortest: usize) -> impl Strategy<Value = IndicatorSpec> {
    let period = || (shortest..30).prop_map(|n| n as f64);
    let smoothing = || (1..12_usize).prop_map(|n| n as f64);
    let pick = prop::sample::select(IndicatorKind::ALL);
    (pick, period(), period(), smoothing(), smoothing(), 0..8_u8).prop_map(|(kind, a, b, c, d, half_deviations)| {
        let args = match kind {
            IndicatorKind::Macd => vec![a.min(b), a.max(b), c],
            IndicatorKind::Bollinger => vec![a, f64::from(half_deviations) / 2.0],
            IndicatorKind::Stochastic => vec![a, c, d],
            _ => vec![a],
        };
        IndicatorSpec::new(kind, &args).expect("within the catalogue's ranges")
    })
}

/// One of each, with the catalogue's defaults but shorter where `divide` says so.
pub(crate) fn one_of_each(divide: f64) -> Vec<IndicatorSpec> {
    let short = |kind: IndicatorKind| {
        let shorten = |p: &indicators::ParameterInfo| if p.integer { (p.default / divide).ceil() } else { p.default };
        kind.info().parameters.iter().map(shorten).collect::<Vec<_>>()
    };
    IndicatorKind::ALL.iter().map(|&kind| IndicatorSpec::new(kind, &short(kind)).expect("in range")).collect()
}

pub(crate) fn period(n: usize) -> Period {
    Period::new(n).expect("1 to 100,000")
}

/// All output columns of `spec`; they are filled with a number first, to see that all of it is overwritten.
pub(crate) fn compute(spec: &IndicatorSpec, series: &Series) -> Vec<Vec<f64>> {
    let info = spec.kind().info();
    let mut columns = vec![vec![-12_345.0; series.len()]; info.outputs.len()];
    let input = match info.input {
        InputColumns::Price => InputSlices::Price(&series.close),
        InputColumns::HighLowClose => {
            InputSlices::HighLowClose { high: &series.high, low: &series.low, close: &series.close }
        }
    };
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(input, &mut outputs);
    columns
}

pub(crate) fn bits(columns: &[Vec<f64>]) -> Vec<Vec<u64>> {
    columns.iter().map(|column| column.iter().map(|value| value.to_bits()).collect()).collect()
}

/// Any of the eight states.
#[derive(Clone, Debug)]
pub(crate) enum State {
    Sma(Sma),
    Ema(Ema),
    Rsi(Rsi),
    Macd(Macd),
    Bollinger(Bollinger),
    Stochastic(Stochastic),
    Atr(Atr),
    Adx(Adx),
}

impl State {
    pub(crate) fn new(spec: &IndicatorSpec) -> Self {
        match *spec {
            IndicatorSpec::Sma { period } => Self::Sma(Sma::new(period)),
            IndicatorSpec::Ema { period } => Self::Ema(Ema::new(period)),
            IndicatorSpec::Rsi { period } => Self::Rsi(Rsi::new(period)),
            IndicatorSpec::Macd { fast, slow, signal } => Self::Macd(Macd::new(fast, slow, signal)),
            IndicatorSpec::Bollinger { period, deviations } => Self::Bollinger(Bollinger::new(period, deviations)),
            IndicatorSpec::Stochastic { k_period, k_smoothing, d_period } => {
                Self::Stochastic(Stochastic::new(k_period, k_smoothing, d_period))
            }
            IndicatorSpec::Atr { period } => Self::Atr(Atr::new(period)),
            IndicatorSpec::Adx { period } => Self::Adx(Adx::new(period)),
        }
    }

    /// The outputs for the next bar, NaN for none.
    pub(crate) fn next(&mut self, high: f64, low: f64, close: f64) -> Vec<f64> {
        let one = |value: Option<f64>| vec![value.unwrap_or(f64::NAN)];
        match self {
            Self::Sma(state) => one(state.next(close)),
            Self::Ema(state) => one(state.next(close)),
            Self::Rsi(state) => one(state.next(close)),
            Self::Macd(state) => state.next(close).map_or(vec![f64::NAN; 3], |v| vec![v.macd, v.signal, v.histogram]),
            Self::Bollinger(state) => state.next(close).map_or(vec![f64::NAN; 3], |v| vec![v.upper, v.middle, v.lower]),
            Self::Stochastic(state) => state.next(high, low, close).map_or(vec![f64::NAN; 2], |v| vec![v.k, v.d]),
            Self::Atr(state) => one(state.next(high, low, close)),
            Self::Adx(state) => state
                .next(high, low, close)
                .map_or(vec![f64::NAN; 3], |v| vec![v.adx.unwrap_or(f64::NAN), v.plus_di, v.minus_di]),
        }
    }
}

/// A table of numbers with named columns; an empty field or `NaN` is NaN. Lines that begin with `#` are skipped.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) names: Vec<String>,
    pub(crate) columns: Vec<Vec<f64>>,
}

impl Table {
    pub(crate) fn parse(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let names = header(lines.next().expect("a header"));
        let mut columns = vec![Vec::new(); names.len()];
        for line in lines {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), names.len(), "{line}");
            for (column, field) in columns.iter_mut().zip(fields) {
                column.push(if field.is_empty() { f64::NAN } else { field.parse().expect("a number") });
            }
        }
        Self { names, columns }
    }

    pub(crate) fn column(&self, name: &str) -> &[f64] {
        let index = self.names.iter().position(|n| n == name).unwrap_or_else(|| panic!("no column {name}"));
        &self.columns[index]
    }

    pub(crate) fn series(&self) -> Series {
        let column = |name| self.column(name).to_vec();
        Series { high: column("high"), low: column("low"), close: column("close") }
    }
}

/// Column names; quotation marks keep a comma inside of a name.
fn header(line: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => names.push(String::new()),
            _ => names.last_mut().expect("there is always one").push(c),
        }
    }
    names
}

/// A folder of the data that is shared between projects, or a visible skip.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    {
        println!("skipped: shared data folder is not there");
    }
    None
}

pub(crate) fn read(path: &std::path::Path) -> Table {
    Table::parse(&std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

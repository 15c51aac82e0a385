//! Bars for the tests, and any indicator over them.
use indicators::{Column, IndicatorKind, IndicatorSpec, ParameterKind, Profile};

/// Columns of equal length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bars {
    pub(crate) open: Vec<f64>,
    pub(crate) high: Vec<f64>,
    pub(crate) low: Vec<f64>,
    pub(crate) close: Vec<f64>,
    pub(crate) volume: Vec<f64>,
    pub(crate) second: Vec<f64>,
    pub(crate) condition: Vec<f64>,
}

/// A small generator that is the same everywhere: the high bits of a linear congruence.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(u64::try_from(high - low + 1).unwrap())).unwrap()
    }
}

impl Bars {
    pub(crate) fn len(&self) -> usize {
        self.close.len()
    }

    pub(crate) fn column(&self, column: Column) -> &[f64] {
        match column {
            Column::Source | Column::Close => &self.close,
            Column::Second => &self.second,
            Column::Open => &self.open,
            Column::High => &self.high,
            Column::Low => &self.low,
            Column::Volume => &self.volume,
            Column::Condition => &self.condition,
        }
    }

    fn columns_mut(&mut self) -> [&mut Vec<f64>; 7] {
        let Self { open, high, low, close, volume, second, condition } = self;
        [open, high, low, close, volume, second, condition]
    }

    pub(crate) fn slice(&self, range: std::ops::Range<usize>) -> Self {
        let mut part = self.clone();
        for column in part.columns_mut() {
            *column = column[range.clone()].to_vec();
        }
        part
    }

    /// A missing value in every column of one bar.
    pub(crate) fn with_missing(mut self, bar: usize, value: f64) -> Self {
        for column in self.columns_mut() {
            column[bar] = value;
        }
        self
    }

    /// A walk over whole ticks of size `tick`: each bar moves by up to `reach` ticks, opens away from the last close
    /// (a gap) and stands still now and then, so that prices tie.
    pub(crate) fn walk(n_bars: usize, seed: u64, tick: f64, reach: i64) -> Self {
        let mut dice = Dice(seed);
        let mut bars = Self::default();
        let mut price = 100 * reach.max(10);
        for _ in 0..n_bars {
            let open = price + if dice.below(4) == 0 { dice.between(-reach, reach) } else { 0 };
            let close = if dice.below(5) == 0 { open } else { open + dice.between(-reach, reach) };
            let above = if dice.below(3) == 0 { 0 } else { dice.between(0, reach) };
            let below = if dice.below(3) == 0 { 0 } else { dice.between(0, reach) };
            let low = open.min(close) - below;
            price = close + (20 * reach - low).max(0);
            let lift = price - close;
            bars.open.push((open + lift) as f64 * tick);
            bars.high.push((open.max(close) + above + lift) as f64 * tick);
            bars.low.push((low + lift) as f64 * tick);
            bars.close.push((close + lift) as f64 * tick);
            bars.volume.push(if dice.below(12) == 0 { 0.0 } else { dice.between(1, 100_000) as f64 });
            bars.second.push(dice.between(900, 1100) as f64 * tick);
            bars.condition.push(f64::from(dice.below(9) == 0));
        }
        bars
    }

    /// Bars that never move.
    pub(crate) fn flat(n_bars: usize, price: f64) -> Self {
        let column = vec![price; n_bars];
        Self {
            open: column.clone(),
            high: column.clone(),
            low: column.clone(),
            close: column.clone(),
            volume: vec![1000.0; n_bars],
            second: column,
            condition: vec![0.0; n_bars],
        }
    }
}

/// The bars every indicator is tried on, with a name for messages.
pub(crate) fn histories() -> Vec<(String, Bars)> {
    let mut all = vec![
        ("flat".to_owned(), Bars::flat(400, 1.25)),
        ("one tick".to_owned(), Bars::walk(900, 5, 0.01, 1)),
        ("still, then moving".to_owned(), {
            let mut bars = Bars::flat(150, 100.0);
            let mut walk = Bars::walk(500, 77, 0.1, 10);
            for (to, from) in bars.columns_mut().into_iter().zip(walk.columns_mut()) {
                to.append(from);
            }
            bars
        }),
    ];
    for (seed, (tick, reach)) in [(1e-5, 30), (0.01, 200), (1.0, 5), (1e-8, 1000), (1e4, 12)].into_iter().enumerate() {
        all.push((format!("walk of {reach} ticks of {tick}"), Bars::walk(1500, seed as u64 + 11, tick, reach)));
    }
    all
}

/// The indicator with its defaults, and with other parameters: from the smallest allowed to some ten, and around the
/// defaults, the same at every call.
pub(crate) fn specs(kind: IndicatorKind) -> Vec<IndicatorSpec> {
    let parameters = kind.info().parameters;
    let mut dice = Dice(kind.name().bytes().fold(17, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into())));
    let mut all = vec![IndicatorSpec::with_defaults(kind)];
    if parameters.is_empty() {
        return all;
    }
    for round in 0..12 {
        let args: Vec<f64> = parameters
            .iter()
            .map(|parameter| match parameter.kind {
                ParameterKind::Bars => {
                    let top = if round % 2 == 0 { 12.0 } else { (2.0 * parameter.default).max(12.0) };
                    let span = (top.min(parameter.max) - parameter.min).max(0.0) as u64;
                    if round == 0 { parameter.min } else { parameter.min + dice.below(span + 1) as f64 }
                }
                ParameterKind::Choice(names) => dice.below(names.len() as u64) as f64,
                ParameterKind::Number => {
                    let scale = if parameter.default == 0.0 { 1.0 } else { parameter.default };
                    (scale * (0.25 + dice.below(8) as f64 / 4.0)).clamp(parameter.min, parameter.max)
                }
            })
            .collect();
        all.push(IndicatorSpec::new(kind, &args).unwrap());
    }
    all
}

pub(crate) fn inputs<'a>(spec: &IndicatorSpec, bars: &'a Bars) -> Vec<&'a [f64]> {
    spec.kind().info().inputs.iter().map(|&column| bars.column(column)).collect()
}

/// All outputs; they are filled with a number first, to see that all of it is overwritten.
pub(crate) fn compute(spec: &IndicatorSpec, profile: Profile, bars: &Bars) -> Vec<Vec<f64>> {
    let mut columns = vec![vec![-12_345.0; bars.len()]; spec.kind().info().outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(profile, &inputs(spec, bars), &mut outputs).unwrap();
    columns
}

/// Bits, with one NaN for all.
pub(crate) fn bits(columns: &[Vec<f64>]) -> Vec<Vec<u64>> {
    let of = |value: f64| if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() };
    columns.iter().map(|column| column.iter().map(|&value| of(value)).collect()).collect()
}

/// Everything that can be computed.
pub(crate) fn everything() -> impl Iterator<Item = (IndicatorKind, Profile)> {
    IndicatorKind::all().flat_map(|kind| kind.info().profiles().map(move |profile| (kind, profile)))
}

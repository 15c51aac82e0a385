use indicators::{IndicatorKind, Profile};
use strategy::{Price, Session, SizeRule};

use super::{DistanceGrid, Grid, Limits, Measure, Mirror, RiskWords, Sides, Term, Vocabulary};

/// Periods a third to a half apart: nearer ones say the same, and each needs a column of memory.
const PERIODS: &[f64] = &[3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, 56.0, 80.0, 112.0, 160.0, 224.0];
const SHORT: &[f64] = &[2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0];
const FAST: &[f64] = &[3.0, 5.0, 8.0, 12.0];
const SLOW: &[f64] = &[16.0, 20.0, 26.0, 34.0, 50.0, 80.0];
const SMOOTHING: &[f64] = &[3.0, 5.0, 9.0];
const WIDTHS: &[f64] = &[1.0, 1.5, 2.0, 2.5, 3.0];
const ONE: &[f64] = &[1.0];
/// The first of a parameter's names: the simple average.
const FIRST: &[f64] = &[0.0];

const CLOSE: &[Price] = &[Price::Close];
const EDGES: &[Price] = &[Price::Close, Price::High, Price::Low];
const VOLUME: &[Price] = &[Price::Volume];
const BARS: &[Price] = &[];

/// What stands in the table beside what the catalogue says: the indicator, its output, its sources, the values of its
/// parameters, its measure, its levels (from, to, step), and its mirror image.
type Row =
    (&'static str, &'static str, &'static [Price], &'static [&'static [f64]], Measure, Option<(f64, f64, f64)>, Turn);

/// A [`Mirror`] that a table can hold.
#[derive(Clone, Copy)]
enum Turn {
    About(f64),
    Same,
    /// The other output takes its place, turned about 0.
    Band(&'static str),
    /// The other output takes its place as it is.
    Swap(&'static str),
}

const ZERO: Option<(f64, f64, f64)> = Some((0.0, 0.0, 1.0));
const TENS: Option<(f64, f64, f64)> = Some((10.0, 90.0, 5.0));

use Measure::{Own, Price as Level, Signed, Size, Volume};
use Turn::{About, Band, Same, Swap};

#[rustfmt::skip]
const TABLE: &[Row] = &[
    // Averages, bands and stops.
    ("sma", "value", EDGES, &[PERIODS], Level, None, About(0.0)),
    ("ema", "value", EDGES, &[PERIODS], Level, None, About(0.0)),
    ("wma", "value", CLOSE, &[PERIODS], Level, None, About(0.0)),
    ("hma", "value", CLOSE, &[PERIODS], Level, None, About(0.0)),
    ("kama", "value", CLOSE, &[PERIODS], Level, None, About(0.0)),
    ("linearreg", "value", CLOSE, &[PERIODS], Level, None, About(0.0)),
    ("vwma", "value", CLOSE, &[PERIODS], Level, None, About(0.0)),
    ("median", "value", CLOSE, &[SHORT], Level, None, About(0.0)),
    ("bollinger", "upper", CLOSE, &[PERIODS, WIDTHS], Level, None, Band("lower")),
    ("bollinger", "lower", CLOSE, &[PERIODS, WIDTHS], Level, None, Band("upper")),
    ("kc", "upper", BARS, &[PERIODS, &[10.0], WIDTHS], Level, None, Band("lower")),
    ("kc", "lower", BARS, &[PERIODS, &[10.0], WIDTHS], Level, None, Band("upper")),
    ("donchian", "upper", BARS, &[PERIODS], Level, None, Band("lower")),
    ("donchian", "middle", BARS, &[PERIODS], Level, None, About(0.0)),
    ("donchian", "lower", BARS, &[PERIODS], Level, None, Band("upper")),
    ("ichimoku", "tenkan", BARS, &[&[9.0], &[26.0], &[52.0]], Level, None, About(0.0)),
    ("ichimoku", "kijun", BARS, &[&[9.0], &[26.0], &[52.0]], Level, None, About(0.0)),
    // Differences around 0.
    ("macd", "macd", CLOSE, &[FAST, SLOW, SMOOTHING], Signed, ZERO, About(0.0)),
    ("macd", "signal", CLOSE, &[FAST, SLOW, SMOOTHING], Signed, ZERO, About(0.0)),
    ("macd", "histogram", CLOSE, &[FAST, SLOW, SMOOTHING], Signed, ZERO, About(0.0)),
    ("mom", "value", CLOSE, &[PERIODS], Signed, ZERO, About(0.0)),
    ("linearreg_slope", "value", CLOSE, &[PERIODS], Signed, ZERO, About(0.0)),
    ("ao", "value", BARS, &[FAST, SLOW], Signed, ZERO, About(0.0)),
    ("qstick", "value", BARS, &[SHORT], Signed, ZERO, About(0.0)),
    // Sizes of movements.
    ("atr", "value", BARS, &[PERIODS], Size, None, Same),
    ("trange", "value", BARS, &[], Size, None, Same),
    ("stddev", "value", CLOSE, &[PERIODS, ONE], Size, None, Same),
    ("adr", "value", BARS, &[SHORT], Size, None, Same),
    // Scales of their own.
    ("rsi", "value", CLOSE, &[SHORT], Own, TENS, About(50.0)),
    ("stochf", "k", BARS, &[SHORT, SMOOTHING, FIRST], Own, TENS, About(50.0)),
    ("stochf", "d", BARS, &[SHORT, SMOOTHING, FIRST], Own, TENS, About(50.0)),
    ("willr", "value", BARS, &[SHORT], Own, Some((-90.0, -10.0, 5.0)), About(-50.0)),
    ("cci", "value", BARS, &[SHORT], Own, Some((-200.0, 200.0, 25.0)), About(0.0)),
    ("cmo", "value", CLOSE, &[SHORT], Own, Some((-80.0, 80.0, 10.0)), About(0.0)),
    ("mfi", "value", BARS, &[SHORT], Own, TENS, About(50.0)),
    ("imi", "value", BARS, &[SHORT], Own, TENS, About(50.0)),
    ("adx", "adx", BARS, &[SHORT], Own, Some((10.0, 50.0, 5.0)), Same),
    ("adx", "plus_di", BARS, &[SHORT], Own, Some((10.0, 50.0, 5.0)), Swap("minus_di")),
    ("adx", "minus_di", BARS, &[SHORT], Own, Some((10.0, 50.0, 5.0)), Swap("plus_di")),
    ("aroon", "up", BARS, &[PERIODS], Own, TENS, Swap("down")),
    ("aroon", "down", BARS, &[PERIODS], Own, TENS, Swap("up")),
    ("vortex", "plus", BARS, &[SHORT], Own, Some((0.7, 1.3, 0.05)), Swap("minus")),
    ("vortex", "minus", BARS, &[SHORT], Own, Some((0.7, 1.3, 0.05)), Swap("plus")),
    ("bop", "value", BARS, &[], Own, Some((-0.8, 0.8, 0.1)), About(0.0)),
    ("roc", "value", CLOSE, &[PERIODS], Own, ZERO, About(0.0)),
    ("percentb", "value", CLOSE, &[PERIODS, &[2.0], &[2.0], FIRST], Own, Some((-0.2, 1.2, 0.1)), About(0.5)),
    ("percentrank", "value", CLOSE, &[PERIODS], Own, TENS, About(50.0)),
    ("er", "value", CLOSE, &[SHORT], Own, Some((0.1, 0.8, 0.05)), Same),
    ("chop", "value", BARS, &[SHORT], Own, Some((25.0, 75.0, 5.0)), Same),
    ("natr", "value", BARS, &[PERIODS], Own, None, Same),
    ("cdlengulfing", "value", BARS, &[], Own, ZERO, About(0.0)),
    ("cdlharami", "value", BARS, &[], Own, ZERO, About(0.0)),
    ("cdlbelthold", "value", BARS, &[], Own, ZERO, About(0.0)),
    ("cdlclosingmarubozu", "value", BARS, &[], Own, ZERO, About(0.0)),
    // Volume.
    ("sma", "value", VOLUME, &[PERIODS], Volume, None, Same),
    ("cmf", "value", BARS, &[SHORT], Own, Some((-0.3, 0.3, 0.05)), About(0.0)),
    ("efi", "value", BARS, &[SHORT], Own, ZERO, About(0.0)),
];

impl Vocabulary {
    /// A vocabulary for bars of any length: averages, bands, channels, momentum, oscillators, trend strength, volatility,
    /// volume and candles, stops and targets of 0.5 to 8 average true ranges, entries limited to the sessions of Asia,
    /// London or New York.
    ///
    /// - `sizes`: how large positions are; [`SizeRule::RiskFraction`] gives each strategy a stop.
    ///
    /// ```
    /// use strategy::SizeRule;
    /// use strategy_evolution::{Grammar, Sides, Vocabulary};
    ///
    /// let words = Vocabulary::standard(Sides::Mirrored, [SizeRule::Units(10_000.0)]);
    /// let grammar = Grammar::new(words)?;
    /// let strategy = grammar.random(1);
    /// assert!(strategy.validate().is_ok() && grammar.check(&strategy).is_ok());
    /// # Ok::<(), strategy_evolution::Error>(())
    /// ```
    ///
    /// # Panics
    /// Never: the catalogue lists what the vocabulary names.
    pub fn standard(sides: Sides, sizes: impl Into<Vec<SizeRule>>) -> Self {
        let distance = |min: f64, max: f64| DistanceGrid::Atr {
            period: Grid::list([7.0, 14.0, 28.0]),
            multiple: Grid::steps(min, max, 0.5),
        };
        let hours = |from: u16, to: u16| Session { from_minute: from * 60, to_minute: to * 60 };
        Self {
            sides,
            prices: vec![Price::Open, Price::High, Price::Low, Price::Close, Price::Hl2, Price::Volume],
            terms: TABLE.iter().map(term).collect(),
            lags: vec![1, 2, 3, 5, 8, 13, 21],
            factors: Some(Grid::steps(0.25, 3.0, 0.25)),
            sessions: vec![hours(0, 7), hours(7, 12), hours(12, 17), hours(7, 17), hours(17, 0)],
            risk: RiskWords { stops: vec![distance(0.5, 6.0)], targets: vec![distance(0.5, 8.0)], always_stop: true },
            sizes: sizes.into(),
            limits: Limits::default(),
            profile: Profile::Talib,
        }
    }
}

fn term(&(name, output, sources, args, measure, levels, turn): &Row) -> Term {
    let kind = IndicatorKind::named(name).expect("the catalogue lists what the vocabulary names");
    let mirror = match turn {
        About(value) => Mirror::about(value),
        Same => Mirror::SAME,
        Band(other) => Mirror { about: Some(0.0), output: Some(other.to_owned()) },
        Swap(other) => Mirror { about: None, output: Some(other.to_owned()) },
    };
    Term {
        kind,
        output: output.to_owned(),
        measure,
        sources: sources.to_vec(),
        args: args.iter().map(|&values| Grid::list(values)).collect(),
        levels: levels.map(|(min, max, step)| Grid::steps(min, max, step)),
        mirror: Some(mirror),
    }
}

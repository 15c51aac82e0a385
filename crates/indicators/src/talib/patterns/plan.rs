//! What has to be computed for a choice of patterns: each number, each comparison once.
use super::merge::Passes;
use super::pattern::Pattern;
use super::setting::{CandleSettings, Setting};
use super::signal::{Bars, Signal};
use super::view::{Depth, Key, Measure, Term, View};

/// How many comparisons there can be, and in one pattern.
pub(super) const MOST_FACTS: usize = 256;
pub(super) const MOST_FACTS_OF_A_PATTERN: usize = 48;

/// How many rows are those of measures: the first ones.
pub(super) const MEASURES: usize = Measure::ALL.len();

/// How far back a comparison or a number reaches, at most.
pub(super) const REACH: usize = 4;

/// Everything that has to be computed, each thing behind those it is computed from.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Which of [`Measure::ALL`] are needed.
    pub(super) needed: [bool; MEASURES],
    pub(super) windows: Vec<Window>,
    pub(super) chains: Vec<Chain>,
    /// The rows behind those of the measures.
    pub(super) rows: Vec<Row>,
    /// For each row, those of the measures first, how many of its last values are remembered.
    pub(super) reach: Vec<usize>,
    pub(super) facts: Vec<Fact>,
    pub(super) rules: Vec<Rule>,
    pub(super) passes: Passes,
    /// From this bar on all chains are in their steady state, and all patterns have values.
    pub(super) settled: usize,
}

/// Lengths of candles that are summed over a number of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) range: Measure,
    pub(super) period: usize,
}

/// A running total of a window.
///
/// TA-Lib keeps totals for each pattern and each of its candles, and rounding makes two of them differ in their last
/// bits if they began at different candles. Those that began at the same candle are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chain {
    pub(super) window: usize,
    /// The first candle it counts.
    pub(super) origin: usize,
}

/// A number for each candle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Row {
    /// The limit of a setting: `factor` · mean · `part`.
    Limit { chain: usize, period: f64, factor: f64, part: f64 },
    /// The limit of a setting without an average.
    OwnLimit { range: Measure, factor: f64, part: f64 },
    /// A measure and the limit in a row.
    Plus(Measure, usize),
    /// A measure less the limit in a row.
    Minus(Measure, usize),
    /// The close and a part of the body, in one fused operation.
    ClosePlus(f64),
    /// The close less a part of the body.
    CloseMinus(f64),
    /// The close before, less the body, less the limit in a row of the candle before.
    Shoulder(usize),
}

/// A value of a row, so many candles ago.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) lag: usize,
}

/// Whether one value is greater than another; the newer one of them is not lagged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fact {
    pub(super) greater: Place,
    pub(super) less: Place,
}

/// A pattern, and where its comparisons are found.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) pattern: Pattern,
    pub(super) lookback: usize,
    /// The facts that its definition asks for, in that order.
    pub(super) facts: Asked,
    /// The same of those that are left once totals have become equal.
    pub(super) merged: Asked,
}

/// Indices of facts, as many as a pattern asks for.
pub(super) type Asked = [u8; MOST_FACTS_OF_A_PATTERN];

/// The longest average among the settings that a pattern uses.
pub(super) fn longest_average(pattern: Pattern, settings: &CandleSettings) -> usize {
    let mut survey = Survey { settings, longest: 0 };
    let _: Signal = pattern.define(&mut survey);
    survey.longest
}

struct Survey<'a> {
    settings: &'a CandleSettings,
    longest: usize,
}

impl View for Survey<'_> {
    fn above(&mut self, a: Term, b: Term) -> Bars {
        for term in [a, b] {
            if let Some((setting, _)) = limit_of(term) {
                self.longest = self.longest.max(period(self.settings, setting));
            }
        }
        0
    }
}

/// The setting that a term depends on, and at the candle of which age.
fn limit_of(term: Term) -> Option<(Setting, usize)> {
    match term.key {
        Key::Limit(setting) | Key::Plus(_, setting) | Key::Minus(_, setting) => Some((setting, term.age)),
        Key::Shoulder => Some((Setting::Near, term.age + 1)),
        Key::Measure(_) | Key::ClosePlus(_) | Key::CloseMinus(_) => None,
    }
}

fn period(settings: &CandleSettings, setting: Setting) -> usize {
    settings.get(setting).period as usize
}

impl Plan {
    /// For `patterns`, each with its penetration.
    pub(super) fn new(patterns: &[(Pattern, f64)], settings: &CandleSettings) -> Self {
        let mut plan = Self {
            needed: [false; MEASURES],
            windows: Vec::new(),
            chains: Vec::new(),
            rows: Vec::new(),
            reach: vec![0; MEASURES],
            facts: Vec::new(),
            rules: Vec::new(),
            passes: Passes::default(),
            settled: 0,
        };
        for measure in [Measure::Open, Measure::High, Measure::Low, Measure::Close] {
            plan.measure(measure);
        }
        for &(pattern, penetration) in patterns {
            let start = pattern.span().start(longest_average(pattern, settings));
            let mut recorder = Recorder { plan: &mut plan, settings, penetration, start, facts: [0; _], asked: 0 };
            let _: Signal = pattern.define(&mut recorder);
            let facts = recorder.facts;
            let lookback = start + pattern.span().confirmation;
            plan.settled = plan.settled.max(lookback);
            plan.rules.push(Rule { pattern, lookback, facts, merged: facts });
        }
        plan.passes = Passes::of(&mut plan);
        plan
    }

    /// The row of a measure, which is marked as needed with all it depends on.
    fn measure(&mut self, measure: Measure) -> usize {
        let row = measure as usize;
        if !self.needed[row] {
            self.needed[row] = true;
            match measure {
                Measure::Upper => _ = self.measure(Measure::Top),
                Measure::Lower => _ = self.measure(Measure::Bottom),
                Measure::Shadows => {
                    self.measure(Measure::Upper);
                    self.measure(Measure::Lower);
                }
                Measure::BodyChange => {
                    let row = self.measure(Measure::Body);
                    self.remember(Place { row, lag: 1 });
                }
                // These are computed from the prices, which are always there.
                _ => {}
            }
        }
        row
    }

    /// The index of `row`, which is added if it is new.
    fn row(&mut self, row: Row) -> usize {
        let index = MEASURES + index_or_push(&mut self.rows, row);
        self.reach.resize(MEASURES + self.rows.len(), 0);
        index
    }

    fn remember(&mut self, Place { row, lag }: Place) {
        assert!(lag <= REACH, "patterns compare candles at most {REACH} bars apart");
        self.reach[row] = self.reach[row].max(lag);
    }
}

/// The index of a fact in a byte.
pub(super) fn index(fact: usize) -> u8 {
    u8::try_from(fact).expect("all patterns together ask for fewer than 256 comparisons")
}

fn index_or_push<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or_else(|| {
        all.push(one);
        all.len() - 1
    })
}

/// Notes what one pattern asks for.
struct Recorder<'a> {
    plan: &'a mut Plan,
    settings: &'a CandleSettings,
    penetration: f64,
    /// The first bar on which the pattern is looked for: TA-Lib's totals begin a period before its candles.
    start: usize,
    facts: Asked,
    asked: usize,
}

impl Recorder<'_> {
    /// The row of a setting's limit for the candle that is `age` bars old at the pattern.
    fn limit(&mut self, setting: Setting, age: usize) -> usize {
        let setting = self.settings.get(setting);
        let (range, part, period) = (setting.range.measure(), setting.range.part(), setting.period as usize);
        self.plan.measure(range);
        if period == 0 {
            return self.plan.row(Row::OwnLimit { range, factor: setting.factor, part });
        }
        let window = index_or_push(&mut self.plan.windows, Window { range, period });
        let chain = index_or_push(&mut self.plan.chains, Chain { window, origin: self.start - age - period });
        self.plan.row(Row::Limit { chain, period: f64::from(setting.period), factor: setting.factor, part })
    }

    fn place(&mut self, Term { key, age }: Term) -> usize {
        match key {
            Key::Measure(measure) => self.plan.measure(measure),
            Key::Limit(setting) => self.limit(setting, age),
            Key::Plus(measure, setting) => {
                self.plan.measure(measure);
                let limit = self.limit(setting, age);
                self.plan.row(Row::Plus(measure, limit))
            }
            Key::Minus(measure, setting) => {
                self.plan.measure(measure);
                let limit = self.limit(setting, age);
                self.plan.row(Row::Minus(measure, limit))
            }
            Key::ClosePlus(depth) => {
                self.plan.measure(Measure::Body);
                self.plan.row(Row::ClosePlus(self.part(depth)))
            }
            Key::CloseMinus(depth) => {
                self.plan.measure(Measure::Body);
                self.plan.row(Row::CloseMinus(self.part(depth)))
            }
            Key::Shoulder => {
                self.plan.measure(Measure::Body);
                let limit = self.limit(Setting::Near, age + 1);
                self.plan.remember(Place { row: Measure::Close as usize, lag: 1 });
                self.plan.remember(Place { row: limit, lag: 1 });
                self.plan.row(Row::Shoulder(limit))
            }
        }
    }

    fn part(&self, depth: Depth) -> f64 {
        match depth {
            Depth::Half => 0.5,
            Depth::Penetration => self.penetration,
        }
    }
}

impl View for Recorder<'_> {
    fn above(&mut self, a: Term, b: Term) -> Bars {
        let newest = a.age.min(b.age);
        let greater = Place { row: self.place(a), lag: a.age - newest };
        let less = Place { row: self.place(b), lag: b.age - newest };
        self.plan.remember(greater);
        self.plan.remember(less);
        let fact = index_or_push(&mut self.plan.facts, Fact { greater, less });
        self.facts[self.asked] = index(fact);
        self.asked += 1;
        0
    }
}

#[cfg(test)]
mod tests {
    use super::super::setting::CandleSetting;
    use super::*;

    /// With all settings and penetrations different no comparison serves two of them.
    #[test]
    fn all_patterns_ask_for_fewer_comparisons_than_a_byte_counts() {
        let mut period = 20;
        let mut other = |setting: CandleSetting| {
            period += 1;
            CandleSetting { period, ..setting }
        };
        let default = CandleSettings::default();
        let settings = CandleSettings {
            body_long: other(default.body_long),
            body_short: other(default.body_short),
            body_doji: other(default.body_doji),
            shadow_long: other(default.shadow_long),
            shadow_very_long: other(default.shadow_very_long),
            shadow_short: other(default.shadow_short),
            shadow_very_short: other(default.shadow_very_short),
            near: other(default.near),
            far: other(default.far),
            equal: other(default.equal),
        };
        let patterns: Vec<_> = (1..).zip(Pattern::ALL).map(|(index, pattern)| (pattern, f64::from(index))).collect();
        let plan = Plan::new(&patterns, &settings);
        assert!(plan.facts.len() <= MOST_FACTS, "{} facts", plan.facts.len());
        assert!(plan.reach.len() < 1024, "{} rows", plan.reach.len());
    }
}

use indicators::{Column, ParameterInfo, ParameterKind};
use strategy::{IndicatorCall, Price, SizeRule};

use super::{Class, Grammar, Word};
use crate::Error;
use crate::random::Stream;
use crate::vocabulary::{DistanceGrid, Grid, Sides, Term, Vocabulary};

/// Longest lag of a strategy.
const MAX_LAG: u16 = 5_000;
/// Draws after which a vocabulary that has given no strategy is refused.
const DRAWS: usize = 2_000;

impl Grammar {
    /// Checks a vocabulary.
    ///
    /// # Errors
    /// [`Error::Vocabulary`] with the first entry that cannot be used: an output that the indicator lacks, a value outside
    /// of a parameter's range, a measure that is not the output's, an indicator that the profile lacks, a mirror image that
    /// is missing where it is needed, limits that leave no room, or words that no strategy can be made of.
    pub fn new(words: Vocabulary) -> Result<Self, Error> {
        check(&words)?;
        let mut by_name: Vec<(&'static str, usize)> =
            words.terms.iter().enumerate().map(|(index, term)| (term.kind.name(), index)).collect();
        by_name.sort_unstable();
        let family =
            |term: &Term| words.terms.iter().position(|first| first.kind == term.kind && first.measure == term.measure);
        let classes: Vec<Class> = words
            .terms
            .iter()
            .map(|term| Self::class_of_measure(term.measure, family(term).unwrap_or_default()))
            .collect();
        let zero = Grid::list([0.0]);
        let (subjects, of_class) = (Vec::new(), Vec::new());
        let mut grammar = Self { words, by_name, classes, subjects, of_class, zero, fallback: None };
        grammar.sort_words();
        if grammar.subjects.is_empty() {
            return Err(vocabulary("words as a whole", "give no strategy: nothing can be compared"));
        }
        let mut random = Stream::new(0, 0);
        let found = (0..DRAWS).find_map(|_| grammar.finish(grammar.ramped(&mut random)).ok());
        let nothing = || vocabulary("words as a whole", format!("give no strategy in {DRAWS} draws"));
        grammar.fallback = Some(found.ok_or_else(nothing)?.strategy);
        Ok(grammar)
    }

    /// Sorts the leaves by class and finds those that can be compared with something.
    fn sort_words(&mut self) {
        let prices = self.words.prices.iter().map(|&price| {
            let class = if price == Price::Volume { Class::Volume } else { Class::Price };
            (class, Word::Price(price))
        });
        let terms = self.classes.iter().enumerate().map(|(index, &class)| (class, Word::Term(index)));
        let mut of_class: Vec<(Class, Vec<Word>)> = Vec::new();
        for (class, word) in prices.chain(terms) {
            match of_class.iter_mut().find(|(known, _)| *known == class) {
                Some((_, words)) => words.push(word),
                None => of_class.push((class, vec![word])),
            }
        }
        let can_compare = |(class, words): &(Class, Vec<Word>)| {
            let sizes = of_class.iter().any(|(known, _)| *known == Class::Size);
            let variants: usize = words.iter().map(|&word| self.variants(word)).sum();
            let levels =
                words.iter().any(|&word| matches!(word, Word::Term(index) if self.words.terms[index].levels.is_some()));
            variants > 1 || levels || !self.words.lags.is_empty() || (*class == Class::Signed && sizes)
        };
        let subjects =
            of_class.iter().filter(|class| can_compare(class)).flat_map(|(_, words)| words.clone()).collect();
        self.subjects = subjects;
        self.of_class = of_class;
    }

    /// How many different numbers a word stands for.
    fn variants(&self, word: Word) -> usize {
        match word {
            Word::Price(_) => 1,
            Word::Term(index) => {
                let term = &self.words.terms[index];
                let sources = term.sources.len().max(1);
                term.args.iter().map(Grid::len).fold(sources, usize::saturating_mul)
            }
        }
    }
}

fn vocabulary(place: impl Into<String>, problem: impl Into<String>) -> Error {
    Error::Vocabulary { place: place.into(), problem: problem.into() }
}

fn check(words: &Vocabulary) -> Result<(), Error> {
    let limits = words.limits;
    let size = |name, value: usize, fits: bool, expected| {
        if fits { Ok(()) } else { Err(Error::Setting { name, value: value as f64, expected }) }
    };
    size("max_nodes", limits.max_nodes, limits.max_nodes >= 8, "at least 8")?;
    size("max_depth", limits.max_depth, (2..=32).contains(&limits.max_depth), "from 2 to 32")?;
    let initial = limits.initial_depth;
    size("initial_depth", initial, initial >= 1 && initial < limits.max_depth, "at least 1 and below max_depth")?;
    for (index, term) in words.terms.iter().enumerate() {
        check_term(words, index, term)?;
    }
    if words.subjects_missing() {
        return Err(vocabulary("prices and terms", "are both empty"));
    }
    if let Some(lag) = words.lags.iter().find(|lag| !(1..=MAX_LAG).contains(*lag)) {
        return Err(vocabulary(format!("lag {lag}"), "is not from 1 to 5000 bars"));
    }
    if let Some(factors) = &words.factors {
        check_grid("factors", factors, 1e-6, 1e6, false)?;
    }
    if let Some(session) =
        words.sessions.iter().find(|s| s.from_minute == s.to_minute || s.from_minute.max(s.to_minute) > 1439)
    {
        let place = format!("session {} to {}", session.from_minute, session.to_minute);
        return Err(vocabulary(place, "is empty or leaves the day's minutes 0 to 1439"));
    }
    check_risk(words)
}

fn check_risk(words: &Vocabulary) -> Result<(), Error> {
    for (index, distance) in words.risk.stops.iter().chain(&words.risk.targets).enumerate() {
        let place = format!("stop or target {index}");
        match distance {
            DistanceGrid::Ticks(ticks) => check_grid(&place, ticks, 1.0, 1e9, false)?,
            DistanceGrid::Percent(percent) => check_grid(&place, percent, 1e-6, 100.0, false)?,
            DistanceGrid::Atr { period, multiple } => {
                let atr = IndicatorCall::average_true_range(strategy::Arg::Const(1.0)).kind.info();
                check_parameter(&place, period, &atr.parameters[0])?;
                check_grid(&place, multiple, 1e-6, 1e6, false)?;
            }
        }
    }
    let by_risk = words.sizes.iter().any(|size| matches!(size, SizeRule::RiskFraction(_)));
    if words.risk.stops.is_empty() && (words.risk.always_stop || by_risk) {
        return Err(vocabulary("stops", "are empty, but a strategy needs one"));
    }
    let fits = |size: &SizeRule| match *size {
        SizeRule::Units(units) => units > 0.0 && units <= 1e15,
        SizeRule::EquityFraction(fraction) => fraction > 0.0 && fraction <= 1e3,
        SizeRule::RiskFraction(fraction) => fraction > 0.0 && fraction <= 1.0,
        SizeRule::VolatilityTarget { .. } | SizeRule::Kelly { .. } => false,
    };
    match words.sizes.iter().find(|size| !fits(size)) {
        Some(size) => {
            Err(vocabulary(format!("size {size:?}"), "is outside its range, or of a kind that evolution does not draw"))
        }
        None if words.sizes.is_empty() => Err(vocabulary("sizes", "are empty")),
        None => Ok(()),
    }
}

fn check_term(words: &Vocabulary, index: usize, term: &Term) -> Result<(), Error> {
    let info = term.kind.info();
    let place = format!("term {index} ({} {})", info.name, term.output);
    let wrong = |problem: &str| Err(vocabulary(&place, problem));
    let Some(output) = term.output_info() else { return wrong("names an output that the indicator lacks") };
    if info.inputs.iter().any(|column| matches!(column, Column::Second | Column::Condition)) {
        return wrong("reads a column that a strategy cannot give it");
    }
    if info.inputs.contains(&Column::Source) == term.sources.is_empty() {
        return wrong("needs source prices if the indicator has a source, and none otherwise");
    }
    if !term.measure_fits(output.unit) {
        return wrong("has a measure that is not its output's");
    }
    if !info.profiles().any(|profile| profile == words.profile) {
        return wrong("is not defined in the profile");
    }
    if term.args.len() != info.parameters.len() {
        return wrong("has not as many grids as the indicator has parameters");
    }
    for (grid, parameter) in term.args.iter().zip(info.parameters) {
        check_parameter(&format!("{place}, {}", parameter.name), grid, parameter)?;
    }
    if let Some(levels) = &term.levels {
        check_grid(&format!("{place}, levels"), levels, f64::MIN, f64::MAX, false)?;
    }
    let same = |other: &&Term| {
        other.kind == term.kind
            && other.output == term.output
            && (other.sources == term.sources || other.sources.iter().any(|source| term.sources.contains(source)))
    };
    if words.terms[..index].iter().any(|other| same(&other)) {
        return wrong("says the same as an earlier one");
    }
    check_mirror(words, term, &place)
}

fn check_mirror(words: &Vocabulary, term: &Term, place: &str) -> Result<(), Error> {
    let Some(mirror) = &term.mirror else {
        let needed = words.sides == Sides::Mirrored;
        return if needed { Err(vocabulary(place, "has no mirror image, which this search needs")) } else { Ok(()) };
    };
    if mirror.about.is_some_and(|about| !about.is_finite()) {
        return Err(vocabulary(place, "is turned about no number"));
    }
    let image = mirror.output.as_ref().unwrap_or(&term.output);
    let fits = |other: &&Term| {
        other.kind == term.kind && other.output == *image && other.measure == term.measure && other.args == term.args
    };
    let partner = words.terms.iter().find(fits);
    let back = partner.and_then(|partner| partner.mirror.as_ref());
    if back.is_none_or(|back| back.about != mirror.about || back.output.as_ref().unwrap_or(image) != &term.output) {
        return Err(vocabulary(place, "has a mirror image that is not there or whose own is another one"));
    }
    Ok(())
}

fn check_parameter(place: &str, grid: &Grid, parameter: &ParameterInfo) -> Result<(), Error> {
    check_grid(place, grid, parameter.min, parameter.max, parameter.kind != ParameterKind::Number)
}

fn check_grid(place: &str, grid: &Grid, min: f64, max: f64, whole: bool) -> Result<(), Error> {
    if let Some(problem) = grid.problem() {
        return Err(vocabulary(place, problem));
    }
    let values = || (0..grid.len()).map(|index| grid.value(index));
    match values().find(|value| !(min..=max).contains(value) || (whole && value.fract() != 0.0)) {
        None => Ok(()),
        Some(value) if whole => {
            Err(vocabulary(place, format!("has {value}, which is no whole number from {min} to {max}")))
        }
        Some(value) => Err(vocabulary(place, format!("has {value}, which is outside {min} to {max}"))),
    }
}

impl Vocabulary {
    fn subjects_missing(&self) -> bool {
        self.prices.is_empty() && self.terms.is_empty()
    }
}

//! The vocabulary made ready for use: what may stand where.

mod build;
mod check;
mod class;
mod finish;
mod generate;
mod lift;
mod mirror;
mod numbers;

use strategy::{IndicatorCall, Num, Price, Strategy};

pub(crate) use self::class::Class;
pub(crate) use self::finish::Finished;
pub(crate) use self::generate::Shape;
pub use self::lift::Span;
pub(crate) use self::numbers::{Number, Role};
use crate::random::Stream;
use crate::tree::{Fingerprint, fingerprint, simplify};
use crate::vocabulary::{Grid, Measure, Term, Vocabulary};
use crate::{Error, Refusal};

/// A checked vocabulary with everything that is made from it: random strategies, their variation, and the judgement
/// whether a strategy is made of it.
///
/// Strategies of a grammar are in their simplest form, have no inputs, and compare only what measures the same.
///
/// ```
/// use strategy::SizeRule;
/// use strategy_evolution::{Grammar, Sides, Vocabulary};
///
/// let grammar = Grammar::new(Vocabulary::standard(Sides::Long, [SizeRule::EquityFraction(1.0)]))?;
/// let (mother, father) = (grammar.random(1), grammar.random(2));
/// let child = grammar.crossover(&mother, &father, 3).ok_or("nothing fits")?;
/// assert!(grammar.check(&child).is_ok());
/// assert_eq!(grammar.random(1), mother);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Grammar {
    words: Vocabulary,
    /// Positions of the terms by the indicator's name, ascending.
    by_name: Vec<(&'static str, usize)>,
    /// What each term is compared with.
    classes: Vec<Class>,
    /// What a comparison can begin with.
    subjects: Vec<Word>,
    /// Prices and terms by class.
    of_class: Vec<(Class, Vec<Word>)>,
    /// The level that differences of prices are compared with.
    zero: Grid,
    /// Handed out where chance finds nothing else.
    fallback: Option<Strategy>,
}

/// A leaf of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// A price of the bar.
    Price(Price),
    /// A term, by its position.
    Term(usize),
}

impl Grammar {
    /// The vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.words
    }

    /// A random strategy: trees of every depth up to the initial one, half of them full (ramped half-and-half). Equal
    /// seeds give equal strategies.
    ///
    /// Source: J. R. Koza, *Genetic Programming* (1992); D. J. Montana, *Strongly Typed Genetic Programming*, Evolutionary
    /// Computation 3 (1995).
    pub fn random(&self, seed: u64) -> Strategy {
        self.draw(&mut Stream::new(seed, 0)).strategy
    }

    /// The strategy in its simplest form: nested and repeated conditions joined, constants folded, operands in a fixed
    /// order. It trades the same, bar for bit. Its name stays.
    pub fn canonical(strategy: Strategy) -> Strategy {
        simplify(strategy)
    }

    /// What a strategy is known by, whatever its name and however it is written; with inputs, what it is at their
    /// defaults.
    pub fn fingerprint(strategy: &Strategy) -> Fingerprint {
        fingerprint(&simplify(check::bind(strategy.clone())))
    }

    /// Nodes of a strategy: conditions, numbers, stops and targets.
    pub fn nodes(strategy: &Strategy) -> usize {
        crate::tree::extent(strategy).nodes
    }

    pub(crate) fn draw(&self, random: &mut Stream) -> Finished {
        const ATTEMPTS: usize = 1_000;
        let found = (0..ATTEMPTS).find_map(|_| self.finish(self.ramped(random)).ok());
        found.unwrap_or_else(|| {
            let strategy = self.fallback.clone().expect("a grammar was tried when it was made");
            Finished::of(strategy)
        })
    }

    pub(crate) fn term_of(&self, call: &IndicatorCall) -> Option<usize> {
        let name = call.kind.name();
        let start = self.by_name.partition_point(|&(known, _)| known < name);
        let same = self.by_name[start..].iter().take_while(|&&(known, _)| known == name);
        let fits = |term: &Term| {
            term.output == call.output
                && call.source.map_or(term.sources.is_empty(), |price| term.sources.contains(&price))
        };
        same.map(|&(_, index)| index).find(|&index| fits(&self.words.terms[index]))
    }

    /// The constants that `num` may be compared with.
    pub(crate) fn levels(&self, num: &Num) -> Option<&Grid> {
        match num {
            Num::Indicator(call) => self.words.terms[self.term_of(call)?].levels.as_ref(),
            Num::Lag(inner, _) => self.levels(inner),
            Num::Longer(longer) => self.levels(&longer.num),
            Num::Binary(..) => (self.class(num)? == Class::Signed).then_some(&self.zero),
            Num::Const(_) | Num::Input(_) | Num::Price(_) => None,
        }
    }

    pub(crate) fn words_of(&self, class: Class) -> &[Word] {
        self.of_class.iter().find(|(known, _)| *known == class).map_or(&[], |(_, words)| words)
    }

    /// Refused, with the strategy's name.
    pub(crate) fn refused(strategy: &Strategy, reason: Refusal) -> Error {
        Error::Refused { name: strategy.name.clone(), reason }
    }
}

use strategy::{Arg, CmpOp, Cond, CrossKind, IndicatorCall, Num, NumOp, Price, Risk, Rule, SizeRule, Sizing, Strategy};

use super::{Class, Grammar, Word};
use crate::random::Stream;
use crate::vocabulary::Sides;

/// How often a growing tree ends before its depth: five functions stand against one kind of leaf of the same weight.
const LEAF: f64 = 0.5;
/// How often a number is read some bars back.
const LAGGED: f64 = 0.15;
/// How often a price is compared with another one and a distance.
const OFFSET: f64 = 0.15;
/// How often a price becomes the difference of two.
const DIFFERENCE: f64 = 0.1;
/// How often a number with levels is compared with one of them.
const LEVEL: f64 = 0.7;
/// How often a leaf is a session, where there are any.
const SESSION: f64 = 0.08;
/// How often a comparison is a crossing.
const CROSSING: f64 = 0.4;
/// How often a side has an exit condition, a strategy a stop and a target.
const EXIT: f64 = 0.5;
const STOP: f64 = 0.6;
const TARGET: f64 = 0.5;
/// Draws of a partner that differs from its subject.
const PARTNERS: usize = 8;

/// How deep a tree grows, and whether every branch reaches that depth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) depth: usize,
    pub(crate) full: bool,
}

impl Grammar {
    /// A strategy as it is drawn, not yet simplified or checked.
    pub(crate) fn ramped(&self, random: &mut Stream) -> Strategy {
        let shape = Shape { full: random.chance(0.5), depth: 1 + random.below(self.words.limits.initial_depth) };
        let (long, short) = match self.words.sides {
            Sides::Long | Sides::Mirrored => (true, false),
            Sides::Short => (false, true),
            Sides::Both => *random.pick(&[(true, false), (false, true), (true, true), (true, true)]),
        };
        let mut rule = |wanted: bool| wanted.then(|| self.rule(shape, random));
        let (long, short) = (rule(long), rule(short));
        let size = random.pick(&self.words.sizes).clone();
        Strategy {
            name: String::from("evolved"),
            inputs: Vec::new(),
            constraints: Vec::new(),
            long,
            short,
            risk: self.risk(&size, random),
            sizing: Sizing { rule: size, confidence: None },
        }
    }

    fn rule(&self, shape: Shape, random: &mut Stream) -> Rule {
        let entry = self.tree(shape, random);
        let exit = random.chance(EXIT).then(|| self.exit(random));
        Rule { entry, exit }
    }

    /// A condition that closes: a small one, because it is read while a position is open only.
    pub(crate) fn exit(&self, random: &mut Stream) -> Cond {
        let depth = 1 + random.below(self.words.limits.initial_depth.min(2));
        self.tree(Shape { depth, full: false }, random)
    }

    /// Whether a strategy of that size must have a stop.
    pub(crate) fn needs_stop(&self, size: &SizeRule) -> bool {
        self.words.risk.always_stop || matches!(size, SizeRule::RiskFraction(_))
    }

    pub(crate) fn risk(&self, size: &SizeRule, random: &mut Stream) -> Risk {
        let words = &self.words.risk;
        let stop = self.needs_stop(size) || (!words.stops.is_empty() && random.chance(STOP));
        let target = !words.targets.is_empty() && random.chance(TARGET);
        let mut risk = Risk::default();
        if stop {
            risk.stop_loss = Some(random.pick(&words.stops).draw(random));
        }
        if target {
            risk.take_profit = Some(random.pick(&words.targets).draw(random));
        }
        risk
    }

    /// A condition by the method "full" or "grow".
    pub(crate) fn tree(&self, shape: Shape, random: &mut Stream) -> Cond {
        if shape.depth <= 1 || (!shape.full && random.chance(LEAF)) {
            return self.leaf(random);
        }
        let deeper = Shape { depth: shape.depth - 1, ..shape };
        let function = random.below(5);
        let mut parts = |n: usize| (0..n).map(|_| self.tree(deeper, random)).collect();
        match function {
            0 => Cond::All(parts(2)),
            1 => Cond::All(parts(3)),
            2 => Cond::Any(parts(2)),
            3 => Cond::Any(parts(3)),
            _ => Cond::Not(Box::new(self.tree(deeper, random))),
        }
    }

    /// A condition without parts.
    pub(crate) fn leaf(&self, random: &mut Stream) -> Cond {
        if !self.words.sessions.is_empty() && random.chance(SESSION) {
            return Cond::Session(*random.pick(&self.words.sessions));
        }
        self.comparison(random)
    }

    pub(crate) fn comparison(&self, random: &mut Stream) -> Cond {
        let (subject, class) = self.subject(random);
        let other = (0..PARTNERS).map(|_| self.partner(&subject, class, random)).find(|other| *other != subject);
        let other = other.unwrap_or_else(|| self.lagged(subject.clone(), 1.0, random));
        if random.chance(CROSSING) {
            let kind = *random.pick(&[CrossKind::Over, CrossKind::Under]);
            return Cond::Cross(kind, subject, other);
        }
        Cond::Compare(*random.pick(&[CmpOp::Lt, CmpOp::Gt]), subject, other)
    }

    /// What a comparison begins with.
    fn subject(&self, random: &mut Stream) -> (Num, Class) {
        let word = *random.pick(&self.subjects);
        let class = self.class_of_word(word);
        let num = self.word(word, random);
        if class == Class::Price && random.chance(DIFFERENCE) {
            let other = self.of(Class::Price, random);
            if let Some(other) = other.filter(|other| *other != num) {
                return (Num::Binary(NumOp::Sub, num.into(), other.into()), Class::Signed);
            }
        }
        (self.lagged(num, LAGGED, random), class)
    }

    /// What `subject` is compared with.
    fn partner(&self, subject: &Num, class: Class, random: &mut Stream) -> Num {
        if let Some(levels) = self.levels(subject)
            && random.chance(LEVEL)
        {
            return Num::Const(levels.draw(random));
        }
        let other = match class {
            Class::Price => self.of(class, random).map(|price| self.offset(price, random)),
            Class::Signed if random.chance(0.5) => self.scaled(Class::Size, true, random),
            Class::Signed | Class::Own(_) => self.of(class, random),
            Class::Size | Class::Volume => self.scaled(class, false, random),
        };
        match other {
            Some(other) => self.lagged(other, LAGGED, random),
            None => self.lagged(subject.clone(), 1.0, random),
        }
    }

    /// A price, or one and a distance.
    fn offset(&self, price: Num, random: &mut Stream) -> Num {
        if !random.chance(OFFSET) {
            return price;
        }
        match self.scaled(Class::Size, false, random) {
            None => price,
            Some(distance) => {
                let op = *random.pick(&[NumOp::Add, NumOp::Sub]);
                Num::Binary(op, price.into(), distance.into())
            }
        }
    }

    /// A leaf of `class`, half of the time with a factor.
    fn scaled(&self, class: Class, signed: bool, random: &mut Stream) -> Option<Num> {
        let leaf = self.of(class, random)?;
        let factors = self.words.factors.as_ref().filter(|_| signed || random.chance(0.5));
        let Some(factors) = factors else { return Some(leaf) };
        let factor = factors.draw(random);
        let factor = if signed && random.chance(0.5) { -factor } else { factor };
        Some(Num::Binary(NumOp::Mul, Num::Const(factor).into(), leaf.into()))
    }

    /// A leaf of `class`; `None` if the vocabulary has none.
    pub(crate) fn of(&self, class: Class, random: &mut Stream) -> Option<Num> {
        let words = self.words_of(class);
        (!words.is_empty()).then(|| self.word(*random.pick(words), random))
    }

    /// A number of `class`, for another one of it.
    pub(crate) fn operand(&self, class: Class, nested: bool, random: &mut Stream) -> Option<Num> {
        let leaf = self.of(class, random)?;
        if nested {
            return Some(leaf);
        }
        let num = if class == Class::Price { self.offset(leaf, random) } else { leaf };
        let plain = matches!(num, Num::Price(_) | Num::Indicator(_));
        Some(if plain { self.lagged(num, LAGGED, random) } else { num })
    }

    fn lagged(&self, num: Num, probability: f64, random: &mut Stream) -> Num {
        let plain = matches!(num, Num::Price(_) | Num::Indicator(_));
        if !plain || self.words.lags.is_empty() || !random.chance(probability) {
            return num;
        }
        Num::Lag(num.into(), *random.pick(&self.words.lags))
    }

    pub(crate) fn class_of_word(&self, word: Word) -> Class {
        match word {
            Word::Price(Price::Volume) => Class::Volume,
            Word::Price(_) => Class::Price,
            Word::Term(index) => self.classes[index],
        }
    }

    pub(crate) fn word(&self, word: Word, random: &mut Stream) -> Num {
        match word {
            Word::Price(price) => Num::Price(price),
            Word::Term(index) => {
                let term = &self.words.terms[index];
                Num::Indicator(IndicatorCall {
                    kind: term.kind,
                    args: term.args.iter().map(|grid| Arg::Const(grid.draw(random))).collect(),
                    source: (!term.sources.is_empty()).then(|| *random.pick(&term.sources)),
                    output: term.output.clone(),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{golden, grammar};
    use crate::tree::conds_of;

    #[test]
    fn tree_sizes_are_distributed_as_those_of_deap() {
        const TREES: usize = 60_000;
        let grammar = grammar();
        let mut random = Stream::new(5, 0);
        let mut counts = [0_u32; 14];
        for _ in 0..TREES {
            let shape = Shape { full: random.chance(0.5), depth: 1 + random.below(3) };
            counts[conds_of(&grammar.tree(shape, &mut random)).len()] += 1;
        }
        let expected = golden("size");
        assert_eq!(expected.len(), 13);
        for (size, share) in expected {
            let found = f64::from(counts[size]) / TREES as f64;
            // Five standard deviations of a share of so many trees, and of DEAP's own 200,000.
            let tolerance = 5.0 * (share * (1.0 - share) * (1.0 / TREES as f64 + 1.0 / 200_000.0)).sqrt();
            assert!((found - share).abs() < tolerance, "size {size}: {found}, DEAP {share}");
        }
    }
}

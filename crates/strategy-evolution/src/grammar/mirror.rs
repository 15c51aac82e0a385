use strategy::{Cond, IndicatorCall, Longer, Num, NumOp, Price, Rule, Strategy};

use super::Grammar;
use crate::tree::{turned, turned_cross};
use crate::vocabulary::Grid;

/// A number in the market turned upside down: `2 · about − num`, or `num` itself.
struct Image {
    num: Num,
    about: Option<f64>,
}

impl Grammar {
    /// The rule for the other side: what `rule` is to a market, the result is to the market turned upside down, in which
    /// each price p is −p and high and low have changed places. `None` where that cannot be said, as of a price compared
    /// with a multiple of another one.
    ///
    /// ```
    /// use strategy::SizeRule;
    /// use strategy_evolution::{Grammar, Sides, Vocabulary};
    ///
    /// let grammar = Grammar::new(Vocabulary::standard(Sides::Mirrored, [SizeRule::Units(1.0)]))?;
    /// let strategy = grammar.random(4);
    /// let (long, short) = (strategy.long.ok_or("no long rule")?, strategy.short.ok_or("no short rule")?);
    /// let back = grammar.mirror_rule(&short).ok_or("no mirror image")?;
    /// assert_eq!(back.entry, long.entry);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn mirror_rule(&self, rule: &Rule) -> Option<Rule> {
        let exit = match &rule.exit {
            None => None,
            Some(exit) => Some(crate::tree::simplify_cond(self.mirror(exit)?)),
        };
        Some(Rule { entry: crate::tree::simplify_cond(self.mirror(&rule.entry)?), exit })
    }

    /// The long rule of `strategy` and its mirror image.
    pub(super) fn mirrored(&self, strategy: Strategy) -> Option<Strategy> {
        let short = self.mirror_rule(strategy.long.as_ref()?)?;
        Some(Strategy { short: Some(short), ..strategy })
    }

    fn mirror(&self, cond: &Cond) -> Option<Cond> {
        let all = |parts: &[Cond]| parts.iter().map(|part| self.mirror(part)).collect::<Option<Vec<_>>>();
        Some(match cond {
            Cond::Compare(op, left, right) => {
                let (turn, left, right) = self.mirror_pair(left, right)?;
                Cond::Compare(if turn { turned(*op) } else { *op }, left, right)
            }
            Cond::Cross(kind, left, right) => {
                let (turn, left, right) = self.mirror_pair(left, right)?;
                Cond::Cross(if turn { turned_cross(*kind) } else { *kind }, left, right)
            }
            Cond::Session(session) => Cond::Session(*session),
            Cond::All(parts) => Cond::All(all(parts)?),
            Cond::Any(parts) => Cond::Any(all(parts)?),
            Cond::Not(inner) => Cond::Not(Box::new(self.mirror(inner)?)),
        })
    }

    /// Both sides of a comparison, and whether its direction changes.
    fn mirror_pair(&self, left: &Num, right: &Num) -> Option<(bool, Num, Num)> {
        if let Num::Const(level) = right {
            let Image { num, about } = self.image(left)?;
            return Some(match about {
                None => (false, num, Num::Const(*level)),
                Some(about) => (true, num, Num::Const(snapped(2.0 * about - level, self.levels(left)))),
            });
        }
        if let Num::Const(_) = left {
            let (turn, right, left) = self.mirror_pair(right, left)?;
            return Some((turn, left, right));
        }
        let (left, right) = (self.image(left)?, self.image(right)?);
        match (left.about, right.about) {
            (None, None) => Some((false, left.num, right.num)),
            (Some(one), Some(other)) if one == other => Some((true, left.num, right.num)),
            (Some(0.0), None) => Some((true, left.num, negated(right.num))),
            (None, Some(0.0)) => Some((true, negated(left.num), right.num)),
            _ => None,
        }
    }

    fn image(&self, num: &Num) -> Option<Image> {
        match num {
            Num::Const(value) => Some(Image { num: Num::Const(*value), about: None }),
            Num::Input(_) => None,
            Num::Price(Price::Volume) => Some(Image { num: num.clone(), about: None }),
            Num::Price(price) => Some(Image { num: Num::Price(upside_down(*price)), about: Some(0.0) }),
            Num::Indicator(call) => self.image_of_call(call),
            Num::Lag(inner, bars) => {
                let Image { num, about } = self.image(inner)?;
                Some(Image { num: Num::Lag(num.into(), *bars), about })
            }
            Num::Longer(longer) => {
                let Image { num, about } = self.image(&longer.num)?;
                Some(Image { num: Num::Longer(Longer { minutes: longer.minutes, num: num.into() }), about })
            }
            Num::Binary(op, left, right) => image_of_binary(*op, self.image(left)?, self.image(right)?),
        }
    }

    fn image_of_call(&self, call: &IndicatorCall) -> Option<Image> {
        let mirror = self.words.terms[self.term_of(call)?].mirror.as_ref()?;
        let output = mirror.output.as_ref().unwrap_or(&call.output).clone();
        let call = IndicatorCall { source: call.source.map(upside_down), output, ..call.clone() };
        self.term_of(&call)?;
        Some(Image { num: Num::Indicator(call), about: mirror.about })
    }
}

fn upside_down(price: Price) -> Price {
    match price {
        Price::High => Price::Low,
        Price::Low => Price::High,
        other => other,
    }
}

/// With l → 2a − l and r → 2b − r: `l + r → 2(a + b) − (l + r)`, and so on for each operation.
fn image_of_binary(op: NumOp, left: Image, right: Image) -> Option<Image> {
    let image = |op: NumOp, left: Num, right: Num, about| {
        Some(Image { num: Num::Binary(op, left.into(), right.into()), about })
    };
    let (l, r) = (left.num, right.num);
    match (op, left.about, right.about) {
        (_, None, None) => image(op, l, r, None),
        (NumOp::Add, Some(a), Some(b)) => image(NumOp::Add, l, r, Some(a + b)),
        (NumOp::Add, Some(a), None) => image(NumOp::Sub, l, r, Some(a)),
        (NumOp::Add, None, Some(b)) => image(NumOp::Sub, r, l, Some(b)),
        (NumOp::Sub, Some(a), Some(b)) => image(NumOp::Sub, l, r, Some(a - b)),
        (NumOp::Sub, Some(a), None) => image(NumOp::Add, l, r, Some(a)),
        (NumOp::Mul | NumOp::Div, Some(0.0), None) | (NumOp::Mul | NumOp::Div, None, Some(0.0)) => {
            image(op, l, r, Some(0.0))
        }
        (NumOp::Min, Some(a), Some(b)) if a == b => image(NumOp::Max, l, r, Some(a)),
        (NumOp::Max, Some(a), Some(b)) if a == b => image(NumOp::Min, l, r, Some(a)),
        _ => None,
    }
}

fn negated(num: Num) -> Num {
    match num {
        Num::Binary(NumOp::Mul, left, right) => match (*left, *right) {
            (Num::Const(factor), scaled) | (scaled, Num::Const(factor)) => times(-factor, scaled),
            (left, right) => times(-1.0, Num::Binary(NumOp::Mul, left.into(), right.into())),
        },
        other => times(-1.0, other),
    }
}

fn times(factor: f64, num: Num) -> Num {
    Num::Binary(NumOp::Mul, Num::Const(factor).into(), num.into())
}

/// The grid's own value where `value` is one but for rounding, so that the image of an image is the original.
fn snapped(value: f64, levels: Option<&Grid>) -> f64 {
    let Some(levels) = levels else { return value };
    let near = levels.value(levels.nearest(value));
    if (near - value).abs() <= 1e-12 * (1.0 + value.abs()) { near } else { value }
}

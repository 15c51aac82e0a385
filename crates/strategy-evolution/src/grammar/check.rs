use strategy::{Arg, Cond, IndicatorCall, Num, NumOp, Price, Risk, Strategy};

use super::{Class, Grammar};
use crate::Refusal;
use crate::tree::{conds, simplify};
use crate::vocabulary::{Grid, Sides};

impl Grammar {
    /// Whether a strategy is made of the vocabulary, in whatever form it is written. Whether it would be proposed again
    /// is not asked.
    ///
    /// # Errors
    /// The first [`Refusal`].
    pub fn check(&self, strategy: &Strategy) -> Result<(), Refusal> {
        self.accept(strategy.clone()).map(|_| ())
    }

    /// The strategy in its simplest form, with its inputs at their defaults, if it is made of the vocabulary.
    pub(crate) fn accept(&self, strategy: Strategy) -> Result<Strategy, Refusal> {
        strategy.validate().map_err(|error| Refusal::Invalid(error.into()))?;
        let mut strategy = simplify(bind(strategy));
        if self.words.sides == Sides::Mirrored {
            strategy = self.complete(strategy)?;
        }
        self.check_sides(&strategy)?;
        for cond in conds(&strategy) {
            self.check_cond(cond)?;
        }
        self.check_risk(&strategy)?;
        self.check_ranges(&strategy)?;
        self.fits(&strategy)?;
        strategy.validate_in(self.words.profile).map_err(|error| Refusal::Invalid(error.into()))?;
        Ok(strategy)
    }

    /// Adds the mirror image of a single side; two sides must be each other's.
    fn complete(&self, strategy: Strategy) -> Result<Strategy, Refusal> {
        let refused = || Refusal::Sides("the short rule is the long rule's mirror image");
        let image = |rule: &strategy::Rule| self.mirror_rule(rule).ok_or_else(refused);
        match (&strategy.long, &strategy.short) {
            (Some(long), None) => Ok(Strategy { short: Some(image(long)?), ..strategy }),
            (None, Some(short)) => Ok(Strategy { long: Some(image(short)?), ..strategy }),
            (Some(long), Some(short)) if image(long)? == *short => Ok(strategy),
            _ => Err(refused()),
        }
    }

    fn check_sides(&self, strategy: &Strategy) -> Result<(), Refusal> {
        match (self.words.sides, strategy.long.is_some(), strategy.short.is_some()) {
            (Sides::Long, _, true) => Err(Refusal::Sides("long only")),
            (Sides::Short, true, _) => Err(Refusal::Sides("short only")),
            _ => Ok(()),
        }
    }

    fn check_cond(&self, cond: &Cond) -> Result<(), Refusal> {
        match cond {
            Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => self.check_pair(left, right),
            Cond::Session(session) => {
                let complement = |known: &strategy::Session| {
                    (known.from_minute, known.to_minute) == (session.to_minute, session.from_minute)
                };
                let known = self.words.sessions.iter().any(|known| known == session || complement(known));
                let name = || format!("the session {} to {}", session.from_minute, session.to_minute);
                if known { Ok(()) } else { Err(Refusal::Unknown(name())) }
            }
            Cond::All(_) | Cond::Any(_) | Cond::Not(_) => Ok(()),
        }
    }

    fn check_pair(&self, left: &Num, right: &Num) -> Result<(), Refusal> {
        if let Num::Const(value) = right {
            self.check_num(left)?;
            let levels = self.levels(left).ok_or_else(|| Refusal::NoLevels(text(left)))?;
            return within(&format!("the level of {}", text(left)), *value, levels);
        }
        let classes = (self.check_num(left)?, self.check_num(right)?);
        if classes.0.compares_with(classes.1) {
            return Ok(());
        }
        Err(Refusal::Measure { left: text(left), right: text(right) })
    }

    fn check_num(&self, num: &Num) -> Result<Class, Refusal> {
        match num {
            Num::Const(value) => return Err(Refusal::Unknown(format!("the constant {value} in this place"))),
            Num::Input(id) => return Err(Refusal::Unknown(format!("input {} in this place", id.0))),
            Num::Longer(_) => return Err(Refusal::Unknown(format!("the longer bars of {}", text(num)))),
            Num::Price(price) => self.check_price(*price)?,
            Num::Indicator(call) => self.check_call(call)?,
            Num::Lag(inner, bars) => {
                self.check_num(inner)?;
                let (min, max) = (1.0, f64::from(self.words.lags.iter().copied().max().unwrap_or(0)));
                let value = f64::from(*bars);
                if value > max {
                    return Err(Refusal::Number { place: format!("the lag of {}", text(inner)), value, min, max });
                }
            }
            Num::Binary(op, left, right) => {
                for part in [left, right] {
                    match (op, part.as_ref()) {
                        (NumOp::Mul | NumOp::Div, Num::Const(factor)) => self.check_factor(*factor)?,
                        (_, part) => drop(self.check_num(part)?),
                    }
                }
            }
        }
        self.class(num).ok_or_else(|| Refusal::Unknown(format!("the calculation {}", text(num))))
    }

    fn check_price(&self, price: Price) -> Result<(), Refusal> {
        let opposite = match price {
            Price::High => Price::Low,
            Price::Low => Price::High,
            other => other,
        };
        // A vocabulary with one edge of the bar has the other one where sides are mirror images.
        let mirrored = self.words.sides == Sides::Mirrored && self.words.prices.contains(&opposite);
        if mirrored || self.words.prices.contains(&price) { Ok(()) } else { Err(Refusal::unknown_price(price)) }
    }

    fn check_call(&self, call: &IndicatorCall) -> Result<(), Refusal> {
        let index = self.term_of(call).ok_or_else(|| {
            let source = call.source.map(|price| format!(" of {price:?}")).unwrap_or_default();
            Refusal::Unknown(format!("{}{source}, output {}", call.kind, call.output))
        })?;
        let info = call.kind.info();
        for ((arg, grid), parameter) in call.args.iter().zip(&self.words.terms[index].args).zip(info.parameters) {
            if let Arg::Const(value) = arg {
                within(&format!("{} of {}", parameter.name, info.name), *value, grid)?;
            }
        }
        Ok(())
    }

    fn check_factor(&self, factor: f64) -> Result<(), Refusal> {
        let factors = self.words.factors.as_ref().ok_or_else(|| Refusal::Unknown(format!("the factor {factor}")))?;
        // −1 turns a distance around, as the mirror image of a comparison needs.
        if factor.abs() == 1.0 { Ok(()) } else { within("a factor", factor.abs(), factors) }
    }

    fn check_risk(&self, strategy: &Strategy) -> Result<(), Refusal> {
        let (risk, words) = (&strategy.risk, &self.words.risk);
        let mut bare = risk.clone();
        (bare.stop_loss, bare.take_profit) = (None, None);
        if bare != Risk::default() {
            return Err(Refusal::Unknown("a setting of the risk besides stop and target".into()));
        }
        let known = |distance: &Option<strategy::Distance>, kinds: &[crate::DistanceGrid]| {
            distance
                .as_ref()
                .is_none_or(|distance| kinds.iter().any(|kind| kind.numbers(&mut distance.clone()).is_some()))
        };
        if !known(&risk.stop_loss, &words.stops) {
            return Err(Refusal::Unknown("the kind of stop loss".into()));
        }
        if !known(&risk.take_profit, &words.targets) {
            return Err(Refusal::Unknown("the kind of take profit".into()));
        }
        let sizing = &strategy.sizing;
        if sizing.confidence.is_some() {
            return Err(Refusal::Unknown("sizing by confidence".into()));
        }
        if !self.words.sizes.contains(&sizing.rule) {
            return Err(Refusal::Unknown(format!("the size {:?}", sizing.rule)));
        }
        if self.needs_stop(&sizing.rule) && risk.stop_loss.is_none() {
            return Err(Refusal::Unknown("a strategy without a stop loss".into()));
        }
        Ok(())
    }

    /// The numbers of stop and target.
    fn check_ranges(&self, strategy: &Strategy) -> Result<(), Refusal> {
        let mut found = Ok(());
        self.for_each_number(&mut strategy.clone(), &mut |number, grid, role| {
            if let (super::Role::Distance(name, part), Some(value), Some(grid), Ok(())) =
                (role, number.value(), grid, &found)
            {
                found = within(&format!("{part} of the {name}"), value, grid);
            }
        });
        found
    }
}

fn within(place: &str, value: f64, grid: &Grid) -> Result<(), Refusal> {
    let (min, max) = grid.range().unwrap_or((f64::NAN, f64::NAN));
    if value >= min && value <= max {
        return Ok(());
    }
    Err(Refusal::Number { place: place.to_owned(), value, min, max })
}

/// A number in words, for messages.
fn text(num: &Num) -> String {
    match num {
        Num::Const(value) => value.to_string(),
        Num::Input(id) => format!("input {}", id.0),
        Num::Price(price) => format!("{price:?}").to_lowercase(),
        Num::Indicator(call) => format!("{}.{}", call.kind, call.output),
        Num::Lag(inner, bars) => format!("{}[{bars}]", text(inner)),
        Num::Binary(op, left, right) => format!("{op:?}({}, {})", text(left), text(right)).to_lowercase(),
        Num::Longer(longer) => format!("longer({}, {} minutes)", text(&longer.num), longer.minutes),
    }
}

/// The strategy with the defaults of its inputs in their places, and without inputs.
pub(crate) fn bind(mut strategy: Strategy) -> Strategy {
    if strategy.inputs.is_empty() {
        return strategy;
    }
    let defaults = strategy.defaults();
    let arg = |arg: &mut Arg| *arg = Arg::Const(arg.value(&defaults));
    crate::tree::for_each_num(&mut strategy, &mut |num| match num {
        Num::Input(id) => *num = Num::Const(defaults.values()[usize::from(id.0)]),
        Num::Indicator(call) => call.args.iter_mut().for_each(arg),
        Num::Const(_) | Num::Price(_) | Num::Lag(..) | Num::Binary(..) | Num::Longer(_) => {}
    });
    for distance in [&mut strategy.risk.stop_loss, &mut strategy.risk.take_profit].into_iter().flatten() {
        match distance {
            strategy::Distance::Ticks(number) | strategy::Distance::Percent(number) => arg(number),
            strategy::Distance::Atr { period, multiple } => [period, multiple].into_iter().for_each(arg),
        }
    }
    strategy.inputs.clear();
    strategy.constraints.clear();
    strategy
}

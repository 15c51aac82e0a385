use indicators::Profile;
use strategy::{Arg, Distance, IndicatorCall, Rule, SizeRule, Strategy};

use crate::Error;
use crate::program::{CondId, NumId, Program};

/// A strategy, compiled once for any number of runs.
///
/// ```
/// use backtest::Plan;
/// use strategy::{CmpOp, Cond, Num, Price, Risk, Rule, SizeRule, Sizing, Strategy};
///
/// let rises = Cond::Compare(CmpOp::Gt, Num::Price(Price::Close), Num::Price(Price::Open));
/// let plan = Plan::compile(&Strategy {
///     name: "after a rising bar".into(),
///     inputs: Vec::new(),
///     constraints: Vec::new(),
///     long: Some(Rule { entry: rises.clone(), exit: Some(Cond::Not(Box::new(rises))) }),
///     short: None,
///     risk: Risk::default(),
///     sizing: Sizing { rule: SizeRule::Units(1.0), confidence: None },
/// })?;
/// assert_eq!(plan.strategy().name, "after a rising bar");
/// # Ok::<(), backtest::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    strategy: Strategy,
    pub(crate) profile: Profile,
    pub(crate) program: Program,
    pub(crate) long: Option<Side>,
    pub(crate) short: Option<Side>,
    pub(crate) stop_loss: Option<DistanceNode>,
    pub(crate) take_profit: Option<DistanceNode>,
    pub(crate) size: SizeRule,
    pub(crate) confidence: Option<NumId>,
}

/// The conditions of one side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side {
    pub(crate) entry: CondId,
    pub(crate) exit: Option<CondId>,
}

/// A [`Distance`] whose average true range is a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DistanceNode {
    Ticks(Arg),
    Percent(Arg),
    Atr { column: usize, multiple: Arg },
}

impl Plan {
    /// Checks a strategy and lays out what it computes, with indicators in TA-Lib's arithmetic.
    ///
    /// # Errors
    /// [`Error::Strategy`] with all its problems if the strategy is not valid.
    pub fn compile(strategy: &Strategy) -> Result<Self, Error> {
        Self::compile_in(strategy, Profile::Talib)
    }

    /// Checks a strategy and lays out what it computes, with indicators in the arithmetic `profile`: in
    /// [`Profile::TradingView`] they have the bits of TradingView's charts.
    ///
    /// # Errors
    /// [`Error::Strategy`] with all its problems if the strategy is not valid, or an indicator is not defined in `profile`.
    pub fn compile_in(strategy: &Strategy, profile: Profile) -> Result<Self, Error> {
        let refused = |source: strategy::Error| Error::Strategy { name: strategy.name.clone(), source: source.into() };
        strategy.validate_in(profile).map_err(refused)?;
        let mut program = Program::default();
        let mut side = |rule: &Option<Rule>| {
            rule.as_ref().map(|rule| Side {
                entry: program.cond(&rule.entry),
                exit: rule.exit.as_ref().map(|exit| program.cond(exit)),
            })
        };
        let (long, short) = (side(&strategy.long), side(&strategy.short));
        let mut distance = |distance: &Option<Distance>| {
            distance.as_ref().map(|distance| match *distance {
                Distance::Ticks(ticks) => DistanceNode::Ticks(ticks),
                Distance::Percent(percent) => DistanceNode::Percent(percent),
                Distance::Atr { period, multiple } => {
                    let column = program.indicator(&IndicatorCall::average_true_range(period));
                    DistanceNode::Atr { column, multiple }
                }
            })
        };
        let (stop_loss, take_profit) = (distance(&strategy.risk.stop_loss), distance(&strategy.risk.take_profit));
        let confidence = strategy.sizing.confidence.as_ref().map(|num| program.num(num, 0));
        Ok(Self {
            strategy: strategy.clone(),
            profile,
            program,
            long,
            short,
            stop_loss,
            take_profit,
            size: strategy.sizing.rule,
            confidence,
        })
    }

    /// The strategy it was compiled from.
    pub fn strategy(&self) -> &Strategy {
        &self.strategy
    }

    /// The arithmetic of its indicators.
    pub fn profile(&self) -> Profile {
        self.profile
    }
}

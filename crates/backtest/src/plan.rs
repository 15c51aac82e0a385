use indicators::Profile;
use strategy::{Arg, Distance, Follows, IndicatorCall, Rule, SizeRule, Strategy};

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
    pub(crate) trailing: Option<TrailingNode>,
    pub(crate) break_even: Option<BreakEvenNode>,
    pub(crate) max_bars: Option<Arg>,
    pub(crate) size: SizeNode,
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

/// A [`TrailingStop`](strategy::TrailingStop).
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrailingNode {
    pub(crate) distance: DistanceNode,
    pub(crate) follows: Follows,
    pub(crate) after: Option<DistanceNode>,
}

/// A [`BreakEven`](strategy::BreakEven).
#[derive(Clone, Copy, Debug)]
pub(crate) struct BreakEvenNode {
    pub(crate) after: DistanceNode,
    pub(crate) lock_ticks: Arg,
}

/// A [`SizeRule`] whose numbers are places of the program.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SizeNode {
    Units(f64),
    EquityFraction(f64),
    RiskFraction(f64),
    VolatilityTarget { target: f64, volatility: NumId, max_leverage: f64 },
    Kelly(KellyRule),
}

/// The numbers of [`SizeRule::Kelly`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct KellyRule {
    pub(crate) fraction: f64,
    pub(crate) n_trades: usize,
    pub(crate) min_leverage: f64,
    pub(crate) max_leverage: f64,
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
        let risk = &strategy.risk;
        let mut distance = |distance: &Distance| program.distance(distance);
        let stop_loss = risk.stop_loss.as_ref().map(&mut distance);
        let take_profit = risk.take_profit.as_ref().map(&mut distance);
        let trailing = risk.trailing_stop.as_ref().map(|trailing| TrailingNode {
            distance: distance(&trailing.distance),
            follows: trailing.follows,
            after: trailing.after.as_ref().map(&mut distance),
        });
        let break_even = risk
            .break_even
            .as_ref()
            .map(|even| BreakEvenNode { after: distance(&even.after), lock_ticks: even.lock_ticks });
        let size = program.size(&strategy.sizing.rule);
        let confidence = strategy.sizing.confidence.as_ref().map(|num| program.num(num, 0));
        Ok(Self {
            strategy: strategy.clone(),
            profile,
            program,
            long,
            short,
            stop_loss,
            take_profit,
            trailing,
            break_even,
            max_bars: risk.max_bars,
            size,
            confidence,
        })
    }

    /// Whether the stop of an open position may move.
    pub(crate) fn moves_stop(&self) -> bool {
        self.trailing.is_some() || self.break_even.is_some()
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

impl Program {
    fn distance(&mut self, distance: &Distance) -> DistanceNode {
        match *distance {
            Distance::Ticks(ticks) => DistanceNode::Ticks(ticks),
            Distance::Percent(percent) => DistanceNode::Percent(percent),
            Distance::Atr { period, multiple } => {
                let column = self.indicator(&IndicatorCall::average_true_range(period));
                DistanceNode::Atr { column, multiple }
            }
        }
    }

    fn size(&mut self, rule: &SizeRule) -> SizeNode {
        match *rule {
            SizeRule::Units(units) => SizeNode::Units(units),
            SizeRule::EquityFraction(fraction) => SizeNode::EquityFraction(fraction),
            SizeRule::RiskFraction(fraction) => SizeNode::RiskFraction(fraction),
            SizeRule::VolatilityTarget { target, ref volatility, max_leverage } => {
                SizeNode::VolatilityTarget { target, volatility: self.num(volatility, 0), max_leverage }
            }
            SizeRule::Kelly { fraction, n_trades, min_leverage, max_leverage } => {
                let n_trades = usize::from(n_trades);
                SizeNode::Kelly(KellyRule { fraction, n_trades, min_leverage, max_leverage })
            }
        }
    }
}

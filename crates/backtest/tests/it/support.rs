//! What several test files need.

use broker::{Account, Commission, Costs, Spread};
use indicators::IndicatorKind;
use strategy::{Arg, Cond, IndicatorCall, Num, Price, Risk, Rule, SizeRule, Sizing, Strategy};

pub(crate) fn indicator(name: &str, args: &[Arg], source: Option<Price>, output: &str) -> Num {
    let kind = name.parse::<IndicatorKind>().unwrap();
    Num::Indicator(IndicatorCall { kind, args: args.to_vec(), source, output: output.to_owned() })
}

/// An indicator of one output and one period on the close.
pub(crate) fn of_close(name: &str, period: f64) -> Num {
    indicator(name, &[Arg::Const(period)], Some(Price::Close), "value")
}

pub(crate) fn strategy(long: Option<Rule>, short: Option<Rule>, risk: Risk, rule: SizeRule) -> Strategy {
    Strategy {
        name: "test".into(),
        inputs: Vec::new(),
        constraints: Vec::new(),
        long,
        short,
        risk,
        sizing: Sizing { rule, confidence: None },
    }
}

pub(crate) fn rule(entry: Cond, exit: Option<Cond>) -> Rule {
    Rule { entry, exit }
}

pub(crate) fn account(commission: Commission, slippage_ticks: u32, spread: Spread) -> Account {
    let costs = Costs { commission, slippage_ticks, spread };
    Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 0.01, costs }
}

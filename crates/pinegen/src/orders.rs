use strategy::{Arg, Distance, IndicatorCall, Rule, SizeRule};

use crate::options::Options;
use crate::script::{Script, float};

impl Script<'_> {
    /// Distances in ticks and the size, both fixed at the signal's close, then the orders of both sides.
    pub(crate) fn orders(&mut self, options: &Options) {
        let risk = &self.strategy.risk;
        self.heading("Distances in ticks and size, fixed when the signal comes");
        let stop = risk.stop_loss.as_ref().map(|distance| self.distance("stop_ticks", distance));
        let target = risk.take_profit.as_ref().map(|distance| self.distance("target_ticks", distance));
        self.size(options);
        self.heading("Signals: both sides at once cancel out");
        let long = self.strategy.long.as_ref().map(|rule| self.signals("long", rule));
        let short = self.strategy.short.as_ref().map(|rule| self.signals("short", rule));
        self.heading("Orders, filled at the next open");
        let ready = self.distances_known();
        let bracket = bracket(stop, target);
        self.side("long", "Long", "<= 0", long.is_some(), short.is_some(), &ready, bracket.as_deref());
        self.side("short", "Short", ">= 0", short.is_some(), long.is_some(), &ready, bracket.as_deref());
    }

    fn distance(&mut self, name: &'static str, distance: &Distance) -> &'static str {
        let price = match distance {
            Distance::Ticks(ticks) => return self.ticks(name, &self.arg(*ticks, false)),
            Distance::Percent(percent) => format!("close * {} / 100", self.arg(*percent, false)),
            Distance::Atr { period, multiple } => {
                format!("{} * {}", self.atr(*period), self.arg(*multiple, false))
            }
        };
        self.ticks(name, &format!("{price} / syminfo.mintick"))
    }

    /// An average true range without a value leaves the distance without one, and then there is no entry.
    fn distances_known(&mut self) -> String {
        let risk = &self.strategy.risk;
        let mut known = String::new();
        for distance in [&risk.stop_loss, &risk.take_profit].into_iter().flatten() {
            if let Distance::Atr { period, .. } = distance {
                let test = format!(" and not na({})", self.atr(*period));
                if !known.contains(&test) {
                    known.push_str(&test);
                }
            }
        }
        known
    }

    fn atr(&mut self, period: Arg) -> String {
        self.indicator(&IndicatorCall::average_true_range(period))
    }

    fn ticks(&mut self, name: &'static str, ticks: &str) -> &'static str {
        self.line(&format!("{name} = math.max(1, math.round({ticks}))"));
        name
    }

    fn size(&mut self, options: &Options) {
        let units = match self.strategy.sizing.rule {
            SizeRule::Units(units) => float(units),
            SizeRule::EquityFraction(fraction) => format!("{} / close", times("strategy.equity", fraction)),
            SizeRule::RiskFraction(fraction) => {
                format!("{} / (stop_ticks * syminfo.mintick)", times("strategy.equity", fraction))
            }
        };
        let confident = match &self.strategy.sizing.confidence {
            None => units,
            Some(confidence) => {
                let confidence = self.num(confidence);
                self.line(&format!("confidence = math.max(0.0, math.min(1.0, {confidence}))"));
                format!("{units} * confidence")
            }
        };
        let step = options.quantity_step;
        let steps = if is_one(step) { confident } else { format!("{confident} / {}", float(step)) };
        self.line(&format!("quantity = {}", times(&format!("math.floor({steps})"), step)));
    }

    fn signals(&mut self, side: &str, rule: &Rule) {
        let entry = self.cond(&rule.entry);
        self.line(&format!("{side}_entry = {entry}"));
        if let Some(exit) = &rule.exit {
            let exit = self.cond(exit);
            self.line(&format!("{side}_exit = {exit}"));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one call a side, with what differs between the sides")]
    fn side(
        &mut self,
        side: &str,
        id: &str,
        free: &str,
        present: bool,
        opposite_present: bool,
        ready: &str,
        bracket: Option<&str>,
    ) {
        if !present {
            return;
        }
        let opposite = if side == "long" { "short" } else { "long" };
        let alone = if opposite_present { format!(" and not {opposite}_entry") } else { String::new() };
        self.line(&format!("if {side}_entry{alone} and strategy.position_size {free} and quantity > 0{ready}"));
        self.line(&format!("    strategy.entry(\"{id}\", strategy.{side}, qty = quantity)"));
        if let Some(bracket) = bracket {
            self.line(&format!("    strategy.exit(\"{id} bracket\", \"{id}\", {bracket})"));
        }
        let rule = if side == "long" { &self.strategy.long } else { &self.strategy.short };
        if rule.as_ref().is_some_and(|rule| rule.exit.is_some()) {
            let holding = if side == "long" { "> 0" } else { "< 0" };
            let reversal = if opposite_present {
                format!(" and not ({opposite}_entry and not {side}_entry)")
            } else {
                String::new()
            };
            self.line(&format!("if {side}_exit and strategy.position_size {holding}{reversal}"));
            self.line(&format!("    strategy.close(\"{id}\")"));
        }
    }
}

/// A product, written only where it changes something.
fn times(expression: &str, factor: f64) -> String {
    if is_one(factor) { expression.to_owned() } else { format!("{expression} * {}", float(factor)) }
}

#[expect(clippy::float_cmp, reason = "only the very number changes nothing as a factor")]
fn is_one(factor: f64) -> bool {
    factor == 1.0
}

fn bracket(stop: Option<&str>, target: Option<&str>) -> Option<String> {
    let legs: Vec<_> = [("loss", stop), ("profit", target)]
        .into_iter()
        .filter_map(|(leg, ticks)| ticks.map(|ticks| format!("{leg} = {ticks}")))
        .collect();
    (!legs.is_empty()).then(|| legs.join(", "))
}

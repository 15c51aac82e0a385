use strategy::{Arg, Distance, IndicatorCall, Rule, SizeRule, Strategy};

use crate::options::Options;
use crate::script::{Script, float};

impl Script<'_> {
    /// Distances in ticks and the size, both fixed at the signal's close, then the orders of both sides.
    pub(crate) fn orders(&mut self, options: &Options) {
        let risk = &self.strategy.risk;
        self.heading("Distances in ticks and size, fixed when the signal comes");
        let stop = risk.stop_loss.as_ref().map(|distance| self.distance("stop_ticks", distance));
        let target = risk.take_profit.as_ref().map(|distance| self.distance("target_ticks", distance));
        self.guard_distances();
        self.size(options);
        self.heading("Signals: both sides at once cancel out, and an entry needs its numbers");
        let sides = [Side::LONG, Side::SHORT].map(|side| side.rule(self.strategy).map(|rule| (side, rule)));
        for (side, rule) in sides.into_iter().flatten() {
            self.signals(side, rule);
        }
        let ready = self.distances_known();
        for (index, (side, _)) in sides.iter().enumerate().filter_map(|(index, side)| Some((index, (*side)?))) {
            let opposite = sides[1 - index].map(|(other, _)| format!(" and not {}_entry", other.name));
            let alone = opposite.unwrap_or_default();
            self.line(&format!("enter_{0} = {0}_entry{alone} and quantity > 0{ready}", side.name));
        }
        let bracket = [("loss", stop), ("profit", target)];
        self.guard(bracket);
        self.heading("Orders, filled at the next open");
        for (index, (side, rule)) in sides.iter().enumerate().filter_map(|(index, side)| Some((index, (*side)?))) {
            self.side(side, rule, sides[1 - index].map(|(other, _)| other), bracket);
        }
    }

    pub(crate) fn distance(&mut self, name: &'static str, distance: &Distance) -> &'static str {
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
        let after = risk.trailing_stop.as_ref().and_then(|trailing| trailing.after.as_ref());
        let even = risk.break_even.as_ref().map(|even| &even.after);
        let mut known = String::new();
        for distance in [risk.stop_loss.as_ref(), risk.take_profit.as_ref(), after, even].into_iter().flatten() {
            if let Some(test) = self.known(distance).map(|test| format!(" and {test}"))
                && !known.contains(&test)
            {
                known.push_str(&test);
            }
        }
        known
    }

    /// The test whether a distance has a value, where it may have none.
    pub(crate) fn known(&mut self, distance: &Distance) -> Option<String> {
        match distance {
            Distance::Atr { period, .. } => Some(format!("not na({})", self.atr(*period))),
            Distance::Ticks(_) | Distance::Percent(_) => None,
        }
    }

    fn atr(&mut self, period: Arg) -> String {
        self.indicator(&IndicatorCall::average_true_range(period))
    }

    fn ticks(&mut self, name: &'static str, ticks: &str) -> &'static str {
        self.line(&format!("{name} = math.max(1, math.round({ticks}))"));
        name
    }

    fn size(&mut self, options: &Options) {
        let units = match &self.strategy.sizing.rule {
            SizeRule::Units(units) => float(*units),
            SizeRule::EquityFraction(fraction) => format!("{} / close", times("strategy.equity", *fraction)),
            SizeRule::RiskFraction(fraction) => {
                format!("{} / (stop_ticks * syminfo.mintick)", times("strategy.equity", *fraction))
            }
            SizeRule::VolatilityTarget { target, volatility, max_leverage } => {
                let volatility = self.num(volatility);
                self.line(&format!("volatility = {volatility}"));
                let leverage = format!("math.min({} / volatility, {})", float(*target), float(*max_leverage));
                self.line(&format!("leverage = volatility > 0 ? {leverage} : na"));
                "strategy.equity * leverage / close".to_owned()
            }
            SizeRule::Kelly { fraction, n_trades, min_leverage, max_leverage } => {
                let arguments = [*fraction, *min_leverage, *max_leverage].map(float).join(", ");
                self.line(&format!("leverage = kelly_leverage({n_trades}, {arguments})"));
                "strategy.equity * leverage / close".to_owned()
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

    fn signals(&mut self, side: Side, rule: &Rule) {
        let entry = self.cond(&rule.entry);
        self.line(&format!("{}_entry = {entry}", side.name));
        if let Some(exit) = &rule.exit {
            let exit = self.cond(exit);
            self.line(&format!("{}_exit = {exit}", side.name));
        }
    }

    fn side(&mut self, side: Side, rule: &Rule, opposite: Option<Side>, bracket: Bracket) {
        let Side { name, id, free, held } = side;
        self.line(&format!("if enter_{name} and strategy.position_size {free}"));
        self.line(&format!("    strategy.entry(\"{id}\", strategy.{name}, qty = quantity)"));
        let legs = legs(bracket);
        if !legs.is_empty() {
            self.line(&format!("    strategy.exit(\"{id} bracket\", \"{id}\", {})", legs.join(", ")));
        }
        let exit = rule.exit.as_ref().map(|_| format!("{name}_exit"));
        let age = self.strategy.risk.max_bars.map(|_| "is_old".to_owned());
        let reasons: Vec<String> = exit.into_iter().chain(age).collect();
        if !reasons.is_empty() {
            let any = if reasons.len() > 1 { format!("({})", reasons.join(" or ")) } else { reasons.concat() };
            let reversal = opposite.map_or_else(String::new, |other| format!(" and not enter_{}", other.name));
            self.line(&format!("if {any} and strategy.position_size {held}{reversal}"));
            self.line(&format!("    strategy.close(\"{id}\")"));
        }
    }
}

/// The words of one side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side {
    pub(crate) name: &'static str,
    pub(crate) id: &'static str,
    /// The position that an entry of this side meets.
    free: &'static str,
    pub(crate) held: &'static str,
}

impl Side {
    pub(crate) const LONG: Self = Self { name: "long", id: "Long", free: "<= 0", held: "> 0" };
    pub(crate) const SHORT: Self = Self { name: "short", id: "Short", free: ">= 0", held: "< 0" };

    pub(crate) fn rule(self, strategy: &Strategy) -> Option<&Rule> {
        if self.name == "long" { strategy.long.as_ref() } else { strategy.short.as_ref() }
    }
}

/// Arguments of `strategy.exit` in ticks, and the variables of those that there are.
pub(crate) type Bracket = [(&'static str, Option<&'static str>); 2];

pub(crate) fn legs(bracket: Bracket) -> Vec<String> {
    bracket.into_iter().filter_map(|(leg, ticks)| ticks.map(|ticks| format!("{leg} = {ticks}"))).collect()
}

/// A product, written only where it changes something.
fn times(expression: &str, factor: f64) -> String {
    if is_one(factor) { expression.to_owned() } else { format!("{expression} * {}", float(factor)) }
}

#[expect(clippy::float_cmp, reason = "only the very number changes nothing as a factor")]
fn is_one(factor: f64) -> bool {
    factor == 1.0
}

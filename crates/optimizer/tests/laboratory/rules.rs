//! The strategies that are searched.
use backtest::Plan;
use optimizer::{Candidate, Sampler, candidates};
use serde_json::{Value, json};
use strategy::Strategy;

pub(crate) const REVERSION_PERIOD: usize = 8;
pub(crate) const REVERSION_DEPTH: f64 = 25.0;
pub(crate) const TREND_FAST: usize = 10;
pub(crate) const TREND_SLOW: usize = 50;
/// The fourth bar of a day, 12:00 to 16:00 UTC.
pub(crate) const SESSION_BAR: usize = 3;

/// What is searched.
pub(crate) struct Rules {
    pub(crate) plans: Vec<Plan>,
    pub(crate) candidates: Vec<Candidate>,
}

impl Rules {
    /// 17 strategies, 195 parameter sets.
    pub(crate) fn all() -> Self {
        Self::of(vec![
            average_cross([5, 25], [30, 100]),
            rsi_reversal([4, 18], [15.0, 35.0]),
            momentum(),
            bollinger_reversal(),
            breakout(),
        ])
    }

    /// 14 strategies, 33 parameter sets.
    pub(crate) fn few() -> Self {
        Self::of(vec![average_cross([5, 15], [30, 60]), rsi_reversal([6, 10], [20.0, 30.0])])
    }

    /// With the sessions.
    fn of(mut strategies: Vec<Strategy>) -> Self {
        for bar in 0..6 {
            strategies.extend(["long", "short"].map(|side| session(bar, side)));
        }
        let plans: Vec<Plan> = strategies.iter().map(|it| Plan::compile(it).expect("a valid strategy")).collect();
        let candidates = candidates(&plans, &Sampler::Grid { max_points: 1_000 }).expect("small grids");
        Self { plans, candidates }
    }

    /// Position of the candidate that an edge pays.
    pub(crate) fn true_rule(&self, edge: super::edge::Edge) -> usize {
        use super::edge::Edge;
        let (name, values) = match edge {
            Edge::Reversion => ("RSI reversal", vec![REVERSION_PERIOD as f64, REVERSION_DEPTH]),
            Edge::Trend => ("Average cross", vec![TREND_FAST as f64, TREND_SLOW as f64]),
            Edge::Session => ("Session 3 long", vec![]),
        };
        let is_it = |candidate: &Candidate| {
            self.plans[candidate.strategy].strategy().name == name && candidate.params.values() == values
        };
        self.candidates.iter().position(is_it).expect("the paid rule is on the grid")
    }
}

fn integer(name: &str, [min, max]: [i32; 2], step: i32) -> Value {
    json!({ "name": name, "kind": { "integer": { "default": min, "min": min, "max": max, "step": step } } })
}

fn float(name: &str, [min, max]: [f64; 2], step: f64) -> Value {
    json!({ "name": name, "kind": { "float": { "default": min, "min": min, "max": max, "step": step } } })
}

fn input(position: usize) -> Value {
    json!({ "input": position })
}

fn indicator(kind: &str, args: &[Value], output: &str) -> Value {
    json!({ "indicator": { "kind": kind, "args": args, "source": "close", "output": output } })
}

fn compare(way: &str, a: &Value, b: &Value) -> Value {
    json!({ "compare": [way, a, b] })
}

fn strategy(name: &str, inputs: &Value, constraints: &Value, [long, short]: [Value; 2]) -> Strategy {
    let text = json!({
        "name": name, "inputs": inputs, "constraints": constraints, "long": long, "short": short,
        "risk": { "stop_loss": null, "take_profit": null },
        "sizing": { "rule": { "equity_fraction": 1.0 } },
    });
    Strategy::from_json(&text.to_string()).expect("a valid strategy")
}

fn rule(entry: &Value, exit: &Value) -> Value {
    json!({ "entry": entry, "exit": exit })
}

/// Long while `over` holds, short while `under` does.
fn reversing(over: &Value, under: &Value) -> [Value; 2] {
    [rule(over, &Value::Null), rule(under, &Value::Null)]
}

fn average_cross(fast_range: [i32; 2], slow_range: [i32; 2]) -> Strategy {
    let [fast, slow] = [0, 1].map(|position| indicator("sma", &[input(position)], "value"));
    let sides = reversing(&compare("gt", &fast, &slow), &compare("lt", &fast, &slow));
    let inputs = json!([integer("fast", fast_range, 5), integer("slow", slow_range, 10)]);
    strategy("Average cross", &inputs, &json!([]), sides)
}

fn rsi_reversal(periods: [i32; 2], depths: [f64; 2]) -> Strategy {
    let rsi = indicator("rsi", &[input(0)], "value");
    let (top, middle) = (json!({ "binary": ["sub", { "const": 100.0 }, input(1)] }), json!({ "const": 50.0 }));
    let sides = [
        rule(&compare("lt", &rsi, &input(1)), &compare("gt", &rsi, &middle)),
        rule(&compare("gt", &rsi, &top), &compare("lt", &rsi, &middle)),
    ];
    let inputs = json!([integer("period", periods, 2), float("depth", depths, 5.0)]);
    strategy("RSI reversal", &inputs, &json!([]), sides)
}

fn momentum() -> Strategy {
    let (roc, zero) = (indicator("roc", &[input(0)], "value"), json!({ "const": 0.0 }));
    let sides = reversing(&compare("gt", &roc, &zero), &compare("lt", &roc, &zero));
    strategy("Momentum", &json!([integer("period", [4, 80], 4)]), &json!([]), sides)
}

fn bollinger_reversal() -> Strategy {
    let close = json!({ "price": "close" });
    let band = |output| indicator("bollinger", &[input(0), input(1)], output);
    let sides = [
        rule(&compare("lt", &close, &band("lower")), &compare("gt", &close, &band("middle"))),
        rule(&compare("gt", &close, &band("upper")), &compare("lt", &close, &band("middle"))),
    ];
    let inputs = json!([integer("period", [10, 50], 5), float("deviations", [1.0, 2.5], 0.25)]);
    strategy("Bollinger reversal", &inputs, &json!([]), sides)
}

fn breakout() -> Strategy {
    let close = json!({ "price": "close" });
    let band = |output| indicator("bollinger", &[input(0), json!({ "const": 1.5 })], output);
    let sides = reversing(&compare("gt", &close, &band("upper")), &compare("lt", &close, &band("lower")));
    strategy("Breakout", &json!([integer("period", [10, 105], 5)]), &json!([]), sides)
}

/// Holds through one 4-hour bar of the day: the entry is ordered at the close before it, the exit at its own.
fn session(bar: u32, side: &str) -> Strategy {
    let during = |bar: u32| json!({ "session": { "from_minute": bar % 6 * 240, "to_minute": (bar + 1) % 6 * 240 } });
    let holds = rule(&during(bar + 5), &during(bar));
    let sides = if side == "long" { [holds, Value::Null] } else { [Value::Null, holds] };
    strategy(&format!("Session {bar} {side}"), &json!([]), &json!([]), sides)
}

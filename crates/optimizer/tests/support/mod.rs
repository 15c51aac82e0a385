//! Markets, strategies and accounts for the tests.
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Plan, Spread};
use market::{Bar, Bars, Timeframe, UnixNanos};
use optimizer::Control;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use strategy::Strategy;

/// Moves of the artificial log price a bar.
pub(crate) struct Shape {
    /// Standard deviation of the random walk.
    pub(crate) walk: f64,
    /// Standard deviation of a deviation from it that is pulled back; 0 for no edge.
    pub(crate) reversion: f64,
}

/// A driftless random walk: nothing to be found.
pub(crate) const NOISE: Shape = Shape { walk: 0.001, reversion: 0.0 };
/// A price that swings around a slow walk and comes back within a few bars.
pub(crate) const REVERTING: Shape = Shape { walk: 0.0003, reversion: 0.003 };

pub(crate) fn bars(n: u32, seed: u64, shape: &Shape) -> Bars {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut walk, mut swing, mut open) = (0.0, 0.0, 1.1);
    let mut bars = Bars::new(Timeframe::H1);
    for i in 0..n {
        walk += shape.walk * normal(&mut random) - 0.5 * shape.walk * shape.walk;
        swing = 0.85 * swing + shape.reversion * (1.0_f64 - 0.85 * 0.85).sqrt() * normal(&mut random);
        let close = 1.1 * libm::exp(walk + swing);
        let wick = 0.0002 * uniform(&mut random);
        let (high, low) = (if open > close { open } else { close }, if open > close { close } else { open });
        bars.push(Bar {
            open_time: UnixNanos(Timeframe::H1.nanos() * (400_000 + i64::from(i))),
            open,
            high: high + wick,
            low: low - wick,
            close,
            volume: 100.0,
            spread: 0.0001,
            tick_count: 100,
        })
        .expect("a valid bar");
        open = close;
    }
    bars
}

fn uniform(random: &mut ChaCha8Rng) -> f64 {
    ((random.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    let radius = (-2.0 * libm::log(uniform(random))).sqrt();
    radius * libm::cos(std::f64::consts::TAU * uniform(random))
}

pub(crate) fn account() -> Account {
    let costs = Costs { commission: Commission::Percent(0.001), slippage_ticks: 1, spread: Spread::FromBars };
    Account { initial_cash: 10_000.0, tick_size: 0.00001, quantity_step: 1.0, costs }
}

/// Average cross, long and short: fast 2 to 8 by 2, slow 5 to 30 by 5, fast < slow.
pub(crate) fn average_cross() -> Strategy {
    let average = |input: u16| {
        format!(
            r#"{{ "indicator": {{ "kind": "sma", "args": [{{ "input": {input} }}], "source": "close", "output": "value" }} }}"#
        )
    };
    let cross = |way: &str| format!(r#"{{ "cross": ["{way}", {}, {}] }}"#, average(0), average(1));
    Strategy::from_json(&format!(
        r#"{{ "name": "Average cross",
             "inputs": [
               {{ "name": "fast", "kind": {{ "integer": {{ "default": 2, "min": 2, "max": 8, "step": 2 }} }} }},
               {{ "name": "slow", "kind": {{ "integer": {{ "default": 10, "min": 5, "max": 30, "step": 5 }} }} }}],
             "constraints": [{{ "less": 0, "than": 1 }}],
             "long": {{ "entry": {over}, "exit": null }},
             "short": {{ "entry": {under}, "exit": null }},
             "risk": {{ "stop_loss": null, "take_profit": null }},
             "sizing": {{ "rule": {{ "equity_fraction": 1.0 }} }} }}"#,
        over = cross("over"),
        under = cross("under"),
    ))
    .expect("a valid strategy")
}

/// Buys dips and sells peaks of the RSI: period 4 to 12 by 2, depth 10 to 30 by 5 away from the ends.
pub(crate) fn rsi_reversal() -> Strategy {
    let rsi = r#"{ "indicator": { "kind": "rsi", "args": [{ "input": 0 }], "source": "close", "output": "value" } }"#;
    let top = r#"{ "binary": ["sub", { "const": 100.0 }, { "input": 1 }] }"#;
    Strategy::from_json(&format!(
        r#"{{ "name": "RSI reversal",
             "inputs": [
               {{ "name": "period", "kind": {{ "integer": {{ "default": 6, "min": 4, "max": 12, "step": 2 }} }} }},
               {{ "name": "depth", "kind": {{ "float": {{ "default": 20.0, "min": 10.0, "max": 30.0, "step": 5.0 }} }} }}],
             "long": {{ "entry": {{ "compare": ["lt", {rsi}, {{ "input": 1 }}] }},
                        "exit": {{ "compare": ["gt", {rsi}, {{ "const": 50.0 }}] }} }},
             "short": {{ "entry": {{ "compare": ["gt", {rsi}, {top}] }},
                         "exit": {{ "compare": ["lt", {rsi}, {{ "const": 50.0 }}] }} }},
             "risk": {{ "stop_loss": null, "take_profit": null }},
             "sizing": {{ "rule": {{ "equity_fraction": 1.0 }} }} }}"#
    ))
    .expect("a valid strategy")
}

pub(crate) fn plans(strategies: &[Strategy]) -> Vec<Plan> {
    strategies.iter().map(|strategy| Plan::compile(strategy).expect("a valid strategy")).collect()
}

/// A run that nobody watches and nobody ends.
pub(crate) fn quiet() -> Control<'static> {
    static GO_ON: AtomicBool = AtomicBool::new(false);
    Control { on_progress: &|_| {}, cancel: &GO_ON }
}

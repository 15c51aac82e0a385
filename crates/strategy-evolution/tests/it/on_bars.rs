//! What the crate says about strategies holds on bars: simplest forms trade the same, mirror images the mirrored market.

use backtest::{Account, Commission, Costs, Market, Plan, Profile, Scratch, Spread, evaluate};
use market::synthetic::{SyntheticConfig, generate};
use market::{Bar, Bars, PriceSide, Timeframe, aggregate};
use strategy::{Arg, CmpOp, Cond, CrossKind, IndicatorCall, Params, Price, Rule, Strategy as Rules};
use strategy_evolution::{Grammar, Sides, Span};

use crate::grammar;

fn bars() -> Bars {
    let config = SyntheticConfig::eurusd("2024-01-01".parse().unwrap(), 5);
    aggregate(generate(&config, 3).unwrap().view(), Timeframe::M5).bars(PriceSide::Mid)
}

fn account() -> Account {
    let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
    Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1.0, costs }
}

fn none() -> Params {
    Params::new(Vec::new())
}

/// The same condition said in a roundabout way.
fn complicated(cond: &Cond, turn: &mut u32) -> Cond {
    *turn = turn.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    let roundabout = *turn >> 30;
    let inner = match cond {
        Cond::Compare(op, left, right) if roundabout & 1 == 1 => {
            let turned = match op {
                CmpOp::Lt => CmpOp::Gt,
                CmpOp::Le => CmpOp::Ge,
                CmpOp::Gt => CmpOp::Lt,
                CmpOp::Ge => CmpOp::Le,
            };
            Cond::Compare(turned, right.clone(), left.clone())
        }
        Cond::Cross(kind, left, right) if roundabout & 1 == 1 => {
            let turned = if *kind == CrossKind::Over { CrossKind::Under } else { CrossKind::Over };
            Cond::Cross(turned, right.clone(), left.clone())
        }
        Cond::Compare(..) | Cond::Cross(..) | Cond::Session(_) => cond.clone(),
        Cond::All(parts) => Cond::All(parts.iter().rev().map(|part| complicated(part, turn)).collect()),
        Cond::Any(parts) => Cond::Any(parts.iter().rev().map(|part| complicated(part, turn)).collect()),
        Cond::Not(inner) => Cond::Not(Box::new(complicated(inner, turn))),
    };
    match roundabout {
        0 => Cond::All(vec![inner.clone(), Cond::Any(vec![inner, Cond::Any(Vec::new())])]),
        1 => Cond::Not(Box::new(Cond::Not(Box::new(inner)))),
        2 => Cond::Any(vec![Cond::All(vec![inner.clone(), Cond::All(Vec::new())]), inner]),
        _ => inner,
    }
}

#[test]
fn the_simplest_form_trades_the_same() {
    let (bars, account) = (bars(), account());
    let market = Market::with_limit(bars.view(), 16 << 20);
    let mut scratch = Scratch::new();
    let mut trades = |strategy: &Rules| {
        evaluate(&Plan::compile(strategy).unwrap(), &none(), &market, 0..bars.len(), &account, &mut scratch).unwrap()
    };
    let grammar = grammar(Sides::Both);
    let (mut turn, mut n_trades) = (1, 0);
    for seed in 0..150 {
        let simple = grammar.random(seed);
        let mut said = simple.clone();
        for rule in [&mut said.long, &mut said.short].into_iter().flatten() {
            rule.entry = complicated(&rule.entry, &mut turn);
            rule.exit = rule.exit.as_ref().map(|exit| complicated(exit, &mut turn));
        }
        let metrics = trades(&said);
        n_trades += metrics.n_trades;
        assert_eq!(metrics, trades(&simple), "{}", said.to_json());
        assert_eq!(Grammar::canonical(said), simple);
    }
    assert!(n_trades > 1_000, "{n_trades}");
}

#[test]
fn lifted_inputs_trade_the_same_at_their_defaults() {
    let (bars, account) = (bars(), account());
    let market = Market::with_limit(bars.view(), 16 << 20);
    let mut scratch = Scratch::new();
    let grammar = grammar(Sides::Both);
    for seed in 0..60 {
        let found = grammar.random(seed);
        let lifted = grammar.lift(&found, Span::Near(2));
        let mut trades = |strategy: &Rules, params: &Params| {
            let plan = Plan::compile(strategy).unwrap();
            evaluate(&plan, params, &market, 0..bars.len(), &account, &mut scratch).unwrap()
        };
        assert_eq!(trades(&found, &none()), trades(&lifted, &lifted.defaults()));
    }
}

/// Every price p becomes 2.2 − p.
fn upside_down(bars: &Bars) -> Bars {
    let turned = |price: f64| ((2.2 - price) * 1e6).round() / 1e6;
    let view = bars.view();
    let mut mirrored = Bars::new(Timeframe::M5);
    for i in 0..view.len() {
        mirrored
            .push(Bar {
                open_time: view.open_time[i],
                open: turned(view.open[i]),
                high: turned(view.low[i]),
                low: turned(view.high[i]),
                close: turned(view.close[i]),
                volume: view.volume[i],
                spread: view.spread[i],
                tick_count: view.tick_count[i],
            })
            .unwrap();
    }
    mirrored
}

/// On a market turned upside down each number is what its mirror image says. Ratios of prices are only nearly so, and
/// candles take a bar that closes where it opened for a rising one in both.
#[test]
fn the_mirror_images_of_the_standard_vocabulary_are_true() {
    let bars = bars();
    let mirrored = upside_down(&bars);
    let (market, other) = (Market::new(bars.view()), Market::new(mirrored.view()));
    let grammar = grammar(Sides::Mirrored);
    let mut wrong = Vec::new();
    for term in &grammar.vocabulary().terms {
        let mirror = term.mirror.as_ref().unwrap();
        let call = |output: &str, source: Option<Price>| IndicatorCall {
            kind: term.kind,
            args: term.args.iter().map(|grid| Arg::Const(grid.value(grid.len() / 2))).collect(),
            source,
            output: output.to_owned(),
        };
        let source = term.sources.first().copied();
        let values = market.indicator_values(&call(&term.output, source), &none(), Profile::Talib).unwrap();
        let image = mirror.output.as_ref().unwrap_or(&term.output);
        let images = other.indicator_values(&call(image, source), &none(), Profile::Talib).unwrap();
        let is_price = term.measure == strategy_evolution::Measure::Price;
        let about = mirror.about.map(|about| if is_price { 1.1 } else { about });
        let (mut off, mut spread, mut n) = (0.0, 0.0, 0.0);
        let mean = values.iter().filter(|value| value.is_finite()).sum::<f64>() / values.len() as f64;
        for (value, image) in values.iter().zip(&images).filter(|(value, image)| value.is_finite() && image.is_finite())
        {
            let expected = about.map_or(*value, |about| 2.0 * about - value);
            off += (image - expected).abs();
            spread += (value - mean).abs();
            n += 1.0;
        }
        if n < 500.0 || off > 0.03 * spread {
            wrong.push(format!("{} {}: off by {} of {spread}, {n} bars", term.kind, term.output, off));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mirrored_rule_trades_the_mirrored_market() {
    let bars = bars();
    let mirrored = upside_down(&bars);
    let (market, other) = (Market::new(bars.view()), Market::new(mirrored.view()));
    let (grammar, account) = (grammar(Sides::Mirrored), account());
    let mut scratch = Scratch::new();
    let (mut same, mut trades) = (0_u32, 0);
    for seed in 0..100 {
        let both = grammar.random(seed);
        let side = |long: Option<Rule>, short: Option<Rule>| {
            let mut one = Rules { long, short, ..both.clone() };
            one.sizing.rule = strategy::SizeRule::Units(1_000.0);
            Plan::compile(&one).unwrap()
        };
        let mut count = |plan: &Plan, market: &Market<'_>| {
            evaluate(plan, &none(), market, 0..bars.len(), &account, &mut scratch).unwrap().n_trades
        };
        let long = count(&side(both.long.clone(), None), &market);
        let short = count(&side(None, both.short.clone()), &other);
        same += u32::from(long.abs_diff(short) <= long / 50);
        trades += long;
    }
    // Ratios of prices and ties of rounded prices make a few differ.
    assert!(same >= 90 && trades > 1_000, "{same} of 100 trade alike, {trades} trades");
}

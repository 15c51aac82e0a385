//! Laws of the text: no variable is used before it is declared, none is declared twice, and equal input gives equal text.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeSet;

use indicators::{Column, IndicatorInfo, IndicatorKind, ParameterInfo, ParameterKind};
use pinegen::{Commission, Options, generate};
use proptest::prelude::*;
use strategy::{
    Arg, CmpOp, Cond, CrossKind, Distance, IndicatorCall, Num, NumOp, Price, Risk, Rule, SizeRule, Sizing,
    Strategy as Tree,
};

fn indicator() -> impl Strategy<Value = Num> {
    let kinds: Vec<IndicatorKind> = IndicatorKind::all().filter(|kind| is_writable(kind.info())).collect();
    (0..kinds.len(), 2..40_u32, 0..3_usize).prop_map(move |(kind, period, output)| {
        let info = kinds[kind].info();
        let args = info.parameters.iter().map(|parameter| Arg::Const(argument(info, parameter, period))).collect();
        let source = info.inputs.contains(&Column::Source).then_some(Price::Hlc3);
        let output = info.outputs[output % info.outputs.len()].name.to_owned();
        Num::Indicator(IndicatorCall { kind: kinds[kind], args, source, output })
    })
}

fn is_writable(info: &IndicatorInfo) -> bool {
    info.pine.is_some() && !info.inputs.iter().any(|column| matches!(column, Column::Second | Column::Condition))
}

/// The period, where the template has a place for a number of bars.
fn argument(info: &IndicatorInfo, parameter: &ParameterInfo, period: u32) -> f64 {
    let place = format!("{{{}}}", parameter.name);
    let is_mentioned = info.pine.is_some_and(|pine| pine.lines.contains(&place));
    let fits = parameter.kind == ParameterKind::Bars && (parameter.min..=parameter.max).contains(&f64::from(period));
    if is_mentioned && fits { f64::from(period) } else { parameter.default }
}

fn num() -> impl Strategy<Value = Num> {
    let leaf = prop_oneof![(-1e3..1e3).prop_map(Num::Const), Just(Num::Price(Price::Close)), indicator()];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let op = prop_oneof![Just(NumOp::Add), Just(NumOp::Div), Just(NumOp::Max)];
        prop_oneof![
            (inner.clone(), 1..50_u16).prop_map(|(num, bars)| Num::Lag(Box::new(num), bars)),
            (op, inner.clone(), inner).prop_map(|(op, a, b)| Num::Binary(op, Box::new(a), Box::new(b))),
        ]
    })
}

fn cond() -> impl Strategy<Value = Cond> {
    let leaf = prop_oneof![
        (num(), num()).prop_map(|(a, b)| Cond::Compare(CmpOp::Gt, a, b)),
        (num(), num()).prop_map(|(a, b)| Cond::Cross(CrossKind::Over, a, b)),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Cond::All),
            inner.prop_map(|cond| Cond::Not(Box::new(cond))),
        ]
    })
}

fn script(long: &Cond, short: &Cond) -> String {
    let tree = Tree {
        name: "Any".to_owned(),
        inputs: Vec::new(),
        constraints: Vec::new(),
        long: Some(Rule { entry: long.clone(), exit: Some(short.clone()) }),
        short: Some(Rule { entry: short.clone(), exit: None }),
        risk: Risk {
            stop_loss: Some(Distance::Atr { period: Arg::Const(14.0), multiple: Arg::Const(2.0) }),
            ..Risk::default()
        },
        sizing: Sizing { rule: SizeRule::RiskFraction(0.01), confidence: None },
    };
    let options = Options {
        provenance: Vec::new(),
        initial_cash: 1e4,
        commission: Commission::None,
        slippage_ticks: 0,
        quantity_step: 0.01,
    };
    generate(&tree, &tree.defaults(), &options).unwrap()
}

/// Names that the line declares.
fn declared(line: &str) -> Vec<String> {
    let Some((names, _)) = line.split_once(" = ") else { return Vec::new() };
    if line.starts_with([' ', '/']) || line.contains("=>") {
        return Vec::new();
    }
    if names.starts_with('[') {
        return names.trim_matches(['[', ']']).split(", ").map(str::to_owned).collect();
    }
    // Before the name may stand `var` and a type.
    names.split(' ').next_back().map(str::to_owned).into_iter().collect()
}

/// Pine's own names that have the form of a declared variable.
const BUILT_IN: [&str; 5] = ["hl2", "hlc3", "hlcc4", "ohlc4", "log10"];

/// Identifiers in the line that have the form of a declared variable: letters, then a number, perhaps an output's name.
fn used(line: &str) -> Vec<String> {
    let code = line.split_once(" = ").map_or(line, |(_, code)| code);
    code.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter(|word| word.bytes().any(|b| b.is_ascii_digit()) && !BUILT_IN.contains(word))
        .map(str::to_owned)
        .collect()
}

proptest! {
    #[test]
    fn variables_are_declared_once_and_before_use(long in cond(), short in cond()) {
        let text = script(&long, &short);
        let mut known = BTreeSet::new();
        for line in text.lines().filter(|line| !line.starts_with("//") && !line.starts_with("strategy(")) {
            for name in used(line).into_iter().filter(|_| !line.starts_with("plot(")) {
                prop_assert!(known.contains(&name), "{name} is used before its declaration: {line}\n{text}");
            }
            for name in declared(line) {
                prop_assert!(known.insert(name.clone()), "{name} is declared twice\n{text}");
            }
        }
        prop_assert_eq!(&text, &script(&long, &short));
        prop_assert!(text.lines().all(|line| line == line.trim_end()) && text.ends_with('\n'));
    }
}

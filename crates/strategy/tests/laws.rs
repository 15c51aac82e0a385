//! Laws of the tree: JSON gives back the equal strategy, whatever its shape.

use indicators::IndicatorKind;
use proptest::prelude::*;
use strategy::{
    Arg, CmpOp, Cond, CrossKind, Distance, IndicatorCall, Input, InputId, InputKind, Num, NumOp, Price, Risk, Rule,
    Session, SizeRule, Sizing, Strategy as Tree,
};

fn num() -> impl Strategy<Value = Num> {
    let rsi = IndicatorCall {
        kind: IndicatorKind::named("rsi").expect("the catalogue lists it"),
        args: vec![Arg::Input(InputId(0))],
        source: Some(Price::Hlc3),
        output: "value".to_owned(),
    };
    let leaf = prop_oneof![
        (-1e9..1e9).prop_map(Num::Const),
        Just(Num::Input(InputId(0))),
        Just(Num::Price(Price::Close)),
        Just(Num::Indicator(rsi)),
    ];
    leaf.prop_recursive(3, 16, 2, |inner| {
        prop_oneof![
            (inner.clone(), 1..100_u16).prop_map(|(num, bars)| Num::Lag(Box::new(num), bars)),
            (inner.clone(), inner).prop_map(|(a, b)| Num::Binary(NumOp::Div, Box::new(a), Box::new(b))),
        ]
    })
}

fn cond() -> impl Strategy<Value = Cond> {
    let leaf = prop_oneof![
        (num(), num()).prop_map(|(a, b)| Cond::Compare(CmpOp::Le, a, b)),
        (num(), num()).prop_map(|(a, b)| Cond::Cross(CrossKind::Over, a, b)),
        (0..700_u16, 700..1440_u16)
            .prop_map(|(from_minute, to_minute)| Cond::Session(Session { from_minute, to_minute })),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Cond::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Cond::Any),
            inner.prop_map(|cond| Cond::Not(Box::new(cond))),
        ]
    })
}

prop_compose! {
    fn tree()(entry in cond(), exit in prop::option::of(cond()), ticks in 1.0..1e6, units in 1.0..1e6) -> Tree {
        Tree {
            name: "Any".to_owned(),
            inputs: vec![Input {
                name: "n".to_owned(),
                kind: InputKind::Integer { default: 14, min: 2, max: 50, step: 1 },
            }],
            constraints: Vec::new(),
            long: Some(Rule { entry, exit }),
            short: None,
            risk: Risk { stop_loss: Some(Distance::Ticks(Arg::Const(ticks))), ..Risk::default() },
            sizing: Sizing { rule: SizeRule::Units(units), confidence: None },
        }
    }
}

proptest! {
    #[test]
    fn json_gives_back_the_equal_strategy(tree in tree()) {
        prop_assert_eq!(tree.validate().map_err(|e| e.to_string()), Ok(()));
        prop_assert_eq!(Tree::from_json(&tree.to_json()).unwrap(), tree);
    }
}

#[test]
fn the_schema_describes_the_tree() {
    let schema = Tree::json_schema();
    let required = schema["required"].as_array().unwrap();
    for field in ["name", "inputs", "risk", "sizing"] {
        assert!(required.iter().any(|name| name == field), "{field} is not required");
    }
    assert!(schema["$defs"]["Cond"].is_object());
    assert_eq!(schema["additionalProperties"], false);
}

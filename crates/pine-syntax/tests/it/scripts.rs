//! Random scripts that are sound, and such with a piece changed.

use proptest::prelude::*;

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "close", "ta", "x1", "_y", "type", "method", "series", "to"]).prop_map(str::to_owned)
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        name(),
        prop::sample::select(vec!["1", "2.5", ".5", "1.", "1e3", "true", "\"text\"", "'t'", "#FF8000", "na"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let op = prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or"]);
        prop_oneof![
            (inner.clone(), op, inner.clone()).prop_map(|(left, op, right)| format!("{left} {op} {right}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            (name(), prop::collection::vec(inner.clone(), 0..3))
                .prop_map(|(name, args)| format!("{name}({})", args.join(", "))),
            (name(), inner.clone()).prop_map(|(name, offset)| format!("{name}[{offset}]")),
            inner.clone().prop_map(|inner| format!("not {inner}")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(condition, then, otherwise)| format!("({condition} ? {then} : {otherwise})")),
        ]
    })
}

/// Lines of a statement, without indent.
fn statement() -> impl Strategy<Value = Vec<String>> {
    let simple = prop_oneof![
        (name(), expression()).prop_map(|(name, value)| format!("{name} = {value}")),
        (name(), expression()).prop_map(|(name, value)| format!("var float {name} = {value}")),
        (name(), expression()).prop_map(|(name, value)| format!("{name} := {value}")),
        expression().prop_map(|value| format!("[a, _] = f({value})")),
        expression().prop_map(|value| format!("plot({value}, title = \"a\")")),
        expression().prop_map(|value| format!("f(x, float y = 1) => {value}")),
    ];
    simple.prop_map(|line| vec![line]).prop_recursive(3, 16, 3, |inner| {
        let body = prop::collection::vec(inner, 1..3).prop_map(|all| indented(&all.concat()));
        prop_oneof![
            (expression(), body.clone()).prop_map(|(condition, body)| with(format!("if {condition}"), body)),
            (expression(), body.clone(), body.clone()).prop_map(|(condition, then, otherwise)| {
                [with(format!("if {condition}"), then), with("else".to_owned(), otherwise)].concat()
            }),
            (expression(), body.clone()).prop_map(|(end, body)| with(format!("for i = 0 to {end}"), body)),
            (expression(), body.clone()).prop_map(|(condition, body)| with(format!("x = while {condition}"), body)),
            (expression(), body.clone())
                .prop_map(|(pattern, body)| with("switch".to_owned(), indented(&with(format!("{pattern} =>"), body)))),
            body.prop_map(|body| with("g(x) =>".to_owned(), body)),
        ]
    })
}

fn with(first: String, rest: Vec<String>) -> Vec<String> {
    std::iter::once(first).chain(rest).collect()
}

fn indented(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| format!("    {line}")).collect()
}

/// A script without a mistake of syntax.
pub(crate) fn script() -> impl Strategy<Value = String> {
    prop::collection::vec(statement(), 0..6)
        .prop_map(|statements| format!("//@version=6\n{}\n", statements.concat().join("\n")))
}

/// A script of which a piece is missing or stands twice.
pub(crate) fn mutated() -> impl Strategy<Value = String> {
    (script(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(text, one, other, twice)| {
            let (one, other) = (one.index(text.len()), other.index(text.len()));
            let (begin, end) = (one.min(other), one.max(other));
            if twice {
                format!("{}{}", &text[..end], &text[begin..])
            } else {
                format!("{}{}", &text[..begin], &text[end..])
            }
        },
    )
}

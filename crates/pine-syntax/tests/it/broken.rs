//! Damaged scripts: what is reported, and where. The place stands between `‹` and `›` in the source.

use pine_syntax::{Severity, parse};

use crate::show;

/// The source without its marks, and the marked bytes.
fn marked(text: &str) -> (String, [usize; 2]) {
    let (before, rest) = text.split_once('‹').unwrap();
    let (inside, after) = rest.split_once('›').unwrap();
    (format!("{before}{inside}{after}"), [before.len(), before.len() + inside.len()])
}

#[track_caller]
fn refuses(text: &str, code: &str, tree: &str) {
    let (source, place) = marked(&format!("//@version=6\n{text}"));
    let parse = parse(&source);
    let found: Vec<_> = parse
        .diagnostics()
        .iter()
        .map(|found| (found.code.as_str(), [found.span.start as usize, found.span.end as usize]))
        .collect();
    assert_eq!(found, [(code, place)], "{source}\n{:?}", parse.diagnostics());
    assert_eq!(show::script(parse.script()), tree, "{source}");
}

#[test]
fn each_mistake_is_reported_once_and_the_rest_is_parsed() {
    refuses("x = a ‹b›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x = ‹*› b\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x = a +‹›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("f(a ‹b›)\ny = 1", "E0101", "ERROR; y = 1");
    refuses("f(a,‹)›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("f‹(›a\ny = 1", "E0102", "ERROR; y = 1");
    refuses("x = a‹[›1\ny = 1", "E0102", "ERROR; y = 1");
    refuses("f(a‹]›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x = a‹)›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x = a ? b‹›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x = f‹(›g(a), b\ny = 1", "E0102", "ERROR; y = 1");
    refuses("x = 1 + ‹if›\ny = 1", "E0101", "ERROR; y = 1");
}

#[test]
fn wrapping_by_a_multiple_of_four_is_refused() {
    refuses("x = a +‹›\n    b\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x = a\n    ‹+› b\ny = 1", "E0107", "x = a; ERROR; y = 1");
    refuses("x = a ?‹›\n    b :\n    c\ny = 1", "E0101", "ERROR; y = 1");
}

#[test]
fn lines_stand_where_a_block_wants_them() {
    refuses("a()\n    ‹b›()\nc()", "E0107", "(a); ERROR; (c)");
    refuses("if a\n  ‹b›()\nc()", "E0107", "ERROR; (c)");
    refuses("if a\n    b()\n        ‹c›()\n    d()", "E0107", "if a {(b); ERROR; (d)}");
    refuses("if a‹›\nb()", "E0108", "ERROR; (b)");
    refuses("f(x) =>‹›\nb()", "E0108", "ERROR; (b)");
    refuses("if a\n    b()\nelse‹›\nc()", "E0108", "ERROR; (c)");
    refuses("type T‹›\nc()", "E0108", "ERROR; (c)");
    refuses("if a\n    b()\n  ‹else›\n    c()", "E0107", "if a {ERROR; (c)}");
}

#[test]
fn a_mistake_in_a_block_costs_its_line_only() {
    refuses("if a\n    b(‹*›)\n    c()\nd()", "E0101", "if a {ERROR; (c)}; (d)");
    refuses("x = switch a\n    1 => ‹*›\n    2 => 3\nd()", "E0101", "x = switch a {2 => {3}}; (d)");
    refuses("type T\n    int ‹=› 1\n    float b\nd()", "E0101", "type T {float b}; (d)");
}

#[test]
fn literals_are_read_strictly() {
    refuses("x = ‹\"abc›\ny = 1", "E0104", "x = ERROR; y = 1");
    refuses("x = ‹'abc\\'›\ny = 1", "E0104", "x = ERROR; y = 1");
    refuses("x = ‹\"\"\"abc\ny = 1›", "E0104", "x = ERROR");
    refuses("x = ‹#ff80›\ny = 1", "E0105", "x = ERROR; y = 1");
    refuses("x = ‹#gg8000›\ny = 1", "E0105", "x = ERROR; y = 1");
    refuses("x = ‹9223372036854775808›\ny = 1", "E0103", "x = ERROR; y = 1");
    refuses("x = ‹1e999›\ny = 1", "E0103", "x = ERROR; y = 1");
    refuses("x = ‹“›a\ny = 1", "E0106", "ERROR; y = 1");
    refuses("x = 1‹;›\ny = 1", "E0106", "ERROR; y = 1");
}

#[test]
fn names_are_names() {
    refuses("if ‹=› 1\ny = 1", "E0101", "ERROR; y = 1");
    refuses("var ‹for› = 1\ny = 1", "E0101", "ERROR; y = 1");
    refuses("x.‹(›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("[a, b‹.›c] = f()", "E0101", "ERROR");
    refuses("‹a + b› := 1\ny = 1", "E0110", "(+ a b) := 1; y = 1");
    refuses("x = y ‹=› 1\nz = 1", "E0101", "ERROR; z = 1");
    refuses("float x‹›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("import User/‹1›\ny = 1", "E0101", "ERROR; y = 1");
    refuses("export ‹a›.b()\ny = 1", "E0101", "ERROR; y = 1");
}

#[test]
fn versions_that_are_not_read_are_named() {
    for (version, word) in [(1, "version 1"), (4, "version 4"), (7, "version 7")] {
        let parse = parse(&format!("//@version={version}\nstudy(\"a\")\n"));
        let [found] = parse.diagnostics() else { panic!("{:?}", parse.diagnostics()) };
        assert_eq!((found.code.as_str(), found.severity()), ("E0111", Severity::Error));
        assert!(found.message.contains(word), "{}", found.message);
    }
    let parse = parse("indicator(\"a\")\n");
    let [found] = parse.diagnostics() else { panic!("{:?}", parse.diagnostics()) };
    assert_eq!((found.code.as_str(), found.severity()), ("W0701", Severity::Warning));
    let [edit] = &found.fix.as_ref().unwrap().edits[..] else { panic!("one edit") };
    let fixed = format!("{}{}", edit.text, &parse.source()[edit.span.range().end..]);
    assert_eq!(pine_syntax::parse(&fixed).diagnostics(), []);
}

#[test]
fn wrapping_is_explained() {
    let parse = parse("//@version=6\nx = a +\n    b\n");
    assert!(parse.diagnostics()[0].hint.as_ref().unwrap().contains("not a multiple of four"));
}

#[test]
fn depth_is_limited_and_said() {
    let nested = format!("//@version=6\nx = {}1{}\ny = 1", "(".repeat(100_000), ")".repeat(100_000));
    let chain = format!("//@version=6\nx = 1{}\ny = 1", " + 1".repeat(100_000));
    let ternary = format!("//@version=6\nx = {}1\ny = 1", "a ? b : ".repeat(100_000));
    let members = format!("//@version=6\nx = a{}\ny = 1", ".b".repeat(100_000));
    let signs = format!("//@version=6\nx = {}1\ny = 1", "-".repeat(100_000));
    let generics = format!("//@version=6\nx = {}\ny = 1", "a<".repeat(100_000));
    let lines: Vec<String> = (0..1_000).map(|depth| format!("{}if a", "    ".repeat(depth))).collect();
    let blocks = lines.join("\n");
    for source in [nested, chain, ternary, members, signs, generics, format!("//@version=6\n{blocks}\ny = 1")] {
        let parse = parse(&source);
        assert_eq!(parse.diagnostics().len(), 1, "{}", &source[..40]);
        let last = parse.script().statements.last().unwrap();
        assert_eq!(parse.text(last.span), "y = 1", "{}", &source[..40]);
    }
    let allowed = format!("//@version=6\nx = {}1{}\ny = 1{}\n", "(".repeat(100), ")".repeat(100), " + 1".repeat(200));
    assert_eq!(parse(&allowed).diagnostics(), []);
}

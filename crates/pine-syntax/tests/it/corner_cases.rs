//! What the manual allows and parsers get wrong: each script with the tree it means.

use pine_syntax::parse;

use crate::show;

#[track_caller]
fn means(source: &str, tree: &str) {
    let parse = parse(&format!("//@version=6\n{source}"));
    assert_eq!(parse.diagnostics(), [], "{source}");
    assert_eq!(show::script(parse.script()), tree, "{source}");
}

#[test]
fn operators_bind_as_the_manual_orders_them() {
    means("x = a + b * c - d / e % f", "x = (- (+ a (* b c)) (% (/ d e) f))");
    means("x = a or b and c == d", "x = (or a (and b (== c d)))");
    means("x = a < b == c > d", "x = (== (< a b) (> c d))");
    means("x = not a and b", "x = (and (not a) b)");
    means("x = not a == b", "x = (== (not a) b)");
    means("x = -a * +b", "x = (* (- a) (+ b))");
    means("x = -a[1]", "x = (- a[1])");
    means("x = a ? b : c ? d : e", "x = (? a b (? c d e))");
    means("x = a ? b ? c : d : e", "x = (? a (? b c d) e)");
    means("x = (a + b) * c", "x = (* «(+ a b)» c)");
}

#[test]
fn numbers_colors_and_text_have_their_values() {
    means("x = .5 + 1. + 1e3 + 1.5e-3 + 07", "x = (+ (+ (+ (+ 0.5 1.0) 1000.0) 0.0015) 7)");
    means("x = #ff8000", "x = #FF8000FF");
    means("x = #FF800080", "x = #FF800080");
    means(r#"x = "a\"b\n" + 'c"d' + "\\""#, r#"x = (+ (+ "a\"b\n" "c\"d") "\\")"#);
    means("x = \"\" + '' + \"//no\"", "x = (+ (+ \"\" \"\") \"//no\")");
    means("x = \"\"\"two\nlines \"quoted\" \"\"\"", "x = \"two\\nlines \\\"quoted\\\" \"");
    means("x = true or false", "x = (or true false)");
}

#[test]
fn lines_wrap_where_the_indent_is_no_multiple_of_four() {
    means("x = a +\n  b +\n     c", "x = (+ (+ a b) c)");
    means("x = a\n  + b", "x = (+ a b)");
    means("x = a ?\n  b :\n  c", "x = (? a b c)");
    means("x = a\n   ? b\n   : c", "x = (? a b c)");
    means("f(a,\n  b) =>\n     a + b", "f(a, b) => {(+ a b)}");
    means("if a and\n     b\n    c()", "if (and a b) {(c)}");
    means("x = a\n \t.b", "x = a.b");
}

#[test]
fn inside_of_brackets_any_indent_wraps() {
    means("plot(a,\n    b,\nc = 1\n)", "(plot a b c=1)");
    means("x = (a +\n    b)\ny = 1", "x = «(+ a b)»; y = 1");
    means("x = [\n    a,\n    b\n    ]", "x = [a b]");
    means("if a\n    f(\nb)\n    c()", "if a {(f b); (c)}");
    means("f(\n  // comment, with (\n  a)", "(f a)");
}

#[test]
fn blank_lines_and_comments_do_not_end_a_block() {
    means("if a\n    b()\n\n// at the margin\n    \n    c()\nd()", "if a {(b); (c)}; (d)");
    means("if a\n\tb()\n\t// tabs\n\tif c\n\t\td()\ne()", "if a {(b); if c {(d)}}; (e)");
    means("if a\r\n    b()\r\nc()\r\n", "if a {(b)}; (c)");
    means("\n\n  // nothing\n", "");
    means("a() // end", "(a)");
}

#[test]
fn commas_join_statements() {
    means("a = 1, b = 2, f(a, b)", "a = 1; b = 2; (f a b)");
    means("if c\n    a := 1, b := 2\nd()", "if c {a := 1; b := 2}; (d)");
    means("f(x) => y = x, y + 1", "f(x) => {y = x; (+ y 1)}");
}

#[test]
fn variables_are_declared_in_every_form() {
    means("float x = na", "float x = na");
    means("var int x = 0", "var int x = 0");
    means("varip x = 0", "varip x = 0");
    means("const string x = \"a\"", "const string x = \"a\"");
    means("var series float x = close", "var series float x = close");
    means("float[] x = na", "array<float> x = na");
    means("array<float> x = na", "array<float> x = na");
    means("map<string, array<float>> x = na", "map<string, array<float>> x = na");
    means("chart.point p = na", "chart.point p = na");
    means("lib.Pivot p = na", "lib.Pivot p = na");
    means("[_, x, _] = f()", "[_ x _] = (f)");
    means("x := 1\nx += 1\nx -= 1\nx *= 2\nx /= 2\nx %= 2", "x := 1; x += 1; x -= 1; x *= 2; x /= 2; x %= 2");
    means("a.b.c += 1", "a.b.c += 1");
}

#[test]
fn words_of_declarations_are_names_elsewhere() {
    means("type = 1\nmethod = type\nenum = 2", "type = 1; method = type; enum = 2");
    means("f(type, series = 1) => type", "f(type, series = 1) => {type}");
    means("input = 3\nx = input.int(1)", "input = 3; x = (input.int 1)");
    means("simple = 1\nto = 2\nby = to\nin = 1\nonce = 1", "simple = 1; to = 2; by = to; in = 1; once = 1");
    means("plot(x, title = \"a\", type = 1)", "(plot x title=\"a\" type=1)");
    means("export = 1", "export = 1");
}

#[test]
fn functions_and_methods() {
    means("f() => 1", "f() => {1}");
    means("f(x, float y = 1.0, series int n = 2) =>\n    x + y", "f(x, float y = 1.0, series int n = 2) => {(+ x y)}");
    means(
        "method m(array<float> this, simple int n) => this.get(n)",
        "method m(array<float> this, simple int n) => {(this.get n)}",
    );
    means("f(x) =>\n    a = x\n    [a, x]", "f(x) => {a = x; [a x]}");
    means("f(x) => if x\n    1\nelse\n    2", "f(x) => {if x {1} else {2}}");
    means("f(x) => x\nf(string x) => x", "f(x) => {x}; f(string x) => {x}");
    means("export f(float x) => x", "export f(float x) => {x}");
    means("f (x) => x", "f(x) => {x}");
}

#[test]
fn structures_are_values() {
    means("x = if a\n    1\nelse if b\n    2\nelse\n    3", "x = if a {1} else if b {2} else {3}");
    means(
        "x = switch a\n    1 => 2\n    b =>\n        c\n        d\n    => e",
        "x = switch a {1 => {2}, b => {c; d},  => {e}}",
    );
    means("switch\n    a > b => f()\n    => g()", "switch {(> a b) => {(f)},  => {(g)}}");
    means("x = for i = 0 to 9 by 2\n    i", "x = for i = 0 to 9 by 2 {i}");
    means("for i = a.size() - 1 to 0\n    break", "for i = (- (a.size) 1) to 0 {break}");
    means("for x in xs\n    continue", "for x in xs {continue}");
    means("for [i, x] in xs\n    f(i, x)", "for i x in xs {(f i x)}");
    means("x = while a\n    b", "x = while a {b}");
    means("once\n    a := 1", "once {a := 1}");
    means(
        "if a\n    if b\n        c()\n    else\n        d()\nelse\n    e()",
        "if a {if b {(c)} else {(d)}} else {(e)}",
    );
}

#[test]
fn types_enums_and_imports() {
    means(
        "type Pivot\n    int bar\n    float price = 1.5\n    varip int n = 0\n    array<Pivot> next",
        "type Pivot {int bar, float price = 1.5, varip int n = 0, array<Pivot> next}",
    );
    means("export type T\n    label[] labels", "export type T {array<label> labels}");
    means("enum Side\n    long = \"Buy\"\n    short", "enum Side {long = \"Buy\", short}");
    means("import TradingView/ta/7 as tv\nimport User/Lib/1", "import TradingView/ta/7 as tv; import User/Lib/1");
}

#[test]
fn calls_members_and_history() {
    means("x = array.new<float>(10, 0.0)", "x = (array.new<float> 10 0.0)");
    means("x = map.new<string, array<float>>()", "x = (map.new<string><array<float>>)");
    means("x = a < b and c > d", "x = (and (< a b) (> c d))");
    means("f(a < b, c > (d))", "(f (< a b) (> c «d»))");
    means("x = Pivot.new(bar = 1, price = close).copy().price", "x = ((Pivot.new bar=1 price=close).copy).price");
    means("x = ta.sma(close, 9)[1][2]", "x = (ta.sma close 9)[1][2]");
    means("x = (a + b)[n + 1]", "x = «(+ a b)»[(+ n 1)]");
    means("x = (obj[1]).field", "x = «obj[1]».field");
    means("[a, b] = request.security(s, \"D\", [open, close])", "[a b] = (request.security s \"D\" [open close])");
}

#[test]
fn the_version_is_found_wherever_it_stands() {
    for (source, version) in [
        ("//@version=5\na()", Some(5)),
        ("// licence\n\n// @version = 6\na()", Some(6)),
        ("\u{feff}//@version=6\na()", Some(6)),
        ("a() //@version=6", Some(6)),
        ("a()", None),
    ] {
        assert_eq!(parse(source).script().version.map(|(version, _)| version), version, "{source}");
        assert!(parse(source).is_sound(), "{source}");
    }
}

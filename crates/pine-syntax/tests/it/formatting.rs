//! The one layout: what it is, and that it changes nothing else.

use pine_syntax::{Parse, TokenKind, format, parse};
use proptest::prelude::*;

use crate::scripts::script;
use crate::show;

#[track_caller]
fn becomes(source: &str, expected: &str) {
    let parse = parse(&format!("//@version=6\n{source}"));
    assert_eq!(parse.diagnostics(), [], "{source}");
    assert_eq!(format(&parse).unwrap(), format!("//@version=6\n{expected}"), "{source}");
    check(&parse);
}

/// Words, signs and comments are kept, the tree means the same, and what is formatted stays.
fn check(before: &Parse) {
    let formatted = format(before).unwrap();
    let after = parse(&formatted);
    assert_eq!(after.diagnostics(), before.diagnostics(), "{formatted}");
    assert_eq!(pieces(&after), pieces(before), "{formatted}");
    assert_eq!(show::script(after.script()), show::script(before.script()), "{formatted}");
    assert_eq!(format(&after).unwrap(), formatted);
}

fn pieces(parse: &Parse) -> Vec<&str> {
    let kept = parse.tokens().iter().filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::LineEnd));
    kept.map(|token| parse.text(token.span).trim_end()).collect()
}

#[test]
fn operators_have_spaces_and_brackets_have_none() {
    becomes("x=a+b*( c-d )[ 1 ]", "x = a + b * (c - d)[1]\n");
    becomes("x = - a - -b + ( + c )", "x = -a - -b + (+c)\n");
    becomes("x=not   a and(b or c)", "x = not a and (b or c)\n");
    becomes("x=a?b:c", "x = a ? b : c\n");
    becomes("x=a<b", "x = a < b\n");
    becomes("plot( close ,title='a',color=#FF8000 )", "plot(close, title = 'a', color = #FF8000)\n");
    becomes("x = f (a) [1] . g", "x = f(a)[1].g\n");
    becomes("[ a,_ ]=f( )", "[a, _] = f()\n");
    becomes("x+=1,y:=2", "x += 1, y := 2\n");
    becomes("for [i,x]in xs\n    f(-x, [a,-b])", "for [i, x] in xs\n    f(-x, [a, -b])\n");
    becomes("to=1\nin=-to\nx=to(in)-by [1]", "to = 1\nin = -to\nx = to(in) - by[1]\n");
}

#[test]
fn types_are_written_without_spaces() {
    becomes("map < string,array< float > >x=na", "map<string, array<float>> x = na\n");
    becomes("float [ ] x=array . new < float > ( 3,na )", "float[] x = array.new<float>(3, na)\n");
    becomes("f(array<int>x,series  float y=1)=>x", "f(array<int> x, series float y = 1) => x\n");
    becomes("import TradingView / ta / 7 as tv\nx = a/b", "import TradingView/ta/7 as tv\nx = a / b\n");
}

#[test]
fn blocks_stand_at_multiples_of_four() {
    becomes("if a\n\tb()\n\tif c\n\t\td()\ne()", "if a\n    b()\n    if c\n        d()\ne()\n");
    becomes("if a\n        b()\nelse\n    c()", "if a\n    b()\nelse\n    c()\n");
    becomes("x = switch\n    a=>1\n    =>2", "x = switch\n    a => 1\n    => 2\n");
}

#[test]
fn wrapped_lines_stand_one_beyond_a_level() {
    becomes("x = a +\n  b", "x = a +\n     b\n");
    becomes(
        "if c\n    f(a,\nb,\n        g(\n    1))\n    h()",
        "if c\n    f(a,\n         b,\n         g(\n             1))\n    h()\n",
    );
    becomes("f(\n    a\n)", "f(\n     a\n )\n");
}

#[test]
fn comments_and_empty_lines_stay_where_they_belong() {
    becomes("\n\n\nx = 1// one  \n\n\n\ny = 2", "\nx = 1 // one\n\ny = 2\n");
    becomes(
        "if a\n    // before b\n    b()\n    // behind b\n// before c\nc()",
        "if a\n    // before b\n    b()\n    // behind b\n// before c\nc()\n",
    );
    becomes("if a\n// opens\n    b()\n", "if a\n    // opens\n    b()\n");
    becomes("f(a, // first\n// second\nb)", "f(a, // first\n     // second\n     b)\n");
    becomes("x = 1\r\ny = 2", "x = 1\ny = 2\n");
    becomes("x = \"\"\"a\n  b\"\"\"", "x = \"\"\"a\n  b\"\"\"\n");
}

#[test]
fn a_damaged_script_is_left_alone() {
    assert_eq!(format(&parse("//@version=6\nx = (1\n")), None);
}

proptest! {
    #[test]
    fn formatting_keeps_meaning_and_is_done_once(text in script()) {
        check(&parse(&text));
    }
}

//! Laws of every text, sound or not.

use pine_syntax::{Parse, parse};
use proptest::prelude::*;

use crate::scripts::{mutated, script};

/// What holds for any text.
fn check(parse: &Parse) {
    let source = parse.source();
    let mut end = 0;
    for token in parse.tokens() {
        assert_eq!(token.span.start, end, "tokens leave no gap");
        assert!(token.span.end > end && source.is_char_boundary(token.span.end as usize));
        end = token.span.end;
    }
    assert_eq!(end as usize, source.len(), "tokens reach the end");
    for found in parse.diagnostics() {
        let (begin, end) = (found.span.start as usize, found.span.end as usize);
        assert!(begin <= end && source.is_char_boundary(begin) && source.is_char_boundary(end), "{found:?}");
        assert!(!found.message.is_empty());
    }
    let mut before = 0;
    for statement in &parse.script().statements {
        assert!(statement.span.start >= before && statement.span.end >= statement.span.start, "{statement:?}");
        before = statement.span.end;
        parse.text(statement.span);
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed(text in any::<String>()) {
        check(&parse(&text));
    }

    #[test]
    fn any_text_of_pine_signs_is_parsed(text in "(//@version=6\n)?[a-c0-2 \t\n\r\\[\\](),.?:=<>+*/%#\"'\\\\-]{0,200}") {
        check(&parse(&text));
    }

    #[test]
    fn sound_scripts_have_no_diagnostics(text in script()) {
        let parse = parse(&text);
        check(&parse);
        prop_assert_eq!(parse.diagnostics(), &[], "{}", text);
    }

    #[test]
    fn scripts_with_a_piece_changed_are_parsed(text in mutated()) {
        check(&parse(&text));
    }

    #[test]
    fn line_ends_do_not_matter(text in script()) {
        let (unix, windows) = (parse(&text), parse(&text.replace('\n', "\r\n")));
        prop_assert_eq!(
            crate::show::script(unix.script()),
            crate::show::script(windows.script())
        );
    }
}

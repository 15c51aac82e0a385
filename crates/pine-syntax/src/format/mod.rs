//! One layout for every script.

mod lines;
mod spacing;

use crate::parse::Parse;
use crate::token::{Token, TokenKind};

use self::lines::{Line, lines};
use self::spacing::Glued;

/// The script in the one layout of this formatter; `None` if its syntax has an error, and then it is left alone.
///
/// - A level of blocks is four spaces. A line that goes on from the one before stands one space beyond a level, which no
///   version of TradingView takes for a block: five spaces beyond its statement, and four more for each further bracket that
///   is open. Where lines break is the author's choice and stays.
/// - One space stands on either side of an operator, of `=`, `=>`, `?` and `:`, and behind a comma; none inside of brackets,
///   at points, between a name and what calls it or looks at its history, and behind a sign.
/// - Comments stay with their lines, a lone one at the level of its block; trailing spaces go.
/// - Of several empty lines one stays; none begins the script. Lines end with `\n`, the last one too.
///
/// No word, sign or comment is added, changed or lost, so the tree stays the same but for its spans; and what is formatted
/// stays as it is.
///
/// ```
/// let parse = pine_syntax::parse("//@version=6\nindicator( 'Mean' )\nif close>open // up\n\tlabel.new(bar_index,-high)\n");
/// let formatted = "//@version=6\nindicator('Mean')\nif close > open // up\n    label.new(bar_index, -high)\n";
/// assert_eq!(pine_syntax::format(&parse).as_deref(), Some(formatted));
/// ```
///
/// Source of the style: TradingView, *Pine Script user manual*, "Style guide" (2026).
pub fn format(parse: &Parse) -> Option<String> {
    if !parse.is_sound() {
        return None;
    }
    let glued = Glued::of(parse);
    let mut out = String::with_capacity(parse.source().len());
    for line in lines(parse) {
        if let Line::Text { columns, tokens } = line {
            out.extend(std::iter::repeat_n(' ', columns));
            write_line(&mut out, parse, &tokens, &glued);
        }
        out.push('\n');
    }
    Some(out)
}

fn write_line(out: &mut String, parse: &Parse, tokens: &[Token], glued: &Glued) {
    for (index, &token) in tokens.iter().enumerate() {
        let is_comment = token.kind == TokenKind::Comment;
        if index > 0 && (is_comment || glued.space(tokens[index - 1].kind, token)) {
            out.push(' ');
        }
        let text = parse.text(token.span);
        out.push_str(if is_comment { text.trim_end() } else { text });
    }
}

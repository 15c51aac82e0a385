//! Where the parser stands, and what stands there.

use super::{Damaged, INDENT, Parsed, Parser};
use crate::Code;
use crate::ast::Ident;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::token::TokenKind;

const WRAPPING: &str =
    "to go on in the next line, indent it by a number of spaces that is not a multiple of four, or use brackets";

/// Words that cannot be names.
const RESERVED: [&str; 15] = [
    "and", "break", "continue", "else", "false", "for", "if", "import", "not", "or", "switch", "true", "var", "varip",
    "while",
];

impl<'s> Parser<'s> {
    /// What stands here; [`TokenKind::EndOfLine`] where the statement's line ends.
    pub(super) fn kind(&self) -> TokenKind {
        self.kind_ahead(0)
    }

    /// What stands `n` lexemes further on the statement's line.
    pub(super) fn kind_ahead(&self, n: usize) -> TokenKind {
        let Some(lexeme) = self.lexemes.get(self.at + n) else { return TokenKind::EndOfScript };
        let begins = lexeme.indent.is_some_and(|indent| indent.is_multiple_of(INDENT));
        if begins && self.at + n != self.begun && (self.brackets == 0 || lexeme.kind == TokenKind::EndOfScript) {
            return TokenKind::EndOfLine;
        }
        lexeme.kind
    }

    /// The bytes of what stands here.
    pub(super) fn here(&self) -> Span {
        self.lexemes[self.at].span
    }

    /// The bytes of what stood before.
    pub(super) fn before(&self) -> Span {
        self.lexemes[self.at.saturating_sub(1)].span
    }

    pub(super) fn text(&self, span: Span) -> &'s str {
        &self.source[span.range()]
    }

    /// The word that stands here.
    pub(super) fn word(&self) -> Option<&'s str> {
        self.word_ahead(0)
    }

    pub(super) fn word_ahead(&self, n: usize) -> Option<&'s str> {
        (self.kind_ahead(n) == TokenKind::Word).then(|| self.text(self.lexemes[self.at + n].span))
    }

    /// Whether a name stands `n` lexemes further.
    pub(super) fn is_name_ahead(&self, n: usize) -> bool {
        self.word_ahead(n).is_some_and(|word| !RESERVED.contains(&word))
    }

    /// Goes past what stands here, and gives its bytes.
    pub(super) fn bump(&mut self) -> Span {
        let span = self.here();
        if self.lexemes[self.at].kind != TokenKind::EndOfScript {
            self.at += 1;
        }
        span
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let is = self.kind() == kind;
        if is {
            self.bump();
        }
        is
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let is = self.word() == Some(word);
        if is {
            self.bump();
        }
        is
    }

    pub(super) fn expect(&mut self, kind: TokenKind, expected: &str) -> Parsed<Span> {
        if self.kind() == kind { Ok(self.bump()) } else { self.unexpected(expected) }
    }

    pub(super) fn name(&mut self, expected: &str) -> Parsed<Ident> {
        if !self.is_name_ahead(0) {
            return self.unexpected(expected);
        }
        let span = self.bump();
        Ok(Ident { name: self.text(span).into(), span })
    }

    /// Opens a bracket, in which lines have no meaning, and gives its bytes.
    pub(super) fn open(&mut self) -> Span {
        self.brackets += 1;
        self.bump()
    }

    /// Closes the bracket that was opened at `opened`.
    pub(super) fn close(&mut self, kind: TokenKind, opened: Span) -> Parsed<Span> {
        if self.kind() == kind {
            let span = self.bump();
            self.brackets -= 1;
            return Ok(span);
        }
        // A closing bracket of the other kind is misplaced; anything else on a new line shows that this one was forgotten.
        let forgotten = self.kind() == TokenKind::EndOfLine || self.lexemes[self.at].indent.is_some();
        if !forgotten {
            let expected = if kind == TokenKind::RightParen { "`,` or `)`" } else { "`,` or `]`" };
            return self.unexpected(expected);
        }
        let sign = self.text(opened);
        self.report(Code::UnclosedBracket, opened, format!("this `{sign}` is never closed"));
        Err(Damaged)
    }

    /// Reports what stands here instead of what was expected.
    pub(super) fn unexpected<T>(&mut self, expected: &str) -> Parsed<T> {
        let span = self.here();
        let (code, span, message) = match self.kind() {
            TokenKind::EndOfLine | TokenKind::EndOfScript => return self.line_ends_early(expected),
            TokenKind::Unknown => {
                (Code::Character, span, format!("the character `{}` has no meaning in Pine Script", self.text(span)))
            }
            _ => (Code::Unexpected, span, format!("expected {expected}, found `{}`", shortened(self.text(span)))),
        };
        self.report(code, span, message);
        Err(Damaged)
    }

    fn line_ends_early<T>(&mut self, expected: &str) -> Parsed<T> {
        let (next, end) = (self.lexemes[self.at], self.before().end);
        let what = if next.kind == TokenKind::EndOfScript { "script" } else { "line" };
        let message = format!("expected {expected} before the end of the {what}");
        let found = Diagnostic::new(Code::Unexpected, Span::new(end, end), message);
        let seems_wrapped = next.indent.is_some_and(|indent| indent > self.indent);
        self.diagnostics.push(if seems_wrapped { found.hint(WRAPPING) } else { found });
        Err(Damaged)
    }
}

/// The first line of a text, up to 30 characters.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

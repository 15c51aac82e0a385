//! The version comment.

use super::Parser;
use crate::Code;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::span::Span;
use crate::token::{Token, TokenKind};

impl Parser<'_> {
    /// Reads the first `//@version=` of the script.
    pub(super) fn read_version(&mut self, tokens: &[Token]) {
        let comments = tokens.iter().filter(|token| token.kind == TokenKind::Comment);
        self.version = comments.map(|token| token.span).find_map(|span| Some((version(self.text(span))?, span)));
        match self.version {
            Some((5 | 6, _)) => {}
            Some((old @ 1..5, span)) => self.report(
                Code::Version,
                span,
                format!("this script is of version {old}; versions 5 and 6 are read here: convert it in TradingView's editor"),
            ),
            Some((unknown, span)) => {
                self.report(Code::Version, span, format!("version {unknown} of Pine Script is not known here"));
            }
            None => self.diagnostics.push(no_version()),
        }
    }
}

fn no_version() -> Diagnostic {
    let begin = Span::new(0, 0);
    let edit = Edit { span: begin, text: "//@version=6\n".to_owned() };
    // Whoever wrote it may have meant version 5.
    let fix = Fix { title: "write `//@version=6` in the first line".to_owned(), edits: vec![edit], safe: false };
    Diagnostic::new(Code::NoVersion, begin, "the script does not say its version: `//@version=6`").fix(fix)
}

/// The number in `//@version=6`.
fn version(comment: &str) -> Option<u32> {
    let rest =
        comment.strip_prefix("//")?.trim_start().strip_prefix("@version")?.trim_start().strip_prefix('=')?.trim();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

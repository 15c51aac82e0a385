//! The version comment.

use super::Parser;
use crate::Code;
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
            None => self.report(Code::NoVersion, Span::new(0, 0), "the script does not say its version: `//@version=6`"),
        }
    }
}

/// The number in `//@version=6`.
fn version(comment: &str) -> Option<u32> {
    let rest =
        comment.strip_prefix("//")?.trim_start().strip_prefix("@version")?.trim_start().strip_prefix('=')?.trim();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

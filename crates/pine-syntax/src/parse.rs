//! The result of parsing.

use crate::ast::Script;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lexer;
use crate::parser::Parser;
use crate::span::Span;
use crate::token::Token;

/// A parsed script: its text, every piece of it, its tree, and what is wrong with its syntax.
#[derive(Debug, Clone, PartialEq)]
pub struct Parse {
    source: Box<str>,
    tokens: Vec<Token>,
    script: Script,
    diagnostics: Vec<Diagnostic>,
}

/// Parses a script of version 5 or 6.
///
/// There is always a tree. Where the source is damaged it has `Error` nodes, each mistake has one [`Diagnostic`], and the
/// parser goes on with the next statement. Time and memory grow in proportion to the source; trees are at most some hundred
/// levels high.
///
/// # Panics
/// If the source is longer than 4 GiB.
///
/// ```
/// let parse = pine_syntax::parse("//@version=6\nindicator(\"Mean\")\nplot(ta.sma(close, 20)\n");
/// let [found] = parse.diagnostics() else { panic!("one mistake") };
/// assert_eq!((found.code.as_str(), parse.text(found.span)), ("E0102", "("));
/// assert_eq!(parse.script().statements.len(), 2);
/// ```
///
/// Source: TradingView, *Pine Script user manual*, "Script structure" and "Type system" (2026).
pub fn parse(source: &str) -> Parse {
    let tokens = lexer::tokens(source);
    let (script, diagnostics) = Parser::new(source, &tokens).script();
    Parse { source: source.into(), tokens, script, diagnostics }
}

impl Parse {
    /// The source text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The pieces of the source, spaces and comments among them; together they are the source.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tree.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// What is wrong with the syntax, in the order of the source.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether nothing is an error; there may be warnings.
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|found| found.severity() != Severity::Error)
    }

    /// The text of some bytes.
    ///
    /// # Panics
    /// If `span` does not lie on character boundaries of the source.
    pub fn text(&self, span: Span) -> &str {
        &self.source[span.range()]
    }
}

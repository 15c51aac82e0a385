//! The parser: recursive descent over the tokens, with lines and indentation as the parser meets them.
//!
//! A line begins a new statement unless it stands in brackets or is indented by a number of columns that is not a multiple
//! of four, which is how Pine wraps a statement. So only the parser, which knows what is open, can tell where a line ends:
//! [`Parser::kind`] answers [`TokenKind::EndOfLine`] there.

mod block;
mod cursor;
mod declaration;
mod expression;
mod literal;
mod postfix;
mod statement;
mod structure;
mod types;
mod version;

use crate::Code;
use crate::ast::{Expr, ExprId, ExprKind, Script};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// Most levels of expressions and blocks inside of one another.
const MAX_DEPTH: usize = 256;
/// Columns of a tab, and of a level of blocks.
const INDENT: u32 = 4;

/// A token that is not trivia.
#[derive(Debug, Clone, Copy)]
struct Lexeme {
    kind: TokenKind,
    span: Span,
    /// Columns before it, if it is the first of its line.
    indent: Option<u32>,
}

/// A diagnostic was written, or the place is one that was reported already; the statement is given up.
struct Damaged;

type Parsed<T> = Result<T, Damaged>;

pub(crate) struct Parser<'s> {
    source: &'s str,
    lexemes: Vec<Lexeme>,
    /// For each opening bracket the place of its closing one; 0 elsewhere.
    closing: Vec<usize>,
    at: usize,
    /// The lexeme at which the current statement begins: its line has begun already.
    begun: usize,
    /// Columns of the line on which the current statement begins.
    indent: u32,
    /// Brackets that are open in the current statement.
    brackets: usize,
    depth: usize,
    n_exprs: u32,
    version: Option<(u32, Span)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Parser<'s> {
    pub(crate) fn new(source: &'s str, tokens: &[Token]) -> Self {
        let lexemes = lexemes(source, tokens);
        let mut parser = Self {
            source,
            closing: closing(&lexemes),
            lexemes,
            at: 0,
            begun: 0,
            indent: 0,
            brackets: 0,
            depth: 0,
            n_exprs: 0,
            version: None,
            diagnostics: Vec::new(),
        };
        parser.read_version(tokens);
        parser
    }

    pub(crate) fn script(mut self) -> (Script, Vec<Diagnostic>) {
        let statements = self.lines_of_block(0);
        self.diagnostics.sort_by_key(|found| found.span);
        (Script { version: self.version, statements, n_exprs: self.n_exprs }, self.diagnostics)
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    fn expr(&mut self, span: Span, kind: ExprKind) -> Expr {
        let id = ExprId(self.n_exprs);
        self.n_exprs += 1;
        Expr { id, span, kind }
    }

    /// Parses something one level deeper.
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.check_depth(self.depth + 1)?;
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn check_depth(&mut self, depth: usize) -> Parsed<()> {
        if depth <= MAX_DEPTH {
            return Ok(());
        }
        let span = self.here();
        self.report(Code::TooDeep, span, format!("this is nested more than {MAX_DEPTH} levels deep"));
        Err(Damaged)
    }
}

fn lexemes(source: &str, tokens: &[Token]) -> Vec<Lexeme> {
    let mut lexemes = Vec::with_capacity(tokens.len());
    let mut indent = Some(0);
    for token in tokens {
        match token.kind {
            TokenKind::LineEnd => indent = Some(0),
            TokenKind::Space => indent = indent.map(|before| before + columns(&source[token.span.range()])),
            TokenKind::Comment => {}
            kind => lexemes.push(Lexeme { kind, span: token.span, indent: indent.take() }),
        }
    }
    let end = u32::try_from(source.len()).expect("a script is shorter than 4 GiB");
    lexemes.push(Lexeme { kind: TokenKind::EndOfScript, span: Span::new(end, end), indent: Some(0) });
    lexemes
}

/// Columns of leading spaces; a byte order mark has none.
fn columns(space: &str) -> u32 {
    space.bytes().map(|byte| if byte == b'\t' { INDENT } else { u32::from(byte == b' ') }).sum()
}

fn closing(lexemes: &[Lexeme]) -> Vec<usize> {
    let (mut closing, mut open) = (vec![0; lexemes.len()], Vec::new());
    for (at, lexeme) in lexemes.iter().enumerate() {
        match lexeme.kind {
            TokenKind::LeftParen | TokenKind::LeftBracket => open.push(at),
            TokenKind::RightParen | TokenKind::RightBracket => {
                if let Some(opened) = open.pop() {
                    closing[opened] = at;
                }
            }
            _ => {}
        }
    }
    closing
}

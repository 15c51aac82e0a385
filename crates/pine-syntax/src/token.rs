//! The pieces of a source text.

use crate::span::Span;

/// A piece of the source. The pieces of a script follow one another without gaps, from its first byte to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub span: Span,
}

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Spaces and tabs, and a byte order mark.
    Space,
    /// The end of a line: `\n`, `\r\n` or `\r`.
    LineEnd,
    /// `//` up to the end of the line.
    Comment,
    /// A name or a keyword.
    Word,
    /// Digits.
    Int,
    /// `1.5`, `.5`, `1.`, `1e3`.
    Float,
    /// Text in quotes, to the end of the line where they are not closed.
    String,
    /// `#` with what follows of letters and digits.
    Color,
    /// `(`.
    LeftParen,
    /// `)`.
    RightParen,
    /// `[`.
    LeftBracket,
    /// `]`.
    RightBracket,
    /// `,`.
    Comma,
    /// `.`.
    Point,
    /// `?`.
    Question,
    /// `:`.
    Colon,
    /// `=>`.
    Arrow,
    /// `=`.
    Is,
    /// `:=`.
    Set,
    /// `+=`.
    AddSet,
    /// `-=`.
    SubtractSet,
    /// `*=`.
    MultiplySet,
    /// `/=`.
    DivideSet,
    /// `%=`.
    RemainderSet,
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `*`.
    Star,
    /// `/`.
    Slash,
    /// `%`.
    Percent,
    /// A character that means nothing in Pine outside of text and comments.
    Unknown,
    /// The end of a statement's line; only the parser sees it.
    EndOfLine,
    /// The end of the script; only the parser sees it.
    EndOfScript,
}

impl TokenKind {
    /// Whether it means nothing to the parser but to separate.
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Space | Self::LineEnd | Self::Comment)
    }
}

//! From text to tokens. Nothing is refused here: what a token lacks, the parser reports.

use crate::span::Span;
use crate::token::{Token, TokenKind};

/// Cuts a source into its tokens.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { bytes: source.as_bytes(), at: 0 };
    let mut tokens = Vec::with_capacity(source.len() / 3);
    while lexer.at < lexer.bytes.len() {
        let start = lexer.at;
        let kind = lexer.next();
        // The first byte of a character may have been taken for the whole of it.
        while !source.is_char_boundary(lexer.at) {
            lexer.at += 1;
        }
        tokens.push(Token { kind, span: span(start, lexer.at) });
    }
    tokens
}

/// # Panics
/// If the source is longer than 4 GiB.
fn span(start: usize, end: usize) -> Span {
    let of = |at: usize| u32::try_from(at).expect("a script is shorter than 4 GiB");
    Span::new(of(start), of(end))
}

struct Lexer<'s> {
    bytes: &'s [u8],
    at: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> TokenKind {
        let first = self.bytes[self.at];
        self.at += 1;
        match first {
            b' ' | b'\t' => self.space(),
            0xEF if self.bytes[self.at..].starts_with(&[0xBB, 0xBF]) => {
                self.at += 2;
                TokenKind::Space
            }
            b'\n' => TokenKind::LineEnd,
            b'\r' => {
                self.eat(b'\n');
                TokenKind::LineEnd
            }
            b'/' if self.eat(b'/') => self.rest_of_line(TokenKind::Comment),
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => self.word(TokenKind::Word),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek().is_some_and(|next| next.is_ascii_digit()) => self.fraction(),
            b'"' | b'\'' => self.string(first),
            b'#' => self.word(TokenKind::Color),
            _ => self.sign(first),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn eat_while(&mut self, holds: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&holds) {
            self.at += 1;
        }
    }

    fn space(&mut self) -> TokenKind {
        self.eat_while(|byte| byte == b' ' || byte == b'\t');
        TokenKind::Space
    }

    fn rest_of_line(&mut self, kind: TokenKind) -> TokenKind {
        self.eat_while(|byte| byte != b'\n' && byte != b'\r');
        kind
    }

    fn word(&mut self, kind: TokenKind) -> TokenKind {
        self.eat_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        kind
    }

    fn number(&mut self) -> TokenKind {
        self.eat_while(|byte| byte.is_ascii_digit());
        // `1.` is a number, the points of `1..2` and `1.abs` are not part of one.
        let next = self.bytes.get(self.at + 1).copied().unwrap_or(b' ');
        if self.peek() == Some(b'.') && !(next == b'.' || next == b'_' || is_name_start(next)) {
            self.at += 1;
            return self.fraction();
        }
        if self.exponent() { TokenKind::Float } else { TokenKind::Int }
    }

    /// The digits behind a point that was taken, and an exponent.
    fn fraction(&mut self) -> TokenKind {
        self.eat_while(|byte| byte.is_ascii_digit());
        self.exponent();
        TokenKind::Float
    }

    fn exponent(&mut self) -> bool {
        let Some(b'e' | b'E') = self.peek() else { return false };
        let signed = matches!(self.bytes.get(self.at + 1), Some(b'+' | b'-'));
        let digits = self.at + 1 + usize::from(signed);
        let is = self.bytes.get(digits).is_some_and(u8::is_ascii_digit);
        if is {
            self.at = digits;
            self.eat_while(|byte| byte.is_ascii_digit());
        }
        is
    }

    fn string(&mut self, quote: u8) -> TokenKind {
        if self.bytes[self.at..].starts_with(&[quote; 2]) && quote == b'"' {
            self.at += 2;
            self.long_string();
            return TokenKind::String;
        }
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' | b'\r' => break,
                b'\\' if self.bytes.get(self.at + 1).is_some_and(|next| !matches!(next, b'\n' | b'\r')) => self.at += 2,
                _ => {
                    self.at += 1;
                    if byte == quote {
                        break;
                    }
                }
            }
        }
        TokenKind::String
    }

    /// Up to three quotes, or the end of the script.
    fn long_string(&mut self) {
        while self.at < self.bytes.len() && !self.bytes[self.at..].starts_with(b"\"\"\"") {
            self.at += if self.bytes[self.at] == b'\\' { 2 } else { 1 };
        }
        self.at = usize::min(self.at + 3, self.bytes.len());
    }

    fn sign(&mut self, first: u8) -> TokenKind {
        let is_set =
            matches!(first, b'=' | b'!' | b':' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%') && self.eat(b'=');
        match (first, is_set) {
            (b'(', _) => TokenKind::LeftParen,
            (b')', _) => TokenKind::RightParen,
            (b'[', _) => TokenKind::LeftBracket,
            (b']', _) => TokenKind::RightBracket,
            (b',', _) => TokenKind::Comma,
            (b'.', _) => TokenKind::Point,
            (b'?', _) => TokenKind::Question,
            (b'=', true) => TokenKind::Equal,
            (b'=', false) if self.eat(b'>') => TokenKind::Arrow,
            (b'=', false) => TokenKind::Is,
            (b'!', true) => TokenKind::NotEqual,
            (b':', true) => TokenKind::Set,
            (b':', false) => TokenKind::Colon,
            (b'<', true) => TokenKind::LessEqual,
            (b'<', false) => TokenKind::Less,
            (b'>', true) => TokenKind::GreaterEqual,
            (b'>', false) => TokenKind::Greater,
            (b'+', true) => TokenKind::AddSet,
            (b'+', false) => TokenKind::Plus,
            (b'-', true) => TokenKind::SubtractSet,
            (b'-', false) => TokenKind::Minus,
            (b'*', true) => TokenKind::MultiplySet,
            (b'*', false) => TokenKind::Star,
            (b'/', true) => TokenKind::DivideSet,
            (b'/', false) => TokenKind::Slash,
            (b'%', true) => TokenKind::RemainderSet,
            (b'%', false) => TokenKind::Percent,
            _ => TokenKind::Unknown,
        }
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E')
}

//! Values that are written out.

use super::Parser;
use crate::Code;
use crate::ast::{Expr, ExprKind, Literal};
use crate::token::TokenKind;

impl Parser<'_> {
    /// The literal that stands here. One that is damaged is reported, and the statement goes on.
    pub(super) fn literal(&mut self) -> Expr {
        let kind = self.kind();
        let span = self.bump();
        let text = self.text(span);
        let read = match kind {
            TokenKind::Int => match text.parse() {
                Ok(value) => Ok(Literal::Int(value)),
                Err(_) => Err((Code::Number, format!("`{text}` is too large for an int"))),
            },
            TokenKind::Float => match text.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Literal::Float(value)),
                _ => Err((Code::Number, format!("`{text}` is too large for a float"))),
            },
            TokenKind::Color => color(text)
                .map(Literal::Color)
                .ok_or_else(|| (Code::Color, format!("`{text}` is not a color: write `#RRGGBB` or `#RRGGBBAA`"))),
            TokenKind::String => unquoted(text)
                .map(|text| Literal::String(text.into()))
                .ok_or_else(|| (Code::UnclosedString, "this text is not closed".to_owned())),
            _ => Ok(Literal::Bool(text == "true")),
        };
        match read {
            Ok(literal) => self.expr(span, ExprKind::Literal(literal)),
            Err((code, message)) => {
                self.report(code, span, message);
                self.expr(span, ExprKind::Error)
            }
        }
    }
}

/// `#RRGGBB` and `#RRGGBBAA` as `0xRRGGBBAA`.
fn color(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#')?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        6 => Some(value << 8 | 0xFF),
        8 => Some(value),
        _ => None,
    }
}

/// What stands between the quotes, with its escapes replaced; `None` if the last quote is missing.
fn unquoted(text: &str) -> Option<String> {
    let inner = if let Some(long) = text.strip_prefix("\"\"\"") {
        long.strip_suffix("\"\"\"")?
    } else {
        let quote = text.chars().next()?;
        text[1..].strip_suffix(quote)?
    };
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        out.push(match char {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            },
            plain => plain,
        });
    }
    Some(out)
}

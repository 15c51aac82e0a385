//! Types as they are written.

use super::{Parsed, Parser};
use crate::ast::{Qualifier, TypeRef};
use crate::token::TokenKind;

/// Most type arguments inside of one another.
const MAX_NESTING: usize = 8;

impl Parser<'_> {
    /// A qualifier in front of a type or a name.
    pub(super) fn qualifier(&mut self) -> Option<Qualifier> {
        let qualifier = self.qualifier_ahead(0)?;
        self.bump();
        Some(qualifier)
    }

    /// The qualifier `n` lexemes further, if a type or a name follows it.
    pub(super) fn qualifier_ahead(&self, n: usize) -> Option<Qualifier> {
        let qualifier = match self.word_ahead(n)? {
            "const" => Qualifier::Const,
            "input" => Qualifier::Input,
            "simple" => Qualifier::Simple,
            "series" => Qualifier::Series,
            _ => return None,
        };
        self.is_name_ahead(n + 1).then_some(qualifier)
    }

    /// A type such as `float`, `chart.point`, `map<string, array<int>>`, `float[]`.
    pub(super) fn type_ref(&mut self) -> Parsed<TypeRef> {
        let first = self.name("a type")?;
        let (mut span, mut path) = (first.span, vec![first]);
        while self.eat(TokenKind::Point) {
            path.push(self.name("the name of a type")?);
        }
        let mut args = Vec::new();
        if self.kind() == TokenKind::Less {
            args = self.type_args()?;
        }
        span = span.to(self.before());
        let mut ty = TypeRef { path, args, span };
        while self.kind() == TokenKind::LeftBracket && self.kind_ahead(1) == TokenKind::RightBracket {
            let (begin, end) = (self.bump(), self.bump());
            let array = crate::ast::Ident { name: "array".into(), span: begin.to(end) };
            let span = ty.span.to(end);
            ty = TypeRef { path: vec![array], args: vec![ty], span };
        }
        Ok(ty)
    }

    /// `<int, float>`.
    pub(super) fn type_args(&mut self) -> Parsed<Vec<TypeRef>> {
        self.bump();
        let mut args = vec![self.deeper(Self::type_ref)?];
        while self.eat(TokenKind::Comma) {
            args.push(self.deeper(Self::type_ref)?);
        }
        self.expect(TokenKind::Greater, "`,` or `>`")?;
        Ok(args)
    }

    /// How many lexemes a type takes that begins `n` lexemes further, if one stands there.
    pub(super) fn type_ahead(&self, n: usize, nesting: usize) -> Option<usize> {
        let mut end = n;
        loop {
            if !self.is_name_ahead(end) {
                return None;
            }
            end += 1;
            if self.kind_ahead(end) != TokenKind::Point {
                break;
            }
            end += 1;
        }
        if self.kind_ahead(end) == TokenKind::Less {
            end = self.type_args_ahead(end, nesting)?;
        }
        while self.kind_ahead(end) == TokenKind::LeftBracket && self.kind_ahead(end + 1) == TokenKind::RightBracket {
            end += 2;
        }
        Some(end)
    }

    /// The lexeme behind type arguments whose `<` stands `n` lexemes further.
    pub(super) fn type_args_ahead(&self, n: usize, nesting: usize) -> Option<usize> {
        if nesting == MAX_NESTING {
            return None;
        }
        let mut end = self.type_ahead(n + 1, nesting + 1)?;
        while self.kind_ahead(end) == TokenKind::Comma {
            end = self.type_ahead(end + 1, nesting + 1)?;
        }
        (self.kind_ahead(end) == TokenKind::Greater).then_some(end + 1)
    }
}

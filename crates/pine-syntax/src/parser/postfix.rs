//! Operands, and what follows them without a space: members, calls, history.

use super::{Parsed, Parser};
use crate::ast::{Arg, Expr, ExprKind, Ident, TypeRef};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn postfix(&mut self) -> Parsed<Expr> {
        let mut expr = self.operand()?;
        let mut height = self.depth;
        loop {
            let kind = match self.kind() {
                TokenKind::Point => self.member(expr)?,
                TokenKind::LeftParen => self.call(expr, Vec::new())?,
                TokenKind::Less if self.is_generic_call(&expr) => {
                    let type_args = self.type_args()?;
                    self.call(expr, type_args)?
                }
                TokenKind::LeftBracket => self.history(expr)?,
                _ => return Ok(expr),
            };
            height += 1;
            self.check_depth(height)?;
            expr = kind;
        }
    }

    fn member(&mut self, object: Expr) -> Parsed<Expr> {
        self.bump();
        let name = self.name("the name of a member")?;
        let span = object.span.to(name.span);
        Ok(self.expr(span, ExprKind::Member { object: Box::new(object), name }))
    }

    /// Whether `<` begins the types of a call, as in `array.new<float>(0)`: nothing but `new` takes types.
    fn is_generic_call(&self, callee: &Expr) -> bool {
        matches!(&callee.kind, ExprKind::Member { name, .. } if &*name.name == "new")
            && self.type_args_ahead(0, 0).is_some_and(|end| self.kind_ahead(end) == TokenKind::LeftParen)
    }

    fn call(&mut self, callee: Expr, type_args: Vec<TypeRef>) -> Parsed<Expr> {
        let opened = self.open();
        let mut args = Vec::new();
        if self.kind() != TokenKind::RightParen {
            args.push(self.arg()?);
            while self.eat(TokenKind::Comma) {
                args.push(self.arg()?);
            }
        }
        let span = callee.span.to(self.close(TokenKind::RightParen, opened)?);
        Ok(self.expr(span, ExprKind::Call { callee: Box::new(callee), type_args, args }))
    }

    fn arg(&mut self) -> Parsed<Arg> {
        let is_named = self.kind() == TokenKind::Word && self.kind_ahead(1) == TokenKind::Is;
        let name = if is_named {
            let span = self.bump();
            self.bump();
            Some(Ident { name: self.text(span).into(), span })
        } else {
            None
        };
        Ok(Arg { name, value: self.expression()? })
    }

    fn history(&mut self, object: Expr) -> Parsed<Expr> {
        let opened = self.open();
        let offset = self.expression()?;
        let span = object.span.to(self.close(TokenKind::RightBracket, opened)?);
        Ok(self.expr(span, ExprKind::History { object: Box::new(object), offset: Box::new(offset) }))
    }

    fn operand(&mut self) -> Parsed<Expr> {
        match self.kind() {
            TokenKind::Int | TokenKind::Float | TokenKind::String | TokenKind::Color => Ok(self.literal()),
            TokenKind::Word if matches!(self.word(), Some("true" | "false")) => Ok(self.literal()),
            TokenKind::Word => {
                let name = self.name("an expression")?;
                Ok(self.expr(name.span, ExprKind::Name(name)))
            }
            TokenKind::LeftParen => {
                let opened = self.open();
                let inner = self.expression()?;
                let span = opened.to(self.close(TokenKind::RightParen, opened)?);
                Ok(self.expr(span, ExprKind::Paren(Box::new(inner))))
            }
            TokenKind::LeftBracket => {
                let opened = self.open();
                let mut items = vec![self.expression()?];
                while self.eat(TokenKind::Comma) {
                    items.push(self.expression()?);
                }
                let span = opened.to(self.close(TokenKind::RightBracket, opened)?);
                Ok(self.expr(span, ExprKind::Tuple(items)))
            }
            _ => self.unexpected("an expression"),
        }
    }
}

//! Operators and what they connect.

use super::{Parsed, Parser};
use crate::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::token::TokenKind;

impl Parser<'_> {
    /// An expression that is no structure.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let condition = parser.binary(1)?;
            if !parser.eat(TokenKind::Question) {
                return Ok(condition);
            }
            let then = parser.expression()?;
            parser.expect(TokenKind::Colon, "`:` of the ternary")?;
            let otherwise = parser.expression()?;
            let span = condition.span.to(otherwise.span);
            let [condition, then, otherwise] = [condition, then, otherwise].map(Box::new);
            Ok(parser.expr(span, ExprKind::Ternary { condition, then, otherwise }))
        })
    }

    /// Operators that bind at least as strongly as `least`; those of one strength from left to right.
    fn binary(&mut self, least: u8) -> Parsed<Expr> {
        let mut left = self.unary()?;
        let mut height = self.depth;
        while let Some((op, strength)) = self.binary_op().filter(|&(_, strength)| strength >= least) {
            height += 1;
            self.check_depth(height)?;
            let op_span = self.bump();
            let right = self.deeper(|parser| parser.binary(strength + 1))?;
            let span = left.span.to(right.span);
            let (before, right) = (Box::new(left), Box::new(right));
            left = self.expr(span, ExprKind::Binary { op, op_span, left: before, right });
        }
        Ok(left)
    }

    /// The operator that stands here, and how strongly it binds.
    fn binary_op(&self) -> Option<(BinaryOp, u8)> {
        Some(match self.kind() {
            TokenKind::Word => match self.word()? {
                "or" => (BinaryOp::Or, 1),
                "and" => (BinaryOp::And, 2),
                _ => return None,
            },
            TokenKind::Equal => (BinaryOp::Equal, 3),
            TokenKind::NotEqual => (BinaryOp::NotEqual, 3),
            TokenKind::Less => (BinaryOp::Less, 4),
            TokenKind::LessEqual => (BinaryOp::LessEqual, 4),
            TokenKind::Greater => (BinaryOp::Greater, 4),
            TokenKind::GreaterEqual => (BinaryOp::GreaterEqual, 4),
            TokenKind::Plus => (BinaryOp::Add, 5),
            TokenKind::Minus => (BinaryOp::Subtract, 5),
            TokenKind::Star => (BinaryOp::Multiply, 6),
            TokenKind::Slash => (BinaryOp::Divide, 6),
            TokenKind::Percent => (BinaryOp::Remainder, 6),
            _ => return None,
        })
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let op = match self.kind() {
            TokenKind::Minus => UnaryOp::Minus,
            TokenKind::Plus => UnaryOp::Plus,
            TokenKind::Word if self.word() == Some("not") => UnaryOp::Not,
            _ => return self.postfix(),
        };
        let begin = self.bump();
        let operand = self.deeper(Self::unary)?;
        let span = begin.to(operand.span);
        Ok(self.expr(span, ExprKind::Unary { op, operand: Box::new(operand) }))
    }
}

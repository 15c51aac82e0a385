//! `if`, `switch` and loops.

use super::{Parsed, Parser};
use crate::ast::{Expr, ExprKind, ForIn, ForTo, Ident, If, Switch, SwitchArm, While};
use crate::span::Span;
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn if_(&mut self) -> Parsed<Expr> {
        let (home, begin) = (self.indent, self.bump());
        let condition = self.expression()?;
        let mut branches = vec![(condition, self.block(home, "`if`")?)];
        let mut otherwise = None;
        while otherwise.is_none() && self.is_else(home) {
            self.begun = self.at;
            self.bump();
            if self.eat_word("if") {
                let condition = self.expression()?;
                branches.push((condition, self.block(home, "`else if`")?));
            } else {
                otherwise = Some(self.block(home, "`else`")?);
            }
        }
        Ok(self.structure(begin, ExprKind::If(If { branches, otherwise })))
    }

    /// Whether the next line is an `else` that belongs to an `if` of `home` columns.
    fn is_else(&self, home: u32) -> bool {
        let lexeme = self.lexemes[self.at];
        lexeme.indent == Some(home) && lexeme.kind == TokenKind::Word && self.text(lexeme.span) == "else"
    }

    pub(super) fn switch(&mut self) -> Parsed<Expr> {
        let (home, begin) = (self.indent, self.bump());
        let has_subject = self.kind() != TokenKind::EndOfLine;
        let subject = if has_subject { Some(Box::new(self.expression()?)) } else { None };
        let arms = self.rows(home, "`switch`", Self::arm)?;
        Ok(self.structure(begin, ExprKind::Switch(Switch { subject, arms })))
    }

    fn arm(&mut self) -> Parsed<SwitchArm> {
        let (home, begin) = (self.indent, self.here());
        let is_default = self.kind() == TokenKind::Arrow;
        let pattern = if is_default { None } else { Some(self.expression()?) };
        self.expect(TokenKind::Arrow, "`=>`")?;
        let body = self.body(home, "this arm")?;
        Ok(SwitchArm { pattern, body, span: begin.to(self.before()) })
    }

    pub(super) fn for_(&mut self) -> Parsed<Expr> {
        let (home, begin) = (self.indent, self.bump());
        let kind = if self.kind() == TokenKind::LeftBracket {
            let opened = self.open();
            let index = self.name("the name of a loop variable")?;
            self.expect(TokenKind::Comma, "`,`")?;
            let item = self.name("the name of a loop variable")?;
            self.close(TokenKind::RightBracket, opened)?;
            self.for_in(home, Some(index), item)?
        } else {
            let name = self.name("the name of a loop variable")?;
            if self.word() == Some("in") { self.for_in(home, None, name)? } else { self.for_to(home, name)? }
        };
        Ok(self.structure(begin, kind))
    }

    fn for_in(&mut self, home: u32, index: Option<Ident>, item: Ident) -> Parsed<ExprKind> {
        if !self.eat_word("in") {
            return self.unexpected("`in`");
        }
        let collection = self.expression()?;
        let body = self.block(home, "`for`")?;
        Ok(ExprKind::ForIn(Box::new(ForIn { index, item, collection, body })))
    }

    fn for_to(&mut self, home: u32, counter: Ident) -> Parsed<ExprKind> {
        self.expect(TokenKind::Is, "`=` or `in`")?;
        let from = self.expression()?;
        if !self.eat_word("to") {
            return self.unexpected("`to`");
        }
        let to = self.expression()?;
        let step = if self.eat_word("by") { Some(self.expression()?) } else { None };
        let body = self.block(home, "`for`")?;
        Ok(ExprKind::ForTo(Box::new(ForTo { counter, from, to, step, body })))
    }

    pub(super) fn while_(&mut self) -> Parsed<Expr> {
        let (home, begin) = (self.indent, self.bump());
        let condition = self.expression()?;
        let body = self.block(home, "`while`")?;
        Ok(self.structure(begin, ExprKind::While(Box::new(While { condition, body }))))
    }

    fn structure(&mut self, begin: Span, kind: ExprKind) -> Expr {
        let span = begin.to(self.before());
        self.expr(span, kind)
    }
}

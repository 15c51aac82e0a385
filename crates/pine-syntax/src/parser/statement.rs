//! Statements.

use super::{Parsed, Parser};
use crate::Code;
use crate::ast::{AssignOp, Expr, ExprKind, Stmt, StmtKind};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn statement(&mut self) -> Parsed<Stmt> {
        let begin = self.here();
        let kind = self.statement_kind()?;
        Ok(Stmt { span: begin.to(self.before()), kind })
    }

    fn statement_kind(&mut self) -> Parsed<StmtKind> {
        match self.word() {
            Some("break") => return Ok(self.single(StmtKind::Break)),
            Some("continue") => return Ok(self.single(StmtKind::Continue)),
            Some("import") => return self.import(),
            Some("var" | "varip") => return self.variable(false),
            Some("export") if self.kind_ahead(1) == TokenKind::Word => return self.export(),
            Some("once") if self.kind_ahead(1) == TokenKind::EndOfLine => {
                let home = self.indent;
                self.bump();
                return Ok(StmtKind::Once(self.block(home, "`once`")?));
            }
            _ => {}
        }
        if let Some(declaration) = self.declaration(false) {
            return declaration;
        }
        if self.is_tuple() {
            return self.tuple();
        }
        self.expression_or_assignment()
    }

    fn single(&mut self, kind: StmtKind) -> StmtKind {
        self.bump();
        kind
    }

    fn expression_or_assignment(&mut self) -> Parsed<StmtKind> {
        let target = self.value()?;
        let op = match self.kind() {
            TokenKind::Set => AssignOp::Set,
            TokenKind::AddSet => AssignOp::Add,
            TokenKind::SubtractSet => AssignOp::Subtract,
            TokenKind::MultiplySet => AssignOp::Multiply,
            TokenKind::DivideSet => AssignOp::Divide,
            TokenKind::RemainderSet => AssignOp::Remainder,
            _ => return Ok(StmtKind::Expr(target)),
        };
        if !matches!(target.kind, ExprKind::Name(_) | ExprKind::Member { .. }) {
            self.report(Code::AssignmentTarget, target.span, "only a variable or a field can be assigned to");
        }
        self.bump();
        let value = self.value()?;
        Ok(StmtKind::Assign { target, op, value })
    }

    /// What can stand behind `=`: an expression or a structure.
    pub(super) fn value(&mut self) -> Parsed<Expr> {
        match self.word() {
            Some("if") => self.deeper(Self::if_),
            Some("switch") => self.deeper(Self::switch),
            Some("for") => self.deeper(Self::for_),
            Some("while") => self.deeper(Self::while_),
            _ => self.expression(),
        }
    }
}

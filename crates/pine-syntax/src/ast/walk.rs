//! Going through a tree.

use super::{Block, Expr, ExprKind, Param, Script, Stmt, StmtKind, TypeRef};

/// A node of a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node<'t> {
    /// A statement.
    Stmt(&'t Stmt),
    /// An expression.
    Expr(&'t Expr),
    /// A type as written.
    Type(&'t TypeRef),
}

/// Shows `visit` every statement, expression and type of a script, a node before what it is made of, in source order.
///
/// ```
/// use pine_syntax::ast::{ExprKind, Node, walk};
///
/// let parse = pine_syntax::parse("//@version=6\nindicator(\"A\")\nplot(ta.sma(close, 9))\n");
/// let mut n_calls = 0;
/// walk(parse.script(), &mut |node| {
///     n_calls += usize::from(matches!(node, Node::Expr(expr) if matches!(expr.kind, ExprKind::Call { .. })));
/// });
/// assert_eq!(n_calls, 3);
/// ```
pub fn walk<'t>(script: &'t Script, visit: &mut dyn FnMut(Node<'t>)) {
    statements(&script.statements, visit);
}

type Visit<'v, 't> = &'v mut dyn FnMut(Node<'t>);

fn statements<'t>(all: &'t [Stmt], visit: Visit<'_, 't>) {
    for statement in all {
        visit(Node::Stmt(statement));
        parts_of_statement(statement, visit);
    }
}

fn block<'t>(block: &'t Block, visit: Visit<'_, 't>) {
    statements(&block.statements, visit);
}

fn parts_of_statement<'t>(statement: &'t Stmt, visit: Visit<'_, 't>) {
    match &statement.kind {
        StmtKind::Var(decl) => {
            types(&decl.ty, visit);
            expr(&decl.value, visit);
        }
        StmtKind::Tuple(decl) => expr(&decl.value, visit),
        StmtKind::Assign { target, value, .. } => {
            expr(target, visit);
            expr(value, visit);
        }
        StmtKind::Function(function) => {
            for Param { ty, default, .. } in &function.params {
                types(ty, visit);
                exprs(default, visit);
            }
            block(&function.body, visit);
        }
        StmtKind::Type(def) => {
            for field in &def.fields {
                type_ref(&field.ty, visit);
                exprs(&field.default, visit);
            }
        }
        StmtKind::Enum(def) => {
            for member in &def.members {
                exprs(&member.title, visit);
            }
        }
        StmtKind::Expr(value) => expr(value, visit),
        StmtKind::Once(body) => block(body, visit),
        StmtKind::Import(_) | StmtKind::Break | StmtKind::Continue | StmtKind::Error => {}
    }
}

fn types<'t>(all: impl IntoIterator<Item = &'t TypeRef>, visit: Visit<'_, 't>) {
    for ty in all {
        type_ref(ty, visit);
    }
}

fn type_ref<'t>(ty: &'t TypeRef, visit: Visit<'_, 't>) {
    visit(Node::Type(ty));
    types(&ty.args, visit);
}

fn exprs<'t>(all: impl IntoIterator<Item = &'t Expr>, visit: Visit<'_, 't>) {
    for one in all {
        expr(one, visit);
    }
}

fn expr<'t>(value: &'t Expr, visit: Visit<'_, 't>) {
    visit(Node::Expr(value));
    match &value.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Error => {}
        ExprKind::Member { object, .. } => expr(object, visit),
        ExprKind::Call { callee, type_args, args } => {
            expr(callee, visit);
            types(type_args, visit);
            exprs(args.iter().map(|arg| &arg.value), visit);
        }
        ExprKind::History { object, offset } => exprs([&**object, &**offset], visit),
        ExprKind::Unary { operand, .. } => expr(operand, visit),
        ExprKind::Binary { left, right, .. } => exprs([&**left, &**right], visit),
        ExprKind::Ternary { condition, then, otherwise } => exprs([&**condition, &**then, &**otherwise], visit),
        ExprKind::Paren(inner) => expr(inner, visit),
        ExprKind::Tuple(items) => exprs(items, visit),
        ExprKind::If(structure) => {
            for (condition, body) in &structure.branches {
                expr(condition, visit);
                block(body, visit);
            }
            if let Some(body) = &structure.otherwise {
                block(body, visit);
            }
        }
        ExprKind::Switch(structure) => {
            exprs(structure.subject.as_deref(), visit);
            for arm in &structure.arms {
                exprs(&arm.pattern, visit);
                block(&arm.body, visit);
            }
        }
        ExprKind::ForTo(it) => {
            exprs([&it.from, &it.to], visit);
            exprs(&it.step, visit);
            block(&it.body, visit);
        }
        ExprKind::ForIn(it) => {
            expr(&it.collection, visit);
            block(&it.body, visit);
        }
        ExprKind::While(it) => {
            expr(&it.condition, visit);
            block(&it.body, visit);
        }
    }
}

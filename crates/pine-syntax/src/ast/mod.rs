//! The tree of a script: every node with its span, names and literals as values.
//!
//! Expressions carry a dense [`ExprId`], so that what a later pass finds out about one (its type, what its name means)
//! is a `Vec` beside the tree. Where the source is damaged stands an `Error` node, and a [`crate::Diagnostic`] says why.

mod expr;
mod stmt;
mod walk;

pub use expr::{Arg, BinaryOp, Expr, ExprId, ExprKind, ForIn, ForTo, If, Literal, Switch, SwitchArm, UnaryOp, While};
pub use stmt::{
    AssignOp, Block, Enum, EnumMember, Field, Function, Import, Lifetime, Param, Qualifier, Script, Stmt, StmtKind,
    TupleDecl, TypeDef, TypeRef, VarDecl,
};

pub use walk::{Node, walk};

use crate::span::Span;

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ident {
    /// The name.
    pub name: Box<str>,
    /// Its bytes.
    pub span: Span,
}

//! Statements and declarations.

use super::{Expr, Ident};
use crate::span::Span;

/// A whole script.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Script {
    /// The number of `//@version=`, with its bytes; `None` where there is none (TradingView then takes version 1).
    pub version: Option<(u32, Span)>,
    /// The statements of the global scope.
    pub statements: Vec<Stmt>,
    /// How many expressions the script has: the length of a table by [`super::ExprId`].
    pub n_exprs: u32,
}

/// The statements of a local scope; the value of the last one is the value of the block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The statements; never empty in sound code.
    pub statements: Vec<Stmt>,
    /// From the first statement to the last.
    pub span: Span,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Stmt {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: StmtKind,
}

/// What a [`Stmt`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum StmtKind {
    /// `x = 1`, `var float x = na`, `export const int n = 3`.
    Var(VarDecl),
    /// `[a, b] = f()`.
    Tuple(TupleDecl),
    /// `x := 1`, `object.field += 2`.
    Assign {
        /// A [`super::ExprKind::Name`] or [`super::ExprKind::Member`] in sound code.
        target: Expr,
        /// How.
        op: AssignOp,
        /// The right side.
        value: Expr,
    },
    /// `f(x) => …`, `method f(T this) => …`.
    Function(Function),
    /// `type Name` with its fields.
    Type(TypeDef),
    /// `enum Name` with its members.
    Enum(Enum),
    /// `import User/Library/1 as alias`.
    Import(Import),
    /// An expression for what it does, or as the value of a block; `if`, `for`, `while` and `switch` among them.
    Expr(Expr),
    /// `once` with its block: run on the first bar that reaches it.
    Once(Block),
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// Damaged source up to the end of its line or block; a diagnostic says what was expected.
    Error,
}

/// When a variable is initialised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lifetime {
    /// On every bar.
    #[default]
    Bar,
    /// `var`: on the first bar that reaches the declaration.
    Var,
    /// `varip`: as `var`, and not rolled back between updates of the open bar.
    Varip,
}

/// When a value is known, from earliest to latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// While compiling.
    Const,
    /// When the inputs are chosen.
    Input,
    /// On the first bar.
    Simple,
    /// Anew on every bar.
    Series,
}

/// `export varip series float name = value`.
#[derive(Debug, Clone, PartialEq)]
pub struct VarDecl {
    /// Whether a library exports it.
    pub export: bool,
    /// When it is initialised.
    pub lifetime: Lifetime,
    /// The qualifier written before the type.
    pub qualifier: Option<Qualifier>,
    /// The type written before the name.
    pub ty: Option<TypeRef>,
    /// The name.
    pub name: Ident,
    /// Its value.
    pub value: Expr,
}

/// `[first, second] = value`.
#[derive(Debug, Clone, PartialEq)]
pub struct TupleDecl {
    /// The names, `_` where a value is not wanted.
    pub names: Vec<Ident>,
    /// A call or structure that returns as many values.
    pub value: Expr,
}

/// How an assignment changes its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssignOp {
    /// `:=`.
    Set,
    /// `+=`.
    Add,
    /// `-=`.
    Subtract,
    /// `*=`.
    Multiply,
    /// `/=`.
    Divide,
    /// `%=`.
    Remainder,
}

/// `export method name(params) => body`.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Whether a library exports it.
    pub export: bool,
    /// Whether it can be called behind a point.
    pub method: bool,
    /// The name.
    pub name: Ident,
    /// The parameters in order.
    pub params: Vec<Param>,
    /// What it runs; one statement when written on the line of the arrow.
    pub body: Block,
}

/// `series float source = close`.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// The qualifier written before the type.
    pub qualifier: Option<Qualifier>,
    /// The type written before the name.
    pub ty: Option<TypeRef>,
    /// The name.
    pub name: Ident,
    /// The value if the call gives none.
    pub default: Option<Expr>,
}

/// `export type Name`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Whether a library exports it.
    pub export: bool,
    /// The name.
    pub name: Ident,
    /// The fields in order.
    pub fields: Vec<Field>,
}

/// `varip float price = 0.0`.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Whether it keeps its value between updates of the open bar.
    pub varip: bool,
    /// Its type.
    pub ty: TypeRef,
    /// Its name.
    pub name: Ident,
    /// Its value if the constructor gives none.
    pub default: Option<Expr>,
}

/// `export enum Name`.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Whether a library exports it.
    pub export: bool,
    /// The name.
    pub name: Ident,
    /// The members in order.
    pub members: Vec<EnumMember>,
}

/// `name = "title"`.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumMember {
    /// The name.
    pub name: Ident,
    /// What `str.tostring` and `input.enum` show; the name where absent.
    pub title: Option<Expr>,
}

/// `import user/library/version as alias`.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Whose library.
    pub user: Ident,
    /// Its name.
    pub library: Ident,
    /// Its version.
    pub version: u32,
    /// The name it has here; the library's where absent.
    pub alias: Option<Ident>,
}

/// A type as written: `float`, `array<float>`, `float[]`, `map<string, array<int>>`, `lib.Pivot`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeRef {
    /// The parts between points: `["chart", "point"]`; `["array"]` for `float[]` too.
    pub path: Vec<Ident>,
    /// The types between `<` and `>`; the element of `float[]`.
    pub args: Vec<TypeRef>,
    /// Its bytes.
    pub span: Span,
}

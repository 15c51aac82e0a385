//! Expressions, the structures that are expressions in Pine (`if`, `switch`, loops) among them.

use super::{Block, Ident, TypeRef};
use crate::span::Span;

/// The number of an expression in its script: 0, 1, 2 … without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Its number in the script.
    pub id: ExprId,
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an [`Expr`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `1`, `1.5`, `true`, `"text"`, `#ff8000`.
    Literal(Literal),
    /// `close`, `x`, `na`, and the `ta` of `ta.sma`.
    Name(Ident),
    /// `object.name`: a member of a namespace, of an import, of an object; a method where it is called.
    Member {
        /// What stands before the point.
        object: Box<Expr>,
        /// The name behind it.
        name: Ident,
    },
    /// `callee<types>(arguments)`.
    Call {
        /// A [`ExprKind::Name`] or [`ExprKind::Member`] in sound code.
        callee: Box<Expr>,
        /// The types between `<` and `>`, as in `array.new<float>()`.
        type_args: Vec<TypeRef>,
        /// The arguments in source order.
        args: Vec<Arg>,
    },
    /// `object[offset]`: the value that many bars ago.
    History {
        /// The series.
        object: Box<Expr>,
        /// How many bars ago.
        offset: Box<Expr>,
    },
    /// `-x`, `+x`, `not x`.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// What it is applied to.
        operand: Box<Expr>,
    },
    /// `a + b`, `a and b`, `a < b`.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The bytes of the operator.
        op_span: Span,
        /// What stands before it.
        left: Box<Expr>,
        /// What stands behind it.
        right: Box<Expr>,
    },
    /// `condition ? then : otherwise`.
    Ternary {
        /// What decides.
        condition: Box<Expr>,
        /// The value if it is true.
        then: Box<Expr>,
        /// The value if it is not.
        otherwise: Box<Expr>,
    },
    /// `(x)`.
    Paren(Box<Expr>),
    /// `[a, b]`: several values of a block, a function or a `request.security`.
    Tuple(Vec<Expr>),
    /// `if`, with its `else if`s flat.
    If(If),
    /// `switch`.
    Switch(Switch),
    /// `for i = a to b by c`.
    ForTo(Box<ForTo>),
    /// `for x in xs`, `for [i, x] in xs`.
    ForIn(Box<ForIn>),
    /// `while`.
    While(Box<While>),
    /// Damaged source; a diagnostic says what was expected.
    Error,
}

/// A value written out.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `12`.
    Int(i64),
    /// `1.5`, `.5`, `1.`, `1e3`.
    Float(f64),
    /// `true`, `false`.
    Bool(bool),
    /// `"text"`, `'text'`, `"""text"""`: the text with its escapes replaced.
    String(Box<str>),
    /// `#RRGGBB` or `#RRGGBBAA`, as `0xRRGGBBAA`.
    Color(u32),
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Arg {
    /// The parameter's name in `name = value`.
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
}

/// An operator with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-`.
    Minus,
    /// `+`.
    Plus,
    /// `not`.
    Not,
}

/// An operator with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `%`.
    Remainder,
}

/// `if … else if … else …`: the value is that of the branch taken.
#[derive(Debug, Clone, PartialEq)]
pub struct If {
    /// Conditions with what is run if they are the first to hold; at least one.
    pub branches: Vec<(Expr, Block)>,
    /// What is run if none holds.
    pub otherwise: Option<Block>,
}

/// `switch subject` with its arms, or without a subject the first arm whose condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// What the arms are compared with.
    pub subject: Option<Box<Expr>>,
    /// The arms in order.
    pub arms: Vec<SwitchArm>,
}

/// `pattern => body`.
#[derive(Debug, Clone, PartialEq)]
pub struct SwitchArm {
    /// What must hold or be equal; `None` for the default arm.
    pub pattern: Option<Expr>,
    /// What is run.
    pub body: Block,
    /// The whole arm.
    pub span: Span,
}

/// `for counter = from to to by step`.
#[derive(Debug, Clone, PartialEq)]
pub struct ForTo {
    /// The counter.
    pub counter: Ident,
    /// Its first value.
    pub from: Expr,
    /// Its last value, inclusive.
    pub to: Expr,
    /// By how much it changes; 1 or −1 towards `to` where absent.
    pub step: Option<Expr>,
    /// What is repeated.
    pub body: Block,
}

/// `for item in collection`, `for [index, item] in collection`.
#[derive(Debug, Clone, PartialEq)]
pub struct ForIn {
    /// The index of an array or row, or the key of a map.
    pub index: Option<Ident>,
    /// The element.
    pub item: Ident,
    /// An array, matrix or map.
    pub collection: Expr,
    /// What is repeated.
    pub body: Block,
}

/// `while condition`.
#[derive(Debug, Clone, PartialEq)]
pub struct While {
    /// What must hold for another round.
    pub condition: Expr,
    /// What is repeated.
    pub body: Block,
}

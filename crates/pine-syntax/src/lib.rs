//! Pine Script v5 and v6: a parser that never fails and loses nothing, and a formatter.
//!
//! [`parse`] gives the tree of a script, every token of its text, and [`Diagnostic`]s with byte spans for what is damaged.
//! [`format()`] writes a sound script in one layout.
//!
//! ```
//! use pine_syntax::ast::StmtKind;
//!
//! let parse = pine_syntax::parse("//@version=6\nindicator(\"Mean\")\nmean = ta.sma(close, 20)\nplot(mean)\n");
//! assert!(parse.is_sound());
//! assert_eq!(parse.script().version.map(|(version, _)| version), Some(6));
//! let StmtKind::Var(variable) = &parse.script().statements[1].kind else { panic!("a declaration") };
//! assert_eq!(&*variable.name.name, "mean");
//! assert_eq!(parse.text(variable.value.span), "ta.sma(close, 20)");
//! ```
//!
//! Not here: names and types (whether `ta.sma` exists is not looked at), running a script, writing one from a strategy.
#![forbid(unsafe_code)]

pub mod ast;
mod code;
mod diagnostic;
mod format;
mod lexer;
mod parse;
mod parser;
mod span;
mod token;

pub use crate::code::Code;
pub use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
pub use crate::format::format;
pub use crate::parse::{Parse, parse};
pub use crate::span::Span;
pub use crate::token::{Token, TokenKind};
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

//! What is wrong with a script, or could be better.

use crate::code::Code;
use crate::span::Span;

/// How serious a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// TradingView refuses the script.
    Error,
    /// TradingView takes the script; it may not do what its author means.
    Warning,
}

/// One finding about a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule; its severity and its long explanation come with it.
    pub code: Code,
    /// The bytes it is about.
    pub span: Span,
    /// What is wrong, in one sentence with the names and types that stand there.
    pub message: String,
    /// What to do about it, where that is known.
    pub hint: Option<String>,
    /// An edit that a program can make.
    pub fix: Option<Fix>,
}

/// A change of the source that mends one [`Diagnostic`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "replace `study` by `indicator`".
    pub title: String,
    /// The replacements, in source order, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether the change keeps what the author meant, so that it may be applied unseen.
    pub safe: bool,
}

/// One replacement of source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Diagnostic {
    /// A finding without hint and fix.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), hint: None, fix: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// How serious it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

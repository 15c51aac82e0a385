use std::fmt::Write as _;

use strategy::{Arg, Input, InputId, Strategy};

/// The text of a script while it is made: declarations are collected in order, and equal expressions share a name.
#[derive(Debug)]
pub(crate) struct Script<'a> {
    pub(crate) strategy: &'a Strategy,
    /// Expression and the names that were declared for it.
    declared: Vec<(String, String)>,
    lines: String,
    pub(crate) uses_division: bool,
    /// Names that are taken already by the script around this one.
    n_taken: usize,
}

impl<'a> Script<'a> {
    pub(crate) fn new(strategy: &'a Strategy) -> Self {
        Self { strategy, declared: Vec::new(), lines: String::new(), uses_division: false, n_taken: 0 }
    }

    /// The body of a function of this script: what it declares stays inside, under names of its own.
    pub(crate) fn function_body(&self) -> Self {
        Self { n_taken: self.n_taken + self.declared.len(), ..Self::new(self.strategy) }
    }

    fn name(&self, stem: &str) -> String {
        format!("{stem}{}", self.n_taken + self.declared.len() + 1)
    }

    /// Declares `expression` under a name made from `stem`, or finds the name it has already.
    pub(crate) fn declare(&mut self, stem: &str, expression: String) -> String {
        if let Some((_, name)) = self.declared.iter().find(|(known, _)| *known == expression) {
            return name.clone();
        }
        let name = self.name(stem);
        self.line(&format!("{name} = {expression}"));
        self.declared.push((expression, name.clone()));
        name
    }

    /// Writes `lines`, in which `{name}` stands for a name made from `stem`, or finds the name they have already.
    pub(crate) fn declare_block(&mut self, stem: &str, lines: &str) -> String {
        if let Some((_, name)) = self.declared.iter().find(|(known, _)| *known == lines) {
            return name.clone();
        }
        let name = self.name(stem);
        self.line(&lines.replace("{name}", &name));
        self.declared.push((lines.to_owned(), name.clone()));
        name
    }

    pub(crate) fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }

    pub(crate) fn heading(&mut self, heading: &str) {
        if !self.lines.is_empty() {
            self.lines.push('\n');
        }
        self.line(&format!("// {heading}"));
    }

    pub(crate) fn into_text(self) -> String {
        self.lines
    }

    /// An argument as an expression; whole numbers without a decimal point where `whole`.
    pub(crate) fn arg(&self, arg: Arg, whole: bool) -> String {
        match arg {
            Arg::Const(value) if whole => format!("{value}"),
            Arg::Const(value) => float(value),
            Arg::Input(id) => self.input(id),
        }
    }

    pub(crate) fn input(&self, InputId(index): InputId) -> String {
        input_name(&self.strategy.inputs[usize::from(index)])
    }
}

/// The variable of an input. The ending keeps it apart from Pine's own names.
pub(crate) fn input_name(input: &Input) -> String {
    format!("{}_input", input.name)
}

/// The shortest decimal that reads back as `value`, always with a decimal point.
pub(crate) fn float(value: f64) -> String {
    let text = format!("{value}");
    if text.contains('.') { text } else { text + ".0" }
}

/// A Pine string literal.
pub(crate) fn quoted(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(literal, "\\{character}").expect("writing to a string does not fail"),
            _ => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

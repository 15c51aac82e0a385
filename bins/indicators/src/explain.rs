use std::fmt::Write as _;

use anyhow::{Context, Result};
use indicators::{Column, IndicatorInfo, IndicatorSpec, ParameterInfo, ParameterKind};

use crate::args::{ExplainArgs, Print};
use crate::call::hint;
use crate::list::{Entry, word, words};
use crate::output::print;

/// Characters of a line.
const WIDTH: usize = 100;
/// Characters before the text of a section.
const INDENT: usize = 12;

/// `indicators explain`.
pub(crate) fn run(options: &ExplainArgs) -> Result<()> {
    let spec: IndicatorSpec = options.call.parse().with_context(|| hint(&options.call))?;
    match options.format {
        Print::Json => print(&format!("{}\n", serde_json::to_string(&Entry::of(spec.kind()))?)),
        Print::Human => print(&page(&spec)?),
    }
}

fn page(spec: &IndicatorSpec) -> Result<String> {
    let info = spec.kind().info();
    let mut page = String::new();
    writeln!(page, "{}: {} ({})", info.name, info.title, word(info.group)?)?;
    for text in [info.formula, info.meaning] {
        if !text.is_empty() {
            writeln!(page, "\n{}", wrapped(text, 0))?;
        }
    }
    page.push('\n');
    section(&mut page, "Reads", &info.inputs.iter().map(|column| column_words(*column)).collect::<Vec<_>>().join(", "));
    list(&mut page, "Parameters", info.parameters.iter().map(|parameter| (parameter.name, parameter_words(parameter))));
    let outputs = info.outputs.iter().map(|output| Ok((output.name, words(&output.unit)?)));
    list(&mut page, "Outputs", outputs.collect::<Result<Vec<_>>>()?.into_iter());
    list(&mut page, "Warm-up", warm_up(spec)?.into_iter());
    section(&mut page, "Notes", info.notes);
    section(&mut page, "Reference", info.reference);
    section(&mut page, "TA-Lib", info.talib.unwrap_or("not there"));
    pine(&mut page, info);
    Ok(page)
}

/// For each profile the leading bars without a value.
fn warm_up(spec: &IndicatorSpec) -> Result<Vec<(&'static str, String)>> {
    let info = spec.kind().info();
    let mut lines = Vec::new();
    for profile in info.profiles() {
        let bars = spec.lookback(profile)?;
        let is_same = bars.iter().all(|count| *count == bars[0]);
        let counts = if is_same { &bars[..1] } else { &bars[..] };
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        lines.push((profile.name(), format!("{} bars of {spec}", counts.join(", "))));
    }
    Ok(lines)
}

fn column_words(column: Column) -> &'static str {
    match column {
        Column::Source => "a column of your choice",
        Column::Second => "a second column of your choice",
        Column::Open => "open",
        Column::High => "high",
        Column::Low => "low",
        Column::Close => "close",
        Column::Volume => "volume",
        Column::Condition => "a column of your choice that is not 0 where a condition holds",
    }
}

fn parameter_words(parameter: &ParameterInfo) -> String {
    let ParameterInfo { min, max, default, .. } = parameter;
    match parameter.kind {
        ParameterKind::Bars => format!("a whole number from {min} to {max}; {default} if left out"),
        ParameterKind::Number => format!("a number from {} to {}; {default} if left out", bound(*min), bound(*max)),
        ParameterKind::Choice(names) => {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of a short list")]
            let default = names[*default as usize];
            format!("one of {}; {default} if left out", names.join(", "))
        }
    }
}

/// A bound without a row of zeros.
fn bound(value: f64) -> String {
    if value.abs() < 1e9 { value.to_string() } else { format!("{value:e}") }
}

fn pine(page: &mut String, info: &IndicatorInfo) {
    match info.pine {
        None => section(page, "Pine", "not there"),
        Some(pine) => {
            for (at, line) in pine.lines.lines().enumerate() {
                let head = if at == 0 { "Pine" } else { "" };
                writeln!(page, "{head:<INDENT$}{line}").expect("a String takes all text");
            }
        }
    }
}

/// A heading with a text beside it; nothing if there is no text.
fn section(page: &mut String, head: &str, text: &str) {
    if !text.is_empty() {
        writeln!(page, "{head:<INDENT$}{}", wrapped(text, INDENT)).expect("a String takes all text");
    }
}

/// A heading with names and what is said of them.
fn list(page: &mut String, head: &str, lines: impl Iterator<Item = (&'static str, String)>) {
    for (at, (name, text)) in lines.enumerate() {
        let head = if at == 0 { head } else { "" };
        writeln!(page, "{head:<INDENT$}{name:<16} {text}").expect("a String takes all text");
    }
}

/// `text` in lines of [`WIDTH`] characters, those behind the first indented.
fn wrapped(text: &str, indent: usize) -> String {
    let mut lines = String::new();
    let mut length = indent;
    for word in text.split_whitespace() {
        let size = word.chars().count();
        if length > indent && length + 1 + size > WIDTH {
            write!(lines, "\n{:indent$}", "").expect("a String takes all text");
            length = indent;
        } else if length > indent {
            lines.push(' ');
            length += 1;
        }
        lines.push_str(word);
        length += size;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, wrapped};

    #[test]
    fn long_texts_are_wrapped_between_words() {
        let text = "word ".repeat(50);
        let lines = wrapped(&text, 12);
        assert!(lines.lines().all(|line| line.chars().count() <= WIDTH) && lines.lines().count() > 2, "{lines}");
        assert_eq!(lines.split_whitespace().count(), 50);
        assert!(lines.lines().skip(1).all(|line| line.starts_with("            word")));
    }
}

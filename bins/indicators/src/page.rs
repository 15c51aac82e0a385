use std::fmt::Write as _;

use anyhow::Result;
use indicators::{Column, IndicatorInfo, IndicatorSpec, OutputInfo, ParameterInfo, ParameterKind, Profile, Unit};

use crate::compared::Comparison;
use crate::picture::note;

/// Bounds from here on stand for any number.
const ANY: f64 = 1e9;

/// Everything the catalogue knows about an indicator, as a page of Markdown.
///
/// `picture` is the name of an image beside the page.
pub(crate) fn page(info: &'static IndicatorInfo, picture: Option<&str>) -> Result<String> {
    let mut page = format!("# {} (`{}`)\n", info.title, info.name);
    section(&mut page, None, info.meaning);
    if let Some(picture) = picture {
        section(&mut page, None, &format!("![{}]({picture})", info.title));
        section(&mut page, None, &note(info).unwrap_or_default());
    }
    section(&mut page, Some("Formula"), info.formula);
    section(&mut page, Some("Parameters"), &parameters(info));
    section(&mut page, Some("Inputs and outputs"), &format!("{}\n\n{}", inputs(info), outputs(info.outputs)));
    section(&mut page, Some("Profiles and first values"), &profiles(info)?);
    section(&mut page, Some("Notes"), info.notes);
    section(&mut page, Some("Use"), &usage(info));
    section(&mut page, Some("Reference"), info.reference);
    Ok(page)
}

fn section(page: &mut String, title: Option<&str>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(title) = title {
        let _ = write!(page, "\n## {title}\n");
    }
    let _ = write!(page, "\n{}\n", text.trim_end());
}

fn parameters(info: &IndicatorInfo) -> String {
    if info.parameters.is_empty() {
        return "None.".to_owned();
    }
    let mut table = String::from("| name | what | default |\n|---|---|---|\n");
    for parameter in info.parameters {
        let _ = writeln!(table, "| `{}` | {} | {} |", parameter.name, allowed(parameter), default(parameter));
    }
    table
}

/// What a parameter may be.
fn allowed(parameter: &ParameterInfo) -> String {
    let (min, max) = (number(parameter.min), number(parameter.max));
    match (parameter.kind, parameter.min <= -ANY, parameter.max >= ANY) {
        (ParameterKind::Choice(names), _, _) => format!("one of {}", names.join(", ")),
        (ParameterKind::Bars, _, _) => format!("whole number, {min} to {max}"),
        (ParameterKind::Number, true, true) => "any number".to_owned(),
        (ParameterKind::Number, _, true) => format!("number from {min} on"),
        (ParameterKind::Number, true, _) => format!("number up to {max}"),
        (ParameterKind::Number, false, false) => format!("number, {min} to {max}"),
    }
}

fn default(parameter: &ParameterInfo) -> String {
    match parameter.kind {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of the list")]
        ParameterKind::Choice(names) => names[parameter.default as usize].to_owned(),
        ParameterKind::Bars | ParameterKind::Number => number(parameter.default),
    }
}

/// As a person writes it.
fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-4 { format!("{value:e}") } else { value.to_string() }
}

fn inputs(info: &IndicatorInfo) -> String {
    let word = |column: &Column| match column {
        Column::Source => "a column of your choice (usually the close)",
        Column::Second => "a second column of your choice",
        Column::Open => "open",
        Column::High => "high",
        Column::Low => "low",
        Column::Close => "close",
        Column::Volume => "volume",
        Column::Condition => "a condition (a column that is not 0 where it holds)",
    };
    let words: Vec<&str> = info.inputs.iter().map(word).collect();
    format!("Reads {}.", words.join(", "))
}

fn outputs(outputs: &[OutputInfo]) -> String {
    let mut table = String::from("| output | unit |\n|---|---|\n");
    for output in outputs {
        let _ = writeln!(table, "| `{}` | {} |", output.name, unit(output.unit));
    }
    table
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Price => "the input's unit and level",
        Unit::PriceDifference => "the input's unit, around or above 0",
        Unit::Percent => "0 to 100",
        Unit::Volume => "volume, or volume times price",
        Unit::Bars => "bars",
        Unit::Signal => "a signal",
        Unit::Degrees => "degrees",
        Unit::Number => "a number without unit",
    }
}

fn profiles(info: &'static IndicatorInfo) -> Result<String> {
    let spec = IndicatorSpec::with_defaults(info.kind());
    let mut table = String::from("| profile | equals | first value at bar |\n|---|---|---|\n");
    let all: Vec<Profile> = info.profiles().collect();
    let mut sentences = Vec::new();
    for &profile in &all {
        let compared = Comparison::of(&spec, all[0], profile)?;
        let (equals, first) = (equals(info, profile, all[0], compared), first(info, &spec.lookback(profile)?));
        let _ = writeln!(table, "| {profile} | {equals} | {first} |");
        sentences.extend(compared.sentence(all[0], profile));
    }
    table.push_str("\nWith the default parameters; bars count from 0.\n");
    if !sentences.is_empty() {
        let _ = write!(table, "\nOn a random walk of 4000 bars: {}\n", sentences.join(" "));
    }
    Ok(table)
}

/// The bar of the first value of each output, once where it is the same.
fn first(info: &IndicatorInfo, lookback: &[usize]) -> String {
    if lookback.iter().all(|bars| *bars == lookback[0]) {
        return lookback[0].to_string();
    }
    let each = info.outputs.iter().zip(lookback).map(|(output, bars)| format!("`{}` {bars}", output.name));
    each.collect::<Vec<_>>().join(", ")
}

fn equals(info: &IndicatorInfo, profile: Profile, first: Profile, compared: Comparison) -> String {
    match (profile, info.talib, info.pine) {
        (Profile::Talib, Some(function), _) => format!("TA-Lib 0.8.3 `{function}`, bit for bit"),
        (Profile::TradingView, _, Some(_)) => "TradingView (Pine Script v6), bit for bit".to_owned(),
        _ if profile == first => "the formula".to_owned(),
        _ if compared == Comparison::Bits => format!("`{first}`, bit for bit"),
        _ => "the formula, with errors of at most 1e-12 of the numbers that enter it".to_owned(),
    }
}

fn usage(info: &'static IndicatorInfo) -> String {
    let call = format!("{}{}", IndicatorSpec::with_defaults(info.kind()), at(info));
    // The program's own default is the first profile of most.
    let profile = match info.profiles().next() {
        Some(Profile::Talib) | None => String::new(),
        Some(other) => format!(" --profile {other}"),
    };
    let mut text = format!("```sh\nindicators compute '{call}' --input bars.csv{profile}\n```\n");
    if info.inputs.contains(&Column::Condition) {
        text.push_str("\n`new_day` is a column of the table that is not 0 on the first bar of each day.\n");
    }
    if let Some(pine) = info.pine {
        let _ = write!(text, "\nIn Pine Script v6:\n\n```pine\n{}\n```\n", with_defaults(info, pine.lines));
        if !pine.outputs.is_empty() {
            let named = info.outputs.iter().zip(pine.outputs);
            let named: Vec<String> =
                named.map(|(output, code)| format!("`{}` is `{}`", output.name, with_defaults(info, code))).collect();
            let _ = write!(text, "\n{}.\n", named.join(", "));
        }
    }
    text
}

/// The columns behind the @ of a call, where it cannot do without: `@close,volume`.
fn at(info: &IndicatorInfo) -> String {
    if !info.inputs.iter().any(|column| matches!(column, Column::Second | Column::Condition)) {
        return String::new();
    }
    let name = |column: &Column| match column {
        Column::Source => Some("close"),
        Column::Second => Some("volume"),
        Column::Condition => Some("new_day"),
        _ => None,
    };
    let names: Vec<&str> = info.inputs.iter().filter_map(name).collect();
    format!("@{}", names.join(","))
}

/// A template of the catalogue with the default parameters; names in braces that its lines assign stay as they are.
fn with_defaults(info: &IndicatorInfo, template: &str) -> String {
    let columns =
        [("source", "close"), ("second", "volume"), ("condition", "timeframe.change(\"1D\")"), ("name", info.name)];
    let parameters = info.parameters.iter().map(|parameter| (parameter.name, default(parameter)));
    let columns = columns.iter().map(|&(name, word)| (name, word.to_owned()));
    let assigned = info.pine.iter().flat_map(|pine| pine.lines.lines()).filter_map(|line| line.split_once(" = "));
    let assigned = assigned.map(|(name, _)| (name, name.to_owned()));
    let fill = |text: String, (name, word): (&str, String)| text.replace(&format!("{{{name}}}"), &word);
    columns.chain(parameters).chain(assigned).fold(template.to_owned(), fill)
}

#[cfg(test)]
mod tests {
    use indicators::IndicatorKind;

    use super::{page, usage};

    #[test]
    fn no_brace_of_a_template_is_left() {
        for kind in IndicatorKind::all() {
            let text = usage(kind.info());
            assert!(!text.contains(['{', '}']), "{kind}: {text}");
        }
    }

    #[test]
    fn a_page_says_what_a_trader_asks() {
        let rsi = page(IndicatorKind::named("rsi").unwrap().info(), Some("rsi.png")).unwrap();
        for part in [
            "# Relative strength index (`rsi`)\n",
            "![Relative strength index](rsi.png)",
            "| `period` | whole number, 2 to 100000 | 14 |",
            "| talib | TA-Lib 0.8.3 `RSI`, bit for bit | 14 |",
            "| tradingview | TradingView (Pine Script v6), bit for bit | 14 |",
            "| fast | the formula, with errors of at most 1e-12 of the numbers that enter it | 14 |",
            "indicators compute 'rsi(14)' --input bars.csv",
            "ta.rsi(close, 14)",
            "J. W. Wilder",
        ] {
            assert!(rsi.contains(part), "{part} is missing:\n{rsi}");
        }
    }
}

use std::fmt::Write as _;

use indicators::{IndicatorInfo, IndicatorSpec, ParameterInfo, ParameterKind, Profile, Unit};

/// Everything the catalogue knows about an indicator, as a page of Markdown.
///
/// `picture` is the name of an image beside the page.
pub(crate) fn page(info: &'static IndicatorInfo, picture: Option<&str>) -> String {
    let mut page = format!("# {} (`{}`)\n", info.title, info.name);
    if let Some(picture) = picture {
        section(&mut page, None, &format!("![{} on EUR/USD]({picture})", info.title));
    }
    section(&mut page, None, info.meaning);
    section(&mut page, Some("Formula"), info.formula);
    section(&mut page, Some("Parameters"), &parameters(info));
    section(&mut page, Some("Inputs and outputs"), &outputs(info));
    section(&mut page, Some("Profiles and first values"), &profiles(info));
    section(&mut page, Some("Notes"), info.notes);
    section(&mut page, Some("Use"), &usage(info));
    section(&mut page, Some("Reference"), info.reference);
    page
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
    let mut table = String::from("| name | what | from | to | default |\n|---|---|---|---|---|\n");
    for parameter in info.parameters {
        let (what, from, to, default) = match parameter.kind {
            ParameterKind::Bars => ("whole number", number(parameter.min), number(parameter.max), default(parameter)),
            ParameterKind::Number => ("number", number(parameter.min), number(parameter.max), default(parameter)),
            ParameterKind::Choice(names) => {
                ("one of the names", names[0].to_owned(), names[names.len() - 1].to_owned(), default(parameter))
            }
        };
        let _ = writeln!(table, "| `{}` | {what} | {from} | {to} | {default} |", parameter.name);
        if let ParameterKind::Choice(names) = parameter.kind {
            let _ = writeln!(table, "| | {} | | | |", names.join(", "));
        }
    }
    table
}

fn default(parameter: &ParameterInfo) -> String {
    match parameter.kind {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of the list")]
        ParameterKind::Choice(names) => names[parameter.default as usize].to_owned(),
        ParameterKind::Bars | ParameterKind::Number => number(parameter.default),
    }
}

/// Like a person writes it: limits that stand for "any" in scientific notation.
fn number(value: f64) -> String {
    if value.abs() >= 1e6 { format!("{value:e}") } else { value.to_string() }
}

fn outputs(info: &IndicatorInfo) -> String {
    let inputs: Vec<String> = info.inputs.iter().map(|column| format!("{column:?}").to_lowercase()).collect();
    let mut table = format!("Reads {}.\n\n| output | unit |\n|---|---|\n", inputs.join(", "));
    for output in info.outputs {
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

fn profiles(info: &'static IndicatorInfo) -> String {
    let spec = IndicatorSpec::with_defaults(info.kind());
    let mut table = String::from("| profile | equals | first value at bar (defaults, first bar 0) |\n|---|---|---|\n");
    for profile in info.profiles() {
        let lookback = spec.lookback(profile).expect("the indicator is defined in its own profiles");
        let first: Vec<String> = if lookback.windows(2).all(|pair| pair[0] == pair[1]) {
            lookback.iter().take(1).map(ToString::to_string).collect()
        } else {
            info.outputs.iter().zip(&lookback).map(|(output, bars)| format!("{} {bars}", output.name)).collect()
        };
        let _ = writeln!(table, "| {profile} | {} | {} |", equals(info, profile), first.join(", "));
    }
    table
}

fn equals(info: &IndicatorInfo, profile: Profile) -> String {
    match (profile, info.talib, info.pine) {
        (Profile::Talib, Some(function), _) => format!("TA-Lib 0.8.3 `{function}`, bit for bit"),
        (Profile::TradingView, _, Some(_)) => "TradingView (Pine Script v6), bit for bit".to_owned(),
        (Profile::Fast, _, _) => "the formula to 12 digits".to_owned(),
        _ => "the formula above".to_owned(),
    }
}

fn usage(info: &'static IndicatorInfo) -> String {
    let call = IndicatorSpec::with_defaults(info.kind()).to_string();
    let mut text = format!("```sh\nindicators compute '{call}' --input bars.csv\n```\n");
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

/// A template of the catalogue with the default parameters.
fn with_defaults(info: &IndicatorInfo, template: &str) -> String {
    let named = template.replace("{source}", "close").replace("{second}", "volume").replace("{name}", info.name);
    info.parameters
        .iter()
        .fold(named, |text, parameter| text.replace(&format!("{{{}}}", parameter.name), &default(parameter)))
}

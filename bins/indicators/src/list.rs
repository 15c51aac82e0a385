use std::fmt::Write as _;

use anyhow::{Result, bail, ensure};
use indicators::{Group, IndicatorInfo, IndicatorKind, IndicatorSpec, Profile};
use serde::Serialize;

use crate::args::{ListArgs, Print};
use crate::output::print;

/// An indicator as JSON: what the catalogue says, and where it is defined.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    info: IndicatorInfo,
    profiles: Vec<Profile>,
}

impl Entry {
    pub(crate) fn of(kind: IndicatorKind) -> Self {
        Self { info: *kind.info(), profiles: kind.info().profiles().collect() }
    }
}

/// `indicators list`.
pub(crate) fn run(options: &ListArgs) -> Result<()> {
    check_group(options)?;
    let kinds = IndicatorKind::all().filter(|kind| is_wanted(*kind, options));
    let mut text = String::new();
    let mut heading = None;
    let mut n_listed = 0;
    for kind in kinds {
        n_listed += 1;
        match options.format {
            Print::Json => writeln!(text, "{}", serde_json::to_string(&Entry::of(kind))?)?,
            Print::Human => {
                let info = kind.info();
                if heading != Some(info.group) {
                    let line_break = if heading.is_some() { "\n" } else { "" };
                    writeln!(text, "{line_break}{}", word(info.group)?)?;
                    heading = Some(info.group);
                }
                let call = IndicatorSpec::with_defaults(kind).to_string();
                writeln!(text, "  {call:<30} {}", info.title)?;
            }
        }
    }
    ensure!(n_listed > 0, "no indicator is of this name, group and profile; `indicators list` shows all");
    print(&text)
}

fn is_wanted(kind: IndicatorKind, options: &ListArgs) -> bool {
    let info = kind.info();
    let has_text = |text: &String| {
        let text = text.to_lowercase();
        info.name.contains(&text) || info.title.to_lowercase().contains(&text)
    };
    let is_of_group = |group: &String| word(info.group).is_ok_and(|word| word == *group);
    options.text.as_ref().is_none_or(has_text)
        && options.group.as_ref().is_none_or(is_of_group)
        && options.profile.is_none_or(|profile| info.profiles().any(|defined| defined == profile))
}

fn check_group(options: &ListArgs) -> Result<()> {
    let Some(group) = &options.group else { return Ok(()) };
    let mut groups: Vec<String> = Vec::new();
    for kind in IndicatorKind::all() {
        let word = word(kind.info().group)?;
        if !groups.contains(&word) {
            groups.push(word);
        }
    }
    if !groups.contains(group) {
        bail!("no group is called `{group}`; there are {}", groups.join(", "));
    }
    Ok(())
}

/// The name of a group as JSON has it.
pub(crate) fn word(group: Group) -> Result<String> {
    words(&group)
}

/// The name of a variant as JSON has it, in words.
pub(crate) fn words(variant: &impl Serialize) -> Result<String> {
    let name = serde_json::to_value(variant)?;
    Ok(name.as_str().unwrap_or_default().replace('_', " "))
}

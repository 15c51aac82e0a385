use anyhow::Result;
use indicators::{Column, IndicatorInfo, IndicatorSpec, Profile};

use super::{History, compute};

/// What a picture gives an indicator as a column of the caller's choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Given {
    Close,
    High,
    Low,
    /// Another indicator of the close.
    Of(&'static str),
    /// Long averages at night, short ones by day.
    Periods,
    /// 1 at the first bar of each day.
    NewDay,
}

impl Given {
    /// How the picture and the page call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::High => "high",
            Self::Low => "low",
            Self::Of(call) => call,
            Self::Periods => "periods",
            Self::NewDay => "new day",
        }
    }
}

/// The indicator with its defaults, or with what suits currencies where those are made for shares.
pub(super) fn spec(info: &'static IndicatorInfo) -> IndicatorSpec {
    let other = match info.name {
        "zigzag" => Some(vec![0.5, 1.0]),
        "envelope" => Some(vec![20.0, 0.5]),
        _ => None,
    };
    other
        .and_then(|args| IndicatorSpec::new(info.kind(), &args).ok())
        .unwrap_or_else(|| IndicatorSpec::with_defaults(info.kind()))
}

/// Arithmetic of numbers near 0, which prices are not.
const NEAR_ZERO: [&str; 13] =
    ["acos", "asin", "atan", "ceil", "cos", "cosh", "cumsum", "exp", "floor", "sin", "sinh", "tan", "tanh"];

/// What stands for [`Column::Source`].
pub(super) fn source(info: &IndicatorInfo) -> Given {
    match info.name {
        "ceil" | "floor" => Given::Of("z_score(20)"),
        name if NEAR_ZERO.contains(&name) => Given::Of("cti(20)"),
        "mavp" | "cross" | "crossover" | "crossunder" => Given::Close,
        _ if info.inputs.contains(&Column::Second) => Given::High,
        _ => Given::Close,
    }
}

/// What stands for [`Column::Second`].
pub(super) fn second(info: &IndicatorInfo) -> Given {
    match info.name {
        "mavp" => Given::Periods,
        "cross" | "crossover" | "crossunder" => Given::Of("sma(20)"),
        _ => Given::Low,
    }
}

/// What the picture shows that its legends do not say.
pub(crate) fn note(info: &IndicatorInfo) -> Option<String> {
    let mut said = Vec::new();
    if info.inputs.contains(&Column::Second) {
        said.push(format!("The two columns are {} and {}.", source(info).name(), second(info).name()));
    } else if let Given::Of(call) = source(info)
        && info.inputs.contains(&Column::Source)
    {
        said.push(format!("The column is {call}."));
    }
    if info.inputs.contains(&Column::Condition) {
        said.push("The condition holds on the first bar of each day.".to_owned());
    }
    if info.inputs.contains(&Column::Volume) {
        said.push("The volume is the number of ticks.".to_owned());
    }
    if super::drawn::is_drawn(info.name) {
        said.push("The bars of the other pictures have no such formation; these are drawn by hand.".to_owned());
    }
    said.extend(match info.name {
        "mavp" => Some("The periods are 25 at night (20 to 6 hours UTC) and 5 by day.".to_owned()),
        "ichimoku" => Some("The cloud is drawn 25 bars ahead, as charts do.".to_owned()),
        "pivothigh" | "pivotlow" => Some("A triangle stands at each pivot, a dot where it becomes known.".to_owned()),
        "zigzag" => Some(
            "The line joins the extremes as they are known at the end; the sensitivity is one for currencies."
                .to_owned(),
        ),
        "cross" | "crossover" | "crossunder" => Some("A triangle stands at each cross.".to_owned()),
        "envelope" => Some("The percentage is one for currencies.".to_owned()),
        "vwap" | "cummax" | "cummin" => Some("The history begins with the first bar shown.".to_owned()),
        "maxindex" | "minindex" | "minmaxindex" | "highestbars" | "lowestbars" => {
            Some("Dots stand at the closes that are meant.".to_owned())
        }
        _ => None,
    });
    (!said.is_empty()).then(|| said.join(" "))
}

/// A column for each input of the indicator.
pub(super) fn columns(info: &IndicatorInfo, history: &History) -> Result<Vec<Vec<f64>>> {
    info.inputs
        .iter()
        .map(|&column| match column {
            Column::Source => given(source(info), history),
            Column::Second => given(second(info), history),
            Column::Condition => given(Given::NewDay, history),
            Column::Open => Ok(history.open.clone()),
            Column::High => Ok(history.high.clone()),
            Column::Low => Ok(history.low.clone()),
            Column::Close => Ok(history.close.clone()),
            Column::Volume => Ok(history.volume.clone()),
        })
        .collect()
}

fn given(given: Given, history: &History) -> Result<Vec<f64>> {
    Ok(match given {
        Given::Close => history.close.clone(),
        Given::High => history.high.clone(),
        Given::Low => history.low.clone(),
        Given::NewDay => history.new_days(),
        Given::Periods => history.hours().map(|hour| if (6..20).contains(&hour) { 5.0 } else { 25.0 }).collect(),
        Given::Of(call) => {
            let spec: IndicatorSpec = call.parse()?;
            compute(&spec, Profile::Talib, std::slice::from_ref(&history.close))?.swap_remove(0)
        }
    })
}

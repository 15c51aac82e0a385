//! A picture of an indicator: the price with what is drawn over it, and panes below for what has another unit.
mod drawn;
mod history;
mod inputs;
mod levels;
mod marks;
mod panes;
mod sheet;
mod shown;

use anyhow::{Context as _, Result};
use chart_render::{Chart, Size, Theme, render};
use indicators::{Group, IndicatorInfo, IndicatorSpec, Profile};

pub(crate) use self::history::History;
pub(crate) use self::inputs::note;

/// Pixels of a picture.
const SIZE: Size = Size::new(720, 400);

/// Colours of a picture: with more its file grows and it looks the same.
const N_COLORS: u8 = 64;

/// What a bar far back still moves: a picture of a part of a long history would show it far away from the price.
const FROM_THE_FIRST_BAR: [&str; 3] = ["vwap", "cummax", "cummin"];

/// An indicator over some bars.
struct Study<'a> {
    info: &'static IndicatorInfo,
    history: &'a History,
    /// One column for each input.
    inputs: Vec<Vec<f64>>,
    /// One column for each output.
    outputs: Vec<Vec<f64>>,
}

impl<'a> Study<'a> {
    fn new(info: &'static IndicatorInfo, history: &'a History) -> Result<Self> {
        let inputs = inputs::columns(info, history)?;
        let profile = info.profiles().next().unwrap_or(Profile::Talib);
        let outputs = compute(&inputs::spec(info), profile, &inputs)?;
        Ok(Self { info, history, inputs, outputs })
    }

    fn part(&self, bars: std::ops::Range<usize>, history: &'a History) -> Self {
        let cut = |columns: &[Vec<f64>]| columns.iter().map(|column| column[bars.clone()].to_vec()).collect();
        Self { info: self.info, history, inputs: cut(&self.inputs), outputs: cut(&self.outputs) }
    }

    fn output(&self, name: &str) -> Option<&[f64]> {
        let place = self.info.outputs.iter().position(|output| output.name == name)?;
        Some(&self.outputs[place])
    }
}

fn compute(spec: &IndicatorSpec, profile: Profile, inputs: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let mut columns = vec![vec![f64::NAN; inputs[0].len()]; spec.kind().info().outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(profile, &inputs, &mut outputs)?;
    Ok(columns)
}

/// The indicator as PNG, where there is something to see: over the first of `histories` in which a
/// formation occurs, over the first of all for the others. `None` if it has no value anywhere.
pub(crate) fn picture(info: &'static IndicatorInfo, histories: &[History]) -> Result<Option<Vec<u8>>> {
    if let Some(history) = drawn::history(info.name) {
        return over(info, &history);
    }
    let n_tried = if info.group == Group::Pattern { histories.len() } else { 1 };
    for history in &histories[..n_tried] {
        if let Some(png) = over(info, history)? {
            return Ok(Some(png));
        }
    }
    Ok(None)
}

fn over(info: &'static IndicatorInfo, history: &History) -> Result<Option<Vec<u8>>> {
    let study = Study::new(info, history)?;
    let Some(bars) = shown::bars(&study) else { return Ok(None) };
    let cut = history.slice(bars.clone());
    let is_of_these = FROM_THE_FIRST_BAR.contains(&info.name);
    let part = if is_of_these { Study::new(info, &cut)? } else { study.part(bars.clone(), &cut) };
    drawn(&part, bars.start).map(Some)
}

/// `start` is the place of the first bar in the whole history.
fn drawn(study: &Study<'_>, start: usize) -> Result<Vec<u8>> {
    let sheets = panes::sheets(study, start);
    let title = inputs::spec(study.info).to_string();
    let panes = sheets.iter().map(sheet::Sheet::pane).collect();
    let chart =
        Chart { title: &title, subtitle: &study.history.name, ..Chart::new(&study.history.open_time_ns, panes) };
    let image = render(&chart, &Theme::light(), SIZE).context(title.clone())?;
    Ok(image.to_indexed_png(N_COLORS)?)
}

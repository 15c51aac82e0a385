use anyhow::Context as _;
use chart_render::{
    Band, Candles, Chart, Histogram, Ink, Layer, Line, Marker, MarkerShape, Pane, Size, Theme, ValueFormat, render,
};
use indicators::{Column, Group, IndicatorInfo, IndicatorSpec, Profile, Unit};
use market::BarsView;

/// Bars that a picture shows, and that one of a candlestick formation shows.
const SHOWN_BARS: usize = 120;
const PATTERN_BARS: usize = 36;

/// The indicator with its defaults over the last of `bars`, as PNG; a candlestick formation where it last occurred.
/// `None` if it has no value there.
pub(crate) fn picture(info: &'static IndicatorInfo, bars: BarsView<'_>) -> anyhow::Result<Option<Vec<u8>>> {
    let spec = IndicatorSpec::with_defaults(info.kind());
    let profile = info.profiles().next().unwrap_or(Profile::Talib);
    let condition = new_days(bars);
    let inputs: Vec<&[f64]> = info.inputs.iter().map(|&column| input(info, column, bars, &condition)).collect();
    let mut columns = vec![vec![f64::NAN; bars.len()]; info.outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(profile, &inputs, &mut outputs)?;
    let shown = if info.group == Group::Pattern {
        let Some(last) = columns[0].iter().rposition(|&value| value.abs() > 0.0) else { return Ok(None) };
        let end = bars.len().min(last + PATTERN_BARS / 3);
        end.saturating_sub(PATTERN_BARS)..end
    } else {
        bars.len().saturating_sub(SHOWN_BARS)..bars.len()
    };
    let columns: Vec<&[f64]> = columns.iter().map(|column| &column[shown.clone()]).collect();
    if columns.iter().all(|column| column.iter().all(|value| !value.is_finite())) {
        return Ok(None);
    }
    draw(info, &spec, &columns, bars.slice(shown)).map(Some)
}

fn draw(info: &IndicatorInfo, spec: &IndicatorSpec, columns: &[&[f64]], bars: BarsView<'_>) -> anyhow::Result<Vec<u8>> {
    let markers = if info.group == Group::Pattern { signals(columns[0], bars) } else { Vec::new() };
    let mut price =
        vec![Layer::Candles(Candles { tag: false, ..Candles::new(bars.open, bars.high, bars.low, bars.close) })];
    price.push(Layer::Markers(&markers));
    let mut below = Vec::new();
    for (output, &column) in info.outputs.iter().zip(columns) {
        match output.unit {
            Unit::Price => price.push(Layer::Line(Line::new(output.name, column))),
            Unit::Signal if info.group == Group::Pattern => {}
            Unit::Signal => below.push(Layer::Histogram(Histogram::new(output.name, column))),
            _ if output.name == "histogram" => below.push(Layer::Histogram(Histogram::new(output.name, column))),
            _ => below.push(Layer::Line(Line::new(output.name, column))),
        }
    }
    if let Some((upper, lower)) = edges(info, columns) {
        price.insert(0, Layer::Band(Band { ink: Ink::Muted, ..Band::new("", upper, lower) }));
    }
    let mut panes = vec![Pane { format: ValueFormat::Decimals(4), ..Pane::new(price) }];
    if !below.is_empty() {
        panes.push(Pane { weight: 0.6, ..Pane::new(below) });
    }
    let times: Vec<i64> = bars.open_time.iter().map(|time| time.0).collect();
    let title = spec.to_string();
    let chart = Chart { title: &title, subtitle: "EUR/USD, one hour", ..Chart::new(&times, panes) };
    let image = render(&chart, &Theme::light(), Size::new(720, 380)).context(title.clone())?;
    Ok(image.to_png()?)
}

/// The upper and lower line of bands.
fn edges<'a>(info: &IndicatorInfo, columns: &[&'a [f64]]) -> Option<(&'a [f64], &'a [f64])> {
    let column = |name| {
        let place = info.outputs.iter().position(|output| output.name == name && output.unit == Unit::Price)?;
        Some(columns[place])
    };
    Some((column("upper")?, column("lower")?))
}

/// A triangle at each bar on which a formation ends.
fn signals(signal: &[f64], bars: BarsView<'_>) -> Vec<Marker> {
    let at = |bar: usize| {
        let (value, shape, ink) = if signal[bar] > 0.0 {
            (bars.low[bar], MarkerShape::Up, Ink::Up)
        } else {
            (bars.high[bar], MarkerShape::Down, Ink::Down)
        };
        Marker { bar, value, shape, ink }
    };
    (0..signal.len()).filter(|&bar| signal[bar].abs() > 0.0).map(at).collect()
}

fn input<'a>(info: &IndicatorInfo, column: Column, bars: BarsView<'a>, condition: &'a [f64]) -> &'a [f64] {
    let of_two = info.inputs.contains(&Column::Second);
    match column {
        Column::Source if of_two => bars.high,
        Column::Source | Column::Close => bars.close,
        Column::Second | Column::Low => bars.low,
        Column::Open => bars.open,
        Column::High => bars.high,
        Column::Volume => bars.volume,
        Column::Condition => condition,
    }
}

/// 1 at the first bar of each day (UTC).
fn new_days(bars: BarsView<'_>) -> Vec<f64> {
    const DAY_NS: i64 = 86_400_000_000_000;
    let day = |bar: usize| bars.open_time[bar].0.div_euclid(DAY_NS);
    (0..bars.len()).map(|bar| f64::from(u8::from(bar == 0 || day(bar) != day(bar - 1)))).collect()
}

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, Error as TemplateError, Value, context};
use serde::Serialize;

use crate::Error;
use crate::report::PerformanceReport;

/// Pictures of the report, as PNG.
#[derive(Debug)]
pub(crate) struct Images<'a> {
    /// Price over the whole range.
    pub(crate) overview: &'a [u8],
    /// Equity and drawdown of the best; absent if nothing was ranked.
    pub(crate) equity: Option<&'a [u8]>,
    /// Trades of each of the best, in their order.
    pub(crate) trades: Vec<&'a [u8]>,
}

#[derive(Serialize)]
struct ImageUrls {
    overview: String,
    equity: Option<String>,
    trades: Vec<String>,
}

/// The report as one HTML file that needs nothing else: styles and pictures are inside.
pub(crate) fn render(report: &PerformanceReport, images: &Images<'_>) -> Result<String, Error> {
    let urls = ImageUrls {
        overview: data_url(images.overview),
        equity: images.equity.map(data_url),
        trades: images.trades.iter().map(|png| data_url(png)).collect(),
    };
    let mut environment = Environment::new();
    for (name, filter) in NUMBER_FILTERS {
        environment.add_filter(name, move |value: Value| number(&value, filter));
    }
    environment.add_filter("fixed", |value: Value, digits: usize| number(&value, &|v| format!("{v:.digits$}")));
    environment.add_filter("sharpe", |value: Value| sharpe(&value));
    environment.add_filter("date", |time: String| time.get(..10).map_or(time.clone(), str::to_owned));
    environment
        .add_template("report.html", include_str!("report.html"))
        .and_then(|()| environment.get_template("report.html"))
        .and_then(|template| {
            template
                .render(context! { report => Serde(report), images => Serde(urls), best => Serde(report.top.first()) })
        })
        .map_err(Error::failed("writing report.html"))
}

fn data_url(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

type Format = &'static (dyn Fn(f64) -> String + Sync);

const NUMBER_FILTERS: [(&str, Format); 6] = [
    ("pct", &|value| format!("{:.2} %", 100.0 * value)),
    ("percent", &|value| format!("{:.0} %", 100.0 * value)),
    ("prob", &|value| if value > 0.9995 { "> 0.999".to_owned() } else { format!("{value:.3}") }),
    ("money", &|value| format!("{value:+.2}")),
    ("sign", &|value| if value > 0.0 { "pos" } else { "neg" }.to_owned()),
    ("count", &|value| thousands(value)),
];

/// Formats a number; an undefined one is a dash.
pub(super) fn number(value: &Value, format: &dyn Fn(f64) -> String) -> Result<String, TemplateError> {
    if value.is_none() || value.is_undefined() {
        return Ok("–".to_owned());
    }
    f64::try_from(value.clone()).map(format)
}

/// The annualised ratio of a `trade_stats::Sharpe`.
fn sharpe(value: &Value) -> Result<String, TemplateError> {
    if value.is_none() || value.is_undefined() {
        return Ok("–".to_owned());
    }
    let part = |name| value.get_attr(name).and_then(f64::try_from);
    let (ratio, per_year) = (part("value")?, part("per_year")?);
    Ok(format!("{:.2}", ratio * per_year.sqrt()))
}

/// `1,234,567`.
pub(super) fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use crate::data::{data, inert};
use crate::error::Error;
use crate::json::{metrics_json, shallow};
use crate::model::{Report, Unit};
use crate::{calendar, number, page, view};

/// The report as one HTML file that needs nothing else: styles, script and data are inside.
///
/// Bars stand in the page rounded to [`Candles::price_decimals`](crate::Candles::price_decimals), equity and volume to a
/// millionth of the largest, a very long equity by its extremes, and everything else to the bit. Without JavaScript the page shows all but the charts, with the first 100 trades of each strategy. Every text of
/// the report is shown as text: none of it can become markup or script.
///
/// # Errors
/// As [`Report::check`]; [`Error::Template`] would be a defect of this crate.
pub fn render(report: &Report) -> Result<String, Error> {
    let metrics = metrics_json(report)?;
    let failed = |error: minijinja::Error| Error::Template(error.into());
    let json = serde_json::to_string(&data(report)).map_err(|error| Error::Template(error.into()))?;
    let mut environment = Environment::new();
    let currency = report.header.currency.clone();
    environment.add_filter("unit", move |value: Value, unit: String| show(&value, &unit, &currency));
    environment.add_filter("fixed", |value: f64, decimals: usize| number::fixed(value, decimals));
    environment.add_filter("short", number::short);
    environment.add_filter("sign", |value: Value| number::sign(f64::try_from(value).ok()));
    // A figure above zero is not always good news, such as a volatility.
    environment.add_filter("loss", |value: Value| number::sign(f64::try_from(value).ok().filter(|value| *value < 0.0)));
    environment.add_filter("days", |from: Value, to: i64| i64::try_from(from).map(|from| view::days(from, to)));
    environment.add_filter("minute", calendar::minute);
    environment.add_filter("seconds", view::seconds);
    for (name, source) in page::TEMPLATES {
        environment.add_template(name, source).map_err(failed)?;
    }
    let context = context! {
        report => Serde(shallow(report)),
        view => Serde(view::view(report)),
        has_candles => report.candles.is_some(),
        candles_note => report.candles.as_ref().map(|candles| candles.note.as_str()),
        style => page::style(),
        script => page::script(),
        script_sha256 => page::SCRIPT_SHA256,
        data => inert(&json),
        metrics => inert(&metrics),
        version => crate::VERSION,
    };
    environment.get_template("page.html").and_then(|template| template.render(context)).map_err(failed)
}

fn show(value: &Value, unit: &str, currency: &str) -> String {
    let unit = serde_json::from_value(serde_json::Value::from(unit)).unwrap_or(Unit::Ratio);
    number::unit(f64::try_from(value.clone()).ok(), unit, currency)
}

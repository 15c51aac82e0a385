use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use trade_report::{Unit, format_number};

use crate::Error;
use crate::timing::TimingSummary;

/// What `timing.json` says, for people: one HTML file that needs nothing else.
pub(crate) fn render(run_id: &str, timing: &TimingSummary<'_>) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.add_filter("fixed", |value: Value, digits: usize| number(&value, &|v| format!("{v:.digits$}")));
    environment.add_filter("percent", |value: Value| number(&value, &|v| format!("{:.0} %", 100.0 * v)));
    environment.add_filter("count", |value: Value| number(&value, &|v| format_number(Some(v), Unit::Count, "")));
    environment.add_filter("bytes", |value: Value| number(&value, &bytes));
    environment
        .add_template("timing.html", include_str!("timing.html"))
        .and_then(|()| environment.get_template("timing.html"))
        .and_then(|template| template.render(context! { run_id, t => Serde(timing), has_gpu => timing.has_gpu() }))
        .map_err(Error::failed("writing timing.html"))
}

/// Formats a number; an undefined one is a dash.
fn number(value: &Value, format: &dyn Fn(f64) -> String) -> Result<String, minijinja::Error> {
    if value.is_none() || value.is_undefined() {
        return Ok("–".to_owned());
    }
    f64::try_from(value.clone()).map(format)
}

/// Bytes in the largest unit that leaves 1 or more before the point.
fn bytes(bytes: f64) -> String {
    let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let fitting =
        units.into_iter().map(|(name, power)| (name, bytes / (1_u64 << power) as f64)).find(|(_, n)| *n >= 1.0);
    fitting.map_or_else(|| format!("{bytes:.0} B"), |(name, n)| format!("{n:.1} {name}"))
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn bytes_have_the_largest_unit_that_leaves_one() {
        for (n, text) in [(0.0, "0 B"), (1_023.0, "1023 B"), (1_536.0, "1.5 KiB"), (3.0 * 1_073_741_824.0, "3.0 GiB")] {
            assert_eq!(bytes(n), text);
        }
    }
}

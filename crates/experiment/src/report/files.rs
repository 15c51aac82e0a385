use optimizer::Job;
use trade_report::{equity_csv, metrics_json, render, trades_csv};

use crate::Error;
use crate::report::PerformanceReport;
use crate::report::build::{Results, build};
use crate::report::page::page;

/// A file's name and content.
type NamedFile = (&'static str, Vec<u8>);

/// The files of the report by their names, and what they say. Equal results give equal bytes.
pub(crate) fn files(results: &Results<'_>, job: &Job<'_, '_>) -> Result<(PerformanceReport, Vec<NamedFile>), Error> {
    let report = build(results, job);
    let page = page(results, &report, job)?;
    let failed = |name: &str| Error::failed(format!("writing {name}"));
    let mut performance =
        serde_json::to_vec_pretty(&report).map_err(Error::failed("writing performance_report.json"))?;
    performance.push(b'\n');
    let files = vec![
        ("trades.csv", trades_csv(&page).map_err(failed("trades.csv"))?.into_bytes()),
        ("equity.csv", equity_csv(&page).map_err(failed("equity.csv"))?.into_bytes()),
        ("metrics.json", metrics_json(&page).map_err(failed("metrics.json"))?.into_bytes()),
        ("performance_report.json", performance),
        ("report.html", render(&page).map_err(failed("report.html"))?.into_bytes()),
    ];
    Ok((report, files))
}

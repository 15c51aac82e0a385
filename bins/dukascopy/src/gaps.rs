use anyhow::Result;

use crate::args::{Format, GapsArgs};
use crate::outcome::{Outcome, gap_line, judge, print_report};
use crate::output::print_line;
use crate::progress::ProgressView;
use crate::request::{now, offline, request};

/// `dukascopy gaps`.
pub(crate) fn run(options: &GapsArgs) -> Result<Outcome> {
    let request = request(&options.range, &options.gaps, now()?)?;
    let view = ProgressView::new();
    let read = offline(&options.mirror)?.fetch(&request, &|event| view.show(event));
    view.finish();
    let report = read?;
    if options.format == Format::Text {
        for gap in &report.gaps {
            print_line(&gap_line(gap))?;
        }
    }
    print_report(&report, options.format)?;
    let outcome = judge(&report, &options.gaps);
    Ok(if report.open_hours_missing() > 0 { Outcome::Incomplete } else { outcome })
}

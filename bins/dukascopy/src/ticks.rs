use anyhow::Result;
use dukascopy::FetchedDay;
use market_files::{TickWriter, TickWriterOptions};

use crate::args::TicksArgs;
use crate::outcome::{Outcome, judge, log_gaps};
use crate::progress::ProgressView;
use crate::request::{input, now, request};
use crate::sink::{Sink, format_of, text_time};

/// `dukascopy ticks`.
pub(crate) fn run(options: &TicksArgs) -> Result<Outcome> {
    let request = request(&options.range, &options.input.gaps, now()?)?;
    let downloader = input(&options.input)?;
    let format = format_of(&options.sink)?;
    let sink = Sink::open(options.sink.out.as_deref(), format)?;
    let settings = TickWriterOptions { symbol: Some(request.symbol.clone()), text_time: text_time(&options.sink) };
    let mut writer = TickWriter::new(sink, format, settings)?;
    let view = ProgressView::new();
    let mut on_day = |day: FetchedDay| {
        day.hours.iter().try_for_each(|hour| writer.write(hour.ticks.view()))?;
        Ok::<(), anyhow::Error>(())
    };
    let fetched = downloader.for_each_day(&request, &|event| view.show(event), &mut on_day);
    view.finish();
    let report = fetched?;
    writer.finish()?.commit()?;
    log_gaps(&report);
    Ok(judge(&report, &options.input.gaps))
}

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dukascopy::FetchedDay;
use market::{BarGrid, MultiAggregator, QuoteBar};
use market_files::{BarWriter, BarWriterOptions, OutputFormat};

use crate::args::BarsArgs;
use crate::columns::columns;
use crate::outcome::{Outcome, judge, log_gaps};
use crate::progress::ProgressView;
use crate::request::{input, now, request};
use crate::sink::{Sink, format_of, text_time};

/// What stands for the timeframe in the name of a file.
const PLACE: &str = "{timeframe}";

/// `dukascopy bars`.
pub(crate) fn run(options: &BarsArgs) -> Result<Outcome> {
    if options.from_candles {
        return crate::candles::run(options);
    }
    let request = request(&options.range, &options.input.gaps, now()?)?;
    let downloader = input(&options.input)?;
    let grids = grids(options)?;
    let mut writers = writers(options, &grids)?;
    let mut aggregator = MultiAggregator::new(grids);
    let view = ProgressView::new();
    let mut on_day = |day: FetchedDay| {
        for hour in &day.hours {
            for tick in hour.ticks.view().iter() {
                let mut written = Ok(());
                aggregator.push(tick, |grid, bar| write(&mut writers, grid, &bar, &mut written))?;
                written?;
            }
        }
        Ok::<(), anyhow::Error>(())
    };
    let fetched = downloader.for_each_day(&request, &|event| view.show(event), &mut on_day);
    view.finish();
    let report = fetched?;
    let mut written = Ok(());
    aggregator.finish(|grid, bar| write(&mut writers, grid, &bar, &mut written));
    written?;
    for writer in writers {
        writer.finish()?.commit()?;
    }
    log_gaps(&report);
    Ok(judge(&report, &options.input.gaps))
}

fn write(writers: &mut [BarWriter<Sink>], grid: usize, bar: &QuoteBar, written: &mut Result<(), market_files::Error>) {
    if written.is_ok() {
        *written = writers[grid].write(bar);
    }
}

/// The grids of the timeframes, each once.
pub(crate) fn grids(options: &BarsArgs) -> Result<Vec<BarGrid>> {
    let mut grids = Vec::new();
    for timeframe in &options.timeframe {
        let grid = BarGrid::new(*timeframe, options.day_start)?;
        if grids.contains(&grid) {
            bail!("the timeframe {timeframe} is given twice");
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// One writer a grid.
pub(crate) fn writers(options: &BarsArgs, grids: &[BarGrid]) -> Result<Vec<BarWriter<Sink>>> {
    let (format, columns) = (format_of(&options.sink)?, columns(options));
    let paths = paths(options.sink.out.as_deref(), grids)?;
    grids.iter().zip(paths).map(|(&grid, path)| writer(options, grid, path.as_deref(), format, columns)).collect()
}

fn writer(
    options: &BarsArgs,
    grid: BarGrid,
    path: Option<&Path>,
    format: OutputFormat,
    columns: market_files::BarColumns,
) -> Result<BarWriter<Sink>> {
    let settings = BarWriterOptions {
        symbol: Some(options.range.instrument.clone()),
        text_time: text_time(&options.sink),
        ..BarWriterOptions::new(columns, grid)
    };
    Ok(BarWriter::new(Sink::open(path, format)?, format, settings)?)
}

fn paths(out: Option<&Path>, grids: &[BarGrid]) -> Result<Vec<Option<PathBuf>>> {
    let Some(out) = out else {
        if grids.len() > 1 {
            bail!("several timeframes need --out with {PLACE} in the file's name");
        }
        return Ok(vec![None]);
    };
    let name = out.to_str().with_context(|| format!("the path {} is not valid UTF-8", out.display()))?;
    if grids.len() > 1 && !name.contains(PLACE) {
        bail!("several timeframes need {PLACE} in the file's name, which is {name}");
    }
    Ok(grids.iter().map(|grid| Some(PathBuf::from(name.replace(PLACE, &grid.timeframe().to_string())))).collect())
}

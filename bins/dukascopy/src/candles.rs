//! Bars of the official candle files.

use anyhow::{Result, bail};
use dukascopy::{
    CandleStep, FetchRequest, FileKey, FileKind, FileRequest, FileState, HourOutcome, Mirror, Side, candle_keys,
    traded_bars,
};
use market::{Bar, BarGrid, Bars, PriceSide, UnixNanos, resample};
use market_files::BarWriter;

use crate::args::BarsArgs;
use crate::bars::{grids, writers};
use crate::fetch::log_files;
use crate::outcome::Outcome;
use crate::progress::ProgressView;
use crate::request::{folder, input, now, request};
use crate::sink::Sink;

/// `dukascopy bars --from-candles`.
pub(crate) fn run(options: &BarsArgs) -> Result<Outcome> {
    let side = match options.side.price() {
        Some(PriceSide::Bid) => Side::Bid,
        Some(PriceSide::Ask) => Side::Ask,
        Some(PriceSide::Mid) | None => bail!("candle files are of one side: give --side bid or --side ask"),
    };
    let request = request(&options.range, &options.input.gaps, now()?)?;
    let grids = grids(options)?;
    let step = longest_step(&grids)?;
    let outcome = fetch(options, &request, step, side)?;
    let mirror = Mirror::open(folder(&options.input))?;
    let mut outputs: Vec<Output> =
        writers(options, &grids)?.into_iter().zip(grids).map(|(writer, grid)| Output::new(writer, grid)).collect();
    let (mut time, mut n_missing) = (request.range.start, 0_usize);
    while time < request.range.end {
        let key = FileKey::new(request.symbol.clone(), FileKind::Candles(step, side), time)?;
        let mut candles = Vec::new();
        if mirror.read_candles(&key, &mut candles)? == FileState::Data {
            let bars = traded_bars(&candles, step)?;
            let inside = |bar: &Bar| request.range.contains(&bar.open_time);
            let bars: Vec<Bar> = bars.view().iter().filter(inside).collect();
            outputs.iter_mut().try_for_each(|output| output.take(&bars, step))?;
        } else {
            tracing::warn!("{} is not there", mirror.path(&key).display());
            n_missing += 1;
        }
        time = key.end();
    }
    for output in outputs {
        output.finish(step)?.commit()?;
    }
    Ok(if n_missing > 0 { Outcome::Incomplete } else { outcome })
}

/// Downloads the files that the cache does not have, unless a folder is read as it is.
fn fetch(options: &BarsArgs, request: &FetchRequest, step: CandleStep, side: Side) -> Result<Outcome> {
    if options.input.mirror.is_some() {
        return Ok(Outcome::Complete);
    }
    let mut keys = candle_keys(&request.symbol, request.range.clone(), &[step])?;
    keys.retain(|key| key.kind() == FileKind::Candles(step, side));
    let wanted = FileRequest { keys, now: request.now, calendar: request.calendar.clone(), refetch: false };
    let view = ProgressView::new();
    let files = input(&options.input)?.fetch_files(&wanted, &|event| view.show(event));
    view.finish();
    let files = files?;
    let is_all_there = files.iter().all(|file| file.outcome == HourOutcome::Data);
    Ok(if is_all_there { Outcome::Complete } else { log_files(&files) })
}

/// The longest candles of which all bars are made.
fn longest_step(grids: &[BarGrid]) -> Result<CandleStep> {
    let fits = |step: &CandleStep| grids.iter().all(|grid| grid.is_multiple_of(BarGrid::from(step.timeframe())));
    match [CandleStep::Day, CandleStep::Hour, CandleStep::Minute].into_iter().find(fits) {
        Some(step) => Ok(step),
        None => bail!("candle files have minutes, hours and days: bars shorter than m1 are made of ticks only"),
    }
}

/// Bars on their way to longer ones.
struct Output {
    writer: BarWriter<Sink>,
    grid: BarGrid,
    // Those of the bar that may still grow.
    pending: Vec<Bar>,
}

impl Output {
    fn new(writer: BarWriter<Sink>, grid: BarGrid) -> Self {
        Self { writer, grid, pending: Vec::new() }
    }

    fn take(&mut self, bars: &[Bar], step: CandleStep) -> Result<()> {
        self.pending.extend_from_slice(bars);
        match self.pending.last().map(|bar| self.grid.floor(bar.open_time)) {
            Some(growing) => self.write_before(growing, step),
            None => Ok(()),
        }
    }

    fn finish(mut self, step: CandleStep) -> Result<Sink> {
        self.write_before(UnixNanos(i64::MAX), step)?;
        Ok(self.writer.finish()?)
    }

    fn write_before(&mut self, time: UnixNanos, step: CandleStep) -> Result<()> {
        let n_ended = self.pending.partition_point(|bar| bar.open_time < time);
        let mut ended = Bars::new(step.timeframe());
        for bar in self.pending.drain(..n_ended) {
            ended.push(bar)?;
        }
        let bars = resample(ended.view(), self.grid)?;
        Ok(self.writer.write_bars(bars.view())?)
    }
}

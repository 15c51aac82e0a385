//! What a command works on: bars, compiled strategies, account and windows, from the flags or from a run's folder.

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use backtest::{Market, Plan};
use market::{Bars, PriceSide, UnixNanos};
use optimizer::{Goal, Job, Objective, StudyOutcome};

use crate::args::MarketArgs;
use crate::bars::{BarsRecord, ReadBars, cut, digest, read};
use crate::folder;
use crate::output::note;
use crate::record::{FORMAT, Method, RunRecord, selection};
use crate::{account, strategies, table};

/// Indicator columns that a market keeps, in bytes.
pub(crate) const INDICATOR_BYTES: usize = 1 << 30;

/// Bars and strategies of a run.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) record: RunRecord,
    pub(crate) bars: Bars,
    pub(crate) plans: Vec<Plan>,
}

impl Setup {
    /// As the flags say. With `out` the folder is made, and keeps bars that came through a pipe.
    pub(crate) fn new(args: &MarketArgs, goal: Goal, method: Method, out: Option<&Path>, quiet: bool) -> Result<Self> {
        let Some(path) = &args.bars else { bail!("give --bars FILE, or --bars - for a pipe") };
        let strategies = strategies::load(args)?;
        let plans =
            strategies.iter().map(|strategy| Plan::compile_in(strategy, args.profile)).collect::<Result<_, _>>()?;
        let ReadBars { bars, symbol, side } = read(path)?;
        let instrument = args.instrument.clone().or(symbol.as_ref().map(ToString::to_string));
        if let Some(name) = side.and_then(one_sided) {
            note(
                quiet,
                &format!("note: these are {name} prices, and orders fill half a spread away from them on either side"),
            );
        }
        if let Some(out) = out {
            folder::create(out)?;
        }
        let (path, bars) = kept(path, bars, args, out)?;
        let account = account::account(args, symbol.as_ref(), &bars.view())?;
        let (search, holdout) = windows(bars.len(), args.holdout, args.embargo)?;
        let record = RunRecord {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            bars: BarsRecord {
                path,
                timeframe: args.timeframe,
                from_ns: args.from.map(|time| time.0),
                to_ns: args.to.map(|time| time.0),
                n_bars: bars.len(),
                sha256: digest(&bars),
            },
            instrument,
            account,
            profile: args.profile,
            search,
            holdout,
            embargo_bars: args.embargo,
            goal,
            method,
            strategies,
            is_complete: false,
            n_tried: 0,
        };
        let setup = Self { record, bars, plans };
        setup.introduce(quiet);
        Ok(setup)
    }

    /// As a run's folder says; the bars must be those it was made on.
    pub(crate) fn load(folder: &Path, quiet: bool) -> Result<Self> {
        let record: RunRecord = folder::read_json(folder, folder::RUN)?;
        if record.format != FORMAT {
            bail!("{} is of format {}, this program reads {FORMAT}", folder.join(folder::RUN).display(), record.format);
        }
        let path =
            if record.bars.path.is_absolute() { record.bars.path.clone() } else { folder.join(&record.bars.path) };
        let of = &record.bars;
        let bars = cut(read(&path)?.bars, of.timeframe, of.from_ns.map(UnixNanos), of.to_ns.map(UnixNanos))?;
        if digest(&bars) != of.sha256 {
            bail!("the bars of {} are not those of the run in {}", path.display(), folder.display());
        }
        let compile = |strategy| Plan::compile_in(strategy, record.profile);
        let plans = record.strategies.iter().map(compile).collect::<Result<_, _>>()?;
        let setup = Self { record, bars, plans };
        setup.introduce(quiet);
        Ok(setup)
    }

    /// The bars with what is computed of them.
    pub(crate) fn market(&self) -> Market<'_> {
        Market::with_limit(self.bars.view(), INDICATOR_BYTES)
    }

    /// The job of what was tried.
    pub(crate) fn job<'a, 'm>(&'a self, tried: &'a StudyOutcome, market: &'a Market<'m>) -> Job<'a, 'm> {
        Job { plans: &self.plans, candidates: &tried.candidates, market, account: &self.record.account }
    }

    /// Writes what was tried into the run's folder.
    pub(crate) fn write(&mut self, folder: &Path, tried: &StudyOutcome, is_complete: bool) -> Result<()> {
        folder::write(folder, folder::TRIALS, |file| table::write_csv(file, &self.plans, tried))?;
        (self.record.is_complete, self.record.n_tried) = (is_complete, tried.n_tried());
        folder::write_json(folder, folder::RUN, &self.record)?;
        Ok(())
    }

    /// What was tried, from the run's folder.
    pub(crate) fn tried(&self, folder: &Path) -> Result<StudyOutcome> {
        let path = folder.join(folder::TRIALS);
        let tried = table::read(&path, &self.plans).with_context(|| path.display().to_string())?;
        if tried.candidates.is_empty() {
            bail!("{} has no trials", path.display());
        }
        Ok(tried)
    }

    /// A range of bars as times.
    pub(crate) fn times(&self, bars: &Range<usize>) -> String {
        let view = self.bars.view();
        format!("{} to {}", view.open_time[bars.start], view.open_time[bars.end - 1])
    }

    /// Bars a year, by the time from the first of the searched bars to the end of the last.
    pub(crate) fn bars_per_year(&self) -> f64 {
        const NANOS_PER_YEAR: f64 = 365.25 * UnixNanos::PER_DAY as f64;
        let view = self.bars.view().slice(self.record.search.clone());
        let span = view.open_time[view.len() - 1].0 - view.open_time[0].0 + view.timeframe().nanos();
        view.len() as f64 * NANOS_PER_YEAR / span as f64
    }

    /// An objective as people read it: Sharpe ratios a year.
    pub(crate) fn objective_text(&self, value: f64) -> String {
        match selection(&self.record.goal).objective {
            Objective::Sharpe => format!("Sharpe p.a. {:.2}", value * self.bars_per_year().sqrt()),
            Objective::NetReturn => format!("return {:+.2} %", 100.0 * value),
            other => format!("{other:?} {value:.3}"),
        }
    }

    fn introduce(&self, quiet: bool) {
        let (record, view) = (&self.record, self.bars.view());
        let name = record.instrument.as_deref().unwrap_or("bars");
        note(
            quiet,
            &format!("{name} {}: {} bars, searched {}", view.timeframe(), view.len(), self.times(&record.search)),
        );
        note(quiet, &format!("costs: {}", account::in_words(&record.account, &view)));
    }
}

/// The side whose prices they are, if it is one.
fn one_sided(side: PriceSide) -> Option<&'static str> {
    match side {
        PriceSide::Bid => Some("bid"),
        PriceSide::Ask => Some("ask"),
        PriceSide::Mid => None,
    }
}

/// The bars as they are searched, and where they can be read again.
fn kept(path: &Path, bars: Bars, args: &MarketArgs, out: Option<&Path>) -> Result<(PathBuf, Bars)> {
    let path = match out {
        Some(out) if path == Path::new("-") => {
            market_files::write_bars(&out.join(folder::BARS), bars.view())?;
            PathBuf::from(folder::BARS)
        }
        Some(_) => path.canonicalize().with_context(|| format!("cannot find {}", path.display()))?,
        None => path.to_owned(),
    };
    Ok((path, cut(bars, args.timeframe, args.from, args.to)?))
}

/// The bars that are searched, and those that are kept back.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count is a smaller count")]
fn windows(n_bars: usize, holdout: f64, embargo: usize) -> Result<(Range<usize>, Range<usize>)> {
    if !(0.0..1.0).contains(&holdout) {
        bail!("--holdout {holdout} is not a fraction from 0 to below 1");
    }
    let kept_back = (n_bars as f64 * holdout).round() as usize;
    let left_out = if kept_back == 0 { 0 } else { kept_back.saturating_add(embargo) };
    let searched = n_bars.saturating_sub(left_out);
    if searched < 2 {
        bail!("{n_bars} bars less a holdout of {kept_back} and an embargo of {embargo} leave {searched} to search");
    }
    Ok((0..searched, n_bars - kept_back..n_bars))
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn search_and_holdout_are_an_embargo_apart() {
        assert_eq!(windows(1_000, 0.25, 60).unwrap(), (0..690, 750..1_000));
        assert_eq!(windows(1_000, 0.0, 60).unwrap(), (0..1_000, 1_000..1_000));
        assert!(windows(1_000, 0.25, 749).is_err() && windows(1_000, 1.0, 0).is_err());
        assert!(windows(10, 0.5, usize::MAX).is_err());
    }
}

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use backtest::{Market, Plan};
use market::{Bars, UnixNanos};
use optimizer::Job;
use serde::Serialize;

use crate::export::traded::{Traded, trade};
use crate::export::{charts, library, manifest, pine};
use crate::files::{create_folder, hash_bytes, hash_file, write_atomically};
use crate::hardware::{Sizes, Workload};
use crate::plan::RunPlan;
use crate::report::build::Results;
use crate::report::files::files;
use crate::report::{self, PerformanceReport};
use crate::source::{Chosen, choose};
use crate::stages::data::DataQuality;
use crate::stages::search::parameter_sets;
use crate::stages::split::{Split, split};
use crate::stages::{analyse, data, search, validate, walk_forward};
use crate::state::StageStore;
use crate::timing::{Timing, TimingSummary};
use crate::{Error, Progress, Stage};

/// Where a run writes, what it may use, and when it is. None of it changes a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunOptions {
    /// The output folder; absent: a folder in `results` named by the run.
    pub out: Option<PathBuf>,
    /// Parent of output folders without a name of their own.
    pub results: PathBuf,
    /// Worker threads; absent: what the machine's plan gives the search, see [`stage_needs`](crate::stage_needs).
    pub threads: Option<usize>,
    /// The memory to plan with, in bytes, of which the plan leaves a reserve to the system; absent: what the machine has
    /// free.
    pub memory_bytes: Option<u64>,
    /// The time by the caller's clock. A download does not ask for hours that are not over by then.
    pub now: UnixNanos,
}

/// What a finished run leaves behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The output folder.
    pub out: PathBuf,
    /// The report, also there as `performance_report.json`.
    pub report: PerformanceReport,
}

/// Executes a plan: reads the data, searches, tests, ranks, and writes everything into the output folder.
///
/// `progress` is called from any thread. Equal plans over equal inputs write equal bytes, whatever the threads and the
/// memory and however often the run was killed and started again; only files whose name has `timing` in it differ.
///
/// # Errors
/// Any [`Error`]; no file under a final name is partial then.
pub fn run(plan: &RunPlan, options: &RunOptions, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, Error> {
    if options.threads == Some(0) {
        let why = "at least one thread has to do the work; leave it out for all".to_owned();
        return Err(Error::Setting { key: "threads", value: "0".to_owned(), why });
    }
    let timing = Timing::start();
    let chosen = choose(&plan.data, options.now, progress)?;
    let sizes = Sizes::decide(options, &Workload::of(plan, &chosen)?)?;
    let run_id = run_id(plan, &chosen);
    let out = options.out.clone().unwrap_or_else(|| options.results.join(&run_id));
    create_folder(&out)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(sizes.threads).build();
    let pool = pool.map_err(Error::failed("starting the worker threads"))?;
    tracing::debug!(run_id, out = %out.display(), sizes.threads, sizes.indicator_bytes, "run");
    let run = Run { plan, chosen: &chosen, sizes: &sizes, id: &run_id, out: &out, progress };
    let report = pool.install(|| run.execute(timing))?;
    Ok(Outcome { out, report })
}

/// A name that equal plans over equal inputs share: the symbol and 12 hexadecimal digits of their SHA-256.
pub(crate) fn run_id(plan: &RunPlan, chosen: &Chosen) -> String {
    let text =
        serde_json::to_vec(&(plan, &chosen.source, &chosen.inputs)).expect("a plan has finite numbers and text keys");
    format!("{}-{}", plan.data.instrument.symbol.as_str().to_ascii_lowercase(), &hash_bytes(&text)[..12])
}

/// The strategies of a plan, ready to be traded.
pub(crate) fn compile(plan: &RunPlan) -> Result<Vec<Plan>, Error> {
    let profile = plan.backtest.profile;
    let compile = |strategy| Plan::compile_in(strategy, profile).map_err(Error::failed("compiling a strategy"));
    plan.search.strategies.iter().map(compile).collect()
}

/// The bars that the first stage kept.
pub(crate) fn read_bars(path: &Path) -> Result<Bars, Error> {
    let read = market_files::read_bars(path, &market_files::ReadOptions::strict());
    read.map(|file| file.bars).map_err(|source| Error::Damaged { path: path.to_owned(), source: Box::new(source) })
}

struct Run<'a> {
    plan: &'a RunPlan,
    chosen: &'a Chosen,
    sizes: &'a Sizes,
    id: &'a str,
    out: &'a Path,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl Run<'_> {
    fn execute(&self, mut timing: Timing) -> Result<PerformanceReport, Error> {
        let store = StageStore::open(self.out, self.id, self.progress)?;
        let (bars, quality) = self.data(&store, &mut timing)?;
        let split = split(bars.len(), &self.plan.search)?;
        let plans = compile(self.plan)?;
        let candidates = parameter_sets(&plans, &self.plan.search, self.plan.seed)?;
        let market = Market::with_limit(bars.view(), self.sizes.indicator_bytes);
        let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &self.plan.account };
        let walked = store.stage(Stage::WalkForward, &mut timing, || {
            walk_forward::run(&job, &split, &self.plan.search, self.progress)
        })?;
        // The market's own columns stay while those without a pattern are searched.
        let cache_bytes = self.sizes.indicator_bytes / 2;
        let searched = store.stage(Stage::Search, &mut timing, || {
            search::run(&job, &split, self.plan, &walked, cache_bytes, self.progress)
        })?;
        let validated = store.stage(Stage::Validate, &mut timing, || validate::run(&job, &split, &searched))?;
        let analyst = store.stage(Stage::Analyse, &mut timing, || {
            analyse::run(self.plan, bars.view(), charts::for_analyst(bars.view())?)
        })?;
        (self.progress)(Progress::Started { stage: Stage::Export });
        let top = trade(&job, &split, &searched.ranking.top)?;
        let pictures = self.pictures(&top, &split, &bars)?;
        let results = Results {
            run_id: self.id,
            plan: self.plan,
            bars: bars.view(),
            quality: &quality,
            split: &split,
            walk_forward: &walked,
            searched: &searched,
            validated: &validated,
            analyst: &analyst,
            top: &top,
            data_hash: &hash_file(&store.file("bars.parquet"))?,
            source: &self.chosen.source,
            passed_over: &self.chosen.passed_over,
        };
        let (report, files) = files(&results, &job)?;
        self.write(&report, &top, &bars, &pictures)?;
        for (name, bytes) in files {
            self.write_bytes(name, &bytes)?;
        }
        timing.lap(Stage::Export);
        self.write_timing(&timing.summary(self.sizes, report.search.n_backtests, bars.len()))?;
        (self.progress)(Progress::Finished { stage: Stage::Export });
        Ok(report)
    }

    /// Bars are kept as a Parquet file beside the stage's result, in the same bits.
    fn data(&self, store: &StageStore<'_>, timing: &mut Timing) -> Result<(Bars, DataQuality), Error> {
        let path = store.file("bars.parquet");
        let quality = store.stage(Stage::Data, timing, || {
            let (bars, quality) =
                data::load(&self.plan.data, &self.chosen.source, self.plan.seed, &self.plan.account.costs)?;
            market_files::write_bars(&path, bars.view()).map_err(Error::failed("keeping the bars"))?;
            Ok(quality)
        })?;
        Ok((read_bars(&path)?, quality))
    }

    fn pictures(&self, top: &[Traded<'_>], split: &Split, bars: &Bars) -> Result<Pictures, Error> {
        let instrument = &self.plan.data.instrument;
        let cash = self.plan.account.initial_cash;
        let mut pictures = Pictures {
            overview: charts::overview(instrument.symbol.as_str(), bars.view(), instrument.price_decimals)?,
            equity: top.first().map(|best| charts::equity(best, split, bars.view(), cash)).transpose()?,
            trades: Vec::new(),
        };
        for traded in top {
            let profile = self.plan.backtest.profile;
            pictures.trades.push(charts::trades(traded, bars.view(), profile, instrument.price_decimals)?);
        }
        Ok(pictures)
    }

    fn write(
        &self,
        report: &PerformanceReport,
        top: &[Traded<'_>],
        bars: &Bars,
        pictures: &Pictures,
    ) -> Result<(), Error> {
        create_folder(&self.out.join("strategies"))?;
        create_folder(&self.out.join("charts"))?;
        for (traded, png) in top.iter().zip(&pictures.trades) {
            let stem = traded.file_stem();
            if pinegen::check(traded.strategy).is_ok() {
                let script = pine::script(traded, &self.plan.account, bars.view(), report)?;
                self.write_bytes(&format!("strategies/{stem}.pine"), script.as_bytes())?;
            }
            self.write_bytes(&format!("charts/{stem}.png"), png)?;
        }
        self.write_bytes("charts/overview.png", &pictures.overview)?;
        if let Some(equity) = &pictures.equity {
            self.write_bytes("charts/equity.png", equity)?;
        }
        let manifest = manifest::Manifest {
            run_id: self.id.into(),
            versions: manifest::versions(),
            plan: Cow::Borrowed(self.plan),
            source: Cow::Borrowed(&self.chosen.source),
            passed_over: Cow::Borrowed(&self.chosen.passed_over),
            inputs: Cow::Borrowed(&self.chosen.inputs),
        };
        self.write_json("manifest.json", &manifest)?;
        let manifest = serde_json::to_value(&manifest).map_err(Error::failed("writing the library"))?;
        library::write(&self.out.join("library.sqlite"), self.id, &manifest, top)
    }

    fn write_timing(&self, timing: &TimingSummary<'_>) -> Result<(), Error> {
        self.write_json("timing.json", timing)?;
        self.write_bytes("timing.html", report::timing::render(self.id, timing)?.as_bytes())
    }

    fn write_json<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Error> {
        let mut text = serde_json::to_vec_pretty(value).map_err(Error::failed(format!("writing {name}")))?;
        text.push(b'\n');
        self.write_bytes(name, &text)
    }

    fn write_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        write_atomically(&self.out.join(name), bytes)
    }
}

struct Pictures {
    overview: Vec<u8>,
    /// Absent if nothing was ranked.
    equity: Option<Vec<u8>>,
    trades: Vec<Vec<u8>>,
}

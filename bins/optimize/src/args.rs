#![expect(clippy::doc_markdown, reason = "these comments are the help, which is plain text")]

use std::path::PathBuf;

use backtest::Profile;
use clap::{Parser, Subcommand};
use market::{Timeframe, UnixNanos};

use crate::choices::{Figure, Format, NullName, Print, Prune, SamplerName};

/// Parameter search of trading strategies over bars, with costs, and with an honest answer to what was found.
///
/// sweep and search try parameter sets and write a folder; walk-forward, noise-test, rank and report read that folder and add to it.
/// Results are equal, bit for bit, on any number of threads.
///
/// Exit codes: 0 success; 1 interrupted, what was done is kept; 2 the command could not be run.
#[derive(Debug, Parser)]
#[command(name = "optimize", version, propagate_version = true)]
pub(crate) struct Args {
    /// Threads [default: all processors].
    #[arg(short, long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Neither progress nor notes on standard error.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Try every point of the strategies' grids.
    ///
    /// Without --out, one row for each parameter set goes to standard output.
    #[command(after_help = SWEEP_EXAMPLES)]
    Sweep(SweepArgs),
    /// Let a sampler choose what to try, learning from the results.
    ///
    /// The folder's journal is written trial by trial: an interrupted search goes on with --resume as if it had never
    /// stopped.
    #[command(after_help = SEARCH_EXAMPLES)]
    Search(SearchArgs),
    /// Choose on the past, trade the future: walk-forward, or combinatorial purged cross-validation.
    ///
    /// The parameter sets of a sweep, or of a search that does not learn, are tried in every training. A search that
    /// learns has seen the bars that the walk-forward trades, so it is made anew inside each training, with the same
    /// sampler, budget and seed.
    WalkForward(WalkForwardArgs),
    /// Make the same search in markets without a pattern: would it find as much in noise?
    ///
    /// The markets are made of the searched bars. The p-value is the share of them in which the search finds as much; the
    /// verdict of report rests on it.
    NoiseTest(NoiseTestArgs),
    /// Rank the best by weighted criteria, with the reasons why others were passed over.
    Rank(RankArgs),
    /// Write report.html, report.json and tables of trades and equity of the best.
    ///
    /// The holdout, which nothing else has looked at, is traded here.
    Report(ReportArgs),
}

const SWEEP_EXAMPLES: &str = "\
Examples:
  optimize sweep -b eurusd.parquet -i EURUSD -s cross.json --out cross
  optimize sweep -b bars.csv --tick-size 0.01 --quantity-step 1 --spread 0.02 -s cross.json > trials.csv";
const SEARCH_EXAMPLES: &str = "\
Examples:
  optimize search -b eurusd.parquet -i EURUSD --builtin --trials 2000 --prune median --out found
  optimize search -b eurusd.parquet -i EURUSD -s rsi.json --objective sharpe,max-drawdown --trials 500 --out front
  optimize search --resume found";

/// What is traded, with which money and costs, and which bars are kept back.
#[derive(Debug, clap::Args)]
pub(crate) struct MarketArgs {
    /// Bars: CSV or Parquet; - reads either from standard input. Times without zone are UTC.
    #[arg(short, long, value_name = "FILE", help_heading = "Market")]
    pub(crate) bars: Option<PathBuf>,
    /// Instrument, for its price and quantity steps: EURUSD [default: the one that the file names].
    #[arg(short, long, value_name = "SYMBOL", help_heading = "Market")]
    pub(crate) instrument: Option<String>,
    /// Smallest price step [default: the instrument's].
    #[arg(long, value_name = "PRICE", help_heading = "Market")]
    pub(crate) tick_size: Option<f64>,
    /// Smallest step of a quantity, in units of the base; smaller positions are not opened [default: the instrument's].
    #[arg(long, value_name = "UNITS", help_heading = "Market")]
    pub(crate) quantity_step: Option<f64>,
    /// Make longer bars of them: M5, H1, D1.
    #[arg(long, value_name = "NAME", help_heading = "Market")]
    pub(crate) timeframe: Option<Timeframe>,
    /// First moment, such as 2025-04-01 or 2025-04-01T12:00:00Z.
    #[arg(long, value_name = "TIME", help_heading = "Window")]
    pub(crate) from: Option<UnixNanos>,
    /// First moment after the range.
    #[arg(long, value_name = "TIME", help_heading = "Window")]
    pub(crate) to: Option<UnixNanos>,
    /// Share of the bars at the end that is kept back; only report trades it.
    #[arg(long, value_name = "FRACTION", default_value_t = 0.25, help_heading = "Window")]
    pub(crate) holdout: f64,
    /// Bars between the search and the holdout, and between training and test, that belong to neither.
    #[arg(long, value_name = "BARS", default_value_t = 60, help_heading = "Window")]
    pub(crate) embargo: usize,
    /// Money to begin with, in quote currency.
    #[arg(long, value_name = "MONEY", default_value_t = 10_000.0, help_heading = "Account")]
    pub(crate) cash: f64,
    /// Commission of each order: 0.0035% of its value, 0.00002/unit, 1.5/order, or none.
    #[arg(long, value_name = "FEE", default_value = "0.0035%", help_heading = "Account")]
    pub(crate) commission: String,
    /// Ticks by which market and stop orders fill worse than the price.
    #[arg(long, value_name = "TICKS", default_value_t = 1, help_heading = "Account")]
    pub(crate) slippage: u32,
    /// Ask less bid in price units, such as 0.00008, or none [default: each bar's own; bars without are an error].
    #[arg(long, value_name = "PRICE", help_heading = "Account")]
    pub(crate) spread: Option<String>,
    /// Arithmetic of the indicators: talib, tradingview or fast.
    #[arg(long, value_name = "NAME", default_value_t = Profile::Talib, help_heading = "Account")]
    pub(crate) profile: Profile,
    /// Strategy as JSON; may be repeated.
    #[arg(short, long, value_name = "FILE", help_heading = "Strategies")]
    pub(crate) strategy: Vec<PathBuf>,
    /// Pattern library (SQLite), for its strategies.
    #[arg(long, value_name = "FILE", help_heading = "Strategies")]
    pub(crate) library: Option<PathBuf>,
    /// Strategy of the library; may be repeated [default: all].
    #[arg(long, value_name = "ID", requires = "library", help_heading = "Strategies")]
    pub(crate) id: Vec<String>,
    /// The built-in strategies.
    #[arg(long, help_heading = "Strategies")]
    pub(crate) builtin: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SweepArgs {
    #[command(flatten)]
    pub(crate) market: MarketArgs,
    /// Points that a strategy's grid may have.
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) max_points: u64,
    /// Figure by which the best is chosen.
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Figure::Sharpe)]
    pub(crate) objective: Figure,
    /// Trades below which a result does not count.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) min_trades: usize,
    /// Folder for run.json and trials.csv [default: rows to standard output].
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Format of the rows on standard output.
    #[arg(short, long, value_enum, default_value_t = Format::Csv, conflicts_with = "out")]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) market: MarketArgs,
    /// What chooses.
    #[arg(long, value_enum, value_name = "NAME", help_heading = "Search")]
    pub(crate) sampler: Option<SamplerName>,
    /// Parameter sets to try [default: 1000; with --resume as before].
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Search")]
    pub(crate) trials: Option<u64>,
    /// Seed of everything random.
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Search")]
    pub(crate) seed: u64,
    /// Figure that is searched for; several, separated by commas, with nsga2.
    #[arg(
        long,
        value_enum,
        value_name = "NAME",
        value_delimiter = ',',
        default_value = "sharpe",
        help_heading = "Search"
    )]
    pub(crate) objective: Vec<Figure>,
    /// Trades below which a result does not count.
    #[arg(long, value_name = "N", default_value_t = 30, help_heading = "Search")]
    pub(crate) min_trades: usize,
    /// Give hopeless trials up after a part of the window.
    #[arg(long, value_enum, value_name = "RULE", default_value_t = Prune::None, help_heading = "Search")]
    pub(crate) prune: Prune,
    /// Parts of the window after which the rule is asked.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=1000), help_heading = "Search")]
    pub(crate) parts: u16,
    /// Trials that are tried before the sampler hears of any; a part of the result, as the seed is.
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..), help_heading = "Search")]
    pub(crate) batch: u16,
    /// Parameter sets to try first, one JSON object a line: {"fast": 12, "slow": 60}; of several strategies
    /// {"strategy": "EMA cross", "EMA cross.fast": 12, …}.
    #[arg(long, value_name = "FILE", help_heading = "Search")]
    pub(crate) propose: Option<PathBuf>,
    /// Folder for run.json, trials.csv and journal.jsonl.
    #[arg(short, long, value_name = "DIR", required_unless_present = "resume", conflicts_with = "resume")]
    pub(crate) out: Option<PathBuf>,
    /// Go on with the search in this folder; bars, strategies, costs and sampler are those it was begun with.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["bars", "strategy", "library", "builtin", "sampler", "propose"])]
    pub(crate) resume: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WalkForwardArgs {
    /// Folder of sweep or search.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Number of folds.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) folds: usize,
    /// Share of the training in a fold.
    #[arg(long, value_name = "FRACTION", default_value_t = 0.75)]
    pub(crate) train: f64,
    /// Bars between training and test that belong to neither [default: as in the run].
    #[arg(long, value_name = "BARS")]
    pub(crate) embargo: Option<usize>,
    /// Every training begins at the first bar, instead of moving along.
    #[arg(long)]
    pub(crate) anchored: bool,
    /// Combinatorial purged cross-validation instead: every choice of groups is traded once, the others train.
    #[arg(long, conflicts_with_all = ["folds", "train", "anchored"])]
    pub(crate) cross_validate: bool,
    /// Groups of bars of the cross-validation.
    #[arg(long, value_name = "N", default_value_t = 8, requires = "cross_validate")]
    pub(crate) groups: usize,
    /// Groups that are traded at a time.
    #[arg(long, value_name = "N", default_value_t = 2, requires = "cross_validate")]
    pub(crate) test_groups: usize,
    /// Bars left out of the training on either side of a test.
    #[arg(long, value_name = "BARS", default_value_t = 60, requires = "cross_validate")]
    pub(crate) purge: usize,
    /// How the result is printed.
    #[arg(short, long, value_enum, default_value_t = Print::Human)]
    pub(crate) format: Print,
}

#[derive(Debug, clap::Args)]
pub(crate) struct NoiseTestArgs {
    /// Folder of sweep or search.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Markets that are searched at most, 19 or more.
    #[arg(long, value_name = "N", default_value_t = 99)]
    pub(crate) markets: usize,
    /// Stop once so many of them gave as much as the market: the answer is clear then.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) stop_after: usize,
    /// How they are made.
    #[arg(long, value_enum, value_name = "NAME", default_value_t = NullName::Signs)]
    pub(crate) null: NullName,
    /// Seed of the markets.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How the result is printed.
    #[arg(short, long, value_enum, default_value_t = Print::Human)]
    pub(crate) format: Print,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RankArgs {
    /// Folder of sweep or search.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Settings as TOML or JSON: weights, top, max_correlation, min_trades, tie_tolerance; what is left out has its
    /// default. A table of weights replaces the default one.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
    /// Number of candidates wanted [default: as in --weights, else 5].
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    /// Best of each strategy that are compared.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) per_strategy: usize,
    /// How the result is printed.
    #[arg(short, long, value_enum, default_value_t = Print::Human)]
    pub(crate) format: Print,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Folder of sweep or search, with ranking and walk-forward; report.html and the tables are written there.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Currency of prices and money [default: the last three letters of the instrument].
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }
}

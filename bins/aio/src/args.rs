#![expect(clippy::doc_markdown, reason = "these comments are the help, which is plain text")]

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// From raw market data to ranked trading strategies, Pine scripts and an honest report.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Args {
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Log more: once for files and requests, twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Human,
    /// JSON Lines: one object a line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Search strategies on market data, test them out of sample, and write scripts, charts and the report.
    ///
    /// Market data come from the first that has the range: --mirror, a download from Dukascopy, --bars. A range without
    /// --mirror and --bars is downloaded: --instrument EURUSD --days 14. What was passed over is named in the log and in
    /// the report.
    ///
    /// Settings come from the file of --config, then the environment (AIO__SEARCH__FOLDS=6), then these flags. A run
    /// that was killed goes on where it was when the same command is given again; state --to for that, since without it
    /// the range of a download ends at the last midnight.
    RunExperiment(RunOptions),
    /// Write the report of a finished run again, from its folder alone, to the bytes that the run wrote.
    ///
    /// It writes report.html, performance_report.json, metrics.json, trades.csv and equity.csv. The folder may have been
    /// moved, and the market data may be gone.
    Report(ReportOptions),
    /// Print what this machine grants (CPU, memory, disks, GPU) and how run-experiment would use it, stage by stage.
    CheckHardware,
    /// Ask a model behind an Ollama server to comment on a sample chart, and print what came of it.
    TestOllama(OllamaOptions),
    /// Show or check the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportOptions {
    /// Folder of the run.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RunOptions {
    #[command(flatten)]
    pub(crate) settings: Settings,
    /// Output folder [default: results/ and the id of the run].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Worker threads; results do not depend on it [default: what `aio check-hardware` shows].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Memory to plan with, such as 8GiB; results do not depend on it [default: what the machine has free].
    #[arg(long, value_name = "SIZE")]
    pub(crate) memory: Option<String>,
}

/// Flags that set what the configuration file can also set.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Use the seeded synthetic market: no data is needed.
    #[arg(long, conflicts_with_all = ["mirror", "bars", "days", "sources", "base_url", "cache"])]
    pub(crate) sample: bool,
    /// Edge planted into the sample: mean-reversion or none [default: mean-reversion].
    #[arg(long, value_name = "KIND")]
    pub(crate) edge: Option<String>,
    /// Seed of everything random [default: 1].
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Folder with bi5 files in Dukascopy's layout (SYMBOL/YYYY/MM/DD/HHh_ticks.bi5, months from 00).
    #[arg(long, value_name = "DIR")]
    pub(crate) mirror: Option<PathBuf>,
    /// File with bars, CSV or Parquet; used where --mirror and a download have nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) bars: Option<PathBuf>,
    /// Symbol [default: EURUSD].
    #[arg(long, value_name = "SYMBOL")]
    pub(crate) instrument: Option<String>,
    /// First moment, such as 2014-05-01 or 2014-05-01T13:00:00Z.
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<String>,
    /// First moment after the range [default for a download: the last midnight, UTC].
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<String>,
    /// Length of the range in days, instead of --from or --to [default for ticks: 14].
    #[arg(long, value_name = "N")]
    pub(crate) days: Option<u32>,
    /// Download what --mirror does not have, or never download [default: true for a range without --mirror and --bars,
    /// and where --sources, --base-url or --cache is given].
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) download: Option<bool>,
    /// Where to download from, in order: day, hour or json, each with @URL for another server, or folder:PATH
    /// [default: day,hour,json].
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) sources: Vec<String>,
    /// Scheme and host in place of those of Dukascopy's servers, such as http://127.0.0.1:8080.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Folder that keeps what was downloaded, in the layout of --mirror [default: data/dukascopy].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// Go on without the hours whose download failed; the report warns.
    #[arg(long)]
    pub(crate) allow_gaps: bool,
    /// Length of a bar, such as M1, 15m, H4 [default: M1].
    #[arg(long, value_name = "LENGTH")]
    pub(crate) timeframe: Option<String>,
    /// Spread in pips for data that has none [default: each bar's own mean spread].
    #[arg(long, value_name = "PIPS")]
    pub(crate) spread_pips: Option<f64>,
    /// Whose arithmetic indicators follow: talib, tradingview or fast [default: talib].
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Parameter sets to try in all [default: 20000].
    #[arg(long, value_name = "N")]
    pub(crate) parameter_sets: Option<usize>,
    /// Strategy files in JSON to search instead of the built-in ones.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) strategies: Vec<PathBuf>,
    /// Who comments on the chart: rules or ollama [default: rules].
    #[arg(long, value_name = "NAME")]
    pub(crate) analyst: Option<String>,
    /// Model of the ollama analyst.
    #[arg(long, value_name = "NAME")]
    pub(crate) model: Option<String>,
    /// Address of the Ollama server [default: http://127.0.0.1:11434].
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct OllamaOptions {
    /// Model name as `ollama list` prints it.
    #[arg(long, value_name = "NAME")]
    pub(crate) model: String,
    /// Address of the server.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:11434")]
    pub(crate) url: String,
    /// Seconds to wait for the whole answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(crate) timeout: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the configuration that file, environment and flags give, with every default filled in.
    Show(Settings),
    /// Check the configuration and say what is wrong with it.
    Check(Settings),
}

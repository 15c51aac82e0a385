#![expect(clippy::doc_markdown, reason = "these comments are the help, which is plain text")]

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use dukascopy::{Faults, SourceSpec};
use market::{DayStart, PriceSide, Symbol, Timeframe, UnixNanos};
use market_files::OutputFormat;

/// Download, verify, repair and convert Dukascopy market data, without a silent hole.
///
/// Exit codes: 0 all is well, 1 data are missing or wrong (and the output says which), 2 the command could not be run.
#[derive(Debug, Parser)]
#[command(name = "dukascopy", version, propagate_version = true)]
pub(crate) struct Args {
    /// Log more: once for retries and pauses, twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fill a mirror folder with the ticks of a range; only what is missing is asked for.
    Fetch(FetchArgs),
    /// Print bars of any length, made of ticks (or of the official candle files).
    Bars(BarsArgs),
    /// Print ticks.
    Ticks(TicksArgs),
    /// Compare the ticks of a mirror with Dukascopy's official candles, and decode every file.
    Verify(VerifyArgs),
    /// Download again what is damaged, missing or contradicts the official candles.
    Repair(RepairArgs),
    /// List the hours of a range that a mirror does not have.
    Gaps(GapsArgs),
    /// List instruments: price scale, sessions, first dates.
    Instruments(InstrumentsArgs),
    /// Serve a mirror folder over HTTP, in both of Dukascopy's protocols.
    ServeMirror(ServeArgs),
}

/// Which instrument and when.
#[derive(Debug, clap::Args)]
pub(crate) struct RangeArgs {
    /// Instrument, such as EURUSD, usdjpy or USA500.IDX/USD.
    #[arg(short, long, value_name = "SYMBOL")]
    pub(crate) instrument: Symbol,
    /// First moment, such as 2019-02-04 or 2019-02-04T13:00:00Z [default: --days before --to].
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<UnixNanos>,
    /// First moment after the range [default: the last midnight in UTC].
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<UnixNanos>,
    /// Days before --to, if --from is not given [default: 14].
    #[arg(long, value_name = "N", conflicts_with = "from")]
    pub(crate) days: Option<u32>,
}

/// Where files come from and how they are asked for.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Sources")]
pub(crate) struct SourceArgs {
    /// Sources in the order in which they are asked: day, hour, json, each with @URL for a server of your own, and
    /// folder:PATH [default: day,hour,json].
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) sources: Vec<SourceSpec>,
    /// Scheme and host of a mirror, instead of Dukascopy's servers; paths stay /datafeed/… and /v1/….
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// One more header for every request; may be repeated.
    #[arg(long, value_name = "NAME: VALUE")]
    pub(crate) header: Vec<String>,
    /// Who asks [default: this program and its version].
    #[arg(long, value_name = "TEXT")]
    pub(crate) user_agent: Option<String>,
    /// Proxy for all requests: http://, https:// or socks5:// [default: what HTTPS_PROXY and the like say].
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Seconds to wait for a whole answer [default: 60].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<f64>,
    /// Attempts for each file [default: 8].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) attempts: Option<u32>,
    /// Seconds to wait after the first failed attempt; doubles each time [default: 0.5].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) retry_wait: Option<f64>,
    /// Most requests at once [default: 8 for Dukascopy's servers, 16 for others].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) max_in_flight: Option<u16>,
    /// Most requests a second [default: 10 for Dukascopy's servers, no limit for others].
    #[arg(long, value_name = "N", value_parser = seconds)]
    pub(crate) max_rate: Option<f64>,
}

/// What counts as complete.
#[derive(Debug, clap::Args)]
pub(crate) struct GapArgs {
    /// Believe "empty" although the calendar says open, once all retries and sources agree.
    #[arg(long)]
    pub(crate) accept_empty: bool,
    /// Exit with 1 also for hours in which the market was open and that no source has.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// How reports are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Text,
    /// JSON, one object a line.
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FetchArgs {
    #[command(flatten)]
    pub(crate) range: RangeArgs,
    /// Mirror folder to fill, in Dukascopy's layout.
    #[arg(short, long, value_name = "DIR", default_value = "data/dukascopy")]
    pub(crate) out: PathBuf,
    /// Fetch the official BID and ASK candle files, too.
    #[arg(long)]
    pub(crate) candles: bool,
    /// Where the gap report goes [default: SYMBOL.gaps.json in the mirror folder].
    #[arg(long, value_name = "FILE")]
    pub(crate) gap_report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) gaps: GapArgs,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

/// Where ticks are read from: a folder as it is, or a cache that is filled first.
#[derive(Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Read this mirror folder as it is, without any network.
    #[arg(short, long, value_name = "DIR", conflicts_with = "cache")]
    pub(crate) mirror: Option<PathBuf>,
    /// Mirror folder that is filled with what it does not have [default: data/dukascopy].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) gaps: GapArgs,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

/// Where rows go.
#[derive(Debug, clap::Args)]
pub(crate) struct SinkArgs {
    /// csv, jsonl, parquet, arrow or arrow-stream [default: what the name of --out says, else csv].
    #[arg(short, long, value_name = "NAME")]
    pub(crate) format: Option<OutputFormat>,
    /// Output file, written under another name until it is complete [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Times in CSV and JSON as milliseconds since 1970 instead of ISO 8601.
    #[arg(long)]
    pub(crate) unix_millis: bool,
}

/// Which price bars are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// Prices to sell at.
    Bid,
    /// Prices to buy at.
    Ask,
    /// (bid + ask) / 2.
    Mid,
    /// Columns for all three, with spread and tick count.
    All,
}

impl Side {
    pub(crate) fn price(self) -> Option<PriceSide> {
        match self {
            Self::Bid => Some(PriceSide::Bid),
            Self::Ask => Some(PriceSide::Ask),
            Self::Mid => Some(PriceSide::Mid),
            Self::All => None,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct BarsArgs {
    #[command(flatten)]
    pub(crate) range: RangeArgs,
    /// Length of a bar, from s1 to mn1: s1, m1, 15m, h4, d1, w1, mn1. Several, with commas, are made in one pass and need
    /// {timeframe} in the name of --out.
    #[arg(short, long, value_name = "LIST", value_delimiter = ',', default_value = "m1")]
    pub(crate) timeframe: Vec<Timeframe>,
    /// Which prices.
    #[arg(short, long, value_enum, default_value_t = Side::Bid)]
    pub(crate) side: Side,
    /// Add the columns spread (mean of ask − bid) and tick_count; --side all has them anyway.
    #[arg(long)]
    pub(crate) spread: bool,
    /// Where days start for bars of more than an hour: utc, new-york (17:00, the currency market's close) or eet.
    #[arg(long, value_name = "NAME", default_value = "utc")]
    pub(crate) day_start: DayStart,
    /// Make them of the official candle files: fewer bytes than ticks, but no mid, spread and tick count.
    #[arg(long, conflicts_with = "spread")]
    pub(crate) from_candles: bool,
    #[command(flatten)]
    pub(crate) sink: SinkArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TicksArgs {
    #[command(flatten)]
    pub(crate) range: RangeArgs,
    #[command(flatten)]
    pub(crate) sink: SinkArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) range: RangeArgs,
    /// Mirror folder.
    #[arg(short, long, value_name = "DIR", default_value = "data/dukascopy")]
    pub(crate) mirror: PathBuf,
    /// Download the official candle files that the mirror does not have first.
    #[arg(long)]
    pub(crate) fetch_candles: bool,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RepairArgs {
    #[command(flatten)]
    pub(crate) range: RangeArgs,
    /// Mirror folder.
    #[arg(short, long, value_name = "DIR", default_value = "data/dukascopy")]
    pub(crate) mirror: PathBuf,
    #[command(flatten)]
    pub(crate) gaps: GapArgs,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) sources: SourceArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct GapsArgs {
    #[command(flatten)]
    pub(crate) range: RangeArgs,
    /// Mirror folder.
    #[arg(short, long, value_name = "DIR", default_value = "data/dukascopy")]
    pub(crate) mirror: PathBuf,
    #[command(flatten)]
    pub(crate) gaps: GapArgs,
    /// How the list is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct InstrumentsArgs {
    /// Part of a symbol or a name; one whole symbol shows all that is known of it.
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Only this group, such as FX_MAJORS, VCCY or US.
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Option<String>,
    /// How the list is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Mirror folder.
    #[arg(short, long, value_name = "DIR", default_value = "data/dukascopy")]
    pub(crate) mirror: PathBuf,
    /// Address and port; port 0 takes a free one, which is printed.
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Faults to show on purpose, for tests of downloaders: such as 503=10%,empty=2%,truncate=0.5%,reset=1%,seed=7.
    #[arg(long, value_name = "LIST")]
    pub(crate) faults: Option<Faults>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if number > 0.0 && number <= 1e6 { Ok(number) } else { Err("must be above 0 and at most 1000000".to_owned()) }
}

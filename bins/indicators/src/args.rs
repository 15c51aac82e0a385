#![expect(clippy::doc_markdown, reason = "these comments are the help, which is plain text")]

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use indicators::Profile;

/// Technical indicators of tables of prices, with the numbers of TA-Lib or of TradingView's charts.
///
/// Exit codes: 0 success, 2 the command could not be run.
#[derive(Debug, Parser)]
#[command(name = "indicators", version, propagate_version = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add columns of indicators to a table.
    ///
    /// Every column of the input comes first, as it is; then one for each output, named by its call: rsi(14),
    /// macd(12,26,9).signal. A value that is not there yet, or not at all, is an empty cell, or null.
    ///
    /// A row is a bar, whatever its time says. An empty cell, NaN, NA, N/A, null and none are missing values, in the
    /// profiles talib and fast infinite numbers too: what depends on them has no value.
    ///
    /// From CSV to CSV or JSON rows are computed as they come: the last one of a live feed is written at once.
    #[command(after_help = EXAMPLES)]
    Compute(ComputeArgs),
    /// List the indicators.
    List(ListArgs),
    /// Explain an indicator: formula, meaning, parameters, outputs, warm-up, Pine Script.
    Explain(ExplainArgs),
    /// Write a page of Markdown for each indicator, and a list of all.
    Pages(PagesArgs),
}

const EXAMPLES: &str = "\
Examples:
  indicators compute 'rsi(14)' 'macd(12,26,9)' 'atr(14)' -i bars.csv -o out.parquet
  indicators compute 'sma(20)@high' 'correl(30)@close,volume' -i bars.parquet --format csv
  tail -n +1 -f bars.csv | indicators compute 'ema(period=9)' --profile tradingview --format json";

#[derive(Debug, clap::Args)]
pub(crate) struct ComputeArgs {
    /// Indicators: NAME, NAME(14), NAME(fast=12,ma_type=ema); parameters left out have their defaults. One of a column of
    /// your choice names it behind an @: 'sma(20)@high', 'correl(30)@close,volume'.
    #[arg(value_name = "CALL", required = true)]
    pub(crate) calls: Vec<String>,
    /// Table with names in the first line (CSV in UTF-8) or as Parquet (.parquet); - is CSV from standard input.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(crate) input: PathBuf,
    /// Where the table goes; a file has its name only when it is complete [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Format of the output [default: what the name of --output says, else csv].
    #[arg(short, long, value_enum, value_name = "NAME")]
    pub(crate) format: Option<Format>,
    /// Whose arithmetic: talib, tradingview or fast.
    #[arg(short, long, value_name = "NAME", default_value_t = Profile::Talib)]
    pub(crate) profile: Profile,
    /// Column of the indicators of a price of your choice that name none.
    #[arg(short, long, value_name = "COLUMN", default_value = "close")]
    pub(crate) source: String,
    /// Which column is the open, high, low, close or volume, where it is not called so: high=HIGH_BID; may be repeated.
    #[arg(short, long, value_name = "NAME=COLUMN", value_parser = mapping)]
    pub(crate) column: Vec<(String, String)>,
    /// What separates the cells of CSV: a character, or tab.
    #[arg(short, long, value_name = "CHARACTER", default_value = ",", value_parser = delimiter)]
    pub(crate) delimiter: u8,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text with the delimiter between cells.
    Csv,
    /// JSON Lines: an object a row.
    #[value(alias = "jsonl")]
    Json,
    /// Parquet.
    Parquet,
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Print {
    /// Text for people.
    Human,
    /// JSON, one object a line.
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Only those whose name or title has this text.
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Only this group: overlap, momentum, volume, volatility, price, cycle, statistics, math, pattern or levels.
    #[arg(short, long, value_name = "NAME")]
    pub(crate) group: Option<String>,
    /// Only those that this arithmetic defines: talib, tradingview or fast.
    #[arg(short, long, value_name = "NAME")]
    pub(crate) profile: Option<Profile>,
    /// How the list is printed.
    #[arg(short, long, value_enum, default_value_t = Print::Human)]
    pub(crate) format: Print,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Name of the indicator, or a call whose warm-up is wanted: macd, 'macd(5,35,5)'.
    #[arg(value_name = "NAME")]
    pub(crate) call: String,
    /// How it is printed.
    #[arg(short, long, value_enum, default_value_t = Print::Human)]
    pub(crate) format: Print,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PagesArgs {
    /// Folder of the pages; those there are replaced.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Bars for the pictures, CSV or Parquet, of an hour or shorter, at least 500 hours; times without zone are UTC
    /// [default: pictures stay as they are].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) bars: Option<PathBuf>,
}

fn mapping(text: &str) -> Result<(String, String), String> {
    const NAMES: [&str; 5] = ["open", "high", "low", "close", "volume"];
    let (name, column) = text.split_once('=').ok_or("not of the form NAME=COLUMN")?;
    if !NAMES.contains(&name) {
        return Err(format!("`{name}` is none of {}", NAMES.join(", ")));
    }
    Ok((name.to_owned(), column.to_owned()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) => Ok(*byte),
        _ => Err("not one ASCII character other than a quote or a line break, or tab".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Args, delimiter, mapping};

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }

    #[test]
    fn delimiters_are_one_character() {
        assert_eq!((delimiter(";"), delimiter("tab"), delimiter("\t")), (Ok(b';'), Ok(b'\t'), Ok(b'\t')));
        for text in ["", ",,", "\"", "\n", "ä"] {
            assert!(delimiter(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn mappings_name_a_column_of_bars() {
        assert_eq!(mapping("high=HIGH BID"), Ok(("high".to_owned(), "HIGH BID".to_owned())));
        assert!(mapping("high").is_err() && mapping("time=date").is_err());
    }
}

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

/// What this machine grants, its live load, and a plan of threads, memory and devices.
///
/// Without a command it shows the machine.
#[derive(Debug, Parser)]
#[command(name = "hwprobe", version, propagate_version = true)]
pub(crate) struct Args {
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
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
    /// Show the machine: CPU and what limits leave of it, caches, memory, disks, GPUs.
    Show,
    /// Watch the load of CPUs, memory, disks, networks and GPUs.
    ///
    /// On a terminal the table is drawn anew each time, elsewhere a line is printed each time. Ctrl-C ends it.
    Watch(WatchOptions),
    /// Share the machine out among the stages of a program.
    Plan(PlanOptions),
    /// Measure how fast the disk of a folder is written and read, with a file that leaves nothing behind.
    DiskSpeed(DiskSpeedOptions),
}

#[derive(Debug, clap::Args)]
pub(crate) struct WatchOptions {
    /// Seconds between samples, from 0.05 to 86400.
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = interval)]
    pub(crate) interval: Duration,
    /// Samples to take [default: no end].
    #[arg(long, value_name = "N")]
    pub(crate) count: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PlanOptions {
    /// File with the stages as a JSON array, - for standard input [default: the example of --print-stages].
    #[arg(long, value_name = "FILE")]
    pub(crate) stages: Option<PathBuf>,
    /// Print the example stages, to be changed into one's own, and plan nothing.
    #[arg(long, conflicts_with = "stages")]
    pub(crate) print_stages: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DiskSpeedOptions {
    /// Folder on the disk.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// What to write and read, such as 4096, 256MiB or 1GB. What a disk keeps in its own memory does not count: take
    /// more than that.
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = size)]
    pub(crate) size: u64,
}

fn interval(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.05..=86_400.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "not a number of seconds from 0.05 to 86400".to_owned())
}

fn size(text: &str) -> Result<u64, String> {
    let unit_at = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let unit = match unit.trim_start() {
        "" | "B" => 1,
        "kB" | "KB" => 1000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        "TiB" => 1 << 40,
        _ => 0,
    };
    let bytes = number.parse().ok().and_then(|number: u64| number.checked_mul(unit)).filter(|&bytes| bytes > 0);
    bytes.ok_or_else(|| "not a size such as 4096, 256MiB or 1GB".to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::CommandFactory;

    use super::{Args, interval, size};

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }

    #[test]
    fn sizes_have_units_of_both_kinds() {
        for (text, bytes) in
            [("1", 1), ("4096B", 4096), ("3kB", 3000), ("2 MiB", 2 << 20), ("1GB", 1_000_000_000), ("1TiB", 1 << 40)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "MiB", "-1", "1.5GiB", "1mib", "1 G", "99999999999TiB", "18446744073709551616"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn intervals_are_within_their_range() {
        assert_eq!(interval("0.25"), Ok(Duration::from_millis(250)));
        for text in ["", "0", "0.01", "-1", "inf", "NaN", "1e9", "1s"] {
            assert!(interval(text).is_err(), "{text}");
        }
    }
}

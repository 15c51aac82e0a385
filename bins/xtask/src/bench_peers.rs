//! `cargo xtask bench-peers`.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::say;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is compared.
    #[arg(value_enum)]
    program: Program,
    /// Passed on to the script; `--help` there says what it needs.
    #[arg(last = true, value_name = "ARGUMENTS")]
    rest: Vec<OsString>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Program {
    /// The library `backtest` beside vectorbt, raptorbt and backtesting.py.
    Backtest,
    /// `dukascopy` beside dukascopy-node 1.46.4 and 1.50.0.
    Dukascopy,
    /// The library `indicators` beside other crates, which are built with it.
    Indicators,
}

impl Program {
    const fn name(self) -> &'static str {
        match self {
            Self::Backtest => "backtest",
            Self::Dukascopy => "dukascopy",
            Self::Indicators => "indicators",
        }
    }

    /// Whether the script is given our program; where the comparison is of libraries, it builds one itself.
    const fn is_given(self) -> bool {
        matches!(self, Self::Dukascopy)
    }
}

/// Runs the script of a comparison, given the program built for release; whether that succeeded.
pub(crate) fn run(args: &Args) -> Result<bool> {
    let name = args.program.name();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let script = root.join("benches/peers").join(format!("{name}.py"));
    let mut command = Command::new("python3");
    command.arg(&script);
    if args.program.is_given() {
        let Some(program) = build(name, &root)? else { return Ok(false) };
        command.arg("--program").arg(program);
    }
    say(&format!("python3 {}", script.display()));
    Ok(command.args(&args.rest).status().context("cannot start python3")?.success())
}

/// Builds a program for release; its path, if that succeeded.
fn build(name: &str, root: &Path) -> Result<Option<PathBuf>> {
    say(&format!("cargo build --release --bin {name}"));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "--bin", name]).current_dir(root).status();
    if !built.context("cannot start cargo")?.success() {
        return Ok(None);
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(Some(target.join("release").join(name)))
}

//! `cargo xtask bench-peers`.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::say;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which program is compared.
    #[arg(value_enum)]
    program: Program,
    /// Passed on to the script; `--help` there says what it needs.
    #[arg(last = true, value_name = "ARGUMENTS")]
    rest: Vec<OsString>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Program {
    /// `dukascopy` beside dukascopy-node 1.46.4 and 1.50.0.
    Dukascopy,
}

impl Program {
    const fn name(self) -> &'static str {
        match self {
            Self::Dukascopy => "dukascopy",
        }
    }
}

/// Builds the program for release and runs the script of its comparison; whether that succeeded.
pub(crate) fn run(args: &Args) -> Result<bool> {
    let name = args.program.name();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    say(&format!("cargo build --release --bin {name}"));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "--bin", name]).current_dir(&root).status();
    if !built.context("cannot start cargo")?.success() {
        return Ok(false);
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let script = root.join("benches/peers").join(format!("{name}.py"));
    say(&format!("python3 {}", script.display()));
    let run = Command::new("python3")
        .arg(script)
        .arg("--program")
        .arg(target.join("release").join(name))
        .args(&args.rest)
        .status();
    Ok(run.context("cannot start python3")?.success())
}

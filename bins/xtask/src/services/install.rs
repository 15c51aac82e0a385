//! Finding programs, and installing the Debian packages of those that are missing.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::say;

/// What `find` finds; where it finds nothing, the Debian `package` is installed, if this user may do that.
pub(super) fn require<T>(what: &str, package: &str, find: impl Fn() -> Option<T>) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if !is_root() || in_path("apt-get").is_none() {
        bail!("{what} is missing: install it (Debian: `apt-get install {package}`)");
    }
    say(&format!("{what} is missing; installing the Debian package {package} with apt-get"));
    let installs = || apt_get(&["install", "--yes", "--no-install-recommends", package]);
    // A first failure is mostly that of package lists that were never fetched.
    let installed = installs()? || apt_get(&["update"])? && installs()?;
    ensure!(installed, "apt-get could not install {package}: install {what} by hand");
    find().with_context(|| format!("{what} is still missing after the Debian package {package} was installed"))
}

/// The path of a program in `PATH`.
pub(super) fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

pub(super) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn apt_get(args: &[&str]) -> Result<bool> {
    let mut command = Command::new("apt-get");
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    say(&format!("{command:?}"));
    Ok(command.status()?.success())
}

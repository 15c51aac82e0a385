//! One server process: start, readiness, stop.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

const POLL: Duration = Duration::from_millis(50);
const START_POLLS: u32 = 1200; // a minute
const STOP_POLLS: u32 = 200; // ten seconds
const ATTEMPTS: u32 = 3;

/// A running server. Dropping it stops the server and waits for its end.
pub(super) struct Service {
    child: Child,
    address: String,
}

/// How to start a server.
pub(super) struct Recipe<'a> {
    /// Its command line on a port.
    pub(super) command: &'a dyn Fn(u16) -> Command,
    /// Whether the server on a port answers in its own protocol.
    pub(super) answers: &'a dyn Fn(u16) -> bool,
    /// What tests are told, for a port.
    pub(super) address: &'a dyn Fn(u16) -> String,
    /// File for its output.
    pub(super) log: &'a Path,
}

impl Service {
    /// Starts a server and waits until it answers. Between the choice of a free port and its use another process may
    /// take it, so a server that ends at once is tried again on another port.
    pub(super) fn start(recipe: &Recipe<'_>) -> Result<Self> {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let mut service = Self { child: spawn(recipe, port)?, address: (recipe.address)(port) };
            match service.wait_until_ready(port, recipe) {
                Ok(()) => return Ok(service),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| anyhow!("it was never tried")))
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    fn wait_until_ready(&mut self, port: u16, recipe: &Recipe<'_>) -> Result<()> {
        for _ in 0..START_POLLS {
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended at start ({status}); its output:\n{}", output(recipe.log));
            }
            if (recipe.answers)(port) {
                return Ok(());
            }
            sleep(POLL);
        }
        bail!("it does not answer on port {port}; its output:\n{}", output(recipe.log))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // SIGINT is an orderly end for all three servers; for PostgreSQL it frees shared memory as well.
        let pid = self.child.id().to_string();
        let _ = Command::new("sh").args(["-c", r#"kill -INT "$1""#, "stop", &pid]).status();
        for _ in 0..STOP_POLLS {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            sleep(POLL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command that the kernel ends with SIGINT when this program dies; run by `user`, if one is given.
pub(super) fn tied_command(user: Option<&str>) -> Command {
    let mut command = Command::new("setpriv");
    if let Some(user) = user {
        command.arg(format!("--reuid={user}")).arg(format!("--regid={user}")).arg("--init-groups");
    }
    command.args(["--pdeathsig", "INT", "--"]);
    command
}

/// Sends `request` to a port and reads `N` bytes of answer; `None` if nothing or less comes.
pub(super) fn ask<const N: usize>(port: u16, request: &[u8]) -> Option<[u8; N]> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
    stream.write_all(request).ok()?;
    let mut answer = [0; N];
    stream.read_exact(&mut answer).ok()?;
    Some(answer)
}

fn spawn(recipe: &Recipe<'_>, port: u16) -> Result<Child> {
    let log = File::create(recipe.log)?;
    let mut command = (recipe.command)(port);
    command.stdin(std::process::Stdio::null()).stdout(log.try_clone()?).stderr(log);
    // Its own group: Ctrl-C reaches the tests first, and the servers end when this program does.
    command.process_group(0);
    command
        .spawn()
        .with_context(|| format!("cannot start {} (of Debian package util-linux)", command.get_program().display()))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?.local_addr()?.port())
}

fn output(log: &Path) -> String {
    fs::read(log).map_or_else(|error| error.to_string(), |bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{Recipe, Service};

    #[test]
    fn a_server_that_ends_at_start_is_an_error_with_its_output() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let recipe = Recipe {
            command: &|_| {
                let mut command = Command::new("sh");
                command.args(["-c", "echo broken settings >&2; exit 3"]);
                command
            },
            answers: &|_| false,
            address: &|port| port.to_string(),
            log: &folder.path().join("log"),
        };
        let error = Service::start(&recipe).err().expect("it never answers").to_string();
        assert!(error.contains("exit status: 3") && error.contains("broken settings"), "{error}");
    }

    #[test]
    fn a_dropped_service_has_ended() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let started = folder.path().join("started");
        let recipe = Recipe {
            command: &|_| {
                let mut command = Command::new("sh");
                let script = r#"trap 'rm "$1"; exit' INT; touch "$1"; while :; do sleep 0.05; done"#;
                command.args(["-c", script, "server"]).arg(&started);
                command
            },
            answers: &|_| started.exists(),
            address: &|port| port.to_string(),
            log: &folder.path().join("log"),
        };
        let service = Service::start(&recipe).expect("it answers at once");
        assert!(service.address().parse::<u16>().is_ok());
        drop(service);
        assert!(!started.exists(), "it was not ended in order");
    }
}

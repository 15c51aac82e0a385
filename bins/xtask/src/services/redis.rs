//! A private Redis server.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::install;
use super::process::{Recipe, Service, ask, tied_command};

pub(super) fn start(folder: &Path) -> Result<Service> {
    let program = install::require("redis-server", "redis-server", || install::in_path("redis-server"))?;
    let data = folder.join("redis");
    fs::create_dir(&data)?;
    Service::start(&Recipe {
        command: &|port| {
            let mut command = tied_command(None);
            command.arg(&program).args(["--port", &port.to_string(), "--bind", "127.0.0.1"]);
            // Nothing is kept: the tests that need persistence start a server of their own.
            command.args(["--save", "", "--appendonly", "no", "--dir"]).arg(&data);
            command
        },
        answers: &|port| ask(port, b"PING\r\n") == Some(*b"+PONG\r\n"),
        address: &|port| format!("redis://127.0.0.1:{port}"),
        log: &data.join("log"),
    })
}

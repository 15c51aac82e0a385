//! Removal of the services' data when this program cannot do it itself.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// A shell that waits on a pipe from this program. When this program is gone, by Ctrl-C or by force, the pipe closes
/// and the shell removes the folder. The servers themselves are ended by the kernel (`setpriv --pdeathsig`).
pub(super) struct Guard(Child);

impl Guard {
    pub(super) fn over(folder: &Path) -> Result<Self> {
        let script = r#"cat; sleep 1; rm -rf -- "$1""#;
        let child = Command::new("sh")
            .args(["-c", script, "guard"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0) // out of the terminal's reach: Ctrl-C must not end it
            .spawn()
            .context("cannot start sh")?;
        Ok(Self(child))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // By now the folder has been removed. A shell that is already gone needs no ending.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

/// Becomes true at the first Ctrl-C; the second one ends the program.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// One listener is enough: two would take one Ctrl-C for two.
static LISTENER: Once = Once::new();

/// Listens to Ctrl-C from now on.
pub(crate) fn listen() -> Result<&'static AtomicBool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("cannot listen to Ctrl-C")?;
    LISTENER.call_once(|| {
        std::thread::spawn(move || {
            runtime.block_on(async {
                while tokio::signal::ctrl_c().await.is_ok() {
                    if INTERRUPTED.swap(true, Ordering::Relaxed) {
                        std::process::exit(1);
                    }
                }
            });
        });
    });
    Ok(&INTERRUPTED)
}

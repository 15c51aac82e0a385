use anyhow::Result;
use dukascopy::{Mirror, MirrorServer, ServeOptions};
use tokio::runtime::Builder;

use crate::args::ServeArgs;
use crate::outcome::Outcome;
use crate::output::print_line;

/// `dukascopy serve-mirror`: until Ctrl-C.
pub(crate) fn run(options: &ServeArgs) -> Result<Outcome> {
    let mirror = Mirror::open(&options.mirror)?;
    let symbols = mirror.symbols()?;
    let faults = options.faults.clone().unwrap_or_default();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let server = MirrorServer::bind(options.listen, mirror, ServeOptions { faults, ..ServeOptions::default() })?;
        let stats = server.stats();
        print_line(&format!("http://{}", server.local_addr()))?;
        let names: Vec<_> = symbols.iter().map(ToString::to_string).collect();
        tracing::info!("serving {} from {}; stop with Ctrl-C", names.join(", "), options.mirror.display());
        server
            .run(async {
                // Without a signal handler the server is stopped by killing it.
                let _ = tokio::signal::ctrl_c().await;
            })
            .await?;
        let counts = stats.counts();
        tracing::info!("{} requests answered, {} bytes", counts.requests, counts.body_bytes);
        Ok(Outcome::Complete)
    })
}

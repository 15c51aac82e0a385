//! A mirror over HTTP/1.1, with faults on request.

mod answer;
mod connection;
mod faults;
mod stats;

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

pub use self::faults::{FaultKind, FaultTimes, Faults};
pub use self::stats::{ServeCounts, ServeStats};

use crate::{Error, Mirror};

// After this pause a refused accept (no more file handles, say) is tried again.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How a [`MirrorServer`] serves.
#[derive(Clone, Debug, PartialEq)]
pub struct ServeOptions {
    /// Faults to show on purpose; by default none.
    pub faults: Faults,
    /// Whether [`ServeCounts::paths`] counts each path that is asked for, which takes memory for each of them. Off by
    /// default.
    pub record_paths: bool,
    /// Connections served at a time; more wait. By default 1,024.
    pub max_connections: usize,
    /// How long a client may take to send the head of a request, also between two requests. By default 60 s.
    pub head_timeout: Duration,
    /// How long answers under way may go on after shutdown. By default 5 s.
    pub grace: Duration,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            faults: Faults::default(),
            record_paths: false,
            max_connections: 1_024,
            head_timeout: Duration::from_mins(1),
            grace: Duration::from_secs(5),
        }
    }
}

/// Serves a [`Mirror`] over HTTP/1.1 as Dukascopy's servers do, to downloaders under test and to teams.
///
/// | path | body |
/// |---|---|
/// | `/datafeed/EURUSD/2019/01/04/13h_ticks.bi5`, …: each [`FileKey`](crate::FileKey) | the file as it lies there |
/// | `/datafeed/EURUSD/metadata/HistoryStart.bi5`, `/datafeed/metadata/HistoryStart.bi5` | the file as it lies there |
/// | `/v1/ticks/EUR-USD/2019/2/4/13` | JSON made of the hour file, or else of the day file |
/// | `/v1/candles/minute/EUR-USD/BID/2019/2/4`, … | JSON made of the candle file, without its flat fill |
/// | `/v1/instruments/EUR-USD` | the file `EURUSD/metadata/instrument.json`, a reply kept from the feed |
///
/// What does not lie there is a 404, as is any other path; nothing outside of the mirror's layout can be reached. A bi5
/// path is never composed from other files. GET and HEAD are answered, other methods get a 405, and a file that
/// cannot be read or decoded is a 500 whose body says why. Connections are kept alive.
///
/// ```
/// use dukascopy::{Mirror, MirrorServer, ServeOptions};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let folder = tempfile::tempdir()?;
/// let options = ServeOptions { faults: "503=10%,empty=2%".parse()?, ..ServeOptions::default() };
/// let server = MirrorServer::bind(([127, 0, 0, 1], 0).into(), Mirror::open(folder.path())?, options)?;
/// let (address, stats) = (server.local_addr(), server.stats());
/// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
/// let running = tokio::spawn(server.run(async { drop(stopped.await) }));
/// println!("http://{address}/datafeed/");
/// drop(stop);
/// running.await??;
/// assert_eq!(stats.counts().requests, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct MirrorServer {
    listener: TcpListener,
    address: SocketAddr,
    state: Arc<State>,
}

/// What all connections share.
#[derive(Debug)]
struct State {
    mirror: Mirror,
    options: ServeOptions,
    stats: ServeStats,
}

impl MirrorServer {
    /// Opens the port; port 0 takes a free one. Clients can connect from now on and are answered by [`run`](Self::run).
    ///
    /// # Errors
    /// [`Error::Bind`] if the system refuses.
    pub fn bind(address: SocketAddr, mirror: Mirror, options: ServeOptions) -> Result<Self, Error> {
        let open = || {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        let (listener, bound) = open().map_err(|source| Error::Bind { address, source })?;
        let stats = ServeStats::new(options.record_paths);
        Ok(Self { listener, address: bound, state: Arc::new(State { mirror, options, stats }) })
    }

    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// What has been asked for and answered; goes on counting while and after the server runs.
    pub fn stats(&self) -> ServeStats {
        self.state.stats.clone()
    }

    /// Serves until `shutdown` is done, then lets answers under way end within the grace of the options.
    ///
    /// # Errors
    /// [`Error::Bind`] if the port cannot be handed to the runtime.
    ///
    /// # Panics
    /// Outside of a tokio runtime with input and output and time enabled.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        let Self { listener, address, state } = self;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(|source| Error::Bind { address, source })?;
        let permits = Arc::new(Semaphore::new(state.options.max_connections));
        let (stop, stopping) = watch::channel(false);
        let mut connections = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let permit = tokio::select! {
                biased;
                () = &mut shutdown => break,
                permit = Arc::clone(&permits).acquire_owned() => permit.expect("the semaphore is never closed"),
            };
            let accepted = tokio::select! {
                biased;
                () = &mut shutdown => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    let (state, stopping) = (Arc::clone(&state), stopping.clone());
                    connections.spawn(async move {
                        connection::serve(stream, state, stopping).await;
                        drop(permit);
                    });
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            }
            while connections.try_join_next().is_some() {}
        }
        drop(listener);
        stop.send_replace(true);
        let ended = async { while connections.join_next().await.is_some() {} };
        // What has not ended by then is cut off when the set is dropped.
        let _ = tokio::time::timeout(state.options.grace, ended).await;
        Ok(())
    }
}

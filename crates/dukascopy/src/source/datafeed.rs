use super::{Attempt, Host, HttpOptions, Source};
use crate::{Error, FileKey, FileKind};

/// Dukascopy's `.bi5` files over HTTP: hour files, day files and candle files below `/datafeed/`.
///
/// Paths and content are tested against genuine files; behaviour of Dukascopy's own server (throttling, spuriously
/// empty answers, day files) is as its users report it.
#[derive(Clone, Debug)]
pub struct Datafeed {
    host: Host,
}

impl Datafeed {
    /// The address of Dukascopy's own server.
    pub const BASE_URL: &'static str = "https://datafeed.dukascopy.com";

    /// The server at `base_url`: scheme and host, to which `/datafeed/EURUSD/2019/01/04/13h_ticks.bi5` is added.
    ///
    /// # Errors
    /// [`Error::HttpOption`] for an address or an option that cannot be used.
    pub fn new(base_url: &str, options: &HttpOptions) -> Result<Self, Error> {
        Ok(Self { host: Host::new(base_url, options)? })
    }
}

impl Source for Datafeed {
    fn name(&self) -> &str {
        self.host.name()
    }

    fn serves(&self, _kind: FileKind) -> bool {
        true
    }

    fn get<'a>(&'a self, key: &'a FileKey) -> Attempt<'a> {
        Box::pin(async move { self.host.get(&format!("datafeed/{}", key.feed_path())).await })
    }
}

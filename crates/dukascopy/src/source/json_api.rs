use std::sync::Arc;

use market::Ticks;
use tokio::task::spawn_blocking;

use super::{Attempt, Host, HttpOptions, Reply, Source, SourceError};
use crate::lzma::Effort;
use crate::ticks::encode_with;
use crate::{Ending, Error, FileKey, FileKind, Mirror, TickSpan, decode_json_ticks, instrument, json_code, json_path};

/// Dukascopy's newer JSON protocol: ticks of an hour below `/v1/ticks/`, turned into the bytes of an hour file.
///
/// The shape of the answers is tested against genuine ones; limits and refusals of the server are as its users report
/// them. Its candles omit flat periods, so candle files are not made of them.
#[derive(Clone, Debug)]
pub struct JsonApi {
    host: Host,
    scales: Arc<Mirror>,
}

impl JsonApi {
    /// The address of Dukascopy's own server.
    pub const BASE_URL: &'static str = "https://jetta.dukascopy.com";

    /// The server at `base_url`; `scales` knows the price scales of the instruments.
    ///
    /// # Errors
    /// [`Error::HttpOption`] for an address or an option that cannot be used.
    pub fn new(base_url: &str, options: &HttpOptions, scales: Mirror) -> Result<Self, Error> {
        Ok(Self { host: Host::new(base_url, options)?, scales: Arc::new(scales) })
    }

    async fn hour_file(&self, key: &FileKey, json: Vec<u8>) -> Result<Reply, SourceError> {
        let (scales, key) = (Arc::clone(&self.scales), key.clone());
        let made = spawn_blocking(move || hour_file(&scales, &key, &json)).await;
        match made {
            Ok(made) => made.map_err(|error| SourceError::Damaged { reason: error.to_string() }),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}

/// The hour file of a reply.
fn hour_file(scales: &Mirror, key: &FileKey, json: &[u8]) -> Result<Reply, Error> {
    let scale = scales.scale(key.symbol())?;
    let mut ticks = Ticks::default();
    decode_json_ticks(json, key.start(), scale, &mut ticks)?;
    let mut bytes = Vec::new();
    let (span, ending) = (TickSpan::Hour, Ending::Size);
    encode_with(Effort::Fast, ticks.view(), span, key.start(), scale, ending, &mut bytes)?;
    Ok(if bytes.is_empty() { Reply::Empty } else { Reply::Data(bytes) })
}

/// What the server answers for a period that is not over yet is status 400.
const NOT_OVER_YET: u16 = 400;

impl Source for JsonApi {
    fn name(&self) -> &str {
        self.host.name()
    }

    fn serves(&self, kind: FileKind) -> bool {
        kind == FileKind::Ticks(TickSpan::Hour)
    }

    fn get<'a>(&'a self, key: &'a FileKey) -> Attempt<'a> {
        Box::pin(async move {
            let code = instrument(key.symbol().as_str()).and_then(json_code);
            let Some(path) = code.and_then(|code| json_path(key, &code)) else { return Ok(Reply::NotThere) };
            match self.host.get(path.trim_start_matches('/')).await {
                Ok(Reply::Data(json)) => self.hour_file(key, json).await,
                Err(SourceError::Status { status: NOT_OVER_YET }) => Ok(Reply::NotThere),
                // An hour without ticks is an object with empty columns; a body of no bytes is no answer.
                Ok(Reply::Empty) => Err(SourceError::Damaged { reason: "a body of no bytes".to_owned() }),
                other => other,
            }
        })
    }
}

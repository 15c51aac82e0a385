//! One connection: requests in, answers out, and the faults that no well-behaved HTTP library can show.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::answer::{Answer, answer};
use super::{FaultKind, State};

/// Serves the requests of one client until it leaves, is stopped, or a fault ends the connection.
pub(super) async fn serve(stream: TcpStream, state: Arc<State>, mut stopping: watch::Receiver<bool>) {
    // Without it small answers may wait for an acknowledgement; nothing else depends on it.
    let _ = stream.set_nodelay(true);
    let head_timeout = state.options.head_timeout;
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        let answer: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(async move { respond(&state, request).await });
        answer
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .serve_connection(TokioIo::new(stream), service);
    let mut told = false;
    let result = loop {
        tokio::select! {
            result = poll_fn(|context| connection.poll_without_shutdown(context)) => break result,
            // An error says that the server is gone, which is the same.
            _ = stopping.wait_for(|&stop| stop), if !told => {
                told = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
        }
    };
    let mut stream = connection.into_parts().io.into_inner();
    let by_hand = result.as_ref().err().and_then(|error| error.source()?.downcast_ref::<ByHand>());
    match by_hand {
        Some(by_hand) => tokio::select! {
            () = by_hand.write(&mut stream) => (),
            _ = stopping.wait_for(|&stop| stop) => (),
        },
        None => drop(stream.shutdown().await),
    }
}

async fn respond(state: &Arc<State>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, ByHand> {
    let path = request.uri().path().to_owned();
    state.stats.count_request(&path);
    let is_head = request.method() == Method::HEAD;
    if !is_head && request.method() != Method::GET {
        state.stats.count_answer(Some(405), 0, None);
        return Ok(bare(405).header(ALLOW, "GET, HEAD").body(Full::default()).expect(VALID));
    }
    let (shared, asked) = (Arc::clone(state), path.clone());
    let looked_up = tokio::task::spawn_blocking(move || answer(&shared.mirror, &asked)).await;
    let answer = looked_up.unwrap_or_else(|_| Answer { status: 500, content_type: "text/plain", body: Vec::new() });
    let has_body = answer.status == 200 && !answer.body.is_empty() && !is_head;
    let fault = state.stats.fault_of_next(&state.options.faults, &path);
    match fault.filter(|kind| has_body || !kind.needs_body()) {
        None => {
            state.stats.count_answer(Some(answer.status), if is_head { 0 } else { answer.body.len() }, None);
            Ok(whole(answer, is_head))
        }
        Some(kind) => faulty(state, &path, kind, answer),
    }
}

const VALID: &str = "the status and headers are valid ones";

fn bare(status: u16) -> hyper::http::response::Builder {
    Response::builder().status(StatusCode::from_u16(status).expect(VALID))
}

fn whole(answer: Answer, is_head: bool) -> Response<Full<Bytes>> {
    let response =
        bare(answer.status).header(CONTENT_TYPE, answer.content_type).header(CONTENT_LENGTH, answer.body.len());
    let body = if is_head { Full::default() } else { Full::from(answer.body) };
    response.body(body).expect(VALID)
}

/// The answer with a fault. Called with a body that is not empty where the fault needs one.
fn faulty(state: &State, path: &str, kind: FaultKind, mut answer: Answer) -> Result<Response<Full<Bytes>>, ByHand> {
    let faults = &state.options.faults;
    let count = |status, body_bytes| state.stats.count_answer(status, body_bytes, Some(kind));
    let response = match kind {
        FaultKind::Unavailable => bare(503),
        FaultKind::Throttled => bare(429).header(RETRY_AFTER, faults.retry_after_seconds),
        FaultKind::Challenge => bare(202).header("x-amzn-waf-action", "challenge"),
        FaultKind::Empty => bare(200).header(CONTENT_TYPE, answer.content_type),
        FaultKind::Shortened => {
            answer.body.truncate(faults.pick(path, answer.body.len()));
            count(Some(200), answer.body.len());
            return Ok(whole(answer, false));
        }
        FaultKind::Flipped => {
            let bit = faults.pick(path, answer.body.len() * 8);
            answer.body[bit / 8] ^= 1 << (bit % 8);
            count(Some(200), answer.body.len());
            return Ok(whole(answer, false));
        }
        FaultKind::Reset => {
            count(None, 0);
            return Err(ByHand::Reset);
        }
        FaultKind::Truncated => {
            let sent = faults.pick(path, answer.body.len());
            count(Some(200), sent);
            let mut bytes = head(&answer);
            bytes.extend_from_slice(&answer.body[..sent]);
            return Err(ByHand::Bytes(bytes));
        }
        FaultKind::Slow => {
            count(Some(200), answer.body.len());
            return Err(ByHand::Slow { head: head(&answer), body: answer.body, pause: faults.slow_byte_pause });
        }
    };
    let response = response.body(Full::default()).expect(VALID);
    count(Some(response.status().as_u16()), 0);
    Ok(response)
}

fn head(answer: &Answer) -> Vec<u8> {
    let (content_type, length) = (answer.content_type, answer.body.len());
    format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n")
        .into_bytes()
}

/// What is written, or not, instead of an answer; the connection ends with it.
#[derive(Debug)]
enum ByHand {
    Reset,
    Bytes(Vec<u8>),
    Slow { head: Vec<u8>, body: Vec<u8>, pause: Duration },
}

impl ByHand {
    /// Writes until all is written or the client is gone, whose leaving is no error here.
    async fn write(&self, stream: &mut TcpStream) {
        let _ = match self {
            Self::Reset => stream.set_zero_linger(),
            Self::Bytes(bytes) => write_and_close(stream, bytes).await,
            Self::Slow { head, body, pause } => write_slowly(stream, head, body, *pause).await,
        };
    }
}

async fn write_and_close(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.shutdown().await
}

async fn write_slowly(stream: &mut TcpStream, head: &[u8], body: &[u8], pause: Duration) -> std::io::Result<()> {
    stream.write_all(head).await?;
    for byte in body {
        tokio::time::sleep(pause).await;
        stream.write_all(&[*byte]).await?;
    }
    stream.shutdown().await
}

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answered by hand")
    }
}

impl StdError for ByHand {}

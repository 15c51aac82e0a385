//! A stand-in for a model server: a loopback listener that plays scripted bytes. It is no Ollama server and proves
//! nothing about one; it shows what the client does with good and bad answers.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use model_client::{Ollama, Retry, Settings, TimeOuts};
use serde_json::Value;

/// What the stand-in does on a connection, in order; then it closes it.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Sends the bytes.
    Send(Vec<u8>),
    /// Sends the bytes one by one, each in a packet of its own.
    Trickle(Vec<u8>),
    /// Sends blank lines until the client goes away.
    Drip,
    /// Sends nothing until the client goes away.
    Stall,
    /// Closes hard: the client gets a reset.
    Reset,
}

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) line: String,
    pub(crate) body: Value,
}

/// The running stand-in. It takes one connection an entry of its script and then stops listening.
pub(crate) struct StandIn {
    pub(crate) url: String,
    requests: Receiver<Received>,
}

impl StandIn {
    pub(crate) fn start(script: Vec<Vec<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        thread::spawn(move || {
            for acts in script {
                let (mut stream, _) = listener.accept().unwrap();
                stream.set_nodelay(true).unwrap();
                let resets = acts.iter().any(|act| matches!(act, Act::Reset));
                if sender.send(receive(&mut stream, resets)).is_err() {
                    return;
                }
                for act in acts {
                    play(&mut stream, act);
                }
            }
        });
        Self { url, requests }
    }

    /// The requests so far, oldest first.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.requests.try_iter().collect()
    }

    /// A client of it with short pauses and long time-outs.
    pub(crate) fn client(&self) -> Ollama {
        Ollama::new(&self.url, settings()).unwrap()
    }
}

pub(crate) fn settings() -> Settings {
    let pause = Duration::from_millis(1);
    Settings {
        retry: Retry { attempts: 3, first_pause: pause, max_pause: pause, seed: 1 },
        time_outs: TimeOuts { total: Duration::from_mins(1), ..TimeOuts::default() },
        max_answer_bytes: 1 << 20,
    }
}

/// Runs a future to its end.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// An answer whose end is the end of the connection.
pub(crate) fn ok(body: impl AsRef<[u8]>) -> Vec<Act> {
    answer("200 OK", body)
}

pub(crate) fn answer(status: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    vec![Act::Send(head(status)), Act::Send(body.as_ref().to_vec())]
}

pub(crate) fn head(status: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n").into_bytes()
}

/// Reads a request. Leaves its last byte if the connection shall be reset: closing with unread bytes does that.
fn receive(stream: &mut TcpStream, resets: bool) -> Received {
    let mut text = vec![];
    while !text.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        text.push(byte[0]);
    }
    let text = String::from_utf8(text).unwrap();
    let length = text.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    let read = body.len() - usize::from(resets);
    stream.read_exact(&mut body[..read]).unwrap();
    let line = text.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
    Received { line, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
}

fn play(stream: &mut TcpStream, act: Act) {
    match act {
        // The client may have gone away, which the test then sees on its own side.
        Act::Send(bytes) => drop(stream.write_all(&bytes)),
        Act::Trickle(bytes) => bytes.iter().for_each(|&byte| drop(stream.write_all(&[byte]))),
        Act::Drip => while stream.write_all(b"\n").is_ok() {},
        Act::Stall => drop(stream.read_to_end(&mut vec![])),
        Act::Reset => {}
    }
}

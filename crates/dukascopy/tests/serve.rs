//! The mirror server over real sockets: both protocols, and every fault as it is on the wire.
#![cfg(feature = "serve")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::future::Future;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use dukascopy::{
    Candle, CandleStep, Ending, Error, FaultKind, FaultTimes, Faults, FileKey, Mirror, MirrorServer, ServeCounts,
    ServeOptions, ServeStats, TickSpan, decode_json_candles, decode_json_ticks, decode_ticks, encode_candles,
    encode_ticks, instrument,
};
use market::{Tick, Ticks, UnixNanos};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const HOUR: &str = "/datafeed/EURUSD/2019/01/04/13h_ticks.bi5";

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

/// A server on a free port, stopped when it is dropped.
struct Server {
    runtime: Runtime,
    address: SocketAddr,
    stats: ServeStats,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<Result<(), Error>>>,
}

impl Server {
    fn start(root: &Path, options: ServeOptions) -> Self {
        let runtime = Runtime::new().unwrap();
        let mirror = Mirror::open(root).unwrap();
        let server = MirrorServer::bind(([127, 0, 0, 1], 0).into(), mirror, options).unwrap();
        let (address, stats) = (server.local_addr(), server.stats());
        let (stop, stopped) = oneshot::channel();
        let running = runtime.spawn(server.run(async { drop(stopped.await) }));
        Self { runtime, address, stats, stop: Some(stop), running: Some(running) }
    }

    fn with_faults(root: &Path, spec: &str) -> Self {
        Self::start(root, ServeOptions { faults: spec.parse().unwrap(), ..ServeOptions::default() })
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// One request on a connection of its own.
    fn ask(&self, method: &str, path: &str) -> Raw {
        let mut stream = self.connect();
        send(&mut stream, method, path, "close");
        read_to_end(&mut stream)
    }

    fn get(&self, path: &str) -> Raw {
        self.ask("GET", path)
    }

    fn counts(&self) -> ServeCounts {
        self.stats.counts()
    }

    /// Stops it and waits until it has ended.
    fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running).unwrap().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// An answer as it came, without trust in its own words.
#[derive(Debug)]
struct Raw {
    head: String,
    body: Vec<u8>,
    /// How the connection ended.
    end: Result<(), ErrorKind>,
}

impl Raw {
    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).map_or(0, |status| status.parse().unwrap())
    }

    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn length(&self) -> usize {
        self.header("content-length").unwrap().parse().unwrap()
    }
}

fn send(stream: &mut TcpStream, method: &str, path: &str, connection: &str) {
    let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: {connection}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
}

fn read_to_end(stream: &mut TcpStream) -> Raw {
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).map(drop).map_err(|error| error.kind());
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let body = bytes.split_off(split);
    Raw { head: String::from_utf8(bytes).unwrap(), body, end }
}

fn ticks() -> Ticks {
    let mut ticks = Ticks::default();
    for i in 0..200_i32 {
        let time = UnixNanos(at("2019-02-04T13:00:00Z").0 + i64::from(i) * 7_001_000_000);
        let bid = 114_500 + i * 37 % 50;
        let (bid, ask) = (f64::from(bid) / 1e5, f64::from(bid + 3) / 1e5);
        ticks.push(Tick { time, bid, ask, bid_volume: 1.5, ask_volume: 0.75 }).unwrap();
    }
    ticks
}

/// EURUSD: ticks in the hours 13 and 15 of 2019-02-04, an empty hour 14 between, a day file for the day after and
/// minutes of the day.
fn small_mirror() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (mirror, scale) = (Mirror::open(folder.path()).unwrap(), instrument("EURUSD").unwrap().scale);
    let write = |path: &str, bytes: &[u8]| mirror.write_file(&path.parse().unwrap(), bytes).unwrap();
    let mut bytes = Vec::new();
    encode_ticks(ticks().view(), TickSpan::Hour, at("2019-02-04T13:00:00Z"), scale, Ending::Size, &mut bytes).unwrap();
    write("EURUSD/2019/01/04/13h_ticks.bi5", &bytes);
    write("EURUSD/2019/01/04/15h_ticks.bi5", &bytes);
    write("EURUSD/2019/01/04/14h_ticks.bi5", &[]);
    bytes.clear();
    let day_ticks = {
        let mut shifted = Ticks::default();
        for tick in ticks().view().iter() {
            shifted.push(Tick { time: UnixNanos(tick.time.0 + UnixNanos::PER_DAY), ..tick }).unwrap();
        }
        shifted
    };
    encode_ticks(day_ticks.view(), TickSpan::Day, at("2019-02-05"), scale, Ending::Size, &mut bytes).unwrap();
    write("EURUSD/2019/01/05_ticks.bi5", &bytes);
    bytes.clear();
    encode_candles(&minutes(), CandleStep::Minute, at("2019-02-04"), scale, Ending::Size, &mut bytes).unwrap();
    write("EURUSD/2019/01/04/BID_candles_min_1.bi5", &bytes);
    folder
}

/// Three minutes, the second of them flat fill.
fn minutes() -> Vec<Candle> {
    let open_time = |minute: i64| UnixNanos(at("2019-02-04").0 + minute * 60_000_000_000);
    let traded =
        Candle { open_time: open_time(0), open: 1.145, high: 1.146, low: 1.1444, close: 1.1452, volume: 12.25 };
    let (level, volume) = (traded.close, 0.0);
    let flat = Candle { open_time: open_time(1), open: level, high: level, low: level, close: level, volume };
    vec![traded, flat, Candle { open_time: open_time(2), ..traded }]
}

fn file(folder: &TempDir, path: &str) -> Vec<u8> {
    fs::read(folder.path().join(path.strip_prefix("/datafeed/").unwrap())).unwrap()
}

fn decoded(reply: &[u8], hour: &str, symbol: &str) -> Ticks {
    let mut ticks = Ticks::default();
    decode_json_ticks(reply, at(hour), instrument(symbol).unwrap().scale, &mut ticks).unwrap();
    ticks
}

mod bi5 {
    use super::*;

    #[test]
    fn files_come_as_they_lie_there() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        for path in [
            HOUR,
            "/datafeed/EURUSD/2019/01/04/14h_ticks.bi5",
            "/datafeed/EURUSD/2019/01/05_ticks.bi5",
            "/datafeed/EURUSD/2019/01/04/BID_candles_min_1.bi5",
        ] {
            let answer = server.get(path);
            assert_eq!((answer.status(), answer.end), (200, Ok(())), "{path}");
            assert_eq!(answer.length(), answer.body.len());
            assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
            assert!(answer.body == file(&folder, path), "{path}");
        }
    }

    #[test]
    fn nothing_is_composed_of_other_files() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        for path in [
            "/datafeed/EURUSD/2019/01/04/12h_ticks.bi5",
            "/datafeed/EURUSD/2019/01/04_ticks.bi5",
            "/datafeed/EURUSD/2019/01/05/13h_ticks.bi5",
            "/datafeed/EURUSD/2019/01/04/ASK_candles_min_1.bi5",
            "/datafeed/GBPUSD/2019/01/04/13h_ticks.bi5",
        ] {
            assert_eq!(server.get(path).status(), 404, "{path}");
        }
        assert_eq!(server.counts().statuses.into_iter().collect::<Vec<_>>(), [(404, 5)]);
    }

    #[test]
    fn no_path_leads_out_of_the_mirror() {
        let folder = small_mirror();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(folder.path().join("secret.bi5"), "secret").unwrap();
        fs::create_dir(folder.path().join("metadata")).unwrap();
        fs::write(folder.path().join("metadata/HistoryStart.bi5"), "secret").unwrap();
        fs::write(folder.path().join("metadata/instrument.json"), "secret").unwrap();
        let server = Server::start(&inner, ServeOptions::default());
        for path in [
            "/datafeed/../secret.bi5",
            "/datafeed/../EURUSD/2019/01/04/13h_ticks.bi5",
            "/datafeed/..%2FEURUSD/2019/01/04/13h_ticks.bi5",
            "/datafeed//EURUSD/2019/01/04/13h_ticks.bi5",
            "/datafeed/../metadata/HistoryStart.bi5",
            "/datafeed//metadata/HistoryStart.bi5",
            "/datafeed/./metadata/HistoryStart.bi5",
            "/v1/instruments/..",
            "/v1/ticks/../2019/2/4/13",
            "/datafeed/",
            "/",
            "*",
        ] {
            let answer = server.get(path);
            assert!(answer.status() == 404 || (path == "*" && answer.status() == 400), "{path}: {answer:?}");
        }
    }

    #[test]
    fn history_starts_and_instrument_details_are_kept_files() {
        let folder = small_mirror();
        for (path, text) in [("metadata/HistoryStart.bi5", "all"), ("EURUSD/metadata/HistoryStart.bi5", "one")] {
            fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
            fs::write(folder.path().join(path), text).unwrap();
        }
        fs::write(folder.path().join("EURUSD/metadata/instrument.json"), "{}").unwrap();
        let server = Server::start(folder.path(), ServeOptions::default());
        assert_eq!(server.get("/datafeed/metadata/HistoryStart.bi5").body, b"all");
        assert_eq!(server.get("/datafeed/EURUSD/metadata/HistoryStart.bi5").body, b"one");
        assert_eq!(server.get("/datafeed/GBPUSD/metadata/HistoryStart.bi5").status(), 404);
        assert_eq!(server.get("/v1/instruments/EUR-USD").body, b"{}");
        assert_eq!(server.get("/v1/instruments/GBP-USD").status(), 404);
    }

    #[test]
    fn an_instrument_with_another_name_in_the_feed_is_found_under_it() {
        let folder = tempfile::tempdir().unwrap();
        let mirror = Mirror::open(folder.path()).unwrap();
        let key: FileKey = "BUGGGBGBP/2019/01/04/13h_ticks.bi5".parse().unwrap();
        mirror.write_file(&key, b"bytes").unwrap();
        let server = Server::start(folder.path(), ServeOptions::default());
        assert_eq!(server.get("/datafeed/BUGGGBGBX/2019/01/04/13h_ticks.bi5").body, b"bytes");
        let key: FileKey = "CEMEXCPOMXMXN/2019/01/04/13h_ticks.bi5".parse().unwrap();
        mirror.write_file(&key, b"other").unwrap();
        assert_eq!(server.get(&format!("/datafeed/{}", key.feed_path())).body, b"other");
    }
}

mod http {
    use super::*;

    #[test]
    fn head_says_the_length_and_sends_no_body() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        let answer = server.ask("HEAD", HOUR);
        assert_eq!((answer.status(), answer.body.len()), (200, 0));
        assert_eq!(answer.length(), file(&folder, HOUR).len());
        assert_eq!(server.counts().body_bytes, 0);
    }

    #[test]
    fn other_methods_are_refused() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
            let answer = server.ask(method, HOUR);
            assert_eq!((answer.status(), answer.header("allow")), (405, Some("GET, HEAD")));
        }
    }

    #[test]
    fn a_connection_is_kept_for_further_requests() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        let mut stream = server.connect();
        let expected = file(&folder, HOUR);
        for _ in 0..3 {
            send(&mut stream, "GET", HOUR, "keep-alive");
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            let mut body = vec![0; expected.len()];
            stream.read_exact(&mut body).unwrap();
            assert!(head.starts_with(b"HTTP/1.1 200") && body == expected);
        }
        // Two requests at once are answered one after the other.
        send(&mut stream, "GET", "/datafeed/EURUSD/2019/01/04/14h_ticks.bi5", "keep-alive");
        send(&mut stream, "GET", "/nothing", "close");
        let answer = read_to_end(&mut stream);
        assert_eq!((answer.status(), answer.length()), (200, 0));
        assert!(answer.body.starts_with(b"HTTP/1.1 404"));
        assert_eq!(server.counts().requests, 5);
    }

    #[test]
    fn paths_are_recorded_on_request() {
        let folder = small_mirror();
        let options = ServeOptions { record_paths: true, ..ServeOptions::default() };
        let server = Server::start(folder.path(), options);
        for path in [HOUR, "/x", HOUR] {
            server.get(path);
        }
        let counts = server.counts();
        assert_eq!(counts.paths.into_iter().collect::<Vec<_>>(), [(HOUR.to_owned(), 2), ("/x".to_owned(), 1)]);
        assert_eq!(counts.statuses.into_iter().collect::<Vec<_>>(), [(200, 2), (404, 1)]);
        assert!(counts.body_bytes >= 2 * file(&folder, HOUR).len() as u64);
        let server = Server::start(folder.path(), ServeOptions::default());
        server.get(HOUR);
        assert!(server.counts().paths.is_empty());
    }

    #[test]
    fn stopping_ends_idle_connections_and_frees_the_port() {
        let folder = small_mirror();
        let mut server = Server::start(folder.path(), ServeOptions::default());
        let mut idle = server.connect();
        send(&mut idle, "GET", HOUR, "keep-alive");
        let mut first = [0; 12];
        idle.read_exact(&mut first).unwrap();
        server.stop();
        assert_eq!(read_to_end(&mut idle).end, Ok(()));
        assert!(TcpStream::connect(server.address).is_err());
    }

    #[test]
    fn more_connections_than_allowed_wait() {
        let folder = small_mirror();
        let options = ServeOptions { max_connections: 1, ..ServeOptions::default() };
        let server = Server::start(folder.path(), options);
        let mut first = server.connect();
        send(&mut first, "HEAD", HOUR, "keep-alive");
        first.read_exact(&mut [0; 12]).unwrap();
        let mut second = server.connect();
        send(&mut second, "GET", HOUR, "close");
        second.set_read_timeout(Some(Duration::from_millis(150))).unwrap();
        assert_eq!(read_to_end(&mut second).end, Err(ErrorKind::WouldBlock));
        drop(first);
        second.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        assert_eq!(read_to_end(&mut second).status(), 200);
    }

    #[test]
    fn who_sends_no_request_is_let_go() {
        let folder = small_mirror();
        let options = ServeOptions { head_timeout: Duration::from_millis(50), ..ServeOptions::default() };
        let server = Server::start(folder.path(), options);
        let mut stream = server.connect();
        stream.write_all(b"GET / HT").unwrap();
        assert_ne!(read_to_end(&mut stream).end, Err(ErrorKind::WouldBlock));
        assert_eq!(server.counts().requests, 0);
    }

    #[test]
    fn a_port_in_use_is_an_error_that_names_it() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        let again = MirrorServer::bind(server.address, Mirror::open(folder.path()).unwrap(), ServeOptions::default());
        let error = again.unwrap_err();
        assert!(matches!(error, Error::Bind { address, .. } if address == server.address), "{error}");
    }
}

mod json {
    use super::*;

    #[test]
    fn ticks_are_those_of_the_hour_or_day_file() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        let answer = server.get("/v1/ticks/EUR-USD/2019/2/4/13");
        assert_eq!((answer.status(), answer.header("content-type")), (200, Some("application/json")));
        assert_eq!(answer.length(), answer.body.len());
        assert_eq!(decoded(&answer.body, "2019-02-04T13:00:00Z", "EURUSD"), ticks());
        let of_day = decoded(&server.get("/v1/ticks/EUR-USD/2019/2/5/13").body, "2019-02-05T13:00:00Z", "EURUSD");
        assert_eq!(of_day.view().bid, ticks().view().bid);
    }

    #[test]
    fn an_empty_hour_is_an_empty_reply_and_a_missing_one_is_not_there() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        for (path, hour) in [
            ("/v1/ticks/EUR-USD/2019/2/4/14", "2019-02-04T14:00:00Z"),
            ("/v1/ticks/EUR-USD/2019/2/5/20", "2019-02-05T20:00:00Z"),
        ] {
            let answer = server.get(path);
            assert_eq!(answer.status(), 200);
            assert!(decoded(&answer.body, hour, "EURUSD").is_empty());
            assert!(String::from_utf8(answer.body).unwrap().contains(r#""ask":null,"bid":null,"times":[]"#));
        }
        for path in ["/v1/ticks/EUR-USD/2019/2/4/12", "/v1/ticks/GBP-USD/2019/2/4/13", "/v1/ticks/NEW-XYZ/2019/2/4/13"]
        {
            assert_eq!(server.get(path).status(), 404, "{path}");
        }
    }

    #[test]
    fn candles_come_without_flat_fill() {
        let folder = small_mirror();
        let server = Server::start(folder.path(), ServeOptions::default());
        let answer = server.get("/v1/candles/minute/EUR-USD/BID/2019/2/4");
        let (scale, mut candles) = (instrument("EURUSD").unwrap().scale, Vec::new());
        decode_json_candles(&answer.body, CandleStep::Minute, at("2019-02-04"), scale, &mut candles).unwrap();
        assert_eq!(candles, [minutes()[0], minutes()[2]]);
        assert_eq!(server.get("/v1/candles/minute/EUR-USD/ASK/2019/2/4").status(), 404);
        assert_eq!(server.get("/v1/candles/hour/EUR-USD/BID/2019/2").status(), 404);
    }

    #[test]
    fn a_damaged_file_is_an_error_that_says_why_and_not_where() {
        let folder = small_mirror();
        fs::write(folder.path().join("EURUSD/2019/01/04/13h_ticks.bi5"), b"garbage, but long enough").unwrap();
        let server = Server::start(folder.path(), ServeOptions::default());
        let answer = server.get("/v1/ticks/EUR-USD/2019/2/4/13");
        let text = String::from_utf8(answer.body.clone()).unwrap();
        assert_eq!(answer.status(), 500);
        assert!(text.starts_with("the mirror's file does not decode: "), "{text}");
        assert!(!text.contains(folder.path().to_str().unwrap()), "{text}");
        assert_eq!(server.get(HOUR).body, b"garbage, but long enough");
    }

    #[test]
    fn genuine_files_become_the_genuine_replies() {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        if !shared.is_dir() {
            println!("skipped: shared data folder is not there");
            return;
        }
        let fixture = |name: &str| fs::read(shared.join("jetta").join(name)).unwrap();
        let server = Server::start(&shared.join("dukascopy"), ServeOptions::default());
        let answer = server.get("/v1/ticks/BTC-USD/2023/2/20/12");
        let hour = "2023-02-20T12:00:00Z";
        let ticks = decoded(&answer.body, hour, "BTCUSD");
        assert_eq!(ticks.len(), 8_523);
        assert_eq!(ticks, decoded(&fixture("ticks-BTC-USD-2023-2-20-12.json"), hour, "BTCUSD"));
        let answer = server.get("/v1/candles/minute/BTC-USD/BID/2023/2/19");
        let candles = |reply: &[u8]| {
            let (scale, mut candles) = (instrument("BTCUSD").unwrap().scale, Vec::new());
            decode_json_candles(reply, CandleStep::Minute, at("2023-02-19"), scale, &mut candles).unwrap();
            candles
        };
        assert_eq!(candles(&answer.body), candles(&fixture("candles-minute-BTC-USD-BID-2023-2-19.json")));
        assert_eq!(candles(&answer.body).len(), 1_437);
        let path = "/datafeed/GBPJPY/2012/11/03/10h_ticks.bi5";
        let (answer, mut ticks) = (server.get(path), Ticks::default());
        let scale = instrument("GBPJPY").unwrap().scale;
        let n_ticks = decode_ticks(&answer.body, TickSpan::Hour, at("2012-12-03T10:00:00Z"), scale, &mut ticks);
        assert!(n_ticks.unwrap() > 1_000);
    }
}

mod faults {
    use super::*;

    #[test]
    fn statuses_come_once_and_then_the_file() {
        let folder = small_mirror();
        for (spec, status, header) in [
            ("503=100%", 503, None),
            ("429=100%,retry-after=7", 429, Some(("retry-after", "7"))),
            ("202=100%", 202, Some(("x-amzn-waf-action", "challenge"))),
            ("empty=100%", 200, None),
        ] {
            let server = Server::with_faults(folder.path(), spec);
            let answer = server.get(HOUR);
            assert_eq!((answer.status(), answer.length(), answer.body.len()), (status, 0, 0), "{spec}");
            if let Some((name, value)) = header {
                assert_eq!(answer.header(name), Some(value));
            }
            let answer = server.get(HOUR);
            assert_eq!(answer.status(), 200);
            assert!(answer.body == file(&folder, HOUR), "{spec}");
            assert_eq!(server.counts().faults.values().copied().collect::<Vec<_>>(), [1]);
        }
    }

    #[test]
    fn a_fault_is_shown_as_often_as_asked_for() {
        let folder = small_mirror();
        for (spec, expected) in [("503=100%,times=3", [503, 503, 503, 200, 200]), ("503=100%,times=always", [503; 5])] {
            let server = Server::with_faults(folder.path(), spec);
            assert_eq!([(); 5].map(|()| server.get(HOUR).status()), expected);
            assert_eq!(server.get("/v1/ticks/EUR-USD/2019/2/4/13").status(), 503);
        }
    }

    #[test]
    fn a_truncated_body_breaks_its_promise() {
        let folder = small_mirror();
        let server = Server::with_faults(folder.path(), "truncate=100%");
        let (answer, whole) = (server.get(HOUR), file(&folder, HOUR));
        assert_eq!((answer.status(), answer.length(), answer.end), (200, whole.len(), Ok(())));
        assert!(answer.body.len() < whole.len() && whole.starts_with(&answer.body));
        assert!(server.get(HOUR).body == whole);
    }

    #[test]
    fn a_shortened_body_looks_whole() {
        let folder = small_mirror();
        let server = Server::with_faults(folder.path(), "short=100%");
        let (answer, whole) = (server.get(HOUR), file(&folder, HOUR));
        assert_eq!((answer.status(), answer.length()), (200, answer.body.len()));
        assert!(answer.body.len() < whole.len() && whole.starts_with(&answer.body));
        assert!(server.get(HOUR).body == whole);
    }

    #[test]
    fn a_flipped_bit_is_one() {
        let folder = small_mirror();
        let server = Server::with_faults(folder.path(), "flip=100%");
        let (answer, whole) = (server.get(HOUR), file(&folder, HOUR));
        assert_eq!(answer.body.len(), whole.len());
        let flipped: u32 = answer.body.iter().zip(&whole).map(|(found, kept)| (found ^ kept).count_ones()).sum();
        assert_eq!(flipped, 1);
        assert!(server.get(HOUR).body == whole);
    }

    #[test]
    fn a_reset_comes_before_anything() {
        let folder = small_mirror();
        let server = Server::with_faults(folder.path(), "reset=100%");
        let answer = server.get(HOUR);
        assert_eq!((answer.head.as_str(), answer.end), ("", Err(ErrorKind::ConnectionReset)));
        assert!(server.counts().statuses.is_empty());
        assert!(server.get(HOUR).body == file(&folder, HOUR));
    }

    #[test]
    fn a_slow_body_lets_its_reader_wait() {
        let folder = small_mirror();
        let mut server = Server::with_faults(folder.path(), "slow=100%,slow-ms=3600000");
        let mut stream = server.connect();
        send(&mut stream, "GET", HOUR, "keep-alive");
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let answer = read_to_end(&mut stream);
        assert_eq!((answer.status(), answer.body.len(), answer.end), (200, 0, Err(ErrorKind::WouldBlock)));
        assert_eq!(answer.length(), file(&folder, HOUR).len());
        // And it does not keep the server from ending.
        server.stop();
        assert_ne!(read_to_end(&mut stream).end, Err(ErrorKind::WouldBlock));

        let server = Server::with_faults(folder.path(), "slow=100%,slow-ms=1");
        let answer = server.get("/datafeed/EURUSD/2019/01/04/BID_candles_min_1.bi5");
        assert!(answer.body == file(&folder, "/datafeed/EURUSD/2019/01/04/BID_candles_min_1.bi5"));
        assert_eq!(server.counts().faults[&FaultKind::Slow], 1);
    }

    #[test]
    fn a_fault_of_the_body_needs_one() {
        let folder = small_mirror();
        for kind in ["empty", "truncate", "short", "slow", "flip"] {
            let server = Server::with_faults(folder.path(), &format!("{kind}=100%,times=always"));
            assert_eq!(server.get("/datafeed/EURUSD/2019/01/04/14h_ticks.bi5").status(), 200);
            assert_eq!(server.get("/datafeed/EURUSD/2019/01/04/12h_ticks.bi5").status(), 404);
            assert_eq!(server.ask("HEAD", HOUR).length(), file(&folder, HOUR).len());
            assert!(server.counts().faults.is_empty(), "{kind}");
        }
    }

    #[test]
    fn the_same_paths_fail_in_the_same_way_in_any_order() {
        let folder = small_mirror();
        let faults: Faults = "503=20%,429=20%,reset=20%,seed=5".parse().unwrap();
        let paths: Vec<String> =
            (0..24).map(|hour| format!("/datafeed/EURUSD/2019/01/06/{hour:02}h_ticks.bi5")).collect();
        let expected = |path: &String| match faults.of_path(path) {
            Some(FaultKind::Unavailable) => 503,
            Some(FaultKind::Throttled) => 429,
            Some(FaultKind::Reset) => 0,
            _ => 404,
        };
        let run = |order: &mut dyn Iterator<Item = &String>| {
            let server = Server::with_faults(folder.path(), &faults.to_string());
            for path in order {
                assert_eq!(server.get(path).status(), expected(path), "{path}");
                assert_eq!(server.get(path).status(), 404, "{path}");
            }
        };
        run(&mut paths.iter());
        run(&mut paths.iter().rev());
        assert!(paths.iter().filter(|path| expected(path) != 404).count() > 5);
        assert_eq!(faults.times, FaultTimes::First(1));
    }

    #[test]
    fn another_client_sees_what_the_raw_one_sees() {
        let folder = small_mirror();
        let url = |server: &Server| format!("http://{}{HOUR}", server.address);
        let fetch = |server: &Server| {
            let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
            let fetched: std::pin::Pin<Box<dyn Future<Output = _>>> = Box::pin(async {
                let response = client.get(url(server)).send().await?;
                let status = response.status().as_u16();
                response.bytes().await.map(|body| (status, body.to_vec()))
            });
            server.runtime.block_on(fetched)
        };
        for (spec, succeeds) in
            [("reset=100%", false), ("truncate=100%", false), ("short=100%", true), ("503=100%", true)]
        {
            let server = Server::with_faults(folder.path(), spec);
            assert_eq!(fetch(&server).is_ok(), succeeds, "{spec}");
            assert!(fetch(&server).unwrap() == (200, file(&folder, HOUR)), "{spec}");
        }
    }
}

//! How the downloader decides, with sources that answer as they are told.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail and tell as tests do")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dukascopy::{
    Attempt, Downloader, Ending, FetchEvent, FetchReport, FetchRequest, FileKey, FileKind, HourOutcome, HttpOptions,
    Mirror, Pace, Reply, RetryPolicy, Route, Source, SourceError, TickSpan, encode_ticks,
};
use market::{Tick, Ticks, UnixNanos};

/// A source with its own answer for every path; without one it says 404.
#[derive(Debug)]
struct Scripted {
    name: &'static str,
    answers: BTreeMap<String, Reply>,
    otherwise: Result<Reply, SourceError>,
    asked: Mutex<Vec<String>>,
}

impl Scripted {
    fn new(name: &'static str, otherwise: Result<Reply, SourceError>) -> Self {
        Self { name, answers: BTreeMap::new(), otherwise, asked: Mutex::default() }
    }

    fn with(mut self, path: &str, answer: Reply) -> Self {
        self.answers.insert(path.to_owned(), answer);
        self
    }

    fn n_asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Source for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    fn serves(&self, _kind: FileKind) -> bool {
        true
    }

    fn get<'a>(&'a self, key: &'a FileKey) -> Attempt<'a> {
        let path = key.to_string();
        let answer = self.answers.get(&path).map_or_else(|| self.otherwise.clone(), |reply| Ok(reply.clone()));
        self.asked.lock().unwrap().push(path);
        Box::pin(std::future::ready(answer))
    }
}

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

/// A file with one tick in the middle of its first hour.
fn file(span: TickSpan, start: &str) -> Reply {
    let (start, mut ticks, mut bytes) = (at(start), Ticks::default(), Vec::new());
    let time = UnixNanos(start.0 + 1_800 * UnixNanos::PER_SECOND);
    ticks.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.0, ask_volume: 2.0 }).unwrap();
    let scale = dukascopy::instrument("EURUSD").unwrap().scale;
    encode_ticks(ticks.view(), span, start, scale, Ending::Size, &mut bytes).unwrap();
    Reply::Data(bytes)
}

fn request(from: &str, to: &str) -> FetchRequest {
    FetchRequest::new("EURUSD".parse().unwrap(), at(from)..at(to), at("2019-03-01")).unwrap()
}

fn hours(source: &Arc<Scripted>) -> Route {
    Route { source: Arc::clone(source) as _, span: TickSpan::Hour, pace: Pace::OWN_MIRROR }
}

fn days(source: &Arc<Scripted>) -> Route {
    Route { span: TickSpan::Day, ..hours(source) }
}

/// The report, the outcomes of the hours and the names of the events, from an empty cache.
fn run(request: &FetchRequest, routes: Vec<Route>) -> (FetchReport, Vec<HourOutcome>, Vec<String>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let retry = RetryPolicy { first_wait: Duration::from_millis(1), attempts: 3, ..RetryPolicy::default() };
    let downloader = Downloader::with_routes(Mirror::open(folder.path()).unwrap(), routes).with_retry(retry);
    let downloader = dukascopy::blocking::Downloader::new(downloader).unwrap();
    let (events, mut outcomes) = (Mutex::new(Vec::new()), Vec::new());
    let on_event = |event: &FetchEvent<'_>| events.lock().unwrap().push(format!("{event:?}"));
    let report = downloader.for_each_day(request, &on_event, &mut |day| {
        outcomes.extend(day.hours.iter().map(|hour| hour.outcome));
        Ok::<(), dukascopy::Error>(())
    });
    (report.unwrap(), outcomes, events.into_inner().unwrap(), folder)
}

#[test]
fn hours_that_are_not_over_are_not_asked_for_and_not_there() {
    let source = Arc::new(Scripted::new("server", Ok(Reply::NotThere)));
    let mut request = request("2019-02-04T10:00:00Z", "2019-02-04T13:00:00Z");
    request.now = at("2019-02-04T11:30:00Z");
    let (report, outcomes, ..) = run(&request, vec![hours(&source)]);
    assert_eq!(outcomes, [HourOutcome::NotThere; 3]);
    assert_eq!(source.n_asked(), 1);
    let reasons: Vec<_> = report.gaps.iter().map(|gap| (gap.hours, gap.reason.as_str())).collect();
    assert_eq!(reasons, [(1, "the source has no such file"), (2, "the hour is not over yet")]);
    assert!(report.is_complete() && report.open_hours_missing() == 3);
}

#[test]
fn without_a_file_a_closed_hour_is_closed_and_an_open_one_not_there() {
    let source = Arc::new(Scripted::new("server", Ok(Reply::NotThere)));
    // The market opens on Sunday at 22:00 in winter.
    let (report, outcomes, ..) = run(&request("2019-02-03T21:00:00Z", "2019-02-03T23:00:00Z"), vec![hours(&source)]);
    assert_eq!(outcomes, [HourOutcome::Closed, HourOutcome::NotThere]);
    assert_eq!((report.hours.closed, report.hours.not_there), (1, 1));
}

#[test]
fn a_failure_is_not_forgotten_when_the_next_source_has_no_file() {
    let broken = Arc::new(Scripted::new("broken", Err(SourceError::TimedOut)));
    let poor = Arc::new(Scripted::new("poor", Ok(Reply::NotThere)));
    let request = request("2019-02-02T10:00:00Z", "2019-02-02T11:00:00Z"); // a Saturday
    let (report, outcomes, ..) = run(&request, vec![hours(&broken), hours(&poor)]);
    assert_eq!(outcomes, [HourOutcome::Failed]);
    assert_eq!((broken.n_asked(), poor.n_asked()), (3, 1));
    assert_eq!(report.gaps[0].reason, "no complete answer within the time-out (attempt 3 of 3)");
}

#[test]
fn an_empty_open_hour_is_asked_from_the_next_source() {
    let empty = Arc::new(Scripted::new("empty", Ok(Reply::Empty)));
    let path = "EURUSD/2019/01/04/10h_ticks.bi5";
    let good = Scripted::new("good", Ok(Reply::NotThere)).with(path, file(TickSpan::Hour, "2019-02-04T10:00:00Z"));
    let good = Arc::new(good);
    let request = request("2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z");
    let (report, outcomes, events, _) = run(&request, vec![hours(&empty), hours(&good)]);
    assert_eq!((outcomes.as_slice(), report.ticks), ([HourOutcome::Data].as_slice(), 1));
    assert_eq!(report.origins[0].origin, "good (hour files)");
    let fail_over = events.iter().find(|event| event.starts_with("FailOver")).unwrap();
    assert!(fail_over.contains("from: \"empty (hour files)\", to: \"good (hour files)\""), "{fail_over}");
}

#[test]
fn an_empty_open_hour_is_believed_on_request_and_kept() {
    let source = Arc::new(Scripted::new("server", Ok(Reply::Empty)));
    let mut request = request("2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z");
    let (_, outcomes, ..) = run(&request, vec![hours(&source)]);
    assert_eq!(outcomes, [HourOutcome::Failed]);
    request.accept_empty = true;
    let (_, outcomes, _, folder) = run(&request, vec![hours(&source)]);
    assert_eq!(outcomes, [HourOutcome::Closed]);
    assert_eq!(std::fs::metadata(folder.path().join("EURUSD/2019/01/04/10h_ticks.bi5")).unwrap().len(), 0);
}

#[test]
fn a_day_file_serves_its_hours_and_those_without_ticks_are_asked_for_singly() {
    let source = Scripted::new("server", Ok(Reply::NotThere))
        .with("EURUSD/2019/01/04_ticks.bi5", file(TickSpan::Day, "2019-02-04"))
        .with("EURUSD/2019/01/04/01h_ticks.bi5", file(TickSpan::Hour, "2019-02-04T01:00:00Z"));
    let source = Arc::new(source);
    let request = request("2019-02-04", "2019-02-04T04:00:00Z");
    let (report, outcomes, ..) = run(&request, vec![days(&source), hours(&source)]);
    // The day file has only a tick in the first hour; 02:00 and 03:00 stay in doubt.
    let failed = HourOutcome::Failed;
    assert_eq!(outcomes, [HourOutcome::Data, HourOutcome::Data, failed, failed]);
    assert_eq!((report.ticks, source.n_asked()), (2, 1 + 3));
}

#[test]
fn a_source_without_day_files_is_not_asked_for_them_for_ever() {
    let mut hour_files = Scripted::new("hours", Ok(Reply::NotThere));
    for day in 4..16 {
        for hour in 0..24 {
            let path = format!("EURUSD/2019/01/{day:02}/{hour:02}h_ticks.bi5");
            let start = format!("2019-02-{day:02}T{hour:02}:00:00Z");
            hour_files = hour_files.with(&path, file(TickSpan::Hour, &start));
        }
    }
    let (no_days, hour_files) = (Arc::new(Scripted::new("days", Ok(Reply::NotThere))), Arc::new(hour_files));
    let (report, ..) = run(&request("2019-02-04", "2019-02-16"), vec![days(&no_days), hours(&hour_files)]);
    assert_eq!(report.hours.data, 12 * 24);
    assert!((3..12).contains(&no_days.n_asked()), "{} days", no_days.n_asked());
}

#[test]
fn a_source_that_refuses_this_client_is_left_alone() {
    let source = Arc::new(Scripted::new("server", Err(SourceError::Refused { status: 403 })));
    let (report, outcomes, events, _) = run(&request("2019-02-04", "2019-02-06"), vec![hours(&source)]);
    assert_eq!(outcomes, [HourOutcome::Failed; 48]);
    assert_eq!(events.iter().filter(|event| event.starts_with("SourceDown")).count(), 1);
    assert_eq!(source.n_asked(), 1);
    assert!(report.gaps.iter().any(|gap| gap.reason.contains("HTTP 403: the server refuses this client")));
}

#[test]
fn a_server_that_never_answers_is_given_up_soon() {
    let source = Arc::new(Scripted::new("server", Err(SourceError::Connection { reason: "refused".to_owned() })));
    let retry = RetryPolicy {
        first_wait: Duration::from_millis(20),
        patience: Duration::from_millis(50),
        ..RetryPolicy::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let cache = Mirror::open(folder.path()).unwrap();
    let downloader = Downloader::with_routes(cache, vec![hours(&source)]).with_retry(retry);
    let request = request("2019-02-04", "2019-02-06");
    let report = dukascopy::blocking::Downloader::new(downloader).unwrap().fetch(&request, &|_| ()).unwrap();
    assert_eq!(report.hours.failed, 48);
    assert!(source.n_asked() < 48 * 8 / 2, "{} attempts", source.n_asked());
}

#[test]
fn a_pause_that_is_too_long_ends_the_asking() {
    let wish = Some(Duration::from_hours(1));
    let source = Arc::new(Scripted::new("server", Err(SourceError::Throttled { status: 429, retry_after: wish })));
    let (report, ..) = run(&request("2019-02-04", "2019-02-05"), vec![hours(&source)]);
    assert_eq!((report.hours.failed, source.n_asked()), (24, 1));
    assert!(report.gaps.iter().any(|gap| gap.reason.contains("of 3600 s")), "{:?}", report.gaps);
}

#[test]
fn a_file_without_a_record_is_empty_and_no_proof_that_the_market_was_closed() {
    // The header of an LZMA stream of 0 bytes, and the first 5 bytes of every stream.
    let bytes = [[0x5d, 0, 0, 0x40, 0].as_slice(), &[0; 8], &[0; 5]].concat();
    let scale = dukascopy::instrument("EURUSD").unwrap().scale;
    let hour = at("2019-02-04T10:00:00Z");
    assert_eq!(dukascopy::decode_ticks(&bytes, TickSpan::Hour, hour, scale, &mut Ticks::default()).unwrap(), 0);
    let source = Arc::new(Scripted::new("server", Ok(Reply::Data(bytes))));
    let (_, outcomes, ..) = run(&request("2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z"), vec![hours(&source)]);
    assert_eq!(outcomes, [HourOutcome::Failed]);
}

#[test]
fn ticks_outside_of_the_range_are_cut_away_but_kept_in_the_cache() {
    let path = "EURUSD/2019/01/04/10h_ticks.bi5";
    let source = Scripted::new("server", Ok(Reply::NotThere)).with(path, file(TickSpan::Hour, "2019-02-04T10:00:00Z"));
    let request = request("2019-02-04T10:00:00Z", "2019-02-04T10:15:00Z");
    let (report, outcomes, _, folder) = run(&request, vec![hours(&Arc::new(source))]);
    assert_eq!((outcomes.as_slice(), report.ticks), ([HourOutcome::Data].as_slice(), 0));
    assert!(folder.path().join(path).is_file());
}

/// Answers one request with 404, and hands over its head.
fn one_request() -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let head = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = String::new();
        for line in BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok) {
            if line.is_empty() {
                break;
            }
            head.push_str(&line.to_lowercase());
            head.push('\n');
        }
        stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        head
    });
    (url, head)
}

fn fetch_an_hour(base_url: &str, http: &HttpOptions) -> FetchReport {
    let folder = tempfile::tempdir().unwrap();
    let cache = Mirror::open(folder.path()).unwrap();
    let downloader = Downloader::new(cache, &["hour".parse().unwrap()], Some(base_url), http).unwrap();
    let request = request("2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z");
    dukascopy::blocking::Downloader::new(downloader).unwrap().fetch(&request, &|_| ()).unwrap()
}

#[test]
fn requests_say_who_asks_and_carry_the_headers_that_are_set() {
    let (url, head) = one_request();
    let headers = vec![("Referer".to_owned(), "https://freeserv.dukascopy.com/".to_owned())];
    let report = fetch_an_hour(&url, &HttpOptions { headers, ..HttpOptions::default() });
    assert_eq!(report.hours.not_there, 1);
    let head = head.join().unwrap();
    assert!(head.starts_with("get /datafeed/eurusd/2019/01/04/10h_ticks.bi5 http/1.1\n"), "{head}");
    assert!(head.contains("referer: https://freeserv.dukascopy.com/\n"), "{head}");
    assert!(head.contains(concat!("user-agent: aio-dukascopy/", env!("CARGO_PKG_VERSION"), "\n")), "{head}");
}

#[test]
fn requests_go_through_the_proxy_that_is_set() {
    let (proxy, head) = one_request();
    let http = HttpOptions { proxy: Some(proxy), ..HttpOptions::default() };
    let report = fetch_an_hour("http://mirror.invalid", &http);
    assert_eq!(report.hours.not_there, 1);
    let head = head.join().unwrap();
    let asked = "get http://mirror.invalid/datafeed/eurusd/2019/01/04/10h_ticks.bi5 http/1.1\n";
    assert!(head.starts_with(asked), "{head}");
}

#[test]
fn a_body_that_only_drips_is_given_up_long_before_the_time_out() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        assert!(stream.read(&mut [0; 4_096]).unwrap() > 0);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").unwrap();
        let mut n_sent = 0;
        while stream.write_all(b"]").is_ok() && n_sent < 10_000 {
            n_sent += 1;
            std::thread::sleep(Duration::from_millis(5));
        }
        n_sent
    });
    let http = HttpOptions { stall_timeout: Duration::from_millis(500), ..HttpOptions::default() };
    let folder = tempfile::tempdir().unwrap();
    let cache = Mirror::open(folder.path()).unwrap();
    let downloader = Downloader::new(cache, &["hour".parse().unwrap()], Some(&url), &http).unwrap();
    let downloader = downloader.with_retry(RetryPolicy { attempts: 1, ..RetryPolicy::default() });
    let request = request("2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z");
    let report = dukascopy::blocking::Downloader::new(downloader).unwrap().fetch(&request, &|_| ()).unwrap();
    assert_eq!(report.gaps[0].reason, "no complete answer within the time-out (attempt 1 of 1)");
    assert!(server.join().unwrap() < 2_000);
}

#[test]
fn prices_with_a_wrong_scale_are_flagged_once() {
    let path = "EURUSD/2019/01/04/10h_ticks.bi5";
    let reply = file(TickSpan::Hour, "2019-02-04T10:00:00Z");
    let source = Arc::new(Scripted::new("server", Ok(Reply::NotThere)).with(path, reply));
    let folder = tempfile::tempdir().unwrap();
    let wrong = dukascopy::PriceScale::new(3).unwrap();
    let cache = Mirror::open(folder.path()).unwrap().with_scale("EURUSD".parse().unwrap(), wrong);
    let downloader = Downloader::with_routes(cache, vec![hours(&source)]);
    let request = request("2019-02-04T10:00:00Z", "2019-02-04T11:00:00Z");
    let report = dukascopy::blocking::Downloader::new(downloader).unwrap().fetch(&request, &|_| ()).unwrap();
    let suspect = report.scale_suspect.unwrap();
    assert!(suspect.starts_with("2019-02-04T00:00:00Z: "), "{suspect}");
}

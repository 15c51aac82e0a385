//! Runs whose ticks come over HTTP, from a server in this process: the same result as from the files, and every fail-over
//! by name.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use dukascopy::{Mirror, MirrorServer, ServeOptions, ServeStats};
use experiment::{ConfigLayers, Error, Outcome, Progress, RunOptions, RunPlan, load_config, run};
use market::synthetic::{SyntheticConfig, generate};
use market::{PriceSide, Ticks, TicksView, Timeframe, aggregate};

const DAYS: [(&str, &str); 2] = [("data.from", "2024-01-08"), ("data.to", "2024-01-13")];

/// Five days of ticks, until the market closes on Friday at 22:00.
fn ticks() -> Ticks {
    let config = SyntheticConfig { ticks_per_hour: 240.0, ..SyntheticConfig::eurusd("2024-01-08".parse().unwrap(), 5) };
    generate(&config, 3).unwrap()
}

fn write_mirror(root: &Path, ticks: TicksView<'_>) {
    Mirror::create(root).unwrap().write_ticks(&"EURUSD".parse().unwrap(), ticks).unwrap();
}

/// Serves the folder until the test ends; its address, and what it is asked.
fn serve(root: &Path) -> (String, ServeStats) {
    let mirror = Mirror::open(root).unwrap();
    let options = ServeOptions { record_paths: true, ..ServeOptions::default() };
    let server = MirrorServer::bind(([127, 0, 0, 1], 0).into(), mirror, options).unwrap();
    let (url, stats) = (format!("http://{}", server.local_addr()), server.stats());
    thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(server.run(std::future::pending())).unwrap();
    });
    (url, stats)
}

/// A server that refuses everybody.
fn refuse() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    url
}

struct Ran {
    result: Result<Outcome, Error>,
    /// Everything that was told, a line each.
    log: Vec<String>,
}

impl Ran {
    fn has(&self, words: &[&str]) -> bool {
        self.log.iter().any(|line| words.iter().all(|word| line.contains(word)))
    }
}

fn start(settings: &[(&str, &str)], out: &Path) -> Ran {
    let small = [("search.parameter_sets", "70"), ("search.folds", "2")];
    let pairs = small.iter().chain(settings);
    let overrides = pairs.map(|(k, v)| ((*k).to_owned(), v.split(',').map(str::to_owned).collect())).collect();
    let config = load_config(&ConfigLayers { overrides, ..ConfigLayers::default() }).unwrap();
    let now = "2026-11-22".parse().unwrap();
    let plan = RunPlan::resolve(&config, Path::new("/"), now).unwrap();
    let (out, results) = (Some(out.to_owned()), PathBuf::from("unused"));
    let options = RunOptions { out, results, threads: Some(2), memory_bytes: Some(4 << 30), now };
    let log = Mutex::new(Vec::new());
    let result = run(&plan, &options, &|progress| match progress {
        Progress::Doing { text, .. } | Progress::Note { text, .. } => log.lock().unwrap().push(text),
        _ => {}
    });
    Ran { result, log: log.into_inner().unwrap() }
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [DAYS.as_slice(), more].concat()
}

#[test]
fn a_download_gives_what_the_mirror_gives_and_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let (root, cache) = (folder.path().join("served"), folder.path().join("cache/ticks"));
    write_mirror(&root, ticks().view());
    for closed in ["22h_ticks.bi5", "23h_ticks.bi5"] {
        fs::write(root.join("EURUSD/2024/00/12").join(closed), "").unwrap();
    }
    let (url, stats) = serve(&root);
    let (root, cache_text) = (root.to_str().unwrap(), cache.to_str().unwrap());
    let from_mirror = start(&with(&[("data.mirror", root)]), &folder.path().join("m")).result.unwrap();
    let settings = with(&[("data.base_url", &url), ("data.cache", cache_text)]);
    let ran = start(&settings, &folder.path().join("d"));
    assert!(ran.has(&["downloading EURUSD from 2024-01-08T00:00:00Z to 2024-01-13T00:00:00Z", &url]), "{:?}", ran.log);
    assert!(ran.has(&["(day files) fails over to", "(hour files)"]), "{:?}", ran.log);
    let report = ran.result.unwrap().report;
    assert_eq!(report.top, from_mirror.report.top);
    assert_eq!(report.data.n_ticks, Some(ticks().len()));
    assert!(report.data.source.starts_with("download from day@http://127.0.0.1:"), "{}", report.data.source);

    let n_requests = stats.counts().requests;
    let again = start(&settings, &folder.path().join("again")).result.unwrap();
    assert_eq!(stats.counts().requests, n_requests, "the cache has it all");
    assert_eq!(again.report, report);
    let manifest = fs::read_to_string(folder.path().join("d/manifest.json")).unwrap();
    assert!(manifest.contains("cache/ticks/EURUSD/2024/00/08/00h_ticks.bi5"), "{manifest}");
    for name in ["report.html", "manifest.json", "trades.csv"] {
        let read = |out: &str| fs::read(folder.path().join(out).join(name)).unwrap();
        assert!(read("d") == read("again"), "{name} differs");
    }
}

#[test]
fn a_source_that_refuses_is_passed_over_by_name() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(folder.path(), ticks().view());
    let ((url, _), refusing) = (serve(folder.path()), refuse());
    let sources = format!("hour@{refusing},hour@{url}");
    let cache = folder.path().join("cache");
    let settings = with(&[("data.sources", &sources), ("data.cache", cache.to_str().unwrap())]);
    let ran = start(&settings, &folder.path().join("out"));
    let (refusing, serving) = (&refusing[7..], &url[7..]);
    assert!(ran.has(&[refusing, "fails over to", serving, "HTTP 403"]), "{:?}", ran.log);
    assert!(ran.has(&[refusing, "is not asked any more", "HTTP 403"]), "{:?}", ran.log);
    assert_eq!(ran.result.unwrap().report.data.n_ticks, Some(ticks().len()));
}

#[test]
fn failed_hours_end_the_run_and_are_named_in_a_file_until_they_are_there() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(&folder.path().join("served"), ticks().view());
    let cache = folder.path().join("cache");
    let (cache_text, refusing) = (cache.to_str().unwrap(), refuse());
    // Half of it is there.
    let ticks = ticks();
    let half = ticks.view().time.partition_point(|&time| time < "2024-01-10T12:00:00Z".parse().unwrap());
    write_mirror(&cache, ticks.view().slice(0..half));

    let dead = with(&[("data.base_url", &refusing), ("data.cache", cache_text)]);
    let error = start(&dead, &folder.path().join("out")).result.unwrap_err();
    let Error::Gaps { hours, gap_report, .. } = &error else { panic!("{error}") };
    assert_eq!((*hours, gap_report), (58, &cache.join("EURUSD.gaps.json")));
    assert!(error.to_string().contains("--allow-gaps"), "{error}");
    let gaps: serde_json::Value = serde_json::from_slice(&fs::read(gap_report).unwrap()).unwrap();
    // Two more failed, in which the market was closed.
    assert_eq!(
        (&gaps["hours"]["failed"], &gaps["gaps"][0]["from"]),
        (&60.into(), &"2024-01-10T12:00:00Z".into()),
        "{gaps:#}"
    );
    assert!(!folder.path().join("out").exists());

    let allowed = [dead.as_slice(), &[("data.allow_gaps", "true")]].concat();
    let report = start(&allowed, &folder.path().join("gaps")).result.unwrap().report;
    assert_eq!(report.data.n_ticks, Some(half));
    let warning = "58 hours in which the market was open could not be downloaded and are missing.";
    assert!(report.warnings.iter().any(|found| found.text == warning), "{:?}", report.warnings);

    let url = serve(&folder.path().join("served")).0;
    start(&with(&[("data.base_url", &url), ("data.cache", cache_text)]), &folder.path().join("out")).result.unwrap();
    assert!(!gap_report.exists());
}

#[test]
fn mirror_then_download_then_bars_and_each_fail_over_is_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let (mirror, cache) = (folder.path().join("mirror"), folder.path().join("cache"));
    let ticks = ticks();
    write_mirror(&mirror, ticks.view().slice(0..ticks.len() / 2));
    let bars = folder.path().join("bars.csv");
    market_files::write_bars(&bars, aggregate(ticks.view(), Timeframe::M1).view(PriceSide::Mid)).unwrap();
    let refusing = refuse();
    let files = with(&[("data.mirror", mirror.to_str().unwrap()), ("data.bars", bars.to_str().unwrap())]);
    let download = [("data.base_url", refusing.as_str()), ("data.cache", cache.to_str().unwrap())];
    let ran = start(&[files.as_slice(), &download].concat(), &folder.path().join("out"));
    assert!(ran.has(&["source passed over", "mirror lacks", "open hours"]), "{:?}", ran.log);
    assert!(ran.has(&["source passed over: the download of EURUSD failed", "EURUSD.gaps.json"]), "{:?}", ran.log);
    let report = ran.result.unwrap().report;
    assert!(report.data.source.starts_with("bar file"), "{}", report.data.source);
    for part in ["mirror lacks", "the download of EURUSD failed"] {
        assert!(report.data.summary.contains(part), "{}", report.data.summary);
        assert!(report.warnings.iter().any(|warning| warning.text.contains(part)), "{:?}", report.warnings);
    }

    write_mirror(&mirror, ticks.view());
    let whole = start(&[files.as_slice(), &download].concat(), &folder.path().join("whole"));
    assert!(whole.result.unwrap().report.data.source.starts_with("bi5 mirror"), "{:?}", whole.log);
}

#[test]
fn genuine_hours_over_http_give_the_top_list_of_the_folder() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/oanda-mirror"));
    if !shared.is_dir() {
        println!("skipped: shared data folder is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let days = [("data.from", "2014-05-01"), ("data.to", "2014-05-15")];
    let url = serve(shared).0;
    let download = [&days[..], &[("data.base_url", &url), ("data.cache", cache.to_str().unwrap())]].concat();
    let mirror = [&days[..], &[("data.mirror", shared.to_str().unwrap())]].concat();
    let downloaded = start(&download, &folder.path().join("d")).result.unwrap().report;
    let read = start(&mirror, &folder.path().join("m")).result.unwrap().report;
    assert_eq!(downloaded.top, read.top);
    assert_eq!((downloaded.data.n_ticks, downloaded.verdict), (read.data.n_ticks, read.verdict));
}

//! The genuine month of GBPJPY through a server that fails in every way a server can, over real HTTP.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "the helpers of tests fail and tell as tests do")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use dukascopy::{
    Downloader, FaultKind, Faults, FetchReport, FetchRequest, HourOutcome, HttpOptions, Mirror, MirrorServer, Pace,
    RetryPolicy, ServeCounts, ServeOptions, SourceSpec, default_sources,
};
use market::Ticks;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dukascopy");
const N_TICKS: u64 = 1_298_479;
const N_HOURS: u64 = 744;

/// The genuine files; `None`, said aloud, where they are missing.
fn genuine() -> Option<Mirror> {
    if !Path::new(SHARED).join("GBPJPY").is_dir() {
        println!("skipped: shared data folder is not there");
        return None;
    }
    Some(Mirror::open(SHARED).unwrap())
}

fn month() -> FetchRequest {
    let range = "2012-12-01".parse().unwrap().."2013-01-01".parse().unwrap();
    FetchRequest::new("GBPJPY".parse().unwrap(), range, "2019-01-01".parse().unwrap()).unwrap()
}

const KINDS: [FaultKind; 8] = [
    FaultKind::Unavailable,
    FaultKind::Throttled,
    FaultKind::Challenge,
    FaultKind::Empty,
    FaultKind::Truncated,
    FaultKind::Shortened,
    FaultKind::Slow,
    FaultKind::Reset,
];

/// Faults with the first seed by which every kind hits a file with ticks.
fn faults_of_every_kind(mirror: &Mirror) -> Faults {
    let mut keys = mirror.files(&"GBPJPY".parse().unwrap()).unwrap();
    keys.retain(|key| std::fs::metadata(mirror.path(key)).unwrap().len() > 0);
    let mut faults: Faults =
        "503=10%,429=0.5%,202=0.5%,empty=2%,truncate=0.5%,short=0.5%,slow=0.5%,reset=1%".parse().unwrap();
    loop {
        let hit = |kind| keys.iter().any(|key| faults.of_path(&format!("/datafeed/{key}")) == Some(kind));
        if KINDS.into_iter().all(hit) {
            return faults;
        }
        faults.seed += 1;
    }
}

/// Serves `mirror` with `faults` and fetches `request` from it into `folder`.
async fn fetch(
    mirror: &Mirror,
    faults: &str,
    request: &FetchRequest,
    folder: &Path,
    sources: &[SourceSpec],
) -> (FetchReport, Ticks, ServeCounts) {
    let options = ServeOptions { faults: faults.parse().unwrap(), record_paths: true, ..ServeOptions::default() };
    let server = MirrorServer::bind(([127, 0, 0, 1], 0).into(), mirror.clone(), options).unwrap();
    let (url, stats) = (format!("http://{}", server.local_addr()), server.stats());
    let running = tokio::spawn(server.run(std::future::pending()));
    let http = HttpOptions { timeout: Duration::from_secs(2), ..HttpOptions::default() };
    let retry = RetryPolicy { first_wait: Duration::from_millis(20), attempts: 5, ..RetryPolicy::default() };
    let pace = Pace { first_pause: Duration::from_millis(20), ..Pace::OWN_MIRROR };
    let cache = Mirror::create(folder).unwrap();
    let downloader = Downloader::new(cache, sources, Some(&url), &http).unwrap().with_retry(retry).with_pace(pace);
    let mut ticks = Ticks::default();
    let mut on_day = |day: dukascopy::FetchedDay| {
        day.hours.iter().for_each(|hour| ticks.extend_from_view(hour.ticks.view()).unwrap());
        Ok::<(), dukascopy::Error>(())
    };
    let report = downloader.for_each_day(request, &|_| (), &mut on_day).await.unwrap();
    running.abort();
    (report, ticks, stats.counts())
}

fn hour_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mirror = Mirror::open(folder).unwrap();
    let keys = mirror.files(&"GBPJPY".parse().unwrap()).unwrap();
    keys.iter().map(|key| (key.to_string().into(), std::fs::read(mirror.path(key)).unwrap())).collect()
}

#[tokio::test]
async fn the_month_arrives_complete_through_all_faults_and_equals_the_clean_run() {
    let Some(mirror) = genuine() else { return };
    let (clean, faulty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (report, clean_ticks, _) = fetch(&mirror, "none", &month(), clean.path(), &default_sources()).await;
    assert_eq!((report.ticks, report.hours.data, report.hours.closed), (N_TICKS, 492, 252));

    let faults = faults_of_every_kind(&mirror).to_string();
    let (report, ticks, counts) = fetch(&mirror, &faults, &month(), faulty.path(), &default_sources()).await;
    let shown: Vec<FaultKind> = counts.faults.keys().copied().collect();
    assert_eq!(shown, KINDS);
    assert!(report.is_complete() && report.gaps.is_empty(), "{:?}", report.gaps);
    assert_eq!(report.ticks, N_TICKS);
    assert_eq!(ticks, clean_ticks);
    assert_eq!(hour_files(faulty.path()), hour_files(clean.path()));
    assert_eq!(hour_files(faulty.path()), hour_files(Path::new(SHARED)));
}

#[tokio::test]
async fn a_second_run_asks_for_nothing_and_a_third_only_for_what_was_removed() {
    let Some(mirror) = genuine() else { return };
    let folder = tempfile::tempdir().unwrap();
    let hours = ["hour".parse().unwrap()];
    let (_, _, counts) = fetch(&mirror, "none", &month(), folder.path(), &hours).await;
    assert_eq!(counts.requests, N_HOURS);
    let (report, _, counts) = fetch(&mirror, "none", &month(), folder.path(), &hours).await;
    assert_eq!((report.ticks, counts.requests), (N_TICKS, 0));

    let removed = "GBPJPY/2012/11/05/13h_ticks.bi5";
    std::fs::remove_file(folder.path().join(removed)).unwrap();
    let damaged = "GBPJPY/2012/11/06/13h_ticks.bi5";
    std::fs::write(folder.path().join(damaged), b"no bi5 file at all").unwrap();
    let (report, _, counts) = fetch(&mirror, "none", &month(), folder.path(), &hours).await;
    assert_eq!(report.ticks, N_TICKS);
    let asked: Vec<_> = counts.paths.keys().map(|path| path.trim_start_matches("/datafeed/").to_owned()).collect();
    assert_eq!(asked, [removed, damaged]);
}

#[tokio::test]
async fn hours_that_stay_empty_or_fail_are_failed_hours_and_no_closed_ones() {
    let Some(mirror) = genuine() else { return };
    for (faults, reason) in [
        ("empty=100%,times=always", "empty while the market is open"),
        ("503=100%,times=always", "HTTP 503: the server asks for a pause"),
        ("truncate=100%,times=always", "(attempt 5 of 5)"),
        ("short=100%,times=always", "damaged answer: the stream breaks off"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut request = month();
        request.range = "2012-12-05T10:00:00Z".parse().unwrap().."2012-12-05T13:00:00Z".parse().unwrap();
        let hours = ["hour".parse().unwrap()];
        let (report, ticks, _) = fetch(&mirror, faults, &request, folder.path(), &hours).await;
        assert_eq!((report.hours.failed, report.hours.data, report.hours.closed), (3, 0, 0), "{faults}");
        assert!(!report.is_complete() && ticks.is_empty());
        assert_eq!(report.gaps.iter().map(|gap| gap.hours).sum::<u64>(), 3);
        let gap = &report.gaps[0];
        assert!(gap.outcome == HourOutcome::Failed && gap.is_open == Some(true), "{gap:?}");
        assert!(gap.reason.contains(reason), "{gap:?}");
        assert!(Mirror::open(folder.path()).unwrap().symbols().unwrap().is_empty(), "nothing may be kept of it");
    }
}

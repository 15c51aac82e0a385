//! A run whose ticks come over HTTP, as a user starts it.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use dukascopy::{Mirror, MirrorServer, ServeOptions};

/// Serves the folder until the test ends.
fn serve(root: &Path) -> String {
    let mirror = Mirror::open(root).unwrap();
    let server = MirrorServer::bind(([127, 0, 0, 1], 0).into(), mirror, ServeOptions::default()).unwrap();
    let url = format!("http://{}", server.local_addr());
    thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(server.run(std::future::pending())).unwrap();
    });
    url
}

/// A small run in `folder`, whose results go to `out` there.
fn run(folder: &Path, out: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aio"));
    command.env_remove("RUST_LOG").current_dir(folder).args(["run-experiment", "--parameter-sets", "70"]);
    command.args(["--instrument", "EURUSD", "--out", out]).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// What a run printed, without the last line, which names its folder.
fn table(output: &Output) -> Vec<&str> {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).lines().filter(|line| !line.starts_with("report: ")).collect()
}

#[test]
fn a_download_prints_the_table_of_the_mirror_and_names_each_fail_over() {
    let mirror = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/oanda-mirror"));
    if !mirror.is_dir() {
        println!("skipped: shared data folder is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let url = serve(mirror);
    let range = ["--from", "2014-05-01", "--to", "2014-05-15"];
    let read = run(folder.path(), "m", &[&range[..], &["--mirror", mirror.to_str().unwrap()]].concat());
    let downloaded = run(folder.path(), "d", &[&range[..], &["--base-url", &url]].concat());
    assert_eq!(table(&downloaded), table(&read));
    let log = text(&downloaded.stderr);
    for words in ["downloading EURUSD from 2014-05-01T00:00:00Z", "(day files) fails over to", "240 hours with ticks"] {
        assert!(log.contains(words), "{words}: {log}");
    }
    assert!(folder.path().join("data/dukascopy/EURUSD/2014/04/01/00h_ticks.bi5").is_file());

    // Half of the range again, stated by its length, from the cache alone.
    let cached = ["--to", "2014-05-09", "--days", "7", "--sources", "folder:nothing", "--format", "json"];
    std::fs::create_dir(folder.path().join("nothing")).unwrap();
    let output = run(folder.path(), "c", &cached);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let events: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let doing = events.iter().find(|event| event["event"] == "doing").unwrap();
    assert!(doing["text"].as_str().unwrap().contains("from 2014-05-02T00:00:00Z to 2014-05-09"), "{doing}");
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

#[test]
fn a_range_that_cannot_be_had_ends_with_status_2_and_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("nothing")).unwrap();
    let refusing = refuse();
    let cases: [(&[&str], &[&str]); 3] = [
        (
            &["--base-url", &refusing],
            &["48 hours of EURUSD could not be downloaded", "EURUSD.gaps.json", "--allow-gaps"],
        ),
        (&["--sources", "folder:nothing"], &["no data for EURUSD", "data/dukascopy"]),
        (&["--base-url", "nowhere"], &["downloading EURUSD", "nowhere"]),
    ];
    for (arguments, words) in cases {
        let range = ["--to", "2014-05-09", "--days", "2"];
        let output = run(folder.path(), "out", &[&range[..], arguments].concat());
        let error = text(&output.stderr).lines().last().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(words.iter().all(|word| error.contains(word)), "{arguments:?}: {error}");
        assert!(!folder.path().join("out").exists(), "{arguments:?}");
    }
}

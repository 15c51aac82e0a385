//! What bi5 files cost on top of their decompression: the same files through liblzma alone, to ticks and all the way to
//! minute bars. Ticks are to stay below 1.25 times liblzma alone, minute bars below 1.35 times.
//!
//! Measured on a month of GBPJPY, 744 files with 1.3 million ticks, from memory. Like liblzma alone, which has one
//! buffer for all files, `ticks` and `minute_bars` have one decoder and one set of columns; `ticks_of_month` keeps all
//! ticks of the month in columns that grow from nothing. Skipped without the data.
#![expect(clippy::print_stderr, reason = "a skipped measurement is said")]

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dukascopy::{Decoder, FileKey, FileKind, FileState, Mirror, PriceScale, TickSpan, instrument};
use liblzma::stream::{Action, Status, Stream};
use market::{Aggregator, Ticks, Timeframe};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dukascopy");
const N_TICKS: usize = 1_298_479;

fn files() -> Option<Vec<(FileKey, Vec<u8>)>> {
    if !Path::new(DATA).is_dir() {
        return None;
    }
    let mirror = Mirror::open(DATA).ok()?;
    let mut files = Vec::new();
    for key in mirror.files(&"GBPJPY".parse().ok()?).ok()? {
        let mut bytes = Vec::new();
        let state = mirror.read_file(&key, &mut bytes).ok()?;
        assert_ne!(state, FileState::Missing);
        assert_eq!(key.kind(), FileKind::Ticks(TickSpan::Hour));
        files.push((key, bytes));
    }
    Some(files)
}

fn decompress_alone(bytes: &[u8], content: &mut Vec<u8>) {
    content.clear();
    let mut stream = Stream::new_lzma_decoder(u64::MAX).expect("a decoder can be made");
    let status = stream.process_vec(bytes, content, Action::Finish).expect("the files are good");
    assert_eq!(status, Status::StreamEnd);
}

/// Decodes file after file into the same columns; `each` gets them and says whether they are kept for the next file.
fn decode(files: &[(FileKey, Vec<u8>)], scale: PriceScale, ticks: &mut Ticks, mut each: impl FnMut(&mut Ticks)) {
    let mut decoder = Decoder::new();
    for (key, bytes) in files {
        decoder.decode_ticks(bytes, TickSpan::Hour, key.start(), scale, ticks).expect("the files are good");
        each(ticks);
    }
}

fn month(c: &mut Criterion) {
    let Some(files) = files() else {
        eprintln!("skipped: shared data folder is not there");
        return;
    };
    let scale = instrument("GBPJPY").expect("the table has it").scale;
    let mut group = c.benchmark_group("dukascopy/month_of_hours");
    group.sample_size(20).measurement_time(Duration::from_secs(10)).throughput(Throughput::Elements(N_TICKS as u64));
    group.bench_function("liblzma_alone", |b| {
        let mut content = Vec::with_capacity(1 << 20);
        b.iter(|| {
            for (_, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
                decompress_alone(bytes, &mut content);
                black_box(content.len());
            }
        });
    });
    group.bench_function("ticks", |b| {
        let mut ticks = Ticks::default();
        b.iter(|| {
            let mut n_ticks = 0;
            decode(&files, scale, &mut ticks, |ticks| {
                n_ticks += black_box(ticks.view()).len();
                ticks.clear();
            });
            assert_eq!(n_ticks, N_TICKS);
        });
    });
    group.bench_function("ticks_of_month", |b| {
        b.iter(|| {
            let mut ticks = Ticks::default();
            decode(&files, scale, &mut ticks, |_| ());
            assert_eq!(black_box(ticks).len(), N_TICKS);
        });
    });
    group.bench_function("minute_bars", |b| {
        let mut ticks = Ticks::default();
        b.iter(|| {
            let mut aggregator = Aggregator::new(Timeframe::M1);
            decode(&files, scale, &mut ticks, |ticks| {
                for tick in ticks.view().iter() {
                    black_box(aggregator.push(tick).expect("the ticks are in order"));
                }
                ticks.clear();
            });
            black_box(aggregator.finish());
        });
    });
    group.finish();
}

criterion_group!(benches, month);
criterion_main!(benches);

//! What bi5 files cost on top of their decompression: the same files through liblzma alone, and all the way to minute
//! bars. The second is to stay below 1.5 times the first.
//!
//! Measured on a month of GBPJPY, 744 files with 1.3 million ticks, from memory. Skipped without the data.
#![expect(clippy::print_stderr, reason = "a skipped measurement is said")]

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dukascopy::{FileKey, FileKind, FileState, Mirror, TickSpan, decode_ticks, instrument};
use liblzma::stream::{Action, Status, Stream};
use market::{Ticks, Timeframe, aggregate};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dukascopy");

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

fn month(c: &mut Criterion) {
    let Some(files) = files() else {
        eprintln!("skipped: shared data folder is not there");
        return;
    };
    let scale = instrument("GBPJPY").expect("the table has it").scale;
    let mut group = c.benchmark_group("dukascopy/month_of_hours");
    group.sample_size(20).measurement_time(Duration::from_secs(10)).throughput(Throughput::Elements(1_298_479));
    group.bench_function("liblzma_alone", |b| {
        let mut content = Vec::with_capacity(1 << 20);
        b.iter(|| {
            for (_, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
                decompress_alone(bytes, &mut content);
                black_box(content.len());
            }
        });
    });
    group.bench_function("ticks", |b| b.iter(|| black_box(ticks_of(&files, scale).len())));
    group.bench_function("minute_bars", |b| {
        b.iter(|| black_box(aggregate(ticks_of(&files, scale).view(), Timeframe::M1).len()));
    });
    group.finish();
}

fn ticks_of(files: &[(FileKey, Vec<u8>)], scale: dukascopy::PriceScale) -> Ticks {
    let mut ticks = Ticks::default();
    for (key, bytes) in files {
        assert_eq!(key.kind(), FileKind::Ticks(TickSpan::Hour));
        decode_ticks(bytes, TickSpan::Hour, key.start(), scale, &mut ticks).expect("the files are good");
    }
    ticks
}

criterion_group!(benches, month);
criterion_main!(benches);

//! What a whole small run costs, from making the sample to writing the report: the part that does not shrink when the
//! search does.

use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use experiment::{ConfigLayers, RunOptions, RunPlan, load_config, run};
use market::UnixNanos;

fn small_run(c: &mut Criterion) {
    let settings = [("data.sample", "true"), ("search.parameter_sets", "70"), ("search.folds", "2")];
    let overrides = settings.map(|(key, value)| (key.to_owned(), vec![value.to_owned()])).to_vec();
    let config = load_config(&ConfigLayers { overrides, ..ConfigLayers::default() }).expect("the settings are valid");
    let now = UnixNanos(0); // only a download asks what time it is
    let plan = RunPlan::resolve(&config, Path::new("/"), now).expect("the settings are valid");
    let mut group = c.benchmark_group("experiment");
    group.sample_size(10);
    group.bench_function("small_run", |b| {
        b.iter(|| {
            let folder = tempfile::tempdir().expect("a temporary folder can be made");
            let options = RunOptions {
                out: Some(folder.path().to_owned()),
                results: PathBuf::from("unused"),
                threads: None,
                memory_bytes: None,
                now,
            };
            run(&plan, &options, &|_| {}).expect("the sample runs")
        });
    });
    group.finish();
}

criterion_group!(benches, small_run);
criterion_main!(benches);

//! The honesty experiment: how often the whole search claims an edge where there is none, and where one of known strength
//! was planted; beside it what peers' default practice claims. Writes the tables to `docs/honesty/` and the plot.
//!
//! `cargo bench -p aio-optimizer --bench honesty`, or with `-- noise`, `-- level`, `-- reversion`, `-- trend`, `-- session` and
//! `-- plot` in parts; `markets=N` sets the markets of each point of a power curve.
#![expect(clippy::print_stdout, reason = "a bench shows its result")]

mod experiment;
#[path = "../../tests/laboratory/mod.rs"]
#[expect(dead_code, reason = "the test needs what the bench does not")]
mod laboratory;
mod plot;

use std::fs;
use std::path::{Path, PathBuf};

use experiment::{Row, level_rows, noise_rows, power_rows};
use laboratory::edge::Edge;

/// Markets of each point of a power curve, unless the command says otherwise.
const POWER_MARKETS: usize = 40;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let markets = words.iter().find_map(|word| word.strip_prefix("markets=")).and_then(|n| n.parse().ok());
    let parts: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.contains('=')).collect();
    let wants = |part: &str| parts.is_empty() || parts.contains(&part);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/honesty");
    fs::create_dir_all(&folder).expect("a folder to write to");
    if wants("noise") {
        write(&folder.join("noise.csv"), &noise_rows());
    }
    if wants("level") {
        write(&folder.join("level.csv"), &level_rows());
    }
    for edge in Edge::ALL {
        if wants(edge.file_stem()) {
            write(&table(&folder, edge), &power_rows(edge, markets.unwrap_or(POWER_MARKETS)));
        }
    }
    if wants("plot") {
        let without = read(&folder.join("noise.csv")).remove(0);
        let measured = Edge::ALL.into_iter().filter(|edge| table(&folder, *edge).exists());
        let panels: Vec<_> = measured.map(|edge| (edge.name(), read(&table(&folder, edge)))).collect();
        let path = folder.join("power.svg");
        fs::write(&path, plot::svg(&without, &panels)).expect("a file to write to");
    }
}

fn table(folder: &Path, edge: Edge) -> PathBuf {
    folder.join(format!("power-{}.csv", edge.file_stem()))
}

fn write(path: &Path, rows: &[Row]) {
    let lines: Vec<String> = std::iter::once(Row::header()).chain(rows.iter().map(Row::to_string)).collect();
    let text = lines.join("\n") + "\n";
    print!("{text}");
    fs::write(path, text).expect("a file to write to");
}

fn read(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("a table that a part of this bench wrote");
    text.lines().skip(1).map(|line| line.parse().expect("a row")).collect()
}

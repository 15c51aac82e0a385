//! Prints `docs/exactness.md`: how many doubles are those of the reference, function by function. What is compared, and
//! how, is the code of the tests.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints a document, and what is not exact")]
#![expect(clippy::unwrap_used, reason = "the tests' code, which fails where it cannot go on")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers, in the tests' code")]
use std::collections::BTreeMap;
use std::process::ExitCode;

#[expect(dead_code, reason = "parts that only the tests need")]
#[path = "../tests/it/data.rs"]
mod data;
#[path = "../tests/it/double.rs"]
mod double;
#[expect(dead_code, unused_imports, reason = "parts that only the tests need")]
#[path = "../tests/it/fast.rs"]
mod fast;
#[expect(dead_code, unused_imports, reason = "parts that only the tests need")]
#[path = "../tests/it/patterns.rs"]
mod patterns;
#[path = "../tests/it/patterns_golden.rs"]
mod patterns_golden;
#[expect(dead_code, clippy::enum_glob_use, reason = "as a test may")]
#[path = "../tests/it/shapes.rs"]
mod shapes;
#[path = "../tests/it/talib.rs"]
mod talib;
#[expect(unused_imports, reason = "parts that only the tests need")]
#[path = "../tests/it/tradingview.rs"]
mod tradingview;
#[expect(dead_code, reason = "parts that only the tests need")]
#[path = "../tests/it/tradingview_golden.rs"]
mod tradingview_golden;

const HEAD: &str = "\
# Exactness of the indicators

    cargo run -p aio-indicators --example exactness > docs/exactness.md

The comparisons are those of the tests in `crates/indicators/tests/it`: the same histories, parameters and code. Doubles
are the same if all of their bits are; where one side has no value, the other has none either, and such bars are counted
only where it says so.
";

/// 1 if anything differs.
fn main() -> ExitCode {
    print!("{HEAD}");
    let mut failures = talib_functions();
    failures.extend(candlestick_patterns());
    failures.extend(tradingview_exports());
    failures.extend(pine_golden());
    fast_errors();
    for failure in &failures {
        eprintln!("{failure}");
    }
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whole percents only where nothing is missing: 99.999 % does not become 100 %.
fn percent(part: usize, whole: usize) -> String {
    let hundredths = 10_000 * part / whole.max(1);
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

fn talib_functions() -> Vec<String> {
    println!("\n## Profile `Talib`, beside the crate `ta-lib` 0.8.3\n");
    println!(
        "Each function with its defaults and with others, on histories that stand still, tie and walk in steps from"
    );
    println!("1e-8 to 1e4.\n");
    println!("| function | ours | sets of parameters | doubles | identical | |\n|---|---|---|---|---|---|");
    let (mut functions, mut doubles, mut identical, mut failures) = (0, 0, 0, Vec::new());
    for kind in talib::kinds() {
        let tally = talib::compare(kind);
        let percent = percent(tally.identical, tally.doubles);
        let name = kind.info().talib.unwrap_or_default();
        println!("| {name} | `{kind}` | {} | {} | {} | {percent} |", tally.specs, tally.doubles, tally.identical);
        functions += 1;
        doubles += tally.doubles;
        identical += tally.identical;
        failures.extend(tally.failures);
    }
    println!("| **{functions} functions** | | | {doubles} | {identical} | {} |", percent(identical, doubles));
    failures
}

fn candlestick_patterns() -> Option<String> {
    println!("\n## The 61 candlestick patterns, beside TA-Lib\n");
    println!("Bars on which a pattern is found, and on which both say the same: on formations made for each pattern,");
    println!("beside the crate `ta-lib` 0.8.3; and on the prices of five histories, beside the C library 0.8.1.\n");
    let library = patterns_golden::compare();
    if library.is_none() {
        println!("skipped: the results of the C library, because the shared data folder is not there\n");
    }
    println!("| pattern | bullish | bearish | bars | agreeing | C library finds | bars | agreeing |");
    println!("|---|---|---|---|---|---|---|---|");
    let mut agreeing = 0;
    for (place, found) in patterns::all_on_formations().iter().enumerate() {
        let (name, n_bars) = (found.pattern.name(), found.values.len());
        let golden = library.map_or_else(
            || " | | ".to_owned(),
            |library| {
                let of = library[place];
                format!("{} | {} | {}", of.fires, of.bars, of.agreeing)
            },
        );
        println!("| `{name}` | {} | {} | {n_bars} | {} | {golden} |", found.bullish, found.bearish, found.agreeing);
        let agrees = library.is_none_or(|library| library[place].agreeing == library[place].bars);
        agreeing += usize::from(agrees && found.agreeing == n_bars && found.bullish + found.bearish > 0);
    }
    println!("\n{agreeing} of 61 patterns fire and agree on all bars.");
    (agreeing < 61).then(|| format!("{} patterns do not fire or do not agree", 61 - agreeing))
}

fn tradingview_exports() -> Vec<String> {
    println!("\n## Profile `TradingView`, beside TradingView's exports\n");
    let Some(all) = tradingview::compare_exports() else { return Vec::new() };
    println!("Columns of `ta.*` that charts have exported. Bars on which both have na are the same.\n");
    println!("| column | bars | with a value | identical | |\n|---|---|---|---|---|");
    let (mut bars, mut values, mut identical) = (0, 0, 0);
    for one in &all {
        let column = one.column.replace("&quot;", "\"");
        let percent = percent(one.identical, one.bars);
        println!("| `{column}` | {} | {} | {} | {percent} |", one.bars, one.values, one.identical);
        bars += one.bars;
        values += one.values;
        identical += one.identical;
    }
    println!("| **{} columns** | {bars} | {values} | {identical} | {} |", all.len(), percent(identical, bars));
    all.into_iter().filter_map(|one| one.failure).collect()
}

fn pine_golden() -> Vec<String> {
    println!("\n## Profile `TradingView`, beside PyneCore\n");
    println!(
        "Columns and bars with na here and there, with infinities, and long histories with spikes, of which digests"
    );
    println!("of 500 doubles are compared. na is counted.\n");
    let mut by_name: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let all = [
        tradingview_golden::compare_columns(),
        tradingview_golden::compare_bars(),
        tradingview_golden::compare_infinities(),
        tradingview_golden::compare_long(),
    ]
    .concat();
    for one in all.iter().filter(|one| one.spec != "input") {
        let name = one.spec.split('(').next().unwrap_or_default().to_owned();
        let [outputs, doubles, identical] = by_name.entry(name).or_default();
        *outputs += 1;
        *doubles += one.doubles;
        *identical += one.identical;
    }
    println!("| indicator | outputs | doubles | identical | |\n|---|---|---|---|---|");
    let mut total = [0; 3];
    for (name, [outputs, doubles, identical]) in by_name {
        println!("| `{name}` | {outputs} | {doubles} | {identical} | {} |", percent(identical, doubles));
        total = [total[0] + outputs, total[1] + doubles, total[2] + identical];
    }
    let [outputs, doubles, identical] = total;
    println!("| **all** | {outputs} | {doubles} | {identical} | {} |", percent(identical, doubles));
    all.iter().filter_map(tradingview_golden::Compared::difference).collect()
}

fn fast_errors() {
    println!("\n## Profile `Fast`, beside twice the precision\n");
    println!(
        "The largest error of the textbook's formula in double-double arithmetic, in parts of the value; of 100 for"
    );
    println!("percentages that may be near 0, and of the price for differences of averages of it. At most 1e-12 is");
    println!("promised.\n");
    println!("| indicator | values | largest error |\n|---|---|---|");
    for kind in fast::kinds() {
        let worst = fast::worst(kind);
        println!("| `{kind}` | {} | {:.1e} |", worst.values, worst.error);
    }
}

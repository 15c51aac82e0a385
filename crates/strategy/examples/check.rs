//! Reads a strategy from the file given as argument and says what is wrong with it, or lists its inputs.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use strategy::Strategy;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os()
        .nth(1)
        .unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/examples/bollinger_reversion.json").into());
    let strategy = Strategy::from_json(&std::fs::read_to_string(path)?)?;
    println!("{} is valid", strategy.name);
    for input in &strategy.inputs {
        let (min, max) = input.range();
        println!("  {} = {}, from {min} to {max}", input.name, input.default_value());
    }
    Ok(())
}

//! Prints the Pine Script of the strategy file given as argument, with the defaults of its inputs.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use pinegen::{Commission, Options, generate};
use strategy::Strategy;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os()
        .nth(1)
        .unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/strategies/ema_cross.json").into());
    let strategy = Strategy::from_json(&std::fs::read_to_string(path)?)?;
    let options = Options {
        provenance: vec!["Defaults of the inputs; not back-tested.".to_owned()],
        initial_cash: 10_000.0,
        commission: Commission::Percent(0.0035),
        slippage_ticks: 5,
        quantity_step: 1.0,
    };
    print!("{}", generate(&strategy, &strategy.defaults(), &options)?);
    Ok(())
}

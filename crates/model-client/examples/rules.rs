//! What the four rules say about a falling market. No server is needed.
//!
//! `cargo run -p aio-model-client --example rules`
#![expect(clippy::print_stdout, reason = "an example program prints")]

use inference::Request;
use model_client::RulesBackend;

fn main() -> Result<(), inference::Error> {
    let mut request = Request::new("EURUSD", "M5");
    for (name, value) in RulesBackend::FEATURES.iter().zip([1.0790, 41.0, -0.000_2, 1.0801, 1.0815, 1.0840, 1.0786]) {
        request.features.push(name, value)?;
    }
    let prediction = RulesBackend::new().analyse(&request)?;
    println!("{} ({}), source: {}", prediction.analysis.action, prediction.analysis.confidence, prediction.source);
    println!("{}", prediction.analysis.reasoning);
    Ok(())
}

//! Checks an Ollama server and asks one of its models about a made-up bar.
//!
//! `cargo run -p aio-model-client --example ask_ollama -- MODEL [URL]`
#![expect(clippy::print_stdout, reason = "an example program prints")]

use std::error::Error;

use inference::Request;
use model_client::{DEFAULT_URL, ModelOptions, Ollama, OllamaBackend, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let model = args.next().ok_or("name a model, such as qwen2.5vl:7b")?;
    let url = args.next().unwrap_or_else(|| DEFAULT_URL.to_owned());
    let ollama = Ollama::new(&url, Settings::new(1))?;
    let backend = OllamaBackend::connect(ollama, &model, ModelOptions::default())?;

    let mut request = Request::new("EURUSD", "M5");
    for (name, value) in [("close", 1.0823), ("rsi", 27.5), ("macd_histogram", -0.000_12)] {
        request.features.push(name, value)?;
    }
    let prediction = backend.analyse(&request)?;
    println!("{} by {}", prediction.analysis.action, prediction.source);
    println!("{}", prediction.analysis.reasoning);
    println!("repaired: {}, tokens/s: {:?}", prediction.repaired, prediction.timings.output_tokens_per_second());
    Ok(())
}

use std::time::Duration;

use anyhow::{Context, Result};
use experiment::sample_request;
use inference::Prediction;
use model_client::{ModelOptions, Ollama, OllamaBackend, Settings};
use serde_json::json;

use crate::args::{Format, OllamaOptions};
use crate::output::print_line;

/// Seed of the sample chart and of the model's draws.
const SEED: u32 = 1;

/// `aio test-ollama`: connects, asks for an analysis of a sample chart, and prints what came of it.
pub(crate) fn test(options: &OllamaOptions, format: Format) -> Result<()> {
    let mut settings = Settings::new(SEED.into());
    settings.time_outs.total = Duration::from_secs(options.timeout);
    let asking = || format!("asking {} at {}", options.model, options.url);
    let ollama = Ollama::new(&options.url, settings).with_context(asking)?;
    let model_options = ModelOptions { seed: SEED, ..ModelOptions::default() };
    let backend = OllamaBackend::connect(ollama, &options.model, model_options).with_context(asking)?;
    let prediction = backend.analyse(&sample_request(SEED.into())?).with_context(asking)?;
    match format {
        Format::Human => print_human(&prediction),
        Format::Json => print_line(
            &json!({
                "source": prediction.source.to_string(),
                "analysis": prediction.analysis,
                "repaired": prediction.repaired,
                "output_tokens_per_second": prediction.timings.output_tokens_per_second(),
            })
            .to_string(),
        ),
    }
}

fn print_human(prediction: &Prediction) -> Result<()> {
    let analysis = &prediction.analysis;
    print_line(&format!("source:     {}", prediction.source))?;
    print_line(&format!("action:     {}", analysis.action))?;
    print_line(&format!("confidence: {}", analysis.confidence))?;
    print_line(&format!("reasoning:  {}", analysis.reasoning))?;
    for pattern in &analysis.patterns {
        print_line(&format!("pattern:    {} ({})", pattern.name, pattern.confidence))?;
    }
    for level in &analysis.levels {
        print_line(&format!("level:      {} {}", level.kind, level.price))?;
    }
    if prediction.repaired {
        print_line("the answer was loose JSON and had to be repaired")?;
    }
    match prediction.timings.output_tokens_per_second() {
        Some(rate) => print_line(&format!("speed:      {rate:.1} tokens/s")),
        None => Ok(()),
    }
}

//! The trait as its users hold it: behind a pointer, and from several threads.

use std::sync::Arc;

use inference::{
    Action, Analysis, Backend, Confidence, Error, ModelInfo, Prediction, Request, Source, Timings, user_prompt,
};

/// A backend of the tests: answers with its prompt, and refuses the symbol `BAD`.
struct Echo(ModelInfo);

impl Echo {
    fn new() -> Self {
        let source = Source::Model { name: "echo".to_owned() };
        Self(ModelInfo { source, reads_images: false, details: None })
    }
}

impl Backend for Echo {
    fn model(&self) -> &ModelInfo {
        &self.0
    }

    fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), Error> {
        for (index, request) in batch.iter().enumerate() {
            if request.symbol == "BAD" {
                return Err(Error::Request { index, backend: self.0.source.to_string(), source: "refused".into() });
            }
            let analysis = Analysis {
                action: Action::Hold,
                confidence: Confidence::ZERO,
                reasoning: request.symbol.clone(),
                patterns: vec![],
                levels: vec![],
                proposals: vec![],
            };
            let source = self.0.source.clone();
            let raw = user_prompt(request);
            out.push(Prediction { analysis, source, raw, repaired: false, timings: Timings::default() });
        }
        Ok(())
    }
}

#[test]
fn works_behind_pointers_and_from_threads() {
    let backend: Arc<Box<dyn Backend>> = Arc::new(Box::new(Echo::new()));
    std::thread::scope(|scope| {
        for symbol in ["EURUSD", "GBPJPY"] {
            let backend = Arc::clone(&backend);
            scope.spawn(move || {
                let mut out = vec![];
                backend.predict(&[Request::new(symbol, "M5")], &mut out).unwrap();
                assert_eq!(out[0].analysis.reasoning, symbol);
                assert_eq!(out[0].source, backend.model().source);
            });
        }
    });
}

#[test]
fn a_failed_request_keeps_the_answers_before_it() {
    let batch = ["EURUSD", "BAD", "GBPJPY"].map(|symbol| Request::new(symbol, "M5"));
    let mut out = vec![];
    let error = Echo::new().predict(&batch, &mut out).unwrap_err();
    assert_eq!(error.to_string(), "request 1 of the batch failed in model:echo");
    assert_eq!(out.len(), 1);
}

#[test]
fn a_prediction_shows_its_source_in_json() {
    let mut out = vec![];
    Echo::new().predict(&[Request::new("EURUSD", "M5")], &mut out).unwrap();
    let json = serde_json::to_value(&out[0]).unwrap();
    assert_eq!(json["source"], "model:echo");
    assert_eq!(serde_json::from_value::<Prediction>(json).unwrap(), out[0]);
}

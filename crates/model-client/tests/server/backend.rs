//! The backends as users hold them: as `inference::Backend`.

use std::error::Error as _;

use inference::{
    Action, Backend, Error as Failure, ImageInput, Request, SYSTEM_PROMPT, Source, analysis_schema, user_prompt,
};
use model_client::{Error, ModelOptions, OllamaBackend};
use serde_json::{Value, json};

use crate::stand_in::{Act, StandIn, ok, wait};

const HOLD: &str = r#"{"action": "HOLD", "confidence": 0.5, "reasoning": "Flat.", "patterns": [], "levels": [],
    "proposals": []}"#;

fn show(capabilities: &Value) -> Vec<Act> {
    let details = json!({"family": "qwen25vl", "parameter_size": "8.3B", "quantization_level": "Q4_K_M"});
    ok(json!({"details": details, "capabilities": capabilities, "model_info": {}}).to_string())
}

fn says(content: &str, reason: &str) -> Vec<Act> {
    ok(json!({"message": {"content": content}, "done": true, "done_reason": reason, "eval_count": 9}).to_string())
}

fn backend(script: Vec<Vec<Act>>) -> (StandIn, OllamaBackend) {
    let server = StandIn::start(script);
    let backend = OllamaBackend::connect(server.client(), "m:1b", ModelOptions::default()).unwrap();
    (server, backend)
}

fn request() -> Request {
    let mut request = Request::new("EURUSD", "M5");
    request.features.push("rsi", 27.5).unwrap();
    request
}

fn chart() -> ImageInput {
    ImageInput::png(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0".to_vec()).unwrap()
}

#[test]
fn sends_prompt_charts_and_schema_and_gives_a_labelled_prediction() {
    let (server, backend) = backend(vec![show(&json!(["completion", "vision"])), says(HOLD, "stop")]);
    let mut request = request();
    request.images = vec![chart(), chart()];
    let mut out = vec![];
    backend.predict(&[request.clone()], &mut out).unwrap();
    assert_eq!(out[0].source, Source::Model { name: "m:1b".to_owned() });
    assert_eq!((out[0].analysis.action, out[0].repaired, out[0].raw.as_str()), (Action::Hold, false, HOLD));
    assert_eq!(out[0].timings.output_tokens, Some(9));
    assert_eq!(backend.model().details.as_deref(), Some("qwen25vl 8.3B Q4_K_M"));

    let body = &server.requests()[1].body;
    assert_eq!(body["format"], analysis_schema());
    assert_eq!(body["messages"][0]["content"], SYSTEM_PROMPT);
    assert_eq!(body["messages"][1]["content"], user_prompt(&request));
    assert_eq!(body["messages"][1]["images"].as_array().map(Vec::len), Some(2));
}

#[test]
fn says_when_an_answer_was_repaired() {
    let loose = format!("Sure!\n```json\n{}\n```", HOLD.replace('"', "'"));
    let (_server, backend) = backend(vec![show(&Value::Null), says(&loose, "stop")]);
    let mut out = vec![];
    backend.predict(&[request()], &mut out).unwrap();
    assert!(out[0].repaired);
    assert_eq!(out[0].raw, loose, "the raw text stays as it came");
}

#[test]
fn a_failed_request_keeps_the_answers_before_it() {
    let (_server, backend) = backend(vec![show(&Value::Null), says(HOLD, "stop"), says("I would wait.", "stop")]);
    let mut out = vec![];
    let error = backend.predict(&[request(), request(), request()], &mut out).unwrap_err();
    assert_eq!(error.to_string(), "request 1 of the batch failed in model:m:1b");
    assert_eq!(
        error.source().unwrap().to_string(),
        "no JSON object can be read from the text (it has no `{`); it begins `I would wait.`"
    );
    assert_eq!(out.len(), 1);
}

#[test]
fn tells_a_cut_answer_from_a_bad_one() {
    let (_server, backend) = backend(vec![show(&Value::Null), says(&HOLD[..60], "length")]);
    let error = backend.analyse(&request()).unwrap_err();
    assert!(error.to_string().starts_with("the model was cut off"), "{error}");
    assert!(matches!(error, Error::CutOff { source } if matches!(*source, Error::NotAnAnalysis { .. })));
}

#[test]
fn refuses_charts_that_the_model_would_not_see() {
    let (server, backend) = backend(vec![show(&json!(["completion"]))]);
    assert!(!backend.model().reads_images);
    let mut request = request();
    request.images = vec![chart()];
    assert_eq!(
        backend.analyse(&request).unwrap_err().to_string(),
        "model `m:1b` reads no images; send numbers only or choose a vision model"
    );
    assert_eq!(server.requests().len(), 1, "only the description was asked for");
}

#[test]
fn refuses_to_block_a_runtime() {
    let (_server, backend) = backend(vec![show(&Value::Null)]);
    let error = wait(async { backend.analyse(&request()).unwrap_err() });
    assert!(matches!(error, Error::InsideRuntime));
    let server = StandIn::start(vec![]);
    let connected = wait(async { OllamaBackend::connect(server.client(), "m:1b", ModelOptions::default()) });
    assert!(matches!(connected, Err(Error::InsideRuntime)));
}

#[test]
fn serves_several_threads() {
    let (_server, backend) = backend(vec![show(&Value::Null), says(HOLD, "stop"), says(HOLD, "stop")]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(backend.analyse(&request()).unwrap().analysis.action, Action::Hold));
        }
    });
}

#[test]
fn a_wrapped_failure_shows_the_whole_chain() {
    let (_server, backend) = backend(vec![show(&Value::Null), says(&HOLD.replace("0.5", "50"), "stop")]);
    let error = backend.predict(&[request()], &mut vec![]).unwrap_err();
    let mut chain = vec![];
    let mut next: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = next {
        chain.push(error.to_string());
        next = error.source();
    }
    assert_eq!(chain.len(), 4, "{chain:#?}");
    assert!(chain[3].starts_with("confidence 50 is not between 0 and 1"), "{chain:#?}");
    assert!(matches!(error, Failure::Request { index: 0, .. }));
}

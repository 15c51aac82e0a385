//! What is sent, beside what Ollama's own Python client sends. See `golden/generate.py`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model_client::{Chat, Message, ModelOptions, Role};
use serde_json::{Value, json};

use crate::stand_in::{StandIn, ok, wait};

#[test]
fn sends_what_the_python_client_sends() {
    let show = json!({"details": {"family": "f", "parameter_size": "1B", "quantization_level": "Q4_0"}}).to_string();
    let stream = include_str!("../golden/streams/plain.ndjson");
    let server = StandIn::start(vec![ok(stream), ok(stream), ok(r#"{"models":[]}"#), ok(show)]);
    let ollama = server.client();
    let golden = requests(include_str!("../golden/requests.jsonl"));

    let mut messages = [Message::system("Be short."), Message::user("né?")];
    let options = ModelOptions::default();
    let chat = Chat { model: "m:1b", messages: &messages, format: None, options, think: None, keep_alive: None };
    wait(ollama.chat(&chat, &mut |_| ())).unwrap();

    let image = &golden[1]["body"]["messages"][1]["images"][0];
    messages[1] = Message { role: Role::User, content: "né?".to_owned(), images: vec![decoded(image); 2] };
    let everything = Chat {
        model: "m:1b",
        messages: &messages,
        format: Some(&golden[1]["body"]["format"]),
        options: ModelOptions { temperature: 0.5, seed: 7, num_predict: Some(64), ..options },
        think: Some(false),
        keep_alive: Some("10m"),
    };
    wait(ollama.chat(&everything, &mut |_| ())).unwrap();
    wait(ollama.models()).unwrap();
    wait(ollama.describe("m:1b")).unwrap();

    let requests = server.requests();
    assert_eq!(requests.len(), golden.len());
    for (ours, theirs) in requests.iter().zip(&golden) {
        let mut body = theirs["body"].clone();
        if let Some(body) = body.as_object_mut() {
            // The Python client always sends a list of tools, empty or not.
            body.remove("tools");
        }
        assert_eq!(ours.line, format!("{} {}", theirs["method"].as_str().unwrap(), theirs["path"].as_str().unwrap()));
        assert_eq!(ours.body, body, "{}", theirs["name"]);
    }
}

fn decoded(base64: &Value) -> Vec<u8> {
    STANDARD.decode(base64.as_str().unwrap()).unwrap()
}

fn requests(text: &str) -> Vec<Value> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| serde_json::from_str(line).unwrap()).collect()
}

//! Beside other implementations: the Python packages json-repair and ollama. See `golden/generate.py`.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use model_client::{ChatReader, Error, repair_json};
use serde_json::{Value, json};

/// Where this crate means otherwise than json-repair, and what it makes of the text: null for an error.
///
/// json-repair gives something for any text. Here a number or word that may be cut is left out, JSON's null stands
/// for NaN, and what has no one meaning is an error.
const OTHERWISE: [(&str, &str); 14] = [
    ("unclosed object", r#"{"action": "HOLD"}"#),
    ("cut after a colon", r#"{"action": "HOLD"}"#),
    ("cut in a number", r#"{"action": "HOLD"}"#),
    ("cut in a word", r#"{"a": 1}"#),
    ("cut in an escape", r#"{"a": "x"}"#),
    ("NaN", r#"{"a": null, "b": 1}"#),
    ("negative infinity", r#"{"a": null, "b": 1}"#),
    ("percent", "null"),
    ("thousands", "null"),
    ("unquoted value", "null"),
    ("same key twice", "null"),
    ("missing value", "null"),
    ("two objects", "null"),
    ("no object", "null"),
];

fn rows(text: &str) -> Vec<Value> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn repairs_as_json_repair_does_but_for_the_listed_cases() {
    let loose = rows(include_str!("golden/loose.jsonl"));
    let repaired = rows(include_str!("golden/repaired.jsonl"));
    assert_eq!(loose.len(), repaired.len());
    let mut n_otherwise = 0;
    for (case, theirs) in loose.iter().zip(&repaired) {
        assert_eq!(case["name"], theirs["name"]);
        let name = case["name"].as_str().unwrap();
        let ours = repair_json(case["text"].as_str().unwrap()).map_or(Value::Null, |repaired| repaired.value);
        match OTHERWISE.iter().find(|(otherwise, _)| *otherwise == name) {
            Some((_, expected)) => {
                assert_eq!(ours, serde_json::from_str::<Value>(expected).unwrap(), "{name}");
                assert_ne!(ours, theirs["value"], "{name} is no longer a difference");
                n_otherwise += 1;
            }
            None => assert_eq!(ours, theirs["value"], "{name}"),
        }
    }
    assert_eq!(n_otherwise, OTHERWISE.len());
}

#[test]
fn reads_what_the_python_client_reads() {
    let stream = |name: &str| match name {
        "cut" => include_str!("golden/streams/cut.ndjson"),
        "error" => include_str!("golden/streams/error.ndjson"),
        "length" => include_str!("golden/streams/length.ndjson"),
        "old" => include_str!("golden/streams/old.ndjson"),
        "plain" => include_str!("golden/streams/plain.ndjson"),
        "thinking" => include_str!("golden/streams/thinking.ndjson"),
        "wide" => include_str!("golden/streams/wide.ndjson"),
        other => panic!("no stream {other}"),
    };
    for theirs in rows(include_str!("golden/replies.jsonl")) {
        let name = theirs["name"].as_str().unwrap();
        let mut reader = ChatReader::new(1 << 20);
        let ours = reader.push(stream(name).as_bytes(), &mut |_| ()).and_then(|()| reader.finish());
        match (name, ours) {
            ("error", Err(Error::MidStream { message, .. })) => assert_eq!(message, theirs["error"]),
            // The Python client takes an answer without its end for a whole one and shows `done: false`.
            ("cut", Err(Error::Truncated { .. })) => assert_eq!(theirs["done"], false),
            // Servers of 2024 left the message out of the last line; the Python client cannot read that.
            ("old", Ok(reply)) => {
                assert_eq!((reply.content.as_str(), reply.timings.output_tokens), ("Hi", Some(2)));
                assert_eq!(theirs["unreadable"], "ValidationError");
            }
            (_, Ok(reply)) => {
                let timings = reply.timings;
                let ours = json!({
                    "name": name, "content": reply.content, "thinking": reply.thinking, "done": true,
                    "done_reason": reply.done_reason, "total_ns": timings.total_ns,
                    "prompt_tokens": timings.prompt_tokens, "output_tokens": timings.output_tokens,
                });
                assert_eq!(ours, theirs);
            }
            (_, Err(error)) => panic!("{name}: {error}"),
        }
    }
}

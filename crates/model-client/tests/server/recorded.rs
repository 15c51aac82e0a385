//! Replies of a real server of another kind (llama.cpp's), replayed: each gives an error that says what it is.
//!
//! They are no replies of Ollama: no Ollama server could be run where this crate was written.

use std::fs;
use std::path::Path;

use model_client::{Chat, Error, Message, ModelOptions, Ollama};

use crate::stand_in::{Act, StandIn, answer, wait};

/// The recorded bytes of `name` as one answer whose end is the end of the connection.
fn recorded(folder: &Path, name: &str) -> Vec<Act> {
    let text = fs::read_to_string(folder.join(name)).unwrap().replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap();
    let status = head.lines().next().unwrap().trim_start_matches("HTTP/1.1 ");
    answer(status, body)
}

fn chat(ollama: &Ollama) -> Error {
    let messages = [Message::user("x")];
    let options = ModelOptions::default();
    let chat = Chat { model: "tiny", messages: &messages, format: None, options, think: None, keep_alive: None };
    wait(ollama.chat(&chat, &mut |_| ())).unwrap_err()
}

#[test]
fn a_llama_cpp_server_is_not_taken_for_ollama() {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracles/serving/llama-server-recorded"));
    if !folder.is_dir() {
        println!("skipped: shared data folder is not there");
        return;
    }
    let names = ["version.txt", "ollama_tags.txt", "ollama_show.txt", "chat_ollama.txt"];
    let server = StandIn::start(names.iter().map(|name| recorded(folder, name)).collect());
    let ollama = server.client();
    let errors = [
        wait(ollama.version()).unwrap_err(),
        wait(ollama.models()).unwrap_err(),
        wait(ollama.describe("tiny")).unwrap_err(),
        chat(&ollama),
    ];
    for error in errors {
        assert!(matches!(&error, Error::NotOllama { message, .. } if message == "File Not Found"), "{error}");
    }

    let names = ["bad.txt", "chat_stream.txt", "models.txt", "props.txt"];
    let server = StandIn::start(names.iter().map(|name| recorded(folder, name)).collect());
    let ollama = server.client();
    assert!(chat(&ollama).to_string().ends_with("with status 400: Expected 'messages' to be an array"));
    assert!(matches!(chat(&ollama), Error::Shape { start, .. } if start.starts_with("data: {\"choices\"")));
    assert!(matches!(wait(ollama.models()).unwrap_err(), Error::Shape { path: "/api/tags", .. }));
    assert!(matches!(wait(ollama.version()).unwrap_err(), Error::Shape { path: "/api/version", .. }));
}

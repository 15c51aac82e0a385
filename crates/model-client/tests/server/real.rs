//! Against a real Ollama server, where one is named: `AIO_TEST_OLLAMA=MODEL@URL`.

use inference::{Backend, Request};
use model_client::{ModelOptions, Ollama, OllamaBackend, Settings};

use crate::stand_in::wait;

#[test]
fn a_real_server_gives_a_valid_analysis() {
    #[expect(clippy::disallowed_methods, reason = "the tester names the server in the environment")]
    let Ok(named) = std::env::var("AIO_TEST_OLLAMA") else {
        println!("skipped: AIO_TEST_OLLAMA names no MODEL@URL");
        return;
    };
    let (model, url) = named.split_once('@').expect("AIO_TEST_OLLAMA is MODEL@URL");
    let ollama = Ollama::new(url, Settings::new(1)).unwrap();
    println!("Ollama {}", wait(ollama.version()).unwrap());
    assert!(wait(ollama.models()).unwrap().iter().any(|installed| installed.name.starts_with(model)));
    let backend = OllamaBackend::connect(ollama, model, ModelOptions::default()).unwrap();
    let mut request = Request::new("EURUSD", "M5");
    request.features.push("rsi", 27.5).unwrap();
    let mut out = vec![];
    backend.predict(&[request], &mut out).unwrap();
    println!("{:#?}", out[0]);
}

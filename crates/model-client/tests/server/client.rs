//! The asynchronous client against a stand-in server.

use std::time::Duration;

use model_client::{Chat, Error, Message, ModelOptions, Ollama, Reply, Retry, Settings, Stage, TimeOuts};

use crate::stand_in::{Act, StandIn, answer, head, ok, settings, wait};

const PLAIN: &str = include_str!("../golden/streams/plain.ndjson");
const WIDE: &str = include_str!("../golden/streams/wide.ndjson");
const ERROR: &str = include_str!("../golden/streams/error.ndjson");
const CUT: &str = include_str!("../golden/streams/cut.ndjson");

fn ask(ollama: &Ollama) -> Result<Reply, Error> {
    let messages = [Message::user("né?")];
    let options = ModelOptions::default();
    let chat = Chat { model: "m:1b", messages: &messages, format: None, options, think: None, keep_alive: None };
    wait(ollama.chat(&chat, &mut |_| ()))
}

fn fails(script: Vec<Act>) -> String {
    ask(&StandIn::start(vec![script]).client()).unwrap_err().to_string()
}

#[test]
fn reads_version_models_and_description() {
    let tags = r#"{"models":[{"name":"m:1b","model":"m:1b","size":815319791,"digest":"ab",
        "details":{"family":"gemma3","parameter_size":"999.89M","quantization_level":"Q4_K_M"}}]}"#;
    let show = r#"{"details":{"family":"gemma3","parameter_size":"999.89M","quantization_level":"Q4_K_M"},
        "capabilities":["completion","vision"],
        "model_info":{"general.architecture":"gemma3","gemma3.context_length":32768}}"#;
    let server = StandIn::start(vec![ok(r#"{"version":"0.12.3"}"#), ok(tags), ok(show)]);
    let ollama = server.client();
    assert_eq!(wait(ollama.version()).unwrap(), "0.12.3");
    let models = wait(ollama.models()).unwrap();
    assert_eq!((models[0].name.as_str(), models[0].size_bytes), ("m:1b", 815_319_791));
    assert_eq!(models[0].details.to_string(), "gemma3 999.89M Q4_K_M");
    let described = wait(ollama.describe("m:1b")).unwrap();
    assert_eq!((described.reads_images(), described.context_tokens), (Some(true), Some(32_768)));
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines, ["GET /api/version", "GET /api/tags", "POST /api/show"]);
}

#[test]
fn hands_each_piece_on_and_gives_the_whole() {
    let server = StandIn::start(vec![ok(PLAIN)]);
    let messages = [Message::user("x")];
    let options = ModelOptions::default();
    let chat = Chat { model: "m:1b", messages: &messages, format: None, options, think: None, keep_alive: None };
    let mut pieces = vec![];
    let reply = wait(server.client().chat(&chat, &mut |piece| pieces.push(piece.to_owned()))).unwrap();
    assert_eq!(pieces, ["{\"action\"", ": \"HOLD\"}"]);
    assert_eq!(reply.content, pieces.concat());
    assert_eq!(reply.timings.output_tokens, Some(237));
}

#[test]
fn survives_packets_of_one_byte() {
    let server = StandIn::start(vec![vec![Act::Send(head("200 OK")), Act::Trickle(WIDE.as_bytes().to_vec())]]);
    assert_eq!(ask(&server.client()).unwrap().content, "né € 😀日本\u{301} end");
}

#[test]
fn ends_at_the_last_line_even_if_the_connection_stays() {
    let server = StandIn::start(vec![vec![Act::Send(head("200 OK")), Act::Send(PLAIN.into()), Act::Stall]]);
    assert_eq!(ask(&server.client()).unwrap().done_reason.as_deref(), Some("stop"));
}

#[test]
fn names_the_stage_that_took_too_long() {
    let short = Duration::from_millis(200);
    let long = Duration::from_mins(1);
    let base = TimeOuts { connect: long, first: long, idle: long, total: long };
    let sent = [Act::Send(head("200 OK")), Act::Send(CUT.into())];
    for (time_outs, acts, stage) in [
        (TimeOuts { first: short, ..base }, vec![Act::Stall], Stage::First),
        (TimeOuts { idle: short, ..base }, [&sent[..], &[Act::Stall]].concat(), Stage::Idle),
        (TimeOuts { total: short, ..base }, [&sent[..], &[Act::Stall]].concat(), Stage::Total),
        (TimeOuts { total: short, ..base }, [&sent[..], &[Act::Drip]].concat(), Stage::Total),
    ] {
        let server = StandIn::start(vec![acts]);
        let settings = Settings { time_outs, max_answer_bytes: usize::MAX, ..settings() };
        let ollama = Ollama::new(&server.url, settings);
        let error = ask(&ollama.unwrap()).unwrap_err();
        assert!(
            matches!(error, Error::TimedOut { stage: found, limit, .. } if found == stage && limit == short),
            "{error}"
        );
    }
}

#[test]
fn an_answer_that_does_not_come_whole_is_an_error() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"message\"";
    assert!(fails(vec![Act::Send(chunked.into())]).contains("broke after 10 bytes of the answer"));
    assert!(fails(vec![Act::Send(head("200 OK")), Act::Send(CUT.into()), Act::Reset]).contains(" broke after "));
    assert!(fails(vec![Act::Reset]).contains("broke after 0 bytes of the answer"));
    assert!(fails(ok(CUT)).starts_with(&format!("the answer ended after {} bytes", CUT.len())));
    assert!(fails(ok("")).starts_with("the answer ended after 0 bytes"));
}

#[test]
fn an_error_in_mid_stream_is_an_error_with_its_words() {
    assert_eq!(
        fails(ok(ERROR)),
        "the server failed in the middle of its answer, after 7 characters: \
         an error was encountered while running the model: CUDA error"
    );
}

#[test]
fn a_missing_model_is_named_with_the_command_that_gets_it() {
    let server = StandIn::start(vec![answer("404 Not Found", r#"{"error":"model 'm:1b' not found"}"#)]);
    let error = ask(&server.client()).unwrap_err();
    assert_eq!(error.to_string(), format!("{} has no model `m:1b`; get it with `ollama pull m:1b`", server.url));
    assert_eq!(server.requests().len(), 1, "a 404 is never tried again");
}

#[test]
fn refusals_are_not_tried_again() {
    for (status, code) in [("400 Bad Request", 400), ("401 Unauthorized", 401), ("500 Oops", 500), ("302 Found", 302)] {
        let server = StandIn::start(vec![answer(status, r#"{"error":"no"}"#), ok(PLAIN)]);
        match ask(&server.client()).unwrap_err() {
            Error::Status { status, message, .. } => assert_eq!((status, message.as_str()), (code, "no")),
            other => panic!("{other}"),
        }
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_busy_server_is_asked_again_and_not_for_ever() {
    let busy = answer("503 Service Unavailable", r#"{"error":"server busy, please try again"}"#);
    let hurried = vec![Act::Send(b"HTTP/1.1 429 Slow\r\nRetry-After: 3600\r\nConnection: close\r\n\r\n".to_vec())];
    let server = StandIn::start(vec![busy.clone(), hurried, ok(PLAIN)]);
    assert_eq!(ask(&server.client()).unwrap().content, "{\"action\": \"HOLD\"}");
    let bodies: Vec<_> = server.requests().into_iter().map(|request| request.body).collect();
    assert!(bodies.len() == 3 && bodies[0] == bodies[2], "the same request each time");

    let server = StandIn::start(vec![busy; 4]);
    let error = ask(&server.client()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{} is too busy: status 503 in each of 3 tries (server busy, please try again)", server.url)
    );
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn says_when_nothing_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = wait(Ollama::new(&url, settings()).unwrap().version()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("cannot connect to {url}, 3 times tried; is the server running (`ollama serve`)?")
    );
    let once = Settings { retry: Retry { attempts: 0, ..Retry::new(1) }, ..settings() };
    let error = wait(Ollama::new(&url, once).unwrap().version()).unwrap_err();
    assert!(matches!(error, Error::Connect { attempts: 1, .. }));
}

#[test]
fn an_endless_answer_is_stopped() {
    let server =
        StandIn::start(vec![vec![Act::Send(head("200 OK")), Act::Drip], vec![Act::Send(head("200 OK")), Act::Drip]]);
    let small = Settings { max_answer_bytes: 1000, ..settings() };
    let ollama = Ollama::new(&server.url, small).unwrap();
    assert!(matches!(ask(&ollama), Err(Error::TooLong { limit_bytes: 1000 })));
    assert!(matches!(wait(ollama.version()), Err(Error::TooLong { limit_bytes: 1000 })));
}

#[test]
fn a_server_of_another_kind_is_told_apart() {
    let server =
        StandIn::start(vec![answer("404 Not Found", "404 page not found"), ok("<html>hello"), ok("<html>hello")]);
    let ollama = server.client();
    assert!(ask(&ollama).unwrap_err().to_string().ends_with("it is no Ollama server (it said: 404 page not found)"));
    for error in [wait(ollama.version()).unwrap_err(), ask(&ollama).unwrap_err()] {
        assert!(matches!(&error, Error::Shape { start, .. } if start == "<html>hello"), "{error}");
    }
}

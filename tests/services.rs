//! The servers that `cargo xtask test` starts answer in their own protocols.
//!
//! Each test speaks the bytes of the protocol itself, so it depends on no client library; without the variable that
//! names its server it prints a line and is skipped.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn redis_answers_a_ping() {
    let Some(url) = setting("AIO_TEST_REDIS_URL") else { return };
    let mut redis = connect(url.strip_prefix("redis://").expect("the address is a redis:// URL"));
    redis.write_all(b"*1\r\n$4\r\nPING\r\n").expect("Redis takes a command");
    assert_eq!(&read::<7>(&mut redis), b"+PONG\r\n");
}

/// Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol", sections "Message Flow" and "Message Formats".
#[test]
fn postgres_answers_a_query() {
    let Some(url) = setting("AIO_TEST_POSTGRES_URL") else { return };
    let rest = url.strip_prefix("postgres://").expect("the address is a postgres:// URL");
    let (user, rest) = rest.split_once('@').expect("the URL names a user");
    let (address, database) = rest.split_once('/').expect("the URL names a database");
    let mut postgres = connect(address);

    let protocol_3_0: i32 = 3 << 16;
    let mut startup = protocol_3_0.to_be_bytes().to_vec();
    startup.extend(format!("user\0{user}\0database\0{database}\0\0").bytes());
    postgres.write_all(&length_first(&startup)).expect("PostgreSQL takes the startup message");
    let greeting = messages_until_ready(&mut postgres);
    assert_eq!(greeting.first(), Some(&(b'R', 0_i32.to_be_bytes().to_vec())), "not let in without a password");

    postgres.write_all(b"Q").expect("PostgreSQL takes a query");
    postgres.write_all(&length_first(b"SELECT 6 * 7\0")).expect("PostgreSQL takes a query");
    let rows: Vec<_> = messages_until_ready(&mut postgres).into_iter().filter(|(kind, _)| *kind == b'D').collect();
    // One row of one column, two bytes long.
    assert_eq!(rows, [(b'D', b"\0\x01\0\0\0\x0242".to_vec())]);
}

/// Source: Kafka protocol guide, `ApiVersions` version 0.
#[test]
fn kafka_broker_can_produce_and_fetch() {
    let Some(brokers) = setting("AIO_TEST_KAFKA_BROKERS") else { return };
    let mut kafka = connect(brokers.split(',').next().expect("one broker at least"));
    let (api_versions, version, correlation_id, no_client): (i16, i16, i32, i16) = (18, 0, 42, -1);
    let mut request = api_versions.to_be_bytes().to_vec();
    request.extend(version.to_be_bytes());
    request.extend(correlation_id.to_be_bytes());
    request.extend(no_client.to_be_bytes());
    let size = i32::try_from(request.len()).expect("a small request");
    kafka.write_all(&size.to_be_bytes()).expect("Kafka takes a request");
    kafka.write_all(&request).expect("Kafka takes a request");

    let _size = i32::from_be_bytes(read(&mut kafka));
    assert_eq!(i32::from_be_bytes(read(&mut kafka)), correlation_id);
    assert_eq!(i16::from_be_bytes(read(&mut kafka)), 0, "error code");
    let n_apis = i32::from_be_bytes(read(&mut kafka));
    // Each entry: key, lowest version, highest version.
    let entries = (0..n_apis).map(|_| [(); 3].map(|()| i16::from_be_bytes(read(&mut kafka))));
    let keys: Vec<i16> = entries.map(|[key, _, _]| key).collect();
    assert!(keys.contains(&0) && keys.contains(&1), "produce (0) or fetch (1) is not among {keys:?}");
}

/// The variable's value; without one, a visible line.
fn setting(variable: &str) -> Option<String> {
    let value = std::env::var_os(variable).and_then(|value| value.into_string().ok());
    if value.is_none() {
        println!("skipped: {variable} is not set; `cargo xtask test` starts the server and sets it");
    }
    value
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit above zero");
    stream
}

fn read<const N: usize>(stream: &mut TcpStream) -> [u8; N] {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).expect("the server answers in time");
    bytes
}

/// PostgreSQL counts the four bytes of the length too.
fn length_first(message: &[u8]) -> Vec<u8> {
    let length = i32::try_from(message.len() + 4).expect("a small message");
    [&length.to_be_bytes(), message].concat()
}

/// PostgreSQL's messages, as kind and content, up to `ReadyForQuery`.
fn messages_until_ready(stream: &mut TcpStream) -> Vec<(u8, Vec<u8>)> {
    let mut messages = Vec::new();
    loop {
        let [kind] = read(stream);
        let length = usize::try_from(i32::from_be_bytes(read(stream))).expect("a length above zero");
        let mut content = vec![0; length - 4];
        stream.read_exact(&mut content).expect("the server sends what it announced");
        assert_ne!(kind, b'E', "PostgreSQL says {}", String::from_utf8_lossy(&content));
        if kind == b'Z' {
            return messages;
        }
        messages.push((kind, content));
    }
}

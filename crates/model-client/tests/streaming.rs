//! One answer, cut in steps of any size, reads the same.

use model_client::{ChatReader, Error, Reply};

fn read(bytes: &[u8], step: usize) -> (Vec<String>, Result<Reply, Error>) {
    let mut reader = ChatReader::new(1 << 20);
    let mut pieces = vec![];
    for chunk in bytes.chunks(step) {
        if let Err(error) = reader.push(chunk, &mut |piece| pieces.push(piece.to_owned())) {
            return (pieces, Err(error));
        }
    }
    (pieces, reader.finish())
}

#[test]
fn steps_of_any_size_give_the_same_answer() {
    let streams = [
        include_str!("golden/streams/cut.ndjson"),
        include_str!("golden/streams/error.ndjson"),
        include_str!("golden/streams/length.ndjson"),
        include_str!("golden/streams/old.ndjson"),
        include_str!("golden/streams/plain.ndjson"),
        include_str!("golden/streams/thinking.ndjson"),
        include_str!("golden/streams/wide.ndjson"),
    ];
    for stream in streams {
        let (pieces, whole) = read(stream.as_bytes(), stream.len());
        let whole = whole.map_err(|error| error.to_string());
        for step in [1, 2, 3, 7, 100] {
            let (stepped_pieces, stepped) = read(stream.as_bytes(), step);
            assert_eq!(stepped_pieces, pieces, "step {step}");
            assert_eq!(stepped.map_err(|error| error.to_string()), whole, "step {step}");
        }
    }
}

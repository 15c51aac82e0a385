//! LZMA streams with their 13-byte header ("LZMA alone"): properties, dictionary size, uncompressed size.

use liblzma::stream::{Action, Error as LzmaError, LzmaOptions, Status, Stream};

use crate::Error;

/// The most a file may hold after decompression: 64 MiB, which is 3.3 million ticks.
///
/// Larger claims of a header are refused before anything is allocated. With the dictionary of the decoder, which is no
/// larger, decompression never takes more than twice this and 2 MiB, whatever the bytes say.
pub const MAX_DECODED_BYTES: usize = LIMIT as usize;

/// How a reader finds the end of a compressed stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The header carries the size, as in Dukascopy's own files. An end marker follows nevertheless, which every
    /// decoder of note accepts (liblzma since 5.2.6).
    Size,
    /// The header says "unknown", and an end marker ends the stream, as other LZMA tools write it.
    Marker,
}

const LIMIT: u32 = 64 << 20;
const HEADER_BYTES: usize = 13;
const UNKNOWN_SIZE: u64 = u64::MAX;
const MIN_DICTIONARY: u32 = 1 << 12;
// What Dukascopy's headers say. Encoding uses less where the content is smaller.
const DICTIONARY: u32 = 1 << 22;
// The dictionary, and what liblzma has beside it: a little more than 1 MiB.
const MEMORY_LIMIT: u64 = LIMIT as u64 + (2 << 20);

struct Header {
    bytes: [u8; HEADER_BYTES],
    size: Option<u64>,
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut header = *bytes.first_chunk::<HEADER_BYTES>().ok_or(Error::Header { len_bytes: bytes.len() })?;
        let [_, d0, d1, d2, d3, size @ ..] = header;
        let size = Some(u64::from_le_bytes(size)).filter(|&size| size != UNKNOWN_SIZE);
        if size.is_some_and(|size| size > u64::from(LIMIT)) {
            return Err(Error::TooLarge { limit_bytes: MAX_DECODED_BYTES, header_bytes: size });
        }
        // Nothing can be copied from further back than the content is long, so a smaller dictionary decodes the same.
        let content = size.and_then(|size| u32::try_from(size).ok()).unwrap_or(LIMIT);
        let dictionary = u32::from_le_bytes([d0, d1, d2, d3]).min(content.max(MIN_DICTIONARY));
        header[1..5].copy_from_slice(&dictionary.to_le_bytes());
        Ok(Self { bytes: header, size })
    }
}

/// Decompresses the one stream that `bytes` consists of into `content`, which is cleared first.
pub(crate) fn decompress(bytes: &[u8], content: &mut Vec<u8>) -> Result<(), Error> {
    content.clear();
    let header = Header::read(bytes)?;
    let mut stream = Stream::new_lzma_decoder(MEMORY_LIMIT).map_err(|_| Error::Memory)?;
    // The size in the header is believed only as far as the compressed length makes it plausible. One byte more than
    // needed lets the decoder see that nothing follows.
    let likely = bytes.len().saturating_mul(16).min(MAX_DECODED_BYTES);
    let known = header.size.and_then(|size| usize::try_from(size).ok()).unwrap_or(likely);
    content.reserve_exact(known.min(likely) + 1);
    stream.process_vec(&header.bytes, content, Action::Run).map_err(|error| failure(error, &stream, bytes))?;
    assert_eq!(offset(stream.total_in()), HEADER_BYTES, "the checked header is the one that is decoded");
    loop {
        let rest = &bytes[offset(stream.total_in())..];
        let status =
            stream.process_vec(rest, content, Action::Finish).map_err(|error| failure(error, &stream, bytes))?;
        match status {
            _ if content.len() > MAX_DECODED_BYTES => {
                return Err(Error::TooLarge { limit_bytes: MAX_DECODED_BYTES, header_bytes: header.size });
            }
            Status::StreamEnd => break,
            _ if content.len() == content.capacity() => {
                content.reserve_exact(content.len().min(MAX_DECODED_BYTES + 1 - content.len()));
            }
            _ => {
                return Err(Error::Truncated {
                    offset: bytes.len(),
                    decoded_bytes: content.len(),
                    header_bytes: header.size,
                });
            }
        }
    }
    let end = offset(stream.total_in());
    if end < bytes.len() {
        return Err(Error::Trailing { offset: end, len_bytes: bytes.len() - end });
    }
    if header.size.is_some_and(|size| size != content.len() as u64) {
        return Err(Error::Corrupt { offset: end, decoded_bytes: content.len() });
    }
    Ok(())
}

fn failure(error: LzmaError, stream: &Stream, bytes: &[u8]) -> Error {
    match error {
        LzmaError::Mem | LzmaError::MemLimit => Error::Memory,
        LzmaError::Format | LzmaError::Options => Error::Header { len_bytes: bytes.len() },
        _ => Error::Corrupt { offset: offset(stream.total_in()), decoded_bytes: offset(stream.total_out()) },
    }
}

fn offset(total: u64) -> usize {
    usize::try_from(total).expect("counts bytes that are in memory")
}

/// How hard a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// To the size of the feed's own files.
    Small,
    /// Five times as fast, and 13 % larger for ticks.
    #[cfg_attr(not(feature = "http"), expect(dead_code, reason = "only what is made of JSON is in a hurry"))]
    Fast,
}

/// Appends `content`, compressed, to `bytes`.
pub(crate) fn compress(content: &[u8], effort: Effort, ending: Ending, bytes: &mut Vec<u8>) -> Result<(), Error> {
    if content.len() > MAX_DECODED_BYTES {
        return Err(Error::TooLarge { limit_bytes: MAX_DECODED_BYTES, header_bytes: None });
    }
    let preset = match effort {
        Effort::Small => 6,
        Effort::Fast => 0,
    };
    let mut options = LzmaOptions::new_preset(preset).map_err(|_| Error::Memory)?;
    let needed = u32::try_from(content.len()).unwrap_or(DICTIONARY).next_power_of_two();
    options.dict_size(needed.clamp(MIN_DICTIONARY, DICTIONARY));
    let mut stream = Stream::new_lzma_encoder(&options).map_err(|_| Error::Memory)?;
    let start = bytes.len();
    loop {
        bytes.reserve((content.len() / 4).max(256));
        let rest = &content[offset(stream.total_in())..];
        let status = stream.process_vec(rest, bytes, Action::Finish).map_err(|_| Error::Memory)?;
        if status == Status::StreamEnd {
            break;
        }
    }
    bytes[start + 1..start + 5].copy_from_slice(&DICTIONARY.to_le_bytes());
    if ending == Ending::Size {
        bytes[start + 5..start + HEADER_BYTES].copy_from_slice(&(content.len() as u64).to_le_bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compressed(content: &[u8], ending: Ending) -> Vec<u8> {
        let mut bytes = Vec::new();
        compress(content, Effort::Small, ending, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn both_endings_give_the_content_back() {
        let content: Vec<u8> = (0..100_000_u32).flat_map(|i| (i.wrapping_mul(i) / 7).to_be_bytes()).collect();
        for (effort, ending, size) in [
            (Effort::Small, Ending::Size, 400_000),
            (Effort::Small, Ending::Marker, UNKNOWN_SIZE),
            (Effort::Fast, Ending::Size, 400_000),
        ] {
            let mut bytes = Vec::new();
            compress(&content, effort, ending, &mut bytes).unwrap();
            assert_eq!(bytes[..5], [0x5d, 0, 0, 0x40, 0]);
            assert_eq!(bytes[5..13], size.to_le_bytes());
            let mut decoded = b"left over".to_vec();
            decompress(&bytes, &mut decoded).unwrap();
            assert!(decoded == content);
        }
    }

    #[test]
    fn a_claim_beyond_the_limit_is_refused_before_allocating() {
        let mut bytes = compressed(&[7; 40], Ending::Size);
        bytes[5..13].copy_from_slice(&(u64::from(LIMIT) + 1).to_le_bytes());
        let mut content = Vec::new();
        assert!(matches!(decompress(&bytes, &mut content), Err(Error::TooLarge { .. })));
        assert_eq!(content.capacity(), 0);
    }

    #[test]
    fn a_false_claim_allocates_in_proportion_to_the_file() {
        let mut bytes = compressed(&[7; 40], Ending::Size);
        bytes[5..13].copy_from_slice(&u64::from(LIMIT).to_le_bytes());
        let mut content = Vec::new();
        assert!(decompress(&bytes, &mut content).is_err());
        assert!(content.capacity() < 10_000);
    }

    #[test]
    fn a_bomb_without_size_stops_at_the_limit() {
        let bytes = {
            let options = LzmaOptions::new_preset(1).unwrap();
            let mut stream = Stream::new_lzma_encoder(&options).unwrap();
            let (zeros, mut bytes) = (vec![0; MAX_DECODED_BYTES + 1], Vec::with_capacity(1 << 20));
            assert_eq!(stream.process_vec(&zeros, &mut bytes, Action::Finish).unwrap(), Status::StreamEnd);
            bytes
        };
        let mut content = Vec::new();
        let error = decompress(&bytes, &mut content).unwrap_err();
        assert!(matches!(error, Error::TooLarge { header_bytes: None, .. }), "{error}");
        assert!(content.capacity() <= MAX_DECODED_BYTES + 1);
    }

    #[test]
    fn a_huge_dictionary_is_not_allocated() {
        let mut bytes = compressed(b"twenty bytes of data", Ending::Marker);
        bytes[1..5].copy_from_slice(&u32::MAX.to_le_bytes());
        let mut content = Vec::new();
        decompress(&bytes, &mut content).unwrap();
        assert_eq!(content, b"twenty bytes of data");
    }

    #[test]
    fn a_size_that_is_not_that_of_the_content_is_an_error() {
        for wrong in [39_u64, 41] {
            let mut bytes = compressed(&[7; 40], Ending::Size);
            bytes[5..13].copy_from_slice(&wrong.to_le_bytes());
            assert!(decompress(&bytes, &mut Vec::new()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn bytes_after_the_end_are_an_error_that_says_where() {
        for ending in [Ending::Size, Ending::Marker] {
            let mut bytes = compressed(&[7; 40], ending);
            let end = bytes.len();
            bytes.push(0);
            let error = decompress(&bytes, &mut Vec::new()).unwrap_err();
            assert!(matches!(error, Error::Trailing { offset, len_bytes: 1 } if offset == end), "{error}");
        }
    }
}

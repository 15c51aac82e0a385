//! What the fuzz targets make of their input.

use dukascopy::PriceScale;
use liblzma::stream::{Action, LzmaOptions, Status, Stream};
use market::UnixNanos;

/// The first byte of the input, which chooses settings, and the rest.
pub fn settings(data: &[u8]) -> Option<(u8, &[u8])> {
    data.split_first().map(|(&first, rest)| (first, rest))
}

/// A scale of 0 to 7 decimals.
pub fn scale(settings: u8) -> PriceScale {
    PriceScale::new(settings & 7).expect("three bits are a scale")
}

/// 2024-02-29: the start of an hour and of a day.
pub fn day() -> UnixNanos {
    UnixNanos(1_709_164_800_000_000_000)
}

/// `content` as an LZMA stream, so that the records of a file are reached without guessing their compression.
pub fn compressed(content: &[u8]) -> Vec<u8> {
    let mut options = LzmaOptions::new_preset(0).expect("a preset of liblzma");
    options.dict_size(4_096);
    let mut stream = Stream::new_lzma_encoder(&options).expect("enough memory");
    let mut bytes = Vec::with_capacity(content.len() * 2 + 256);
    let status = stream.process_vec(content, &mut bytes, Action::Finish).expect("room for all");
    assert_eq!(status, Status::StreamEnd);
    bytes
}

/// Numbers from bytes, until they end.
pub struct Numbers<'a>(pub &'a [u8]);

impl Numbers<'_> {
    /// One byte says how wide the number is, up to 8 bytes follow.
    pub fn integer(&mut self) -> Option<i64> {
        let (&width, rest) = self.0.split_first()?;
        let (number, rest) = rest.split_at_checked([1, 1, 1, 2, 2, 4, 8, 8][usize::from(width & 7)])?;
        self.0 = rest;
        let unsigned = number.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
        let signed = if width & 8 == 0 { unsigned.cast_signed() } else { unsigned.cast_signed().wrapping_neg() };
        Some(signed)
    }

    /// As [`integer`](Self::integer), with up to 15 decimals.
    pub fn decimal(&mut self) -> Option<String> {
        let integer = self.integer()?;
        let (&decimals, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(format!("{integer}e-{}", decimals & 15))
    }
}

/// `[1,2,3]`.
pub fn array<T: std::fmt::Display>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(","))
}

/// `{"name":value}`.
pub fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

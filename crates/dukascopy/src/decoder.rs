use market::{Ticks, UnixNanos};

use crate::candles::append_candles;
use crate::lzma::decompress;
use crate::period::Period;
use crate::ticks::append_ticks;
use crate::{Candle, CandleStep, Error, PriceScale, TickSpan};

/// Decodes many files one after another and keeps the memory for their contents in between; one decoder a thread.
///
/// [`decode_ticks`](crate::decode_ticks) and [`decode_candles`](crate::decode_candles) do the same for a single file.
/// The memory kept is that of the largest content so far, at most [`MAX_DECODED_BYTES`](crate::MAX_DECODED_BYTES).
///
/// ```
/// use dukascopy::{Decoder, Ending, PriceScale, TickSpan, encode_ticks};
/// use market::{Tick, Ticks};
///
/// let scale = PriceScale::new(5).ok_or("too many decimals")?;
/// let hour = "2019-02-04T13:00:00Z".parse()?;
/// let (mut ticks, mut file) = (Ticks::default(), Vec::new());
/// ticks.push(Tick { time: hour, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
/// encode_ticks(ticks.view(), TickSpan::Hour, hour, scale, Ending::Size, &mut file)?;
///
/// let (mut decoder, mut decoded) = (Decoder::new(), Ticks::default());
/// for file in [&file, &file] {
///     decoded.clear();
///     decoder.decode_ticks(file, TickSpan::Hour, hour, scale, &mut decoded)?;
///     assert_eq!(decoded, ticks);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    content: Vec<u8>,
}

impl Decoder {
    /// A decoder that has no memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Does what [`decode_ticks`](crate::decode_ticks) does.
    ///
    /// # Errors
    /// Those of [`decode_ticks`](crate::decode_ticks); the decoder can be used again.
    pub fn decode_ticks(
        &mut self,
        bytes: &[u8],
        span: TickSpan,
        start: UnixNanos,
        scale: PriceScale,
        ticks: &mut Ticks,
    ) -> Result<usize, Error> {
        let end = Period::from(span).end(start)?;
        append_ticks(self.content(bytes)?, start..end, scale, ticks)
    }

    /// Does what [`decode_candles`](crate::decode_candles) does.
    ///
    /// # Errors
    /// Those of [`decode_candles`](crate::decode_candles); the decoder can be used again.
    pub fn decode_candles(
        &mut self,
        bytes: &[u8],
        step: CandleStep,
        start: UnixNanos,
        scale: PriceScale,
        candles: &mut Vec<Candle>,
    ) -> Result<usize, Error> {
        let end = Period::from(step).end(start)?;
        append_candles(self.content(bytes)?, step, start..end, scale, candles)
    }

    /// What is compressed in a file; nothing for no bytes.
    fn content(&mut self, bytes: &[u8]) -> Result<&[u8], Error> {
        self.content.clear();
        if !bytes.is_empty() {
            decompress(bytes, &mut self.content)?;
        }
        Ok(&self.content)
    }
}

#[cfg(test)]
mod tests {
    use market::Tick;

    use super::*;
    use crate::{Ending, encode_ticks};

    #[test]
    fn a_decoder_used_again_gives_what_a_new_one_gives() {
        let scale = PriceScale::new(5).unwrap();
        let start: UnixNanos = "2019-02-04T13:00:00Z".parse().unwrap();
        let file = |n_ticks: u32| {
            let (mut ticks, mut bytes) = (Ticks::default(), Vec::new());
            for step in 0..n_ticks {
                let time = UnixNanos(start.0 + i64::from(step) * 1_000_000);
                let bid = scale.price(110_000 + step * step % 17);
                ticks.push(Tick { time, bid, ask: bid, bid_volume: 1.5, ask_volume: 0.0 }).unwrap();
            }
            encode_ticks(ticks.view(), TickSpan::Hour, start, scale, Ending::Size, &mut bytes).unwrap();
            (ticks, bytes)
        };
        let mut decoder = Decoder::new();
        for n_ticks in [600, 1, 0, 256, 257, 600] {
            let (ticks, bytes) = file(n_ticks);
            let mut decode = |bytes: &[u8]| {
                let mut decoded = Ticks::default();
                decoder.decode_ticks(bytes, TickSpan::Hour, start, scale, &mut decoded).map(|_| decoded)
            };
            assert_eq!(decode(&bytes).unwrap(), ticks);
            if let Some((_, cut)) = bytes.split_last() {
                assert!(matches!(decode(cut), Err(Error::Truncated { .. })));
            }
            assert!(matches!(decode(&[7; 40]), Err(Error::Header { .. } | Error::TooLarge { .. })));
        }
        let (_, bytes) = file(600);
        let mut candles = Vec::new();
        let day = "2019-02-04".parse().unwrap();
        assert!(decoder.decode_candles(&bytes, CandleStep::Minute, day, scale, &mut candles).is_err());
        assert!(candles.is_empty());
    }
}

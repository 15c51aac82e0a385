//! What holds for all input.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use dukascopy::{
    Candle, CandleStep, Ending, FileKey, FileKind, PriceScale, Side, TickSpan, decode_candles, decode_ticks,
    encode_candles, encode_ticks,
};
use market::{Tick, Ticks, UnixNanos};
use proptest::collection::vec;
use proptest::prelude::*;

fn volume() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), (1.0e-6_f32..1e6).prop_map(f64::from)]
}

fn scale() -> impl Strategy<Value = PriceScale> {
    (0_u8..=7).prop_map(|decimals| PriceScale::new(decimals).unwrap())
}

fn ending() -> impl Strategy<Value = Ending> {
    prop_oneof![Just(Ending::Size), Just(Ending::Marker)]
}

fn span() -> impl Strategy<Value = TickSpan> {
    prop_oneof![Just(TickSpan::Hour), Just(TickSpan::Day)]
}

fn kind() -> impl Strategy<Value = FileKind> {
    let side = prop_oneof![Just(Side::Bid), Just(Side::Ask)];
    let step = prop_oneof![Just(CandleStep::Minute), Just(CandleStep::Hour), Just(CandleStep::Day)];
    prop_oneof![span().prop_map(FileKind::Ticks), (step, side).prop_map(|(step, side)| FileKind::Candles(step, side))]
}

fn day() -> UnixNanos {
    "2024-02-29".parse().unwrap()
}

type TickParts = (u32, u32, u32, f64, f64);

fn tick_parts() -> impl Strategy<Value = Vec<TickParts>> {
    let price = 1_u32..1_000_000_000;
    vec((0_u32..3_600_000, price.clone(), price, volume(), volume()), 0..200)
}

fn to_ticks(mut parts: Vec<TickParts>, scale: PriceScale) -> Ticks {
    parts.sort_by_key(|part| part.0);
    let mut ticks = Ticks::default();
    for (millis, bid, ask, bid_volume, ask_volume) in parts {
        let time = UnixNanos(day().0 + i64::from(millis) * 1_000_000);
        ticks.push(Tick { time, bid: scale.price(bid), ask: scale.price(ask), bid_volume, ask_volume }).unwrap();
    }
    ticks
}

proptest! {
    #[test]
    fn decoding_undoes_encoding_of_ticks(parts in tick_parts(), scale in scale(), span in span(), ending in ending()) {
        let (ticks, mut bytes, mut decoded) = (to_ticks(parts, scale), Vec::new(), Ticks::default());
        encode_ticks(ticks.view(), span, day(), scale, ending, &mut bytes).unwrap();
        prop_assert_eq!(decode_ticks(&bytes, span, day(), scale, &mut decoded).unwrap(), ticks.len());
        prop_assert_eq!(decoded, ticks);
    }

    #[test]
    fn decoding_undoes_encoding_of_candles(
        parts in vec((0_i64..366, [1_u32..1_000_000_000, 1..1_000_000_000, 1..1_000_000_000, 1..1_000_000_000], volume()), 0..100),
        scale in scale(),
        step in prop_oneof![Just(CandleStep::Minute), Just(CandleStep::Hour), Just(CandleStep::Day)],
        ending in ending(),
    ) {
        let start = FileKey::new("EURUSD".parse().unwrap(), FileKind::Candles(step, Side::Bid), day()).unwrap().start();
        let mut candles: Vec<Candle> = parts.into_iter().map(|(position, mut prices, volume)| {
            prices[1..].sort_unstable();
            let [_, low, close, high] = prices.map(|price| scale.price(price));
            let open_time = UnixNanos(start.0 + position * step.timeframe().nanos());
            Candle { open_time, open: low, high, low, close, volume }
        }).collect();
        candles.sort_by_key(|candle| candle.open_time);
        candles.dedup_by_key(|candle| candle.open_time);
        let (mut bytes, mut decoded) = (Vec::new(), Vec::new());
        encode_candles(&candles, step, start, scale, ending, &mut bytes).unwrap();
        prop_assert_eq!(decode_candles(&bytes, step, start, scale, &mut decoded).unwrap(), candles.len());
        prop_assert_eq!(decoded, candles);
    }

    #[test]
    fn damage_never_panics(
        parts in tick_parts(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        ending in ending(),
    ) {
        let scale = PriceScale::new(5).unwrap();
        let mut bytes = Vec::new();
        encode_ticks(to_ticks(parts, scale).view(), TickSpan::Hour, day(), scale, ending, &mut bytes).unwrap();
        if !bytes.is_empty() {
            for (at, value) in damage {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        let mut ticks = Ticks::default();
        let result = decode_ticks(&bytes, TickSpan::Hour, day(), scale, &mut ticks);
        prop_assert_eq!(result.unwrap_or(0), ticks.len());
        let _ = decode_candles(&bytes, CandleStep::Minute, day(), scale, &mut Vec::new());
    }

    #[test]
    fn any_bytes_decode_without_panic(bytes in vec(any::<u8>(), 0..100)) {
        let scale = PriceScale::new(5).unwrap();
        let header = [0x5d, 0, 0, 0x40, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0];
        let _ = decode_ticks(&bytes, TickSpan::Day, day(), scale, &mut Ticks::default());
        let _ = decode_ticks(&[&header, &bytes[..]].concat(), TickSpan::Day, day(), scale, &mut Ticks::default());
    }

    #[test]
    fn a_path_names_one_key(kind in kind(), seconds in -2_208_988_800_i64..7_258_118_400) {
        let time = UnixNanos::from_seconds(seconds).unwrap();
        let key = FileKey::new("USA500.IDXUSD".parse().unwrap(), kind, time).unwrap();
        prop_assert!(key.start() <= time && time < key.end());
        prop_assert_eq!(key.to_string().parse::<FileKey>().unwrap(), key);
    }

    #[test]
    fn any_text_is_a_path_or_an_error(text in "[A-Z]{2}/[0-9]{3,5}/[0-9/]{0,9}(BID_candles_day_1|[0-9]{1,3}h?_ticks).bi5") {
        if let Ok(key) = text.parse::<FileKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn a_price_is_the_double_closest_to_its_decimal_text(units in 1_u32..1_000_000_000, scale in scale()) {
        let decimals = usize::from(scale.decimals());
        let (whole, part) = (units / scale.factor(), units % scale.factor());
        let text = if decimals == 0 { whole.to_string() } else { format!("{whole}.{part:0decimals$}") };
        prop_assert_eq!(scale.price(units).to_bits(), text.parse::<f64>().unwrap().to_bits());
        prop_assert_eq!(scale.units(scale.price(units)), Some(units));
    }
}

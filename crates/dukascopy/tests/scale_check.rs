//! The scale check against genuine prices, prices of twenty years, and prices read with wrong scales.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic and say that it is skipped")]

use std::path::{Path, PathBuf};

use dukascopy::{
    Candle, FileKind, FileState, InstrumentInfo, Mirror, PriceScale, ScaleCheck, check_scale, decode_json_candles,
    expected_prices, instrument, instruments,
};
use market::UnixNanos;

fn at(text: &str) -> UnixNanos {
    text.parse().unwrap()
}

fn info(symbol: &str) -> &'static InstrumentInfo {
    instrument(symbol).unwrap()
}

fn scale(decimals: u8) -> PriceScale {
    PriceScale::new(decimals).unwrap()
}

/// What a price becomes if its integers are read with another scale.
fn misread(price: f64, right: PriceScale, wrong: PriceScale) -> f64 {
    price * f64::from(right.factor()) / f64::from(wrong.factor())
}

/// Prices as they were quoted, from public record.
const QUOTED: [(&str, &str, f64); 72] = [
    ("EURUSD", "2003-05-05", 1.1265),
    ("EURUSD", "2008-07-15", 1.5990),
    ("EURUSD", "2022-09-28", 0.9536),
    ("USDJPY", "2007-06-22", 124.1),
    ("USDJPY", "2011-10-31", 75.35),
    ("USDJPY", "2024-07-03", 161.9),
    ("GBPUSD", "2007-11-09", 2.1161),
    ("GBPUSD", "2022-09-26", 1.0350),
    ("USDCHF", "2011-08-09", 0.7068),
    ("EURCHF", "2007-10-12", 1.6827),
    ("EURCHF", "2015-01-15", 0.8517),
    ("AUDUSD", "2008-10-27", 0.6009),
    ("AUDUSD", "2011-07-27", 1.1080),
    ("NZDUSD", "2009-03-03", 0.4895),
    ("USDCAD", "2007-11-07", 0.9059),
    ("USDCAD", "2016-01-20", 1.4690),
    ("GBPJPY", "2007-07-20", 251.1),
    ("GBPJPY", "2011-09-22", 116.8),
    ("EURJPY", "2008-07-23", 169.97),
    ("EURJPY", "2012-07-24", 94.11),
    ("CHFJPY", "2024-07-10", 180.1),
    ("USDSEK", "2008-03-17", 5.8445),
    ("USDNOK", "2020-03-19", 12.13),
    ("EURNOK", "2012-08-23", 7.2565),
    ("USDMXN", "2008-08-04", 9.8563),
    ("USDMXN", "2020-04-06", 25.78),
    ("USDZAR", "2006-02-01", 6.0),
    ("USDZAR", "2016-01-11", 17.99),
    ("USDTRY", "2008-01-15", 1.15),
    ("USDTRY", "2018-08-13", 7.2362),
    ("USDTRY", "2021-12-20", 18.36),
    ("USDTRY", "2025-06-16", 39.4),
    ("TRYJPY", "2024-06-03", 4.86),
    ("EURHUF", "2022-10-13", 434.0),
    ("USDHUF", "2008-07-15", 143.5),
    ("EURPLN", "2008-07-21", 3.2),
    ("USDPLN", "2022-09-28", 5.06),
    ("EURCZK", "2008-07-21", 22.92),
    ("USDILS", "2021-11-17", 3.07),
    ("USDTHB", "2013-04-19", 28.6),
    ("USDCNH", "2014-01-14", 6.02),
    ("USDCNH", "2023-09-08", 7.365),
    ("USDHKD", "2005-05-20", 7.79),
    ("USDSGD", "2011-07-27", 1.2),
    ("XAUUSD", "2003-05-05", 342.0),
    ("XAUUSD", "2008-03-17", 1030.0),
    ("XAUUSD", "2011-09-06", 1920.0),
    ("XAUUSD", "2015-12-03", 1046.0),
    ("XAUUSD", "2020-08-07", 2075.0),
    ("XAUUSD", "2025-04-22", 3500.0),
    ("XAUEUR", "2020-08-06", 1743.0),
    ("XAGUSD", "2008-10-28", 8.8),
    ("XAGUSD", "2011-04-28", 48.4),
    ("XAGUSD", "2020-03-18", 11.64),
    ("BTCUSD", "2018-12-15", 3_122.3),
    ("BTCUSD", "2020-03-13", 3_850.0),
    ("BTCUSD", "2021-11-10", 69_000.0),
    ("BTCUSD", "2022-11-21", 15_480.0),
    ("BTCUSD", "2025-01-20", 109_300.0),
    ("ETHUSD", "2021-11-10", 4_868.0),
    ("ETHUSD", "2022-06-18", 881.0),
    ("DEUIDXEUR", "2013-01-02", 7_779.0),
    ("DEUIDXEUR", "2020-03-16", 8_256.0),
    ("DEUIDXEUR", "2025-06-05", 24_479.0),
    ("USA500IDXUSD", "2012-01-17", 1_294.0),
    ("USA500IDXUSD", "2020-03-23", 2_192.0),
    ("USA30IDXUSD", "2024-12-04", 45_073.0),
    ("JPNIDXJPY", "2024-07-11", 42_426.0),
    ("BRENTCMDUSD", "2008-07-11", 147.5),
    ("BRENTCMDUSD", "2016-01-20", 27.1),
    ("LIGHTCMDUSD", "2022-03-07", 130.5),
    ("BUNDTREUR", "2020-03-09", 179.4),
];

#[test]
fn prices_of_twenty_years_are_never_flagged() {
    for (symbol, day, price) in QUOTED {
        let info = info(symbol);
        let check = check_scale(info, info.scale, &[price], at(day));
        assert_eq!(check, ScaleCheck::Plausible, "{symbol} {day} {price}");
    }
}

#[test]
fn prices_of_twenty_years_are_flagged_with_every_other_scale_and_the_right_one_suggested() {
    for (symbol, day, price) in QUOTED {
        let info = info(symbol);
        for wrong in (0..=7).map(scale).filter(|wrong| *wrong != info.scale) {
            match check_scale(info, wrong, &[misread(price, info.scale, wrong)], at(day)) {
                ScaleCheck::Implausible { suggested, .. } => assert_eq!(suggested, Some(info.scale), "{symbol} {day}"),
                ScaleCheck::CoarserThanPip { .. } => assert!(wrong.decimals() < info.pip_decimals),
                other => panic!("{symbol} {day} with {} decimals is {other:?}", wrong.decimals()),
            }
        }
    }
}

#[test]
fn the_mistakes_of_other_programs_are_flagged() {
    for (symbol, day, decimals, price) in [
        ("USDJPY", "2023-11-14", 5, 1.518_08),
        ("XAUUSD", "2025-04-22", 2, 35_000.0),
        ("XAUUSD", "2025-04-22", 5, 35.0),
        ("XAGUSD", "2019-02-04", 5, 0.1585),
        ("EURUSD", "2019-02-04", 6, 0.114_523),
        ("DEUIDXEUR", "2019-02-04", 5, 111.77),
        ("TRXUSD", "2021-06-01", 1, 780.0),
        ("AEDHUF", "2025-06-16", 3, 9_560.0),
    ] {
        let info = info(symbol);
        let check = check_scale(info, scale(decimals), &[price], at(day));
        let suggests = matches!(&check, ScaleCheck::Implausible { suggested, .. } if *suggested == Some(info.scale));
        assert!(suggests || decimals < info.pip_decimals && check.is_suspect(), "{symbol} {check:?}");
    }
    // Bitcoin a thousand times too high: no scale of its table could be coarser, so the price alone tells.
    let check = check_scale(info("BTCUSD"), scale(0), &[24_500_000.0], at("2023-02-20"));
    let ScaleCheck::Implausible { expected, found, suggested } = check else { panic!("{check:?}") };
    assert!(expected.end < found && suggested == Some(scale(3)));
}

/// Scales that the newer metadata have wrong, with a price of 16 June 2025; a price scale that they lack counts as 0
/// there.
#[test]
fn the_known_wrong_scales_of_the_newer_metadata_are_flagged() {
    let day = at("2025-06-16");
    for (symbol, wrong, price) in
        [("AEDHUF", 3, 94.9), ("AUDCNH", 5, 4.68), ("XLMUSD", 4, 0.26), ("USDCZK", 0, 21.45), ("USDILS", 0, 3.51)]
    {
        let info = info(symbol);
        assert!(
            check_scale(info, scale(wrong), &[misread(price, info.scale, scale(wrong))], day).is_suspect(),
            "{symbol}"
        );
        assert_eq!(check_scale(info, info.scale, &[price], day), ScaleCheck::Plausible, "{symbol}");
    }
    // Aave cost about 270 dollars.
    let aave = info("AVEUSD");
    assert_eq!(
        check_scale(aave, scale(3), &[27.0], day),
        ScaleCheck::Implausible {
            expected: expected_prices(aave, day).unwrap(),
            found: 27.0,
            suggested: Some(aave.scale),
        }
    );
    // All funds without a price scale, whatever their price.
    let funds = instruments().iter().filter(|info| info.group == "ETF_CFD_US");
    assert_eq!(funds.map(|fund| assert!(check_scale(fund, scale(0), &[], day).is_suspect())).count(), 60);
}

#[test]
fn of_1622_instruments_413_can_always_be_judged_and_11_never() {
    let day = at("2025-06-16");
    let (mut n_always, mut mostly, mut n_hardly, mut never) = (0, Vec::new(), 0, Vec::new());
    for info in instruments() {
        match expected_prices(info, day).map(|range| range.end / range.start) {
            Some(ratio) if ratio < 10.0 => n_always += 1,
            Some(ratio) if ratio < 100.0 => mostly.push(info.symbol),
            Some(_) => {
                assert!(!info.group.starts_with("FX_") && info.group != "VCCY", "{}", info.symbol);
                n_hardly += 1;
            }
            None => never.push(info.symbol),
        }
    }
    assert_eq!((n_always, mostly.len(), n_hardly, never.len()), (413, 10, 1_188, 11));
    assert_eq!(
        mostly,
        ["BCHCHF", "BCHGBP", "DSHUSD", "ENJUSD", "ETHCHF", "ETHGBP", "LTCCHF", "LTCEUR", "LTCGBP", "XAUXAG"]
    );
    never.retain(|symbol| !symbol.starts_with("IE00"));
    assert_eq!(never, ["DUKEUR", "SGDIDXSGD"]);
}

/// What the documentation promises of a narrow range: the table's scale is plausible and no other, at every price in
/// it.
#[test]
fn where_the_range_is_narrow_every_price_is_judged() {
    let mut n_judged = 0;
    for info in instruments() {
        for year in 2003..=2026 {
            let time = at(&format!("{year}-06-01"));
            let Some(range) = expected_prices(info, time) else { continue };
            if range.end / range.start >= 10.0 {
                continue;
            }
            for price in [range.start * 1.001, (range.start * range.end).sqrt(), range.end * 0.999] {
                assert_eq!(check_scale(info, info.scale, &[price], time), ScaleCheck::Plausible, "{}", info.symbol);
                for wrong in (0..=7).map(scale).filter(|wrong| *wrong != info.scale) {
                    let check = check_scale(info, wrong, &[misread(price, info.scale, wrong)], time);
                    assert!(check.is_suspect(), "{} {year} {wrong:?} {check:?}", info.symbol);
                }
                n_judged += 1;
            }
        }
    }
    assert!(n_judged > 20_000, "{n_judged}");
}

/// Should a scale of the table be wrong by a factor of ten or more, prices could not be stored, or hardly be told
/// apart.
#[test]
fn the_tables_scales_can_store_the_expected_prices() {
    let mut coarse = Vec::new();
    for info in instruments().iter().filter(|info| info.symbol.len() == 6) {
        let Some(range) = expected_prices(info, at("2025-06-16")) else { continue };
        assert!(info.scale.units((range.end * 0.99).floor().max(1.0)).is_some(), "{}", info.symbol);
        if range.start * f64::from(info.scale.factor()) < 1_000.0 && info.group.starts_with("FX_") {
            coarse.push(info.symbol);
        }
    }
    assert_eq!(coarse, [""; 0]);
}

#[test]
fn nothing_is_claimed_without_knowledge() {
    let day = at("2025-06-16");
    let eurusd = info("EURUSD");
    for prices in [&[][..], &[f64::NAN, 0.0, -1.1, f64::INFINITY]] {
        assert_eq!(check_scale(eurusd, eurusd.scale, prices, day), ScaleCheck::Unknown);
    }
    assert_eq!(check_scale(info("DUKEUR"), scale(2), &[1.2], day), ScaleCheck::Unknown);
    assert_eq!(check_scale(info("AAPLUSUSD"), scale(3), &[196.45], day), ScaleCheck::Unknown);
    assert_eq!(expected_prices(eurusd, at("1973-03-01")), None);
    // In its first year Bitcoin rose by more than ten times.
    assert_eq!(check_scale(info("BTCUSD"), scale(1), &[1_800.0], at("2017-05-10")), ScaleCheck::Unknown);
}

#[test]
fn shares_are_flagged_where_they_are_beyond_all_shares() {
    let apple = info("AAPLUSUSD");
    let day = at("2025-06-16");
    assert!(check_scale(apple, scale(2), &[196_450.0], day).is_suspect());
    assert_eq!(check_scale(apple, scale(0), &[196_450.0], day), ScaleCheck::CoarserThanPip { pip_decimals: 2 });
    let tokyo = info("2502JPJPY");
    assert!(check_scale(tokyo, tokyo.scale, &[1_920.0], day) == ScaleCheck::Unknown);
    assert!(check_scale(tokyo, tokyo.scale, &[19_200_000.0], day).is_suspect());
}

#[test]
fn a_few_wild_prices_do_not_decide() {
    let eurusd = info("EURUSD");
    let mut prices = vec![1.145; 10_000];
    prices[..100].fill(114.5);
    assert_eq!(check_scale(eurusd, eurusd.scale, &prices, at("2019-02-04")), ScaleCheck::Plausible);
}

#[test]
fn the_answer_says_what_to_do() {
    let text = |decimals, price| check_scale(info("USDJPY"), scale(decimals), &[price], at("2023-11-14")).to_string();
    let suggestion = text(5, 1.518_08);
    assert!(suggestion.starts_with("prices around 1.51808 are not between "), "{suggestion}");
    assert!(suggestion.ends_with(", as with 3 decimals they would be"), "{suggestion}");
    assert_eq!(text(1, 15_180.8), "a pip has 2 decimals, the scale has fewer");
}

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder);
    if !path.is_dir() {
        println!("skipped: shared data folder is not there");
        return None;
    }
    Some(path)
}

fn closes(candles: &[Candle]) -> Vec<f64> {
    candles.iter().map(|candle| candle.close).collect()
}

#[test]
fn genuine_files_are_never_flagged() {
    let (Some(dukascopy), Some(oanda)) = (shared("dukascopy"), shared("oanda-mirror")) else { return };
    let mut n_files = 0;
    for mirror in [dukascopy, oanda].map(|folder| Mirror::open(folder).unwrap()) {
        for symbol in mirror.symbols().unwrap() {
            let info = info(symbol.as_str());
            for key in mirror.files(&symbol).unwrap() {
                let mut candles = Vec::new();
                let prices = match key.kind() {
                    FileKind::Ticks(_) => {
                        let hour = key.start()..UnixNanos(key.start().0 + 3_600 * UnixNanos::PER_SECOND);
                        mirror.read_ticks(&symbol, hour).unwrap().ticks.view().bid.to_vec()
                    }
                    FileKind::Candles(..) => match mirror.read_candles(&key, &mut candles).unwrap() {
                        FileState::Data => closes(&candles),
                        _ => continue,
                    },
                };
                if prices.is_empty() {
                    continue;
                }
                let check = check_scale(info, info.scale, &prices, key.start());
                // A whole year of Bitcoin's day candles may have a median that other years had too.
                assert!(!check.is_suspect(), "{symbol} {}: {check}", key.start());
                assert!(check == ScaleCheck::Plausible || symbol.as_str() == "BTCUSD", "{symbol} {}", key.start());
                n_files += 1;
            }
        }
    }
    assert!(n_files > 800, "{n_files}");
}

#[test]
fn genuine_json_answers_are_never_flagged() {
    let Some(folder) = shared("jetta") else { return };
    for (name, symbol, day) in [
        ("candles-minute-EUR-USD-BID-2026-7-10.json", "EURUSD", "2026-07-10"),
        ("candles-minute-BTC-USD-BID-2023-2-19.json", "BTCUSD", "2023-02-19"),
    ] {
        let info = info(symbol);
        let mut candles = Vec::new();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        decode_json_candles(&bytes, dukascopy::CandleStep::Minute, at(day), info.scale, &mut candles).unwrap();
        assert_eq!(check_scale(info, info.scale, &closes(&candles), at(day)), ScaleCheck::Plausible, "{name}");
    }
}

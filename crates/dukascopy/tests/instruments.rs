//! The instrument table.

use dukascopy::{
    HistoryStarts, ScaleBasis, find_instruments, instrument, instrument_groups, instruments, similar_instruments,
};
use market::UnixNanos;

#[test]
fn has_all_instruments_sorted_and_each_once() {
    assert_eq!(instruments().len(), 1_622);
    assert!(instruments().is_sorted_by(|a, b| a.symbol < b.symbol));
    for info in instruments() {
        assert_eq!(instrument(info.symbol), Some(info));
        assert!(!info.name.is_empty());
        assert_eq!(info.market_instrument().symbol.as_str(), info.symbol);
        assert!(info.pip_size() >= info.market_instrument().tick_size);
    }
}

#[test]
fn knows_the_price_scales() {
    for (symbol, factor, pip) in [
        ("EURUSD", 100_000, 0.0001),
        ("USDJPY", 1_000, 0.01),
        ("GBPJPY", 1_000, 0.01),
        ("XAUUSD", 1_000, 0.01),
        ("XAGUSD", 1_000, 0.01),
        ("BTCUSD", 10, 1.0),
        ("ETHUSD", 10, 1.0),
        ("BATUSD", 100_000, 0.0001),
        ("UNIUSD", 1_000, 0.01),
        ("LNKUSD", 1_000, 0.01),
        ("DEUIDXEUR", 1_000, 0.01),
        ("USA500IDXUSD", 1_000, 0.01),
        ("AAPLUSUSD", 1_000, 0.01),
    ] {
        let info = instrument(symbol).unwrap();
        assert_eq!((info.scale.factor(), info.pip_size()), (factor, pip), "{symbol}");
    }
}

#[test]
fn three_published_scales_are_not_a_tenth_of_the_pip() {
    let exceptions: Vec<_> =
        instruments().iter().filter(|i| i.scale.decimals() != i.pip_decimals + 1).map(|i| i.symbol).collect();
    assert_eq!(exceptions, ["AEDHUF", "AUDCNH", "EURTHB"]);
    let derived = instruments().iter().filter(|i| i.scale_basis == ScaleBasis::DerivedFromPip).count();
    assert_eq!(derived, 15);
    assert_eq!(instrument("USCUSD").unwrap().scale.factor(), 1_000);
}

#[test]
fn six_feed_symbols_differ_from_the_name() {
    let other: Vec<_> = instruments().iter().filter(|i| i.feed_symbol != i.symbol).map(|i| i.symbol).collect();
    assert_eq!(other, ["BBAJIOOMXMXN", "BUGGGBGBP", "CEMEXCPOMXMXN", "ESIHGBGBP", "SEMIGBGBP", "VTRSUSUSD"]);
}

#[test]
fn histories_start_where_the_metadata_say_and_placeholders_are_unknown() {
    let starts = |symbol: &str| {
        let history = instrument(symbol).unwrap().history;
        [history.ticks, history.minutes, history.hours, history.days].map(|time| time.map(|time| time.to_string()))
    };
    let text = |time: &str| Some(time.to_owned());
    assert_eq!(
        starts("EURUSD"),
        [
            text("2003-05-04T21:00:00Z"),
            text("2003-05-04T00:00:00Z"),
            text("2003-05-04T00:00:00Z"),
            text("1973-03-01T00:00:00Z")
        ]
    );
    assert_eq!(starts("ADAUSD")[0], None);
    assert_eq!(starts("BUGGGBGBX")[3], None);
}

#[test]
fn contract_sizes_follow_the_group() {
    let sizes = |symbol: &str| {
        let instrument = instrument(symbol).unwrap().market_instrument();
        (instrument.lot_size, instrument.quantity_step, instrument.tick_size, instrument.price_decimals)
    };
    assert_eq!(sizes("EURUSD"), (100_000.0, 1_000.0, 0.00001, 5));
    assert_eq!(sizes("XAUUSD"), (100.0, 1.0, 0.001, 3));
    assert_eq!(sizes("XAGUSD"), (5_000.0, 50.0, 0.001, 3));
    assert_eq!(sizes("BTCUSD"), (1.0, 0.01, 0.1, 1));
    assert_eq!(sizes("AAPLUSUSD"), (1.0, 1.0, 0.001, 3));
}

#[test]
fn names_are_found_in_any_usual_spelling_and_mistakes_get_suggestions() {
    for text in ["EURUSD", "eurusd", "EUR/USD", "EUR-USD"] {
        assert_eq!(instrument(text).map(|info| info.symbol), Some("EURUSD"), "{text}");
    }
    assert_eq!(instrument(""), None);
    let similar: Vec<_> = similar_instruments("EURUSF", 3).iter().map(|info| info.symbol).collect();
    assert!(similar.contains(&"EURUSD") && similar.len() == 3, "{similar:?}");
}

#[test]
fn placeholders_are_no_history_starts() {
    let starts = |pick: fn(&HistoryStarts) -> Option<UnixNanos>| {
        let known: Vec<_> = instruments().iter().filter_map(|info| pick(&info.history)).collect();
        for placeholder in ["1970-01-01", "2000-01-01"] {
            assert!(!known.contains(&placeholder.parse().unwrap()), "{placeholder}");
        }
        (instruments().len() - known.len(), known.into_iter().min().unwrap().to_string())
    };
    assert_eq!(starts(|history| history.ticks), (15, "2003-05-04T21:00:00Z".to_owned()));
    assert_eq!(starts(|history| history.minutes), (0, "2003-05-04T00:00:00Z".to_owned()));
    assert_eq!(starts(|history| history.hours), (0, "2003-05-04T00:00:00Z".to_owned()));
    assert_eq!(starts(|history| history.days), (7, "1973-03-01T00:00:00Z".to_owned()));
}

#[test]
fn instruments_are_found_by_words_and_by_group() {
    let found = |text: &str, group: Option<&str>| find_instruments(text, group).map(|i| i.symbol).collect::<Vec<_>>();
    assert_eq!(found("usa500.idx", None), ["USA500IDXUSD"]);
    assert_eq!(found("ETHER franc", None), ["ETHCHF"]);
    assert_eq!(found("gold nothing-like-it", None), [""; 0]);
    assert_eq!(found("  ", None).len(), 1_622);
    assert_eq!(found("-", Some("FX_MAJORS")), [""; 0]);
    assert_eq!(found("", Some("FX")).len(), 348);
    assert_eq!(found("", Some("F")), [""; 0]);
    assert_eq!(found("", Some("")).len(), 131);
    assert_eq!(found("eur", Some("fx_majors")), ["EURUSD"]);
    assert!(found("", Some("hong kong")).contains(&"0700HKHKD"));
}

#[test]
fn groups_are_counted() {
    let groups = instrument_groups();
    assert_eq!(groups[0], ("", 131));
    assert!(groups.contains(&("US", 546)) && groups.contains(&("VCCY", 29)));
    assert!(groups.is_sorted() && groups.len() == 37);
}

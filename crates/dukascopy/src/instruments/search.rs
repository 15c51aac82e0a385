use super::{InstrumentInfo, TABLE, plain};

/// The instruments of which every word of `text` is in the symbol or in the name, sorted by symbol.
///
/// - `text`: words between spaces, in either case; nothing but spaces finds all. In symbols, `/`, `.`, `-` and `_` do
///   not count.
/// - `group`: as in [`InstrumentInfo::group`], in either case, or its start up to a `_`: `FX` for `FX_MAJORS`,
///   `FX_CROSSES` and `FX_METALS`. `None` for all groups.
///
/// ```
/// use dukascopy::find_instruments;
///
/// let symbols: Vec<_> = find_instruments("dollar yen", None).map(|info| info.symbol).collect();
/// assert!(symbols.contains(&"USDJPY") && symbols.contains(&"AUDJPY"));
/// assert_eq!(find_instruments("", Some("fx_majors")).count(), 7);
/// assert!(find_instruments("apple", Some("US")).any(|info| info.symbol == "AAPLUSUSD"));
/// ```
pub fn find_instruments(text: &str, group: Option<&str>) -> impl Iterator<Item = &'static InstrumentInfo> + use<> {
    let words: Vec<_> = text.split_whitespace().map(|word| (plain(word), word.to_lowercase())).collect();
    let group = group.map(str::to_owned);
    TABLE.iter().filter(move |info| {
        let name = info.name.to_lowercase();
        let is_in = |(symbol, text): &(String, String)| {
            (!symbol.is_empty() && info.symbol.contains(symbol.as_str())) || name.contains(text.as_str())
        };
        group.as_deref().is_none_or(|group| is_of_group(info, group)) && words.iter().all(is_in)
    })
}

fn is_of_group(info: &InstrumentInfo, group: &str) -> bool {
    let start = info.group.get(..group.len());
    let ends = info.group.len() == group.len() || info.group.as_bytes().get(group.len()) == Some(&b'_');
    ends && start.is_some_and(|start| start.eq_ignore_ascii_case(group))
}

/// The groups with the number of their instruments, sorted; the first is the empty one, of those that are in no group.
///
/// ```
/// let groups = dukascopy::instrument_groups();
/// assert!(groups.contains(&("FX_MAJORS", 7)));
/// assert_eq!(groups.iter().map(|(_, n_instruments)| n_instruments).sum::<usize>(), 1_622);
/// ```
pub fn instrument_groups() -> Vec<(&'static str, usize)> {
    let mut names: Vec<_> = TABLE.iter().map(|info| info.group).collect();
    names.sort_unstable();
    names.chunk_by(|a, b| a == b).map(|chunk| (chunk[0], chunk.len())).collect()
}

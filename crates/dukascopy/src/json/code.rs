use std::collections::BTreeMap;
use std::sync::LazyLock;

use market::Symbol;

use crate::{Error, InstrumentInfo, instrument};

// Symbols whose code the rule does not give, with their code, or nothing where the API does not list the instrument.
static EXCEPTIONS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/json_codes.tsv").lines().skip(1);
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// The JSON API's name of an instrument, such as `EUR-USD`, `USA500.IDX-USD` or `AAPL.US-USD`.
///
/// `None` for the 123 instruments of the table that the API did not list in July 2026, most of them delisted shares.
///
/// ```
/// use dukascopy::{instrument, json_code};
///
/// let code = |symbol| instrument(symbol).and_then(json_code);
/// assert_eq!(code("EURUSD").as_deref(), Some("EUR-USD"));
/// assert_eq!(code("USA500IDXUSD").as_deref(), Some("USA500.IDX-USD"));
/// assert_eq!(code("ABCUSUSD"), None);
/// ```
pub fn json_code(info: &InstrumentInfo) -> Option<String> {
    if let Some(&code) = EXCEPTIONS.get(info.symbol) {
        return (!code.is_empty()).then(|| code.to_owned());
    }
    // The last three letters are the currency; before it stands the kind or country, but for pairs of currencies.
    let (base, quote) = info.symbol.split_at_checked(info.symbol.len().checked_sub(3)?)?;
    let suffix_letters = match info.group {
        group if group.starts_with("FX_") || group == "VCCY" => return Some(format!("{base}-{quote}")),
        _ if base.ends_with("IDX") || base.ends_with("CMD") => 3,
        _ => 2,
    };
    let (name, suffix) = base.split_at_checked(base.len().checked_sub(suffix_letters)?)?;
    Some(format!("{name}.{suffix}-{quote}"))
}

/// The symbol of a code of the JSON API: `EURUSD` for `EUR-USD`.
///
/// It is that of the instrument table, or for a code that the table does not have, the code without `-` and `.`.
///
/// # Errors
/// [`Error::JsonPath`] if no symbol can be made of it.
pub fn json_symbol(code: &str) -> Result<Symbol, Error> {
    let known = instrument(code).filter(|info| json_code(info).as_deref() == Some(code));
    let name = known.map_or_else(|| code.replace(['-', '.'], ""), |info| info.symbol.to_owned());
    name.parse().map_err(|_| Error::JsonPath { path: code.to_owned() })
}

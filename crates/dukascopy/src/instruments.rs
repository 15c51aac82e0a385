use std::sync::LazyLock;

use market::{Instrument, Symbol, UnixNanos};

use crate::PriceScale;
use crate::similar::edit_distance;

mod search;

pub use self::search::{find_instruments, instrument_groups};

/// Where an instrument's price scale comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScaleBasis {
    /// Published for the instrument's bi5 files.
    Published,
    /// A tenth of the pip, the rule that all but 3 of 1,607 published scales follow: nothing was published for bi5.
    DerivedFromPip,
}

/// Where an instrument's weekly sessions come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionBasis {
    /// Published for the instrument.
    Published,
    /// Taken from what is alike, as nothing was published for the instrument: shares from the shares of their exchange,
    /// spot metals from each other, crypto-currencies from BTCUSD, pairs of currencies from the week of the majors.
    DerivedFromGroup,
}

/// When an instrument's data begin, as far as known.
///
/// From the feed's metadata, where a few dates are wrong: a request before them costs nothing but an answer "not
/// there", and skipping it may lose data. Dates that are only placeholders there (midnight of 1970-01-01 and of
/// 2000-01-01) are `None`: 15 starts of ticks and 7 of day candles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryStarts {
    /// Hour of the first tick.
    pub ticks: Option<UnixNanos>,
    /// Day of the first minute candle.
    pub minutes: Option<UnixNanos>,
    /// Day of the first hour candle.
    pub hours: Option<UnixNanos>,
    /// First day candle.
    pub days: Option<UnixNanos>,
}

/// What is known of one instrument of the feed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InstrumentInfo {
    /// Its name: letters and digits in upper case, such as `EURUSD` or `USA500IDXUSD`.
    pub symbol: &'static str,
    /// Its name in the feed's paths; other than `symbol` for 6 instruments.
    pub feed_symbol: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// The feed's group, such as `FX_MAJORS`, `FX_CROSSES`, `FX_METALS`, `VCCY` (crypto-currencies), `US` (stocks);
    /// empty for 131 instruments, most of them delisted.
    pub group: &'static str,
    /// How prices are stored in bi5 files.
    pub scale: PriceScale,
    /// Where `scale` comes from.
    pub scale_basis: ScaleBasis,
    /// Digits after the decimal point of one pip: 4 for EURUSD, 2 for USDJPY.
    pub pip_decimals: u8,
    /// Where its weekly sessions are from; `None` where they are not known, for 23 instruments.
    pub session_basis: Option<SessionBasis>,
    /// When its data begin.
    pub history: HistoryStarts,
    /// Name of its schedule in `sessions.tsv`.
    pub(crate) schedule: Option<&'static str>,
}

impl InstrumentInfo {
    /// One pip in quote currency: 0.0001 for EURUSD, 0.01 for USDJPY.
    pub fn pip_size(&self) -> f64 {
        step(self.pip_decimals)
    }

    /// The instrument with the market's usual contract sizes, which are not those of any account: set the fields that
    /// your broker has otherwise.
    ///
    /// | group | lot, in units | smallest step |
    /// |---|---|---|
    /// | currencies | 100,000 | 1,000 |
    /// | gold (`XAU…`) | 100 ounces | 1 |
    /// | silver (`XAG…`) | 5,000 ounces | 50 |
    /// | crypto-currencies | 1 | 0.01 |
    /// | all others | 1 | 1 |
    ///
    /// The tick size is the step of the stored prices.
    pub fn market_instrument(&self) -> Instrument {
        let (lot_size, quantity_step) = match self.group {
            "FX_MAJORS" | "FX_CROSSES" => (100_000.0, 1_000.0),
            "FX_METALS" if self.symbol.starts_with("XAU") => (100.0, 1.0),
            "FX_METALS" => (5_000.0, 50.0),
            "VCCY" => (1.0, 0.01),
            _ => (1.0, 1.0),
        };
        Instrument {
            symbol: to_symbol(self.symbol),
            price_decimals: self.scale.decimals(),
            tick_size: step(self.scale.decimals()),
            pip_size: self.pip_size(),
            lot_size,
            quantity_step,
        }
    }
}

fn to_symbol(name: &str) -> Symbol {
    name.parse().expect("names of the table are symbols")
}

/// 1 / 10^decimals, the double closest to it.
fn step(decimals: u8) -> f64 {
    PriceScale::new(decimals).expect("decimals of the table are scales").price(1)
}

static TABLE: LazyLock<Vec<InstrumentInfo>> =
    LazyLock::new(|| include_str!("../data/instruments.tsv").lines().skip(1).map(parse_line).collect());

/// All 1,622 instruments, sorted by symbol.
pub fn instruments() -> &'static [InstrumentInfo] {
    &TABLE
}

/// The instrument of this name; `None` if the table does not have it.
///
/// Case does not count, nor do `/`, `.`, `-` and `_` between the parts.
///
/// ```
/// use dukascopy::instrument;
///
/// let index = instrument("USA500.IDX/USD").ok_or("not in the table")?;
/// assert_eq!((index.symbol, index.scale.factor(), index.pip_size()), ("USA500IDXUSD", 1_000, 0.01));
/// assert_eq!(instrument("usdjpy").map(|info| info.scale.factor()), Some(1_000));
/// assert_eq!(instrument("EURUSB"), None);
/// # Ok::<(), &str>(())
/// ```
pub fn instrument(symbol: &str) -> Option<&'static InstrumentInfo> {
    let symbol = plain(symbol);
    let row = TABLE.binary_search_by(|info| info.symbol.cmp(&symbol)).ok()?;
    Some(&TABLE[row])
}

/// The `count` instruments whose names are closest to `text`, best first; for messages about unknown names.
///
/// ```
/// let similar = dukascopy::similar_instruments("EURUSDT", 1);
/// assert_eq!(similar[0].symbol, "EURUSD");
/// ```
pub fn similar_instruments(text: &str, count: usize) -> Vec<&'static InstrumentInfo> {
    let text = plain(text);
    let mut ranked: Vec<_> =
        TABLE.iter().map(|info| (edit_distance(text.as_bytes(), info.symbol.as_bytes()), info)).collect();
    ranked.sort_by_key(|(distance, info)| (*distance, info.symbol));
    ranked.into_iter().take(count).map(|(_, info)| info).collect()
}

fn plain(symbol: &str) -> String {
    symbol.chars().filter(|letter| !"/.-_".contains(*letter)).map(|letter| letter.to_ascii_uppercase()).collect()
}

const WELL_FORMED: &str = "the table is well formed, which a test makes sure of";

fn parse_line(line: &'static str) -> InstrumentInfo {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().expect(WELL_FORMED);
    let (symbol, feed_symbol) = (cell(), cell());
    let scale = cell().parse().ok().and_then(PriceScale::new).expect(WELL_FORMED);
    let scale_basis = if cell() == "p" { ScaleBasis::Published } else { ScaleBasis::DerivedFromPip };
    let pip_decimals = cell().parse().expect(WELL_FORMED);
    let group = cell();
    let (schedule, session_basis) = (cell(), cell());
    let ticks = time(cell(), ":00:00Z");
    let minutes = time(cell(), "T00:00:00Z");
    let mut repeated = |before: Option<UnixNanos>| match cell() {
        "=" => before,
        text => time(text, "T00:00:00Z"),
    };
    let hours = repeated(minutes);
    let days = repeated(hours);
    InstrumentInfo {
        symbol,
        feed_symbol: if feed_symbol.is_empty() { symbol } else { feed_symbol },
        name: cell(),
        group,
        scale,
        scale_basis,
        pip_decimals,
        schedule: (!schedule.is_empty()).then_some(schedule),
        session_basis: match session_basis {
            "p" => Some(SessionBasis::Published),
            "d" => Some(SessionBasis::DerivedFromGroup),
            _ => None,
        },
        history: HistoryStarts { ticks, minutes, hours, days },
    }
}

fn time(text: &str, rest: &str) -> Option<UnixNanos> {
    (!text.is_empty()).then(|| format!("{text}{rest}").parse().expect(WELL_FORMED))
}

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use indicators::{Column, IndicatorKind, IndicatorSpec, Profile};
use market::{BarsView, UnixNanos};
use strategy::{IndicatorCall, Params, Price};

use crate::Error;
use crate::eval::resolve;
use crate::longer::{LongerBars, LongerKey};

/// Bars with everything that is computed from them once: indicator columns by kind, arithmetic, parameters and price.
///
/// Threads share one market (`&Market` is enough): whoever needs a column first computes it. What is kept never changes
/// a result, only its cost.
///
/// ```
/// use ::market::{Bars, Timeframe};
/// use backtest::Market;
///
/// let bars = Bars::new(Timeframe::M1);
/// let market = Market::new(bars.view());
/// assert!(market.bars().is_empty());
/// ```
#[derive(Debug)]
pub struct Market<'a> {
    bars: BarsView<'a>,
    limit_bytes: usize,
    indicators: RwLock<Cache>,
    longer: RwLock<HashMap<u16, Arc<LongerBars>>>,
    means: [OnceLock<Vec<f64>>; 3],
    minutes: OnceLock<Vec<u16>>,
    without_spread: OnceLock<Vec<usize>>,
}

#[derive(Debug, Default)]
struct Cache {
    columns: HashMap<ColumnKey, Arc<[f64]>>,
    bytes: usize,
}

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ColumnKey {
    Indicator(IndicatorKey),
    Longer(LongerKey),
}

/// Most parameters that an indicator of the catalogue has.
pub(crate) const MAX_ARGS: usize = 12;

/// An indicator with all its numbers; equal keys give equal columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct IndicatorKey {
    kind: IndicatorKind,
    profile: Profile,
    source: Option<Price>,
    /// Bits of the parameters; zero behind the last.
    args: [u64; MAX_ARGS],
}

impl IndicatorKey {
    /// # Panics
    /// If there are more than [`MAX_ARGS`] parameters.
    pub(crate) fn new(
        kind: IndicatorKind,
        profile: Profile,
        source: Option<Price>,
        args: impl Iterator<Item = f64>,
    ) -> Self {
        let mut bits = [0; MAX_ARGS];
        for (index, arg) in args.enumerate() {
            bits[index] = arg.to_bits();
        }
        Self { kind, profile, source, args: bits }
    }
}

impl<'a> Market<'a> {
    /// A market that keeps every column it computes: 8 bytes a bar for each output of each indicator.
    pub fn new(bars: BarsView<'a>) -> Self {
        Self::with_limit(bars, usize::MAX)
    }

    /// A market that keeps at most `limit_bytes` of indicator columns, beside those that runs are using. When a further
    /// column has no room, all kept ones are dropped: a search goes through its strategies one after the other, so the
    /// columns it needs next are mostly new ones. Results do not depend on it.
    pub fn with_limit(bars: BarsView<'a>, limit_bytes: usize) -> Self {
        Self {
            bars,
            limit_bytes,
            indicators: RwLock::default(),
            longer: RwLock::default(),
            means: Default::default(),
            minutes: OnceLock::new(),
            without_spread: OnceLock::new(),
        }
    }

    /// The bars.
    pub fn bars(&self) -> BarsView<'a> {
        self.bars
    }

    /// Memory of the indicator columns that are kept, in bytes.
    pub fn cached_bytes(&self) -> usize {
        self.indicators.read().unwrap_or_else(PoisonError::into_inner).bytes
    }

    /// One price of each bar.
    pub(crate) fn price(&self, price: Price) -> &[f64] {
        let bars = &self.bars;
        let mean = |slot: usize, of: fn(&BarsView<'_>, usize) -> f64| {
            self.means[slot].get_or_init(|| (0..bars.len()).map(|bar| of(bars, bar)).collect()).as_slice()
        };
        match price {
            Price::Open => bars.open,
            Price::High => bars.high,
            Price::Low => bars.low,
            Price::Close => bars.close,
            Price::Volume => bars.volume,
            Price::Hl2 => mean(0, |bars, i| f64::midpoint(bars.high[i], bars.low[i])),
            Price::Hlc3 => mean(1, |bars, i| (bars.high[i] + bars.low[i] + bars.close[i]) / 3.0),
            Price::Ohlc4 => mean(2, |bars, i| (bars.open[i] + bars.high[i] + bars.low[i] + bars.close[i]) / 4.0),
        }
    }

    /// The values of a strategy's indicator, one a bar, as a plan in the arithmetic `profile` reads them; NaN where there
    /// is none.
    ///
    /// # Errors
    /// [`Error::Indicator`] if the indicator refuses its parameters or is not defined in `profile`.
    ///
    /// # Panics
    /// If `call` or `params` is not of a valid strategy.
    pub fn indicator_values(&self, call: &IndicatorCall, params: &Params, profile: Profile) -> Result<Vec<f64>, Error> {
        let args = call.args.iter().map(|&arg| resolve(arg, params));
        let columns = self.indicator(&IndicatorKey::new(call.kind, profile, call.source, args))?;
        let output = call.kind.info().outputs.iter().position(|output| output.name == call.output);
        let start = output.expect("a valid strategy names an output") * self.bars.len();
        Ok(columns[start..start + self.bars.len()].to_vec())
    }

    /// All outputs of an indicator, one behind the other, each as long as the bars.
    pub(crate) fn indicator(&self, key: &IndicatorKey) -> Result<Arc<[f64]>, Error> {
        self.kept(ColumnKey::Indicator(*key), || self.compute(key))
    }

    /// A number of longer bars, one value for each bar; NaN where there is none.
    pub(crate) fn longer(&self, key: &LongerKey) -> Result<Arc<[f64]>, Error> {
        self.kept(ColumnKey::Longer(*key), || self.longer_bars(key.minutes)?.column(key))
    }

    fn longer_bars(&self, minutes: u16) -> Result<Arc<LongerBars>, Error> {
        if let Some(found) = self.longer.read().unwrap_or_else(PoisonError::into_inner).get(&minutes) {
            return Ok(Arc::clone(found));
        }
        let made = Arc::new(LongerBars::of(self.bars, minutes)?);
        self.longer.write().unwrap_or_else(PoisonError::into_inner).insert(minutes, Arc::clone(&made));
        Ok(made)
    }

    fn kept(&self, key: ColumnKey, compute: impl FnOnce() -> Result<Arc<[f64]>, Error>) -> Result<Arc<[f64]>, Error> {
        if let Some(found) = self.indicators.read().unwrap_or_else(PoisonError::into_inner).columns.get(&key) {
            return Ok(Arc::clone(found));
        }
        let computed = compute()?;
        let bytes = size_of_val::<[f64]>(&computed);
        let mut cache = self.indicators.write().unwrap_or_else(PoisonError::into_inner);
        if bytes <= self.limit_bytes && !cache.columns.contains_key(&key) {
            if bytes > self.limit_bytes - cache.bytes {
                cache.columns.clear();
                cache.bytes = 0;
            }
            cache.bytes += bytes;
            cache.columns.insert(key, Arc::clone(&computed));
        }
        Ok(computed)
    }

    fn compute(&self, key: &IndicatorKey) -> Result<Arc<[f64]>, Error> {
        let info = key.kind.info();
        let args = key.args.map(f64::from_bits);
        let refused = |source| Error::Indicator { indicator: info.name, source: Box::new(source) };
        let spec = IndicatorSpec::new(key.kind, &args[..info.parameters.len()]).map_err(refused)?;
        let n_bars = self.bars.len();
        let mut columns = vec![f64::NAN; n_bars * info.outputs.len()];
        let mut outputs: Vec<&mut [f64]> = columns.chunks_exact_mut(n_bars).collect();
        let inputs: Vec<&[f64]> = info.inputs.iter().map(|&column| self.column(column, key.source)).collect();
        spec.compute(key.profile, &inputs, &mut outputs).map_err(refused)?;
        Ok(columns.into())
    }

    fn column(&self, column: Column, source: Option<Price>) -> &[f64] {
        match column {
            Column::Source => self.price(source.expect("a valid strategy names the price")),
            Column::Open => self.bars.open,
            Column::High => self.bars.high,
            Column::Low => self.bars.low,
            Column::Close => self.bars.close,
            Column::Volume => self.bars.volume,
            Column::Second | Column::Condition => unreachable!("a valid strategy names no indicator of such a column"),
        }
    }

    /// Minute of the day (UTC) in which each bar opens, 0 to 1439.
    pub(crate) fn minutes(&self) -> &[u16] {
        self.minutes.get_or_init(|| self.bars.open_time.iter().map(|&time| minute_of_day(time)).collect())
    }

    /// The first bar of `start..end` without a spread.
    pub(crate) fn first_without_spread(&self, start: usize, end: usize) -> Option<usize> {
        let all = self.without_spread.get_or_init(|| {
            let spreads = self.bars.spread.iter().enumerate();
            spreads.filter(|(_, spread)| spread.is_nan()).map(|(bar, _)| bar).collect()
        });
        all.get(all.partition_point(|&bar| bar < start)).copied().filter(|&bar| bar < end)
    }
}

fn minute_of_day(time: UnixNanos) -> u16 {
    let minute = time.0.rem_euclid(UnixNanos::PER_DAY) / (60 * UnixNanos::PER_SECOND);
    u16::try_from(minute).expect("a day has 1440 minutes")
}

#[cfg(test)]
mod tests {
    use indicators::IndicatorKind;
    use market::UnixNanos;

    use super::{MAX_ARGS, minute_of_day};

    #[test]
    fn every_indicator_fits_the_key() {
        for kind in IndicatorKind::all() {
            assert!(kind.info().parameters.len() <= MAX_ARGS, "{kind:?}");
        }
    }

    #[test]
    fn minutes_count_from_midnight_before_1970_too() {
        let time = |text: &str| text.parse::<UnixNanos>().unwrap();
        assert_eq!(minute_of_day(time("2019-02-04T13:05:59Z")), 785);
        assert_eq!(minute_of_day(time("1969-12-31T23:59:00Z")), 1439);
    }
}

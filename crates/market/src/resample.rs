use crate::grid::Span;
use crate::{Bar, BarGrid, Bars, BarsView, Error, UnixNanos};

/// Makes longer bars of `bars`, such as M15 of M1, or days from New York's close of H1.
///
/// Open is the first open, close the last close, high and low the extremes, volume and tick count the sums. The spread
/// is the mean weighted by tick counts; where no bar has a tick count, the plain mean. It is NaN if a bar of weight
/// above 0 has none.
///
/// A longer bar is made of the bars that are there: the first and the last hold only a part if the data starts or ends
/// inside of them, and absent bars are not filled. Resampling only what has ended is the caller's decision: drop the last
/// bar if its time is not over.
///
/// ```
/// use market::{Timeframe, aggregate, resample, PriceSide, synthetic};
///
/// let config = synthetic::SyntheticConfig::eurusd("2024-01-02".parse()?, 1);
/// let ticks = synthetic::generate(&config, 1)?;
/// let minutes = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Mid);
/// let hours = resample(minutes.view(), Timeframe::H1)?;
/// assert_eq!(hours.view().high, aggregate(ticks.view(), Timeframe::H1).view(PriceSide::Mid).high);
/// assert!(resample(hours.view(), Timeframe::M1).is_err());
/// # Ok::<(), market::Error>(())
/// ```
///
/// # Errors
/// [`Error::Resample`] unless [`grid.is_multiple_of`](BarGrid::is_multiple_of) the grid at hand; what
/// [`Bars::push`] refuses, if `bars` was put together by hand, a volume becomes infinite or a tick count exceeds 32 bits.
pub fn resample(bars: BarsView<'_>, grid: impl Into<BarGrid>) -> Result<Bars, Error> {
    resample_on(bars, grid.into())
}

// Not generic, so that it is compiled here, where the loop over the bars is one piece.
fn resample_on(bars: BarsView<'_>, grid: BarGrid) -> Result<Bars, Error> {
    if !grid.is_multiple_of(bars.grid) {
        return Err(Error::Resample { from: bars.grid, to: grid });
    }
    let mut out = Bars::new(grid);
    let mut current: Option<Partial> = None;
    for bar in bars.iter() {
        match &mut current {
            Some(partial) if (partial.bar.open_time..=partial.last).contains(&bar.open_time) => partial.add(&bar),
            _ => {
                if let Some(done) = current.replace(Partial::start(grid.span(bar.open_time), &bar)) {
                    out.push(done.finish(out.len())?)?;
                }
            }
        }
    }
    if let Some(last) = current {
        out.push(last.finish(out.len())?)?;
    }
    Ok(out)
}

struct Partial {
    bar: Bar,
    last: UnixNanos,
    n_bars: u32,
    n_ticks: u64,
    spread_sum: f64,
    weighted_spread_sum: f64,
}

impl Partial {
    fn start(span: Span, first: &Bar) -> Self {
        let bar = Bar { open_time: span.first, ..*first };
        let mut partial =
            Self { bar, last: span.last, n_bars: 0, n_ticks: 0, spread_sum: 0.0, weighted_spread_sum: 0.0 };
        partial.weigh(first);
        partial
    }

    fn add(&mut self, bar: &Bar) {
        self.bar.high = if bar.high > self.bar.high { bar.high } else { self.bar.high };
        self.bar.low = if bar.low < self.bar.low { bar.low } else { self.bar.low };
        self.bar.close = bar.close;
        self.bar.volume += bar.volume;
        self.weigh(bar);
    }

    fn weigh(&mut self, bar: &Bar) {
        self.n_bars += 1;
        self.spread_sum += bar.spread;
        if bar.tick_count > 0 {
            self.n_ticks += u64::from(bar.tick_count);
            self.weighted_spread_sum += bar.spread * f64::from(bar.tick_count);
        }
    }

    fn finish(self, row: usize) -> Result<Bar, Error> {
        let too_many = |_| Error::Value { row, column: "tick_count", value: self.n_ticks as f64 };
        let tick_count = u32::try_from(self.n_ticks).map_err(too_many)?;
        let spread = match tick_count {
            0 => self.spread_sum / f64::from(self.n_bars),
            n_ticks => self.weighted_spread_sum / f64::from(n_ticks),
        };
        Ok(Bar { spread, tick_count, ..self.bar })
    }
}

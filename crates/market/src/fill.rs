use crate::{Bar, Bars, BarsView, Error, Interval, TradingCalendar, UnixNanos};

/// Bars without gaps, and which of them were made up.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The bars, the made-up ones between the genuine ones.
    pub bars: Bars,
    /// For each bar whether it was made up.
    pub filled: Vec<bool>,
}

/// Puts flat bars where bars are missing while the market was open.
///
/// A made-up bar has the previous close as all four prices, volume 0, tick count 0 and the previous spread. A bar is
/// missing if the market was open at any time in it; before the first and after the last bar nothing is filled.
///
/// ```
/// use market::{Bar, Bars, Timeframe, TradingCalendar, fill_gaps};
///
/// let mut bars = Bars::new(Timeframe::H1);
/// for (time, price) in [("2012-12-07T20:00:00Z", 130.0), ("2012-12-09T23:00:00Z", 131.0)] {
///     let open_time = time.parse()?;
///     bars.push(Bar { open_time, open: price, high: price, low: price, close: price, volume: 1.0, spread: 0.5, tick_count: 9 })?;
/// }
/// let filled = fill_gaps(bars.view(), &TradingCalendar::forex())?;
/// assert_eq!(filled.filled, [false, true, true, false]); // Friday 21:00 and Sunday 22:00, not the weekend
/// assert_eq!(filled.bars.view().close, [130.0, 130.0, 130.0, 131.0]);
/// # Ok::<(), market::Error>(())
/// ```
///
/// # Errors
/// What [`Bars::push`] refuses, if `bars` was put together by hand.
pub fn fill_gaps(bars: BarsView<'_>, calendar: &TradingCalendar) -> Result<Filled, Error> {
    let mut out = Filled { bars: Bars::new(bars.grid), filled: Vec::with_capacity(bars.len()) };
    let mut previous: Option<Bar> = None;
    for bar in bars.iter() {
        if let Some(previous) = previous {
            fill_between(&previous, bar.open_time, calendar, &mut out)?;
        }
        out.bars.push(bar)?;
        out.filled.push(false);
        previous = Some(bar);
    }
    Ok(out)
}

fn fill_between(before: &Bar, next: UnixNanos, calendar: &TradingCalendar, out: &mut Filled) -> Result<(), Error> {
    let grid = out.bars.grid();
    let mut open_time = grid.end(before.open_time);
    if open_time >= next {
        return Ok(());
    }
    for Interval { start, end, .. } in calendar.open_intervals(open_time..next) {
        open_time = open_time.max(grid.floor(start));
        while open_time < end {
            let price = before.close;
            out.bars.push(Bar {
                open_time,
                open: price,
                high: price,
                low: price,
                volume: 0.0,
                tick_count: 0,
                ..*before
            })?;
            out.filled.push(true);
            open_time = grid.end(open_time);
        }
    }
    Ok(())
}

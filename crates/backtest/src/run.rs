use std::ops::Range;

use broker::{Account, ClosedLot, Direction, Lot};
use market::BarsView;
use strategy::Params;

use crate::equity::Equity;
use crate::eval::{Columns, Evaluation};
use crate::kernel::{Recorder, Setting, simulate, simulate_many};
use crate::signals::Signals;
use crate::{DropReason, DroppedEntry, Error, Market, Metrics, Plan, Report, Trade};

/// Memory that runs reuse; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) columns: Columns,
    pub(crate) evaluation: Evaluation,
    pub(crate) signals: Signals,
}

impl Scratch {
    /// No memory yet; the first run takes what it needs.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Runs a strategy over the bars `window` of `market` and reports every trade.
///
/// The account is flat when the window begins; indicators may look at bars before it. What is open at the last bar's
/// close is closed there.
///
/// # Errors
/// [`Error`] if the parameters, the account or the window do not fit, or a bar has no spread where one is needed.
///
/// ```
/// # use ::market::{Bar, Bars, Timeframe, UnixNanos};
/// # use broker::{Account, Commission, Costs, Spread};
/// # use strategy::{CmpOp, Cond, Num, Params, Price, Risk, Rule, SizeRule, Sizing, Strategy};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let rises = Cond::Compare(CmpOp::Gt, Num::Price(Price::Close), Num::Price(Price::Open));
/// # let strategy = Strategy {
/// #     name: "after a rising bar".into(), inputs: Vec::new(), constraints: Vec::new(),
/// #     long: Some(Rule { entry: rises.clone(), exit: Some(Cond::Not(Box::new(rises))) }), short: None,
/// #     risk: Risk::default(), sizing: Sizing { rule: SizeRule::Units(1.0), confidence: None },
/// # };
/// # let mut bars = Bars::new(Timeframe::M1);
/// # for (minute, (open, close)) in [(10.0, 11.0), (11.0, 12.5), (12.5, 12.0), (12.0, 11.0)].into_iter().enumerate() {
/// #     let open_time = UnixNanos(minute as i64 * 60_000_000_000);
/// #     let (high, low) = (f64::max(open, close), f64::min(open, close));
/// #     bars.push(Bar { open_time, open, high, low, close, volume: 1.0, spread: f64::NAN, tick_count: 1 })?;
/// # }
/// # let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
/// # let account = Account { initial_cash: 100.0, tick_size: 0.01, quantity_step: 1.0, costs };
/// use backtest::{Market, Plan, Scratch, evaluate, run};
///
/// let (plan, market) = (Plan::compile(&strategy)?, Market::new(bars.view()));
/// let (params, mut scratch) = (Params::new(vec![]), Scratch::new());
/// let report = run(&plan, &params, &market, 0..bars.len(), &account, &mut scratch)?;
/// assert_eq!(report.equity, [100.0, 101.5, 101.0, 101.0]);
/// assert_eq!((report.trades[0].entry_bar, report.trades[0].exit_bar, report.trades[0].profit), (1, 3, 1.0));
///
/// // The same numbers without the lists, for searches.
/// assert_eq!(evaluate(&plan, &params, &market, 0..bars.len(), &account, &mut scratch)?, report.metrics);
/// # Ok(())
/// # }
/// ```
pub fn run(
    plan: &Plan,
    params: &Params,
    market: &Market<'_>,
    window: Range<usize>,
    account: &Account,
    scratch: &mut Scratch,
) -> Result<Report, Error> {
    let bars = market.bars();
    let equity = Equity::new(bars.close, account.initial_cash);
    let mut lists = Lists { bars, trades: Vec::new(), dropped: Vec::new(), equity };
    let metrics = simulate(Setting { plan, params, market, account }, window.clone(), scratch, &mut lists)?;
    let Lists { trades, dropped, equity, .. } = lists;
    Ok(Report { window, trades, dropped, equity: equity.values()[1..].to_vec(), metrics })
}

/// Does what [`run`] does and gives its metrics only, bit for bit the same. With a `scratch` that has been used it
/// allocates nothing but indicator columns that the market does not keep yet and, where the returns hardly vary beside
/// their mean, a list of the equity for exact sums.
///
/// # Errors
/// As [`run`].
pub fn evaluate(
    plan: &Plan,
    params: &Params,
    market: &Market<'_>,
    window: Range<usize>,
    account: &Account,
    scratch: &mut Scratch,
) -> Result<Metrics, Error> {
    simulate(Setting { plan, params, market, account }, window, scratch, &mut ())
}

/// Does what [`evaluate`] does for many parameter sets, in their order, bit for bit the same.
///
/// All of them take a block of bars before any takes the next, so that the indicators they share are read from the
/// processor's cache: that is faster the more of them there are. Each needs about a kilobyte.
///
/// # Errors
/// As [`run`], for each set by itself.
///
/// ```
/// # use ::market::{Bars, Timeframe};
/// # use broker::{Account, Commission, Costs, Spread};
/// # use strategy::{CmpOp, Cond, Num, Params, Price, Risk, Rule, SizeRule, Sizing, Strategy};
/// # let rises = Cond::Compare(CmpOp::Gt, Num::Price(Price::Close), Num::Price(Price::Open));
/// # let strategy = Strategy {
/// #     name: "after a rising bar".into(), inputs: Vec::new(), constraints: Vec::new(),
/// #     long: Some(Rule { entry: rises.clone(), exit: Some(Cond::Not(Box::new(rises))) }), short: None,
/// #     risk: Risk::default(), sizing: Sizing { rule: SizeRule::Units(1.0), confidence: None },
/// # };
/// # let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
/// # let account = Account { initial_cash: 100.0, tick_size: 0.01, quantity_step: 1.0, costs };
/// use backtest::{Error, Market, Plan, Scratch, evaluate_many};
///
/// let (plan, bars) = (Plan::compile(&strategy)?, Bars::new(Timeframe::M1));
/// let results = evaluate_many(&plan, &[&Params::new(vec![])], &Market::new(bars.view()), 0..0, &account, &mut Scratch::new());
/// assert!(matches!(results[..], [Err(Error::Window { .. })]));
/// # Ok::<(), Error>(())
/// ```
pub fn evaluate_many(
    plan: &Plan,
    sets: &[&Params],
    market: &Market<'_>,
    window: Range<usize>,
    account: &Account,
    scratch: &mut Scratch,
) -> Vec<Result<Metrics, Error>> {
    simulate_many(plan, sets, market, &window, account, scratch)
}

struct Lists<'a> {
    bars: BarsView<'a>,
    trades: Vec<Trade>,
    dropped: Vec<DroppedEntry>,
    equity: Equity<'a>,
}

impl Recorder for Lists<'_> {
    fn held(&mut self, bars: Range<usize>, lot: &Lot, balance: f64) {
        self.equity.held(bars, lot, balance);
    }

    fn marked(&mut self, n_bars: usize, equity: f64) {
        self.equity.marked(n_bars, equity);
    }

    fn closed(&mut self, closed: &ClosedLot, [mut lowest, mut highest]: [f64; 2]) {
        let ClosedLot { lot, exit_bar, exit_price, profit, costs, exit_reason } = *closed;
        for bar in lot.entry_bar..exit_bar {
            (lowest, highest) = (f64::min(lowest, self.bars.low[bar]), f64::max(highest, self.bars.high[bar]));
        }
        let (max_adverse, max_favourable) = closed.excursions(lowest, highest);
        self.trades.push(Trade {
            direction: lot.direction,
            entry_bar: lot.entry_bar,
            exit_bar,
            entry_time: self.bars.open_time[lot.entry_bar],
            exit_time: self.bars.open_time[exit_bar],
            entry_price: lot.entry_price,
            exit_price,
            quantity: lot.quantity,
            profit,
            costs,
            exit_reason,
            max_adverse,
            max_favourable,
        });
    }

    fn dropped(&mut self, bar: usize, direction: Direction, reason: DropReason) {
        self.dropped.push(DroppedEntry { bar, time: self.bars.open_time[bar], direction, reason });
    }
}

//! The one loop behind `run`, `evaluate` and searches.

use std::ops::Range;

use broker::{Account, BarPrices, ClosedLot, Direction, ExitReason, Lot, LotAccount, Spread};
use market::BarsView;
use strategy::Params;

use crate::curve::{Curve, Figures};
use crate::equity::Equity;
use crate::eval::{Columns, Evaluation};
use crate::guard::Guard;
use crate::kelly::Kelly;
use crate::metrics::Tally;
use crate::plan::SizeNode;
use crate::signals::Signals;
use crate::words::BLOCK;
use crate::{DropReason, Error, Market, Metrics, Plan, Scratch};

/// Who keeps what the metrics do not need.
pub(crate) trait Recorder {
    /// The bars `bars` went by with `lot` open beside `balance`.
    fn held(&mut self, bars: Range<usize>, lot: &Lot, balance: f64);
    /// `n_bars` bars closed at `equity`.
    fn marked(&mut self, n_bars: usize, equity: f64);
    /// A position closed; `touched` are the lowest and highest mid price of the last bar up to then.
    fn closed(&mut self, closed: &ClosedLot, touched: [f64; 2]);
    fn dropped(&mut self, bar: usize, direction: Direction, reason: DropReason);
}

/// Keeps nothing.
impl Recorder for () {
    fn held(&mut self, _bars: Range<usize>, _lot: &Lot, _balance: f64) {}
    fn marked(&mut self, _n_bars: usize, _equity: f64) {}
    fn closed(&mut self, _closed: &ClosedLot, _touched: [f64; 2]) {}
    fn dropped(&mut self, _bar: usize, _direction: Direction, _reason: DropReason) {}
}

/// What a back-test is run with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'r> {
    pub(crate) plan: &'r Plan,
    pub(crate) params: &'r Params,
    pub(crate) market: &'r Market<'r>,
    pub(crate) account: &'r Account,
}

/// What a back-test has come to so far.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) columns: Columns,
    pub(crate) lots: LotAccount,
    pub(crate) curve: Curve,
    pub(crate) tally: Tally,
    pub(crate) guard: Guard,
    pub(crate) kelly: Kelly,
}

/// A back-test on its way.
pub(crate) struct Run<'r, R> {
    pub(crate) setting: Setting<'r>,
    pub(crate) bars: BarsView<'r>,
    pub(crate) evaluation: &'r mut Evaluation,
    pub(crate) signals: &'r mut Signals,
    pub(crate) state: &'r mut State,
    pub(crate) recorder: &'r mut R,
}

/// Runs the plan over the bars `window`.
pub(crate) fn simulate<R: Recorder>(
    setting: Setting<'_>,
    window: Range<usize>,
    scratch: &mut Scratch,
    recorder: &mut R,
) -> Result<Metrics, Error> {
    let mut state = setting.begin(&window, std::mem::take(&mut scratch.columns))?;
    setting.run(&mut state, scratch, recorder).lead(&window);
    let metrics = setting.metrics(&state, &window, scratch);
    scratch.columns = state.columns;
    metrics
}

/// Runs the plan over the bars `window` for all of `sets`, each block of bars for all of them before the next, so that
/// what they read stays in the processor's cache.
pub(crate) fn simulate_many(
    plan: &Plan,
    sets: &[&Params],
    market: &Market<'_>,
    window: &Range<usize>,
    account: &Account,
    scratch: &mut Scratch,
) -> Vec<Result<Metrics, Error>> {
    let settings = sets.iter().map(|params| Setting { plan, params, market, account });
    let mut runs: Vec<(Setting<'_>, Result<State, Error>)> =
        settings.map(|setting| (setting, setting.begin(window, Columns::default()))).collect();
    for block in blocks(window) {
        for (setting, state) in &mut runs {
            if let Ok(state) = state {
                setting.run(state, scratch, &mut ()).block(block.clone());
            }
        }
    }
    let finish = |(setting, state): (Setting<'_>, Result<State, Error>)| {
        let mut state = state?;
        setting.run(&mut state, scratch, &mut ()).finish(window);
        setting.metrics(&state, window, scratch)
    };
    runs.into_iter().map(finish).collect()
}

/// The blocks of a window, without its last bar.
fn blocks(window: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let last = window.end.saturating_sub(1);
    (window.start..last).step_by(BLOCK).map(move |start| start..last.min(start + BLOCK))
}

impl<'r> Setting<'r> {
    fn begin(self, window: &Range<usize>, mut columns: Columns) -> Result<State, Error> {
        self.check(window)?;
        columns.fetch(self.plan, self.params, self.market)?;
        self.fresh(columns)
    }

    fn fresh(self, columns: Columns) -> Result<State, Error> {
        let lots = LotAccount::new(self.account).map_err(|source| Error::Account { source: Box::new(source) })?;
        Ok(State {
            columns,
            lots,
            curve: Curve::new(self.account.initial_cash),
            tally: Tally::default(),
            guard: Guard::default(),
            kelly: Kelly::default(),
        })
    }

    fn run<R>(self, state: &'r mut State, scratch: &'r mut Scratch, recorder: &'r mut R) -> Run<'r, R> {
        let Scratch { evaluation, signals, .. } = scratch;
        evaluation.prepare(&self.plan.program);
        Run { setting: self, bars: self.market.bars(), evaluation, signals, state, recorder }
    }

    /// The figures of a finished run. Where its sums have lost too many digits, it is run again and its equity kept.
    fn metrics(self, state: &State, window: &Range<usize>, scratch: &mut Scratch) -> Result<Metrics, Error> {
        let figures = if let Some(figures) = state.curve.figures(window.len()) {
            figures
        } else {
            let mut columns = Columns::default();
            columns.fetch(self.plan, self.params, self.market)?;
            let mut again = self.fresh(columns)?;
            let mut equity = Equity::new(self.market.bars().close, self.account.initial_cash);
            self.run(&mut again, scratch, &mut equity).lead(window);
            Figures::of(equity.values()).ok_or(Error::NotFinite)?
        };
        let bars = self.market.bars().slice(window.clone());
        state.tally.metrics(&bars, self.account.initial_cash, state.curve.last(), figures)
    }

    fn check(self, window: &Range<usize>) -> Result<(), Error> {
        let Self { plan, params, market, account } = self;
        let strategy = plan.strategy();
        strategy
            .check_params(params)
            .map_err(|source| Error::Params { name: strategy.name.clone(), source: Box::new(source) })?;
        let n_bars = market.bars().len();
        if window.len() < 2 || window.end > n_bars {
            return Err(Error::Window { start: window.start, end: window.end, n_bars });
        }
        match market.first_without_spread(window.start, window.end) {
            Some(bar) if account.costs.spread == Spread::FromBars => {
                Err(Error::UnknownSpread { bar, time: market.bars().open_time[bar] })
            }
            _ => Ok(()),
        }
    }
}

impl<R: Recorder> Run<'_, R> {
    /// Leads the run through the whole window.
    fn lead(&mut self, window: &Range<usize>) {
        for block in blocks(window) {
            self.block(block);
        }
        self.finish(window);
    }

    /// Leads the run through a block of bars.
    fn block(&mut self, block: Range<usize>) {
        if self.state.tally.bankrupt {
            return;
        }
        self.signals.evaluate(self.setting, &self.state.columns, self.evaluation, &block);
        let mut bar = block.start;
        while bar < block.end && !self.state.tally.bankrupt {
            if self.state.lots.has_order() {
                self.fill(bar);
            }
            // Up to the next signal that matters, nothing but the prices can cause anything.
            let direction = self.state.lots.lot().map(|lot| lot.direction);
            let end = self.signals.next(direction, bar).map_or(block.end, |signal| signal + 1);
            let end = end.min(self.last_held(bar) + 1);
            bar = match self.state.lots.lot().copied() {
                Some(lot) => self.hold(bar..end, &lot),
                None => self.stay_flat(bar..end),
            };
            if !self.state.tally.bankrupt {
                self.decide(bar - 1);
            }
        }
    }

    fn stay_flat(&mut self, bars: Range<usize>) -> usize {
        let balance = self.state.lots.balance();
        if balance <= 0.0 {
            self.mark_balance();
            return bars.start + 1;
        }
        self.state.curve.mark(balance);
        self.pass(bars.len(), balance);
        bars.end
    }

    /// Holds the position up to the end of `bars` or the bar that closes it; gives the bar behind.
    fn hold(&mut self, bars: Range<usize>, lot: &Lot) -> usize {
        let (view, balance) = (self.bars.slice(bars.clone()), self.state.lots.balance());
        let n_led = if self.setting.plan.moves_stop() { Some(self.lead_stop(bars.clone())) } else { None };
        let State { lots, curve, .. } = &mut *self.state;
        let (n_quiet, n_held) = wide(
            #[inline(always)]
            || {
                let n_quiet = match n_led {
                    Some(n_led) => n_led,
                    None if lot.has_bracket() => lots.first_reached(&view),
                    None => view.len(),
                };
                (n_quiet, curve.hold(&view.close[..n_quiet], lot, balance))
            },
        );
        self.recorder.held(bars.start..bars.start + n_held, lot, balance);
        self.state.tally.n_bars += n_held;
        self.state.tally.n_held += n_held;
        let bar = bars.start + n_held;
        if n_held < n_quiet {
            self.go_bankrupt(bar);
        } else if n_quiet < bars.len() {
            self.close_reached(bar);
        } else {
            return bar;
        }
        bar + 1
    }

    fn close_reached(&mut self, bar: usize) {
        let (closed, reached) = self.state.lots.close_reached(bar, &prices(&self.bars, bar));
        self.keep(&closed, reached.touched);
        self.mark_balance();
    }

    /// Equity is used up at the close of `bar`.
    #[cold]
    fn go_bankrupt(&mut self, bar: usize) {
        self.liquidate(bar, ExitReason::Bankrupt);
        self.state.tally.bankrupt = true;
        self.mark_balance();
    }

    fn mark_balance(&mut self) {
        let balance = self.state.lots.balance();
        self.state.curve.mark(balance);
        self.state.tally.bankrupt |= balance <= 0.0;
        self.pass(1, balance);
    }

    fn pass(&mut self, n_bars: usize, equity: f64) {
        self.recorder.marked(n_bars, equity);
        self.state.tally.n_bars += n_bars;
    }

    /// Fills the order at the open of `bar`.
    fn fill(&mut self, bar: usize) {
        let open = self.bars.open[bar];
        if let Some(closed) = self.state.lots.fill(bar, open, self.bars.spread[bar]) {
            self.keep(&closed, [open; 2]);
        }
    }

    fn liquidate(&mut self, bar: usize, reason: ExitReason) {
        let BarPrices { low, high, close, spread, .. } = prices(&self.bars, bar);
        if let Some(closed) = self.state.lots.liquidate(bar, close, spread, reason) {
            self.keep(&closed, [low, high]);
        }
    }

    fn keep(&mut self, closed: &ClosedLot, touched: [f64; 2]) {
        self.state.tally.add(closed);
        if let SizeNode::Kelly(rule) = &self.setting.plan.size {
            self.state.kelly.add(closed, rule);
        }
        self.recorder.closed(closed, touched);
    }

    /// Leads the run to the end of the window.
    fn finish(&mut self, window: &Range<usize>) {
        self.last_bar(window.end - 1);
        // Behind a bankruptcy nothing changes any more.
        self.recorder.marked(window.len() - self.state.tally.n_bars, self.state.lots.balance());
    }

    /// The last bar, at whose close the position is closed; what its signals would order would fill behind the window.
    fn last_bar(&mut self, last: usize) {
        if self.state.tally.bankrupt {
            return;
        }
        if self.state.lots.has_order() {
            self.fill(last);
        }
        if self.state.lots.first_reached(&self.bars.slice(last..last + 1)) == 0 {
            return self.close_reached(last);
        }
        let equity = self.state.lots.equity(self.bars.close[last]);
        self.state.tally.bankrupt = equity <= 0.0;
        self.state.tally.n_held += usize::from(self.state.lots.lot().is_some() && !self.state.tally.bankrupt);
        let reason = if self.state.tally.bankrupt { ExitReason::Bankrupt } else { ExitReason::EndOfWindow };
        self.liquidate(last, reason);
        self.mark_balance();
    }
}

pub(crate) fn prices(bars: &BarsView<'_>, bar: usize) -> BarPrices {
    BarPrices {
        open: bars.open[bar],
        high: bars.high[bar],
        low: bars.low[bar],
        close: bars.close[bar],
        spread: bars.spread[bar],
    }
}

/// Runs `work` compiled for the widest vectors of this machine's processor; the bits are the same with all.
#[inline(always)]
fn wide<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(work);
    }
    indicators::simd::dispatch(work)
}

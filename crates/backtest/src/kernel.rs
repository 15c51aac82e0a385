//! The one loop behind both `run` and `evaluate`.

use std::ops::Range;

use broker::{Account, BarPrices, Bracket, Broker, Direction, Event, ExitReason, Order, Rejection, Spread};
use market::BarsView;
use strategy::{Params, SizeRule};

use crate::eval::{BLOCK, Evaluation, resolve};
use crate::metrics::Tally;
use crate::plan::{DistanceNode, Side};
use crate::{DropReason, Error, Market, Metrics, Plan, Scratch};

/// Who keeps what the metrics do not need.
pub(crate) trait Recorder {
    fn closed(&mut self, trade: &broker::Trade);
    fn dropped(&mut self, bar: usize, direction: Direction, reason: DropReason);
}

/// Keeps nothing.
impl Recorder for () {
    fn closed(&mut self, _trade: &broker::Trade) {}
    fn dropped(&mut self, _bar: usize, _direction: Direction, _reason: DropReason) {}
}

/// Conditions of one block of bars; bit 0 is its first bar.
#[derive(Clone, Copy, Debug)]
struct Signals {
    long_entry: u64,
    short_entry: u64,
    long_exit: u64,
    short_exit: u64,
}

impl Signals {
    /// Those that cause an order while the position is `open`.
    fn awaited(self, open: Option<Direction>) -> u64 {
        match open {
            None => self.long_entry | self.short_entry,
            Some(Direction::Long) => self.short_entry | self.long_exit,
            Some(Direction::Short) => self.long_entry | self.short_exit,
        }
    }
}

struct Run<'r, R> {
    plan: &'r Plan,
    params: &'r Params,
    market: &'r Market<'r>,
    bars: BarsView<'r>,
    tick_size: f64,
    evaluation: &'r mut Evaluation,
    broker: &'r mut Broker,
    tally: Tally,
    recorder: &'r mut R,
}

/// Runs the plan; afterwards `scratch.equity` holds the initial cash and the equity at each close.
pub(crate) fn simulate<R: Recorder>(
    plan: &Plan,
    params: &Params,
    market: &Market<'_>,
    window: Range<usize>,
    account: &Account,
    scratch: &mut Scratch,
    recorder: &mut R,
) -> Result<Metrics, Error> {
    check(plan, params, market, &window, account)?;
    let Scratch { evaluation, broker, equity, returns } = scratch;
    evaluation.begin(plan, params, market)?;
    let broker = prepared(broker, account)?;
    equity.clear();
    equity.reserve(window.len() + 1);
    equity.push(account.initial_cash);
    let bars = market.bars();
    let (tick_size, tally) = (account.tick_size, Tally::default());
    let mut run = Run { plan, params, market, bars, tick_size, evaluation, broker, tally, recorder };
    run.window(window.clone(), equity);
    run.tally.metrics(&bars.slice(window), equity, returns)
}

fn check(
    plan: &Plan,
    params: &Params,
    market: &Market<'_>,
    window: &Range<usize>,
    account: &Account,
) -> Result<(), Error> {
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

/// The broker of an earlier run, set to the beginning, or a new one.
fn prepared<'b>(broker: &'b mut Option<Broker>, account: &Account) -> Result<&'b mut Broker, Error> {
    let invalid = |source: broker::Error| Error::Account { source: Box::new(source) };
    match broker {
        Some(broker) => {
            broker.reset(account).map_err(invalid)?;
            Ok(broker)
        }
        None => Ok(broker.insert(Broker::new(account).map_err(invalid)?)),
    }
}

impl<R: Recorder> Run<'_, R> {
    fn window(&mut self, window: Range<usize>, equity: &mut Vec<f64>) {
        let last = window.end - 1;
        for base in window.clone().step_by(BLOCK) {
            let end = (base + BLOCK).min(window.end);
            // The order of a signal at the last bar would fill behind the window.
            let signals = self.signals(base, last.min(end) - base);
            self.block(base..end, signals, equity);
            if self.tally.bankrupt {
                break;
            }
        }
        let final_equity = self.end(last);
        equity.resize(window.len() + 1, final_equity);
        equity[window.len()] = final_equity;
        self.tally.bankrupt |= final_equity <= 0.0;
    }

    /// The conditions at the first `len` bars of the block at `base`.
    fn signals(&mut self, base: usize, len: usize) -> Signals {
        self.evaluation.block(self.plan, self.params, self.market, base);
        let valid = if len < BLOCK { (1 << len) - 1 } else { u64::MAX };
        let entry = |side: Option<Side>| side.map_or(0, |side| self.evaluation.word(side.entry) & valid);
        let exit =
            |side: Option<Side>| side.and_then(|side| side.exit).map_or(0, |exit| self.evaluation.word(exit) & valid);
        let (long, short) = (entry(self.plan.long), entry(self.plan.short));
        Signals {
            long_entry: long & !short,
            short_entry: short & !long,
            long_exit: exit(self.plan.long),
            short_exit: exit(self.plan.short),
        }
    }

    fn block(&mut self, bars: Range<usize>, signals: Signals, equity: &mut Vec<f64>) {
        let base = bars.start;
        let mut bar = bars.start;
        while bar < bars.end {
            // Up to the next signal that matters, nothing but the prices can cause anything.
            let awaited = signals.awaited(self.broker.position().map(broker::Position::direction)) >> (bar - base);
            let signal = (bar + awaited.trailing_zeros() as usize).min(bars.end);
            let quiet_to = (signal + 1).min(bars.end);
            let quiet = if self.broker.is_idle() {
                equity.resize(equity.len() + quiet_to - bar, self.broker.balance());
                quiet_to - bar
            } else {
                let held = self.broker.hold(&self.bars.slice(bar..quiet_to), equity);
                self.tally.n_held += held;
                held
            };
            bar += quiet;
            if bar < quiet_to {
                self.advance(bar, equity);
                if self.tally.bankrupt {
                    return;
                }
                bar += 1;
            }
            self.decide(bar - 1, base, signals);
        }
    }

    /// Lets a bar go by on which something happens.
    fn advance(&mut self, bar: usize, equity: &mut Vec<f64>) {
        let (tally, recorder) = (&mut self.tally, &mut *self.recorder);
        let worth = self.broker.advance(bar, &prices(&self.bars, bar), &mut |event| keep(event, tally, recorder));
        equity.push(worth);
        self.tally.n_held += usize::from(self.broker.position().is_some());
        self.tally.bankrupt = worth <= 0.0;
    }

    /// Closes what is open at the last bar's close.
    fn end(&mut self, last: usize) -> f64 {
        let (tally, recorder) = (&mut self.tally, &mut *self.recorder);
        let prices = prices(&self.bars, last);
        self.broker.liquidate(last, &prices, ExitReason::EndOfWindow, &mut |event| keep(event, tally, recorder))
    }

    /// Turns the conditions at a bar's close into orders.
    #[inline]
    fn decide(&mut self, bar: usize, base: usize, signals: Signals) {
        let holds = |word: u64| word >> (bar - base) & 1 == 1;
        let open = self.broker.position().map(broker::Position::direction);
        let entry = if holds(signals.long_entry) {
            Some(Direction::Long)
        } else if holds(signals.short_entry) {
            Some(Direction::Short)
        } else {
            None
        };
        if let Some(direction) = entry.filter(|&direction| open != Some(direction)) {
            match self.enter(bar, base, direction) {
                // An order against the position closes it, too.
                Ok(()) => return,
                Err(reason) => {
                    self.tally.n_dropped += 1;
                    self.recorder.dropped(bar, direction, reason);
                }
            }
        }
        let exits = match open {
            Some(Direction::Long) => holds(signals.long_exit),
            Some(Direction::Short) => holds(signals.short_exit),
            None => false,
        };
        if exits {
            self.broker.submit(Order::Close).expect("a position is open");
        }
    }

    fn enter(&mut self, bar: usize, base: usize, direction: Direction) -> Result<(), DropReason> {
        let bracket = Bracket {
            stop_loss_ticks: self.distance(self.plan.stop_loss, bar)?,
            take_profit_ticks: self.distance(self.plan.take_profit, bar)?,
        };
        let close = self.bars.close[bar];
        let equity = self.broker.equity(close);
        let full = match self.plan.size {
            SizeRule::Units(units) => units,
            SizeRule::EquityFraction(fraction) => equity * fraction / close,
            SizeRule::RiskFraction(fraction) => {
                let ticks = bracket.stop_loss_ticks.expect("a valid strategy has a stop to size by");
                equity * fraction / (f64::from(ticks) * self.tick_size)
            }
        };
        let quantity = full * self.confidence(bar, base)?;
        self.broker.submit(Order::market(direction, quantity, bracket)).map_err(|rejection| match rejection {
            Rejection::QuantityBelowStep { .. } => DropReason::BelowStep,
            // Nothing else can be refused: the account is solvent, and no position of that side is open.
            _ => DropReason::TooLarge,
        })
    }

    /// Whole ticks of a stop or target at a bar's close.
    fn distance(&self, node: Option<DistanceNode>, bar: usize) -> Result<Option<u32>, DropReason> {
        let Some(node) = node else { return Ok(None) };
        let ticks = match node {
            DistanceNode::Ticks(ticks) => resolve(ticks, self.params),
            DistanceNode::Percent(percent) => {
                self.bars.close[bar] * resolve(percent, self.params) / 100.0 / self.tick_size
            }
            DistanceNode::Atr { column, multiple } => {
                let range = self.evaluation.column(self.market, column)[bar];
                range * resolve(multiple, self.params) / self.tick_size
            }
        };
        let whole = ticks.round();
        if whole.is_nan() || whole > f64::from(u32::MAX) {
            return Err(DropReason::NoDistance);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to u32::MAX")]
        Ok(Some(whole.max(1.0) as u32))
    }

    /// The factor of the size at a bar's close, 0 to 1.
    fn confidence(&self, bar: usize, base: usize) -> Result<f64, DropReason> {
        let Some(num) = self.plan.confidence else { return Ok(1.0) };
        let value = self.evaluation.value(self.plan, self.market, num, base, bar - base);
        if value.is_nan() { Err(DropReason::NoConfidence) } else { Ok(value.clamp(0.0, 1.0)) }
    }
}

fn prices(bars: &BarsView<'_>, bar: usize) -> BarPrices {
    BarPrices {
        open: bars.open[bar],
        high: bars.high[bar],
        low: bars.low[bar],
        close: bars.close[bar],
        spread: bars.spread[bar],
    }
}

fn keep(event: Event, tally: &mut Tally, recorder: &mut impl Recorder) {
    if let Event::Closed(trade) = event {
        tally.add(&trade);
        recorder.closed(&trade);
    }
}

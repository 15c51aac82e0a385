//! A second back-test, bar by bar and tree by tree, as slow and as obvious as possible. Only the broker is the same.

mod guard;
mod size;

use std::ops::Range;

use broker::{
    Account, BarPrices, Bracket, Broker, Close, Command, Direction, Event, Exit, ExitReason, Id, Order, Position, Trade,
};
use indicators::{Column, IndicatorSpec, Profile};
use market::{BarsView, Timeframe, UnixNanos, resample};
use strategy::{Arg, CmpOp, Cond, CrossKind, Distance, IndicatorCall, Longer, Num, NumOp, Price, Rule, Strategy};

pub(crate) struct Outcome {
    pub(crate) trades: Vec<Trade>,
    pub(crate) equity: Vec<f64>,
    pub(crate) n_dropped: usize,
}

/// What a strategy is run with.
struct Setting<'a> {
    rules: &'a Strategy,
    bars: BarsView<'a>,
    account: &'a Account,
}

pub(crate) fn run(rules: &Strategy, bars: BarsView<'_>, window: Range<usize>, account: &Account) -> Outcome {
    let setting = Setting { rules, bars, account };
    let mut broker = Broker::new(account).unwrap();
    let mut outcome = Outcome { trades: Vec::new(), equity: Vec::new(), n_dropped: 0 };
    let mut ends_by_age = false;
    for i in window.clone() {
        let prices = BarPrices::from(&bars.iter().nth(i).unwrap());
        let trades = &mut outcome.trades;
        let mut keep = |event| {
            if let Event::Closed(trade) = event {
                trades.push(setting.renamed(trade, ends_by_age));
            }
        };
        let mut equity = broker.advance(i, &prices, &mut keep);
        let is_last = i + 1 == window.end;
        if is_last {
            equity = broker.liquidate(i, &prices, ExitReason::EndOfWindow, &mut keep);
        }
        outcome.equity.push(equity);
        ends_by_age = false;
        if !is_last && broker.bankrupt_at().is_none() {
            setting.move_stop(i, &mut broker);
            ends_by_age = setting.decide(i, &mut broker, &mut outcome);
        }
    }
    outcome
}

impl Setting<'_> {
    /// Gives whether the position is closed because of its age.
    fn decide(&self, i: usize, broker: &mut Broker, outcome: &mut Outcome) -> bool {
        let Self { rules, bars, .. } = *self;
        let enters = |rule: &Option<Rule>| rule.as_ref().is_some_and(|rule| holds(&rule.entry, bars, i));
        let exits = |rule: &Option<Rule>| {
            rule.as_ref().and_then(|rule| rule.exit.as_ref()).is_some_and(|exit| holds(exit, bars, i))
        };
        let open = broker.position().map(Position::direction);
        let wanted = match (enters(&rules.long), enters(&rules.short)) {
            (true, false) => Some(Direction::Long),
            (false, true) => Some(Direction::Short),
            _ => None,
        };
        if let Some(direction) = wanted
            && open != wanted
        {
            let order = self.entry(i, broker.equity(bars.close[i]), direction, &outcome.trades);
            if let Some((order, bracket)) = order
                && broker.submit(Command::Entry(order)).is_ok()
            {
                self.place_exit(bracket, order.id, broker);
                return false;
            }
            outcome.n_dropped += 1;
        }
        let exit = match open {
            Some(Direction::Long) => exits(&rules.long),
            Some(Direction::Short) => exits(&rules.short),
            None => false,
        };
        let is_old = rules
            .risk
            .max_bars
            .zip(broker.open_trades().next())
            .is_some_and(|(max_bars, open)| (i - open.entry_bar() + 1) as f64 >= constant(max_bars));
        if exit || is_old {
            broker.submit(Command::Close(Close::all())).unwrap();
        }
        is_old && !exit
    }

    /// The order and the ticks of stop and target.
    fn entry(&self, i: usize, equity: f64, direction: Direction, trades: &[Trade]) -> Option<(Order, Bracket)> {
        let Self { rules, bars, .. } = *self;
        let ticks = |distance: &Option<Distance>| match distance {
            None => Some(None),
            Some(distance) => self.ticks(distance, i).map(Some),
        };
        let bracket = Bracket {
            stop_loss_ticks: ticks(&rules.risk.stop_loss)?,
            take_profit_ticks: ticks(&rules.risk.take_profit)?,
        };
        if let Some(trailing) = &rules.risk.trailing_stop {
            ticks(&trailing.after)?;
        }
        if let Some(even) = &rules.risk.break_even {
            self.ticks(&even.after, i)?;
        }
        let confidence = match &rules.sizing.confidence {
            None => 1.0,
            Some(num) => value(num, bars, Some(i))?.clamp(0.0, 1.0),
        };
        let quantity = self.size(i, equity, bracket, trades)? * confidence;
        let id = Id(u32::from(direction == Direction::Short));
        let order = Order::market(id, direction).quantity(quantity);
        Some((if self.moves_stop() { order } else { order.bracket(bracket) }, bracket))
    }

    fn ticks(&self, distance: &Distance, i: usize) -> Option<u32> {
        let exact = match distance {
            Distance::Ticks(ticks) => constant(*ticks),
            Distance::Percent(percent) => self.bars.close[i] * constant(*percent) / 100.0 / self.account.tick_size,
            Distance::Atr { period, multiple } => {
                let range = indicator(&IndicatorCall::average_true_range(*period), self.bars, i)?;
                range * constant(*multiple) / self.account.tick_size
            }
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the tests stay far below")]
        Some((exact.round() as u32).max(1))
    }
}

fn holds(cond: &Cond, bars: BarsView<'_>, i: usize) -> bool {
    match cond {
        Cond::Compare(op, left, right) => tolerant(*op, value(left, bars, Some(i)), value(right, bars, Some(i))),
        Cond::Cross(kind, left, right) => {
            let at = |bar| (value(left, bars, bar), value(right, bars, bar));
            let ((l, r), (l_before, r_before)) = (at(Some(i)), at(i.checked_sub(1)));
            match kind {
                CrossKind::Over => compare(CmpOp::Gt, l, r) && compare(CmpOp::Le, l_before, r_before),
                CrossKind::Under => compare(CmpOp::Lt, l, r) && compare(CmpOp::Ge, l_before, r_before),
            }
        }
        Cond::Session(session) => {
            let minute = bars.open_time[i].0 / (60 * UnixNanos::PER_SECOND) % 1440;
            let (from, to) = (i64::from(session.from_minute), i64::from(session.to_minute));
            (0..1440).map(|step| (from + step) % 1440).take_while(|&inside| inside != to).any(|inside| inside == minute)
        }
        Cond::All(parts) => parts.iter().all(|part| holds(part, bars, i)),
        Cond::Any(parts) => parts.iter().any(|part| holds(part, bars, i)),
        Cond::Not(inner) => !holds(inner, bars, i),
    }
}

/// The rule in words: equal if no further apart than the tolerance, else as the bits say.
fn tolerant(op: CmpOp, left: Option<f64>, right: Option<f64>) -> bool {
    let equal = left.zip(right).is_some_and(|(left, right)| (left - right).abs() <= CmpOp::TOLERANCE);
    if equal { matches!(op, CmpOp::Le | CmpOp::Ge) } else { compare(op, left, right) }
}

fn compare(op: CmpOp, left: Option<f64>, right: Option<f64>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    match op {
        CmpOp::Lt => left < right,
        CmpOp::Le => left <= right,
        CmpOp::Gt => left > right,
        CmpOp::Ge => left >= right,
    }
}

/// The value at a bar; without a bar there is none.
fn value(num: &Num, bars: BarsView<'_>, bar: Option<usize>) -> Option<f64> {
    let i = bar?;
    let found = match num {
        Num::Const(value) => *value,
        Num::Input(_) => panic!("the random strategies have no inputs"),
        Num::Price(price) => price_at(*price, bars, i),
        Num::Indicator(call) => indicator(call, bars, i)?,
        Num::Longer(Longer { minutes, num }) => longer_value(*minutes, num, bars, i)?,
        Num::Lag(inner, lag) => value(inner, bars, i.checked_sub(usize::from(*lag)))?,
        Num::Binary(op, left, right) => {
            let (l, r) = (value(left, bars, bar)?, value(right, bars, bar)?);
            match op {
                NumOp::Add => l + r,
                NumOp::Sub => l - r,
                NumOp::Mul => l * r,
                NumOp::Div if r == 0.0 => return None,
                NumOp::Div => l / r,
                NumOp::Min => l.min(r),
                NumOp::Max => l.max(r),
            }
        }
    };
    (!found.is_nan()).then_some(found)
}

/// The number at the last longer bar before the one to which bar `i` belongs, of longer bars made of no later bar.
fn longer_value(minutes: u16, num: &Num, bars: BarsView<'_>, i: usize) -> Option<f64> {
    let length = Timeframe::from_seconds(60 * u32::from(minutes)).unwrap();
    let longer = resample(bars.slice(0..i + 1), length).unwrap();
    value(num, longer.view(), longer.len().checked_sub(2))
}

fn price_at(price: Price, bars: BarsView<'_>, i: usize) -> f64 {
    let (open, high, low, close) = (bars.open[i], bars.high[i], bars.low[i], bars.close[i]);
    match price {
        Price::Open => open,
        Price::High => high,
        Price::Low => low,
        Price::Close => close,
        Price::Hl2 => f64::midpoint(high, low),
        Price::Hlc3 => (high + low + close) / 3.0,
        Price::Ohlc4 => (open + high + low + close) / 4.0,
        Price::Volume => bars.volume[i],
    }
}

/// An indicator at bar `i`, computed from the bars up to it and no other.
fn indicator(call: &IndicatorCall, bars: BarsView<'_>, i: usize) -> Option<f64> {
    let info = call.kind.info();
    let args: Vec<f64> = call.args.iter().map(|arg| constant(*arg)).collect();
    let spec = IndicatorSpec::new(call.kind, &args).unwrap();
    let mut columns = vec![vec![f64::NAN; i + 1]; info.outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    let inputs: Vec<Vec<f64>> = info
        .inputs
        .iter()
        .map(|column| match column {
            Column::Source => call.source.unwrap(),
            Column::Open => Price::Open,
            Column::High => Price::High,
            Column::Low => Price::Low,
            Column::Close => Price::Close,
            Column::Volume => Price::Volume,
            Column::Second | Column::Condition => panic!("the random strategies have no such indicators"),
        })
        .map(|price| (0..=i).map(|bar| price_at(price, bars, bar)).collect())
        .collect();
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    spec.compute(Profile::Talib, &inputs, &mut outputs).unwrap();
    let place = info.outputs.iter().position(|known| known.name == call.output).unwrap();
    let found = columns[place][i];
    (!found.is_nan()).then_some(found)
}

fn constant(arg: Arg) -> f64 {
    match arg {
        Arg::Const(value) => value,
        Arg::Input(_) => panic!("the random strategies have no inputs"),
    }
}

//! The strategies of `golden/make_pine.py`, asked for bar by bar.

use broker::{
    BarPrices, Broker, Close, CloseEntries, Command, Commission, Costs, Direction, Exit, ExitSize, Id, Ids, Oca,
    OcaKind, Order, OrderKind, RiskLimit, RiskRule, Rules, Size, Spread, Trail,
};

const LONG: Direction = Direction::Long;
const SHORT: Direction = Direction::Short;

/// What a script sees and does at the close of one bar.
pub(crate) struct Script<'a> {
    pub(crate) broker: &'a mut Broker,
    pub(crate) ids: &'a mut Ids,
    pub(crate) bar: usize,
    pub(crate) prices: BarPrices,
}

impl Script<'_> {
    fn every(&self, bars: usize, at: usize) -> bool {
        self.bar % bars == at
    }

    fn id(&mut self, name: &str) -> Id {
        self.ids.id(name)
    }

    fn submit(&mut self, command: Command) {
        // A script does not hear of a refusal either.
        let _refused = self.broker.submit(command);
    }

    fn entry(&mut self, id: &str, direction: Direction, quantity: f64, kind: OrderKind) {
        let order = Order { kind, ..Order::market(self.id(id), direction) };
        self.submit(Command::Entry(order.quantity(quantity)));
    }

    fn sized(&mut self, id: &str, direction: Direction, kind: OrderKind) {
        let order = Order { kind, ..Order::market(self.id(id), direction) };
        self.submit(Command::Entry(order));
    }

    fn order(&mut self, id: &str, direction: Direction, quantity: f64, kind: OrderKind, oca: Option<OcaKind>) {
        let group = self.id("group");
        let oca = oca.map(|kind| Oca { group, kind });
        let order = Order { kind, oca, ..Order::market(self.id(id), direction) };
        self.submit(Command::Order(order.quantity(quantity)));
    }

    fn exit(&mut self, id: &str, entry: Option<&str>, size: ExitSize, set: impl Fn(&mut Exit)) {
        let from_entry = entry.map(|entry| self.id(entry));
        let mut exit = Exit { size, ..Exit::new(self.id(id), from_entry) };
        set(&mut exit);
        self.submit(Command::Exit(exit));
    }

    fn bracket(&mut self, id: &str, entry: &str, profit: f64, loss: f64) {
        self.exit(id, Some(entry), ExitSize::Rest, |exit| {
            (exit.profit_ticks, exit.loss_ticks) = (Some(profit), Some(loss));
        });
    }

    fn levels(&mut self, id: &str, entry: &str, size: ExitSize, limit: f64, stop: f64) {
        self.exit(id, Some(entry), size, |exit| (exit.limit, exit.stop) = (Some(limit), Some(stop)));
    }

    fn trail(&mut self, id: &str, entry: &str, points: f64, offset_ticks: f64, loss: Option<f64>) {
        self.exit(id, Some(entry), ExitSize::Rest, |exit| {
            exit.trail = Some(Trail { price: None, points: Some(points), offset_ticks });
            exit.loss_ticks = loss;
        });
    }

    fn close(&mut self, entry: &str, size: ExitSize, call: u32) {
        let entry = self.id(entry);
        self.submit(Command::Close(Close { size, call, ..Close::entry(entry) }));
    }

    fn close_all(&mut self) {
        self.submit(Command::Close(Close::all()));
    }
}

/// The rules and costs that a script declares.
pub(crate) fn declared(name: &str) -> (Rules, Costs) {
    let mut rules = Rules { margin_long_percent: 0.0, margin_short_percent: 0.0, ..Rules::tradingview() };
    let mut costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
    match name {
        "pyramiding" | "exits_fifo" => rules.pyramiding = 3,
        "exits_any" => (rules.pyramiding, rules.close_entries) = (3, CloseEntries::Any),
        "exit_for_all" => rules.pyramiding = 4,
        "closes" => rules.pyramiding = 2,
        "risk_position" => rules.pyramiding = 5,
        "reversals" => costs.commission = Commission::PerOrder(1.5),
        "stop_entries" => (costs.commission, costs.slippage_ticks) = (Commission::Percent(0.05), 2),
        "netting" => costs.commission = Commission::PerUnit(0.03),
        "trail_points" => costs.slippage_ticks = 1,
        "percent_of_equity" => {
            rules.default_size = Size::PercentOfEquity(60.0);
            (costs.commission, costs.slippage_ticks) = (Commission::Percent(0.1), 3);
        }
        "percent_priced" => {
            rules.default_size = Size::PercentOfEquity(35.0);
            (costs.commission, costs.slippage_ticks) = (Commission::PerUnit(0.02), 2);
        }
        "cash" => (rules.default_size, costs.commission) = (Size::Cash(777.77), Commission::PerOrder(0.7)),
        "on_close" => {
            (rules.pyramiding, rules.process_orders_on_close) = (2, true);
            costs.slippage_ticks = 1;
        }
        "margin_reject" => {
            (rules.margin_long_percent, rules.margin_short_percent) = (100.0, 100.0);
            rules.default_size = Size::PercentOfEquity(100.0);
            costs.commission = Commission::Percent(0.02);
        }
        "margin_call_entries" | "margin_call_any" => {
            (rules.margin_long_percent, rules.margin_short_percent) = (20.0, 20.0);
            rules.pyramiding = 3;
            rules.close_entries = if name == "margin_call_any" { CloseEntries::Any } else { CloseEntries::Fifo };
        }
        "margin_stops" => {
            (rules.margin_long_percent, rules.margin_short_percent) = (30.0, 30.0);
            rules.default_size = Size::PercentOfEquity(300.0);
        }
        "margin_reversals" => {
            (rules.margin_long_percent, rules.margin_short_percent) = (50.0, 50.0);
            rules.default_size = Size::PercentOfEquity(190.0);
            (costs.commission, costs.slippage_ticks) = (Commission::Percent(0.02), 1);
        }
        "margin_call_long" | "margin_call_short" => {
            (rules.margin_long_percent, rules.margin_short_percent) = (25.0, 25.0);
            costs.slippage_ticks = if name == "margin_call_short" { 2 } else { 0 };
        }
        _ => {}
    }
    (rules, costs)
}

/// Runs the body of a script at the close of one bar.
#[expect(clippy::too_many_lines, reason = "the list of the scripts, in the order of the generator")]
pub(crate) fn body(name: &str, s: &mut Script<'_>) {
    use OrderKind::{Limit, Market, Stop, StopLimit};
    let BarPrices { high, low, close, .. } = s.prices;
    let bar = s.bar;
    let number = |value: usize| f64::from(u32::try_from(value).unwrap());
    match name {
        "pyramiding" => {
            if s.every(6, 0) {
                s.entry("A", LONG, number(1 + bar % 5), Market);
            }
            if s.every(14, 3) {
                s.entry("B", LONG, 2.0, Limit(close - 0.3));
            }
            if s.every(40, 39) {
                s.close_all();
            }
        }
        "reversals" => {
            if s.every(14, 0) {
                s.entry("L", LONG, 1.37, Market);
            }
            if s.every(14, 7) {
                s.entry("S", SHORT, 2.11, Market);
            }
        }
        "two_entries_at_once" => {
            if s.every(15, 0) {
                s.entry("S", SHORT, 3.0, Market);
                s.entry("L", LONG, 2.0, Market);
            }
            if s.every(15, 9) {
                s.close_all();
            }
        }
        "stop_limit" => {
            if s.every(12, 0) {
                s.entry("L", LONG, 2.0, StopLimit { stop: close + 0.25, limit: close + 0.05 });
            }
            if s.every(12, 5) {
                s.entry("S", SHORT, 1.0, StopLimit { stop: close - 0.2, limit: close - 0.3 });
            }
            if s.every(36, 35) {
                s.submit(Command::CancelAll);
                s.close_all();
            }
        }
        "stop_entries" => {
            s.entry("L", LONG, 2.0, Stop(high + 0.304));
            s.entry("S", SHORT, 2.0, Stop(low - 0.304));
        }
        "stop_entries_and_stops" => {
            if s.every(3, 0) {
                s.entry("L", LONG, 2.0, Stop(high + 0.2));
                s.entry("S", SHORT, 2.0, Stop(low - 0.2));
            }
            if let Some(position) = s.broker.position() {
                let price = position.average_price;
                if position.direction == LONG {
                    s.levels("LX", "L", ExitSize::Rest, price + 1.2, price - 0.45);
                } else {
                    s.levels("SX", "S", ExitSize::Rest, price - 1.2, price + 0.45);
                }
            }
        }
        "oca_cancel" => {
            if s.broker.position_size() == 0.0 {
                for (id, side, price) in [("L", LONG, high + 0.1), ("S", SHORT, low - 0.1)] {
                    let group = s.id("g");
                    let order = Order::stop(s.id(id), side, price).quantity(1.0).oca(group, OcaKind::Cancel);
                    s.submit(Command::Entry(order));
                }
            }
            if s.every(9, 8) {
                s.close_all();
            }
        }
        "oca_reduce" => {
            if s.every(16, 0) {
                s.order("in", LONG, 6.0, Market, None);
            }
            if s.every(16, 1) {
                s.order("t1", SHORT, 2.0, Limit(close + 0.3), Some(OcaKind::Reduce));
                s.order("t2", SHORT, 4.0, Limit(close + 0.6), Some(OcaKind::Reduce));
                s.order("st", SHORT, 6.0, Stop(close - 0.5), Some(OcaKind::Reduce));
            }
            if s.every(16, 15) {
                s.submit(Command::CancelAll);
                s.close_all();
            }
        }
        "netting" => {
            if s.every(10, 0) {
                s.order("b", LONG, 3.0, Market, None);
            }
            if s.every(10, 4) {
                s.order("s", SHORT, 4.0, Market, None);
            }
            if s.every(10, 7) {
                s.order("l", LONG, 1.5, Limit(low - 0.1), None);
            }
        }
        "trail_points" => {
            if s.every(10, 0) {
                s.entry("L", LONG, 1.0, Market);
            }
            if s.every(10, 5) {
                s.entry("S", SHORT, 1.0, Market);
            }
            s.trail("LX", "L", 20.0, 15.0, Some(90.0));
            s.trail("SX", "S", 20.0, 15.0, Some(90.0));
        }
        "trail_price" => {
            for (at, id, exit, side, offset_ticks) in [(0, "L", "LX", LONG, 12.7), (6, "S", "SX", SHORT, 0.0)] {
                if s.every(12, at) {
                    let sign = side.sign();
                    s.entry(id, side, 1.0, Market);
                    s.exit(exit, Some(id), ExitSize::Rest, |exit| {
                        exit.trail = Some(Trail { price: Some(close + sign * 0.25), points: None, offset_ticks });
                        exit.stop = Some(close - sign * 0.8);
                    });
                }
            }
        }
        "trail_late" => {
            if s.every(12, 0) {
                s.entry("L", LONG, 1.0, Market);
            }
            if s.broker.position_size() > 0.0 {
                s.trail("LX", "L", 10.0, 20.0, None);
            }
            if s.every(12, 11) {
                s.close("L", ExitSize::Rest, 0);
            }
        }
        "trail_stop_entry" => {
            if s.broker.position_size() == 0.0 {
                s.entry("L", LONG, 1.0, Stop(high + 0.05));
                s.entry("S", SHORT, 1.0, Stop(low - 0.05));
            }
            s.trail("LX", "L", 15.0, 10.0, Some(60.0));
            s.trail("SX", "S", 15.0, 10.0, Some(60.0));
        }
        "partial_exits" => {
            if s.every(20, 0) {
                s.entry("L", LONG, 7.77, Market);
            }
            let parts = [(ExitSize::Percent(35.0), 30.0, 70.0), (ExitSize::Quantity(2.0), 60.0, 50.0)];
            for (id, (size, profit, loss)) in ["X1", "X2"].into_iter().zip(parts) {
                s.exit(id, Some("L"), size, |exit| (exit.profit_ticks, exit.loss_ticks) = (Some(profit), Some(loss)));
            }
            s.bracket("X3", "L", 90.0, 90.0);
            if s.every(20, 19) {
                s.close("L", ExitSize::Rest, 0);
            }
        }
        "exits_compete" => {
            if s.every(15, 0) {
                s.entry("S", SHORT, 5.0, Market);
            }
            s.levels("A", "S", ExitSize::Percent(80.0), low - 0.3, high + 0.5);
            s.levels("B", "S", ExitSize::Quantity(4.0), low - 0.5, high + 0.4);
            if s.every(15, 14) {
                s.close_all();
            }
        }
        "nearest_level" => {
            if s.every(10, 0) {
                s.entry("L", LONG, 1.0, Market);
            }
            s.exit("X", Some("L"), ExitSize::Rest, |exit| {
                (exit.profit_ticks, exit.limit) = (Some(60.0), Some(high + 0.15));
                (exit.loss_ticks, exit.stop) = (Some(60.0), Some(low - 0.1));
            });
        }
        "exits_fifo" | "exits_any" => {
            if s.every(7, 0) {
                s.entry("A", LONG, 2.0, Market);
            }
            if s.every(7, 3) {
                s.entry("B", LONG, 3.0, Market);
            }
            s.bracket("XA", "A", 50.0, 50.0);
            s.bracket("XB", "B", 40.0, 60.0);
            if s.every(50, 49) {
                s.close_all();
            }
        }
        "exit_for_all" => {
            if s.every(24, 0) || s.every(24, 4) || s.every(24, 9) {
                s.entry("E", LONG, number(1 + bar % 3), Market);
            }
            if s.every(24, 2) {
                s.exit("X", None, ExitSize::Rest, |exit| {
                    (exit.profit_ticks, exit.loss_ticks) = (Some(55.0), Some(65.0));
                });
            }
            if s.every(24, 23) {
                s.close_all();
            }
        }
        "closes" => {
            if s.every(18, 0) {
                s.entry("A", LONG, 5.55, Market);
            }
            if s.every(18, 2) {
                s.entry("B", LONG, 3.33, Market);
            }
            if s.every(18, 6) {
                s.close("B", ExitSize::Percent(50.0), 0);
            }
            if s.every(18, 8) {
                s.close("A", ExitSize::Quantity(1.238), 1);
            }
            if s.every(18, 10) {
                let entry = s.id("A");
                s.submit(Command::Close(Close { immediately: true, call: 2, ..Close::entry(entry) }));
            }
            if s.every(18, 14) {
                s.submit(Command::Close(Close { immediately: true, call: 3, ..Close::all() }));
            }
        }
        "percent_of_equity" => {
            if s.every(16, 0) {
                s.sized("L", LONG, Market);
            }
            if s.every(16, 8) {
                s.sized("S", SHORT, Market);
            }
            if s.every(48, 47) {
                s.close_all();
            }
        }
        "percent_priced" => {
            if s.every(10, 0) {
                s.sized("L", LONG, Limit(close - 0.2));
            }
            if s.every(10, 5) {
                s.sized("S", SHORT, Stop(close - 0.25));
            }
            if s.every(30, 29) {
                s.close_all();
                // `strategy.cancel_all` leaves market orders to close alone in neither engine: the close goes, too.
                s.submit(Command::CancelAll);
            }
        }
        "cash" => {
            if s.every(14, 0) {
                s.sized("L", LONG, Market);
            }
            if s.every(14, 6) {
                s.sized("S", SHORT, StopLimit { stop: low - 0.1, limit: low - 0.3 });
            }
            if s.every(14, 13) {
                s.close_all();
            }
        }
        "on_close" => {
            if s.every(9, 0) {
                s.entry("L", LONG, 2.0, Market);
                s.bracket("LX", "L", 40.0, 40.0);
            }
            if s.every(9, 4) {
                s.entry("S", SHORT, 1.0, Market);
                s.levels("SX", "S", ExitSize::Rest, close - 0.4, close + 0.4);
            }
            if s.every(27, 26) {
                s.close_all();
            }
        }
        "margin_reject" => {
            if s.every(12, 0) {
                s.sized("L", LONG, Market);
            }
            if s.every(12, 6) {
                s.sized("S", SHORT, Market);
            }
        }
        "margin_call_long" | "margin_call_short" => {
            let (id, side, leverage) = if name == "margin_call_long" { ("L", LONG, 3.8) } else { ("S", SHORT, 3.7) };
            if s.every(30, 0) {
                let quantity = (leverage * s.broker.equity(close) / close).floor();
                s.entry(id, side, quantity, Market);
            }
            if s.every(30, 25) {
                s.close_all();
            }
        }
        _ if name.starts_with("margin") => margin(name, s),
        _ => risk(name, s),
    }
}

fn margin(name: &str, s: &mut Script<'_>) {
    use OrderKind::{Limit, Market, Stop};
    let BarPrices { high, low, close, .. } = s.prices;
    let part = |s: &Script<'_>, times: f64| (times * s.broker.equity(close) / close).floor();
    match name {
        "margin_call_entries" => {
            if s.every(25, 0) || s.every(25, 3) || s.every(25, 6) {
                let quantity = part(s, 1.6);
                s.entry("A", LONG, quantity, Market);
            }
            if s.every(25, 20) {
                s.close_all();
            }
        }
        "margin_call_any" => {
            for (at, id) in [(0, "A"), (3, "B")] {
                if s.every(25, at) {
                    let quantity = part(s, 2.4);
                    s.entry(id, LONG, quantity, Market);
                }
            }
            if s.every(25, 20) {
                s.close_all();
            }
        }
        "margin_stops" => {
            if s.every(7, 0) {
                s.sized("L", LONG, Stop(high + 0.2));
                s.sized("S", SHORT, Stop(low - 0.2));
            }
            s.bracket("LX", "L", 58.0, 63.0);
            s.bracket("SX", "S", 58.0, 63.0);
        }
        "margin_reversals" => {
            if s.every(12, 0) {
                s.sized("L", LONG, Market);
            }
            if s.every(12, 6) {
                s.sized("S", SHORT, Limit(close + 0.1));
            }
        }
        other => panic!("no script named {other}"),
    }
}

fn risk(name: &str, s: &mut Script<'_>) {
    use OrderKind::Market;
    let (rule, long, short, every) = match name {
        "risk_filled_orders" => (RiskRule::MaxIntradayFilledOrders(5), (0, 1.0), (2, 1.0), 4),
        "risk_drawdown" => (RiskRule::MaxDrawdown(RiskLimit::Cash(30.0)), (0, 5.0), (99, 0.0), 8),
        "risk_day_loss" => (RiskRule::MaxIntradayLoss(RiskLimit::Cash(12.0)), (0, 8.0), (4, 8.0), 6),
        "risk_position" => (RiskRule::MaxPositionSize(4.0), (0, 1.5), (99, 0.0), 5),
        "risk_direction" => (RiskRule::AllowEntryIn(LONG), (0, 2.0), (5, 3.0), 10),
        "risk_loss_days" => (RiskRule::MaxConsLossDays(2), (0, 2.0), (5, 3.0), 10),
        other => panic!("no script named {other}"),
    };
    s.broker.limit_risk(rule);
    if s.every(every, long.0) {
        s.entry("L", LONG, long.1, Market);
    }
    if s.every(every, short.0) {
        s.entry("S", SHORT, short.1, Market);
    }
    if name == "risk_drawdown" && s.every(8, 5) {
        s.close_all();
    }
    if name == "risk_position" && s.every(25, 24) {
        s.entry("S", SHORT, 1.5, Market);
    }
}

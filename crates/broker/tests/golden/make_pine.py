#!/usr/bin/env python3
"""Writes pine_bars.csv, pine_trades.csv and pine_states.csv: what small Pine strategies, one for each rule, trade.

The trades come from PyneCore (Apache-2.0), which runs Pine Script with TradingView's broker-emulator rules; the Pine
text is translated for it by opencode-pine2pyne (Apache-2.0). Nothing of this project takes part. The strategies look
only at bar numbers, the last bar's prices and their own position, so that `tests/it/pine.rs` can ask for the same
orders, bar by bar.

    python3 -m venv venv
    venv/bin/pip install opencode-pine2pyne==0.2.4 "pynesys-pynecore[cli]==6.11.0" typer==0.20.0
    venv/bin/python -W ignore make_pine.py [NAME...]
"""

import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "tests" / "golden"))

import pine2pyne  # noqa: E402
from pine_runner import START, TOOL, random_bars, symbol  # noqa: E402
from pynecore.core.script_runner import ScriptRunner  # noqa: E402
from pynecore.types.ohlcv import OHLCV  # noqa: E402

QUARTER_HOUR = 900_000
N_BARS = 720
SEED = 77
FREE = "margin_long=0, margin_short=0"
L, S = "strategy.long", "strategy.short"

# name: (arguments of the declaration, body)
SCRIPTS = {
    "pyramiding": (f"{FREE}, pyramiding=3", f"""
if bar_index % 6 == 0
    strategy.entry("A", {L}, qty=1 + bar_index % 5)
if bar_index % 14 == 3
    strategy.entry("B", {L}, qty=2, limit=close - 0.3)
if bar_index % 40 == 39
    strategy.close_all()
"""),
    "reversals": (f"{FREE}, commission_type=strategy.commission.cash_per_order, commission_value=1.5", f"""
if bar_index % 14 == 0
    strategy.entry("L", {L}, qty=1.37)
if bar_index % 14 == 7
    strategy.entry("S", {S}, qty=2.11)
"""),
    "two_entries_at_once": (FREE, f"""
if bar_index % 15 == 0
    strategy.entry("S", {S}, qty=3)
    strategy.entry("L", {L}, qty=2)
if bar_index % 15 == 9
    strategy.close_all()
"""),
    "stop_limit": (FREE, f"""
if bar_index % 12 == 0
    strategy.entry("L", {L}, qty=2, stop=close + 0.25, limit=close + 0.05)
if bar_index % 12 == 5
    strategy.entry("S", {S}, qty=1, stop=close - 0.2, limit=close - 0.3)
if bar_index % 36 == 35
    strategy.cancel_all()
    strategy.close_all()
"""),
    "stop_entries": (f"{FREE}, slippage=2, commission_type=strategy.commission.percent, commission_value=0.05", f"""
strategy.entry("L", {L}, qty=2, stop=high + 0.304)
strategy.entry("S", {S}, qty=2, stop=low - 0.304)
"""),
    "stop_entries_and_stops": (FREE, f"""
if bar_index % 3 == 0
    strategy.entry("L", {L}, qty=2, stop=high + 0.2)
    strategy.entry("S", {S}, qty=2, stop=low - 0.2)
if strategy.position_size > 0
    strategy.exit("LX", "L", stop=strategy.position_avg_price - 0.45, limit=strategy.position_avg_price + 1.2)
if strategy.position_size < 0
    strategy.exit("SX", "S", stop=strategy.position_avg_price + 0.45, limit=strategy.position_avg_price - 1.2)
"""),
    "oca_cancel": (FREE, f"""
if strategy.position_size == 0
    strategy.entry("L", {L}, qty=1, stop=high + 0.1, oca_name="g", oca_type=strategy.oca.cancel)
    strategy.entry("S", {S}, qty=1, stop=low - 0.1, oca_name="g", oca_type=strategy.oca.cancel)
if bar_index % 9 == 8
    strategy.close_all()
"""),
    "oca_reduce": (FREE, f"""
if bar_index % 16 == 0
    strategy.order("in", {L}, qty=6)
if bar_index % 16 == 1
    strategy.order("t1", {S}, qty=2, limit=close + 0.3, oca_name="out", oca_type=strategy.oca.reduce)
    strategy.order("t2", {S}, qty=4, limit=close + 0.6, oca_name="out", oca_type=strategy.oca.reduce)
    strategy.order("st", {S}, qty=6, stop=close - 0.5, oca_name="out", oca_type=strategy.oca.reduce)
if bar_index % 16 == 15
    strategy.cancel_all()
    strategy.close_all()
"""),
    "netting": (f"{FREE}, commission_type=strategy.commission.cash_per_contract, commission_value=0.03", f"""
if bar_index % 10 == 0
    strategy.order("b", {L}, qty=3)
if bar_index % 10 == 4
    strategy.order("s", {S}, qty=4)
if bar_index % 10 == 7
    strategy.order("l", {L}, qty=1.5, limit=low - 0.1)
"""),
    "trail_points": (f"{FREE}, slippage=1", f"""
if bar_index % 10 == 0
    strategy.entry("L", {L}, qty=1)
if bar_index % 10 == 5
    strategy.entry("S", {S}, qty=1)
strategy.exit("LX", "L", trail_points=20, trail_offset=15, loss=90)
strategy.exit("SX", "S", trail_points=20, trail_offset=15, loss=90)
"""),
    "trail_price": (FREE, f"""
if bar_index % 12 == 0
    strategy.entry("L", {L}, qty=1)
    strategy.exit("LX", "L", trail_price=close + 0.25, trail_offset=12.7, stop=close - 0.8)
if bar_index % 12 == 6
    strategy.entry("S", {S}, qty=1)
    strategy.exit("SX", "S", trail_price=close - 0.25, trail_offset=0, stop=close + 0.8)
"""),
    "trail_late": (FREE, f"""
if bar_index % 12 == 0
    strategy.entry("L", {L}, qty=1)
if strategy.position_size > 0
    strategy.exit("LX", "L", trail_points=10, trail_offset=20)
if bar_index % 12 == 11
    strategy.close("L")
"""),
    "trail_stop_entry": (FREE, f"""
if strategy.position_size == 0
    strategy.entry("L", {L}, qty=1, stop=high + 0.05)
    strategy.entry("S", {S}, qty=1, stop=low - 0.05)
strategy.exit("LX", "L", trail_points=15, trail_offset=10, loss=60)
strategy.exit("SX", "S", trail_points=15, trail_offset=10, loss=60)
"""),
    "partial_exits": (FREE, f"""
if bar_index % 20 == 0
    strategy.entry("L", {L}, qty=7.77)
strategy.exit("X1", "L", qty_percent=35, profit=30, loss=70)
strategy.exit("X2", "L", qty=2, profit=60, loss=50)
strategy.exit("X3", "L", profit=90, loss=90)
if bar_index % 20 == 19
    strategy.close("L")
"""),
    "exits_compete": (FREE, f"""
if bar_index % 15 == 0
    strategy.entry("S", {S}, qty=5)
strategy.exit("A", "S", qty_percent=80, limit=low - 0.3, stop=high + 0.5)
strategy.exit("B", "S", qty=4, limit=low - 0.5, stop=high + 0.4)
if bar_index % 15 == 14
    strategy.close_all()
"""),
    "nearest_level": (FREE, f"""
if bar_index % 10 == 0
    strategy.entry("L", {L}, qty=1)
strategy.exit("X", "L", profit=60, limit=high + 0.15, loss=60, stop=low - 0.1)
"""),
    "exits_fifo": (f"{FREE}, pyramiding=3", f"""
if bar_index % 7 == 0
    strategy.entry("A", {L}, qty=2)
if bar_index % 7 == 3
    strategy.entry("B", {L}, qty=3)
strategy.exit("XA", "A", profit=50, loss=50)
strategy.exit("XB", "B", profit=40, loss=60)
if bar_index % 50 == 49
    strategy.close_all()
"""),
    "exits_any": (f'{FREE}, pyramiding=3, close_entries_rule="ANY"', f"""
if bar_index % 7 == 0
    strategy.entry("A", {L}, qty=2)
if bar_index % 7 == 3
    strategy.entry("B", {L}, qty=3)
strategy.exit("XA", "A", profit=50, loss=50)
strategy.exit("XB", "B", profit=40, loss=60)
if bar_index % 50 == 49
    strategy.close_all()
"""),
    "exit_for_all": (f"{FREE}, pyramiding=4", f"""
if bar_index % 24 == 0 or bar_index % 24 == 4 or bar_index % 24 == 9
    strategy.entry("E", {L}, qty=1 + bar_index % 3)
if bar_index % 24 == 2
    strategy.exit("X", profit=55, loss=65)
if bar_index % 24 == 23
    strategy.close_all()
"""),
    "closes": (f"{FREE}, pyramiding=2", f"""
if bar_index % 18 == 0
    strategy.entry("A", {L}, qty=5.55)
if bar_index % 18 == 2
    strategy.entry("B", {L}, qty=3.33)
if bar_index % 18 == 6
    strategy.close("B", qty_percent=50)
if bar_index % 18 == 8
    strategy.close("A", qty=1.238)
if bar_index % 18 == 10
    strategy.close("A", immediately=true)
if bar_index % 18 == 14
    strategy.close_all(immediately=true)
"""),
    "percent_of_equity": (
        f"{FREE}, default_qty_type=strategy.percent_of_equity, default_qty_value=60, "
        "commission_type=strategy.commission.percent, commission_value=0.1, slippage=3", f"""
if bar_index % 16 == 0
    strategy.entry("L", {L})
if bar_index % 16 == 8
    strategy.entry("S", {S})
if bar_index % 48 == 47
    strategy.close_all()
"""),
    "percent_priced": (
        f"{FREE}, default_qty_type=strategy.percent_of_equity, default_qty_value=35, slippage=2, "
        "commission_type=strategy.commission.cash_per_contract, commission_value=0.02", f"""
if bar_index % 10 == 0
    strategy.entry("L", {L}, limit=close - 0.2)
if bar_index % 10 == 5
    strategy.entry("S", {S}, stop=close - 0.25)
if bar_index % 30 == 29
    strategy.close_all()
    strategy.cancel_all()
"""),
    "cash": (
        f"{FREE}, default_qty_type=strategy.cash, default_qty_value=777.77, "
        "commission_type=strategy.commission.cash_per_order, commission_value=0.7", f"""
if bar_index % 14 == 0
    strategy.entry("L", {L})
if bar_index % 14 == 6
    strategy.entry("S", {S}, stop=low - 0.1, limit=low - 0.3)
if bar_index % 14 == 13
    strategy.close_all()
"""),
    "on_close": (f"{FREE}, process_orders_on_close=true, slippage=1, pyramiding=2", f"""
if bar_index % 9 == 0
    strategy.entry("L", {L}, qty=2)
    strategy.exit("LX", "L", profit=40, loss=40)
if bar_index % 9 == 4
    strategy.entry("S", {S}, qty=1)
    strategy.exit("SX", "S", limit=close - 0.4, stop=close + 0.4)
if bar_index % 27 == 26
    strategy.close_all()
"""),
    "margin_reject": (
        "default_qty_type=strategy.percent_of_equity, default_qty_value=100, "
        "commission_type=strategy.commission.percent, commission_value=0.02", f"""
if bar_index % 12 == 0
    strategy.entry("L", {L})
if bar_index % 12 == 6
    strategy.entry("S", {S})
"""),
    "margin_call_long": ("margin_long=25, margin_short=25", f"""
if bar_index % 30 == 0
    strategy.entry("L", {L}, qty=math.floor(3.8 * strategy.equity / close))
if bar_index % 30 == 25
    strategy.close_all()
"""),
    "margin_call_short": ("margin_long=25, margin_short=25, slippage=2", f"""
if bar_index % 30 == 0
    strategy.entry("S", {S}, qty=math.floor(3.7 * strategy.equity / close))
if bar_index % 30 == 25
    strategy.close_all()
"""),
    "margin_call_entries": ("margin_long=20, margin_short=20, pyramiding=3", f"""
if bar_index % 25 == 0 or bar_index % 25 == 3 or bar_index % 25 == 6
    strategy.entry("A", {L}, qty=math.floor(1.6 * strategy.equity / close))
if bar_index % 25 == 20
    strategy.close_all()
"""),
    "margin_call_any": ('margin_long=20, margin_short=20, pyramiding=3, close_entries_rule="ANY"', f"""
if bar_index % 25 == 0
    strategy.entry("A", {L}, qty=math.floor(2.4 * strategy.equity / close))
if bar_index % 25 == 3
    strategy.entry("B", {L}, qty=math.floor(2.4 * strategy.equity / close))
if bar_index % 25 == 20
    strategy.close_all()
"""),
    "margin_stops": (
        "margin_long=30, margin_short=30, default_qty_type=strategy.percent_of_equity, default_qty_value=300", f"""
if bar_index % 7 == 0
    strategy.entry("L", {L}, stop=high + 0.2)
    strategy.entry("S", {S}, stop=low - 0.2)
strategy.exit("LX", "L", loss=63, profit=58)
strategy.exit("SX", "S", loss=63, profit=58)
"""),
    "margin_reversals": (
        "margin_long=50, margin_short=50, default_qty_type=strategy.percent_of_equity, default_qty_value=190, "
        "slippage=1, commission_type=strategy.commission.percent, commission_value=0.02", f"""
if bar_index % 12 == 0
    strategy.entry("L", {L})
if bar_index % 12 == 6
    strategy.entry("S", {S}, limit=close + 0.1)
"""),
    "risk_filled_orders": (FREE, f"""
strategy.risk.max_intraday_filled_orders(5)
if bar_index % 4 == 0
    strategy.entry("L", {L}, qty=1)
if bar_index % 4 == 2
    strategy.entry("S", {S}, qty=1)
"""),
    "risk_drawdown": (FREE, f"""
strategy.risk.max_drawdown(30, strategy.cash)
if bar_index % 8 == 0
    strategy.entry("L", {L}, qty=5)
if bar_index % 8 == 5
    strategy.close_all()
"""),
    "risk_day_loss": (FREE, f"""
strategy.risk.max_intraday_loss(12, strategy.cash)
if bar_index % 6 == 0
    strategy.entry("L", {L}, qty=8)
if bar_index % 6 == 4
    strategy.entry("S", {S}, qty=8)
"""),
    "risk_position": (f"{FREE}, pyramiding=5", f"""
strategy.risk.max_position_size(4)
if bar_index % 5 == 0
    strategy.entry("L", {L}, qty=1.5)
if bar_index % 25 == 24
    strategy.entry("S", {S}, qty=1.5)
"""),
    "risk_direction": (FREE, f"""
strategy.risk.allow_entry_in(strategy.direction.long)
if bar_index % 10 == 0
    strategy.entry("L", {L}, qty=2)
if bar_index % 10 == 5
    strategy.entry("S", {S}, qty=3)
"""),
    "risk_loss_days": (FREE, f"""
strategy.risk.max_cons_loss_days(2)
if bar_index % 10 == 0
    strategy.entry("L", {L}, qty=2)
if bar_index % 10 == 5
    strategy.entry("S", {S}, qty=3)
"""),
}
STATES = ["position_size", "position_avg_price", "equity", "netprofit", "openprofit", "grossprofit", "grossloss",
          "max_drawdown", "max_runup", "wintrades", "losstrades", "margin_liquidation_price"]
WITH_STATES = ["partial_exits", "percent_of_equity", "exits_fifo", "margin_call_short"]


def bars():
    return [(START + index * QUARTER_HOUR, *bar[1:]) for index, bar in enumerate(random_bars(N_BARS, SEED))]


def run(name):
    arguments, body = SCRIPTS[name]
    head = f'//@version=6\nstrategy("{name}", initial_capital=10000, {arguments})\n'
    plots = "".join(f'plot(strategy.{state}, "{state}")\n' for state in STATES)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "strategy.py"
        path.write_text(pine2pyne.transpile(head + body + plots))
        rows = [OHLCV(timestamp=time, open=o, high=h, low=l, close=c, volume=v) for time, o, h, l, c, v in bars()]
        info = symbol()
        info.period = "15"
        runner = ScriptRunner(script_path=path, ohlcv_iter=rows, syminfo=info, last_bar_index=len(rows) - 1)
        closed, states = [], []
        for result in runner.run_iter():
            states.append([result[1].get(state) for state in STATES])
            if len(result) > 2:
                closed.extend(result[2])
    return [trade for trade in closed if trade.exit_bar_index >= 0], states


def number(value):
    try:
        value = float(value)
    except (TypeError, ValueError):
        return ""
    return "" if value != value else f"{value!r}".removesuffix(".0")


def main():
    names = sys.argv[1:] or list(SCRIPTS)
    head = [f"# tool: {TOOL}", "# command: venv/bin/python -W ignore make_pine.py"]
    trades = head + ["script,direction,entry_id,entry_bar,entry_price,exit_id,exit_bar,exit_price,quantity,profit"]
    states = head + ["script,bar," + ",".join(STATES)]
    for name in names:
        closed, state = run(name)
        print(name, len(closed), "trades")
        for trade in closed:
            exit_id = str(trade.exit_id or "").split(" ")[0]
            trades.append(",".join([
                name, "long" if trade.size > 0 else "short", str(trade.entry_id), str(trade.entry_bar_index),
                number(trade.entry_price), exit_id, str(trade.exit_bar_index), number(trade.exit_price),
                number(abs(float(trade.size))), number(trade.profit),
            ]))
        if name in WITH_STATES:
            for index in range(7, N_BARS, 8):
                states.append(",".join([name, str(index), *map(number, state[index])]))
    if not sys.argv[1:]:
        lines = ["# tool: make_pine.py (seeded random walk, seed %d)" % SEED, "open,high,low,close"]
        lines += [",".join(map(str, bar[1:5])) for bar in bars()]
        (HERE / "pine_bars.csv").write_text("\n".join(lines) + "\n")
        (HERE / "pine_trades.csv").write_text("\n".join(trades) + "\n")
        (HERE / "pine_states.csv").write_text("\n".join(states) + "\n")
    else:
        print("\n".join(trades))


if __name__ == "__main__":
    main()

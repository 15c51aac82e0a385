#!/usr/bin/env python3
"""Writes the golden files of this folder: trades of two Pine strategies with stop, limit and bracket orders.

The trades come from PyneCore (Apache-2.0), which runs Pine Script with TradingView's broker-emulator rules; the Pine
text is translated for it by opencode-pine2pyne (Apache-2.0). Nothing of this project takes part.

    python3 -m venv venv
    venv/bin/pip install opencode-pine2pyne==0.2.4 "pynesys-pynecore[cli]==6.11.0" typer==0.20.0
    venv/bin/python -W ignore generate.py

Writes bars.csv (a seeded random walk on a tick grid of 0.01 with gaps between bars), stop_entries.csv and
limit_entries.csv.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "tests" / "golden"))

from pine_runner import random_bars, write_bars, write_trades  # noqa: E402

HEAD = """//@version=6
strategy("{name}", initial_capital=100000, margin_long=0, margin_short=0, pyramiding=1, {costs})
"""

# Stop entries around the channel of the last 6 bars, placed anew at every bar: from flat both, in a position the one
# that reverses it. A target protects the position; a stop would now and then share its level with the reversing
# entry, and which of the two comes first is beyond the rules tested here.
STOP_ENTRIES = HEAD.format(
    name="stop entries",
    costs="commission_type=strategy.commission.cash_per_order, commission_value=1.5, slippage=2",
) + """
above = ta.highest(high, 6)
below = ta.lowest(low, 6)
if not na(above)
    strategy.entry("L", strategy.long, qty=2, stop=above + 0.004)
    strategy.entry("S", strategy.short, qty=2, stop=below - 0.004)
strategy.exit("LX", "L", profit=110)
strategy.exit("SX", "S", profit=110)
"""

# Two limit entries outside of the last bar's range; while a position is open they are withdrawn.
LIMIT_ENTRIES = HEAD.format(
    name="limit entries",
    costs="commission_type=strategy.commission.cash_per_contract, commission_value=0.02, slippage=3",
) + """
if strategy.position_size == 0
    strategy.entry("L", strategy.long, qty=1.5, limit=low - 0.253)
    strategy.entry("S", strategy.short, qty=1.5, limit=high + 0.253)
else
    strategy.cancel("L")
    strategy.cancel("S")
strategy.exit("LX", "L", loss=55, profit=40)
strategy.exit("SX", "S", loss=55, profit=40)
"""


def main():
    bars = random_bars(2_000, 20)
    write_bars(HERE / "bars.csv", bars, 20)
    write_trades(HERE / "stop_entries.csv", "see generate.py", STOP_ENTRIES, bars)
    write_trades(HERE / "limit_entries.csv", "see generate.py", LIMIT_ENTRIES, bars)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes the golden files of this folder: trades of three Pine strategies.

The trades come from PyneCore (Apache-2.0), which runs Pine Script with TradingView's broker-emulator rules; the Pine
text is translated for it by opencode-pine2pyne (Apache-2.0). Nothing of this project takes part.

    python3 -m venv venv
    venv/bin/pip install opencode-pine2pyne==0.2.4 "pynesys-pynecore[cli]==6.11.0" typer==0.20.0
    venv/bin/python -W ignore generate.py

Writes bars.csv (a seeded random walk on a tick grid of 0.01 with gaps between bars), sma_cross.csv, rsi_bracket.csv
and ema_session.csv.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "tests" / "golden"))

from pine_runner import random_bars, write_bars, write_trades  # noqa: E402

SEED = 7

HEAD = """//@version=6
strategy("{name}", initial_capital=10000, margin_long=0, margin_short=0, pyramiding=1, {costs})
"""

# Always in the market after the first crossing; half of the equity each time.
SMA_CROSS = HEAD.format(
    name="sma cross",
    costs="commission_type=strategy.commission.percent, commission_value=0.02, slippage=2",
) + """
fast = ta.sma(close, 5)
slow = ta.sma(close, 21)
qty = strategy.equity * 0.5 / close
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.long, qty=qty)
if ta.crossunder(fast, slow)
    strategy.entry("S", strategy.short, qty=qty)
"""

# Stop and target in ticks, an exit condition for the long side, reversals.
RSI_BRACKET = HEAD.format(
    name="rsi bracket",
    costs="commission_type=strategy.commission.percent, commission_value=0.05, slippage=3",
) + """
r = ta.rsi(close, 9)
up = ta.crossover(r, 35)
down = ta.crossunder(r, 65)
if up
    strategy.entry("L", strategy.long, qty=7.5)
    strategy.exit("LX", "L", loss=55, profit=80)
if down
    strategy.entry("S", strategy.short, qty=7.5)
    strategy.exit("SX", "S", loss=55, profit=80)
if strategy.position_size > 0 and r > 52 and not down
    strategy.close("L")
"""

# Long only, in a session past midnight, sized by the loss at a stop that depends on the price. The constant in the
# exit lies between ticks: Pine takes numbers within 1e-10 as equal, and sums of prices must not come that near.
EMA_SESSION = HEAD.format(
    name="ema session",
    costs="commission_type=strategy.commission.cash_per_order, commission_value=1.25",
) + """
average = ta.ema(close, 12)
minute_of_day = hour(time, "UTC") * 60 + minute(time, "UTC")
open_session = minute_of_day >= 1200 or minute_of_day < 720
loss = math.max(1, math.round(close * 0.7 / 100 / syminfo.mintick))
profit = math.max(1, math.round(close * 0.9 / 100 / syminfo.mintick))
qty = strategy.equity * 0.01 / (loss * syminfo.mintick)
if strategy.position_size == 0 and open_session and close > average and low[2] < average[1]
    strategy.entry("L", strategy.long, qty=qty)
    strategy.exit("LX", "L", loss=loss, profit=profit)
if strategy.position_size > 0 and high - close > 2 * (close - low) + 0.253
    strategy.close("L")
"""


def main():
    bars = random_bars(2_000, SEED)
    write_bars(HERE / "bars.csv", bars, SEED)
    write_trades(HERE / "sma_cross.csv", "see generate.py", SMA_CROSS, bars)
    write_trades(HERE / "rsi_bracket.csv", "see generate.py", RSI_BRACKET, bars)
    write_trades(HERE / "ema_session.csv", "see generate.py", EMA_SESSION, bars)


if __name__ == "__main__":
    main()

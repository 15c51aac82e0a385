"""Trades of Pine scripts by PyneCore, and the bars they are run on: what the generators of golden files share.

PyneCore (Apache-2.0) runs Pine Script with TradingView's broker-emulator rules; opencode-pine2pyne (Apache-2.0)
translates the text for it. Nothing of this project takes part.

    python3 -m venv venv
    venv/bin/pip install opencode-pine2pyne==0.2.4 "pynesys-pynecore[cli]==6.11.0" typer==0.20.0
"""

import datetime
import pathlib
import random
import re
import tempfile

import pine2pyne
from pynecore.core.ohlcv import OHLCVWriter
from pynecore.core.script_runner import ScriptRunner
from pynecore.core.syminfo import SymInfo, SymInfoInterval, SymInfoSession
from pynecore.types.ohlcv import OHLCV

TOOL = "PyneCore 6.11.0, opencode-pine2pyne 0.2.4"
COMMAND = "venv/bin/python -W ignore generate.py"
HEADER = "direction,entry_bar,entry_price,exit_bar,exit_price,quantity,profit"
TICK = 0.01
START = 1_546_387_200_000  # 2019-01-02T00:00:00Z
MINUTE = 60_000


def random_bars(count, seed):
    """A random walk in whole ticks, with a gap before one bar of eight: (time in ms, open, high, low, close, volume)."""
    rng = random.Random(seed)
    bars, last = [], 10_000
    for index in range(count):
        gap = rng.randint(-60, 60) if rng.random() < 0.125 else rng.randint(-2, 2)
        opened = last + gap
        steps = [opened]
        for _ in range(12):
            steps.append(steps[-1] + rng.randint(-14, 14))
        last = steps[-1]
        prices = [tick / 100 for tick in (opened, max(steps), min(steps), last)]
        bars.append((START + index * MINUTE, *prices, rng.randint(1, 500)))
        if last < 3_000:
            raise SystemExit("the walk came too near to zero: take another seed")
    return bars


def write_bars(path, bars, seed):
    lines = [f"# tool: {COMMAND} (seeded random walk, seed {seed})", "time_ms,open,high,low,close,volume"]
    lines += [",".join(str(value) for value in bar) for bar in bars]
    path.write_text("\n".join(lines) + "\n")


def read_bars(path):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")][1:]
    return [(int(time), *map(float, rest)) for time, *rest in (line.split(",") for line in lines)]


def symbol():
    days = range(7)
    midnight, last = datetime.time(0, 0), datetime.time(23, 59, 59)
    return SymInfo(
        prefix="TEST", ticker="TEST", currency="USD", basecurrency="XXX", description="synthetic", period="1",
        type="crypto", mintick=TICK, pricescale=100, minmove=1, pointvalue=1.0, timezone="UTC", volumetype="base",
        opening_hours=[SymInfoInterval(day=day, start=midnight, end=last) for day in days],
        session_starts=[SymInfoSession(day=day, time=midnight) for day in days],
        session_ends=[SymInfoSession(day=day, time=last) for day in days],
        mincontract=0.01,
    )


def longer_bars(bars, minutes):
    """Bars of so many minutes made of bars of one minute."""
    longer = []
    for time, opened, high, low, close, volume in bars:
        start = time - time % (minutes * MINUTE)
        if longer and longer[-1][0] == start:
            _, first, highest, lowest, _, total = longer[-1]
            longer[-1] = (start, first, max(highest, high), min(lowest, low), close, total + volume)
        else:
            longer.append((start, opened, high, low, close, volume))
    return longer


def candles(bars):
    return [OHLCV(timestamp=time, open=o, high=h, low=l, close=c, volume=v) for time, o, h, l, c, v in bars]


def security_data(pine, bars, folder):
    """A file of longer bars for each length in minutes that a script requests."""
    files = {}
    for period in set(re.findall(r'request\.security\(syminfo\.tickerid, "(\d+)"', pine)):
        path = folder / f"longer_{period}.ohlcv"
        with OHLCVWriter(path, period, minmove=1, pricescale=100) as writer:
            for candle in candles(longer_bars(bars, int(period))):
                writer.write(candle)
        info = symbol()
        info.period = period
        info.save_toml(path.with_suffix(".toml"))
        files[period] = str(path)
    return files


def closed_trades(pine, bars):
    """The trades that are closed when the bars end."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / "strategy.py"
        path.write_text(pine2pyne.transpile(pine))
        rows = candles(bars)
        runner = ScriptRunner(
            script_path=path, ohlcv_iter=rows, syminfo=symbol(), last_bar_index=len(rows) - 1,
            security_data=security_data(pine, bars, folder),
        )
        closed = []
        for result in runner.run_iter():
            if len(result) > 2:
                closed.extend(result[2])
    return [trade for trade in closed if trade.exit_bar_index >= 0]


def write_trades(path, script_name, pine, bars):
    """Runs `pine` and writes its trades under a head that names tool, command and script."""
    lines = [f"# tool: {TOOL}", f"# command: {COMMAND}", f"# Pine script: {script_name}", HEADER]
    trades = closed_trades(pine, bars)
    for trade in trades:
        side = "long" if trade.size > 0 else "short"
        lines.append(
            f"{side},{trade.entry_bar_index},{float(trade.entry_price)!r},{trade.exit_bar_index},"
            f"{float(trade.exit_price)!r},{abs(float(trade.size))!r},{float(trade.profit)!r}"
        )
    path.write_text("\n".join(lines) + "\n")
    print(path.name, len(trades), "trades")

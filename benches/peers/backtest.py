#!/usr/bin/env python3
"""Compares our sweeps of back-tests with those of vectorbt, raptorbt and backtesting.py and prints a Markdown table.

    cargo xtask bench-peers backtest
    cargo xtask bench-peers backtest -- --bars 1000000 --sets 96

Builds the program in the folder beside this script, which writes the bars that all of them read, and makes an environment
for the others under `target` of that folder. Everything runs on one thread; CPU time of the process, indicators and metrics
included; the others are timed on fewer parameter sets, because they take longer. Trades of the first set are shown: all wait
for a crossing; ours and backtesting.py's orders fill at the next open, the others' at the close.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE / "backtest"
PACKAGES = ["vectorbt==1.2.0", "raptorbt==0.13.4", "backtesting==0.6.6"]
ONE_THREAD = {name: "1" for name in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")}
FEE = 0.00005


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bars", type=int, default=100_000)
    parser.add_argument("--sets", type=int, default=960, help="parameter sets of ours")
    parser.add_argument("--environment", type=pathlib.Path, help="a Python environment that has the peers already")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=pathlib.Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def python_with_peers(given):
    if given:
        return given / "bin" / "python"
    environment = PROGRAM / "target" / "peers"
    if not (environment / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin" / "python", "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return environment / "bin" / "python"


def sets(count):
    """(fast, slow), as the program has them."""
    return [(5 + k % 20, 50 + 5 * (k // 20)) for k in range(count)]


def bars(path, count):
    import numpy as np
    import pandas as pd

    columns = np.fromfile(path, dtype="<f8").reshape(4, count)
    index = pd.date_range("1970-01-01", periods=count, freq="1min")
    return pd.DataFrame(dict(zip(["Open", "High", "Low", "Close"], columns)), index=index).assign(Volume=1000.0)


def least(work, runs):
    """CPU seconds of the process, the shortest of some runs, and what the last gave."""
    best, result = None, None
    for _ in range(runs):
        begin = time.process_time()
        result = work()
        spent = time.process_time() - begin
        best = spent if best is None or spent < best else best
    return best, result


def vectorbt_averages(frame):
    import vectorbt as vbt

    vbt.settings.caching["enabled"] = False
    pairs = sets(20)

    def sweep():
        fast = vbt.MA.run(frame.Close, [f for f, _ in pairs], short_name="fast")
        slow = vbt.MA.run(frame.Close, [s for _, s in pairs], short_name="slow")
        entries, exits = fast.ma_crossed_above(slow.ma.values), fast.ma_crossed_below(slow.ma.values)
        portfolio = vbt.Portfolio.from_signals(
            frame.Close, entries.values, exits.values, fees=FEE, freq="1min", init_cash=1e4
        )
        return portfolio.total_return(), portfolio.sharpe_ratio(), portfolio.max_drawdown(), portfolio.trades.count()

    sweep()
    spent, result = least(sweep, 3)
    return {"sets": len(pairs), "seconds": spent, "n_trades": int(result[3].iloc[0])}


def raptorbt_averages(frame):
    import numpy as np
    import raptorbt

    times = frame.index.values.astype("datetime64[ns]").astype(np.int64)
    open_, high, low, close, volume = (
        np.ascontiguousarray(frame[name].values) for name in ("Open", "High", "Low", "Close", "Volume")
    )
    config = raptorbt.BacktestConfig(initial_capital=1e4, fees=FEE)
    pairs = sets(20)

    def one(fast, slow):
        above = raptorbt.sma(close, fast) > raptorbt.sma(close, slow)
        above[:slow] = False
        entries, exits = above.copy(), ~above
        entries[1:] &= ~above[:-1]
        exits[1:] &= above[:-1]
        exits[0] = False
        return raptorbt.run_single_backtest(
            timestamps=times, open=open_, high=high, low=low, close=close, volume=volume, entries=entries, exits=exits,
            direction=1, weight=1.0, symbol="X", config=config,
        )

    spent, result = least(lambda: [one(*pair) for pair in pairs], 3)
    return {"sets": len(pairs), "seconds": spent, "n_trades": int(result[0].metrics.total_trades)}


def backtesting_averages(frame):
    import warnings

    import pandas as pd
    from backtesting import Backtest, Strategy
    from backtesting.lib import crossover

    warnings.filterwarnings("ignore")

    def average(prices, window):
        return pd.Series(prices).rolling(window).mean()

    class Averages(Strategy):
        fast = 5
        slow = 50

        def init(self):
            self.one = self.I(average, self.data.Close, self.fast)
            self.other = self.I(average, self.data.Close, self.slow)

        def next(self):
            if crossover(self.one, self.other):
                self.buy()
            elif crossover(self.other, self.one):
                self.position.close()

    test = Backtest(frame, Averages, cash=1e6, commission=FEE, finalize_trades=True)
    pairs = sets(1)
    spent, result = least(lambda: [test.run(fast=fast, slow=slow) for fast, slow in pairs], 1)
    return {"sets": len(pairs), "seconds": spent, "n_trades": int(result[0]["# Trades"])}


PEERS = {
    "vectorbt 1.2.0": vectorbt_averages,
    "raptorbt 0.13.4": raptorbt_averages,
    "backtesting.py 0.6.6": backtesting_averages,
}


def main():
    args = arguments()
    if args.peer:
        print(json.dumps(PEERS[args.peer](bars(args.file, args.bars))))
        return 0
    path = PROGRAM / "target" / "bars.f64"
    path.parent.mkdir(exist_ok=True)
    command = ["cargo", "run", "--release", "--manifest-path", str(PROGRAM / "Cargo.toml"), "--"]
    command += ["--bars", str(args.bars), "--sets", str(args.sets), "--write-bars", str(path)]
    ours = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    rows = [json.loads(line) for line in ours.stdout.splitlines()]
    python = python_with_peers(args.environment)
    print(f"{args.bars} bars; nanoseconds of CPU for each bar and parameter set, one thread\n")
    print("| sweep | program | sets | ns | of ours | trades of the first set |\n|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['sweep']} | {row['peer']} | {row['sets']} | {row['ns_per_bar']:.2f} | 1 | {row['n_trades']} |")
    for peer in PEERS:
        call = [python, __file__, "--peer", peer, "--file", path, "--bars", str(args.bars)]
        done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True, env=dict(os.environ) | ONE_THREAD)
        found = json.loads(done.stdout.splitlines()[-1])
        ns = found["seconds"] * 1e9 / (args.bars * found["sets"])
        ratio = ns / rows[0]["ns_per_bar"]
        print(f"| SMA cross | {peer} | {found['sets']} | {ns:.0f} | {ratio:.0f} | {found['n_trades']} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())

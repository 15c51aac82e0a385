"""Writes the golden files of the Monte-Carlo statistics: distributions over 20,000 resamples by arch's bootstraps and numpy's
permutation, arch's block lengths, and its percentile interval of the Sharpe ratio.

Run anywhere after make_metrics.py: python3 make_monte_carlo.py. It makes a virtual environment among the system's temporary
files.
"""
import csv
import pathlib

import environment

environment.enter(__file__)

import numpy as np
from arch.bootstrap import (CircularBlockBootstrap, IIDBootstrap, MovingBlockBootstrap, StationaryBootstrap,
                            optimal_block_length)

HERE = pathlib.Path(__file__).parent
write = environment.writer(HERE, ["numpy", "arch"], __file__)
N = 20_000


def series():
    found = {}
    with open(HERE / "metrics_series.csv") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            found.setdefault(row["series"], []).append(float(row["return"]))
    return {name: np.array(r) for name, r in found.items()}


def outcomes(sample):
    equity = np.r_[1, np.cumprod(1 + sample)]
    depth = (1 - equity / np.maximum.accumulate(equity)).max()
    return equity[-1] - 1, depth, sample.mean() / sample.std(ddof=1), equity.min() <= 0.9, equity[len(sample) // 2]


def resamples(kind, r):
    if kind == "shuffle":
        rng = np.random.default_rng(3)
        for _ in range(N):
            yield rng.permutation(r)
        return
    made = {"independent": lambda: IIDBootstrap(r, seed=3), "circular": lambda: CircularBlockBootstrap(10, r, seed=3),
            "moving": lambda: MovingBlockBootstrap(10, r, seed=3), "stationary": lambda: StationaryBootstrap(10, r, seed=3)}
    for data in made[kind]().bootstrap(N):
        yield data[0][0]


def simulations(r):
    for kind in ("shuffle", "independent", "circular", "moving", "stationary"):
        table = np.array([outcomes(sample) for sample in resamples(kind, r)])
        for name, column in zip(("total_return", "max_drawdown", "sharpe", "ruin", "middle"), table.T):
            low, middle, high = np.quantile(column, [0.05, 0.5, 0.95])
            yield kind, name, column.mean(), column.std(ddof=1), low, middle, high


data = series()
write("simulations.csv", "kind,statistic,mean,std,q05,q50,q95", simulations(data["real"]))
write("block_lengths.csv", "series,stationary,circular",
      ((name, *optimal_block_length(r).iloc[0]) for name, r in data.items() if len(r) >= 10))

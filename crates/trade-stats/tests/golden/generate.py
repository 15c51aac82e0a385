"""Writes the golden files of the statistics tests from other implementations.

Run in this folder: python generate.py. It makes a virtual environment among the system's temporary files and installs the
pinned versions into it.
"""
import math

import environment

environment.enter(__file__)

import arch
import empyrical as ep
import numpy as np
import pandas as pd
import quantstats as qs
import scipy
from arch.bootstrap import SPA
from scipy import stats
from scipy.stats import norm

HEAD = (
    f"# numpy {np.__version__}, scipy {scipy.__version__}, empyrical-reloaded 0.7.1, "
    f"quantstats {qs.__version__}, arch {arch.__version__}\n# python generate.py\n"
)


def write(name, header, rows):
    with open(name, "w") as file:
        file.write(HEAD + header + "\n")
        for row in rows:
            file.write(",".join(x if isinstance(x, str) else repr(float(x)) for x in row) + "\n")


def series():
    rng = np.random.default_rng(11)
    return {
        "fat_tails": np.round(0.0006 + 0.009 * rng.standard_t(4, 300), 8),
        "losing": np.round(-0.002 + 0.02 * rng.standard_normal(120), 8),
        "skewed": np.round(0.001 + 0.01 * (1.0 - rng.exponential(1.0, 60)), 8),
        "short": np.round(0.01 * rng.standard_normal(5), 8),
    }


def of_returns(r):
    R = pd.Series(r, pd.bdate_range("2021-01-04", periods=len(r)))
    equity = np.concatenate([[1.0], np.cumprod(1 + r)])
    depth = 1 - equity / np.maximum.accumulate(equity)
    bottom = int(depth.argmax())
    start = int(equity[: bottom + 1].argmax())
    after = [i for i in range(bottom, len(equity)) if equity[i] >= equity[start]]
    sr, n = r.mean() / r.std(ddof=1), len(r)
    skew, kurt = stats.skew(r), stats.kurtosis(r, fisher=False)
    spread = 1 - skew * sr + (kurt - 1) / 4 * sr * sr
    g, N, V = np.euler_gamma, 37.0, 0.004
    sr0 = math.sqrt(V) * ((1 - g) * norm.ppf(1 - 1 / N) + g * norm.ppf(1 - 1 / (N * math.e)))
    yield "compound_return", ep.cum_returns_final(R)
    yield "cagr", ep.annual_return(R)
    yield "volatility", ep.annual_volatility(R)
    yield "downside_deviation", ep.downside_risk(R)
    yield "downside_deviation_target", ep.downside_risk(R, required_return=0.001)
    yield "sharpe_annual", ep.sharpe_ratio(R)
    yield "sortino", ep.sortino_ratio(R)
    yield "calmar", ep.calmar_ratio(R)
    yield "omega", ep.omega_ratio(R)
    yield "max_drawdown", -ep.max_drawdown(R)
    yield "drawdown_start", start
    yield "drawdown_bottom", bottom
    yield "drawdown_end", after[0] if after else math.nan
    yield "skewness", skew
    yield "kurtosis", kurt
    yield "profit_factor", qs.stats.profit_factor(R)
    yield "win_rate", qs.stats.win_rate(R)
    yield "expectancy", r.mean()
    yield "payoff_ratio", qs.stats.payoff_ratio(R)
    yield "probabilistic_sharpe", norm.cdf(sr * math.sqrt(n - 1) / math.sqrt(spread))
    yield "deflated_sharpe", norm.cdf((sr - sr0) * math.sqrt(n - 1) / math.sqrt(spread))
    yield "min_track_record_length", 1 + spread * (norm.ppf(0.95) / sr) ** 2 if sr > 0 else math.nan
    yield "correlation_with_shifted", np.corrcoef(r[:-1], r[1:])[0, 1]


def reality_check():
    rng = np.random.default_rng(5)
    noise = 0.01 * rng.standard_normal((400, 8))
    noise[1:] += 0.4 * noise[:-1]  # so that blocks matter
    noise += np.linspace(-0.0008, 0.0006, 8) - noise.mean(axis=0)
    edge = noise.copy()
    edge[:, 2] += 0.0021
    poor = edge.copy()
    poor[:, 4:] = 4 * poor[:, 4:] - 0.02
    for name, m in (("noise", noise), ("edge", edge), ("poor", poor)):
        m = np.round(m, 8)
        write(f"models_{name}.csv", ",".join(f"m{i}" for i in range(8)), m)
        spa = SPA(np.zeros(len(m)), -m, block_size=8, reps=20_000, bootstrap="stationary", seed=1)
        spa.compute()
        yield name, spa.pvalues["lower"], spa.pvalues["consistent"], spa.pvalues["upper"]


data = series()
write("returns.csv", "series,return", ((name, x) for name, r in data.items() for x in r))
write("expected.csv", "series,statistic,value", ((name, k, v) for name, r in data.items() for k, v in of_returns(r)))
probabilities = [10.0**-k for k in (300, 100, 30, 16, 12, 9, 6, 4, 3, 2)]
probabilities += [0.05, 0.074, 0.076, 0.1, 0.25, 0.4, 0.5, 0.6, 0.9, 0.925, 0.95, 0.99, 0.9999, 1 - 1e-9]
write("quantiles.csv", "p,x", ((p, norm.ppf(p)) for p in probabilities))
write("cdf.csv", "x,p", ((x, norm.cdf(x)) for x in (-37.0, -20.0, -8.0, -3.0, -1.0, -0.1, 0.0, 0.1, 0.5, 1.0, 2.0, 3.0, 6.0, 9.0)))
write("reality_check.csv", "models,p_lower,p_consistent,p_upper", reality_check())

"""Writes metrics.csv, metrics_series.csv, quantstats_rows.csv, peer_equity.csv and peer_trades.csv: what quantstats,
empyrical, skfolio, scipy and backtesting.py say about the same returns, equity and trades.

Run anywhere: python3 make_metrics.py. It makes a virtual environment among the system's temporary files and installs the
pinned versions into it. Values that a peer cannot give are written as nan.
"""
import math
import pathlib

import environment

environment.enter(__file__)

import warnings

warnings.filterwarnings("ignore")
import backtesting
import empyrical as ep
import numpy as np
import pandas as pd
import quantstats as qs
import skfolio.measures as me
from backtesting.lib import crossover
from scipy import stats

NAMES = ["numpy", "scipy", "pandas", "quantstats", "empyrical-reloaded", "backtesting", "skfolio"]
write = environment.writer(pathlib.Path(__file__).parent, NAMES, __file__)


def series():
    rng = np.random.default_rng(23)
    bench = 0.0003 + 0.01 * rng.standard_t(5, 800)
    r = 0.0006 + 0.4 * bench + 0.008 * rng.standard_t(4, 800)
    r[1:] += 0.15 * r[:-1]
    yield "real", r, bench, 0.0
    yield "rate", r[:400], bench[:400], 0.04
    yield "short", 0.01 * rng.standard_normal(5), 0.01 * rng.standard_normal(5), 0.0
    yield "rising", 0.001 + 0.01 * rng.random(120), 0.01 * rng.standard_normal(120), 0.0
    flat = 0.01 * rng.standard_normal(200) * (rng.random(200) < 0.4)
    yield "zeros", flat, 0.01 * rng.standard_normal(200), 0.0
    ties = 0.005 * np.round(2 * rng.standard_normal(150))
    yield "ties", ties, 0.005 * np.round(2 * rng.standard_normal(150)), 0.0
    falling = -0.002 + 0.01 * rng.standard_normal(90)
    falling[:2] = -0.03, -0.02
    yield "falling", falling, 0.01 * rng.standard_normal(90), 0.0


def number(call):
    try:
        return float(call())
    except (ValueError, TypeError, ZeroDivisionError, IndexError, KeyError):
        return math.nan


QUANTSTATS = """comp volatility autocorr_penalty value_at_risk conditional_value_at_risk tail_ratio outlier_win_ratio
outlier_loss_ratio skew kurtosis win_rate avg_win avg_loss avg_return payoff_ratio profit_ratio profit_factor cpc_index
common_sense_ratio kelly_criterion risk_of_ruin consecutive_wins consecutive_losses exposure best worst geometric_mean
gain_to_pain_ratio recovery_factor ulcer_index max_drawdown""".split()
QUANTSTATS_RATE = """sharpe smart_sharpe sortino smart_sortino adjusted_sortino omega probabilistic_sharpe_ratio
ulcer_performance_index serenity_index""".split()


def quantstats(r, b, rate):
    s = qs.stats
    for name in QUANTSTATS:
        yield name, number(lambda: getattr(s, name)(r))
    for name in QUANTSTATS_RATE:
        yield name, number(lambda: getattr(s, name)(r, rate))
    yield "cagr", number(lambda: s.cagr(r))
    yield "calmar", number(lambda: s.calmar(r))
    yield "cvar_historical", number(lambda: s.cvar(r, method="historical"))
    yield "rar", number(lambda: s.rar(r))
    yield "risk_return_ratio", number(lambda: s.risk_return_ratio(r))
    for name in ("r_squared", "information_ratio"):
        yield name, number(lambda: getattr(s, name)(r, b))
    yield "treynor_ratio", number(lambda: s.treynor_ratio(r, b, rf=rate))
    line = s.greeks(r, b)
    yield "beta", line["beta"]
    yield "alpha", line["alpha"]
    for key, period in (("month", "ME"), ("quarter", "QE"), ("year", "YE")):
        yield f"best_{key}", number(lambda: s.best(r, aggregate=period))
        yield f"worst_{key}", number(lambda: s.worst(r, aggregate=period))
        yield f"avg_win_{key}", number(lambda: s.avg_win(r, aggregate=period))
        yield f"avg_loss_{key}", number(lambda: s.avg_loss(r, aggregate=period))
        yield f"win_rate_{key}", number(lambda: s.win_rate(r, aggregate=period))
        yield f"expected_{key}", number(lambda: s.expected_return(r, aggregate=period))
    last = r.index[-1]
    yield "mtd", s.comp(r[(r.index.year == last.year) & (r.index.month == last.month)])
    yield "ytd", s.comp(r[r.index.year == last.year])
    table = s.monthly_returns(r)
    yield "first_month", table.iloc[0][r.index[0].strftime("%b").upper()]
    yield "eoy", table.iloc[-1]["EOY"]
    falls = s.drawdown_details(s.to_drawdown_series(r))
    yield "dd_count", len(falls)
    yield "dd_mean", -falls["max drawdown"].mean() / 100
    yield "dd_longest_days", falls["days"].max()
    for name, call in (("volatility", s.rolling_volatility), ("sharpe", s.rolling_sharpe), ("sortino", s.rolling_sortino)):
        rolled = call(r, rolling_period=21)
        yield f"rolling_{name}_last", rolled.iloc[-1]
        yield f"rolling_{name}_min", rolled.min()


def empyrical(r, b, rate):
    period = (1 + rate) ** (1 / 252) - 1
    for name in """cum_returns_final annual_return annual_volatility downside_risk max_drawdown calmar_ratio omega_ratio
    stability_of_timeseries tail_ratio value_at_risk conditional_value_at_risk""".split():
        yield name, number(lambda: getattr(ep, name)(r))
    yield "sharpe_ratio", number(lambda: ep.sharpe_ratio(r, period))
    yield "sortino_ratio", number(lambda: ep.sortino_ratio(r, period))
    yield "alpha", number(lambda: ep.alpha(r, b, period))
    yield "beta", number(lambda: ep.beta(r, b, period))
    for name in ("excess_sharpe", "capture", "up_capture", "down_capture"):
        yield name, number(lambda: getattr(ep, name)(r, b))
    batting = ep.batting_average(r, b)
    yield "batting_average", batting["batting average"]
    yield "batting_down", batting["down market"]


def skfolio(r):
    falls = me.get_drawdowns(r.to_numpy(), compounded=True)
    yield "cvar", me.cvar(r.to_numpy(), beta=0.95)
    yield "cdar", me.cdar(falls, beta=0.95)
    yield "average_drawdown", me.average_drawdown(falls)
    yield "ulcer_index", me.ulcer_index(falls)


def scipy(r):
    x = r.to_numpy()
    yield "skew", stats.skew(x)
    yield "kurtosis", stats.kurtosis(x)
    yield "median", np.median(x)
    yield "quantile_10", np.quantile(x, 0.1)
    yield "autocorr", np.corrcoef(x[:-1], x[1:])[0, 1]
    z, s3, s4 = stats.norm.ppf(0.05), stats.skew(x), stats.kurtosis(x)
    fisher = z + (z * z - 1) * s3 / 6 + (z**3 - 3 * z) * s4 / 24 - (2 * z**3 - 5 * z) * s3 * s3 / 36
    yield "cornish_fisher", x.mean() + fisher * x.std(ddof=1)


class Cross(backtesting.Strategy):
    def init(self):
        mean = lambda x, n: pd.Series(x).rolling(n).mean()
        self.fast = self.I(mean, self.data.Close, 5)
        self.slow = self.I(mean, self.data.Close, 15)

    def next(self):
        if crossover(self.fast, self.slow):
            self.position.close()
            self.buy(size=0.9)
        elif crossover(self.slow, self.fast):
            self.position.close()
            self.sell(size=0.5)


def peer_backtest():
    rng = np.random.default_rng(4)
    close = 100 * np.exp(np.cumsum(0.0005 + 0.012 * rng.standard_normal(500)))
    opens = np.r_[100, close[:-1]] * np.exp(0.002 * rng.standard_normal(500))
    data = pd.DataFrame({"Open": opens, "High": np.maximum(opens, close) * 1.003,
                         "Low": np.minimum(opens, close) * 0.997, "Close": close},
                        index=pd.date_range("2021-01-01", periods=500))
    return data, backtesting.Backtest(data, Cross, cash=100_000, commission=0.001, finalize_trades=True).run()


def main():
    table, rows = [], []
    for name, values, benchmark, rate in series():
        values, benchmark = np.round(values, 10), np.round(benchmark, 10)
        index = pd.date_range("2020-11-20", periods=len(values))
        r, b = pd.Series(values, index), pd.Series(benchmark, index)
        table += [(name, int(12 * t.year + t.month - 1), x, y) for t, x, y in zip(index, values, benchmark)]
        if name == "real":
            report = qs.reports.metrics(r, benchmark=b, mode="full", display=False)["Strategy"]
            write("quantstats_rows.csv", "row,value", ((key, str(value)) for key, value in report.items() if key))
        for peer, found in (("quantstats", quantstats(r, b, rate)), ("empyrical", empyrical(r, b, rate)),
                            ("skfolio", skfolio(r)), ("scipy", scipy(r))):
            rows += [(name, peer, metric, float(value)) for metric, value in found]
    data, found = peer_backtest()
    for metric, value in found.items():
        if isinstance(value, pd.Timedelta):
            value = value.days
        if isinstance(value, (int, float, np.number)):
            rows.append(("peer", "backtesting", metric.replace("#", "n"), float(value)))
    write("metrics_series.csv", "series,month_key,return,benchmark", table)
    write("metrics.csv", "series,peer,metric,value", rows)
    equity = found["_equity_curve"]["Equity"]
    write("peer_equity.csv", "equity,close", zip(equity, data["Close"]))
    trades = found["_trades"]
    write("peer_trades.csv", "entry,exit,size,entry_price,exit_price,profit,costs,return",
          ((int(t.EntryBar), int(t.ExitBar), t.Size, t.EntryPrice, t.ExitPrice, t.PnL, t.Commission, t.ReturnPct)
           for t in trades.itertuples()))


main()

"""Golden numbers of the indicators beyond TA-Lib and Pine Script, from other people's implementations.

    python3 -m venv v && v/bin/pip install pandas-ta-classic==0.8.32 scipy nolds renkodf
    v/bin/python extra.py > extra.csv

pandas-ta-classic: sine_wma, fibonacci_wma, gann_high_low, laguerre_rsi, pretty_good, psychological_line, bias,
ulcer_index. scipy: skewness, z_score, entropy, r_squared, turning points. nolds: hurst. renkodf: renko. pandas and numpy by
the definition, window by window: all others.
"""
import math
import sys

import importlib.resources

importlib.resources.files, files = lambda _: files("nolds"), importlib.resources.files  # its data files lie one folder higher
import nolds
import numpy as np
import pandas as pd
import pandas_ta_classic as ta
import scipy
from renkodf import Renko
from scipy import signal, stats

rng = np.random.default_rng(20261122)
N = 320
close = np.round(1.1 + np.cumsum(rng.normal(0, 0.0012, N)), 5)
open_ = np.round(np.r_[1.1, close[:-1]] + rng.normal(0, 0.0003, N), 5)
high = np.round(np.maximum(open_, close) + np.abs(rng.normal(0, 0.0006, N)), 5)
low = np.round(np.minimum(open_, close) - np.abs(rng.normal(0, 0.0006, N)), 5)
volume = rng.integers(1, 5000, N).astype(float)
anchor = (np.arange(N) % 24 == 5).astype(float)
bars = pd.DataFrame(dict(open=open_, high=high, low=low, close=close, volume=volume, condition=anchor))
O, H, L, C = (bars[c] for c in ("open", "high", "low", "close"))
out = bars.copy()
nan = math.nan


def rolling(name, n, f, *columns, lead=0):
    """f over the last n rows of each column."""
    values = [nan] * N
    for i in range(n - 1 + lead, N):
        values[i] = f(*(c[i - n + 1 : i + 1] for c in columns))
    out[name] = values


out["sine_wma(14)"] = ta.sinwma(C, 14)
out["fibonacci_wma(10)"] = ta.fwma(C, 10)
out["gann_high_low(13,21)"] = ta.hilo(H, L, C, 13, 21).iloc[:, 0]
out["laguerre_rsi(0.5)"] = ta.lrsi(C, gamma=0.5)
out["pretty_good(14)"] = (C - ta.sma(C, 14)) / ta.ema(ta.true_range(H, L, C)[1:], 14)  # its own pgo averages the range twice
weighted = lambda x: x.rolling(4).apply(lambda w: np.average(w, weights=[1, 2, 2, 1]))
out["relative_vigor(10).value"] = weighted(C - O).rolling(10).sum() / weighted(H - L).rolling(10).sum()
out["relative_vigor(10).signal"] = weighted(out["relative_vigor(10).value"])
out["psychological_line(12)"] = ta.psl(C, length=12).mask(C.index < 12)  # it counts the first bar, which has no change
out["bias(26)"] = ta.bias(C, 26)
out["ulcer_index(14)"] = ta.ui(C, 14)

rolling("z_score(20)", 20, lambda x: stats.zscore(x)[-1], close)
rolling("skewness(20)", 20, lambda x: stats.skew(x, bias=False), close)
rolling("r_squared(14)", 14, lambda x: stats.linregress(np.arange(14), x).rvalue ** 2, close)
change = np.r_[nan, np.diff(close)]
rolling("entropy(50,8)", 50, lambda d: stats.entropy(np.histogram(d, 8)[0], base=2), change, lead=1)
rolling("hurst(128)", 128, lambda d: nolds.hurst_rs(d, nvals=[8, 16, 32, 64, 128], fit="poly", corrected=False, unbiased=False), change, lead=1)
rolling("autocorrelation(20,3)", 23, lambda x: np.corrcoef(x[:20], x[3:])[0, 1], close)


def channel(x):
    line = np.polyfit(np.arange(100), x, 1)
    fitted = np.polyval(line, np.arange(100))
    return fitted[-1], math.sqrt(np.mean((x - fitted) ** 2))


rolling("middle", 100, lambda x: channel(x)[0], close)
rolling("width", 100, lambda x: channel(x)[1], close)
out["regression_channel(100,2).middle"] = out.pop("middle")
width = out.pop("width")
out["regression_channel(100,2).upper"] = out["regression_channel(100,2).middle"] + 2 * width
out["regression_channel(100,2).lower"] = out["regression_channel(100,2).middle"] - 2 * width

log = np.log
ret = np.r_[nan, log(close[1:] / close[:-1])]
rolling("historical_volatility(20,252)", 20, lambda r: np.std(r, ddof=1) * math.sqrt(252), ret, lead=1)
rolling("parkinson(20,252)", 20, lambda h, l: math.sqrt(np.mean(log(h / l) ** 2) / (4 * math.log(2)) * 252), high, low)
rolling("garman_klass(20,252)", 20, lambda o, h, l, c: math.sqrt(np.mean(log(h / l) ** 2 / 2 - (2 * math.log(2) - 1) * log(c / o) ** 2) * 252), open_, high, low, close)
gap = np.r_[nan, log(open_[1:] / close[:-1])]


def yang_zhang(g, o, h, l, c):
    k = 0.34 / (1.34 + 21 / 19)
    rs = np.mean(log(h / o) * log(h / c) + log(l / o) * log(l / c))
    return math.sqrt((np.var(g, ddof=1) + k * np.var(log(c / o), ddof=1) + (1 - k) * rs) * 252)


rolling("yang_zhang(20,252)", 20, yang_zhang, gap, open_, high, low, close, lead=1)

rise, fall = np.r_[nan, np.maximum(np.diff(high), 0)], np.r_[nan, np.maximum(-np.diff(low), 0)]
rolling("demarker(14)", 14, lambda r, f: r.sum() / (r.sum() + f.sum()), rise, fall, lead=1)
setup = [nan] * N
for i in range(4, N):
    before = 0 if math.isnan(setup[i - 1]) else setup[i - 1]
    sign = np.sign(close[i] - close[i - 4])
    setup[i] = 0 if sign == 0 else before + sign if before * sign >= 0 else sign
out["td_setup"] = setup
mean = pd.Series(close).rolling(20).mean()
out["envelope(20,2.5).upper"], out["envelope(20,2.5).lower"] = mean * 1.025, mean * 0.975
out["price_relative(20).ratio"] = high / low
out["price_relative(20).average"] = pd.Series(high / low).rolling(20).mean()

true_range = np.r_[nan, np.maximum.reduce([high[1:] - low[1:], np.abs(high[1:] - close[:-1]), np.abs(low[1:] - close[:-1])])]


def wilder(x, n):
    values, start = np.full(len(x), nan), int(np.argmax(~np.isnan(x)))
    values[start + n - 1] = np.mean(x[start : start + n])
    for i in range(start + n, len(x)):
        values[i] = (values[i - 1] * (n - 1) + x[i]) / n
    return values


atr22 = wilder(true_range, 22)
out["chandelier_exit(22,3).long"] = pd.Series(high).rolling(22).max() - 3 * atr22
out["chandelier_exit(22,3).short"] = pd.Series(low).rolling(22).min() + 3 * atr22
true_high, true_low = np.maximum(high, np.r_[nan, close[:-1]]), np.minimum(low, np.r_[nan, close[:-1]])
flow = volume * (2 * close - true_high - true_low) / (true_high - true_low)
out["twiggs_money_flow(21)"] = wilder(flow, 21) / wilder(np.r_[nan, volume[1:]], 21)

typical = (high + low + close) / 3
middle, spread, start = [nan] * N, [nan] * N, None
for i in range(N):
    start = i if anchor[i] else start
    if start is not None:
        x, w = typical[start : i + 1], volume[start : i + 1]
        middle[i] = np.average(x, weights=w)
        spread[i] = math.sqrt(np.average((x - middle[i]) ** 2, weights=w))
out["anchored_vwap(1).middle"] = middle
out["anchored_vwap(1).upper"] = np.array(middle) + np.array(spread)

session = bars["condition"].cumsum()
before = bars[session > 0].groupby(session).agg(dict(high="max", low="min", close="last")).shift(1).reindex(session).reset_index(drop=True)
reach = before["high"] - before["low"]
out["pivot_points(camarilla).pivot"] = (before["high"] + before["low"] + before["close"]) / 3
out["pivot_points(camarilla).r1"] = before["close"] + reach * 1.1 / 12
out["pivot_points(camarilla).s3"] = before["close"] - reach * 1.1 / 4

bricks = Renko(pd.DataFrame(dict(datetime=pd.date_range("2026-01-01", periods=N, freq="h"), close=close)), brick_size=0.002)
ends = bricks.renkodf("normal") if hasattr(bricks, "renkodf") else bricks.renko_df("normal")
print("# renkodf bricks:", ",".join(f"{o:.3f}>{c:.3f}" for o, c in zip(ends["open"], ends["close"])))

order = 5
highs = [k for k in signal.argrelextrema(high, np.greater, order=order)[0] if k >= order]  # scipy repeats the first bar
lows = [k for k in signal.argrelextrema(low, np.less, order=order)[0] if k >= order]
names = ["trend_lines(5,5).support", "trend_lines(5,5).resistance", "trend_lines(5,5).support_slope", "trend_lines(5,5).resistance_slope",
         "fractal_chaos_bands(5).upper", "fractal_chaos_bands(5).lower", "fibonacci_retracement(5,5).r382",
         "support_resistance(5,5,20,0.1).support", "support_resistance(5,5,20,0.1).resistance",
         "support_resistance(5,5,20,0.1).support_touches", "support_resistance(5,5,20,0.1).resistance_touches"]
rows = {name: [nan] * N for name in names}
for i in range(N):
    h, l = [k for k in highs if k + order <= i], [k for k in lows if k + order <= i]
    for points, prices, line, slope in ((l, low, names[0], names[2]), (h, high, names[1], names[3])):
        if len(points) >= 2:
            fit = np.poly1d(np.polyfit(points[-2:], prices[points[-2:]], 1))
            rows[line][i], rows[slope][i] = fit(i), fit[1]
    if h:
        rows[names[4]][i] = high[h[-1]]
    if l:
        rows[names[5]][i] = low[l[-1]]
    if h and l:
        hp, lp = high[h[-1]], low[l[-1]]
        rows[names[6]][i] = hp - 0.382 * (hp - lp) if h[-1] > l[-1] else lp + 0.382 * (hp - lp)
    prices = sorted([*high[h[-20:]], *low[l[-20:]]])
    groups = []
    for price in prices:
        if groups and price - groups[-1][0] <= 0.001 * groups[-1][0]:
            groups[-1].append(price)
        else:
            groups.append([price])
    levels = [(np.mean(g), len(g)) for g in groups if len(g) > 1]
    under, over = [x for x in levels if x[0] <= close[i]], [x for x in levels if x[0] > close[i]]
    if under:
        rows[names[7]][i], rows[names[9]][i] = under[-1]
    if over:
        rows[names[8]][i], rows[names[10]][i] = over[0]
for name in names:
    out[name] = rows[name]

print("# pandas-ta-classic 0.8.32, scipy", scipy.__version__, "nolds", nolds.__version__ if hasattr(nolds, "__version__") else "",
      "numpy", np.__version__, "pandas", pd.__version__, "; extra.py beside this file says how")
out.to_csv(sys.stdout, index=False, float_format="%.15g", sep=";")

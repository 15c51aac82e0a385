"""Values of Pine Script's `ta.*` by PyneCore 6.11.0, for the tests of the TradingView profile.

PyneCore (Apache-2.0) reproduces TradingView's arithmetic and its rules for na as measured on TradingView. Nothing of
this project takes part. Run from this folder; the four text files beside this one are written anew:

    python3 -m venv venv && venv/bin/pip install "pynesys-pynecore[cli]==6.11.0" typer==0.20.0
    venv/bin/python -W ignore tradingview.py

Left out, because TradingView itself says otherwise: ta.cog (its exports have other last bits), ta.roc at na (its
manual: an na within the length gives na), ta.rci at na (PyneCore does not come to an end), the outer levels of
ta.pivot_point_levels and those that develop (its help has other formulas), ta.nvi with an na close (its manual: the
index stays).
"""

import datetime
import math
import pathlib
import random
import struct
import tempfile

import pynecore.core.script_runner as script_runner
from pynecore.core.script_runner import ScriptRunner
from pynecore.core.syminfo import SymInfo, SymInfoInterval, SymInfoSession
from pynecore.types.ohlcv import OHLCV

HEAD = """# tool: PyneCore 6.11.0
# command: venv/bin/python -W ignore tradingview.py
"""
HERE = pathlib.Path(__file__).parent
START = 1_546_387_200_000
MINUTE = 60_000
NAN = math.nan
NAMES = ("open", "high", "low", "close", "volume", "source", "second", "condition")

# Prices are to be taken as they are: neither rounded to ticks nor refused for being na.
script_runner._clean_bar = lambda bar, *_: (bar.open, bar.high, bar.low, bar.close, bar.volume)


def symbol():
    midnight, last = datetime.time(0, 0), datetime.time(23, 59, 59)
    return SymInfo(
        prefix="TEST", ticker="TEST", currency="USD", basecurrency="XXX", description="synthetic", period="1",
        type="crypto", mintick=0.01, pricescale=100, minmove=1, pointvalue=1.0, timezone="UTC", volumetype="base",
        opening_hours=[SymInfoInterval(day=day, start=midnight, end=last) for day in range(7)],
        session_starts=[SymInfoSession(day=day, time=midnight) for day in range(7)],
        session_ends=[SymInfoSession(day=day, time=last) for day in range(7)],
        mincontract=0.01,
    )


# One line each: our name and parameters, our inputs, the call, and which of its results our outputs are.
SOURCE = [
    *((f"sma({n})", "source", f"ta.sma(s, {n})") for n in (1, 2, 5, 14)),
    *((f"sum({n})", "source", f"math.sum(s, {n})") for n in (2, 7)),
    *((f"ema({n})", "source", f"ta.ema(s, {n})") for n in (1, 2, 9)),
    *((f"rma({n})", "source", f"ta.rma(s, {n})") for n in (1, 2, 9)),
    *((f"wma({n})", "source", f"ta.wma(s, {n})") for n in (1, 2, 9)),
    *((f"hma({n})", "source", f"ta.hma(s, {n})") for n in (2, 3, 9)),
    *((f"alma({n},{g},{o})", "source", f"ta.alma(s, {n}, {o}, {g})")
      for n, g, o in ((1, 6, 0.85), (5, 4, 0.5), (9, 6, 0.85))),
    *((f"vwma({n})", "source,volume", f"ta.vwma(s, {n})") for n in (1, 6)),
    ("swma", "source", "ta.swma(s)"),
    *((f"rsi({n})", "source", f"ta.rsi(s, {n})") for n in (2, 5)),
    ("macd(3,8,4)", "source", "ta.macd(s, 3, 8, 4)", (0, 1, 2)),
    ("macd(2,3,1)", "source", "ta.macd(s, 2, 3, 1)", (0, 1, 2)),
    ("bollinger(5,2)", "source", "ta.bb(s, 5, 2.0)", (1, 0, 2)),
    ("bollinger_width(4,1.5)", "source", "ta.bbw(s, 4, 1.5)"),
    *((f"stochastic({k},{m},{d})", "high,low,close", f"smoothed(ta.stoch(close, high, low, {k}), {m}, {d})", (0, 1))
      for k, m, d in ((5, 3, 2), (3, 1, 3))),
    *((f"stoch_k({n})", "source,high,low", f"ta.stoch(s, high, low, {n})") for n in (1, 6)),
    *((f"mom({n})", "source", f"ta.mom(s, {n})") for n in (1, 4)),
    *((f"mom({n})", "source", f"ta.change(s, {n})") for n in (1, 4)),
    *((f"roc({n})", "source", f"ta.roc(s, {n})") for n in (1, 4)),
    *((f"cci_source({n})", "source", f"ta.cci(s, {n})") for n in (2, 6)),
    *((f"cmo({n})", "source", f"ta.cmo(s, {n})") for n in (2, 6)),
    *((f"mfi_source({n})", "source,volume", f"ta.mfi(s, {n})") for n in (1, 6)),
    *((f"rci({n})", "source", f"ta.rci(s, {n})") for n in (2, 7)),
    *((f"tsi_ratio({a},{b})", "source", f"ta.tsi(s, {a}, {b})") for a, b in ((1, 3), (4, 7))),
    *((f"max({n})", "source", f"ta.highest(s, {n})") for n in (2, 6)),
    *((f"min({n})", "source", f"ta.lowest(s, {n})") for n in (2, 6)),
    *((f"highestbars({n})", "source", f"ta.highestbars(s, {n})") for n in (1, 6)),
    *((f"lowestbars({n})", "source", f"ta.lowestbars(s, {n})") for n in (1, 6)),
    *((f"range({n})", "source", f"ta.range(s, {n})") for n in (1, 6)),
    ("cumsum", "source", "ta.cum(s)"),
    ("cummax", "source", "ta.max(s)"),
    ("cummin", "source", "ta.min(s)"),
    *((f"dev({n})", "source", f"ta.dev(s, {n})") for n in (1, 6)),
    *((f"variance({n},{str(b).lower()})", "source", f"ta.variance(s, {n}, {b})") for n in (1, 2, 7)
      for b in (True, False)),
    *((f"stdev({n},{str(b).lower()})", "source", f"ta.stdev(s, {n}, {b})") for n in (1, 7) for b in (True, False)),
    *((f"var({n},1)", "source", f"ta.variance(s, {n})") for n in (1, 5)),
    *((f"stddev({n},1)", "source", f"ta.stdev(s, {n})") for n in (2, 5)),
    *((f"correl({n})", "source,second", f"ta.correlation(s, t, {n})") for n in (1, 5)),
    *((f"linreg({n},{o})", "source", f"ta.linreg(s, {n}, {o})") for n, o in ((1, 0), (4, 0), (7, 2), (7, -3))),
    ("linearreg(5)", "source", "ta.linreg(s, 5, 0)"),
    *((f"median({n})", "source", f"ta.median(s, {n})") for n in (2, 3, 8)),
    *((f"mode({n})", "source", f"ta.mode(s, {n})") for n in (1, 8)),
    *((f"percentrank({n})", "source", f"ta.percentrank(s, {n})") for n in (2, 9)),
    *((f"percentile_linear_interpolation({n},{p})", "source", f"ta.percentile_linear_interpolation(s, {n}, {p})")
      for n, p in ((1, 50), (6, 0), (6, 37.5), (9, 80), (9, 100))),
    *((f"percentile_nearest_rank({n},{p})", "source", f"ta.percentile_nearest_rank(s, {n}, {p})")
      for n, p in ((1, 50), (6, 0), (6, 40), (9, 80), (9, 100))),
    ("cross", "source,second", "number(ta.cross(s, t))"),
    ("crossover", "source,second", "number(ta.crossover(s, t))"),
    ("crossunder", "source,second", "number(ta.crossunder(s, t))"),
    *((f"rising({n})", "source", f"number(ta.rising(s, {n}))") for n in (1, 2)),
    *((f"falling({n})", "source", f"number(ta.falling(s, {n}))") for n in (1, 2)),
    *((f"valuewhen({n})", "condition,source", f"ta.valuewhen(c, s, {n})") for n in (0, 1, 3)),
    ("barssince", "condition", "ta.barssince(c)"),
    ("vwap_bands(1.5)", "source,volume,condition", "ta.vwap(s, c, 1.5)", (0, 1, 2)),
    *((f"pivothigh({a},{b})", "source", f"ta.pivothigh(s, {a}, {b})")
      for a, b in ((0, 0), (2, 1), (3, 4), (0, 3), (3, 0))),
    *((f"pivotlow({a},{b})", "source", f"ta.pivotlow(s, {a}, {b})")
      for a, b in ((0, 0), (2, 1), (3, 4), (0, 3), (3, 0))),
    ("keltner(5,2,true)", "source,high,low,close", "ta.kc(s, 5, 2.0)", (1, 0, 2)),
    ("keltner(1,1.5,true)", "source,high,low,close", "ta.kc(s, 1, 1.5)", (1, 0, 2)),
    ("keltner(4,1,false)", "source,high,low,close", "ta.kc(s, 4, 1.0, False)", (1, 0, 2)),
    ("kcw(4,2,true)", "source,high,low,close", "ta.kcw(s, 4, 2.0)"),
    ("kcw(4,2,false)", "source,high,low,close", "ta.kcw(s, 4, 2.0, False)"),
]
BARS = [
    *((f"atr({n})", "high,low,close", f"ta.atr({n})") for n in (1, 5)),
    ("trange", "high,low,close", "ta.tr(False)"),
    ("tr", "high,low,close", "ta.tr(True)"),
    *((f"adx({n})", "high,low,close", f"ta.dmi({n}, {n})", (2, 0, 1)) for n in (2, 5)),
    *((f"dmi({a},{b})", "high,low,close", f"ta.dmi({a}, {b})", (0, 1, 2)) for a, b in ((1, 1), (3, 6))),
    *((f"cci({n})", "high,low,close", f"ta.cci(hlc3, {n})") for n in (2, 6)),
    *((f"mfi({n})", "high,low,close,volume", f"ta.mfi(hlc3, {n})") for n in (2, 6)),
    *((f"willr({n})", "high,low,close", f"ta.wpr({n})") for n in (2, 6)),
    *((f"donchian({n})", "high,low", f"channel(ta.highest({n}), ta.lowest({n}))", (0, 1, 2)) for n in (2, 6)),
    *((f"supertrend({n},{m})", "high,low,close", f"trend(ta.supertrend({float(m)}, {n}))", (0, 1))
      for n, m in ((2, 1), (5, 2))),
    *((f"psar({a},{i},{m})", "high,low", f"ta.sar({a}, {i}, {m})")
      for a, i, m in ((0.02, 0.02, 0.2), (0.25, 0.25, 0.13), (0.1, 0.05, 0.9))),
    ("obv", "close,volume", "ta.obv"),
    ("ad", "high,low,close,volume", "ta.accdist"),
    ("wad", "high,low,close", "ta.wad"),
    ("pvt", "close,volume", "ta.pvt"),
    ("pvi", "close,volume", "ta.pvi"),
    ("nvi", "close,volume", "ta.nvi"),
    ("iii", "high,low,close,volume", "ta.iii"),
    ("wvad", "open,high,low,close,volume", "ta.wvad"),
    *((f"pivot_point_levels({f},false)", "open,high,low,close,condition", f'ta.pivot_point_levels("{f}", c)',
       tuple(range(n)))
      for f, n in (("Traditional", 5), ("Fibonacci", 7), ("Woodie", 5), ("Classic", 5), ("DM", 3), ("Camarilla", 9))),
]
AT_NA_OTHERWISE = ("roc(", "rci(")
AT_NA_BAR_OTHERWISE = ("nvi", "pivot_point_levels")

SCRIPT = '''"""
@pyne
"""
from pynecore.lib import script, ta, math, extra_fields, open, high, low, close, volume, hlc3
from pynecore import Series


def number(flag: bool) -> float:
    return 1.0 if flag else 0.0


def smoothed(k: float, k_smoothing: int, d_period: int):
    line = ta.sma(k, k_smoothing)
    return line, ta.sma(line, d_period)


def channel(upper: float, lower: float):
    return upper, math.avg(upper, lower), lower


def trend(result):
    return result[0], -1.0 * result[1]


@script.indicator(title="all", shorttitle="all")
def main():
    s: Series[float] = extra_fields["source"]
    t: Series[float] = extra_fields["second"]
    c: bool = extra_fields["condition"]
    values = {}
%s
    return values
'''


def run(cases, columns):
    """For each case the columns of its outputs."""
    lines = []
    for index, (_, _, call, *_) in enumerate(cases):
        lines.append(f"    r{index} = {call}")
        lines.append(f'    values["{index}"] = r{index}')
    rows = []
    bars = zip(*(columns[name] for name in NAMES))
    for bar, (opened, high, low, close, volume, source, second, condition) in enumerate(bars):
        extra = {"source": source, "second": second, "condition": condition == 1.0}
        rows.append(OHLCV(START + bar * MINUTE, opened, high, low, close, volume, extra))
    collected = [[] for _ in cases]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "all.py"
        path.write_text(SCRIPT % "\n".join(lines))
        runner = ScriptRunner(script_path=path, ohlcv_iter=rows, syminfo=symbol(), last_bar_index=len(rows) - 1)
        for result in runner.run_iter():
            for index, column in enumerate(collected):
                column.append(result[1][str(index)])
    outputs = []
    for (_, _, _, *which), column in zip(cases, collected):
        of_each = [[value[i] for value in column] for i in which[0]] if which else [column]
        outputs.append([[float(value) for value in values] for values in of_each])
    return outputs


def walk(n_bars, seed, tick, reach):
    """The bars of `Bars::walk` in `tests/it/data.rs`, by the same generator."""
    state = seed

    def below(n):
        nonlocal state
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (state >> 33) % n

    def between(low, high):
        return low + below(high - low + 1)

    bars = {name: [] for name in NAMES}
    price = 100 * max(reach, 10)
    for _ in range(n_bars):
        opened = price + (between(-reach, reach) if below(4) == 0 else 0)
        close = opened if below(5) == 0 else opened + between(-reach, reach)
        above = 0 if below(3) == 0 else between(0, reach)
        under = 0 if below(3) == 0 else between(0, reach)
        low = min(opened, close) - under
        price = close + max(20 * reach - low, 0)
        lift = price - close
        for name, ticks in zip(NAMES, (opened, max(opened, close) + above, low, close)):
            bars[name].append((ticks + lift) * tick)
        bars["volume"].append(0.0 if below(12) == 0 else float(between(1, 100_000)))
        bars["second"].append(between(900, 1100) * tick)
        bars["condition"].append(1.0 if below(9) == 0 else 0.0)
    bars["source"] = list(bars["close"])
    return bars


def with_spikes(bars):
    """A close, and a source, a hundred million times as large on every 997th bar."""
    for bar in range(996, len(bars["close"]), 997):
        bars["close"][bar] *= 1e8
    bars["source"] = list(bars["close"])
    return bars


def small(n_bars, seed):
    """Few prices, so that they tie, also by less than 1e-10, and stand still for a while."""
    rng = random.Random(seed)
    bars = {name: [] for name in NAMES}
    tick = 1000
    for bar in range(n_bars):
        opened = tick + rng.choice((0, 0, 0, -2, 3))
        tick = opened if n_bars // 2 <= bar < n_bars // 2 + 12 else opened + rng.randint(-4, 4)
        high, low = max(opened, tick) + rng.choice((0, 0, 1, 2)), min(opened, tick) - rng.choice((0, 0, 1, 2))
        for name, ticks in zip(NAMES, (opened, high, low, tick)):
            bars[name].append(ticks / 100)
        bars["volume"].append(float(rng.choice((0, 100, 250, 999, 1500, 40_000))))
        bars["source"].append(tick / 100 + rng.choice((0.0, 0.0, 0.0, 4e-11, -6e-11)))
        bars["second"].append((1000 + rng.randint(-3, 3)) / 100)
        bars["condition"].append(1.0 if rng.random() < 0.12 else 0.0)
    return bars


def punched(bars, names, leading, seed):
    """na in the columns `names`: on the first bars, here and there, and for some bars in a row."""
    rng = random.Random(seed)
    n_bars = len(bars["close"])
    for name in names:
        holes = set(range(leading)) | {rng.randrange(n_bars) for _ in range(n_bars // 14)}
        for _ in range(2):
            begin = rng.randrange(n_bars - 6)
            holes |= set(range(begin, begin + rng.randint(2, 6)))
        bars[name] = [NAN if bar in holes else value for bar, value in enumerate(bars[name])]
    return bars


def with_infinities(bars, seed):
    """Infinite values in the source and the second column."""
    rng = random.Random(seed)
    for name in ("source", "second"):
        for bar in rng.sample(range(25, 60), 3):
            bars[name][bar] = rng.choice((math.inf, -math.inf))
    return bars


def text(value):
    return "-" if value != value else repr(value).removesuffix(".0")


def write_values(name, cases, bars):
    """Inputs and outputs, a line a column: `-` is na, nothing is the same as on the bar before."""
    lines = [f"input|{column}|{encoded(bars[column])}" for column in NAMES]
    for (spec, inputs, *_), outputs in zip(cases, run(cases, bars)):
        lines += [f"{spec}|{inputs}|{index}|{encoded(column)}" for index, column in enumerate(outputs)]
    (HERE / name).write_text(HEAD + "\n".join(lines) + "\n")


def encoded(column):
    texts = [text(value) for value in column]
    return ",".join(now if bar == 0 or now != texts[bar - 1] else "" for bar, now in enumerate(texts))


def digest(values):
    """FNV-1a, 64 bits, of the doubles in little-endian order, with one na for all."""
    value = 0xCBF29CE484222325
    for double in values:
        for byte in struct.pack("<d", NAN if double != double else double):
            value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def write_digests(name, cases, histories):
    """A line a column: the digest of each 500 bars."""
    lines = []
    for history, bars in histories.items():
        blocks = lambda column: ",".join(digest(column[start : start + 500]) for start in range(0, len(column), 500))
        lines += [f"{history}|input|{column}|0|{blocks(bars[column])}" for column in NAMES]
        for (spec, inputs, *_), outputs in zip(cases, run(cases, bars)):
            lines += [f"{history}|{spec}|{inputs}|{index}|{blocks(column)}" for index, column in enumerate(outputs)]
    (HERE / name).write_text(HEAD + "\n".join(lines) + "\n")


def main():
    at_na = [case for case in SOURCE if not case[0].startswith(AT_NA_OTHERWISE)]
    write_values("tradingview_source.txt", at_na, punched(small(150, 4), ("source", "second", "volume"), 3, 5))
    infinite = with_infinities(punched(small(70, 8), ("source", "second", "volume"), 2, 9), 3)
    write_values("tradingview_infinite.txt", at_na, infinite)
    at_na = [case for case in BARS if not case[0].startswith(AT_NA_BAR_OTHERWISE)]
    bars = punched(small(150, 6), ("open", "high", "low", "close", "volume"), 1, 7)
    write_values("tradingview_bars.txt", at_na, bars)
    histories = {"walk": walk(5000, 3, 0.01, 200), "spikes": with_spikes(walk(3000, 4, 0.01, 30))}
    write_digests("tradingview_long.txt", SOURCE + BARS, histories)


if __name__ == "__main__":
    main()

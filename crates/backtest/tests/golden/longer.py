#!/usr/bin/env python3
"""Writes longer.csv: numbers of longer bars as they are known at each bar of bars.csv, by pandas.

For hours and for five minutes: the simple moving average of the last 3 closes, and the high two bars before, of the last
longer bar that had ended when the bar opened.

    python3 -m venv venv
    venv/bin/pip install pandas==3.1.1
    venv/bin/python longer.py
"""

import pathlib

import pandas as pd

HERE = pathlib.Path(__file__).resolve().parent


def main():
    bars = pd.read_csv(HERE / "bars.csv", comment="#")
    bars.index = pd.to_datetime(bars["time_ms"], unit="ms")
    out = pd.DataFrame(index=bars.index)
    for minutes in (5, 60):
        longer = bars.resample(f"{minutes}min").agg({"high": "max", "close": "last"}).dropna()
        known = pd.DataFrame({"sma": longer["close"].rolling(3).mean(), "high": longer["high"].shift(2)})
        known.index = known.index + pd.Timedelta(minutes=minutes)
        asof = pd.merge_asof(bars[[]], known, left_index=True, right_index=True)
        out[f"sma{minutes}"], out[f"high{minutes}"] = asof["sma"], asof["high"]
    lines = [f"# tool: pandas {pd.__version__}", "# command: venv/bin/python longer.py", ",".join(out.columns)]
    lines += [",".join("" if pd.isna(value) else repr(float(value)) for value in row) for row in out.to_numpy()]
    (HERE / "longer.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

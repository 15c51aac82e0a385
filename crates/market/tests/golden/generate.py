"""Writes the golden files beside it: bars by pandas, outliers by scipy, the currency week by zoneinfo.

    pip install pandas==3.1.1 scipy==1.17.1 numpy==2.4.6 tzdata==2026.6
    python generate.py

The ticks are drawn here and written to ticks.csv; everything else is computed from them by the libraries named.
"""

import datetime as dt
import pathlib
import random
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import scipy
from scipy.stats import median_abs_deviation

HERE = pathlib.Path(__file__).parent
COMMAND = "python generate.py"


def write(name, tool, header, rows):
    lines = [f"# {tool}", f"# {COMMAND}", header, *rows]
    (HERE / name).write_text("\n".join(lines) + "\n")


def draw_ticks():
    rng = random.Random(11)
    time = dt.datetime(2024, 3, 5, 9, 58, 30, tzinfo=dt.timezone.utc)
    mid, ticks = 108_500, []
    for index in range(400):
        # A pause of twelve minutes in the middle leaves bars without a tick.
        pause = 720 if index == 200 else 0
        time += dt.timedelta(milliseconds=rng.randint(1, 9_000), seconds=pause)
        mid += rng.randint(-6, 6)
        # Single quotes far off, at the distances that matter to a threshold of 10.
        off = {60: 90, 120: -200, 121: -190, 300: 45, 350: 400}.get(index, 0)
        bid = mid + off - rng.randint(1, 3)
        ask = bid + rng.randint(2, 7)
        ticks.append((time, bid / 1e5, ask / 1e5, rng.randint(1, 40) / 8, rng.randint(1, 40) / 8))
    return ticks


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def write_bars(frame, rule, name):
    grid = frame.resample(rule, origin="epoch")
    columns = {}
    for side in ("bid", "ask", "mid"):
        for how in ("first", "max", "min", "last"):
            columns[f"{side}_{how}"] = getattr(grid[side], how)()
    columns["bid_volume"] = grid["bid_volume"].sum()
    columns["ask_volume"] = grid["ask_volume"].sum()
    columns["spread"] = grid["spread"].mean()
    bars = pd.DataFrame(columns)
    counts = grid["bid"].count()
    rows = []
    for time, row in bars[counts > 0].iterrows():
        numbers = [repr(float(value)) for value in row]
        rows.append(",".join([stamp(time), *numbers, str(counts[time])]))
    header = ",".join(["open_time", *columns, "tick_count"])
    write(name, f"pandas {pd.__version__}, DataFrame.resample('{rule}')", header, rows)


def outlier_rows(frame, threshold):
    mids, spreads, rows = frame["mid"].to_numpy(), frame["spread"].to_numpy(), []
    for row in range(len(mids)):
        before, after = slice(max(0, row - 5), row), slice(row + 1, row + 6)
        near = np.concatenate([mids[before], mids[after]])
        wide = np.concatenate([spreads[before], spreads[after]])
        if min(row, len(mids) - 1 - row) < 3:
            continue
        center = np.median(near)
        scale = max(median_abs_deviation(near, scale="normal"), np.median(wide), 1e-5 * center)
        if abs(mids[row] - center) > threshold * scale:
            rows.append(f"{threshold},{row},{mids[row] - center!r}".replace("np.float64(", "").replace(")", ""))
    return rows


def write_weeks():
    zone, rows = ZoneInfo("America/New_York"), []
    for year in (2005, 2006, 2007, 2008, 2024):
        day = dt.date(year, 1, 9)
        while day.year == year and day < dt.date(year, 12, 20):
            if day.weekday() == 6:
                opening = dt.datetime.combine(day, dt.time(17), zone)
                close = dt.datetime.combine(day + dt.timedelta(days=5), dt.time(17), zone)
                rows.append(",".join(stamp(t.astimezone(dt.timezone.utc)) for t in (opening, close)))
            day += dt.timedelta(days=1)
    write("weeks.csv", "python zoneinfo with tzdata 2026.6, America/New_York, Sunday 17:00 to Friday 17:00", "open,close", rows)


def main():
    ticks = draw_ticks()
    rows = [",".join([stamp(tick[0]), *(repr(value) for value in tick[1:])]) for tick in ticks]
    write("ticks.csv", "random ticks, the input of the other files", "time,bid,ask,bid_volume,ask_volume", rows)
    frame = pd.DataFrame(ticks, columns=["time", "bid", "ask", "bid_volume", "ask_volume"]).set_index("time")
    frame["mid"] = (frame["bid"] + frame["ask"]) * 0.5
    frame["spread"] = frame["ask"] - frame["bid"]
    write_bars(frame, "1min", "bars_m1.csv")
    write_bars(frame, "5min", "bars_m5.csv")
    rows = [row for threshold in (3.0, 5.0, 10.0) for row in outlier_rows(frame, threshold)]
    write("outliers.csv", f"scipy {scipy.__version__}, stats.median_abs_deviation", "threshold,row,distance", rows)
    write_weeks()


if __name__ == "__main__":
    main()

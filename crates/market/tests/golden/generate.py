"""Writes the golden files beside it: bars by pandas, outliers by scipy, the currency week and sessions by zoneinfo.

    pip install pandas==3.1.1 scipy==1.17.1 numpy==2.4.6 tzdata==2026.6
    python generate.py

The ticks are drawn here and written to ticks.csv; everything else is computed from them by the libraries named.
"""

import datetime as dt
import pathlib
import random
import zoneinfo
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import scipy
from scipy.stats import median_abs_deviation

# The time zones of the package tzdata, not those of the machine.
zoneinfo.reset_tzpath(to=[])

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


def draw_day_ticks():
    """Ticks at all hours of all days, weekends too, over the four changes of the clock in 2025 and two ends of months."""
    rng = random.Random(12)
    ranges = [(dt.datetime(2025, 3, 5), dt.datetime(2025, 4, 3)), (dt.datetime(2025, 10, 22), dt.datetime(2025, 11, 6))]
    mid, ticks = 108_500, []
    for time, end in ranges:
        time, end = time.replace(tzinfo=dt.timezone.utc), end.replace(tzinfo=dt.timezone.utc)
        while time < end:
            mid += rng.randint(-20, 20)
            bid = mid - rng.randint(1, 3)
            ask = bid + rng.randint(2, 7)
            ticks.append((time, bid / 1e5, ask / 1e5, rng.randint(1, 40) / 8, rng.randint(1, 40) / 8))
            time += dt.timedelta(milliseconds=rng.randint(1, 80 * 60_000))
    return ticks


# Name, zone, and how far its clock is put forward so that the trading day starts at midnight.
DAY_STARTS = [("new-york", "America/New_York", pd.Timedelta("7h")), ("eet", "EET", pd.Timedelta("0h"))]
TIMEFRAMES = {
    "H4": lambda clock: clock.floor("4h"),
    "D1": lambda clock: clock.floor("D"),
    "W1": lambda clock: clock.to_period("W-SUN").start_time,
    "MN1": lambda clock: clock.to_period("M").start_time,
}


def write_day_starts(frame):
    rows = []
    for name, zone, ahead in DAY_STARTS:
        zone = ZoneInfo(zone)
        clock = frame.index.tz_convert(zone).tz_localize(None) + ahead
        for timeframe, floor in TIMEFRAMES.items():
            opens = (floor(clock) - ahead).tz_localize(zone, ambiguous=np.ones(len(clock), bool))
            bid = frame.groupby(opens.tz_convert("UTC"), sort=False)["bid"]
            volume = frame.groupby(opens.tz_convert("UTC"), sort=False)["bid_volume"].sum()
            bars = pd.DataFrame({"o": bid.first(), "h": bid.max(), "l": bid.min(), "c": bid.last(), "v": volume})
            for time, row in bars.iterrows():
                numbers = [repr(float(value)) for value in row]
                rows.append(",".join([name, timeframe, minute(time), *numbers, str(bid.count()[time])]))
    tool = f"pandas {pd.__version__} with tzdata 2026.6, groupby of local times: bars of bids"
    write("day_starts.csv", tool, "day_start,timeframe,open_time,open,high,low,close,volume,tick_count", rows)


def minute(time):
    return time.strftime("%Y-%m-%dT%H:%MZ")


WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# Zone; sessions of a day with the days on which they open (0 is Monday); local times from and up to which it is closed.
MARKETS = {
    "us_shares": (
        "America/New_York",
        [("09:30", "16:00", range(5))],
        [
            ("2024-07-03 13:00", "2024-07-05 00:00"),
            ("2024-11-28 00:00", "2024-11-29 00:00"),
            ("2024-11-29 13:00", "2024-11-30 00:00"),
            ("2025-01-09 00:00", "2025-01-10 00:00"),
            ("2025-03-10 10:15", "2025-03-10 10:45"),
        ],
    ),
    "tokyo": ("Asia/Tokyo", [("09:00", "11:30", range(5)), ("12:30", "15:00", range(5))], []),
    "chicago": ("America/Chicago", [("17:00", "16:00", [6, 0, 1, 2, 3])], [("2024-12-24 12:15", "2024-12-25 17:00")]),
}


def utc(text, zone):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(dt.timezone.utc)


def open_intervals(zone, sessions, closures):
    zone, day, opened = ZoneInfo(zone), dt.date(2024, 1, 1), []
    closed = [[utc(text, zone) for text in pair] for pair in closures]
    while day < dt.date(2026, 1, 1):
        for start, end, days in sessions:
            if day.weekday() in days:
                close_day = day if end > start else day + dt.timedelta(days=1)
                pieces = [(utc(f"{day} {start}", zone), utc(f"{close_day} {end}", zone))]
                for a, b in closed:
                    cut = [piece for s, e in pieces for piece in ((s, min(e, a)), (max(s, b), e))]
                    pieces = [(s, e) for s, e in cut if s < e]
                opened.extend(pieces)
        day += dt.timedelta(days=1)
    return sorted(opened)


def write_sessions():
    markets, rows = [], []
    for name, (zone, sessions, closures) in MARKETS.items():
        for start, end, days in sessions:
            for day in days:
                close_day = day if end > start else (day + 1) % 7
                markets.append(f"{name},{zone},{WEEKDAYS[day]} {start},{WEEKDAYS[close_day]} {end}")
        for pair in closures:
            markets.append(",".join([name, "closed", *(minute(utc(text, ZoneInfo(zone))) for text in pair)]))
        rows.extend(f"{name},{minute(start)},{minute(end)}" for start, end in open_intervals(zone, sessions, closures))
    write("markets.csv", "sessions and closures, the input of sessions.csv", "market,zone,open,close", markets)
    write("sessions.csv", "python zoneinfo with tzdata 2026.6: open in 2024 and 2025", "market,open,close", rows)


def tick_rows(ticks):
    return [",".join([stamp(tick[0]), *(repr(value) for value in tick[1:])]) for tick in ticks]


def main():
    ticks = draw_ticks()
    columns = ["time", "bid", "ask", "bid_volume", "ask_volume"]
    write("ticks.csv", "random ticks, the input of the other files", ",".join(columns), tick_rows(ticks))
    day_ticks = draw_day_ticks()
    write("day_ticks.csv", "random ticks, the input of day_starts.csv", ",".join(columns), tick_rows(day_ticks))
    write_day_starts(pd.DataFrame(day_ticks, columns=columns).set_index("time"))
    write_sessions()
    frame = pd.DataFrame(ticks, columns=columns).set_index("time")
    frame["mid"] = (frame["bid"] + frame["ask"]) * 0.5
    frame["spread"] = frame["ask"] - frame["bid"]
    write_bars(frame, "1min", "bars_m1.csv")
    write_bars(frame, "5min", "bars_m5.csv")
    rows = [row for threshold in (3.0, 5.0, 10.0) for row in outlier_rows(frame, threshold)]
    write("outliers.csv", f"scipy {scipy.__version__}, stats.median_abs_deviation", "threshold,row,distance", rows)
    write_weeks()


if __name__ == "__main__":
    main()

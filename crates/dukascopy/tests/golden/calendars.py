#!/usr/bin/env python3
"""Writes calendars.tsv beside itself: when instruments are open, by Python's time zone rules.

    python3 calendars.py METADATA.json DETAILS_DIR M5_EET.csv.gz

Made with Python 3.11.7 and the system's time zone database 2025b; needs nothing else. METADATA.json is Dukascopy's
instrument metadata as published 2025-06-16, DETAILS_DIR has its answers `instrument-EUR-USD.json` and
`instrument-BTC-USD.json`, and M5_EET.csv.gz is a platform's export of EURUSD's five-minute bars of October to December
2025 in Eastern European Time. Neither data/generate.py nor its tables are used: closed ranges are looked up minute by
minute in the zone in which they are published.

- `minutes SYMBOL N...`: open minutes of each month (UTC) from March 2024 to February 2026, for one instrument of each
  published schedule.
- `changes SYMBOL DATE N...`: minutes after DATE (UTC) at which the instrument opens or closes, in the week that
  follows. The weeks are those in which clocks change. The first N is 0 if it is open at the start.
- `bars FROM TILL`: hours (UTC) without a break in which EURUSD has bars.
"""

import csv
import datetime
import functools
import gzip
import json
import pathlib
import sys
import zoneinfo

UTC = datetime.timezone.utc
START = datetime.datetime(2024, 3, 1, tzinfo=UTC)
END = datetime.datetime(2026, 3, 1, tzinfo=UTC)
MINUTE = datetime.timedelta(minutes=1)
N_MINUTES = (END - START) // MINUTE
CHANGES = ["2024-03-10", "2024-03-31", "2024-04-07", "2024-10-06", "2024-10-27", "2024-11-03",
           "2025-03-09", "2025-03-30", "2025-10-26", "2025-11-02"]


@functools.cache
def local_minutes(name):
    """For each minute from START what the local clock shows, as (minute of the ISO week, minute of the day)."""
    zone = zoneinfo.ZoneInfo(name)
    local = ((START + i * MINUTE).astimezone(zone) for i in range(N_MINUTES))
    return [((t.isoweekday() - 1) * 1440 + t.hour * 60 + t.minute, t.hour * 60 + t.minute) for t in local]


def holidays(path):
    with open(path, encoding="utf-8") as file:
        for holiday in json.load(file)["holidays"]:
            first, end = ((holiday[key] // 1000 - int(START.timestamp())) // 60 for key in ("from", "till"))
            if end > 0:
                yield max(first, 0), min(end, N_MINUTES)


def open_minutes(closed, closures):
    zones = {entry[-1] for entries in closed.values() for entry in entries} or {"UTC"}
    (zone,) = zones
    week = [True] * 10_080
    for d1, h1, m1, d2, h2, m2, _ in closed.get("WEEKLY", []):
        for minute in range((d1 - 1) * 1440 + h1 * 60 + m1, (d2 - 1) * 1440 + h2 * 60 + m2 + 1):
            week[minute] = False
    day = [True] * 1440
    for h1, m1, h2, m2, _ in closed.get("DAILY", []):
        for minute in range(h1 * 60 + m1, h2 * 60 + m2 + 1):
            day[minute] = False
    is_open = [week[a] and day[b] for a, b in local_minutes(zone)]
    for first, end in closures:
        is_open[first:end] = [False] * (end - first)
    return is_open


def months():
    time = START
    while time < END:
        after = (time + datetime.timedelta(days=31)).replace(day=1)
        yield (time - START) // MINUTE, (after - START) // MINUTE
        time = after


def changes(is_open, sunday):
    start = datetime.datetime.fromisoformat(sunday).replace(tzinfo=UTC) - datetime.timedelta(days=3)
    first = (start - START) // MINUTE
    found = [0] if is_open[first] else []
    found += [n for n in range(1, 10_080) if is_open[first + n] != is_open[first + n - 1]]
    return start.date(), found


def one_of_each(path):
    """Feed symbols with what is published, one of each schedule: the first in order."""
    with open(path, encoding="utf-8") as file:
        instruments = json.load(file)["instruments"].values()
    seen = {}
    for facts in sorted(instruments, key=lambda facts: facts["historical_filename"] or "~"):
        if facts["market_closed"] and facts["historical_filename"]:
            entries = {(kind, *entry) for kind, entries in facts["market_closed"].items() for entry in entries}
            seen.setdefault(frozenset(map(tuple, entries)), (facts["historical_filename"], facts["market_closed"]))
    return list(seen.values())


def hours_with_bars(path):
    """Ranges of hours, UTC; the export's clock is that of Athens: Eastern European Time with its summer time."""
    zone, ranges = zoneinfo.ZoneInfo("Europe/Athens"), []
    with gzip.open(path, "rt", encoding="ascii") as file:
        for row in csv.reader(file):
            if row[0][0].isdigit():
                local = datetime.datetime.strptime(row[0], "%Y.%m.%d %H:%M:%S").replace(tzinfo=zone)
                hour = local.astimezone(UTC).replace(minute=0)
                if ranges and hour <= ranges[-1][1]:
                    ranges[-1][1] = hour + 60 * MINUTE
                else:
                    ranges.append([hour, hour + 60 * MINUTE])
    return ranges


def main():
    metadata, details, bars = sys.argv[1:]
    closures = {name: list(holidays(f"{details}/instrument-{name}.json")) for name in ("EUR-USD", "BTC-USD")}
    with open(pathlib.Path(__file__).parent / "calendars.tsv", "w", encoding="ascii", newline="\n") as out:
        print(f"# calendars.py, Python {sys.version.split()[0]}, time zone database 2025b", file=out)
        for symbol, closed in [*one_of_each(metadata), ("BTCUSD", {})]:
            # Pairs have six letters, and none of the shares that come first has.
            key = "BTC-USD" if symbol == "BTCUSD" else "EUR-USD" if len(symbol) == 6 and symbol.isalpha() else None
            is_open = open_minutes(closed, closures.get(key, []))
            print("minutes", symbol, *(sum(is_open[first:end]) for first, end in months()), sep="\t", file=out)
            for sunday in CHANGES:
                start, found = changes(is_open, sunday)
                print("changes", symbol, start, *found, sep="\t", file=out)
        for first, end in hours_with_bars(bars):
            print("bars", *(time.strftime("%Y-%m-%dT%H:%M:%SZ") for time in (first, end)), sep="\t", file=out)


if __name__ == "__main__":
    main()

"""Dated closures out of Dukascopy's own answers and files; used by generate.py.

`p`: published, the `holidays` of EUR/USD (for all currencies) and of BTC/USD (for all crypto-currencies).
`o`: observed.
- Crypto-currencies: whole days without volume in BTCUSD's day candles, in the `.bi5` files and in the JSON answers
  alike. Days on which the two differ are left out: the Saturdays of 2019, which the JSON interface has and the older
  files have not.
- Currencies: hours of December 2012 that are empty in GBPJPY's tick files though their week is open.
"""

import datetime
import json
import lzma
import pathlib
import struct

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
YEARS = range(2018, 2023)


def published(path):
    with open(path, encoding="utf-8") as file:
        for holiday in json.load(file)["holidays"]:
            yield tuple(datetime.datetime.fromtimestamp(holiday[end] // 1000, UTC) for end in ("from", "till"))


def days_of_json(path):
    with open(path, encoding="utf-8") as file:
        answer = json.load(file)
    time = answer["timestamp"]
    for step, volume in zip(answer["times"], answer["volumes"]):
        time += step * answer["shift"]
        if volume > 0:
            yield datetime.datetime.fromtimestamp(time // 1000, UTC)


def days_of_bi5(path, year):
    content = lzma.decompress(pathlib.Path(path).read_bytes())
    for seconds, *_, volume in struct.iter_unpack(">IIIIIf", content):
        if volume > 0:
            yield datetime.datetime(year, 1, 1, tzinfo=UTC) + datetime.timedelta(seconds=seconds)


def days_without_volume(details, files):
    """Days of whole years that have no volume in either source, as ranges that do not touch."""
    first = None
    for year in YEARS:
        traded = set(days_of_json(f"{details}/candles-day-BTC-USD-BID-{year}.json"))
        traded |= set(days_of_bi5(f"{files}/BTCUSD/{year}/BID_candles_day_1.bi5", year))
        day = datetime.datetime(year, 1, 1, tzinfo=UTC)
        while day.year == year:
            if day in traded and first:
                yield first, day
                first = None
            elif day not in traded and not first:
                first = day
            day += DAY
    assert first is None


def empty_hours(folder):
    """Empty hours of December 2012 from Sunday 22:00 UTC to Friday 22:00 UTC, which is 17:00 in New York, as ranges."""
    ranges = []
    for path in sorted(pathlib.Path(folder, "GBPJPY/2012/11").glob("*/*h_ticks.bi5")):
        hour = datetime.datetime(2012, 12, int(path.parent.name), int(path.name[:2]), tzinfo=UTC)
        if path.stat().st_size > 0 or (hour + datetime.timedelta(hours=2)).weekday() >= 5:
            continue
        if ranges and ranges[-1][1] == hour:
            ranges[-1] = ranges[-1][0], hour + HOUR
        else:
            ranges.append((hour, hour + HOUR))
    return ranges


def text(time):
    return time.strftime("%Y-%m-%dT%H:%MZ")


def rows(details, files):
    sources = [
        ("currencies", "p", published(f"{details}/instrument-EUR-USD.json")),
        ("currencies", "o", empty_hours(files)),
        ("crypto", "p", published(f"{details}/instrument-BTC-USD.json")),
        ("crypto", "o", days_without_volume(details, files)),
    ]
    found = [(market, start, end, basis) for market, basis, ranges in sources for start, end in ranges]
    for market, start, end, basis in sorted(found, key=lambda row: (row[0] != "currencies", row[1])):
        assert start < end and start.second == end.second == 0
        yield [market, text(start), text(end), basis]

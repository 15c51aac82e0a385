#!/usr/bin/env python3
"""Golden files for the JSON API from another reader of it, the package dukascopy-downloader.

    python3 -m venv venv && venv/bin/pip install dukascopy-downloader==1.1.0
    venv/bin/python generate_json.py write                             # json_ticks.*, json_candles.*
    venv/bin/python generate_json.py decode encoded_json_ticks.json    # prints what a reply that this crate encoded holds

The replies are random; what they hold, in the .csv files, is what dukascopy_downloader.decode reads from them.
`encoded_json_ticks.json` comes from this crate:

    cargo run -p aio-dukascopy --example json_of_bi5 -- tests/golden/ticks_size.bi5 EURUSD 2019-02-04T13:00:00Z
"""

import importlib.metadata
import json
import platform
import random
import sys

from dukascopy_downloader.decode import decode_candles, decode_ticks

HOUR, DAY = 1_549_285_200_000, 1_549_238_400_000  # 2019-02-04, 13:00 and 00:00 UTC


def deltas(values):
    return [after - before for before, after in zip([values[0], *values], values)]


def make_ticks(rng):
    times, asks, bids = [], [], []
    elapsed, bid = 0, 98_500
    while (elapsed + (step := rng.choice([0, 1, 53, 104, 15_000]) + rng.randrange(3))) < 3_600_000:
        elapsed, bid = elapsed + step, bid + rng.randrange(-3, 4)
        times.append(step)
        bids.append(bid)
        asks.append(bid + rng.randrange(-1, 5))
        if len(times) == 600:
            break
    volumes = [[rng.choice([0.0, 1.48, 2.5, 3.5, 13.0, 900000.0, 14490000.0]) for _ in times] for _ in range(2)]
    return {
        "timestamp": HOUR, "multiplier": 1e-3, "ask": asks[0] / 1e3, "bid": bids[0] / 1e3, "times": times,
        "asks": deltas(asks), "bids": deltas(bids), "askVolumes": volumes[0], "bidVolumes": volumes[1],
    }  # fmt: skip


def make_candles(rng):
    steps, rows = [], []
    minute, close = rng.randrange(5), 114_500
    before = 0
    while minute < 1_440:
        steps.append(minute - before)
        prices = [close + rng.randrange(-20, 21) for _ in range(4)]
        rows.append((prices[0], max(prices), min(prices), prices[1], round(rng.randrange(1, 90_000) / 100, 2)))
        before, close = minute, prices[1]
        minute += rng.choice([1, 1, 1, 1, 2, 7])
    opens, highs, lows, closes, volumes = map(list, zip(*rows))
    bases = {"open": opens[0] / 1e5, "high": highs[0] / 1e5, "low": lows[0] / 1e5, "close": closes[0] / 1e5}
    arrays = {"opens": deltas(opens), "highs": deltas(highs), "lows": deltas(lows), "closes": deltas(closes)}
    head = {"timestamp": DAY, "multiplier": 1e-5, "shift": 60_000, "times": steps}
    return head | bases | arrays | {"volumes": volumes}


def csv(frame, command):
    version = importlib.metadata.version("dukascopy-downloader")
    lines = [f"# dukascopy-downloader {version}, Python {platform.python_version()}", f"# python generate_json.py {command}"]
    millis = (frame["time"] - frame["time"].iloc[0].floor("D")).dt.total_seconds() * 1e3
    frame = frame.assign(time=millis.round().astype("int64")).rename(columns={"time": "millis_of_day"})
    lines.append(",".join(frame.columns))
    lines += [",".join(repr(value) for value in row) for row in frame.itertuples(index=False, name=None)]
    return "\n".join(lines) + "\n"


def write(name, reply, decode):
    with open(f"{name}.json", "w", encoding="ascii") as file:
        json.dump(reply, file, separators=(",", ":"))
    with open(f"{name}.csv", "w", encoding="ascii") as file:
        file.write(csv(decode(reply), "write"))


def main():
    if sys.argv[1] == "write":
        rng = random.Random(20190204)
        write("json_ticks", make_ticks(rng), decode_ticks)
        write("json_candles", make_candles(rng), decode_candles)
    else:
        with open(sys.argv[2], encoding="ascii") as file:
            print(csv(decode_ticks(json.load(file)), f"decode {sys.argv[2]}"), end="")


main()

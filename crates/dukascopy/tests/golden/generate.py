#!/usr/bin/env python3
"""Golden files for bi5 from two other LZMA implementations.

    python3 -m venv venv && venv/bin/pip install pylzma==0.6.1
    venv/bin/python generate.py write                      # ticks.csv, candles.csv and the four .bi5 files of them
    venv/bin/python generate.py decode encoded_size.bi5    # prints the records of a file that this crate encoded

`*_marker.bi5` come from Python's `lzma` (liblzma: unknown size, end marker), `*_size.bi5` from `pylzma` (LZMA SDK: size
in the header, no end marker, as Dukascopy writes). `encoded_size.bi5` and `encoded_marker.bi5` come from this crate:

    cargo run -p aio-dukascopy --example encode_ticks -- tests/golden/ticks.csv size tests/golden/encoded_size.bi5
"""

import lzma
import platform
import random
import struct
import sys

TICK, CANDLE = struct.Struct(">IIIff"), struct.Struct(">IIIIIf")


def header(command, tools="lzma, struct"):
    return f"# Python {platform.python_version()} with {tools}\n# python generate.py {command}\n"


def float32(value):
    return struct.unpack(">f", struct.pack(">f", value))[0]


def make_ticks(rng):
    millis, bid = 0, 114_500
    while (millis := millis + rng.randrange(1, 24_000)) < 3_600_000:
        bid += rng.randrange(-3, 4)
        yield millis, bid + rng.randrange(0, 4), bid, float32(rng.randrange(1, 900) / 100), float32(rng.random())


def make_candles(rng):
    close = 114_500
    for minute in range(1_440):
        if minute % 7 == 3:
            yield minute * 60, close, close, close, close, 0.0
            continue
        prices = [close + rng.randrange(-20, 21) for _ in range(4)]
        yield minute * 60, prices[0], prices[1], min(prices), max(prices), float32(rng.randrange(1, 90_000) / 100)
        close = prices[1]


def write(name, columns, rows, record):
    import pylzma

    raw = b"".join(record.pack(*row) for row in rows)
    with open(f"{name}.csv", "w", encoding="ascii") as file:
        file.write(header("write", f"lzma, struct, random, pylzma {pylzma.__version__}") + ",".join(columns) + "\n")
        file.writelines(",".join(map(repr, row)) + "\n" for row in rows)
    with open(f"{name}_marker.bi5", "wb") as file:
        file.write(lzma.compress(raw, format=lzma.FORMAT_ALONE))
    sdk = pylzma.compress(raw, eos=0, dictionary=22)
    with open(f"{name}_size.bi5", "wb") as file:
        file.write(sdk[:5] + struct.pack("<Q", len(raw)) + sdk[5:])


def main():
    if sys.argv[1] == "write":
        rng = random.Random(20190204)
        write("ticks", ["millis", "ask", "bid", "ask_volume", "bid_volume"], list(make_ticks(rng)), TICK)
        write("candles", ["seconds", "open", "close", "low", "high", "volume"], list(make_candles(rng)), CANDLE)
    else:
        with open(sys.argv[2], "rb") as file:
            raw = lzma.decompress(file.read(), format=lzma.FORMAT_ALONE)
        print(header(f"decode {sys.argv[2]}") + "millis,ask,bid,ask_volume,bid_volume")
        for row in TICK.iter_unpack(raw):
            print(*map(repr, row), sep=",")


main()

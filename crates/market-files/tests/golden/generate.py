#!/usr/bin/env python3
"""Golden files of bars and ticks from other implementations, and a look at this crate's own files.

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 polars==2.1.0 pandas==3.1.1
    venv/bin/python generate.py write              # bars.csv, ticks.csv and the files beside them
    venv/bin/python generate.py check OURS.parquet # prints what both implementations read from a file of this crate

`bars.csv` and `ticks.csv` hold what every good file must give, `bad_*.parquet` must be refused.
"""

import datetime
import platform
import random
import struct
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

VERSIONS = f"Python {platform.python_version()}, pyarrow {pa.__version__}, polars {pl.__version__}"
START = 1_743_465_600  # 2025-04-01T00:00:00Z
NANO = 1_000_000_000


def make_rows():
    rng, price, rows = random.Random(20250401), 108_177, []
    for minute in range(64):
        if minute % 20 == 7:
            continue  # a minute without ticks
        walk = [price + rng.randrange(-9, 10) for _ in range(6)]
        price = walk[-1]
        spread = None if minute % 15 == 3 else rng.randrange(30, 90) / 2**20
        ohlc = [walk[0] / 1e5, max(walk) / 1e5, min(walk) / 1e5, walk[-1] / 1e5]
        rows.append([(START + minute * 60) * NANO, *ohlc, rng.randrange(0, 4_000) / 8, spread, rng.randrange(1, 300)])
    return rows


NAMES = ["open_time", "open", "high", "low", "close", "volume", "spread", "tick_count"]


def table(time_type, names=NAMES, price=pa.float64(), volume=pa.float64(), count=pa.uint32(), **replaced):
    columns = dict(zip(NAMES, map(list, zip(*make_rows()))))
    columns.update(replaced)
    time = pa.array(columns["open_time"], pa.timestamp("ns", "UTC")).cast(time_type)
    types = [None, price, price, price, price, volume, pa.float64(), count]
    arrays = [time] + [pa.array(columns[name], kind) for name, kind in list(zip(NAMES, types))[1:]]
    return pa.table(dict(zip(names, arrays)))


def write(rows):
    def save(name, data, **options):
        pq.write_table(data, f"{name}.parquet", **options)

    utc = {unit: pa.timestamp(unit, "UTC") for unit in ("ms", "us", "ns")}
    save("snappy_dictionary", table(utc["ns"]), compression="snappy", use_dictionary=True, version="2.6")
    save("zstd_pages_v2_groups", table(utc["us"]), compression="zstd", data_page_version="2.0", row_group_size=20)
    split = {name: "BYTE_STREAM_SPLIT" for name in NAMES[1:7]} | {"open_time": "DELTA_BINARY_PACKED"}
    save("plain_encodings", table(utc["ms"]), compression="none", use_dictionary=False, column_encoding=split)
    save("old_converted_types", table(utc["ms"]), compression="snappy", version="1.0")
    other = ["datetime", "Open", "High", "Low", "Close", "volume", "avg_spread", "ticks"]
    naive = table(pa.timestamp("us"), other).append_column("extra", pa.array(["a"] * len(rows)))
    save("naive_aliases_extra", naive, compression="zstd")
    integers = table(pa.timestamp("ns"), count=pa.int64())
    seconds = pa.array([row[0] // NANO for row in rows], pa.int64())
    save("integer_seconds", integers.set_column(0, "time", seconds), compression="snappy")
    pl.from_arrow(table(pa.timestamp("ms"))).write_parquet("polars_zstd.parquet", compression="zstd")

    days = [datetime.date(2025, 4, 1) + datetime.timedelta(days=i) for i in range(3)]
    prices = {name: pa.array([100, 102, 101], pa.int32()) for name in ("open", "high", "low", "close")}
    save("days_of_integers", pa.table({"date": pa.array(days), **prices, "volume": pa.array([0.5, 1, 2], pa.float32())}))

    save("bad_int96", table(pa.timestamp("ns")), use_deprecated_int96_timestamps=True)
    columns = dict(zip(NAMES, map(list, zip(*rows))))

    def changed(name, row, value):
        return columns[name][:row] + [value] + columns[name][row + 1 :]

    save("bad_null", table(utc["ns"], close=changed("close", 40, None)))
    save("bad_nan", table(utc["ns"], high=changed("high", 40, float("nan"))))
    save("bad_order", table(utc["ns"], open_time=changed("open_time", 40, columns["open_time"][38])))
    save("bad_missing", table(utc["ns"]).drop_columns(["low"]))
    text = pa.array([str(row[1]) for row in rows])
    save("bad_text", table(utc["ns"]).set_column(1, "open", text))
    nested = pa.array([[row[1]] for row in rows])
    save("bad_nested", table(utc["ns"]).set_column(1, "open", nested))
    save("bad_gzip", table(utc["ns"]), compression="gzip")

    with open("bars.csv", "w", encoding="ascii") as file:
        file.write(f"# {VERSIONS}\n# python generate.py write\n{','.join(NAMES)}\n")
        for row in rows:
            file.write(",".join("" if cell is None else repr(cell) for cell in row) + "\n")


TICKS = ["time", "bid", "ask", "bid_volume", "ask_volume"]


def make_ticks():
    """Some share their time, some are before 1970, volumes are rounded to 32 bits as feeds do."""
    rng, price, rows = random.Random(20190204), 114_512, []
    single = lambda value: struct.unpack("<f", struct.pack("<f", value))[0]
    for start in (-86_400_123, 1_549_238_400_123):
        millis = start
        for _ in range(40):
            millis += rng.choice([0, 1, 250, 61_000])
            price += rng.randrange(-3, 4)
            volumes = [single(rng.randrange(0, 900) / 100) for _ in range(2)]
            rows.append([millis, price / 1e5, (price + rng.randrange(1, 9)) / 1e5, *volumes])
    return rows


def write_ticks(rows):
    frame = pd.DataFrame(rows, columns=TICKS)
    times = pd.to_datetime(frame["time"], unit="ms", utc=True).astype("datetime64[ns, UTC]")
    typed = frame.assign(time=times)
    typed.to_csv("ticks_pandas.csv", index=False)
    typed.to_parquet("ticks_pandas.parquet", index=False, compression="snappy")
    other = frame.rename(columns={"time": "timestamp", "bid": "bidPrice", "ask": "askPrice", "bid_volume": "bidVolume",
                                  "ask_volume": "askVolume"})
    other = other[["timestamp", "askPrice", "bidPrice", "askVolume", "bidVolume"]]
    other.to_csv("ticks_millis.csv", index=False)
    naive = pl.DataFrame(rows, schema=TICKS, orient="row").with_columns(pl.col("time").cast(pl.Datetime("ms")))
    naive.write_csv("ticks_polars.csv")
    naive.drop("bid_volume", "ask_volume").with_columns(side=pl.lit("none")).write_parquet("ticks_polars.parquet")
    bad = pa.Table.from_pandas(typed, preserve_index=False)
    zero = pa.array([0.0 if at == 70 else row[2] for at, row in enumerate(rows)])
    pq.write_table(bad.set_column(2, "ask", zero), "bad_ticks.parquet")
    with open("ticks.csv", "w", encoding="ascii") as file:
        file.write(f"# {VERSIONS}, pandas {pd.__version__}\n# python generate.py write\n{','.join(TICKS)}\n")
        for millis, *numbers in rows:
            file.write(",".join([str(millis), *map(repr, numbers)]) + "\n")


def check(path):
    print(VERSIONS)
    print(pq.ParquetFile(path).schema)
    print(pq.ParquetFile(path).metadata.metadata)
    print(pl.from_arrow(pq.read_table(path)))
    frame = pl.read_parquet(path)
    assert frame.equals(pl.from_arrow(pq.read_table(path))), "the two read different values"
    print(frame.describe())


if sys.argv[1] == "write":
    write(make_rows())
    write_ticks(make_ticks())
else:
    check(sys.argv[2])

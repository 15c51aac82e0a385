#!/usr/bin/env python3
"""Reads the files of this crate with other implementations and compares every value.

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 polars==2.1.0 pandas==3.1.1
    PATH=$PWD/venv/bin:$PATH cargo test -p aio-market-files --all-features --test others -- --nocapture

The test `others` writes a folder of `NAME.EXTENSION` and `NAME.bits` (each value as an integer: nanoseconds, the bits of
a double, a count, or null), and copies of the Parquet files that lie beside this script with one more column (`copies`),
and runs this script on it. Exit code 77: a package is missing.
"""

import csv
import json
import pathlib
import platform
import struct
import sys

try:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.feather
    import pyarrow.ipc
    import pyarrow.json
    import pyarrow.parquet as pq
except ImportError as error:
    print(f"{error}; see {pathlib.Path(__file__).name}")
    sys.exit(77)

FOLDER = pathlib.Path(sys.argv[1])
OHLCV = ["open", "high", "low", "close", "volume"]
COLUMNS = {
    "side": ["open_time", *OHLCV],
    "spread": ["open_time", *OHLCV, "spread", "tick_count"],
    "quotes": [
        "open_time",
        *(f"{side}_{name}" for side in ("bid", "ask", "mid") for name in OHLCV if (side, name) != ("mid", "volume")),
        "spread",
        "tick_count",
    ],
    "ticks": ["time", "bid", "ask", "bid_volume", "ask_volume"],
}
BARS = {"timeframe": "D1", "day_start": "new-york", "symbol": "EURUSD"}
METADATA = {"side": BARS | {"side": "bid"}, "spread": BARS | {"side": "ask"}, "quotes": BARS, "ticks": {"symbol": "EURUSD"}}
OTHERS = ("open_time", "time", "tick_count")  # all other values are floats, whole or not
UTC = pa.timestamp("ns", "UTC")
n_checked = {}


def expected(name):
    lines = (FOLDER / f"{name}.bits").read_text().splitlines()
    return [[None if cell == "null" else int(cell) for cell in line.split(",")] for line in lines]


def bits(value, column):
    if value is None or value != value:
        return None
    return int(value) if column == "tick_count" else struct.unpack("<Q", struct.pack("<d", float(value)))[0]


def compare(reader, name, columns, rows):
    assert columns == COLUMNS[name], f"{reader}, {name}: columns {columns}"
    found = [[row[0], *(bits(value, column) for value, column in zip(row[1:], columns[1:]))] for row in rows]
    wanted = expected(name)
    assert len(found) == len(wanted), f"{reader}, {name}: {len(found)} rows"
    for at, (ours, theirs) in enumerate(zip(wanted, found)):
        assert ours == theirs, f"{reader}, {name}, row {at + 1}: wrote {ours}, read {theirs}"
    n_checked[reader] = n_checked.get(reader, 0) + sum(map(len, found))


def arrow(reader, name, table, says=True):
    """Typed columns, as they are."""
    assert table.schema.field(0).type == UTC, f"{reader}, {name}: {table.schema}"
    for field in list(table.schema)[1:]:
        wanted = pa.uint32() if field.name == "tick_count" else pa.float64()
        assert field.type == wanted, f"{reader}, {name}: {field}"
        assert table[field.name].null_count == 0 or field.name == "spread", f"{reader}, {name}: null in {field}"
    if says:
        said = {key.decode(): text.decode() for key, text in (table.schema.metadata or {}).items()}
        assert said == METADATA[name], f"{reader}, {name}: says {said}"
    times = table.column(0).cast(pa.int64()).to_pylist()
    rest = [table[column].to_pylist() for column in table.column_names[1:]]
    compare(reader, name, table.column_names, zip(times, *rest))


def polars(reader, name, frame):
    assert frame.dtypes[0] == pl.Datetime("ns", "UTC"), f"{reader}, {name}: {frame.schema}"
    arrow(reader, name, frame.to_arrow(), says=False)


def text(reader, name, columns, rows):
    """Times are still text."""
    compare(reader, name, columns, ([pd.Timestamp(row[0]).value, *row[1:]] for row in rows))


def check_csv(name, path):
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    text("csv of the standard library", name, header, ([row[0], *(cell or None for cell in row[1:])] for row in rows))
    # Left to guess, some readers take a plain 10^300 for an integer.
    numbers = [column for column in COLUMNS[name][1:] if column != "tick_count"]
    frame = pd.read_csv(path, dtype=dict.fromkeys(numbers, "float64"))
    text("pandas.read_csv", name, list(frame.columns), frame.itertuples(index=False))
    types = {COLUMNS[name][0]: UTC} | dict.fromkeys(numbers, pa.float64())
    table = pyarrow.csv.read_csv(path, convert_options=pyarrow.csv.ConvertOptions(column_types=types))
    rows = zip(table.column(0).cast(pa.int64()).to_pylist(), *(column.to_pylist() for column in table.columns[1:]))
    compare("pyarrow.csv", name, table.column_names, rows)
    frame = pl.read_csv(path, schema_overrides=dict.fromkeys(numbers, pl.Float64))
    text("polars.read_csv", name, frame.columns, frame.iter_rows())


def check_json(name, path):
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert all(isinstance(value, (float, type(None))) for row in rows for key, value in row.items() if key not in OTHERS)
    text("json of the standard library", name, list(rows[0]), (list(row.values()) for row in rows))
    frame = pl.read_ndjson(path)
    text("polars.read_ndjson", name, frame.columns, frame.iter_rows())
    # Not pandas.read_json, which refuses numbers as small as 5e-324.
    schema = pyarrow.json.ParseOptions(explicit_schema=pa.schema([(COLUMNS[name][0], UTC)]))
    table = pyarrow.json.read_json(path, parse_options=schema)
    rows = zip(table.column(0).cast(pa.int64()).to_pylist(), *(column.to_pylist() for column in table.columns[1:]))
    compare("pyarrow.json", name, table.column_names, rows)


for name in COLUMNS:
    check_csv(name, FOLDER / f"{name}.csv")
    check_json(name, FOLDER / f"{name}.jsonl")
    path = FOLDER / f"{name}.parquet"
    arrow("pyarrow.parquet", name, pq.read_table(path))
    polars("polars.read_parquet", name, pl.read_parquet(path))
    arrow("pandas.read_parquet", name, pa.Table.from_pandas(pd.read_parquet(path, dtype_backend="pyarrow")), says=False)
    path = FOLDER / f"{name}.arrow"
    if path.exists():
        arrow("pyarrow.ipc.open_file", name, pa.ipc.open_file(path).read_all())
        arrow("pyarrow.feather", name, pyarrow.feather.read_table(path))
        polars("polars.read_ipc", name, pl.read_ipc(path))
        path = FOLDER / f"{name}.arrows"
        arrow("pyarrow.ipc.open_stream", name, pa.ipc.open_stream(path.read_bytes()).read_all())
        polars("polars.read_ipc_stream", name, pl.read_ipc_stream(path))

def check_copy(path):
    """The columns of the original, and the number of the row with null in every third."""
    original, copy = pq.read_table(pathlib.Path(__file__).with_name(path.name)), pq.read_table(path)
    assert copy.column_names == [*original.column_names, "added"], f"{path.name}: {copy.column_names}"
    # As text, in which NaN equals itself.
    assert repr(copy.select(original.column_names).to_pylist()) == repr(original.to_pylist()), path.name
    added = [None if row % 3 == 2 else float(row) for row in range(len(original))]
    assert copy["added"].to_pylist() == added, path.name
    if "int96" not in path.name:
        assert pl.read_parquet(path)["added"].to_list() == added, path.name
    n_checked["copies"] = n_checked.get("copies", 0) + copy.num_rows * copy.num_columns


copies = sorted((FOLDER / "copies").glob("*.parquet"))
assert len(copies) > 10, f"only {len(copies)} copies"
for path in copies:
    check_copy(path)

print(f"Python {platform.python_version()}, pyarrow {pa.__version__}, polars {pl.__version__}, pandas {pd.__version__}")
for reader, count in n_checked.items():
    print(f"{reader}: {count} values as written")

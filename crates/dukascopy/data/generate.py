#!/usr/bin/env python3
"""Writes instruments.tsv from a CSV of Dukascopy's instrument metadata.

    python3 generate.py PATH/TO/instruments.csv > instruments.tsv

Needs Python 3.9 or newer and nothing else. The CSV has one row per instrument, with the columns named in `FIELDS` and
`FACTOR`; its facts come from the instrument metadata of dukascopy-node 1.46.4 and 1.49.0 (MIT).
Dates that are placeholders in the metadata (1970-01-01 and 2000-01-01, midnight) become empty.
"""

import csv
import math
import sys

FIELDS = ["id", "datafeed_symbol", "description", "pip_value", "group", "first_tick", "first_m1", "first_h1", "first_d1"]
FACTOR = "decimal_factor_bi5(10/pip; v1.46.4)"
PLACEHOLDERS = {"1970-01-01T00:00:00.000Z", "2000-01-01T00:00:00.000Z"}


def history(row):
    """The start of ticks to the hour, then of M1, H1 and D1 candles to the day; `=` repeats the day before it."""
    tick, *candles = ("" if row[field] in PLACEHOLDERS else row[field] for field in FIELDS[5:])
    days = [text[:10] for text in candles]
    short = ["=" if day and day == before else day for before, day in zip([None, *days], days)]
    return [tick[:13], *short]


def line(row):
    symbol, factor, pip = row["id"].upper(), row[FACTOR], row["pip_value"]
    basis = "p" if factor else "d"  # published, or derived from the pip
    factor = int(factor) if factor else round(10 / float(pip))
    decimals = len(str(factor)) - 1
    assert factor == 10**decimals and symbol.isalnum()
    pip_decimals = round(-math.log10(float(pip))) if pip else decimals - 1
    feed = row["datafeed_symbol"]
    return [
        symbol,
        "" if feed == symbol else feed,
        str(decimals),
        basis,
        str(pip_decimals),
        row["group"],
        *history(row),
        " ".join(row["description"].split()),
    ]


def main():
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        rows = sorted(map(line, csv.DictReader(file)))
    assert len({row[0] for row in rows}) == len(rows), "a symbol appears twice"
    print("symbol", "feed", "decimals", "basis", "pip", "group", "tick", "m1", "h1", "d1", "name", sep="\t")
    for row in rows:
        assert not any("\t" in cell for cell in row)
        print(*row, sep="\t")


main()

#!/usr/bin/env python3
"""Writes json_codes.tsv: the instruments whose code in the JSON API does not follow from symbol and group.

    python3 json_codes.py PATH/TO/instruments.csv > json_codes.tsv

Needs Python 3.9 or newer and nothing else; the CSV is that of generate.py. An empty code says that the API does not list
the instrument (dukascopy-node 1.49.0, July 2026).
"""

import csv
import sys


def by_rule(symbol, group):
    base, quote = symbol[:-3], symbol[-3:]
    if group.startswith("FX_") or group == "VCCY":
        return f"{base}-{quote}"
    letters = 3 if base.endswith(("IDX", "CMD")) else 2
    return f"{base[:-letters]}.{base[-letters:]}-{quote}"


def main():
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        rows = [(row["id"].upper(), row["jetta_code"], row["group"]) for row in csv.DictReader(file)]
    print("symbol", "code", sep="\t")
    for symbol, code, group in sorted(rows):
        if code != by_rule(symbol, group):
            print(symbol, code, sep="\t")


main()

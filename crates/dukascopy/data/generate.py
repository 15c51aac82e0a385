#!/usr/bin/env python3
"""Writes instruments.tsv, sessions.tsv and closures.tsv beside itself.

    python3 generate.py INSTRUMENTS.csv METADATA.json DETAILS_DIR FILES_DIR

Needs Python 3.9 or newer with a time zone database, and nothing else.

- INSTRUMENTS.csv: one row per instrument, with the columns named in `FIELDS` and `FACTOR`; its facts come from the
  instrument metadata of dukascopy-node 1.46.4 and 1.49.0 (MIT).
- METADATA.json: Dukascopy's instrument metadata as published 2025-06-16, with `market_closed` and `historical_filename`
  of 1,604 instruments.
- DETAILS_DIR: the answers `instrument-EUR-USD.json` and `instrument-BTC-USD.json` of Dukascopy's JSON interface, with
  their `holidays` and sessions, and its day candles `candles-day-BTC-USD-BID-YYYY.json`.
- FILES_DIR: a mirror with `BTCUSD/YYYY/BID_candles_day_1.bi5`, 2018 to 2022, and GBPJPY's tick hours of December 2012.

| column of instruments.tsv | from |
|---|---|
| symbol, feed, pip, group, name | INSTRUMENTS.csv |
| decimals, basis | its bi5 factor (`p`, published), or a tenth of the pip (`d`, derived) |
| sessions, sessions_basis | METADATA.json, BTCUSD: its JSON answer (`p`); the rules of `derived` (`d`); empty: not known |
| tick, m1, h1, d1 | INSTRUMENTS.csv; `PLACEHOLDERS` become empty; `=` repeats the day before it |
"""

import csv
import datetime
import math
import pathlib
import sys

import closures
import sessions

FIELDS = ["id", "datafeed_symbol", "description", "pip_value", "group", "first_tick", "first_m1", "first_h1", "first_d1"]
FACTOR = "decimal_factor_bi5(10/pip; v1.46.4)"
PLACEHOLDERS = {"1970-01-01T00:00:00.000Z", "2000-01-01T00:00:00.000Z"}
HERE = pathlib.Path(__file__).parent

CURRENCIES = set(
    "AED AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PLN RON SAR SEK SGD THB TRY USD ZAR".split()
)
# Crypto-currencies that are in no group any more, or were in none yet.
CRYPTO_WITHOUT_GROUP = {"ENJUSD", "EOSUSD", "MATUSD", "MKRUSD"}


def plain(text):
    return "".join(letter for letter in text if letter.isalnum())


def exchange(row):
    """`US` of `AAPL.US/USD`, empty for pairs."""
    base = row["name"].split("/")[0]
    return base.rsplit(".", 1)[1] if "." in base else ""


class Sessions:
    """Which schedule an instrument has, and how that is known."""

    def __init__(self, metadata, rows):
        self.metadata, self.rows = metadata, rows

    def published(self, row):
        if row["id"] == "btcusd":
            return sessions.ALWAYS
        return self.metadata.published(plain(row["datafeed_symbol"]))

    def agreed(self, members):
        """The one schedule published for all of these; None if there is none or more than one."""
        names = {name for name in map(self.published, members) if name}
        return names.pop() if len(names) == 1 else None

    def first_tick_is_outside(self, row, name):
        text = row["first_tick"]
        if not text or text in PLACEHOLDERS:
            return False
        time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        return not sessions.is_open_at(*self.metadata.schedules[name], time)

    def derived(self, row):
        """The schedule of what is alike: crypto-currencies, pairs of currencies, spot metals, an exchange's shares."""
        symbol, group = row["id"].upper(), row["group"]
        if group == "VCCY" or symbol in CRYPTO_WITHOUT_GROUP:
            return sessions.ALWAYS
        if len(symbol) == 6 and {symbol[:3], symbol[3:]} <= CURRENCIES:
            return "currencies"
        if group == "FX_METALS":
            return self.agreed(other for other in self.rows if other["group"] == group)
        suffix = exchange(row)
        if not suffix or suffix in {"CMD", "IDX", "TR", "FN"}:
            return None
        # Delisted shares have no group and may have an outdated schedule.
        name = self.agreed(other for other in self.rows if exchange(other) == suffix and other["group"])
        alike = [other for other in self.rows if exchange(other) == suffix and other["group"] == group]
        # Funds of London carry the suffix US too; their first ticks give them away.
        return None if name and any(self.first_tick_is_outside(other, name) for other in alike) else name

    def of(self, row):
        name = self.published(row)
        if name:
            return [name, "p"]
        name = self.derived(row)
        return [name, "d"] if name else ["", ""]


def history(row):
    """The start of ticks to the hour, then of M1, H1 and D1 candles to the day; `=` repeats the day before it."""
    tick, *candles = ("" if row[field] in PLACEHOLDERS else row[field] for field in FIELDS[5:])
    days = [text[:10] for text in candles]
    short = ["=" if day and day == before else day for before, day in zip([None, *days], days)]
    return [tick[:13], *short]


def line(row, known_sessions):
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
        *known_sessions.of(row),
        *history(row),
        " ".join(row["description"].split()),
    ]


def write(name, header, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as file:
        for row in [header, *rows]:
            assert not any("\t" in cell for cell in row)
            print(*row, sep="\t", file=file)


def main():
    csv_path, metadata_path, details, files = sys.argv[1:]
    with open(csv_path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    metadata = sessions.Metadata(metadata_path)
    known_sessions = Sessions(metadata, rows)
    lines = sorted(line(row, known_sessions) for row in rows)
    assert len({cells[0] for cells in lines}) == len(lines), "a symbol appears twice"
    columns = "symbol feed decimals basis pip group sessions sessions_basis tick m1 h1 d1 name".split()
    write("instruments.tsv", columns, lines)
    schedules = {**metadata.schedules, sessions.ALWAYS: ("UTC", "Mon-Sun 00:00-24:00")}
    write("sessions.tsv", ["name", "zone", "open"], ([name, *schedule] for name, schedule in sorted(schedules.items())))
    write("closures.tsv", ["market", "from", "till", "basis"], closures.rows(details, files))


if __name__ == "__main__":
    main()

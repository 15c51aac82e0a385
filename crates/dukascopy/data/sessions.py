"""Weekly trading sessions out of Dukascopy's instrument metadata; used by generate.py.

The metadata name, per instrument, the closed stretches of a week in the wall-clock time of a zone, both ends inclusive
to the minute: `WEEKLY` from one ISO weekday and time to another, `DAILY` from one time to another on every day. A
schedule is what they leave open, named by us after one of its instruments (`REPRESENTATIVES`).
"""

import collections
import datetime
import json
import zoneinfo

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
DAY = 24 * 60
WEEK = 7 * DAY

# Published zone → today's name of the zone, or one that is equal at every boundary from 2003 on, which
# `assert_same_instants` checks; and how many minutes later its clocks are.
ZONES = {
    "America/Los_Angeles": ("America/New_York", 180),
    "US/Eastern": ("America/New_York", 0),
    "US/Central": ("America/Chicago", 0),
    "Mexico/General": ("America/Mexico_City", 0),
    "Europe/Kiev": ("Europe/Helsinki", 0),
}

REPRESENTATIVES = {
    "currencies": "EURUSD",
    "spot-metals": "XAUUSD",
    "eurhuf": "EURHUF",
    "usdhuf": "USDHUF",
    "usdils": "USDILS",
    "usdron": "USDRON",
    "usdthb": "USDTHB",
    "us-shares": "AAPLUSUSD",
    "uk-shares": "AALGBGBX",
    "euro-shares": "ADSDEEUR",
    "swiss-shares": "ABBNCHCHF",
    "swedish-shares": "ALFASESEK",
    "swedish-abb-shares": "ABBSESEK",
    "danish-shares": "CARLBDKDKK",
    "finnish-shares": "ELI1VFIEUR",
    "norwegian-shares": "DNBNONOK",
    "japanese-shares": "2502JPJPY",
    "hong-kong-shares": "0005HKHKD",
    "mexican-shares": "ALFAAMXMXN",
    "us-indices": "USA500IDXUSD",
    "us-small-caps": "USSC2000IDXUSD",
    "dollar-index": "DOLLARIDXUSD",
    "us-bond-and-volatility": "USTBONDTRUSD",
    "european-indices": "EUSIDXEUR",
    "german-index": "DEUIDXEUR",
    "british-index": "GBRIDXGBP",
    "spanish-index": "ESPIDXEUR",
    "polish-index": "PLNIDXPLN",
    "hong-kong-index": "HKGIDXHKD",
    "chinese-index": "CHIIDXUSD",
    "singaporean-index": "SGDIDXSGD",
    "australian-index": "AUSIDXAUD",
    "south-african-index": "SOAIDXZAR",
    "british-gilt": "UKGILTTRGBP",
    "brent-and-gasoil": "BRENTCMDUSD",
    "cocoa": "COCOACMDUSD",
    "coffee": "COFFEECMDUSX",
    "cotton": "COTTONCMDUSX",
    "orange-juice": "OJUICECMDUSX",
    "soybean": "SOYBEANCMDUSX",
    "sugar": "SUGARCMDUSD",
}

# The same hours in the same week, but two clocks: Hong Kong's sessions are published in Singapore's time.
HONG_KONG = {"hong-kong-shares", "hong-kong-index"}

ALWAYS = "crypto"


def closed_ranges(published):
    """(zone, first closed minute of the week, last) of one instrument, minutes from Monday 00:00."""
    for first, h1, m1, last, h2, m2, zone in published.get("WEEKLY", []):
        yield zone, (first - 1) * DAY + h1 * 60 + m1, (last - 1) * DAY + h2 * 60 + m2
    for h1, m1, h2, m2, zone in published.get("DAILY", []):
        for day in range(7):
            yield zone, day * DAY + h1 * 60 + m1, day * DAY + h2 * 60 + m2


def open_minutes(published):
    """The zone, and for each minute of its week whether the instrument is open."""
    zones, is_open = set(), [True] * WEEK
    for zone, first, last in closed_ranges(published):
        assert first <= last
        zones.add(zone)
        is_open[first : last + 1] = [False] * (last + 1 - first)
    (zone,) = zones
    return zone, is_open


def stretches(is_open):
    """Open stretches as (first minute, length), cut into pieces of a day; minutes may pass the week's end."""
    starts = [i for i in range(WEEK) if is_open[i] and not is_open[i - 1]] or ([0] if is_open[0] else [])
    for start in starts:
        length = next((n for n in range(WEEK) if not is_open[(start + n) % WEEK]), WEEK)
        for offset in range(0, length, DAY):
            yield (start + offset) % WEEK, min(DAY, length - offset)


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def notation(is_open):
    """`Mon-Fri 09:30-16:00`: on each of these days from, until; an end that is not later is on the next day."""
    days_of = collections.defaultdict(list)
    for start, length in stretches(is_open):
        days_of[start % DAY, length].append(start // DAY)
    texts = []
    for (start, length), days in days_of.items():
        end = start + length if start + length <= DAY else start + length - DAY
        # A week is written from the day after the first gap: Sunday to Thursday, not Monday to Thursday and Sunday.
        first = next((day for day in days if (day - 1) % 7 not in days), 0)
        assert sorted((first + n) % 7 for n in range(len(days))) == sorted(days), "days do not follow one another"
        last = (first + len(days) - 1) % 7
        name = DAYS[first] if len(days) == 1 else f"{DAYS[first]}-{DAYS[last]}"
        texts.append(f"{name} {clock(start)}-{clock(end)}")
    return ", ".join(texts)


def instant(zone, day, minute):
    midnight = datetime.datetime.combine(day, datetime.time(), zoneinfo.ZoneInfo(zone))
    return (midnight + datetime.timedelta(minutes=minute)).timestamp()


def assert_same_instants(zone, other, shift, is_open):
    edges = {i for i in range(WEEK) if is_open[i] != is_open[i - 1]}
    monday = datetime.date(2003, 1, 6)
    for week in range(28 * 52):
        for edge in edges:
            day = monday + datetime.timedelta(weeks=week, days=edge // DAY)
            moved = edge % DAY + shift
            there = day + datetime.timedelta(days=moved // DAY)
            assert instant(zone, day, edge % DAY) == instant(other, there, moved % DAY), (zone, other, day, edge)


def schedule(name, published):
    """(zone, notation) of a schedule in the zone that we write it in."""
    zone, is_open = open_minutes(published)
    other, shift = ("Asia/Hong_Kong", 0) if name in HONG_KONG else ZONES.get(zone, (zone, 0))
    if other != zone:
        assert_same_instants(zone, other, shift, is_open)
    return other, notation([is_open[(i - shift) % WEEK] for i in range(WEEK)])


class Metadata:
    """The published file, by feed symbol."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            instruments = json.load(file)["instruments"]
        self.closed = {}
        for title, facts in instruments.items():
            feed = facts["historical_filename"] or "".join(c for c in title if c.isalnum())
            self.closed["".join(c for c in feed if c.isalnum())] = facts["market_closed"] or None
        self.schedules = {name: schedule(name, self.closed[feed]) for name, feed in REPRESENTATIVES.items()}
        names = {key(self.closed[feed]): name for name, feed in REPRESENTATIVES.items()}
        assert len(names) == len(REPRESENTATIVES), "two representatives of one schedule"
        self.names = {feed: names[key(closed)] for feed, closed in self.closed.items() if closed}

    def published(self, feed):
        """The name of the schedule published for a feed symbol, or None."""
        return self.names.get(feed)


def key(published):
    """Equal for equal schedules, whatever the order in which they are published."""
    return frozenset(closed_ranges(published))


def is_open_at(zone, text, time):
    """Whether a schedule in our notation is open at an aware `time`."""
    local = time.astimezone(zoneinfo.ZoneInfo(zone))
    minute = local.weekday() * DAY + local.hour * 60 + local.minute
    for session in text.split(", "):
        days, hours = session.split(" ")
        first, last = (DAYS.index(day) for day in (days.split("-") * 2)[:2])
        start, end = (int(part[:2]) * 60 + int(part[3:]) for part in hours.split("-"))
        length = (end - start) % DAY or DAY
        for n in range((last - first) % 7 + 1):
            if (minute - ((first + n) % 7) * DAY - start) % WEEK < length:
                return True
    return False

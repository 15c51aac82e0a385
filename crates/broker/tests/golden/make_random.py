#!/usr/bin/env python3
"""Writes random_commands.csv and random_trades.csv: seeded random commands to Pine's broker emulator, and what it traded.

The trades come from PyneCore, as in `make_pine.py`, over the bars of that script. Each seed has rules and costs of its
own; each command stands on one line and is given at the close of one bar.

    venv/bin/python -W ignore make_random.py [SEED...]

Of the seeds 1 to 160, 132 trade alike from the first to the last trade. The others part on what the crate's
documentation lists under "Where PyneCore differs"; the files hold the first of those that trade alike.
"""

import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import make_pine  # noqa: E402
import pine2pyne  # noqa: E402
from pine_runner import TOOL, symbol  # noqa: E402
from pynecore.core.script_runner import ScriptRunner  # noqa: E402
from pynecore.types.ohlcv import OHLCV  # noqa: E402

SEEDS = [seed for seed in range(1, 16) if seed not in (10, 11, 13)]
N_BARS = 300
COMMISSIONS = {"none": None, "percent": ("percent", 0.03), "unit": ("cash_per_contract", 0.01), "order": ("cash_per_order", 0.9)}


def rules(rng):
    return {
        "pyramiding": rng.choice([1, 1, 2, 4]),
        "any": rng.choice([0, 0, 1]),
        "on_close": rng.choice([0, 0, 0, 1]),
        "slippage": rng.choice([0, 0, 1, 3]),
        "commission": rng.choice(list(COMMISSIONS)),
        "percent": rng.choice([0, 0, 20]),
    }


def declaration(seed, rule):
    text = f'strategy("random {seed}", initial_capital=10000, margin_long=0, margin_short=0'
    text += f', pyramiding={rule["pyramiding"]}, slippage={rule["slippage"]}'
    if rule["any"]:
        text += ', close_entries_rule="ANY"'
    if rule["on_close"]:
        text += ", process_orders_on_close=true"
    if rule["percent"]:
        text += f', default_qty_type=strategy.percent_of_equity, default_qty_value={rule["percent"]}'
    if COMMISSIONS[rule["commission"]]:
        kind, value = COMMISSIONS[rule["commission"]]
        text += f", commission_type=strategy.commission.{kind}, commission_value={value}"
    return text + ")"


def command(rng, bar, rule):
    """One command as (kind, id, entry, direction, arguments).

    The name of an entry or order says its kind, side and shape, so that no name changes its meaning; exits lie on the
    sides of the close on which they belong.
    """
    close = bar[4]
    kind = rng.choices(["entry", "order", "exit", "close", "close_all", "cancel", "cancel_all"], [8, 2, 7, 2, 1, 1, 0.3])[0]
    side = rng.choice(["long", "short"])
    shape = rng.choice(["market", "limit", "stop", "stop_limit"])
    name = f"{'O' if kind == 'order' else 'E'}{side[0]}{shape[0]}{'l' if shape == 'stop_limit' else ''}"
    sign = 1 if side == "long" else -1

    def price(direction, lowest, highest):
        return round(close + direction * rng.uniform(lowest, highest), 3)

    given = {}
    if kind in ("entry", "order"):
        if not (rule["percent"] and rng.random() < 0.6):
            given["qty"] = round(rng.uniform(0.5, 6), rng.choice([0, 1, 2, 4]))
        if shape in ("limit", "stop_limit"):
            given["limit"] = price(rng.choice([-1, -1, 1]) * sign, 0.0, 0.5)
        if shape in ("stop", "stop_limit"):
            given["stop"] = price(rng.choice([1, 1, -1]) * sign, 0.0, 0.5)
        if rng.random() < 0.15:
            given["oca_type"] = rng.choice(["cancel", "reduce"])
            given["oca_name"] = "g" + given["oca_type"]
        return kind, name, "", side, given
    if kind == "exit":
        if rng.random() < 0.4:
            given["qty_percent"] = rng.choice([25, 50, 100])
        elif rng.random() < 0.3:
            given["qty"] = round(rng.uniform(0.5, 4), 2)
        for key, value in (("profit", rng.randint(10, 80)), ("loss", rng.randint(10, 80)),
                           ("limit", price(sign, 0.1, 0.8)), ("stop", price(-sign, 0.1, 0.8))):
            if rng.random() < 0.4:
                given[key] = value
        if rng.random() < 0.25:
            given["trail_points"], given["trail_offset"] = rng.randint(5, 40), rng.randint(0, 30)
        if not given.keys() & {"profit", "loss", "limit", "stop", "trail_points"}:
            given["loss"] = 40
        return kind, rng.choice(["X", "Y"]) + name, name, "", given
    if kind == "close" and rng.random() < 0.5:
        given["qty_percent"] = rng.choice([30, 50])
    return kind, name, "", "", given


def pine(bar_index, kind, name, entry, direction, given):
    arguments = [f'"{name}"'] if kind not in ("close_all", "cancel_all") else []
    if kind == "exit":
        arguments.append(f'"{entry}"')
    if kind in ("entry", "order"):
        arguments.append(f"strategy.{direction}")
    for key, value in given.items():
        text = f"strategy.oca.{value}" if key == "oca_type" else f'"{value}"' if key == "oca_name" else repr(value)
        arguments.append(f"{key}={text}")
    return f"if bar_index == {bar_index}\n    strategy.{kind}({', '.join(arguments)})\n"


def make(seed):
    rng = random.Random(seed)
    rule = rules(rng)
    bars = make_pine.bars()[:N_BARS]
    text, lines = f"//@version=6\n{declaration(seed, rule)}\n", []
    for index, bar in enumerate(bars[:-3]):
        while rng.random() < 0.3:
            one = command(rng, bar, rule)
            text += pine(index, *one)
            kind, name, entry, direction, given = one
            lines.append(",".join([str(seed), str(index), kind, name, entry, direction,
                                   ";".join(f"{key}={value}" for key, value in given.items())]))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "strategy.py"
        path.write_text(pine2pyne.transpile(text))
        rows = [OHLCV(timestamp=time, open=o, high=h, low=l, close=c, volume=v) for time, o, h, l, c, v in bars]
        info = symbol()
        info.period = "15"
        runner = ScriptRunner(script_path=path, ohlcv_iter=rows, syminfo=info, last_bar_index=len(rows) - 1)
        closed = []
        for result in runner.run_iter():
            if len(result) > 2:
                closed.extend(result[2])
    trades = []
    for trade in closed:
        if trade.exit_bar_index < 0:
            continue
        trades.append(",".join([
            str(seed), "long" if trade.size > 0 else "short", str(trade.entry_id), str(trade.entry_bar_index),
            make_pine.number(trade.entry_price), str(trade.exit_bar_index), make_pine.number(trade.exit_price),
            make_pine.number(abs(float(trade.size))), make_pine.number(trade.profit),
        ]))
    head = f"{seed},-1,rules,,,,{';'.join(f'{key}={value}' for key, value in rule.items())}"
    return [head, *lines], trades


def main():
    seeds = [int(seed) for seed in sys.argv[1:]] or SEEDS
    head = [f"# tool: {TOOL}", "# command: venv/bin/python -W ignore make_random.py"]
    commands, trades = [*head, "seed,bar,kind,id,entry,direction,arguments"], [*head]
    trades.append("seed,direction,entry_id,entry_bar,entry_price,exit_bar,exit_price,quantity,profit")
    for seed in seeds:
        more, closed = make(seed)
        commands += more
        trades += closed
    (HERE / "random_commands.csv").write_text("\n".join(commands) + "\n")
    (HERE / "random_trades.csv").write_text("\n".join(trades) + "\n")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Runs the Pine scripts of this folder and writes their trades beside them.

The scripts are what the generator makes of the built-in strategies (`UPDATE_PINE=1 cargo test -p aio-tests` writes them).
The trades come from PyneCore (Apache-2.0), which runs Pine Script with TradingView's broker-emulator rules; the Pine text
is translated for it by opencode-pine2pyne (Apache-2.0). The bars are those of crates/backtest/tests/golden.

    python3 -m venv venv
    venv/bin/pip install opencode-pine2pyne==0.2.4 "pynesys-pynecore[cli]==6.11.0" typer==0.20.0
    venv/bin/python -W ignore generate.py
"""

import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from pine_runner import read_bars, write_trades  # noqa: E402

BARS = HERE.parents[2] / "crates" / "backtest" / "tests" / "golden" / "bars.csv"


def main():
    bars = read_bars(BARS)
    for path in sorted(HERE.glob("*.pine")):
        script = path.read_text()
        digest = hashlib.sha256(script.encode()).hexdigest()
        write_trades(path.with_suffix(".csv"), f"{path.name}, SHA-256 {digest}", script, bars)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Compares `dukascopy` with dukascopy-node 1.46.4 and 1.50.0 on one loopback server, and prints Markdown tables.

    cargo xtask bench-peers dukascopy -- --mirror DIR

DIR is a mirror with every hour of GBPJPY, December 2012 (744 hour files, 1,298,479 ticks). Needs node, npm and the two
packages, which are installed into --tools (a temporary folder if not given). All programs ask the same server, which is
`dukascopy serve-mirror` in a process of its own; what it costs is counted for nobody.

CPU is user + system time and memory the largest resident set of the process with its children, from wait4(2). Of
--rounds runs the one with the least CPU counts.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

VERSIONS = ["1.46.4", "1.50.0"]
N_TICKS = 1_298_479
RANGE = ["--instrument", "GBPJPY", "--from", "2012-12-01", "--to", "2013-01-01"]
NODE_RANGE = ["-i", "gbpjpy", "-from", "2012-12-01", "-to", "2013-01-01", "-t", "tick", "-f", "csv", "-v"]
PRELOAD = pathlib.Path(__file__).with_name("loopback.cjs")


def measured(command, folder, env=None):
    """Exit code, seconds of CPU, seconds of wall clock, MB of memory."""
    begin = time.monotonic()
    with open(os.devnull, "w", encoding="utf-8") as null:
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=null, stderr=null)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    return child.returncode, usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


class Server:
    """`dukascopy serve-mirror` on a free port."""

    def __init__(self, program, mirror, faults):
        command = [program, "serve-mirror", "--mirror", mirror, "--listen", "127.0.0.1:0", "--faults", faults]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.child.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()


def install(tools):
    for version in VERSIONS:
        folder = tools / version
        if not (folder / "node_modules/dukascopy-node").is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text("{}")
            subprocess.run(["npm", "install", "--silent", f"dukascopy-node@{version}"], cwd=folder, check=True)


def node(tools, version, url, flags=()):
    script = tools / version / "node_modules/dukascopy-node/dist/cli/index.js"
    command = ["node", "--require", str(PRELOAD), str(script), *NODE_RANGE, "-bs", "10", "-bp", "0", *flags]
    return command, {**os.environ, "MIRROR": url}


def n_rows(folder, pattern):
    """Lines after the first of all files that match, which is the number of ticks."""
    return sum(sum(1 for _ in path.open("rb")) - 1 for path in pathlib.Path(folder).glob(pattern))


def best(rounds, run):
    """The run with the least CPU, each in a folder of its own."""
    results = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            results.append(run(folder))
    return min(results, key=lambda result: result[1])


def speed(args, tools):
    rows = []
    with Server(args.program, args.mirror, "none") as server:
        for version in VERSIONS:
            def run(folder):
                command, env = node(tools, version, server.url)
                result = measured(command, folder, env)
                assert n_rows(folder, "download/*.csv") == N_TICKS, "dukascopy-node lost ticks on a clean server"
                return result
            rows.append((f"dukascopy-node {version}: fetch, ticks to CSV", best(args.rounds, run)))

        ours = [args.program]
        hours = ["--base-url", server.url, "--sources", "hour"]

        def bars(folder):
            return measured([*ours, "bars", *RANGE, *hours, "--cache", "cache", "--side", "all", "--out", "m1.csv"], folder)

        def ticks(folder):
            result = measured([*ours, "ticks", *RANGE, *hours, "--cache", "cache", "--out", "ticks.csv"], folder)
            assert n_rows(folder, "ticks.csv") == N_TICKS
            return result

        def json_ticks(folder):
            json = ["--base-url", server.url, "--sources", "json"]
            result = measured([*ours, "ticks", *RANGE, *json, "--cache", "cache", "--out", "ticks.csv"], folder)
            assert n_rows(folder, "ticks.csv") == N_TICKS
            return result

        rows.append(("`dukascopy bars`: fetch, verify, cache, decode, M1 of bid, ask and mid", best(args.rounds, bars)))
        rows.append(("`dukascopy ticks`: fetch, verify, cache, ticks to CSV", best(args.rounds, ticks)))
        rows.append(("the same from the JSON protocol", best(args.rounds, json_ticks)))

        with tempfile.TemporaryDirectory() as folder:
            measured([*ours, "fetch", *RANGE, *hours, "--out", "cache"], folder)
            cached = [*ours, "ticks", *RANGE, "--mirror", "cache", "--out", "ticks.csv"]
            runs = [measured(cached, folder) for _ in range(args.rounds)]
            rows.append(("`dukascopy ticks --mirror`: ticks of a mirror to CSV", min(runs, key=lambda run: run[1])))

    base = min(result[1] for name, result in rows if name.startswith("dukascopy-node"))
    base_memory = min(result[3] for name, result in rows if name.startswith("dukascopy-node"))
    print("| program | CPU | of the faster peer | wall | memory | of the leaner peer |")
    print("|---|---|---|---|---|---|")
    for name, (code, cpu, wall, memory) in rows:
        assert code == 0, f"{name} exited with {code}"
        ratio, memory_ratio = f"1/{base / cpu:.1f}", f"1/{base_memory / memory:.1f}"
        print(f"| {name} | {cpu:.2f} s | {ratio} | {wall:.1f} s | {memory:.0f} MB | {memory_ratio} |")


FAULTS = [
    ("503 on 10 % of the files", "503=10%,seed=7"),
    ("empty reply for 2 %", "empty=2%,seed=7"),
    ("truncated body for 0.5 %", "truncate=0.5%,short=0.5%,seed=7"),
    ("reset connection for 2 %", "reset=2%,seed=7"),
    ("all of them, slow bodies, 429 and 202", "503=10%,empty=2%,truncate=0.5%,slow=0.5%,reset=1%,429=0.5%,202=0.5%,seed=7"),
]


def outcome(code, rows):
    missing = N_TICKS - rows
    lost = "complete" if missing == 0 else f"{100 * missing / N_TICKS:.1f} % missing" if rows else "nothing written"
    return f"exit {code}, {lost}"


def faults(args, tools):
    print("| fault on the first request for a file | " + " | ".join(
        f"dukascopy-node {version}{flags}" for version in VERSIONS for flags in ("", " `-r 3`")) + " | `dukascopy` |")
    print("|---|" + "---|" * 5)
    for name, spec in FAULTS:
        cells = []
        for version in VERSIONS:
            for flags in ([], ["-r", "3", "-rp", "10"]):
                with Server(args.program, args.mirror, spec) as server, tempfile.TemporaryDirectory() as folder:
                    command, env = node(tools, version, server.url, flags)
                    code = measured(["timeout", "120", *command], folder, env)[0]
                    cells.append(outcome(code, max(n_rows(folder, "download/*.csv"), 0)))
        with Server(args.program, args.mirror, spec) as server, tempfile.TemporaryDirectory() as folder:
            options = ["--base-url", server.url, "--cache", "cache", "--timeout", "5", "--retry-wait", "0.1"]
            code = measured([args.program, "ticks", *RANGE, *options, "--out", "ticks.csv"], folder)[0]
            cells.append(outcome(code, n_rows(folder, "ticks.csv")))
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="the release build of dukascopy")
    parser.add_argument("--mirror", required=True, type=os.path.abspath)
    parser.add_argument("--tools", type=pathlib.Path, help="where the peers are installed and found again")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["speed", "faults"])
    args = parser.parse_args()
    if not pathlib.Path(args.mirror, "GBPJPY/2012/11").is_dir():
        sys.exit(f"{args.mirror} has no GBPJPY of December 2012")
    with tempfile.TemporaryDirectory() as scratch:
        tools = args.tools or pathlib.Path(scratch)
        install(tools)
        if args.only != "faults":
            speed(args, tools)
            print()
        if args.only != "speed":
            faults(args, tools)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Compares our indicators with those of other crates and prints Markdown tables.

    cargo xtask bench-peers indicators
    cargo xtask bench-peers indicators -- --quick --filter rsi

Builds the program in the folder beside this script, with the peers from crates.io, and runs it. All that is not listed
here is passed on to it; `-- --help` shows what it takes.

--vector-ta also builds vector-ta (1.2 million lines: ten minutes and more, several GB). Its AVX kernels need features of
the nightly compiler, which the stable one is made to accept.
"""

import os
import pathlib
import subprocess
import sys

PROGRAM = pathlib.Path(__file__).with_name("indicators")
# Keeps the memory that libraries return results in, so that page faults are not counted at every call.
KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(4 << 30), "MALLOC_MMAP_THRESHOLD_": str(4 << 30)}


def main():
    arguments = sys.argv[1:]
    environment = dict(os.environ)
    command = ["cargo", "run", "--release", "--manifest-path", str(PROGRAM / "Cargo.toml")]
    if "--vector-ta" in arguments:
        arguments.remove("--vector-ta")
        command += ["--features", "vector-ta"]
        environment["RUSTC_BOOTSTRAP"] = "1"
        environment["RUSTFLAGS"] = environment.get("RUSTFLAGS", "") + " --cfg rustc_is_nightly"
    if subprocess.run(command[:1] + ["build"] + command[2:], env=environment, check=False).returncode != 0:
        return 1
    return subprocess.run(command + ["--"] + arguments, env=environment | KEEP_MEMORY, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

"""Writes cross_validation.csv: the splits and paths of skfolio 1.12.2's CombinatorialPurgedCV.

python3 make_cross_validation.py makes an environment beside this file and runs itself in it.
"""

import csv
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CASES = [(600, 6, 2, 5, 10), (605, 6, 2, 0, 0), (997, 5, 2, 7, 0), (500, 4, 3, 3, 20), (1000, 8, 4, 1, 2), (300, 10, 2, 4, 3)]


def in_environment():
    environment = HERE / ".venv"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "skfolio==1.12.2"], check=True)
    subprocess.run([python, __file__, "write"], check=True)


def ranges(index):
    """Runs of consecutive numbers, ends excluded."""
    runs = []
    for i in index:
        if runs and runs[-1][1] == i:
            runs[-1][1] = i + 1
        else:
            runs.append([int(i), int(i) + 1])
    return " ".join(f"{start}-{end}" for start, end in runs)


def write():
    import numpy as np
    from skfolio.model_selection import CombinatorialPurgedCV

    with open(HERE / "cross_validation.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["n_bars", "n_groups", "n_test_groups", "purge", "embargo", "split", "train", "test"])
        for n_bars, n_groups, n_test, purge, embargo in CASES:
            cv = CombinatorialPurgedCV(n_folds=n_groups, n_test_folds=n_test, purged_size=purge, embargo_size=embargo)
            paths = cv.recombined_paths
            for split, (train, tests) in enumerate(cv.split(np.zeros((n_bars, 1)))):
                test = " ".join(ranges(part) for part in tests)
                out.writerow([n_bars, n_groups, n_test, purge, embargo, split, ranges(train), test])
            for path in range(paths.shape[1]):
                through = " ".join(str(int(split)) for split in paths[:, path])
                out.writerow([n_bars, n_groups, n_test, purge, embargo, f"path {path}", through, ""])


if __name__ == "__main__":
    write() if "write" in sys.argv else in_environment()

"""The virtual environment of the generators: `enter(pins)` makes it once and goes on inside of it."""
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

PINS = ["numpy==2.4.6", "scipy==1.17.1", "pandas==3.1.1", "quantstats==0.0.86", "empyrical-reloaded==0.7.1",
        "backtesting==0.6.6", "skfolio==1.12.2", "purgedcv==0.1.11", "arch==8.0.0", "statsmodels==0.15.0"]
HOME = pathlib.Path(tempfile.gettempdir()) / "trade-stats-golden"


def enter(script):
    """Runs `script` again in the environment, unless it is running there already."""
    if HOME.exists() and pathlib.Path(sys.prefix).samefile(HOME):
        return
    if not HOME.exists():
        venv.create(HOME, with_pip=True)
        subprocess.run([HOME / "bin/python", "-m", "pip", "install", "-q", *PINS], check=True)
    os.execv(HOME / "bin/python", [str(HOME / "bin/python"), os.path.abspath(script)])


def writer(folder, names, script):
    """A function that writes a CSV file, headed by the versions of `names` and the command."""
    pins = [pin for pin in PINS if pin.split("==")[0] in names]
    head = "# " + ", ".join(pins) + f"\n# python3 {os.path.basename(script)}\n"

    def write(name, header, rows):
        with open(pathlib.Path(folder) / name, "w") as file:
            file.write(head + header + "\n")
            for row in rows:
                file.write(",".join(str(x) if isinstance(x, (str, int)) else repr(float(x)) for x in row) + "\n")

    return write

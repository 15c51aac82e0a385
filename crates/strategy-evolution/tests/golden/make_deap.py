"""Writes deap.csv: what DEAP's typed trees and double tournaments look like, for comparison.

Run: python3 make_deap.py          (creates a virtual environment in a temporary folder, installs deap==1.4.4)
"""

import pathlib
import random
import subprocess
import sys
import tempfile
import venv

DEAP = "1.4.4"
TREES = 200_000
CHOICES = 400_000
NODES = [5, 9, 12, 7, 30, 8, 8, 20, 3, 11]  # of ten individuals, best first


def trees(gp):
    pset = gp.PrimitiveSet("conditions", 0)
    for name, arity in [("all2", 2), ("all3", 3), ("any2", 2), ("any3", 3), ("not1", 1)]:
        pset.addPrimitive(lambda *parts: None, arity, name=name)
    for index in range(5):  # as many leaves as functions: a growing tree ends with probability 1/2
        pset.addTerminal(index, name=f"leaf{index}")
    counts = {}
    for _ in range(TREES):
        size = len(gp.genHalfAndHalf(pset, min_=0, max_=2))
        counts[size] = counts.get(size, 0) + 1
    return counts


def choices(tools):
    class Individual(list):
        pass

    people = []
    for rank, nodes in enumerate(NODES):
        one = Individual([0] * nodes)
        one.rank, one.fitness = rank, -rank
        people.append(one)
    chosen = tools.selDoubleTournament(people, CHOICES, fitness_size=3, parsimony_size=1.4, fitness_first=True)
    counts = [0] * len(NODES)
    for one in chosen:
        counts[one.rank] += 1
    return counts


def main():
    if len(sys.argv) == 1:
        with tempfile.TemporaryDirectory() as folder:
            venv.create(folder, with_pip=True)
            python = str(pathlib.Path(folder, "bin", "python"))
            subprocess.run([python, "-m", "pip", "install", "--quiet", f"deap=={DEAP}"], check=True)
            subprocess.run([python, __file__, "inside"], check=True)
        return
    from deap import gp, tools

    random.seed(1)
    lines = [
        f"# DEAP {DEAP}, by make_deap.py: shares of tree sizes of genHalfAndHalf(0, 2) over {TREES} trees,",
        f"# and of ranks in selDoubleTournament(fitness_size=3, parsimony_size=1.4) over {CHOICES} choices.",
        "what,key,share",
    ]
    lines += [f"size,{size},{count / TREES}" for size, count in sorted(trees(gp).items())]
    lines += [f"rank,{rank},{count / CHOICES}" for rank, count in enumerate(choices(tools))]
    pathlib.Path(__file__).with_name("deap.csv").write_text("\n".join(lines) + "\n")


main()

"""Writes `pareto.jsonl`: ranks, crowding distances and hypervolumes of random points, one set a line.

    python3 -m venv venv && venv/bin/pip install optuna==5.0.0 pymoo==0.6.2 && venv/bin/python make_pareto.py

Ranks and distances are Optuna's, hypervolumes Optuna's and pymoo's. A distance that is infinite is written as null.
"""

import json
from pathlib import Path

import numpy as np
import optuna
import pymoo
from optuna._hypervolume import compute_hypervolume
from optuna.samplers.nsgaii._elite_population_selection_strategy import _calc_crowding_distance
from optuna.study._multi_objective import _fast_non_domination_rank
from optuna.trial import create_trial
from pymoo.indicators.hv import HV


def main():
    rng = np.random.default_rng(3)
    with (Path(__file__).parent / "pareto.jsonl").open("w") as out:
        for d in (1, 2, 3, 4, 5):
            for n, grid in [(1, None), (2, None), (7, None), (30, None), (60, None), (40, 4)]:
                points = rng.random((n, d)) if grid is None else rng.integers(0, grid, (n, d)) / grid
                if n == 60:
                    # Near a simplex, so that the first front is large.
                    points = points / points.sum(axis=1, keepdims=True) + 0.05 * rng.random((n, d))
                ranks = _fast_non_domination_rank(points)
                front = points[ranks == 0]
                distinct = np.unique(front, axis=0)
                trials = [create_trial(values=list(map(float, p))) for p in distinct]
                for number, trial in enumerate(trials):
                    trial.number = number
                distances = _calc_crowding_distance(list(trials))
                reference = np.full(d, 1.1)
                case = {
                    "peers": f"optuna {optuna.__version__}, pymoo {pymoo.__version__}",
                    "points": points.tolist(),
                    "ranks": ranks.tolist(),
                    "front": distinct.tolist(),
                    "crowding": [v if np.isfinite(v := float(distances[i])) else None for i in range(len(distinct))],
                    "reference": reference.tolist(),
                    "hypervolumes": [float(compute_hypervolume(points, reference)), float(HV(ref_point=reference)(points))],
                }
                out.write(json.dumps(case) + "\n")


main()

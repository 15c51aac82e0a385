"""Writes `parzen.jsonl`: densities of Optuna's Parzen estimator, one case a line.

    python3 -m venv venv && venv/bin/pip install optuna==5.0.0 scipy==1.17.1 && venv/bin/python make_parzen.py

Equal observations are sorted by their order, as a stable sort does; numpy's default sort leaves their order open.
"""

import functools
import json
from pathlib import Path

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights

np.argsort = functools.partial(np.argsort, kind="stable")
KINDS = {
    "float": ({"float": {"low": -5.0, "high": 5.0, "log": False}}, FloatDistribution(-5.0, 5.0)),
    "log_float": ({"float": {"low": 1e-5, "high": 10.0, "log": True}}, FloatDistribution(1e-5, 10.0, log=True)),
    "step": ({"float": {"low": 0.5, "high": 3.0, "step": 0.25, "log": False}}, FloatDistribution(0.5, 3.0, step=0.25)),
    "int": ({"int": {"low": -3, "high": 40, "step": 1, "log": False}}, IntDistribution(-3, 40)),
    "int_step": ({"int": {"low": 5, "high": 50, "step": 5, "log": False}}, IntDistribution(5, 50, step=5)),
    "log_int": ({"int": {"low": 1, "high": 200, "step": 1, "log": True}}, IntDistribution(1, 200, log=True)),
    "choice": ({"categorical": {"choices": ["a", "b", "c", "d"]}}, CategoricalDistribution(["a", "b", "c", "d"])),
    "bool": ("boolean", CategoricalDistribution([False, True])),
}
SPACES = [[kind] for kind in KINDS] + [["float"] * 6, ["float", "log_float", "choice"], list(KINDS)]
PARAMETERS = _ParzenEstimatorParameters(
    prior_weight=1.0, consider_magic_clip=True, consider_endpoints=False, weights=default_weights, multivariate=True
)


def draw(distribution, rng):
    d = distribution
    if isinstance(d, CategoricalDistribution):
        return d.choices[rng.integers(len(d.choices))]
    if isinstance(d, IntDistribution):
        return int(d.low + d.step * rng.integers((d.high - d.low) // d.step + 1))
    if d.step is not None:
        return float(d.low + d.step * rng.integers(round((d.high - d.low) / d.step) + 1))
    if d.log:
        return float(np.exp(rng.uniform(np.log(d.low), np.log(d.high))))
    return float(rng.uniform(d.low, d.high) if rng.random() < 0.7 else np.clip(rng.normal(1.0, 0.05), d.low, d.high))


def main():
    rng = np.random.default_rng(1)
    with (Path(__file__).parent / "parzen.jsonl").open("w") as out:
        for kinds in SPACES:
            for n in (0, 1, 2, 7, 25, 26, 40, 130):
                names = [f"p{i} {kind}" for i, kind in enumerate(kinds)]
                space = {name: KINDS[kind][1] for name, kind in zip(names, kinds)}
                sample = lambda: {name: draw(d, rng) for name, d in space.items()}
                observed, points = [sample() for _ in range(n)], [sample() for _ in range(4)]
                inner = lambda rows: {name: np.array([float(d.to_internal_repr(row[name])) for row in rows]) for name, d in space.items()}
                estimator = _ParzenEstimator(inner(observed), space, PARAMETERS)
                wire = [{"name": name, "domain": KINDS[kind][0]} for name, kind in zip(names, kinds)]
                case = {
                    "optuna": optuna.__version__,
                    "space": {"parameters": wire},
                    "observations": observed,
                    "points": points,
                    "log_density": [float(v) for v in estimator.log_pdf(inner(points))],
                }
                out.write(json.dumps(case) + "\n")


main()

"""Writes `cma.jsonl` (generations of CMA-ES) and `cma_margin.jsonl` (of CMA-ES with margin), one run a line.

    python3 -m venv venv && venv/bin/pip install cmaes==0.13.1 && venv/bin/python make_cma.py

The samples that were told, best first, stand beside the distribution they led to, so another implementation can be
told the same ones.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from cmaes import CMA, CMAwM

HERE = Path(__file__).parent
PEER = f"cmaes {version('cmaes')}"


def ellipsoid(x):
    return float(sum(10.0 ** (3.0 * i / max(1, len(x) - 1)) * (v - 0.3 - 0.1 * i) ** 2 for i, v in enumerate(x)))


def main():
    with (HERE / "cma.jsonl").open("w") as out:
        for n, population, seed in [(1, None, 1), (2, None, 2), (3, 12, 3), (6, None, 4), (10, 20, 5)]:
            mean, sigma = np.full(n, 0.5), 1.0 / 6.0
            peer = CMA(mean=mean, sigma=sigma, population_size=population, seed=seed)
            generations = []
            for _ in range(25):
                told = sorted(((x, ellipsoid(x)) for x in (peer.ask() for _ in range(peer.population_size))), key=lambda s: s[1])
                ranked = [x.tolist() for x, _ in told]
                peer.tell(told)
                generations.append({"ranked": ranked, "mean": peer.mean.tolist(), "sigma": [float(peer._sigma)], "covariance": peer._C.ravel().tolist()})
            case = {"peer": PEER, "mean": mean.tolist(), "sigma": sigma, "population": peer.population_size, "generations": generations}
            out.write(json.dumps(case) + "\n")
    with (HERE / "cma_margin.jsonl").open("w") as out:
        for n_discrete, n, seed in [(2, 4, 1), (3, 3, 2), (1, 2, 3)]:
            steps = np.array([0.1, 0.25, 1.0][:n_discrete] + [0.0] * (n - n_discrete))
            mean, sigma = np.full(n, 0.45), 1.0 / 6.0
            peer = CMAwM(mean=mean, sigma=sigma, bounds=np.tile([0.0, 1.0], (n, 1)), steps=steps, seed=seed)
            generations = []
            for _ in range(40):
                told = []
                for _ in range(peer.population_size):
                    x, raw = peer.ask()
                    told.append((raw, ellipsoid(x) - (0.5 if x[0] > 0.65 else 0.0)))
                told.sort(key=lambda s: s[1])
                ranked = [raw.tolist() for raw, _ in told]
                peer.tell(told)
                generations.append({"ranked": ranked, "mean": peer.mean.tolist(), "stretch": peer._A.tolist()})
            borders = [((np.arange(round(1.0 / s)) + 0.5) * s).tolist() for s in steps[:n_discrete]]
            case = {"peer": PEER, "mean": mean.tolist(), "sigma": sigma, "population": peer.population_size, "borders": borders, "generations": generations}
            out.write(json.dumps(case) + "\n")


main()

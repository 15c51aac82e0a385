"""Runs Optuna's samplers on the test functions and appends one CSV row a checkpoint: sampler,function,seed,trials,regret,cpu_s.

    python3 -m venv venv && venv/bin/pip install optuna==5.0.0 cmaes==0.13.1 scipy==1.17.1
    venv/bin/python run_optuna.py OUT.csv tpe 1000 20

Rows that OUT.csv already has are not run again. For `nsga2` and `random_mo` the functions are ZDT1 to ZDT3 in 6 dimensions and the
last column but one is the hypervolume towards (1.1, 1.1) of the trials so far (larger is better), not a regret.
"""

import random
import sys
import time
import warnings
from pathlib import Path

import optuna
from functions import FUNCTIONS, box, conditional_space, zdt

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
CHECKPOINTS = [100, 200, 500, 1000]


def suggest(trial, parameter):
    kind, name, low, high, step, log = parameter
    if kind == "float":
        return trial.suggest_float(name, low, high, step=step, log=log)
    if kind == "int":
        return trial.suggest_int(name, low, high, step=step, log=log)
    return trial.suggest_categorical(name, list(range(low)))


def sampler_of(name, seed):
    if name == "random":
        return optuna.samplers.RandomSampler(seed=seed)
    if name == "tpe":
        return optuna.samplers.TPESampler(seed=seed)
    if name == "tpe_group":
        return optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True)
    if name == "tpe_independent":
        return optuna.samplers.TPESampler(seed=seed, multivariate=False)
    if name == "cma_es":
        return optuna.samplers.CmaEsSampler(seed=seed)
    if name == "cma_es_margin":
        return optuna.samplers.CmaEsSampler(seed=seed, with_margin=True)
    return optuna.samplers.NSGAIISampler(seed=seed) if name == "nsga2" else optuna.samplers.RandomSampler(seed=seed)


def single(sampler, function, seed, trials, out):
    name, parameters, value, minimum, noise = function
    observed_best, regret, rows = float("inf"), float("inf"), []
    noise_source = random.Random(seed * 7919 + 17)
    study = optuna.create_study(sampler=sampler_of(sampler, seed))
    start = time.process_time()
    for n in range(1, trials + 1):
        trial = study.ask()
        if callable(parameters):
            conditional_space(lambda parameter: suggest(trial, parameter))
        else:
            for parameter in parameters:
                suggest(trial, parameter)
        true = value(trial.params)
        observed = true + (noise_source.gauss(0.0, noise) if noise else 0.0)
        study.tell(trial, observed)
        if observed < observed_best:
            observed_best, regret = observed, true - minimum
        if n in CHECKPOINTS:
            rows.append(f"{sampler},{name},{seed},{n},{regret!r},{time.process_time() - start:.4f}")
    out.write("\n".join(rows) + "\n")
    out.flush()


def area(front):
    """Hypervolume towards (1.1, 1.1) of points of two objectives, by one sweep."""
    total, ceiling = 0.0, 1.1
    for a, b in sorted(front):
        if a < 1.1 and b < ceiling:
            total += (1.1 - a) * (ceiling - b)
            ceiling = b
    return total


def multi(sampler, number, seed, trials, out):
    study = optuna.create_study(sampler=sampler_of(sampler, seed), directions=["minimize", "minimize"])
    points, rows, start = [], [], time.process_time()
    for n in range(1, trials + 1):
        trial = study.ask()
        for parameter in box(6, 0.0, 1.0):
            suggest(trial, parameter)
        values = zdt(number, trial.params, 6)
        study.tell(trial, values)
        points.append(values)
        if n in CHECKPOINTS:
            rows.append(f"{sampler},zdt{number},{seed},{n},{area(points)!r},{time.process_time() - start:.4f}")
    out.write("\n".join(rows) + "\n")
    out.flush()


def main():
    path, sampler, trials, seeds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    done = {tuple(line.split(",")[:4]) for line in path.read_text().splitlines()} if path.exists() else set()
    with path.open("a") as out:
        for seed in range(seeds):
            if sampler in ("nsga2", "random_mo"):
                for number in (1, 2, 3):
                    if (sampler, f"zdt{number}", str(seed), str(trials)) not in done:
                        multi(sampler, number, seed, trials, out)
                continue
            for function in FUNCTIONS:
                if (sampler, function[0], str(seed), str(trials)) not in done:
                    single(sampler, function, seed, trials, out)


main()

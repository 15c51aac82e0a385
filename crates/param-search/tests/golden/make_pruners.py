"""Writes `wilcoxon.jsonl` (p-values of scipy) and `pruners.jsonl` (decisions of Optuna's pruners).

    python3 -m venv venv && venv/bin/pip install optuna==5.0.0 scipy==1.17.1 && venv/bin/python make_pruners.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import optuna
import scipy
from optuna.pruners import MedianPruner, PercentilePruner, SuccessiveHalvingPruner, WilcoxonPruner
from scipy.stats import wilcoxon

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
HERE = Path(__file__).parent
PRUNERS = {
    "median": MedianPruner(),
    "percentile 25": PercentilePruner(25.0, n_startup_trials=3, n_warmup_steps=2),
    "halving": SuccessiveHalvingPruner(min_resource=1, reduction_factor=3),
    "wilcoxon": WilcoxonPruner(),
}


def main():
    rng = np.random.default_rng(7)
    with (HERE / "wilcoxon.jsonl").open("w") as out:
        for n in (1, 2, 3, 5, 8, 13, 20, 50, 51, 80):
            for shift in (-0.5, 0.0, 0.3, 2.0):
                samples = [rng.normal(shift, 1.0, n)]
                if 2 <= n <= 13 or n > 50:
                    samples.append(np.round(rng.normal(shift, 1.0, n)))
                for d in samples:
                    p = wilcoxon(d, alternative="greater", zero_method="zsplit", correction=False).pvalue
                    out.write(json.dumps({"scipy": scipy.__version__, "differences": d.tolist(), "p": float(p)}) + "\n")
    with (HERE / "pruners.jsonl").open("w") as out:
        for name, pruner in PRUNERS.items():
            for direction in ("minimize", "maximize"):
                study = optuna.create_study(direction=direction, pruner=pruner)
                trials = []
                for _ in range(40):
                    trial, quality = study.ask(), rng.normal()
                    values, pruned = [], False
                    for step in range(1, 11):
                        values.append(float(quality + 0.7 * rng.normal()))
                        trial.report(values[-1], step)
                        if pruned := trial.should_prune():
                            break
                    if pruned:
                        study.tell(trial, state=optuna.trial.TrialState.PRUNED)
                    else:
                        study.tell(trial, float(np.mean(values)))
                    trials.append({"values": values, "pruned": bool(pruned)})
                out.write(json.dumps({"optuna": optuna.__version__, "pruner": name, "direction": direction, "trials": trials}) + "\n")


main()

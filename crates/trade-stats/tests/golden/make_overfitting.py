"""Writes the golden files of the over-fitting statistics: what purgedcv, statsmodels, scipy, scikit-learn and arch say, and
what numpy gives for formulas of papers that no package has right (the studentised SPA: arch's `studentize` changes a label
only).

Run anywhere: python3 make_overfitting.py. It makes a virtual environment among the system's temporary files.
"""
import math
import pathlib

import environment

environment.enter(__file__)

import itertools
import warnings

warnings.filterwarnings("ignore")
import numpy as np
from arch.bootstrap import StationaryBootstrap, StepM
from purgedcv import probability_of_backtest_overfitting
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples
from statsmodels.stats.multitest import multipletests

NAMES = ["numpy", "scipy", "purgedcv", "arch", "statsmodels"]
write = environment.writer(pathlib.Path(__file__).parent, NAMES, __file__)
ADJUSTMENTS = {"bonferroni": "bonferroni", "holm": "holm", "benjamini_hochberg": "fdr_bh", "benjamini_yekutieli": "fdr_by"}


def trials():
    """250 periods of 12 strategies in three families; the first has an edge."""
    rng = np.random.default_rng(31)
    family = 0.01 * rng.standard_normal((250, 3))
    m = np.repeat(family, [5, 4, 3], axis=1) + 0.006 * rng.standard_normal((250, 12))
    m[:, 0] += 0.0012
    return np.round(m, 8)


def dominates(a, b):
    """First and second order by the definition, on a grid of all values."""
    levels = np.unique(np.r_[a, b])
    fa = np.array([(a <= x).mean() for x in levels])
    fb = np.array([(b <= x).mean() for x in levels])
    first = (fa <= fb + 1e-12).all() and (fa < fb - 1e-12).any()
    area = np.r_[0, np.cumsum((fb - fa)[:-1] * np.diff(levels))]
    second = (area >= -1e-12).all() and (area > 1e-12).any()
    return int(first), int(second)


def overfitting(variant, m):
    blind_score = lambda x: x.mean(axis=0) / x.std(axis=0, ddof=1)
    for s in (4, 6, 10):
        found = probability_of_backtest_overfitting(m.T, s)
        inside, outside = found.is_oos_performance.T
        blocks = np.array_split(np.arange(len(m)), s)
        blind = [blind_score(m[np.concatenate([blocks[i] for i in c])]).mean()
                 for c in itertools.combinations(range(s), s // 2)]
        yield variant, s, "probability", found.pbo
        yield variant, s, "median_logit", np.median(found.logits)
        yield variant, s, "sum_of_logits", found.logits.sum()
        yield variant, s, "slope", found.slope
        yield variant, s, "mean_in_sample", inside.mean()
        yield variant, s, "mean_out_of_sample", outside.mean()
        yield variant, s, "probability_of_loss", (outside < 0).mean()
        first, second = dominates(outside, np.array(blind))
        yield variant, s, "first_order", first
        yield variant, s, "second_order", second


def adjusted():
    rng = np.random.default_rng(8)
    p = np.round(np.r_[rng.random(8), 0.001 * rng.random(4), 0.03, 0.03], 10)
    for name, method in ADJUSTMENTS.items():
        for i, (x, y) in enumerate(zip(p, multipletests(p, method=method)[1])):
            yield name, i, x, y


def haircuts():
    ratios, n = np.array([0.31, 0.22, 0.12, 0.05, -0.1]), 120
    p = np.where(ratios > 0, 2 * stats.t.sf(ratios * math.sqrt(n), n - 1), 1.0)
    for name, method in ADJUSTMENTS.items():
        for i, q in enumerate(multipletests(p, method=method)[1]):
            yield name, i, ratios[i], p[i], q, stats.t.isf(q / 2, n - 1) / math.sqrt(n)


def spectrum(m):
    c = np.corrcoef(m.T)
    values = np.linalg.eigvalsh(c)
    n = len(c)
    rho = (c.sum() - n) / (n * (n - 1))
    yield "by_mean_correlation", rho + (1 - rho) * n
    yield "by_participation", values.sum() ** 2 / (values**2).sum()
    yield "by_eigenvalue_variance", 1 + (n - 1) * (1 - values.var(ddof=1) / n)


def clusters(m):
    """Number of clusters by the base step of Lopez de Prado and Lewis, with scikit-learn."""
    c = np.corrcoef(m.T)
    x = np.sqrt(np.clip((1 - c) / 2, 0, None))
    best = None
    for k in range(2, 12):
        groups = KMeans(k, n_init=50, random_state=1).fit_predict(x)
        s = silhouette_samples(x, groups)
        if best is None or s.mean() / s.std(ddof=1) > best[0]:
            best = (s.mean() / s.std(ddof=1), groups, s)
    for group, s in zip(*best[1:]):
        yield int(group), s


def step_models():
    """30 models of 400 periods: 4 with an edge of different size, one of them wild."""
    rng = np.random.default_rng(77)
    m = 0.01 * rng.standard_normal((400, 30))
    m[1:] += 0.2 * m[:-1]
    m[:, :4] += np.array([0.004, 0.0019, 0.0015, 0.012]) - m[:, :4].mean(axis=0)
    m[:, 3] = 5 * (m[:, 3] - 0.012) + 0.012
    return np.round(m, 8)


def stepwise(m, block):
    for size in (0.01, 0.05, 0.25):
        step = StepM(np.zeros(len(m)), -m, size=size, block_size=block, reps=10_000, bootstrap="stationary", seed=2)
        step.compute()
        for k in step.superior_models:
            yield size, int(k)


def hansen(m, block, reps=20_000):
    """Hansen (2005): studentised, with his three recentrings; resampled rows by arch's stationary bootstrap."""
    n = len(m)
    rows = StationaryBootstrap(block, np.arange(n), seed=5)
    means = np.array([m[data[0][0]].mean(axis=0) for data in rows.bootstrap(reps)])
    d, omega = m.mean(axis=0), math.sqrt(n) * means.std(axis=0)
    t = max(0, (math.sqrt(n) * d / omega).max())
    poor = math.sqrt(n) * d / omega < -math.sqrt(2 * math.log(math.log(n)))
    for g in (np.maximum(d, 0), np.where(poor, 0, d), d):
        null = np.maximum(0, (math.sqrt(n) * (means - g) / omega).max(axis=1))
        yield (null >= t).mean()


def read(name):
    return np.loadtxt(pathlib.Path(__file__).parent / f"models_{name}.csv", delimiter=",", skiprows=3)


m, steps = trials(), step_models()
write("trials.csv", ",".join(f"s{i}" for i in range(12)), m)
strong = m.copy()
strong[:, 0] += 0.004
write("overfitting.csv", "variant,n_blocks,statistic,value", [*overfitting("weak", m), *overfitting("strong", strong)])
write("adjusted.csv", "adjustment,position,p,adjusted", adjusted())
write("haircuts.csv", "adjustment,position,ratio,p,adjusted,haircut", haircuts())
write("spectrum.csv", "estimate,value", spectrum(m))
write("clusters.csv", "group,silhouette", clusters(m))
write("step_models.csv", ",".join(f"m{i}" for i in range(30)), steps)
write("step_down.csv", "size,model", stepwise(steps, 5))
write("superior_ability.csv", "models,p_lower,p_consistent,p_upper",
      [(name, *hansen(models, block)) for name, models, block in
       (("noise", read("noise"), 8), ("edge", read("edge"), 8), ("poor", read("poor"), 8), ("step", steps, 5))])

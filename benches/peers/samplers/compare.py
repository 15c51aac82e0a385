"""Writes the tables of `crates/param-search/docs/regret.md` from the CSV files of both sides.

    python3 compare.py OURS.csv PEER.csv 200,500,1000 [maximize]

For each function the median over the seeds, the probability that a run of ours is better than one of the peer's (ties count
half; regrets below 1e-8 count as equal, as in COCO), and its z value (Mann and Whitney). Below, over the functions, how often
that probability is above and below a half, with a two-sided sign test (too small a p: one seed means nearly the same points in
several functions, so they are not independent), how often |z| is above 2, and suggestions a second, tells included.
"""

import math
import statistics
import sys
from collections import defaultdict

SOLVED = 1e-8


def load(path):
    values, seconds = defaultdict(list), defaultdict(list)
    with open(path) as file:
        for line in file:
            _, function, _, trials, regret, cpu = line.strip().split(",")
            values[function, int(trials)].append(float(regret))
            seconds[function, int(trials)].append(float(cpu))
    return values, seconds


def better(ours, peer, maximize):
    if not maximize and min(ours + peer) > -1e-6:
        ours, peer = [max(x, SOLVED) for x in ours], [max(x, SOLVED) for x in peer]
    sign = -1.0 if maximize else 1.0
    wins = sum((sign * a < sign * b) + 0.5 * (a == b) for a in ours for b in peer)
    share = wins / (len(ours) * len(peer))
    return share, (share - 0.5) / math.sqrt((len(ours) + len(peer) + 1) / (12 * len(ours) * len(peer)))


def sign_test(wins, losses):
    n, k = wins + losses, max(wins, losses)
    return 1.0 if n == 0 else min(1.0, 2.0 * sum(math.comb(n, i) for i in range(k, n + 1)) / 2.0**n)


def rate(seconds, trials):
    per_second = [trials / s for (_, n), all_seeds in seconds.items() if n == trials for s in all_seeds if s > 0]
    return statistics.median(per_second)


def main():
    (ours, our_seconds), (peer, peer_seconds) = load(sys.argv[1]), load(sys.argv[2])
    budgets, maximize = [int(n) for n in sys.argv[3].split(",")], len(sys.argv) > 4
    functions = list(dict.fromkeys(f for f, _ in peer if (f, budgets[-1]) in ours and (f, budgets[-1]) in peer))
    head = "".join(f" ours @{n} | Optuna @{n} | P, z |" for n in budgets)
    print(f"| function |{head}\n|---|{'---:|---:|---:|' * len(budgets)}")
    tally, clear = {n: [0, 0, 0] for n in budgets}, {n: [0, 0] for n in budgets}
    for f in functions:
        cells = []
        for n in budgets:
            share, z = better(ours[f, n], peer[f, n], maximize)
            tally[n][0 if share > 0.5 else 1 if share < 0.5 else 2] += 1
            clear[n][0] += z > 2.0
            clear[n][1] += z < -2.0
            cells.append(f" {statistics.median(ours[f, n]):.3g} | {statistics.median(peer[f, n]):.3g} | {share:.2f}, {z:+.1f} |")
        print(f"| {f} |{''.join(cells)}")
    print()
    for n in budgets:
        wins, losses, ties = tally[n]
        speed = f"{rate(our_seconds, n):,.0f} and {rate(peer_seconds, n):,.0f} suggestions/s"
        print(f"- After {n} trials: better on {wins}, worse on {losses}, equal on {ties} (sign test p = {sign_test(wins, losses):.2g}); clearly (|z| > 2) better on {clear[n][0]}, worse on {clear[n][1]}; {speed}.")


main()

"""The test functions of the samplers' comparison; `crates/param-search/benches/regret/functions.rs` holds the same ones.

Each function is (name, parameters, value, minimum, noise). A parameter is ("float", name, low, high, step or None, log),
("int", name, low, high, step, log) or ("cat", name, n_choices, None, None, None). `value` takes a dictionary; parameters that are
not asked for in a branch are absent from it. Regret is the noiseless value of the best trial less the minimum.
"""

import math

SHIFT = [0.31, -0.44, 0.17, -0.08, 0.39, -0.23, 0.12, -0.35, 0.27, -0.15]
"""Optima lie off the centre by these shares of the half range, for samplers begin at the centre."""


def box(d, low, high):
    return [("float", f"x{i}", low, high, None, False) for i in range(d)]


def vector(p, d):
    return [p[f"x{i}"] for i in range(d)]


def shifted(p, d, half):
    return [p[f"x{i}"] - half * SHIFT[i] for i in range(d)]


def sphere(p):
    return sum(z * z for z in shifted(p, 6, 5.0))


def ellipsoid(p):
    return sum(10.0 ** (6.0 * i / 5.0) * z * z for i, z in enumerate(shifted(p, 6, 5.0)))


def rotated_ellipsoid(p):
    z = shifted(p, 6, 5.0)
    total, partial = 0.0, 0.0
    for v in z:
        partial += v
        total += partial * partial
    return total


def rosenbrock(d):
    def value(p):
        x = vector(p, d)
        return sum(100.0 * (x[i + 1] - x[i] * x[i]) ** 2 + (1.0 - x[i]) ** 2 for i in range(d - 1))

    return value


def rastrigin_of(z):
    return sum(v * v - 10.0 * math.cos(2.0 * math.pi * v) + 10.0 for v in z)


def rastrigin(p):
    return rastrigin_of(shifted(p, 6, 5.12))


def ackley(p):
    z = shifted(p, 6, 32.768)
    n = len(z)
    a = -20.0 * math.exp(-0.2 * math.sqrt(sum(v * v for v in z) / n))
    return a - math.exp(sum(math.cos(2.0 * math.pi * v) for v in z) / n) + 20.0 + math.e


def griewank(p):
    z = shifted(p, 6, 600.0)
    product = 1.0
    for i, v in enumerate(z):
        product *= math.cos(v / math.sqrt(i + 1.0))
    return sum(v * v for v in z) / 4000.0 - product + 1.0


def styblinski_tang(p):
    return sum(x**4 - 16.0 * x * x + 5.0 * x for x in vector(p, 6)) / 2.0


def levy(p):
    w = [1.0 + (z - 1.0) / 4.0 for z in shifted(p, 6, 10.0)]
    total = math.sin(math.pi * w[0]) ** 2
    for v in w[:-1]:
        total += (v - 1.0) ** 2 * (1.0 + 10.0 * math.sin(math.pi * v + 1.0) ** 2)
    return total + (w[-1] - 1.0) ** 2 * (1.0 + math.sin(2.0 * math.pi * w[-1]) ** 2)


def michalewicz(p):
    return -sum(math.sin(x) * math.sin((i + 1.0) * x * x / math.pi) ** 20 for i, x in enumerate(vector(p, 5)))


def zakharov(p):
    z = shifted(p, 6, 5.0)
    s = sum(0.5 * (i + 1.0) * v for i, v in enumerate(z))
    return sum(v * v for v in z) + s * s + s**4


def schwefel(p):
    return sum(418.9828872724339 - x * math.sin(math.sqrt(abs(x))) for x in vector(p, 4))


def branin(p):
    x, y = vector(p, 2)
    x, y = 7.5 * x + 2.5, 7.5 * y + 7.5
    b, c, t = 5.1 / (4.0 * math.pi**2), 5.0 / math.pi, 1.0 / (8.0 * math.pi)
    return (y - b * x * x + c * x - 6.0) ** 2 + 10.0 * (1.0 - t) * math.cos(x) + 10.0


HARTMANN_A = [
    [10.0, 3.0, 17.0, 3.5, 1.7, 8.0],
    [0.05, 10.0, 17.0, 0.1, 8.0, 14.0],
    [3.0, 3.5, 1.7, 10.0, 17.0, 8.0],
    [17.0, 8.0, 0.05, 10.0, 0.1, 14.0],
]
HARTMANN_P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann(p):
    x = vector(p, 6)
    total = 0.0
    for weight, a, c in zip([1.0, 1.2, 3.0, 3.2], HARTMANN_A, HARTMANN_P):
        total -= weight * math.exp(-sum(a[j] * (x[j] - c[j]) ** 2 for j in range(6)))
    return total


def dixon_price(p):
    x = vector(p, 6)
    return (x[0] - 1.0) ** 2 + sum((i + 1.0) * (2.0 * x[i] ** 2 - x[i - 1]) ** 2 for i in range(1, 6))


def camel(p):
    x, y = vector(p, 2)
    return (4.0 - 2.1 * x * x + x**4 / 3.0) * x * x + x * y + (4.0 * y * y - 4.0) * y * y


def log_scales(p):
    a, b, c = math.log10(p["rate"]) + 3.2, math.log10(p["decay"]) - 0.7, p["x0"] - 0.3
    return a * a + b * b + 0.8 * a * b + 4.0 * c * c


def integers(p):
    return sum((i + 1.0) * (p[f"x{i}"] - t) ** 2 for i, t in enumerate([7, -11, 3, -5, 13, -2]))


def steps(p):
    return rastrigin_of([p[f"x{i}"] - t for i, t in enumerate([1.5, -2.0, 0.5, -1.0])])


CENTRES = [0.2, 0.9, 0.5, 0.35, 0.7]


def mixed(p):
    a, b = p["kind"], p["mode"]
    x = [p[f"x{i}"] for i in range(3)]
    offset = [0.4, 0.0, 0.7, 0.2, 1.0][a] + [0.3, 0.8, 0.5, 0.0, 0.6][b]
    return offset + sum((v - CENTRES[(a + b + i) % 5]) ** 2 for i, v in enumerate(x)) + (0.0 if p["flag"] == 1 else 0.25)


def conditional(p):
    if p["method"] == 0:
        return 0.3 + (p["slope"] - 0.8) ** 2
    if p["method"] == 1:
        return (math.log10(p["scale"]) + 1.5) ** 2 * 0.5 + (p["order"] - 4) ** 2 * 0.1
    return 0.1 + (p["left"] - 0.25) ** 2 + (p["right"] - p["left"] - 0.3) ** 2


def conditional_space(ask):
    """Parameters in the order in which they are asked for; `ask` answers with the value."""
    method = ask(("cat", "method", 3, None, None, None))
    if method == 0:
        ask(("float", "slope", 0.0, 1.0, None, False))
    elif method == 1:
        ask(("float", "scale", 1e-4, 1e2, None, True))
        ask(("int", "order", 1, 9, 1, False))
    else:
        ask(("float", "left", 0.0, 1.0, None, False))
        ask(("float", "right", 0.0, 1.0, None, False))


BEST_CHOICES = [2, 5, 0, 3, 1, 4, 2, 0]


def categories(p):
    total = 0.0
    for i, best in enumerate(BEST_CHOICES):
        total += 0.0 if p[f"c{i}"] == best else 1.0 + 0.1 * ((p[f"c{i}"] * 3 + i) % 5)
    return total + sum(0.5 for i in range(7) if (p[f"c{i}"] == BEST_CHOICES[i]) != (p[f"c{i + 1}"] == BEST_CHOICES[i + 1]))


def crossing(p):
    """Like the surface of a moving-average rule: log windows, a stop and a filter, with plateaus and a narrow ridge."""
    ratio = math.log(p["slow"] / p["fast"])
    value = 2.0 - 1.2 * math.exp(-8.0 * (ratio - 1.4) ** 2) - 0.5 * math.exp(-3.0 * (math.log(p["fast"]) - 2.6) ** 2)
    value += 0.1 * abs(p["stop"] - 2.3) + (0.0 if p["filter"] == 1 else 0.15)
    return value - 0.3 * math.exp(-20.0 * (p["stop"] - 2.3) ** 2)


CROSSING = [
    ("int", "fast", 2, 50, 1, True),
    ("int", "slow", 10, 300, 1, True),
    ("float", "stop", 0.5, 6.0, None, False),
    ("cat", "filter", 2, None, None, None),
]
MIXED = [("cat", "kind", 5, None, None, None), ("cat", "mode", 5, None, None, None), ("cat", "flag", 2, None, None, None)]
MIXED += box(3, 0.0, 1.0)

# name, parameters (a list, or a function that asks), value, minimum, standard deviation of noise
FUNCTIONS = [
    ("sphere 6", box(6, -5.0, 5.0), sphere, 0.0, 0.0),
    ("ellipsoid 6", box(6, -5.0, 5.0), ellipsoid, 0.0, 0.0),
    ("rotated ellipsoid 6", box(6, -5.0, 5.0), rotated_ellipsoid, 0.0, 0.0),
    ("rosenbrock 2", box(2, -5.0, 10.0), rosenbrock(2), 0.0, 0.0),
    ("rosenbrock 6", box(6, -5.0, 10.0), rosenbrock(6), 0.0, 0.0),
    ("rastrigin 6", box(6, -5.12, 5.12), rastrigin, 0.0, 0.0),
    ("ackley 6", box(6, -32.768, 32.768), ackley, 0.0, 0.0),
    ("griewank 6", box(6, -600.0, 600.0), griewank, 0.0, 0.0),
    ("styblinski-tang 6", box(6, -5.0, 5.0), styblinski_tang, -39.16616570377142 * 6, 0.0),
    ("levy 6", box(6, -10.0, 10.0), levy, 0.0, 0.0),
    ("michalewicz 5", box(5, 0.0, math.pi), michalewicz, -4.687658179088148, 0.0),
    ("zakharov 6", box(6, -5.0, 5.0), zakharov, 0.0, 0.0),
    ("schwefel 4", box(4, -500.0, 500.0), schwefel, 0.0, 0.0),
    ("branin 2", box(2, -1.0, 1.0), branin, 0.39788735772973816, 0.0),
    ("hartmann 6", box(6, 0.0, 1.0), hartmann, -3.322368011415515, 0.0),
    ("dixon-price 6", box(6, -10.0, 10.0), dixon_price, 0.0, 0.0),
    ("camel 2", box(2, -3.0, 3.0), camel, -1.031628453489877, 0.0),
    ("noisy sphere 6", box(6, -5.0, 5.0), sphere, 0.0, 1.0),
    ("noisy hartmann 6", box(6, 0.0, 1.0), hartmann, -3.322368011415515, 0.2),
    (
        "log scales 3",
        [("float", "rate", 1e-6, 1.0, None, True), ("float", "decay", 1e-4, 1e2, None, True), ("float", "x0", 0.0, 1.0, None, False)],
        log_scales,
        0.0,
        0.0,
    ),
    ("integers 6", [("int", f"x{i}", -20, 20, 1, False) for i in range(6)], integers, 0.0, 0.0),
    ("steps 4", [("float", f"x{i}", -5.0, 5.0, 0.5, False) for i in range(4)], steps, 0.0, 0.0),
    ("mixed 6", MIXED, mixed, 0.0, 0.0),
    ("conditional 6", conditional_space, conditional, 0.0, 0.0),
    ("categories 8", [("cat", f"c{i}", 6, None, None, None) for i in range(8)], categories, 0.0, 0.0),
    ("crossing 4", CROSSING, crossing, 0.0, 0.0),
    ("noisy crossing 4", CROSSING, crossing, 0.0, 0.1),
]


def zdt(number, p, d):
    """ZDT1, ZDT2 and ZDT3 of Zitzler, Deb and Thiele (2000)."""
    x = vector(p, d)
    g = 1.0 + 9.0 * sum(x[1:]) / (d - 1.0)
    share = x[0] / g
    if number == 1:
        return x[0], g * (1.0 - math.sqrt(share))
    if number == 2:
        return x[0], g * (1.0 - share * share)
    return x[0], g * (1.0 - math.sqrt(share) - share * math.sin(10.0 * math.pi * x[0]))


def at_share(parameter, share):
    """The value of a parameter at a share of its scale."""
    kind, _, low, high, step, log = parameter
    if kind == "cat":
        return int(share * low)
    half = 0.5 if kind == "int" else 0.0
    if log:
        x = math.exp(math.log(low - half) + share * (math.log(high + half) - math.log(low - half)))
        return round(x) if kind == "int" else x
    if step is None:
        return low + share * (high - low)
    return low + step * int(share * (round((high - low) / step) + 1))


if __name__ == "__main__":
    for name, parameters, value, _, _ in FUNCTIONS:
        point = {}

        def ask(parameter):
            return point.setdefault(parameter[1], at_share(parameter, 0.3))

        if callable(parameters):
            parameters(ask)
        else:
            for parameter in parameters:
                ask(parameter)
        print(f"{name},{value(point):.12e}")

//! The test functions of `benches/peers/samplers/functions.py`, for the comparison with Optuna.

use std::f64::consts::{E, PI};

use param_search::{Domain, Parameter, Space, Value, View};

/// Optima lie off the centre by these shares of the half range, for samplers begin at the centre.
const SHIFT: [f64; 6] = [0.31, -0.44, 0.17, -0.08, 0.39, -0.23];

/// A function to be minimised.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) space: Space,
    pub(crate) value: fn(&View<'_>) -> f64,
    pub(crate) minimum: f64,
    /// Standard deviation of the noise on what the sampler is told.
    pub(crate) noise: f64,
}

fn space(parameters: impl IntoIterator<Item = Parameter>) -> Space {
    Space::new(parameters).expect("the test functions have spaces")
}

fn all(d: usize, domain: &Domain) -> Space {
    space((0..d).map(|i| Parameter::new(format!("x{i}"), domain.clone())))
}

pub(crate) fn cube(d: usize, low: f64, high: f64) -> Space {
    all(d, &Domain::float(low, high))
}

fn at(point: &View<'_>, name: &str) -> f64 {
    point.number(name).expect("an active number")
}

pub(crate) fn vector<const D: usize>(point: &View<'_>) -> [f64; D] {
    std::array::from_fn(|i| at(point, &format!("x{i}")))
}

fn shifted(point: &View<'_>, half: f64) -> [f64; 6] {
    let x = vector::<6>(point);
    std::array::from_fn(|i| x[i] - half * SHIFT[i])
}

fn sphere(p: &View<'_>) -> f64 {
    shifted(p, 5.0).iter().map(|z| z * z).sum()
}

fn ellipsoid(p: &View<'_>) -> f64 {
    shifted(p, 5.0).iter().zip(0_u8..).map(|(z, i)| libm::pow(10.0, 1.2 * f64::from(i)) * z * z).sum()
}

fn rotated_ellipsoid(p: &View<'_>) -> f64 {
    let mut partial = 0.0;
    let step = |z: f64| {
        partial += z;
        partial * partial
    };
    shifted(p, 5.0).into_iter().map(step).sum()
}

fn rosenbrock<const D: usize>(p: &View<'_>) -> f64 {
    let x = vector::<D>(p);
    let term = |w: &[f64]| 100.0 * (w[1] - w[0] * w[0]) * (w[1] - w[0] * w[0]) + (1.0 - w[0]) * (1.0 - w[0]);
    x.windows(2).map(term).sum()
}

fn rastrigin_of(z: &[f64]) -> f64 {
    z.iter().map(|v| v * v - 10.0 * libm::cos(2.0 * PI * v) + 10.0).sum()
}

fn rastrigin(p: &View<'_>) -> f64 {
    rastrigin_of(&shifted(p, 5.12))
}

fn ackley(p: &View<'_>) -> f64 {
    let z = shifted(p, 32.768);
    let n = z.len() as f64;
    let a = -20.0 * libm::exp(-0.2 * (z.iter().map(|v| v * v).sum::<f64>() / n).sqrt());
    a - libm::exp(z.iter().map(|v| libm::cos(2.0 * PI * v)).sum::<f64>() / n) + 20.0 + E
}

fn griewank(p: &View<'_>) -> f64 {
    let z = shifted(p, 600.0);
    let product: f64 = z.iter().zip(1_u8..).map(|(v, i)| libm::cos(v / f64::from(i).sqrt())).product();
    z.iter().map(|v| v * v).sum::<f64>() / 4000.0 - product + 1.0
}

fn styblinski_tang(p: &View<'_>) -> f64 {
    vector::<6>(p).iter().map(|x| x * x * x * x - 16.0 * x * x + 5.0 * x).sum::<f64>() / 2.0
}

fn square(x: f64) -> f64 {
    x * x
}

fn levy(p: &View<'_>) -> f64 {
    let w = shifted(p, 10.0).map(|z| 1.0 + (z - 1.0) / 4.0);
    let term = |v: &f64| square(v - 1.0) * (1.0 + 10.0 * square(libm::sin(PI * v + 1.0)));
    let last = square(w[5] - 1.0) * (1.0 + square(libm::sin(2.0 * PI * w[5])));
    square(libm::sin(PI * w[0])) + w[..5].iter().map(term).sum::<f64>() + last
}

fn michalewicz(p: &View<'_>) -> f64 {
    let term = |(x, i): (&f64, u8)| libm::sin(*x) * libm::pow(libm::sin(f64::from(i) * x * x / PI), 20.0);
    -vector::<5>(p).iter().zip(1..).map(term).sum::<f64>()
}

fn zakharov(p: &View<'_>) -> f64 {
    let z = shifted(p, 5.0);
    let s: f64 = z.iter().zip(1_u8..).map(|(v, i)| 0.5 * f64::from(i) * v).sum();
    z.iter().map(|v| v * v).sum::<f64>() + s * s + s * s * s * s
}

fn schwefel(p: &View<'_>) -> f64 {
    vector::<4>(p).iter().map(|x| 418.982_887_272_433_9 - x * libm::sin(x.abs().sqrt())).sum()
}

fn branin(p: &View<'_>) -> f64 {
    let [x, y] = vector::<2>(p);
    let (x, y) = (7.5 * x + 2.5, 7.5 * y + 7.5);
    let (b, c, t) = (5.1 / (4.0 * PI * PI), 5.0 / PI, 1.0 / (8.0 * PI));
    square(y - b * x * x + c * x - 6.0) + 10.0 * (1.0 - t) * libm::cos(x) + 10.0
}

const HARTMANN_A: [[f64; 6]; 4] = [
    [10.0, 3.0, 17.0, 3.5, 1.7, 8.0],
    [0.05, 10.0, 17.0, 0.1, 8.0, 14.0],
    [3.0, 3.5, 1.7, 10.0, 17.0, 8.0],
    [17.0, 8.0, 0.05, 10.0, 0.1, 14.0],
];
const HARTMANN_P: [[f64; 6]; 4] = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

fn hartmann(p: &View<'_>) -> f64 {
    let x = vector::<6>(p);
    let distance = |k: usize| (0..6).map(|j| HARTMANN_A[k][j] * square(x[j] - HARTMANN_P[k][j])).sum::<f64>();
    -[1.0, 1.2, 3.0, 3.2].iter().enumerate().map(|(k, weight)| weight * libm::exp(-distance(k))).sum::<f64>()
}

fn dixon_price(p: &View<'_>) -> f64 {
    let x = vector::<6>(p);
    let term = |(w, i): (&[f64], u8)| f64::from(i) * square(2.0 * w[1] * w[1] - w[0]);
    square(x[0] - 1.0) + x.windows(2).zip(2..).map(term).sum::<f64>()
}

fn camel(p: &View<'_>) -> f64 {
    let [x, y] = vector::<2>(p);
    (4.0 - 2.1 * x * x + x * x * x * x / 3.0) * x * x + x * y + (4.0 * y * y - 4.0) * y * y
}

fn log_scales(p: &View<'_>) -> f64 {
    let (a, b, c) = (libm::log10(at(p, "rate")) + 3.2, libm::log10(at(p, "decay")) - 0.7, at(p, "x0") - 0.3);
    a * a + b * b + 0.8 * a * b + 4.0 * c * c
}

fn integers(p: &View<'_>) -> f64 {
    let target = [7.0, -11.0, 3.0, -5.0, 13.0, -2.0];
    vector::<6>(p).iter().zip(target).zip(1_u8..).map(|((x, t), i)| f64::from(i) * square(x - t)).sum()
}

fn steps(p: &View<'_>) -> f64 {
    let x = vector::<4>(p);
    rastrigin_of(&[x[0] - 1.5, x[1] + 2.0, x[2] - 0.5, x[3] + 1.0])
}

fn choice(p: &View<'_>, name: &str) -> usize {
    match p.value(name) {
        Some(Value::Choice(at)) => at,
        Some(Value::Bool(on)) => usize::from(on),
        other => unreachable!("{name} is {other:?}"),
    }
}

fn mixed(p: &View<'_>) -> f64 {
    let centres = [0.2, 0.9, 0.5, 0.35, 0.7];
    let (a, b) = (choice(p, "kind"), choice(p, "mode"));
    let offset = [0.4, 0.0, 0.7, 0.2, 1.0][a] + [0.3, 0.8, 0.5, 0.0, 0.6][b];
    let bowl: f64 = vector::<3>(p).iter().enumerate().map(|(i, v)| square(v - centres[(a + b + i) % 5])).sum();
    offset + bowl + if choice(p, "flag") == 1 { 0.0 } else { 0.25 }
}

fn conditional(p: &View<'_>) -> f64 {
    match choice(p, "method") {
        0 => 0.3 + square(at(p, "slope") - 0.8),
        1 => square(libm::log10(at(p, "scale")) + 1.5) * 0.5 + square(at(p, "order") - 4.0) * 0.1,
        _ => 0.1 + square(at(p, "left") - 0.25) + square(at(p, "right") - at(p, "left") - 0.3),
    }
}

fn categories(p: &View<'_>) -> f64 {
    let best = [2, 5, 0, 3, 1, 4, 2, 0];
    let chosen: [usize; 8] = std::array::from_fn(|i| choice(p, &format!("c{i}")));
    let miss = |i: usize| if chosen[i] == best[i] { 0.0 } else { 1.0 + 0.1 * ((chosen[i] * 3 + i) % 5) as f64 };
    let uneven = |i: usize| (chosen[i] == best[i]) != (chosen[i + 1] == best[i + 1]);
    (0..8).map(miss).sum::<f64>() + 0.5 * (0..7).filter(|i| uneven(*i)).count() as f64
}

fn crossing(p: &View<'_>) -> f64 {
    let (fast, stop) = (at(p, "fast"), at(p, "stop"));
    let ratio = libm::log(at(p, "slow") / fast);
    let ridge = 1.2 * libm::exp(-8.0 * square(ratio - 1.4)) + 0.5 * libm::exp(-3.0 * square(libm::log(fast) - 2.6));
    let filter = if choice(p, "filter") == 1 { 0.0 } else { 0.15 };
    2.0 - ridge + 0.1 * (stop - 2.3).abs() + filter - 0.3 * libm::exp(-20.0 * square(stop - 2.3))
}

fn numbered(n: usize) -> Domain {
    Domain::categorical((0..n).map(|i| i.to_string()))
}

fn crossing_space() -> Space {
    space([
        Parameter::new("fast", Domain::log_int(2, 50)),
        Parameter::new("slow", Domain::log_int(10, 300)),
        Parameter::new("stop", Domain::float(0.5, 6.0)),
        Parameter::new("filter", Domain::boolean()),
    ])
}

fn mixed_space() -> Space {
    let choices = [("kind", 5), ("mode", 5), ("flag", 2)].map(|(name, n)| Parameter::new(name, numbered(n)));
    let numbers = (0..3).map(|i| Parameter::new(format!("x{i}"), Domain::float(0.0, 1.0)));
    space(choices.into_iter().chain(numbers))
}

fn conditional_space() -> Space {
    let when =
        |name: &str, domain: Domain, method| Parameter::new(name, domain).when("method", [Value::Choice(method)]);
    space([
        Parameter::new("method", numbered(3)),
        when("slope", Domain::float(0.0, 1.0), 0),
        when("scale", Domain::log_float(1e-4, 1e2), 1),
        when("order", Domain::int(1, 9), 1),
        when("left", Domain::float(0.0, 1.0), 2),
        when("right", Domain::float(0.0, 1.0), 2),
    ])
}

fn log_space() -> Space {
    space([
        Parameter::new("rate", Domain::log_float(1e-6, 1.0)),
        Parameter::new("decay", Domain::log_float(1e-4, 1e2)),
        Parameter::new("x0", Domain::float(0.0, 1.0)),
    ])
}

/// All functions. The minima of `crossing`, `categories` and the like are taken as 0 on both sides.
pub(crate) fn functions() -> Vec<Function> {
    let of = |name, space, value: fn(&View<'_>) -> f64, minimum| Function { name, space, value, minimum, noise: 0.0 };
    let noisy = |name, noise, function: Function| Function { name, noise, ..function };
    let five = || cube(6, -5.0, 5.0);
    let hartmann_6 = || of("hartmann 6", cube(6, 0.0, 1.0), hartmann, -3.322_368_011_415_515);
    let categories_space = || space((0..8).map(|i| Parameter::new(format!("c{i}"), numbered(6))));
    vec![
        of("sphere 6", five(), sphere, 0.0),
        of("ellipsoid 6", five(), ellipsoid, 0.0),
        of("rotated ellipsoid 6", five(), rotated_ellipsoid, 0.0),
        of("rosenbrock 2", cube(2, -5.0, 10.0), rosenbrock::<2>, 0.0),
        of("rosenbrock 6", cube(6, -5.0, 10.0), rosenbrock::<6>, 0.0),
        of("rastrigin 6", cube(6, -5.12, 5.12), rastrigin, 0.0),
        of("ackley 6", cube(6, -32.768, 32.768), ackley, 0.0),
        of("griewank 6", cube(6, -600.0, 600.0), griewank, 0.0),
        of("styblinski-tang 6", five(), styblinski_tang, -39.166_165_703_771_42 * 6.0),
        of("levy 6", cube(6, -10.0, 10.0), levy, 0.0),
        of("michalewicz 5", cube(5, 0.0, PI), michalewicz, -4.687_658_179_088_148),
        of("zakharov 6", five(), zakharov, 0.0),
        of("schwefel 4", cube(4, -500.0, 500.0), schwefel, 0.0),
        of("branin 2", cube(2, -1.0, 1.0), branin, 0.397_887_357_729_738_16),
        hartmann_6(),
        of("dixon-price 6", cube(6, -10.0, 10.0), dixon_price, 0.0),
        of("camel 2", cube(2, -3.0, 3.0), camel, -1.031_628_453_489_877),
        noisy("noisy sphere 6", 1.0, of("", five(), sphere, 0.0)),
        noisy("noisy hartmann 6", 0.2, hartmann_6()),
        of("log scales 3", log_space(), log_scales, 0.0),
        of("integers 6", all(6, &Domain::int(-20, 20)), integers, 0.0),
        of("steps 4", all(4, &Domain::float_step(-5.0, 5.0, 0.5)), steps, 0.0),
        of("mixed 6", mixed_space(), mixed, 0.0),
        of("conditional 6", conditional_space(), conditional, 0.0),
        of("categories 8", categories_space(), categories, 0.0),
        of("crossing 4", crossing_space(), crossing, 0.0),
        noisy("noisy crossing 4", 0.1, of("", crossing_space(), crossing, 0.0)),
    ]
}

/// ZDT1, ZDT2 and ZDT3 of Zitzler, Deb and Thiele (2000) in six dimensions.
pub(crate) fn zdt(number: u8, p: &View<'_>) -> Vec<f64> {
    let x = vector::<6>(p);
    let g = 1.0 + 9.0 * x[1..].iter().sum::<f64>() / 5.0;
    let share = x[0] / g;
    let second = match number {
        1 => 1.0 - share.sqrt(),
        2 => 1.0 - share * share,
        _ => 1.0 - share.sqrt() - share * libm::sin(10.0 * PI * x[0]),
    };
    vec![x[0], g * second]
}

use crate::moments::finite;

/// Probability that a Student variable with `degrees` degrees of freedom is further from 0 than `t`: the regularised
/// incomplete beta function I(x; ν/2, 1/2) at x = ν/(ν + t²), to about 12 digits.
///
/// `None` for degrees that are not above 0, or values that are NaN.
pub(crate) fn two_sided(t: f64, degrees: f64) -> Option<f64> {
    if !(degrees > 0.0 && degrees.is_finite()) || t.is_nan() {
        return None;
    }
    if t == 0.0 {
        return Some(1.0);
    }
    let square = t * t;
    // x and 1 − x, neither by a difference.
    let (x, rest) = (degrees / (degrees + square), 1.0 / (1.0 + degrees / square));
    let a = degrees / 2.0;
    let log_front = a * log_share(square / degrees) + 0.5 * libm::log(rest) - log_beta_half(a);
    let front = libm::exp(log_front);
    // The continued fraction converges fast on this side of its peak.
    if x < (a + 1.0) / (a + 2.5) {
        finite(front * fraction(a, 0.5, x) / a)
    } else {
        finite(1.0 - front * fraction(0.5, a, rest) / 0.5)
    }
}

/// The t ≥ 0 whose [`two_sided`] probability is `p`, by bisection; `None` for a `p` outside of (0, 1].
pub(crate) fn two_sided_quantile(p: f64, degrees: f64) -> Option<f64> {
    if !(p > 0.0 && p <= 1.0) {
        return None;
    }
    let mut high = 1.0;
    while two_sided(high, degrees)? > p {
        high = finite(high * 2.0)?;
    }
    let mut low = 0.0;
    for _ in 0..120 {
        let middle = f64::midpoint(low, high);
        if two_sided(middle, degrees)? > p { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

/// ln x with x = 1/(1 + `ratio`).
fn log_share(ratio: f64) -> f64 {
    -libm::log1p(ratio)
}

/// ln B(a, 1/2); by the asymptotic series of Γ(a + 1/2)/Γ(a) where two large logarithms would cancel.
fn log_beta_half(a: f64) -> f64 {
    let half_log_pi = 0.5 * libm::log(std::f64::consts::PI);
    if a < 15.0 {
        return libm::lgamma(a) + half_log_pi - libm::lgamma(a + 0.5);
    }
    let r = 1.0 / a;
    let square = r * r;
    let series = r * (-1.0 / 8.0 + square * (1.0 / 192.0 + square * (-1.0 / 640.0 + square * 17.0 / 14_336.0)));
    half_log_pi - (0.5 * libm::log(a) + series)
}

/// The continued fraction of the incomplete beta function by Lentz's method (*Numerical Recipes*, section 6.4).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / guard(1.0 - (a + b) * x / (a + 1.0)));
    let mut h = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_is_cauchy_s_law() {
        for t in [1e-9, 0.01, 0.5, 1.0, 3.0, 1e3, 1e9_f64] {
            let expected = 2.0 / std::f64::consts::PI * libm::atan(1.0 / t);
            let found = two_sided(t, 1.0).unwrap();
            assert!((found / expected - 1.0).abs() < 1e-12, "{t}: {found} {expected}");
        }
    }

    #[test]
    fn the_quantile_undoes_the_probability() {
        for degrees in [1.0, 4.0, 29.0, 31.0, 250.0, 1e6] {
            for p in [1.0, 0.5, 0.05, 1e-3, 1e-12] {
                let t = two_sided_quantile(p, degrees).unwrap();
                let found = two_sided(t, degrees).unwrap();
                assert!((found / p - 1.0).abs() < 1e-9, "{degrees} {p}: {found}");
            }
        }
    }

    #[test]
    fn impossible_numbers_have_no_probability() {
        assert_eq!(two_sided(1.0, 0.0), None);
        assert_eq!(two_sided(f64::NAN, 3.0), None);
        assert_eq!(two_sided_quantile(0.0, 3.0), None);
        assert_eq!(two_sided_quantile(1.1, 3.0), None);
    }
}

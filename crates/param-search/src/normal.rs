//! The standard normal distribution, accurate in both tails and equal on every platform.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Φ(x).
pub(crate) fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// ln(Φ(b) − Φ(a)) for a < b, without the loss of digits that the difference has in the tails.
pub(crate) fn log_mass(a: f64, b: f64) -> f64 {
    if a > 0.0 {
        return log_mass(-b, -a);
    }
    if b > 0.0 {
        return libm::log1p(-normal_cdf(a) - normal_cdf(-b));
    }
    let (low, high) = (log_cdf(a), log_cdf(b));
    high + libm::log1p(-libm::exp(low - high))
}

/// ln Φ(x), with the asymptotic series where Φ(x) leaves the normal numbers.
pub(crate) fn log_cdf(x: f64) -> f64 {
    if x > -20.0 {
        return libm::log(normal_cdf(x));
    }
    let inverse = 1.0 / (x * x);
    let mut term = 1.0;
    let mut series = 1.0;
    for k in 0..12 {
        term *= -f64::from(2 * k + 1) * inverse;
        series += term;
    }
    -0.5 * x * x - libm::log(-x) - 0.5 * libm::log(2.0 * PI) + libm::log(series)
}

/// The x with Φ(x) = `p` for 0 < p < 1; infinite at the ends.
///
/// Source: M. J. Wichura, *Algorithm AS 241: The Percentage Points of the Normal Distribution*, Applied Statistics
/// 37 (1988), routine PPND16.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.425 * 0.425 - q * q;
        return q * horner(&CENTRE_TOP, r) / horner(&CENTRE_BOTTOM, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-libm::log(tail)).sqrt();
    let x = if r <= 5.0 {
        horner(&MIDDLE_TOP, r - 1.6) / horner(&MIDDLE_BOTTOM, r - 1.6)
    } else {
        horner(&FAR_TOP, r - 5.0) / horner(&FAR_BOTTOM, r - 5.0)
    };
    x.copysign(q)
}

fn horner(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |value, c| value * x + c)
}

const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_7e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_inverts_the_distribution() {
        for i in 1..1_000 {
            let p = f64::from(i) / 1_000.0;
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-15, "{p}");
        }
        assert!(normal_quantile(0.0) == f64::NEG_INFINITY && normal_quantile(1.0) == f64::INFINITY);
    }

    #[test]
    fn the_mass_is_that_of_scipy() {
        // scipy 1.17.1: scipy.stats._continuous_distns._log_gauss_mass
        let cases = [
            (-1.0, 1.0, -0.381_715_146_302_126_16),
            (1.0, 2.0, -1.995_798_269_180_755_2),
            (-30.0, -29.0, -424.787_419_909_730_43),
            (37.0, 39.0, -689.030_585_576_890_8),
            (-40.0, 1.0, -0.172_753_779_023_449_9),
        ];
        for (a, b, expected) in cases {
            assert!((log_mass(a, b) / expected - 1.0_f64).abs() < 1e-12, "{a} {b} {}", log_mass(a, b));
        }
    }
}

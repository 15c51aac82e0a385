/// e^x for −700 ≤ x ≤ 0 to 1 or 2 units in the last place, written so that the compiler turns a loop over it into
/// vector instructions; additions and multiplications only, so equal bits on every platform.
///
/// x = k ln 2 + r with |r| ≤ ln 2 / 2; e^r by its Taylor polynomial of degree 13, whose remainder is below 2⁻⁵⁶.
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    // Adding 1.5 · 2⁵² rounds to a whole number, which then stands in the lowest bits.
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let mut sum = TAYLOR[0];
    for coefficient in &TAYLOR[1..] {
        sum = sum * r + coefficient;
    }
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    sum * power
}

const ROUND: f64 = 6_755_399_441_055_744.0;

/// ln 2 in two parts, the first with 21 zero bits at the end, so that its products with k are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1 / 13! to 1 / 0!.
const TAYLOR: [f64; 14] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_libm() {
        for i in 0..=700_000 {
            let x = -f64::from(i) * 1e-3;
            let (ours, theirs) = (exp(x), libm::exp(x));
            assert!((ours / theirs - 1.0).abs() < 5e-16, "{x}: {ours} {theirs}");
        }
    }
}

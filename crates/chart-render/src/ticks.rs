//! Round values for labels.

/// Round values at equal distances: `mantissa`·10^`exponent` apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    mantissa: i64,
    pub(crate) exponent: i32,
}

impl Step {
    /// The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `least` and a multiple of 10^`least_exponent`.
    /// `None` if `least` is not positive, or beyond what labels can show.
    pub(crate) fn at_least(least: f64, least_exponent: Option<i32>) -> Option<Self> {
        if !(1e-290..1e290).contains(&least) {
            return None;
        }
        let written = format!("{least:e}");
        let decade: i32 = written.split_once('e')?.1.parse().ok()?;
        let from = least_exponent.map_or(decade, |exponent| exponent.max(decade));
        let fine = |step: &Self| least_exponent.is_none_or(|exponent| step.exponent >= exponent);
        [(1, from), (2, from), (25, from - 1), (5, from), (1, from + 1)]
            .map(|(mantissa, exponent)| Self { mantissa, exponent })
            .into_iter()
            .find(|step| fine(step) && step.multiple(1) >= least)
    }

    /// `n` steps, rounded once.
    fn multiple(self, n: i64) -> f64 {
        let whole = n * self.mantissa;
        // The nearest f64 to a decimal number is what its text means.
        format!("{whole}e{}", self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// All multiples of the step from `min` to `max`; none if the step is too fine for `f64` there.
    pub(crate) fn values(self, min: f64, max: f64) -> Vec<f64> {
        const LARGEST: f64 = 1e14;
        let step = self.multiple(1);
        let (first, last) = ((min / step).ceil(), (max / step).floor());
        if !(first.abs() <= LARGEST && last.abs() <= LARGEST) {
            return Vec::new();
        }
        (whole(first)..=whole(last)).map(|n| self.multiple(n)).filter(|value| (min..=max).contains(value)).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "callers check that the value is far below 2^53")]
fn whole(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "round values are the nearest floats, exactly")]
mod tests {
    use super::*;

    fn step(least: f64, decimals: Option<i32>) -> f64 {
        Step::at_least(least, decimals.map(|d| -d)).unwrap().multiple(1)
    }

    #[test]
    fn steps_are_round() {
        let found = [0.9, 1.0, 1.1, 2.1, 2.6, 5.1, 0.000_11, 260.0].map(|least| step(least, None));
        assert_eq!(found, [1.0, 1.0, 2.0, 2.5, 5.0, 10.0, 0.000_2, 500.0]);
    }

    #[test]
    fn steps_respect_the_decimals_of_the_instrument() {
        assert_eq!(step(0.21, Some(1)), 0.5, "0.25 needs two decimals");
        assert_eq!(step(0.21, Some(2)), 0.25);
        assert_eq!(step(0.000_000_1, Some(5)), 0.000_01);
    }

    #[test]
    fn values_are_the_nearest_numbers_to_their_decimals() {
        let values = Step::at_least(0.1, None).unwrap().values(-0.15, 0.75);
        assert_eq!(values, [-0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    }

    #[test]
    fn what_cannot_be_labelled_has_no_steps() {
        assert!(
            [0.0, -1.0, f64::NAN, f64::INFINITY, 5e-324].iter().all(|&least| Step::at_least(least, None).is_none())
        );
        assert!(Step::at_least(1e-9, None).unwrap().values(1e12, 1e12 + 1.0).is_empty());
    }
}

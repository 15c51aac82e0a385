//! Values as text.

use crate::chart::ValueFormat;

/// Writes the values of one pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Formatter {
    /// With this number of decimals.
    Decimals(usize),
    /// A fraction as percent with this number of decimals.
    Percent(usize),
    /// With K, M, B, T and as many digits as a step of 10^`exponent` needs.
    Compact { exponent: i32 },
}

/// The exponent of the finest step whose labels differ, if the format limits it.
pub(crate) fn least_exponent(format: ValueFormat) -> Option<i32> {
    match format {
        ValueFormat::Auto | ValueFormat::Compact => None,
        ValueFormat::Decimals(decimals) => Some(-i32::from(decimals)),
        ValueFormat::Percent(decimals) => Some(-i32::from(decimals) - 2),
    }
}

impl Formatter {
    /// For labels that are multiples of 10^`exponent` and at most `largest` away from zero.
    pub(crate) fn new(format: ValueFormat, exponent: i32, largest: f64) -> Self {
        match format {
            ValueFormat::Decimals(decimals) => Self::Decimals(decimals.into()),
            ValueFormat::Percent(decimals) => Self::Percent(decimals.into()),
            ValueFormat::Auto if largest < 1e7 => Self::Decimals(decimals_of(exponent)),
            ValueFormat::Auto | ValueFormat::Compact => Self::Compact { exponent },
        }
    }

    /// For values between the labels: one digit more where the number of digits follows from the labels.
    pub(crate) fn finer(self, format: ValueFormat) -> Self {
        match (format, self) {
            (ValueFormat::Auto, Self::Decimals(decimals)) => Self::Decimals((decimals + 1).min(12)),
            (_, Self::Compact { exponent }) => Self::Compact { exponent: exponent - 1 },
            _ => self,
        }
    }

    pub(crate) fn write(self, value: f64) -> String {
        match self {
            Self::Decimals(decimals) => decimal(value, decimals),
            Self::Percent(decimals) => decimal(value * 100.0, decimals) + "%",
            Self::Compact { exponent } => compact(value, exponent),
        }
    }
}

/// Decimals that show a step of 10^`exponent`.
fn decimals_of(exponent: i32) -> usize {
    usize::try_from(-exponent).unwrap_or(0).min(12)
}

fn compact(value: f64, exponent: i32) -> String {
    const UNITS: [(f64, i32, &str); 4] = [(1e12, 12, "T"), (1e9, 9, "B"), (1e6, 6, "M"), (1e3, 3, "K")];
    match UNITS.iter().find(|(unit, ..)| value.abs() >= *unit) {
        Some((unit, digits, sign)) if value.abs() < 1e15 => {
            trimmed(&decimal(value / unit, decimals_of(exponent - digits).min(3))) + sign
        }
        _ => trimmed(&decimal(value, decimals_of(exponent))),
    }
}

fn trimmed(number: &str) -> String {
    if !number.contains('.') || number.contains('e') {
        return number.to_owned();
    }
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn decimal(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.3e}").replace('-', "−");
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let is_negative = value < 0.0 && digits.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
    let mut out = String::from(if is_negative { "−" } else { "" });
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_instrument() {
        let write = |value, decimals| Formatter::new(ValueFormat::Decimals(decimals), 0, 1.0).write(value);
        assert_eq!([write(1.08231, 5), write(151.234, 3), write(43250.5, 1)], ["1.08231", "151.234", "43,250.5"]);
        assert_eq!([write(-1234.0, 0), write(-0.001, 2), write(999.999, 2)], ["−1,234", "0.00", "1,000.00"]);
        assert_eq!(write(-2.5e18, 2), "−2.500e18");
    }

    #[test]
    fn percent_is_a_hundred_times_the_fraction() {
        assert_eq!(Formatter::new(ValueFormat::Percent(1), -3, 1.0).write(-0.125), "−12.5%");
    }

    #[test]
    fn automatic_labels_show_their_step_and_no_more() {
        let write = |value, exponent, largest| Formatter::new(ValueFormat::Auto, exponent, largest).write(value);
        assert_eq!(write(0.25, -2, 1.0), "0.25");
        assert_eq!(write(12_500.0, 2, 20_000.0), "12,500");
        assert_eq!(write(1.5e7, 5, 2e7), "15M");
    }

    #[test]
    fn compact_labels_keep_what_tells_them_apart() {
        let write = |value, exponent| Formatter::Compact { exponent }.write(value);
        assert_eq!([write(0.0, 5), write(5e5, 5), write(1e6, 5), write(1.5e6, 5)], ["0", "500K", "1M", "1.5M"]);
        assert_eq!([write(1.005e6, 3), write(250.0, 1), write(0.25, -2)], ["1.005M", "250", "0.25"]);
        assert_eq!(write(-3.2e9, 8), "−3.2B");
        assert_eq!(write(4e20, 19), "4.000e20");
    }
}

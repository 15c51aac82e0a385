//! Numbers as the page writes them: English digits, a true minus sign, a dash for what is undefined.

use crate::model::Unit;

/// What stands for an undefined number.
pub(crate) const ABSENT: &str = "–";

/// A number as the page writes it, such as `−1,234.50 USD` or `12.30 %`, or a dash for one that is undefined.
///
/// ```
/// use trade_report::{Unit, format_number};
///
/// assert_eq!(format_number(Some(-0.1234), Unit::Fraction, "USD"), "−12.34 %");
/// assert_eq!(format_number(None, Unit::Money, "USD"), "–");
/// ```
pub fn unit(value: Option<f64>, unit: Unit, currency: &str) -> String {
    let Some(value) = value else { return ABSENT.to_owned() };
    match unit {
        Unit::Fraction => format!("{} %", fixed(100.0 * value, 2)),
        Unit::Money => format!("{} {currency}", fixed(value, 2)).trim_end().to_owned(),
        Unit::Ratio => fixed(value, 2),
        Unit::Probability if value > 0.9995 && value < 1.0 => "> 0.999".to_owned(),
        Unit::Probability if value < 0.0005 && value > 0.0 => "< 0.001".to_owned(),
        Unit::Probability => fixed(value, 3),
        Unit::Count => fixed(value, 0),
        Unit::Bars => format!("{} bars", fixed(value, 0)),
        Unit::Days => format!("{} days", fixed(value, 1)),
    }
}

/// `−1,234.50`: grouped by thousands, never a negative zero.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut out = String::from(if value < 0.0 && !is_zero { "−" } else { "" });
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The shortest decimal text, with a true minus sign.
pub(crate) fn short(value: f64) -> String {
    // Six significant digits are what an axis can show; the embedded data have all.
    let text = format!("{value:.6}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

/// The class of a number by its sign.
pub(crate) fn sign(value: Option<f64>) -> &'static str {
    match value {
        Some(value) if value > 0.0 => "pos",
        Some(value) if value < 0.0 => "neg",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{fixed, short, unit};
    use crate::model::Unit;

    #[test]
    fn numbers_carry_their_units() {
        assert_eq!(unit(Some(-0.1234), Unit::Fraction, "USD"), "−12.34 %");
        assert_eq!(unit(Some(-1_234_567.5), Unit::Money, "USD"), "−1,234,567.50 USD");
        assert_eq!(unit(Some(0.9999), Unit::Probability, ""), "> 0.999");
        assert_eq!(unit(Some(1_500.0), Unit::Bars, ""), "1,500 bars");
        assert_eq!(unit(None, Unit::Ratio, ""), "–");
    }

    #[test]
    fn nothing_is_no_negative_zero() {
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(999.999, 2), "1,000.00");
        assert_eq!(short(-1.50), "−1.5");
        assert_eq!(short(200.0), "200");
    }
}

use crate::multiple::{Adjustment, adjust_p_values};
use crate::student::{two_sided, two_sided_quantile};

/// A Sharpe ratio after the tries it was chosen from are accounted for. All ratios are per period.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Haircut {
    /// Two-sided p-value of the ratio alone, by Student's law; 1 for a ratio that is not above 0.
    pub p_value: f64,
    /// The same adjusted for all tries.
    pub adjusted_p_value: f64,
    /// The ratio that a single try would need to show the adjusted p-value; 0 where that is 1.
    pub sharpe: f64,
    /// Share of the ratio that is cut off, 0 to 1; `None` for a ratio that is not above 0.
    pub fraction: Option<f64>,
}

/// Haircut Sharpe ratios: each ratio becomes a t-value √n·SR, the p-values are adjusted for their number, and turned back
/// into a ratio. The cut is not linear: strong ratios lose little, weak ones everything.
///
/// Harvey and Liu also estimate tries that nobody logged from a model of published factors; here all tries are given.
///
/// - `ratios`: Sharpe ratio of every try, of one period.
/// - `n`: number of periods behind each, at least 2.
///
/// One entry per try, in their order. `None` for no ratios, one that is not finite, or too few periods.
///
/// Source: C. R. Harvey, Y. Liu, *Backtesting*, Journal of Portfolio Management 42 (2015).
///
/// ```
/// use trade_stats::{Adjustment, haircut_sharpe};
///
/// // Ten years of months; the best of three has an annual ratio of 1.
/// let ratios = [1.0 / 12_f64.sqrt(), 0.1, 0.05];
/// let cut = haircut_sharpe(&ratios, 120, Adjustment::Bonferroni).ok_or("no ratios")?;
/// assert!((cut[0].adjusted_p_value - 3.0 * cut[0].p_value).abs() < 1e-12);
/// assert!(cut[0].fraction.is_some_and(|cut| cut > 0.1 && cut < 0.2));
/// # Ok::<(), &str>(())
/// ```
pub fn haircut_sharpe(ratios: &[f64], n: usize, adjustment: Adjustment) -> Option<Vec<Haircut>> {
    if n < 2 || ratios.iter().any(|ratio| !ratio.is_finite()) {
        return None;
    }
    let (root, degrees) = ((n as f64).sqrt(), n as f64 - 1.0);
    let p_of = |ratio: &f64| if *ratio > 0.0 { two_sided(ratio * root, degrees) } else { Some(1.0) };
    let p_values = ratios.iter().map(p_of).collect::<Option<Vec<f64>>>()?;
    let adjusted = adjust_p_values(&p_values, adjustment)?;
    let cut = |((&ratio, p_value), adjusted_p_value): ((&f64, f64), f64)| {
        // A p-value too small for a float has no finite t-value: nothing is cut off.
        let sharpe = two_sided_quantile(adjusted_p_value, degrees).map_or(ratio, |t| t / root);
        let fraction = (ratio > 0.0).then(|| 1.0 - sharpe / ratio);
        Haircut { p_value, adjusted_p_value, sharpe, fraction }
    };
    Some(ratios.iter().zip(p_values).zip(adjusted).map(cut).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_try_keeps_its_ratio() {
        let cut = haircut_sharpe(&[0.2], 100, Adjustment::Holm).unwrap()[0];
        assert!((cut.sharpe - 0.2).abs() < 1e-12 && cut.fraction.unwrap().abs() < 1e-11, "{cut:?}");
    }

    #[test]
    fn losers_have_nothing_to_cut() {
        let cut = haircut_sharpe(&[-0.3, 0.0], 100, Adjustment::BenjaminiYekutieli).unwrap();
        assert!(cut.iter().all(|cut| cut.fraction.is_none() && cut.sharpe.abs() < 1e-12 && cut.p_value >= 1.0));
    }

    #[test]
    fn undefined_ratios_have_no_haircut() {
        assert_eq!(haircut_sharpe(&[], 100, Adjustment::Holm), None);
        assert_eq!(haircut_sharpe(&[f64::NAN], 100, Adjustment::Holm), None);
        assert_eq!(haircut_sharpe(&[0.1], 1, Adjustment::Holm), None);
        let sure = haircut_sharpe(&[1e6, 0.1], 1_000, Adjustment::Holm).unwrap()[0];
        assert_eq!(sure.fraction, Some(0.0));
    }
}

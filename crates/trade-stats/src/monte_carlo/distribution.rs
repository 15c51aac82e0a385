use crate::moments::{mean, std_dev};
use crate::quantile::{quantile_sorted, sorted};

/// The values of one statistic over all resamples, in rising order.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Distribution {
    sorted: Vec<f64>,
}

/// A range that holds a number with a stated confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Distribution {
    /// The distribution of `values`; `None` for none or one that is not finite.
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        Some(Self { sorted: sorted(values)? })
    }

    /// The values in rising order, at least one.
    pub fn values(&self) -> &[f64] {
        &self.sorted
    }

    /// The `p`-quantile ([`quantile`](crate::quantile)); `None` for a `p` outside of 0..=1.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        (0.0..=1.0).contains(&p).then(|| quantile_sorted(&self.sorted, p)).flatten()
    }

    /// The middle range that holds the share `confidence` of the values (the percentile interval of the bootstrap);
    /// `None` for a share outside of 0..=1.
    ///
    /// ```
    /// let d = trade_stats::Distribution::of(&[4.0, 1.0, 2.0, 3.0, 5.0]).ok_or("no values")?;
    /// let middle = d.interval(0.5).ok_or("not a share")?;
    /// assert_eq!((middle.low, middle.high), (2.0, 4.0));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        let tail = (1.0 - confidence) / 2.0;
        Some(Interval { low: self.quantile(tail)?, high: self.quantile(1.0 - tail)? })
    }

    /// Share of the values at or below `level`, 0 to 1.
    pub fn share_up_to(&self, level: f64) -> f64 {
        self.sorted.partition_point(|value| *value <= level) as f64 / self.sorted.len() as f64
    }

    /// Arithmetic mean.
    pub fn mean(&self) -> Option<f64> {
        mean(&self.sorted)
    }

    /// Sample standard deviation: the bootstrap's standard error of the statistic. `None` for one value.
    pub fn std_dev(&self) -> Option<f64> {
        std_dev(&self.sorted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_quantiles_are_bounded() {
        let d = Distribution::of(&[3.0, 1.0, 2.0, 2.0]).unwrap();
        assert_eq!((d.share_up_to(0.9), d.share_up_to(2.0), d.share_up_to(9.0)), (0.0, 0.75, 1.0));
        assert_eq!((d.quantile(-0.1), d.quantile(1.1), d.interval(1.5)), (None, None, None));
        assert_eq!(d.interval(1.0), Some(Interval { low: 1.0, high: 3.0 }));
        assert_eq!(Distribution::of(&[]), None);
        assert_eq!(Distribution::of(&[f64::NAN]), None);
    }
}

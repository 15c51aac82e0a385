use market::Bar;

/// The prices of one bar, as mid prices between bid and ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarPrices {
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Mean of ask − bid, in price units; read only with [`Spread::FromBars`](crate::Spread::FromBars).
    pub spread: f64,
}

impl BarPrices {
    /// The four prices in the order in which the bar is taken to have met them.
    pub fn path(&self) -> [f64; 4] {
        if self.high - self.open < self.open - self.low {
            [self.open, self.high, self.low, self.close]
        } else {
            [self.open, self.low, self.high, self.close]
        }
    }
}

impl From<&Bar> for BarPrices {
    fn from(bar: &Bar) -> Self {
        Self { open: bar.open, high: bar.high, low: bar.low, close: bar.close, spread: bar.spread }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers are exact")]
mod tests {
    use super::BarPrices;

    fn path(open: f64, high: f64, low: f64, close: f64) -> [f64; 4] {
        BarPrices { open, high, low, close, spread: f64::NAN }.path()
    }

    #[test]
    fn the_nearer_extreme_comes_first() {
        assert_eq!(path(10.0, 11.0, 8.0, 9.0), [10.0, 11.0, 8.0, 9.0]);
        assert_eq!(path(10.0, 12.0, 9.0, 11.0), [10.0, 9.0, 12.0, 11.0]);
    }

    #[test]
    fn the_low_comes_first_if_both_are_as_near() {
        assert_eq!(path(10.0, 11.0, 9.0, 10.5), [10.0, 9.0, 11.0, 10.5]);
    }
}

//! Numbers of longer bars, as they are known at the bars that these are made of.

use std::sync::Arc;

use market::{Bars, BarsView, Timeframe, resample};
use strategy::Price;

use crate::market::IndicatorKey;
use crate::{Error, Market};

/// A number of longer bars; equal keys give equal columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LongerKey {
    pub(crate) minutes: u16,
    /// Longer bars before the last that has ended.
    pub(crate) back: usize,
    pub(crate) values: LongerValues,
}

/// A column of the longer bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LongerValues {
    Price(Price),
    /// The bits of a number.
    Constant(u64),
    /// An indicator, and the number of the output that is meant.
    Indicator(IndicatorKey, usize),
}

/// Longer bars, and which of them each bar belongs to.
#[derive(Debug)]
pub(crate) struct LongerBars {
    bars: Bars,
    owner: Vec<u32>,
}

impl LongerBars {
    pub(crate) fn of(bars: BarsView<'_>, minutes: u16) -> Result<Self, Error> {
        let refused = |source: market::Error| Error::Longer { minutes, source: Box::new(source) };
        let length = Timeframe::from_seconds(60 * u32::from(minutes)).map_err(refused)?;
        let longer = resample(bars, length).map_err(refused)?;
        let starts = longer.view().open_time;
        let mut owner = Vec::with_capacity(bars.len());
        let mut current = 0_u32;
        for time in bars.open_time {
            while starts.get(current as usize + 1).is_some_and(|next| next <= time) {
                current += 1;
            }
            owner.push(current);
        }
        Ok(Self { bars: longer, owner })
    }

    /// The value of the last longer bar that has ended when a bar opens: the one before the longer bar it belongs to.
    pub(crate) fn column(&self, key: &LongerKey) -> Result<Arc<[f64]>, Error> {
        let market = Market::new(self.bars.view());
        let (outputs, constant);
        let values = match &key.values {
            LongerValues::Price(price) => market.price(*price),
            LongerValues::Constant(bits) => {
                constant = vec![f64::from_bits(*bits); self.bars.len()];
                &constant
            }
            LongerValues::Indicator(indicator, output) => {
                outputs = market.indicator(indicator)?;
                &outputs[output * self.bars.len()..(output + 1) * self.bars.len()]
            }
        };
        let ended = |owner: &u32| (*owner as usize).checked_sub(1 + key.back);
        Ok(self.owner.iter().map(|owner| ended(owner).map_or(f64::NAN, |bar| values[bar])).collect())
    }
}

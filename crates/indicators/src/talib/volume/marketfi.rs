use crate::talib::math::pointwise::pointwise;

pointwise!(
    /// TA-Lib's market facilitation index of Williams: the bar's range over its volume, 0 without volume.
    MarketFi = "marketfi", |high, low, volume| if volume == 0.0 { 0.0 } else { (high - low) / volume }
);

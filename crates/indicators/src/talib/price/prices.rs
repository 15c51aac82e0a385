use crate::talib::math::pointwise::pointwise;

pointwise!(
    /// TA-Lib's average price of a bar: (high + low + close + open) / 4, added in this order.
    AvgPrice = "avgprice", |open, high, low, close| (high + low + close + open) / 4.0
);

pointwise!(
    /// TA-Lib's middle of a bar: (high + low) / 2.
    MedPrice = "medprice", |high, low| (high + low) * 0.5
);

pointwise!(
    /// TA-Lib's typical price of a bar: (high + low + close) / 3, added in this order.
    TypPrice = "typprice", |high, low, close| (high + low + close) / 3.0
);

pointwise!(
    /// TA-Lib's close-weighted price of a bar: (high + low + 2 · close) / 4.
    ///
    /// TA-Lib adds twice the close by a fused multiply-add; doubling is exact, so that plain operations give its bits.
    WclPrice = "wclprice", |high, low, close| (high + low + 2.0 * close) / 4.0
);

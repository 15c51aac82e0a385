/// Chaikin's money flow of a bar: its volume, times a weight from −1 for a close at the low to 1 for one at the high.
/// A bar without range has none.
///
/// Of high, low, close and volume, in this order of operations, TA-Lib makes A/D, ADOSC and CMF.
#[inline(always)]
pub(crate) fn money_flow([high, low, close, volume]: [f64; 4]) -> f64 {
    let range = high - low;
    if range > 0.0 { (close - low - (high - close)) / range * volume } else { 0.0 }
}

/// [`money_flow`] of each bar.
#[inline(always)]
pub(crate) fn money_flows([high, low, close, volume]: [&[f64]; 4], out: &mut [f64]) {
    let bars = high.iter().zip(low).zip(close).zip(volume);
    for (flow, (((&high, &low), &close), &volume)) in out.iter_mut().zip(bars) {
        *flow = money_flow([high, low, close, volume]);
    }
}

use strategy::{SizeRule, Strategy};

const DIVIDE: &str = "
// A quotient has no value where the divisor is 0
divide(float dividend, float divisor) =>
    divisor == 0 ? na : dividend / divisor
";

const NEARER: &str = "
// The better one of two prices for a position of that side
nearer(float before, float price, int side) =>
    na(before) ? price : side > 0 ? math.max(before, price) : math.min(before, price)
";

const KELLY: &str = "
// Part of the leverage that would have let equity grow fastest, by the latest closed trades. Pine takes numbers within
// 1e-10 of each other as equal, so small ones are compared a million million million times as large.
trade_return(int index) =>
    strategy.closedtrades.profit(index) / (strategy.closedtrades.entry_price(index) * math.abs(strategy.closedtrades.size(index)))
kelly_leverage(int count, float fraction, float least, float most) =>
    float leverage = least
    if strategy.closedtrades >= count
        first = strategy.closedtrades - count
        float total = 0.0
        for index = first to strategy.closedtrades - 1
            total += trade_return(index)
        mean = total / count
        float squares = 0.0
        for index = first to strategy.closedtrades - 1
            squares += (trade_return(index) - mean) * (trade_return(index) - mean)
        float full = mean * 1e18 > 0 ? most : least
        if squares * 1e18 > 0
            full := fraction * mean / (squares / (count - 1))
        leverage := full > least ? math.min(full, most) : least
    leverage
";

/// The functions that the script of `strategy` calls, between empty lines.
pub(crate) fn helpers(strategy: &Strategy, uses_division: bool) -> String {
    let risk = &strategy.risk;
    let moves_stop = risk.trailing_stop.is_some() || risk.break_even.is_some();
    let sizes_by_kelly = matches!(strategy.sizing.rule, SizeRule::Kelly { .. });
    let used = [(uses_division, DIVIDE), (moves_stop, NEARER), (sizes_by_kelly, KELLY)];
    let mut text: String = used.into_iter().filter(|(is_used, _)| *is_used).map(|(_, function)| function).collect();
    text.push('\n');
    text
}

use super::make::{average, bars, number, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};
use crate::MovingAverage;

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "cci",
        title: "Commodity channel index",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CCI"),
        pine: pine("ta.cci(hlc3, {period})", &[]),
        formula: "(T - sma(T, n)) / (0.015 * mean absolute distance of the last n T from sma(T, n)), with T = (high + \
            low + close) / 3",
        meaning: "How far the price has left its average, measured by how far it usually does. About three quarters \
            of all values lie between -100 and 100: beyond them a trend is under way, or a move is overdone, and a \
            return from there is the usual signal.",
        notes: "No limits. The first n - 1 bars have no value. A window without distances gives 0; TradingView gives \
            na there. TA-Lib adds up each window anew in the order of its ring, TradingView keeps running sums: \
            values differ by rounding.",
        reference: "D. R. Lambert, Commodity Channel Index: Tool for Trading Cyclic Trends, Commodities (October 1980)",
    },
    IndicatorInfo {
        name: "chop",
        title: "Choppiness index",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CHOP"),
        pine: pine(
            "100 * math.log10(math.sum(ta.tr(true), {period}) / (ta.highest({period}) - ta.lowest({period}))) / \
                 math.log10({period})",
            &[],
        ),
        formula: "100 * log10(sum of the true range over n bars / (highest high - lowest low of n bars)) / log10(n)",
        meaning: "Tells a market that goes sideways from one that trends, whatever the direction. Above 61.8 the \
            price has walked much without getting anywhere, below 38.2 it has gone straight. Traders use it to choose \
            between methods for ranges and for trends.",
        notes: "The first n bars have no value: the first bar has no true range. A window without a range gives 100. \
            A gap at the start of the window is in the sum and not in the range, so that values can exceed 100; see \
            choptr.",
        reference: "E. W. Dreiss; G. Burke, Measuring Market Choppiness with Chaos, Futures (October 1993)",
    },
    IndicatorInfo {
        name: "choptr",
        title: "Choppiness index with a true range box",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("CHOPTR"),
        pine: pine(
            "{name}_high = math.max(high, nz(close[1], high))\n\
             {name}_low = math.min(low, nz(close[1], low))\n\
             {name}_box = ta.highest({name}_high, {period}) - ta.lowest({name}_low, {period})\n\
             {name}_value = 100 * math.log10(math.sum({name}_high - {name}_low, {period}) / {name}_box) / \
                 math.log10({period})",
            &["{name}_value"],
        ),
        formula: "100 * log10(sum of the true range over n bars / (highest true high - lowest true low of n bars)) / \
            log10(n), where a true high or low reaches to the close before",
        meaning: "The choppiness index for markets with gaps: both the way walked and the range count the gaps, so \
            that it never exceeds 100. Above 61.8 the market goes sideways, below 38.2 it trends.",
        notes: "The first n bars have no value: the first bar has no true range. A window without any range gives 100.",
        reference: "E. W. Dreiss; G. Burke, Measuring Market Choppiness with Chaos, Futures (October 1993)",
    },
    IndicatorInfo {
        name: "cmo",
        title: "Chande momentum oscillator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CMO"),
        pine: pine(
            "{name}_rise = ta.rma(math.max(ta.change({source}), 0), {period})\n\
             {name}_fall = ta.rma(math.max(-ta.change({source}), 0), {period})",
            &["100 * ({name}_rise - {name}_fall) / ({name}_rise + {name}_fall)"],
        ),
        formula: "100 * (G - L) / (G + L), with Wilder's averages G of the rises and L of the falls over n bars",
        meaning: "Rises against falls, from -100 (falls only) to 100 (rises only). Beyond 50 and -50 the market \
            counts as overbought or oversold; its distance from 0 also tells the strength of a trend. It carries the \
            same information as the relative strength index, of which it is twice the value less 100.",
        notes: "The first n bars have no value. No movement gives 0. TA-Lib smooths as Wilder does; Chande's own \
            formula with plain sums, which TradingView has as ta.cmo, is cmou.",
        reference: "T. S. Chande, S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "cmou",
        title: "Chande momentum oscillator, unsmoothed",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CMOU"),
        pine: pine("ta.cmo({source}, {period})", &[]),
        formula: "100 * (G - L) / (G + L), with the sums G of the rises and L of the falls over the last n changes",
        meaning: "Rises against falls of the last n bars, each with the same weight, from -100 (falls only) to 100 \
            (rises only). Beyond 50 and -50 the market counts as overbought or oversold. It reacts faster than the \
            smoothed form, and jumps when a large change leaves the window.",
        notes: "The first n bars have no value. No movement gives 0; TradingView gives na there. TA-Lib keeps running \
            totals and empties them when all of the window stood still.",
        reference: "T. S. Chande, S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "crsi",
        title: "Connors relative strength index",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 2, 100_000, 3),
            bars("streak_period", 2, 100_000, 2),
            bars("rank_period", 2, 10_000, 100),
        ],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("CRSI"),
        pine: pine(
            "{name}_price = {source}\n\
             {name}_streak = 0.0\n\
             {name}_streak := {name}_price > {name}_price[1] ? math.max(nz({name}_streak[1]), 0) + 1 : {name}_price < \
                 {name}_price[1] ? math.min(nz({name}_streak[1]), 0) - 1 : 0\n\
             {name}_rank = ta.percentrank(ta.roc({name}_price, 1), {rank_period})\n\
             {name}_value = (ta.rsi({name}_price, {period}) + ta.rsi({name}_streak, {streak_period}) + {name}_rank) / \
                 3",
            &["{name}_value"],
        ),
        formula: "(rsi(price, period) + rsi(streak, streak_period) + percentage of the last rank_period returns below \
            the newest) / 3",
        meaning: "A short-term oscillator for buying pullbacks in liquid stocks and funds. It is low only where the \
            price has fallen fast, for several days on end, and by an unusual amount. Below 10 counts as oversold, \
            above 90 as overbought.",
        notes: "A streak counts the rises or, negative, the falls in a row. The first value comes with the slowest \
            part, with the defaults after 101 bars. A return from a price of 0 counts as 0. TradingView's rank counts \
            equal returns too, and its relative strength differs where nothing moves.",
        reference: "L. Connors, C. Alvarez, An Introduction to ConnorsRSI (2012)",
    },
    IndicatorInfo {
        name: "fisher",
        title: "Fisher transform",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 10)],
        outputs: &[output("fisher", Unit::Number), output("trigger", Unit::Number)],
        talib: Some("FISHER"),
        pine: pine(
            "{name}_low = ta.lowest(hl2, {period})\n\
             {name}_x = 0.0\n\
             {name}_x := 0.66 * ((hl2 - {name}_low) / (ta.highest(hl2, {period}) - {name}_low) - 0.5) + 0.67 * \
                 nz({name}_x[1])\n\
             {name}_x := {name}_x > 0.99 ? 0.999 : {name}_x < -0.99 ? -0.999 : {name}_x\n\
             {name}_fisher = 0.0\n\
             {name}_fisher := 0.5 * math.log((1 + {name}_x) / (1 - {name}_x)) + 0.5 * nz({name}_fisher[1])",
            &["{name}_fisher", "{name}_fisher[1]"],
        ),
        formula: "x = 0.66 * (position of (high + low) / 2 in its range of n bars, 0 to 1, - 0.5) + 0.67 * previous \
            x, limited to 0.999; fisher = 0.5 * ln((1 + x) / (1 - x)) + 0.5 * previous fisher; trigger = previous \
            fisher",
        meaning: "Turns the place of the price in its range into a line with sharp turning points. Extremes beyond \
            1.5 or 2 are rare, and a crossing of fisher and trigger there marks a likely turn.",
        notes: "The first n - 1 bars have no value; x and fisher begin at 0. Where the range is 0 the position counts \
            as the middle. The logarithm is the platform's, so that last digits may differ from system to system.",
        reference: "J. F. Ehlers, Using the Fisher Transform, Technical Analysis of Stocks & Commodities 20:11 (2002)",
    },
    IndicatorInfo {
        name: "fractal",
        title: "Williams fractal",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("left_bars", 1, 100_000, 2), bars("right_bars", 1, 100_000, 2)],
        outputs: &[output("swing_high", Unit::Signal), output("swing_low", Unit::Signal)],
        talib: Some("FRACTAL"),
        pine: pine(
            "{name}_before = ta.highest(high, {left_bars})\n\
             {name}_behind = ta.highest(high, {right_bars})\n\
             {name}_under = ta.lowest(low, {left_bars})\n\
             {name}_since = ta.lowest(low, {right_bars})\n\
             {name}_high = high[{right_bars}] > {name}_before[{right_bars} + 1] and high[{right_bars}] > \
                 {name}_behind ? 100 : 0\n\
             {name}_low = low[{right_bars}] < {name}_under[{right_bars} + 1] and low[{right_bars}] < {name}_since ? \
                 100 : 0",
            &["{name}_high", "{name}_low"],
        ),
        formula: "swing_high = 100 where the high right_bars bars ago is above the highs of the left_bars bars before \
            it and of all bars since, else 0; swing_low likewise with lows",
        meaning: "Marks swing highs and lows: the points that stops are set behind and trend lines are drawn through. \
            A break of the last swing high or low is Williams' signal to enter.",
        notes: "The mark stands at the bar that confirms the swing, right_bars bars behind it, so that nothing is \
            repainted. Equal highs or lows are no swing. The first left_bars + right_bars bars have no value.",
        reference: "B. M. Williams, Trading Chaos (1995)",
    },
    IndicatorInfo {
        name: "ibs",
        title: "Internal bar strength",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::Number)],
        talib: Some("IBS"),
        pine: pine("high > low ? (close - low) / (high - low) : 0.5", &[]),
        formula: "(close - low) / (high - low)",
        meaning: "Where the bar closed in its range, from 0 (at the low) to 1 (at the high). In stock indices and \
            their funds a close near the low, below 0.2, is more often followed by a rise than one near the high: a \
            simple mean-reversion signal.",
        notes: "Every bar has a value; a bar without a range gives 0.5.",
        reference: "A. S. Pagonidis, The IBS Effect: Mean Reversion in Equity ETFs (2013)",
    },
    IndicatorInfo {
        name: "imi",
        title: "Intraday momentum index",
        group: Group::Momentum,
        inputs: &[Column::Open, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("IMI"),
        pine: pine(
            "100 * math.sum(math.max(close - open, 0), {period}) / math.sum(math.abs(close - open), {period})",
            &[],
        ),
        formula: "100 * G / (G + L), with the sums over n bars G of close - open of rising and L of open - close of \
            falling bars",
        meaning: "A relative strength index of the bodies of candles: it leaves the gaps between sessions out and \
            shows who wins while the market is open. Above 70 counts as overbought, below 30 as oversold.",
        notes: "The first n - 1 bars have no value. Bars that all closed where they opened give 50.",
        reference: "T. S. Chande, S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "kdj",
        title: "KDJ stochastic",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("fast_k_period", 1, 100_000, 9),
            bars("slow_k_period", 1, 100_000, 3),
            average("slow_k_ma", MovingAverage::Rma),
            bars("slow_d_period", 1, 100_000, 3),
            average("slow_d_ma", MovingAverage::Rma),
        ],
        outputs: &[output("k", Unit::Percent), output("d", Unit::Percent), output("j", Unit::Number)],
        talib: Some("KDJ"),
        pine: None,
        formula: "k = average of 100 * (close - lowest low) / (highest high - lowest low) over fast_k_period bars; d \
            = average of k; j = 3 * k - 2 * d",
        meaning: "The stochastic as Asian charts draw it, with Wilder's averages and a third line. J leads K away \
            from D: it goes beyond 0 and 100 where K runs ahead, above 100 counts as overbought and below 0 as \
            oversold. Crossings of K and D are the signals.",
        notes: "The three lines begin together. A window without a range counts as 0. J has no limits.",
        reference: "Variant of G. C. Lane's stochastic that is common in East Asian charting programs; Lane's \
            Stochastics, Technical Analysis of Stocks & Commodities 2 (1984)",
    },
    IndicatorInfo {
        name: "mfi",
        title: "Money flow index",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close, Column::Volume],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("MFI"),
        pine: pine("ta.mfi(hlc3, {period})", &[]),
        formula: "100 * P / (P + N), with the sums over n bars P of typical price * volume where the typical price \
            (high + low + close) / 3 rose and N where it fell",
        meaning: "A relative strength index that weighs each bar by the money that changed hands. Above 80 counts as \
            overbought, below 20 as oversold; a new high of the price without one of the index warns of a move \
            without money behind it.",
        notes: "The first n bars have no value. Bars of an unchanged typical price count for neither side; a window \
            without any flow gives 0. Negative volumes are not refused and make no sense.",
        reference: "G. Quong, A. Soudack, Volume-Weighted RSI: Money Flow, Technical Analysis of Stocks & Commodities \
            7:3 (1989)",
    },
    IndicatorInfo {
        name: "pso",
        title: "Premier stochastic oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("fast_k_period", 1, 100_000, 8), bars("ema_period", 1, 100_000, 5)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("PSO"),
        pine: pine(
            "{name}_x = ta.ema(ta.ema(0.1 * (ta.stoch(close, high, low, {fast_k_period}) - 50), {ema_period}), \
                 {ema_period})",
            &["(math.exp({name}_x) - 1) / (math.exp({name}_x) + 1)"],
        ),
        formula: "tanh(x / 2), with x = ema(ema(0.1 * (k - 50), ema_period), ema_period) and k = 100 * (close - \
            lowest low) / (highest high - lowest low) over fast_k_period bars",
        meaning: "A stochastic of little lag between -1 and 1. Leaving the zones beyond 0.9 or 0.2, and -0.9 or -0.2, \
            are its author's signals to sell and to buy; inside of 0.2 there is no direction.",
        notes: "A window without a range counts as the middle. The first fast_k_period - 1 + 2 * (ema_period - 1) \
            bars have no value. The hyperbolic tangent is the platform's, so that last digits may differ from system \
            to system.",
        reference: "L. Leibfarth, Premier Stochastic Oscillator, Technical Analysis of Stocks & Commodities 26:8 \
            (2008)",
    },
    IndicatorInfo {
        name: "rsi",
        title: "Relative strength index",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("RSI"),
        pine: pine("ta.rsi({source}, {period})", &[]),
        formula: "100 * G / (G + L), with Wilder's averages G of the rises and L of the falls over n bars",
        meaning: "The share of the rises in all movement. Above 70 counts as overbought, below 30 as oversold; in \
            strong trends the zones shift to 80 and 40, or 60 and 20. A new extreme of the price that the index does \
            not confirm warns of a turn.",
        notes: "The first n bars have no value. Only rises give 100, only falls 0. No movement since the first bar \
            gives 50 (TA-Lib up to 0.8.1: 0), and 100 in TradingView, which also takes an average fall of at most \
            1e-10 for none. TA-Lib multiplies by the rounded 1/n where TradingView divides by n.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "smi",
        title: "Stochastic momentum index",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("period", 2, 100_000, 13),
            bars("fast", 2, 100_000, 2),
            bars("slow", 2, 100_000, 25),
            bars("signal", 2, 100_000, 9),
        ],
        outputs: &[output("smi", Unit::Number), output("signal", Unit::Number)],
        talib: Some("SMI"),
        pine: pine(
            "{name}_top = ta.highest({period})\n\
             {name}_bottom = ta.lowest({period})\n\
             {name}_range = ta.ema(ta.ema({name}_top - {name}_bottom, {slow}), {fast})\n\
             {name}_smi = 200 * ta.ema(ta.ema(close - ({name}_top + {name}_bottom) / 2, {slow}), {fast}) / \
                 {name}_range\n\
             {name}_signal = ta.ema({name}_smi, {signal})",
            &["{name}_smi", "{name}_signal"],
        ),
        formula: "smi = 100 * ema(ema(close - (highest high + lowest low) / 2, slow), fast) / (ema(ema(highest high - \
            lowest low, slow), fast) / 2) over n bars; signal = ema(smi, signal)",
        meaning: "A smoother stochastic around 0: where the close stands from the middle of the range, from -100 to \
            100. Beyond 40 and -40 the market counts as overbought or oversold; crossings of the signal line are \
            traded in the direction of the trend.",
        notes: "Both lines begin together, after n - 1 + slow - 1 + fast - 1 + signal - 1 bars. A smoothed range of 0 \
            gives 0.",
        reference: "W. Blau, Momentum, Direction, and Divergence (1995)",
    },
    IndicatorInfo {
        name: "sqzmom",
        title: "Squeeze momentum",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("bb_period", 2, 100_000, 20),
            number("deviations", 0.0, 3e37, 2.0),
            bars("kc_period", 2, 100_000, 20),
            number("wide_factor", 0.0, 3e37, 2.0),
            number("normal_factor", 0.0, 3e37, 1.5),
            number("narrow_factor", 0.0, 3e37, 1.0),
        ],
        outputs: &[output("momentum", Unit::PriceDifference), output("squeeze", Unit::Signal)],
        talib: Some("SQZMOM"),
        pine: pine(
            "{name}_middle = ta.sma(close, {bb_period})\n\
             {name}_distance = {deviations} * ta.stdev(close, {bb_period})\n\
             {name}_centre = ta.sma(close, {kc_period})\n\
             {name}_width = ta.sma(ta.tr, {kc_period})\n\
             {name}_above = ({name}_middle + {name}_distance - {name}_centre) / {name}_width\n\
             {name}_below = ({name}_centre - {name}_middle + {name}_distance) / {name}_width\n\
             {name}_larger = math.max({name}_above, {name}_below)\n\
             {name}_level = {name}_larger < {narrow_factor} ? 3 : {name}_larger < {normal_factor} ? 2 : {name}_larger \
                 < {wide_factor} ? 1 : math.min({name}_above, {name}_below) > {wide_factor} ? -1 : 0\n\
             {name}_momentum = ta.linreg(close - ((ta.highest({kc_period}) + ta.lowest({kc_period})) / 2 + \
                 {name}_centre) / 2, {kc_period}, 0)",
            &["{name}_momentum", "{name}_level"],
        ),
        formula: "momentum = end of the regression line of kc_period bars through close - ((highest high + lowest \
            low) / 2 + sma(close)) / 2; squeeze = 3, 2, 1 where the Bollinger bands lie inside of Keltner channels of \
            the narrow, normal, wide factor, -1 where outside of the wide one, else 0",
        meaning: "A market that has gone quiet is about to move: squeeze tells how quiet it is, the more the higher, \
            and momentum where it leans. The end of a squeeze, when the number falls to 0 or -1, is the signal, in \
            the direction of momentum.",
        notes: "The channels are simple averages of the true range around a simple average of the close; both outputs \
            begin together. The factors should fall from wide to narrow: TA-Lib refuses others, here they are tried \
            in the order narrow, normal, wide all the same.",
        reference: "J. F. Carter, Mastering the Trade (2005); momentum as in LazyBear's script on TradingView (2014)",
    },
    IndicatorInfo {
        name: "stc",
        title: "Schaff trend cycle",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("fast", 2, 100_000, 23), bars("slow", 2, 100_000, 50), bars("cycle_period", 2, 100_000, 10)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("STC"),
        pine: None,
        formula: "the difference ema(fast) - ema(slow) through a stochastic of cycle_period bars and a smoothing by \
            halves, and through both once more",
        meaning: "A MACD that answers within fixed limits and sooner: it rests near 100 in a rise and near 0 in a \
            fall. Crossing 25 upwards is the signal to buy, crossing 75 downwards to sell.",
        notes: "fast and slow may be given in either order; the fast average begins with the last prices of the slow \
            one's first window. A stochastic without a range keeps its previous value. The first slow - 1 + 2 * \
            (cycle_period - 1) bars have no value.",
        reference: "D. Schaff, Schaff Trend Cycle (1999), published in Chartpoint (July 2002)",
    },
    IndicatorInfo {
        name: "stoch",
        title: "Stochastic, slow",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("fast_k_period", 1, 100_000, 5),
            bars("slow_k_period", 1, 100_000, 3),
            average("slow_k_ma", MovingAverage::Sma),
            bars("slow_d_period", 1, 100_000, 3),
            average("slow_d_ma", MovingAverage::Sma),
        ],
        outputs: &[output("k", Unit::Percent), output("d", Unit::Percent)],
        talib: Some("STOCH"),
        pine: None,
        formula: "k = average of 100 * (close - lowest low) / (highest high - lowest low) over fast_k_period bars; d \
            = average of k",
        meaning: "Where the close stands in the range of the last bars. Above 80 counts as overbought, below 20 as \
            oversold; crossings of K and D inside of these zones, and new extremes of the price that K does not \
            confirm, are the signals.",
        notes: "The first fast_k_period - 1 bars, and those the averages need, have no value; K and D begin together. \
            A window without a range counts as 0, where TradingView's ta.stoch gives na. K can leave 0 to 100 by \
            rounding, or where a close lies outside of its bar, or with averages that overshoot.",
        reference: "G. C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2 (1984)",
    },
    IndicatorInfo {
        name: "stochf",
        title: "Stochastic, fast",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("fast_k_period", 1, 100_000, 5),
            bars("fast_d_period", 1, 100_000, 3),
            average("fast_d_ma", MovingAverage::Sma),
        ],
        outputs: &[output("k", Unit::Percent), output("d", Unit::Percent)],
        talib: Some("STOCHF"),
        pine: None,
        formula: "k = 100 * (close - lowest low) / (highest high - lowest low) over fast_k_period bars; d = average \
            of k",
        meaning: "Where the close stands in the range of the last bars, unsmoothed: quick, and with many false \
            signals, for which the slow form was made. Above 80 counts as overbought, below 20 as oversold.",
        notes: "The first fast_k_period - 1 bars, and those the averages need, have no value; K and D begin together. \
            A window without a range counts as 0, where TradingView's ta.stoch gives na. K can leave 0 to 100 by \
            rounding, or where a close lies outside of its bar, or with averages that overshoot.",
        reference: "G. C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2 (1984)",
    },
    IndicatorInfo {
        name: "stochrsi",
        title: "Stochastic relative strength index",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 2, 100_000, 14),
            bars("fast_k_period", 1, 100_000, 5),
            bars("fast_d_period", 1, 100_000, 3),
            average("fast_d_ma", MovingAverage::Sma),
        ],
        outputs: &[output("k", Unit::Percent), output("d", Unit::Percent)],
        talib: Some("STOCHRSI"),
        pine: None,
        formula: "k = 100 * (r - lowest r) / (highest r - lowest r) over fast_k_period bars, with r = rsi(price, \
            period); d = average of k",
        meaning: "Where the relative strength index stands in its own range of the last bars. It reaches its limits \
            far more often than the index itself: above 80 counts as overbought, below 20 as oversold, best in the \
            direction of the larger trend.",
        notes: "The unsmoothed form of the literature is K; charts mostly draw D as K and an average of it as D. A \
            window in which the index did not move counts as 0, where TradingView gives na.",
        reference: "T. S. Chande, S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "ultosc",
        title: "Ultimate oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("first_period", 1, 100_000, 7),
            bars("second_period", 1, 100_000, 14),
            bars("third_period", 1, 100_000, 28),
        ],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("ULTOSC"),
        pine: pine(
            "{name}_low = math.min(low, nz(close[1], low))\n\
             {name}_range = math.max(high, nz(close[1], high)) - {name}_low\n\
             {name}_first = math.sum(close - {name}_low, {first_period}) / math.sum({name}_range, {first_period})\n\
             {name}_second = math.sum(close - {name}_low, {second_period}) / math.sum({name}_range, {second_period})\n\
             {name}_third = math.sum(close - {name}_low, {third_period}) / math.sum({name}_range, {third_period})",
            &["100 * (4 * {name}_first + 2 * {name}_second + {name}_third) / 7"],
        ),
        formula: "100 * (4 * B1/R1 + 2 * B2/R2 + B3/R3) / 7, with the sums B of close - true low and R of the true \
            range over the shortest, middle and longest period",
        meaning: "Buying pressure over three horizons in one line, so that it neither lags nor whips like a single \
            one. Larry Williams buys where the price makes a new low below 30 that the oscillator does not confirm, \
            and takes profit above 70.",
        notes: "The periods may be given in any order; TradingView's script does not sort them. The first bars, as \
            many as the longest period, have no value. A window without any range adds nothing.",
        reference: "L. Williams, The Ultimate Oscillator, Technical Analysis of Stocks & Commodities 3:4 (1985)",
    },
    IndicatorInfo {
        name: "wad",
        title: "Williams accumulation/distribution",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("WAD"),
        pine: pine("ta.wad", &[]),
        formula: "running sum of close - min(low, close before) on bars that closed higher and of close - max(high, \
            close before) on bars that closed lower",
        meaning: "Adds up where within its reach each bar closed: rising means accumulation by buyers. A new high of \
            the price that the line does not follow warns of distribution. It reads no volume.",
        notes: "Begins at 0 on the first bar; only its direction means anything, not its level. Unchanged closes add \
            nothing. TradingView's ta.wad adds the same from the second bar on.",
        reference: "S. B. Achelis, Technical Analysis from A to Z (2nd edition, 2000)",
    },
    IndicatorInfo {
        name: "wavetrend",
        title: "Wave trend oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("channel_period", 2, 100_000, 10),
            bars("average_period", 1, 100_000, 21),
            bars("signal", 1, 100_000, 4),
        ],
        outputs: &[output("wt1", Unit::Number), output("wt2", Unit::Number)],
        talib: Some("WAVETREND"),
        pine: pine(
            "{name}_e = ta.ema(hlc3, {channel_period})\n\
             {name}_d = ta.ema(math.abs(hlc3 - {name}_e), {channel_period})\n\
             {name}_wt1 = ta.ema((hlc3 - {name}_e) / (0.015 * {name}_d), {average_period})\n\
             {name}_wt2 = ta.sma({name}_wt1, {signal})",
            &["{name}_wt1", "{name}_wt2"],
        ),
        formula: "wt1 = ema((T - e) / (0.015 * ema(|T - e|, channel_period)), average_period), with T = (high + low + \
            close) / 3 and e = ema(T, channel_period); wt2 = sma(wt1, signal)",
        meaning: "A smooth relative of the commodity channel index. Beyond 60 and -60 the market counts as overbought \
            or oversold; a crossing of wt1 and wt2 there is the signal.",
        notes: "Both lines begin together, after 2 * (channel_period - 1) + average_period - 1 + signal - 1 bars. \
            Where the price has stood still until its average met it, the distance counts as 0.",
        reference: "LazyBear, WaveTrend Oscillator, script on TradingView (2014)",
    },
    IndicatorInfo {
        name: "willr",
        title: "Williams %R",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("WILLR"),
        pine: pine("ta.wpr({period})", &[]),
        formula: "-100 * (highest high - close) / (highest high - lowest low) over n bars",
        meaning: "The fast stochastic counted from the top: 0 at the highest high of the last bars, -100 at the \
            lowest low. Above -20 counts as overbought, below -80 as oversold.",
        notes: "The first n - 1 bars have no value. A window without a range gives 0, where TradingView gives na. \
            TA-Lib cuts values to -100 to 0 where a close lies outside of its bar.",
        reference: "L. R. Williams, How I Made One Million Dollars Last Year Trading Commodities (1973)",
    },
    IndicatorInfo {
        name: "stochastic",
        title: "Stochastic oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("k_period", 1, 100_000, 14),
            bars("k_smoothing", 1, 100_000, 3),
            bars("d_period", 1, 100_000, 3),
        ],
        outputs: &[output("k", Unit::Percent), output("d", Unit::Percent)],
        talib: None,
        pine: pine(
            "stoch = ta.stoch(close, high, low, {k_period})\nstoch_k = ta.sma({stoch}, {k_smoothing})\nstoch_d = ta.sma({stoch_k}, {d_period})",
            &["{stoch_k}", "{stoch_d}"],
        ),
        formula: "k = sma(100 * (close - lowest low) / (highest high - lowest low) over k_period bars, k_smoothing); \
            d = sma(k, d_period)",
        meaning: "Where the close stands in the range of the last bars. Above 80 counts as overbought, below 20 as \
            oversold; crossings of K and D inside of these zones, and new extremes of the price that K does not \
            confirm, are the signals. A k_smoothing of 1 gives the fast stochastic.",
        notes: "The numbers of TA-Lib's STOCH with simple averages, whose K and D begin together after k_period + \
            k_smoothing + d_period - 3 bars; in TradingView K begins before D. A window without a range counts as 0, \
            where TradingView gives na. K can leave 0 to 100 by rounding, or where a close lies outside of its bar.",
        reference: "G. C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2 (1984)",
    },
];

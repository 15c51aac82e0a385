use super::make::{average, bars, number, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};
use crate::MovingAverage;

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "ac",
        title: "Accelerator oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("fast", 2, 100_000, 5), bars("slow", 2, 100_000, 34), bars("signal", 2, 100_000, 5)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("AC"),
        pine: pine(
            "{name}_ao = ta.sma(hl2, {fast}) - ta.sma(hl2, {slow})",
            &["{name}_ao - ta.sma({name}_ao, {signal})"],
        ),
        formula: "ao - sma(ao, signal), ao = sma((high + low) / 2, fast) - sma((high + low) / 2, slow)",
        meaning: "The speed at which the awesome oscillator itself changes. It turns before the oscillator \
            does, and the oscillator before the price: above 0 and rising, the upward drive is growing; two bars of \
            one direction on the side of 0 are Williams’ condition for an entry.",
        notes: "Equal prices give 0. The fast and the slow period are not swapped where they stand in the \
            wrong order: the sign is the opposite then.",
        reference: "B. Williams, New Trading Dimensions (1998)",
    },
    IndicatorInfo {
        name: "adx",
        title: "Average directional index",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("adx", Unit::Percent), output("plus_di", Unit::Percent), output("minus_di", Unit::Percent)],
        talib: Some("ADX"),
        pine: pine(
            "[{name}_plus_di, {name}_minus_di, {name}_adx] = ta.dmi({period}, {period})",
            &["{name}_adx", "{name}_plus_di", "{name}_minus_di"],
        ),
        formula: "adx = wilder(dx), dx = 100 |plus_di - minus_di| / (plus_di + minus_di), di = 100 wilder(dm) / \
            wilder(true range)",
        meaning: "How strong a trend is, whatever its direction. Below 20 there is none to speak of, above 25 \
            to 30 it is worth following, and a falling value says that it loses strength. The two directional indices \
            beside it say which way: the upper one leads, and their crossing is Wilder’s signal.",
        notes: "The directional indices begin at bar n, the average at bar 2n - 1. Bars without any range \
            give directional indices of 0; where both are 0 the average keeps its value. Wilder’s sums begin with n - \
            1 changes; TradingView’s ta.dmi begins with means of n changes and takes movements of at most 1e-10 for \
            none, so that the first values differ by up to 0.3 and the difference fades by (n - 1)/n a bar.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "adxr",
        title: "Average directional index rating",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("ADXR"),
        pine: pine(
            "[{name}_plus, {name}_minus, {name}_adx] = ta.dmi({period}, {period})",
            &["({name}_adx + {name}_adx[{period} - 1]) / 2"],
        ),
        formula: "(adx + adx n - 1 bars ago) / 2",
        meaning: "The average directional index, made calmer by its own past. Wilder ranks markets by it: the \
            higher, the more a trend-following system can earn there. It turns later than the index itself.",
        notes: "Begins n - 1 bars after the average directional index, at bar 3n - 2. TradingView has no \
            function for it; its ta.dmi starts differently, see adx.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "ao",
        title: "Awesome oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("fast", 2, 100_000, 5), bars("slow", 2, 100_000, 34)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("AO"),
        pine: pine("ta.sma(hl2, {fast}) - ta.sma(hl2, {slow})", &[]),
        formula: "sma((high + low) / 2, fast) - sma((high + low) / 2, slow)",
        meaning: "The drive of the last few bars against that of a longer time. Above 0 the short average of \
            the bars’ middles is above the long one. Traders watch the crossing of 0, and two peaks on one side of it \
            of which the second is nearer to 0.",
        notes: "Equal prices give 0. The periods are not swapped where they stand in the wrong order: the \
            sign is the opposite then.",
        reference: "B. Williams, New Trading Dimensions (1998)",
    },
    IndicatorInfo {
        name: "apo",
        title: "Absolute price oscillator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("fast", 2, 100_000, 12),
            bars("slow", 2, 100_000, 26),
            average("ma_type", MovingAverage::Ema),
        ],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("APO"),
        pine: None,
        formula: "ma(source, fast) - ma(source, slow)",
        meaning: "The distance of a fast average from a slow one, in the unit of the price. Above 0 the recent \
            prices are higher than those of a longer time, and the farther, the stronger the move. With exponential \
            averages it is the line of MACD.",
        notes: "Each average begins with its own first prices, so that the first values differ a little from \
            those of macd. A fast period beyond the slow one is swapped with it. The default kind is the exponential \
            one.",
        reference: "G. Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8",
    },
    IndicatorInfo {
        name: "aroon",
        title: "Aroon",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("down", Unit::Percent), output("up", Unit::Percent)],
        talib: Some("AROON"),
        pine: pine(
            "{name}_up = 100 * (ta.highestbars(high, {period} + 1) + {period}) / {period}\n{name}_down = 100 * \
            (ta.lowestbars(low, {period} + 1) + {period}) / {period}",
            &["{name}_down", "{name}_up"],
        ),
        formula: "up = 100 (n - bars since the highest high of the last n + 1 bars) / n, down likewise with the \
            lowest low",
        meaning: "How long ago the last extremes were. Up at 100 says that this very bar made a new high of the \
            period; both lines low and falling side by side say that the market moves sideways; their crossing marks a \
            change of direction.",
        notes: "Of equal extremes the newest counts, so that equal prices give 100 for both. ta.highestbars \
            gives the same bars.",
        reference: "T. S. Chande, The Time Price Oscillator, Technical Analysis of Stocks & Commodities 13:9 \
            (1995)",
    },
    IndicatorInfo {
        name: "aroonosc",
        title: "Aroon oscillator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("AROONOSC"),
        pine: pine("100 * (ta.highestbars(high, {period} + 1) - ta.lowestbars(low, {period} + 1)) / {period}", &[]),
        formula: "aroon up - aroon down",
        meaning: "One line for both Aroon lines, from -100 to 100. Above 0 the highest high of the period is \
            newer than the lowest low. Values near 0 say that neither side has lately made an extreme before the \
            other.",
        notes: "Of equal extremes the newest counts; equal prices give 0. It is computed from the difference \
            of the two places, which can differ in the last digit from that of the two lines.",
        reference: "T. S. Chande, The Time Price Oscillator, Technical Analysis of Stocks & Commodities 13:9 \
            (1995)",
    },
    IndicatorInfo {
        name: "asi",
        title: "Accumulation swing index",
        group: Group::Momentum,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters: &[number("limit_move", 1e-08, 3e37, 3.0)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ASI"),
        pine: None,
        formula: "running sum of si(limit_move)",
        meaning: "A price line from which gaps and the noise inside of bars are removed. Traders draw trend \
            lines and look for breaks of earlier highs and lows on it, which confirm or refuse those of the price.",
        notes: "The first bar has the value 0: only differences mean something. See si.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "bop",
        title: "Balance of power",
        group: Group::Momentum,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::Number)],
        talib: Some("BOP"),
        pine: pine("high > low ? (close - open) / (high - low) : 0.0", &[]),
        formula: "(close - open) / (high - low)",
        meaning: "Which side won the bar, from -1 (opened at the high, closed at the low) to 1. It is a raw \
            number for each bar and is usually averaged over some 14 bars before it is read.",
        notes: "A bar without range gives 0.",
        reference: "I. Livshin, Balance of Market Power, Technical Analysis of Stocks & Commodities 19:8 (2001)",
    },
    IndicatorInfo {
        name: "cg",
        title: "Center of gravity",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 10)],
        outputs: &[output("value", Unit::Bars)],
        talib: Some("CG"),
        pine: pine("ta.cog({source}, {period})", &[]),
        formula: "-sum of (1 + age) * source / sum of source over the last n bars, where the newest has the age \
            0",
        meaning: "Where in the window the prices weigh most, from -1 (all at the newest bar) to -n. It moves \
            with the price’s swings almost without a lag; its crossings with its own value of the bar before are read \
            as turning points. Changes are small: only its shape counts, not its level.",
        notes: "Equal prices, or prices that add up to 0, give -(n + 1)/2. Numerator and denominator are \
            summed exactly and rounded once, except where the prices of a window differ by more than some 10^13; \
            ta.cog of TradingView sums plainly.",
        reference: "J. F. Ehlers, The Center of Gravity Oscillator, Technical Analysis of Stocks & Commodities \
            20:5 (2002)",
    },
    IndicatorInfo {
        name: "coppock",
        title: "Coppock curve",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("wma_period", 1, 100_000, 10),
            bars("roc_1_period", 1, 100_000, 11),
            bars("roc_2_period", 1, 100_000, 14),
        ],
        outputs: &[output("value", Unit::Number)],
        talib: Some("COPPOCK"),
        pine: pine("ta.wma(ta.roc({source}, {roc_1_period}) + ta.roc({source}, {roc_2_period}), {wma_period})", &[]),
        formula: "wma(roc(source, roc_1_period) + roc(source, roc_2_period), wma_period)",
        meaning: "A slow line for the turn of long bear markets. On monthly prices of an index the classic \
            signal is its turning up from below 0: buy. It was not meant for selling.",
        notes: "The sum of the two rates, not their mean, as published. A price of 0 that is looked back at \
            counts as no change. The weighted average is made anew from its window every 8 windows, so that rounding \
            does not grow.",
        reference: "E. S. C. Coppock, Practical Relative Strength Charting (1962); Barron’s, 15 October 1962",
    },
    IndicatorInfo {
        name: "cti",
        title: "Correlation trend indicator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 20)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CTI"),
        pine: pine("ta.correlation({source}, bar_index, {period})", &[]),
        formula: "correlation of the last n prices with 1, 2, ... n",
        meaning: "How much like a straight line the last prices are, from -1 (a perfect fall) to 1 (a perfect \
            rise). Near 0 there is no trend. It tells a trend from a swing of the same size, because only the order of \
            the prices counts, not their range.",
        notes: "Equal prices give 0. Its running sums are made anew every 32 windows and when the spread of \
            the prices has collapsed, so that a spike leaves no trace.",
        reference: "J. F. Ehlers, Correlation As A Trend Indicator, Technical Analysis of Stocks & Commodities \
            38:5 (2020)",
    },
    IndicatorInfo {
        name: "dosc",
        title: "Derivative oscillator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 2, 100_000, 14),
            bars("first_smoothing_period", 2, 100_000, 5),
            bars("second_smoothing_period", 2, 100_000, 3),
            bars("signal", 2, 100_000, 9),
        ],
        outputs: &[output("value", Unit::Number)],
        talib: Some("DOSC"),
        pine: pine(
            "{name}_ds = ta.ema(ta.ema(ta.rsi({source}, {period}), {first_smoothing_period}), \
            {second_smoothing_period})",
            &["{name}_ds - ta.sma({name}_ds, {signal})"],
        ),
        formula: "ds - sma(ds, signal), ds = ema(ema(rsi(source, period), first_smoothing_period), \
            second_smoothing_period)",
        meaning: "A histogram of how the smoothed relative strength index stands to its own average. It crosses \
            0 when the drive turns, with less noise than the index itself; a peak that shrinks while the price goes on \
            is a warning.",
        notes: "Equal prices give 0.",
        reference: "C. Brown, The Derivative Oscillator, Journal of the Market Technicians Association (1994)",
    },
    IndicatorInfo {
        name: "dpo",
        title: "Detrended price oscillator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 20)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("DPO"),
        pine: pine("{source} - ta.mom({source}, int({period} / 2) + 1) - ta.sma({source}, {period})", &[]),
        formula: "source n/2 + 1 bars ago - sma(source, n)",
        meaning: "The price without its trend, to see how long its cycles are: count the bars from trough to \
            trough. It compares an earlier price with the average around it and says nothing about the newest bars.",
        notes: "n/2 is taken without its fraction. Nothing is shifted: each value stands at the bar that \
            completes it. Begins at bar n - 1, for n = 2 at bar 2.",
        reference: "S. B. Achelis, Technical Analysis from A to Z (1995)",
    },
    IndicatorInfo {
        name: "dx",
        title: "Directional movement index",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("DX"),
        pine: pine(
            "[{name}_plus, {name}_minus, {name}_adx] = ta.dmi({period}, {period})",
            &["100 * math.abs({name}_plus - {name}_minus) / ({name}_plus + {name}_minus)"],
        ),
        formula: "100 |plus_di - minus_di| / (plus_di + minus_di)",
        meaning: "How one-sided the movement of the last bars was: 100 if all of it went one way, 0 if both \
            ways weigh the same. It jumps about; its average is the adx.",
        notes: "Where both directional indices are 0 it keeps its previous value, 0 at first.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "er",
        title: "Efficiency ratio",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 10)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ER"),
        pine: pine("math.abs(ta.mom({source}, {period})) / math.sum(math.abs(ta.mom({source}, 1)), {period})", &[]),
        formula: "|source - source n bars ago| / sum of the n changes without their signs",
        meaning: "How straight the way was: 1 if every bar went the same way, near 0 if the price went up and \
            down and ended where it began. Kaufman’s adaptive average follows fast at high values and hardly at all at \
            low ones.",
        notes: "No movement at all counts as the straightest way: 1. The running sum is set to 0 after n bars \
            that stand still, so that rounding leaves nothing there.",
        reference: "P. J. Kaufman, Smarter Trading (1995)",
    },
    IndicatorInfo {
        name: "eri",
        title: "Elder ray",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 13)],
        outputs: &[output("bull_power", Unit::PriceDifference), output("bear_power", Unit::PriceDifference)],
        talib: Some("ERI"),
        pine: pine("{name}_ema = ta.ema(close, {period})", &["high - {name}_ema", "low - {name}_ema"]),
        formula: "bull_power = high - ema(close, n), bear_power = low - ema(close, n)",
        meaning: "How far buyers and sellers got beyond the consensus, which the average stands for. Elder buys \
            in an uptrend (a rising average) when the bear power is below 0 but rising, and sells in a downtrend when \
            the bull power is above 0 but falling.",
        notes: "Equal prices give 0 for both. The average begins with the mean of the first n closes; \
            TradingView’s ta.ema begins with the first close.",
        reference: "A. Elder, Trading for a Living (1993)",
    },
    IndicatorInfo {
        name: "fosc",
        title: "Forecast oscillator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 5)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("FOSC"),
        pine: pine("100 * ({source} - ta.linreg({source}, {period}, -1)[1]) / {source}", &[]),
        formula: "100 (source - forecast) / source, forecast = the line of least squares through the n prices \
            before, carried on by a bar",
        meaning: "By how many percent the price is above what the straight line through the bars before it \
            promised. Lasting values below 0 say that the price falls behind its own trend, often before it turns.",
        notes: "A price of 0 gives 0. The line’s running sums are made anew every 32 windows and when a value \
            leaves that outweighs the rest, so that a spike leaves no trace.",
        reference: "T. S. Chande, S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "kst",
        title: "Know sure thing",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("roc_1_period", 1, 100_000, 10),
            bars("roc_2_period", 1, 100_000, 15),
            bars("roc_3_period", 1, 100_000, 20),
            bars("roc_4_period", 1, 100_000, 30),
            bars("sma_1_period", 1, 100_000, 10),
            bars("sma_2_period", 1, 100_000, 10),
            bars("sma_3_period", 1, 100_000, 10),
            bars("sma_4_period", 1, 100_000, 15),
            bars("signal", 1, 100_000, 9),
        ],
        outputs: &[output("kst", Unit::Number), output("signal", Unit::Number)],
        talib: Some("KST"),
        pine: pine(
            "{name}_kst = ta.sma(ta.roc({source}, {roc_1_period}), {sma_1_period}) + 2 * ta.sma(ta.roc({source}, \
            {roc_2_period}), {sma_2_period}) + 3 * ta.sma(ta.roc({source}, {roc_3_period}), {sma_3_period}) + 4 * \
            ta.sma(ta.roc({source}, {roc_4_period}), {sma_4_period})\n{name}_signal = ta.sma({name}_kst, {signal})",
            &["{name}_kst", "{name}_signal"],
        ),
        formula: "kst = sum over k = 1 to 4 of k * sma(roc(source, roc_k_period), sma_k_period), signal = \
            sma(kst, signal)",
        meaning: "Four rates of change of different lengths in one line, the longest weighing most, so that a \
            turn shows when several cycles agree. Above its signal line the drive is up; crossings far from 0 and \
            against it are worth more than those near it.",
        notes: "Both outputs begin together, once the signal has its first value. A price of 0 that is looked \
            back at counts as no change. Equal prices give 0.",
        reference: "M. J. Pring, Summed Rate of Change (KST), Technical Analysis of Stocks & Commodities 10:9 \
            (1992)",
    },
    IndicatorInfo {
        name: "kstext",
        title: "Know sure thing with averages of any kind",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("roc_1_period", 1, 100_000, 10),
            bars("roc_2_period", 1, 100_000, 15),
            bars("roc_3_period", 1, 100_000, 20),
            bars("roc_4_period", 1, 100_000, 30),
            bars("ma_1_period", 1, 100_000, 10),
            bars("ma_2_period", 1, 100_000, 10),
            bars("ma_3_period", 1, 100_000, 10),
            bars("ma_4_period", 1, 100_000, 15),
            bars("signal", 1, 100_000, 9),
            average("roc_ma", MovingAverage::Sma),
            average("signal_ma", MovingAverage::Sma),
        ],
        outputs: &[output("kst", Unit::Number), output("signal", Unit::Number)],
        talib: Some("KSTEXT"),
        pine: None,
        formula: "kst = sum over k = 1 to 4 of k * roc_ma(roc(source, roc_k_period), ma_k_period), signal = \
            signal_ma(kst, signal)",
        meaning: "The know sure thing with a free choice of the averages, one kind for the rates of change and \
            one for the signal. Pring himself uses exponential averages for short-term charts. It is read like kst.",
        notes: "Each average begins so that all have their first value on the same bar; both outputs begin \
            together. The default kind is the simple one: with it the values are those of kst.",
        reference: "M. J. Pring, Summed Rate of Change (KST), Technical Analysis of Stocks & Commodities 10:9 \
            (1992)",
    },
    IndicatorInfo {
        name: "macd",
        title: "Moving average convergence/divergence",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("fast", 2, 100_000, 12), bars("slow", 2, 100_000, 26), bars("signal", 1, 100_000, 9)],
        outputs: &[
            output("macd", Unit::PriceDifference),
            output("signal", Unit::PriceDifference),
            output("histogram", Unit::PriceDifference),
        ],
        talib: Some("MACD"),
        pine: pine(
            "[{name}_macd, {name}_signal, {name}_histogram] = ta.macd({source}, {fast}, {slow}, {signal})",
            &["{name}_macd", "{name}_signal", "{name}_histogram"],
        ),
        formula: "macd = ema(source, fast) - ema(source, slow), signal = ema(macd, signal), histogram = macd - \
            signal",
        meaning: "The distance of a fast average from a slow one (the line), its average (the signal) and the \
            distance of the two (the histogram). Above 0 the short trend is above the long one; a line that crosses \
            its signal says that the drive turns, and a shrinking histogram says it beforehand.",
        notes: "All three begin together, at bar slow + signal - 2; equal prices give 0. Both price averages \
            have their first mean on the same bar. A fast period beyond the slow one is swapped with it, as TA-Lib \
            does without a word; TradingView gives the opposite sign there. In ta.macd each average begins with its \
            own first price and the line is shown before the signal; the difference fades within some hundred bars.",
        reference: "G. Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8",
    },
    IndicatorInfo {
        name: "macdext",
        title: "MACD with averages of any kind",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("fast", 2, 100_000, 12),
            average("fast_ma", MovingAverage::Sma),
            bars("slow", 2, 100_000, 26),
            average("slow_ma", MovingAverage::Sma),
            bars("signal", 1, 100_000, 9),
            average("signal_ma", MovingAverage::Sma),
        ],
        outputs: &[
            output("macd", Unit::PriceDifference),
            output("signal", Unit::PriceDifference),
            output("histogram", Unit::PriceDifference),
        ],
        talib: Some("MACDEXT"),
        pine: None,
        formula: "macd = fast_ma(source, fast) - slow_ma(source, slow), signal = signal_ma(macd, signal), \
            histogram = macd - signal",
        meaning: "MACD with a free choice of the three averages. Simple averages turn later and jump when old \
            prices leave; adaptive ones stay flat in a sideways market, so that the line crosses its signal less often \
            there. It is read like macd.",
        notes: "All three begin together. The price averages begin so that both have their first value on the \
            same bar. A fast period beyond the slow one is swapped with it, together with its kind. The default kind \
            is the simple one.",
        reference: "G. Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8",
    },
    IndicatorInfo {
        name: "macdfix",
        title: "MACD of fixed weights",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("signal", 1, 100_000, 9)],
        outputs: &[
            output("macd", Unit::PriceDifference),
            output("signal", Unit::PriceDifference),
            output("histogram", Unit::PriceDifference),
        ],
        talib: Some("MACDFIX"),
        pine: None,
        formula: "macd = average of weight 0.15 - average of weight 0.075, signal = ema(macd, signal), \
            histogram = macd - signal",
        meaning: "MACD as it was first published, with the weights 0.15 and 0.075 for the newest price instead \
            of those of 12 and 26 bars (0.1538 and 0.0741). The values hardly differ from those of macd(12,26). It is \
            read like macd.",
        notes: "All three begin together, at bar 24 + signal; equal prices give 0. The averages begin with \
            the means of 12 and 26 prices that end on the same bar.",
        reference: "G. Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8",
    },
    IndicatorInfo {
        name: "minus_di",
        title: "Minus directional indicator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("MINUS_DI"),
        pine: pine("[{name}_plus, {name}_minus, {name}_adx] = ta.dmi({period}, {period})", &["{name}_minus"]),
        formula: "100 wilder(minus_dm) / wilder(true range)",
        meaning: "The part of the last bars’ ranges that went down. Beside its counterpart it says which side \
            leads; their crossing is a signal in Wilder’s system, which he takes only while the adx shows a trend.",
        notes: "Bars without any range give 0. A period of 1 gives each bar’s own movement as a fraction of \
            its range, 0 to 1. Wilder’s sums begin with n - 1 changes; TradingView begins with means of n, see adx.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "minus_dm",
        title: "Minus directional movement",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("MINUS_DM"),
        pine: None,
        formula: "wilder sum of low before - low where that is above 0 and above the movement the other way, \
            else 0",
        meaning: "How far the last bars reached beyond the ones before them, downwards, in the unit of the \
            price. It is the raw material of the directional indicators; on its own it grows with the price and with \
            its volatility.",
        notes: "Begins with the sum of n - 1 movements at bar n - 1 (at bar 1 for a period of 1, which gives \
            each bar’s own movement). Inside bars and bars without a winner count 0.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "mom",
        title: "Momentum",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("MOM"),
        pine: pine("ta.mom({source}, {period})", &[]),
        formula: "source - source n bars ago",
        meaning: "The plainest measure of drive: how much the price has gained in n bars. Above 0 and rising, \
            the move gains speed; a lower peak at a higher price is a warning. It is in the unit of the price, so that \
            markets cannot be compared by it.",
        notes: "The same in every profile.",
        reference: "H. M. Gartley, Profits in the Stock Market (1935)",
    },
    IndicatorInfo {
        name: "plus_di",
        title: "Plus directional indicator",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("PLUS_DI"),
        pine: pine("[{name}_plus, {name}_minus, {name}_adx] = ta.dmi({period}, {period})", &["{name}_plus"]),
        formula: "100 wilder(plus_dm) / wilder(true range)",
        meaning: "The part of the last bars’ ranges that went up. Beside its counterpart it says which side \
            leads; their crossing is a signal in Wilder’s system, which he takes only while the adx shows a trend.",
        notes: "Bars without any range give 0. A period of 1 gives each bar’s own movement as a fraction of \
            its range, 0 to 1. Wilder’s sums begin with n - 1 changes; TradingView begins with means of n, see adx.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "plus_dm",
        title: "Plus directional movement",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("PLUS_DM"),
        pine: None,
        formula: "wilder sum of high - high before where that is above 0 and above the movement the other way, \
            else 0",
        meaning: "How far the last bars reached beyond the ones before them, upwards, in the unit of the price. \
            It is the raw material of the directional indicators; on its own it grows with the price and with its \
            volatility.",
        notes: "Begins with the sum of n - 1 movements at bar n - 1 (at bar 1 for a period of 1, which gives \
            each bar’s own movement). Inside bars and bars without a winner count 0.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "ppo",
        title: "Percentage price oscillator",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[
            bars("fast", 2, 100_000, 12),
            bars("slow", 2, 100_000, 26),
            average("ma_type", MovingAverage::Ema),
        ],
        outputs: &[output("value", Unit::Number)],
        talib: Some("PPO"),
        pine: None,
        formula: "100 (ma(source, fast) - ma(source, slow)) / ma(source, slow)",
        meaning: "The distance of a fast average from a slow one, in percent of the slow one, so that markets \
            and years of different prices can be compared. It is read like the line of MACD.",
        notes: "Each average begins with its own first prices. A fast period beyond the slow one is swapped \
            with it. The default kind is the exponential one. Where the slow average is below 1e-14, or all prices in \
            its window are 0, the value is 0.",
        reference: "G. Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8",
    },
    IndicatorInfo {
        name: "qstick",
        title: "Qstick",
        group: Group::Momentum,
        inputs: &[Column::Open, Column::Close],
        parameters: &[bars("period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("QSTICK"),
        pine: pine("ta.sma(close - open, {period})", &[]),
        formula: "sma(close - open, n)",
        meaning: "The average body of the last candles. Above 0 the bars close above their opens more than \
            below, which is buying during the session. Crossings of 0, and extremes against the price, are read as \
            turns.",
        notes: "Equal prices give 0.",
        reference: "T. S. Chande, S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "roc",
        title: "Rate of change in percent",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ROC"),
        pine: pine("ta.roc({source}, {period})", &[]),
        formula: "100 (source / source n bars ago - 1)",
        meaning: "By how many percent the price has risen in n bars. Markets of different prices can be \
            compared by it. It is read like momentum: side of 0, extremes, and peaks that do not follow those of the \
            price.",
        notes: "A price of 0 that is looked back at gives 0, where TradingView divides by it.",
        reference: "H. M. Gartley, Profits in the Stock Market (1935)",
    },
    IndicatorInfo {
        name: "rocp",
        title: "Rate of change as a fraction",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ROCP"),
        pine: pine("ta.roc({source}, {period}) / 100", &[]),
        formula: "(source - source n bars ago) / source n bars ago",
        meaning: "The return over n bars: 0.01 is a rise by one percent. This is the form that statistics and \
            models take.",
        notes: "A price of 0 that is looked back at gives 0, where TradingView divides by it.",
        reference: "H. M. Gartley, Profits in the Stock Market (1935)",
    },
    IndicatorInfo {
        name: "rocr",
        title: "Rate of change as a ratio",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ROCR"),
        pine: pine("1 + ta.roc({source}, {period}) / 100", &[]),
        formula: "source / source n bars ago",
        meaning: "The factor by which the price has changed in n bars: 1.01 is a rise by one percent. Factors \
            of successive spans multiply.",
        notes: "A price of 0 that is looked back at gives 0, where TradingView divides by it.",
        reference: "H. M. Gartley, Profits in the Stock Market (1935)",
    },
    IndicatorInfo {
        name: "rocr100",
        title: "Rate of change as a ratio in percent",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ROCR100"),
        pine: pine("100 + ta.roc({source}, {period})", &[]),
        formula: "100 source / source n bars ago",
        meaning: "The price in percent of what it was n bars ago: 101 is a rise by one percent. Older books \
            plot momentum in this form, around 100.",
        notes: "A price of 0 that is looked back at gives 0, where TradingView divides by it.",
        reference: "H. M. Gartley, Profits in the Stock Market (1935)",
    },
    IndicatorInfo {
        name: "si",
        title: "Swing index",
        group: Group::Momentum,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters: &[number("limit_move", 1e-08, 3e37, 3.0)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("SI"),
        pine: None,
        formula: "50 (n / r)(k / limit_move), n = close - close before + (close - open)/2 + (close before - \
            open before)/4",
        meaning: "One number for the real drive of a bar, from its close, its open and those of the bar before, \
            made comparable by the largest move the exchange allows. Its running sum is the accumulation swing index, \
            on which it is usually read.",
        notes: "k is the larger distance of high and low from the close before, r the largest of the ranges \
            plus a quarter of the body before; where r is 0 the value is 0. TA-Lib’s r takes max(up - down/2, down - \
            up/2, high - low). Markets without a limit move take a number of their size.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "trix",
        title: "TRIX",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("TRIX"),
        pine: pine("ta.roc(ta.ema(ta.ema(ta.ema({source}, {period}), {period}), {period}), 1)", &[]),
        formula: "100 (e / e before - 1), e = ema(ema(ema(source, n), n), n)",
        meaning: "The change, bar by bar, of a price that has been averaged three times. Swings shorter than \
            the period are gone, so that its crossings of 0 mark turns of the trend, late but seldom false.",
        notes: "Begins at bar 3(n - 1) + 1. Each average begins with the mean of its first n values; \
            TradingView’s begin with the first one and its script takes the logarithm of the price.",
        reference: "J. K. Hutson, Good TRIX, Technical Analysis of Stocks & Commodities 1:5 (1983)",
    },
    IndicatorInfo {
        name: "tsi",
        title: "True strength index",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("first_smoothing_period", 2, 100_000, 25), bars("second_smoothing_period", 2, 100_000, 13)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("TSI"),
        pine: pine("100 * ta.tsi({source}, {second_smoothing_period}, {first_smoothing_period})", &[]),
        formula: "100 ema(ema(change, first), second) / ema(ema(|change|, first), second)",
        meaning: "The drive of the price against all of its movement, from -100 to 100, smoothed twice and yet \
            quick to turn. Crossings of 0 follow the trend, extremes beyond 25 warn of a pause, and an average of it \
            serves as a signal line.",
        notes: "A price that has never moved gives 0. TradingView’s ta.tsi is the hundredth of it and its \
            averages begin with the first change.",
        reference: "W. Blau, True Strength Index, Technical Analysis of Stocks & Commodities 9:11 (1991)",
    },
    IndicatorInfo {
        name: "vhf",
        title: "Vertical horizontal filter",
        group: Group::Momentum,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 28)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("VHF"),
        pine: pine(
            "(ta.highest({source}, {period}) - ta.lowest({source}, {period})) / math.sum(math.abs(ta.mom({source}, \
            1)), {period})",
            &[],
        ),
        formula: "(highest - lowest of the last n prices) / sum of the last n changes without their signs",
        meaning: "Trend or sideways: high values say that the price covered ground, low ones that it went to \
            and fro. Traders choose by it between trend followers and oscillators. It has no direction.",
        notes: "A price that has not moved gives 0. The sum reaches back to the price before the window of \
            the extremes. It is made anew at each bar.",
        reference: "A. White, The Vertical Horizontal Filter, Futures (1991)",
    },
    IndicatorInfo {
        name: "vortex",
        title: "Vortex",
        group: Group::Momentum,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("plus", Unit::Number), output("minus", Unit::Number)],
        talib: Some("VORTEX"),
        pine: pine(
            "{name}_range = math.sum(ta.atr(1), {period})",
            &[
                "math.sum(math.abs(high - low[1]), {period}) / {name}_range",
                "math.sum(math.abs(low - high[1]), {period}) / {name}_range",
            ],
        ),
        formula: "plus = sum of |high - low before| / sum of true range, minus = sum of |low - high before| / \
            sum of true range, over n bars",
        meaning: "Two lines for the movement upwards and downwards from bar to bar, as parts of the range. The \
            upper one leads; their crossing marks a new trend, and their distance shows its strength.",
        notes: "Bars without any range give 0 for both. The sum of ranges is set to 0 after n such bars, so \
            that rounding leaves nothing there.",
        reference: "E. Botes, D. Siepman, The Vortex Indicator, Technical Analysis of Stocks & Commodities 28:1 \
            (2010)",
    },
];

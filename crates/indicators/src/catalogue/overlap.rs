use super::make::{average, bars, number, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};
use crate::MovingAverage;

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "accbands",
        title: "Acceleration bands",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 20)],
        outputs: &[output("upper", Unit::Price), output("middle", Unit::Price), output("lower", Unit::Price)],
        talib: Some("ACCBANDS"),
        pine: None,
        formula: "upper = sma(high · (1 + 4 · (high − low)/(high + low)), n); middle = sma(close, n); lower = sma(low \
            · (1 − 4 · (high − low)/(high + low)), n)",
        meaning: "Bands that widen with the range of the bars. Closes beyond a band show a movement that accelerates; \
            Headley buys the second close above the upper band and leaves when the price falls back between the \
            bands.",
        notes: "First value on bar n. Bars without range leave all three averages equal; where high + low is 0 the \
            high and the low count as they are.",
        reference: "P. Headley, Big Trends in Trading (2002)",
    },
    IndicatorInfo {
        name: "alma",
        title: "Arnaud Legoux moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 1, 100_000, 9),
            number("sigma", 0.01, 3e37, 6.0),
            number("offset", 0.0, 1.0, 0.85),
        ],
        outputs: &[output("value", Unit::Price)],
        talib: Some("ALMA"),
        pine: pine("ta.alma({source}, {period}, {offset}, {sigma}, true)", &[]),
        formula: "Σ wᵢ · xᵢ / Σ wᵢ with wᵢ = exp(−(i − ⌊offset · (n − 1)⌋)² / (2 · (n/sigma)²)), i = 0 for the oldest \
            value",
        meaning: "An average that weighs the window by a bell curve. The offset moves the top of the bell towards the \
            newest bars (1) or the middle (0.5) and so trades smoothness for lag; a larger sigma makes the bell \
            narrower.",
        notes: "First value on bar n. A period of 1 copies the values. Pine Script rounds the top of the bell down \
            only if told to (floor = true); its default differs where offset · (n − 1) is no whole number.",
        reference: "A. Legoux and D. Kouzis-Loukas (2009)",
    },
    IndicatorInfo {
        name: "bbands",
        title: "Bollinger bands around any average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 2, 100_000, 20),
            number("deviations_up", -3e37, 3e37, 2.0),
            number("deviations_down", -3e37, 3e37, 2.0),
            average("ma_type", MovingAverage::Sma),
        ],
        outputs: &[output("upper", Unit::Price), output("middle", Unit::Price), output("lower", Unit::Price)],
        talib: Some("BBANDS"),
        pine: None,
        formula: "upper = ma + deviations_up · σ; lower = ma − deviations_down · σ; σ² = Σ (x − mean)²/n over the \
            last n values",
        meaning: "A moving average with bands at a distance that follows the volatility. Prices near a band are high \
            or low compared with the recent past; narrow bands often come before a large movement.",
        notes: "First value when both the average and n values are there. A flat window puts all three on the price. \
            The deviation is that of the whole window around its mean (divided by n), whatever the average.",
        reference: "J. Bollinger, Bollinger on Bollinger Bands (2001)",
    },
    IndicatorInfo {
        name: "cksp",
        title: "Chande Kroll stop",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("period", 2, 100_000, 10),
            number("multiplier", 0.0, 3e37, 1.0),
            bars("stop_period", 1, 100_000, 9),
        ],
        outputs: &[output("high_stop", Unit::Price), output("low_stop", Unit::Price)],
        talib: Some("CKSP"),
        pine: None,
        formula: "high_stop = highest(highest(high, n) − multiplier · atr(n), q); low_stop = lowest(lowest(low, n) + \
            multiplier · atr(n), q)",
        meaning: "Stops that keep a multiple of the average true range away from the extremes of the last bars. A \
            long position is closed below the high stop, a short one above the low stop; a price above both is in an \
            uptrend.",
        notes: "First value on bar n + q. Without movement the stops are the price.",
        reference: "T. Chande and S. Kroll, The New Technical Trader (1994)",
    },
    IndicatorInfo {
        name: "dema",
        title: "Double exponential moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("DEMA"),
        pine: pine("2 * ta.ema({source}, {period}) - ta.ema(ta.ema({source}, {period}), {period})", &[]),
        formula: "2 · ema(x, n) − ema(ema(x, n), n)",
        meaning: "An exponential average with most of its lag taken out: it follows turns earlier than an exponential \
            average of the same period, and overshoots more.",
        notes: "First value on bar 2n − 1. A period of 1 copies the values.",
        reference: "P. Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12 (1994)",
    },
    IndicatorInfo {
        name: "donchian",
        title: "Donchian channel",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 20)],
        outputs: &[output("upper", Unit::Price), output("middle", Unit::Price), output("lower", Unit::Price)],
        talib: Some("DONCHIAN"),
        pine: pine(
            "{name}_upper = ta.highest(high, {period})\n{name}_lower = ta.lowest(low, {period})",
            &["{name}_upper", "math.avg({name}_upper, {name}_lower)", "{name}_lower"],
        ),
        formula: "upper = highest(high, n); lower = lowest(low, n); middle = (upper + lower)/2",
        meaning: "The range of the last n bars. A new n-bar high or low is the classic breakout of trend followers; \
            the middle serves as a trend line or exit.",
        notes: "First value on bar n. The newest bar belongs to its own channel, so that the high never exceeds the \
            upper line: for breakouts compare with the line of the bar before.",
        reference: "R. D. Donchian (1960s); C. Faith, Way of the Turtle (2007)",
    },
    IndicatorInfo {
        name: "ema",
        title: "Exponential moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("EMA"),
        pine: pine("ta.ema({source}, {period})", &[]),
        formula: "mean of the first n values, then y = β · y₁ + (1 − β) · x with β = (n − 1)/(n + 1)",
        meaning: "An average in which old values fade instead of dropping out. The newest value counts 2/(n + 1), so \
            it reacts faster than the simple average of the same period; its direction and crossings of two of them \
            are common trend filters.",
        notes: "First value on bar n. A period of 1 copies the values. TA-Lib computes the step as one fused \
            multiply-add, TradingView as y₁ + α · (x − y₁): values differ in the last digits.",
        reference: "J. J. Murphy, Technical Analysis of the Financial Markets (1999), chapter 9",
    },
    IndicatorInfo {
        name: "frama",
        title: "Fractal adaptive moving average",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 16)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("FRAMA"),
        pine: None,
        formula: "y = y₁ + α · (hl2 − y₁) with α = ((R₁ + R₂)/R)^(−4.6/ln 2); R₁, R₂, R: ranges of the newer half, \
            the older half and all of the window",
        meaning: "An average that follows straight movements closely and nearly stands still in choppy ones. It \
            measures how the price fills its range: two halves that each cover as much as the whole are noise, two \
            that add up to the whole are a trend.",
        notes: "First value on bar n + 1; it starts at the middle of bar n. Without range it takes the middle of the \
            bar. An odd period leaves out the oldest bar of its window; TA-Lib refuses odd periods.",
        reference: "J. F. Ehlers, FRAMA – Fractal Adaptive Moving Average (2005)",
    },
    IndicatorInfo {
        name: "hma",
        title: "Hull moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 20)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("HMA"),
        pine: pine("ta.hma({source}, {period})", &[]),
        formula: "wma(2 · wma(x, ⌊n/2⌋) − wma(x, n), ⌊√n⌋)",
        meaning: "A weighted average that makes up for its lag by looking ahead along its own slope. It turns within \
            few bars of the price and is read by its direction rather than by crossings.",
        notes: "First value on bar n + ⌊√n⌋ − 1. A period of 1 copies the values.",
        reference: "A. Hull, alanhull.com (2005)",
    },
    IndicatorInfo {
        name: "ht_trendline",
        title: "Instantaneous trendline",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[],
        outputs: &[output("value", Unit::Price)],
        talib: Some("HT_TRENDLINE"),
        pine: None,
        formula: "(4 · m + 3 · m₁ + 2 · m₂ + m₃)/10, m the mean price over the measured cycle period",
        meaning: "A moving average as long as the dominant cycle in the price, so that the cycle itself is averaged \
            out and the trend remains. Compare the price with it, or use its direction.",
        notes: "First value on bar 64; the period is measured from the whole history, so earlier bars keep a small \
            influence. Without movement it is the price.",
        reference: "J. F. Ehlers, Rocket Science for Traders (2001), chapter 10",
    },
    IndicatorInfo {
        name: "ichimoku",
        title: "Ichimoku Kinko Hyo",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[
            bars("tenkan_period", 2, 100_000, 9),
            bars("kijun_period", 2, 100_000, 26),
            bars("senkou_b_period", 2, 100_000, 52),
        ],
        outputs: &[
            output("tenkan", Unit::Price),
            output("kijun", Unit::Price),
            output("senkou_a", Unit::Price),
            output("senkou_b", Unit::Price),
        ],
        talib: Some("ICHIMOKU"),
        pine: pine(
            "{name}_tenkan = math.avg(ta.highest(high, {tenkan_period}), ta.lowest(low, {tenkan_period}))\n\
             {name}_kijun = math.avg(ta.highest(high, {kijun_period}), ta.lowest(low, {kijun_period}))\n\
             {name}_senkou_b = math.avg(ta.highest(high, {senkou_b_period}), ta.lowest(low, {senkou_b_period}))",
            &["{name}_tenkan", "{name}_kijun", "math.avg({name}_tenkan, {name}_kijun)", "{name}_senkou_b"],
        ),
        formula: "tenkan, kijun, senkou B = (highest(high, p) + lowest(low, p))/2 over their periods; senkou A = \
            (tenkan + kijun)/2",
        meaning: "Middles of the range over three horizons. Tenkan above kijun is a short-term uptrend, the two spans \
            form the cloud that separates bulls from bears and acts as support and resistance.",
        notes: "All lines begin on the bar of the longest period. The values stand on the bar they are computed from: \
            a chart draws the spans kijun_period bars ahead (Pine Script: offset = kijun_period − 1) and the close as \
            many bars back.",
        reference: "G. Hosoda, Ichimoku Kinko Hyo (1969)",
    },
    IndicatorInfo {
        name: "kama",
        title: "Kaufman adaptive moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("KAMA"),
        pine: None,
        formula: "y = y₁ + (e · (2/3 − 2/31) + 2/31)² · (x − y₁), e = |x − xₙ| / Σ |steps| over the last n steps",
        meaning: "An average that speeds up in straight movements and slows down in noise. The efficiency e is 1 when \
            every step goes the same way and near 0 when the price goes to and fro.",
        notes: "First value on bar n + 1; the first distance is to the value before. Where nothing moved the \
            efficiency is 1. A period of 1 copies the values.",
        reference: "P. J. Kaufman, Smarter Trading (1995)",
    },
    IndicatorInfo {
        name: "kc",
        title: "Keltner channels",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[
            bars("period", 2, 100_000, 20),
            bars("atr_period", 1, 100_000, 10),
            number("multiplier", -3e37, 3e37, 2.0),
        ],
        outputs: &[output("upper", Unit::Price), output("middle", Unit::Price), output("lower", Unit::Price)],
        talib: Some("KC"),
        pine: None,
        formula: "middle = ema((high + low + close)/3, n); upper, lower = middle ± multiplier · atr(m)",
        meaning: "A moving average with bands at a distance of the average true range. Closes outside of the channel \
            show strong movements; Bollinger bands inside of the channel are a squeeze.",
        notes: "First value when both averages are there, on bar max(n, m + 1); the one that needs fewer bars begins \
            later, as in TA-Lib. Pine Script’s ta.kc takes the exponential average of the range, not Wilder’s.",
        reference: "C. W. Keltner, How to Make Money in Commodities (1960); L. Raschke",
    },
    IndicatorInfo {
        name: "ma",
        title: "Moving average of any kind",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30), average("ma_type", MovingAverage::Sma)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MA"),
        pine: None,
        formula: "the moving average ma_type of the last n values",
        meaning: "One of fourteen moving averages, chosen at run time: for searches over the kind of an average, and \
            for indicators that leave the choice to their user.",
        notes: "Parameters beside the period are TA-Lib’s: mama 0.5 and 0.05 (without a period), t3 0.7, vidya ⌊(3n + \
            2)/4⌋, alma 6 and 0.85. A period of 1 and the kind disabled copy the values; default is the simple \
            average.",
        reference: "TA-Lib, function MA",
    },
    IndicatorInfo {
        name: "mama",
        title: "MESA adaptive moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[number("fast_limit", 0.01, 0.99, 0.5), number("slow_limit", 0.01, 0.99, 0.05)],
        outputs: &[output("mama", Unit::Price), output("fama", Unit::Price)],
        talib: Some("MAMA"),
        pine: None,
        formula: "mama = mama₁ + α · (x − mama₁); fama = fama₁ + α/2 · (mama − fama₁); α = fast_limit by the fall of \
            the cycle’s phase in degrees, at least slow_limit",
        meaning: "An average whose speed follows the phase of the dominant cycle: it jumps when the phase drops back, \
            after a cycle, and then holds. Its crossings with the slower fama have few whipsaws.",
        notes: "First values on bar 33. Both start at 0 on bar 13 and need some bars to reach the price. The phase is \
            taken with the platform’s arc tangent.",
        reference: "J. F. Ehlers, MESA Adaptive Moving Averages, Stocks & Commodities 19 (2001)",
    },
    IndicatorInfo {
        name: "mavp",
        title: "Moving average with variable period",
        group: Group::Overlap,
        inputs: &[Column::Source, Column::Second],
        parameters: &[
            bars("minimum_period", 1, 10_000, 2),
            bars("maximum_period", 1, 10_000, 30),
            average("ma_type", MovingAverage::Sma),
        ],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MAVP"),
        pine: None,
        formula: "ma(x, p) of the kind ma_type, p = the period column on this bar, cut to minimum_period … \
            maximum_period",
        meaning: "An average whose period is an input: for adaptive studies, such as an average as long as the \
            measured cycle.",
        notes: "First value on the bar on which the longest average begins. Every average begins so late that all \
            have their first value there. Periods lose their fraction. A minimum above the maximum counts as the \
            maximum; TA-Lib then mixes bars.",
        reference: "TA-Lib, function MAVP",
    },
    IndicatorInfo {
        name: "mcgd",
        title: "McGinley dynamic",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MCGD"),
        pine: None,
        formula: "y = y₁ + (x − y₁)/(n · (x/y₁)⁴), from the first value on",
        meaning: "An average that adjusts its speed to the market: it hurries after falling prices and lingers below \
            rising ones. McGinley meant it as a marker for the trend, not for crossings.",
        notes: "First value on bar n, although it follows the price from the first. A step that is not a finite \
            number (a price or an average of 0) is left out. The charts’ built-in script on TradingView begins with \
            an exponential average.",
        reference: "J. R. McGinley, The McGinley Dynamics, MTA Journal (1990s)",
    },
    IndicatorInfo {
        name: "midpoint",
        title: "Midpoint of the range of values",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MIDPOINT"),
        pine: pine("(ta.highest({source}, {period}) + ta.lowest({source}, {period})) / 2", &[]),
        formula: "(highest(x, n) + lowest(x, n))/2",
        meaning: "The middle of the last n values: a slow trend line that only moves when an extreme is reached or \
            leaves the window.",
        notes: "First value on bar n.",
        reference: "TA-Lib, function MIDPOINT",
    },
    IndicatorInfo {
        name: "midprice",
        title: "Midpoint of the range of bars",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MIDPRICE"),
        pine: pine("(ta.highest(high, {period}) + ta.lowest(low, {period})) / 2", &[]),
        formula: "(highest(high, n) + lowest(low, n))/2",
        meaning: "The middle of the range of the last n bars: the line from which Ichimoku is made, and the middle of \
            the Donchian channel.",
        notes: "First value on bar n.",
        reference: "TA-Lib, function MIDPRICE",
    },
    IndicatorInfo {
        name: "rma",
        title: "Wilder’s moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("RMA"),
        pine: pine("ta.rma({source}, {period})", &[]),
        formula: "mean of the first n values, then y = ((n − 1) · y₁ + x)/n",
        meaning: "The slow exponential average inside RSI, ATR and ADX: the newest value counts 1/n, so that a period \
            of n smooths like an exponential average of 2n − 1.",
        notes: "First value on bar n. TA-Lib computes the step as one fused multiply-add, TradingView as (x + (n − 1) \
            · y₁)/n: values differ in the last digits.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "sar",
        title: "Parabolic stop and reverse",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[number("acceleration", 0.0, 3e37, 0.02), number("maximum", 0.0, 3e37, 0.2)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("SAR"),
        pine: pine("ta.sar({acceleration}, {acceleration}, {maximum})", &[]),
        formula: "stop = stop₁ + a · (extreme − stop₁), kept out of the last two bars; a grows by acceleration at \
            each new extreme, up to maximum",
        meaning: "A stop that closes in on the price ever faster while the trend makes new extremes. It lies below \
            the price in an uptrend and above it in a downtrend; a bar that touches it ends the position and opens \
            the opposite one.",
        notes: "First value on bar 2. The first trend is down if bar 2 falls lower than it rises higher. Pine Script \
            decides it by the closes, so that values differ until the first turns.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "sarext",
        title: "Parabolic stop and reverse, extended",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[
            number("start_value", -3e37, 3e37, 0.0),
            number("offset_on_reverse", 0.0, 3e37, 0.0),
            number("start_long", 0.0, 3e37, 0.02),
            number("step_long", 0.0, 3e37, 0.02),
            number("maximum_long", 0.0, 3e37, 0.2),
            number("start_short", 0.0, 3e37, 0.02),
            number("step_short", 0.0, 3e37, 0.02),
            number("maximum_short", 0.0, 3e37, 0.2),
        ],
        outputs: &[output("value", Unit::Price)],
        talib: Some("SAREXT"),
        pine: None,
        formula: "as sar, with start, step and maximum of the acceleration for each direction; negative where the \
            stop is above the price",
        meaning: "The parabolic stop with separate speeds for long and short positions, a given first stop and a gap \
            at each reversal.",
        notes: "First value on bar 2. Stops of short positions are negative numbers. start_value is the first stop, \
            negative for a short one; 0 leaves it to the bars. offset_on_reverse moves a new stop away from the price \
            by that part of itself.",
        reference: "TA-Lib, function SAREXT; after J. W. Wilder (1978)",
    },
    IndicatorInfo {
        name: "sma",
        title: "Simple moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("SMA"),
        pine: pine("ta.sma({source}, {period})", &[]),
        formula: "Σ x/n over the last n values",
        meaning: "The mean of the last n values. Its direction shows the trend over its period, crossings of a short \
            and a long one mark changes of trend; it lags by half of its period.",
        notes: "First value on bar n. TA-Lib carries one running sum (add, divide, subtract), whose rounding stays \
            below 10⁻¹² of the price over a million bars; a value far larger than the others leaves an error of 10⁻¹⁶ \
            of its size. TradingView compensates its sum: values differ in the last digits.",
        reference: "J. J. Murphy, Technical Analysis of the Financial Markets (1999), chapter 9",
    },
    IndicatorInfo {
        name: "supertrend",
        title: "Supertrend",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 2, 100_000, 10), number("multiplier", 0.0, 3e37, 3.0)],
        outputs: &[output("stop", Unit::Price), output("trend", Unit::Signal)],
        talib: Some("SUPERTREND"),
        pine: pine(
            "[{name}_stop, {name}_direction] = ta.supertrend({multiplier}, {period})",
            &["{name}_stop", "-{name}_direction"],
        ),
        formula: "stops at (high + low)/2 ± multiplier · atr(n); each only moves towards the price until the close \
            crosses it",
        meaning: "A trailing stop that flips sides with the trend: below the price in an uptrend (1), above it in a \
            downtrend (−1). The flips are used as entries, the line as stop.",
        notes: "First value on bar n + 1, always as an uptrend. Pine Script’s ta.supertrend starts as a downtrend, \
            gives the direction with the opposite sign, and its average true range includes the first bar.",
        reference: "O. Seban, Tout le monde mérite d’être riche (2008)",
    },
    IndicatorInfo {
        name: "swak_butter",
        title: "Butterworth filter",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 10_000, 20)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("SWAK_BUTTER"),
        pine: None,
        formula: "y = 2 · (1 − a) · y₁ − (1 − a)² · y₂ + a²/4 · (x + 2 · x₁ + x₂); a from the period",
        meaning: "A low-pass filter: waves shorter than the period are taken out of the price, longer ones remain. \
            Smoother than an exponential average of the same lag.",
        notes: "A value on each bar; the filter begins as if the first price had stood for ever. The constants are \
            made with the platform’s sine.",
        reference: "J. F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities 24 (2006)",
    },
    IndicatorInfo {
        name: "swak_gauss",
        title: "Gaussian filter",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 10_000, 20)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("SWAK_GAUSS"),
        pine: None,
        formula: "y = 2 · (1 − a) · y₁ − (1 − a)² · y₂ + a² · x; a from the period",
        meaning: "A low-pass filter of two exponential averages in a row: waves shorter than the period are taken \
            out, with less lag and less smoothing than the Butterworth filter.",
        notes: "A value on each bar; the filter begins as if the first price had stood for ever. The constants are \
            made with the platform’s sine.",
        reference: "J. F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities 24 (2006)",
    },
    IndicatorInfo {
        name: "t3",
        title: "Tillson’s T3",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 5), number("volume_factor", 0.0, 1.0, 0.7)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("T3"),
        pine: None,
        formula: "d(d(d(x))) with d(x) = (1 + v) · ema(x, n) − v · ema(ema(x, n), n), v = volume_factor",
        meaning: "A very smooth average with little lag. The volume factor sets how much of the lag is made up for: 0 \
            gives a triple-smoothed exponential average, 1 the double exponential average applied three times, which \
            overshoots.",
        notes: "First value on bar 6n − 5. A period of 1 copies the values.",
        reference: "T. Tillson, Smoothing Techniques for More Accurate Signals, Stocks & Commodities 16 (1998)",
    },
    IndicatorInfo {
        name: "tema",
        title: "Triple exponential moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("TEMA"),
        pine: pine(
            "{name}_1 = ta.ema({source}, {period})\n\
             {name}_2 = ta.ema({name}_1, {period})\n\
             {name}_3 = ta.ema({name}_2, {period})",
            &["3 * ({name}_1 - {name}_2) + {name}_3"],
        ),
        formula: "3 · e₁ − 3 · e₂ + e₃ with e₁ = ema(x, n), e₂ = ema(e₁, n), e₃ = ema(e₂, n)",
        meaning: "An exponential average with nearly all of its lag taken out: it hugs the price in trends and \
            overshoots at turns.",
        notes: "First value on bar 3n − 2. A period of 1 copies the values.",
        reference: "P. Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 12 (1994)",
    },
    IndicatorInfo {
        name: "trima",
        title: "Triangular moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("TRIMA"),
        pine: pine("ta.sma(ta.sma({source}, math.ceil({period} / 2.0)), math.floor({period} / 2.0) + 1)", &[]),
        formula: "Σ wᵢ · xᵢ / Σ wᵢ, the weights rising 1, 2, 3 … to the middle of the window and falling behind it",
        meaning: "The simple average of a simple average: smoother than either, for seeing the trend where lag does \
            not matter.",
        notes: "First value on bar n. Three running sums are carried from bar to bar.",
        reference: "P. J. Kaufman, Trading Systems and Methods (2013)",
    },
    IndicatorInfo {
        name: "vidya",
        title: "Variable index dynamic average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 12), bars("cmo_period", 2, 100_000, 9)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("VIDYA"),
        pine: None,
        formula: "y = y₁ + 2/(n + 1) · |cmo(x, m)|/100 · (x − y₁)",
        meaning: "An exponential average whose speed is scaled by the momentum: in a one-sided movement it is as fast \
            as the exponential average, without direction it stands still.",
        notes: "First value on bar m + 1; it starts at the first value and moves with the momentum of the steps so \
            far. Where nothing moved it stands still. A period of 1 copies the values.",
        reference: "T. Chande, Adapting Moving Averages to Market Volatility, Stocks & Commodities 10 (1992)",
    },
    IndicatorInfo {
        name: "vwma",
        title: "Volume weighted moving average",
        group: Group::Overlap,
        inputs: &[Column::Source, Column::Volume],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("VWMA"),
        pine: pine("ta.vwma({source}, {period})", &[]),
        formula: "Σ x · volume / Σ volume over the last n bars",
        meaning: "The mean price of what was traded. It leans towards the prices of busy bars: above the simple \
            average, rising prices had the volume.",
        notes: "First value on bar n. No value (0/0) where none of the last n bars has volume. A period of 1 copies \
            the prices.",
        reference: "B. Dormeier, Investing with Volume Analysis (2011)",
    },
    IndicatorInfo {
        name: "wma",
        title: "Weighted moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("WMA"),
        pine: pine("ta.wma({source}, {period})", &[]),
        formula: "(n · x + (n − 1) · x₁ + … + 1 · xₙ₋₁) / (n · (n + 1)/2)",
        meaning: "An average whose weights fall in a straight line: it lags by a third of its period, the simple \
            average by half.",
        notes: "First value on bar n. A period of 1 copies the values. TA-Lib carries two running sums and makes them \
            anew after every 8n bars; TradingView sums the window on each bar: values differ in the last digits.",
        reference: "J. J. Murphy, Technical Analysis of the Financial Markets (1999), chapter 9",
    },
    IndicatorInfo {
        name: "zigzag",
        title: "Zigzag",
        group: Group::Overlap,
        inputs: &[Column::High, Column::Low],
        parameters: &[number("sensitivity", 0.0, 100.0, 5.0), bars("minimum_trend_length", 1, 100_000, 1)],
        outputs: &[output("pivot", Unit::Price), output("trend", Unit::Signal), output("pivot_index", Unit::Bars)],
        talib: Some("ZIGZAG"),
        pine: None,
        formula: "a leg turns when the price has come back by sensitivity percent from its extreme, \
            minimum_trend_length bars behind it or later",
        meaning: "The swings of the price without the noise between them: the extreme of the leg in progress, its \
            direction and the bar of the extreme. The last leg is open, its extreme moves on with the price.",
        notes: "First value on bar minimum_trend_length + 1; the first leg leads down from the first low. Values say \
            what was known on their bar and are not changed later. The index counts from the first bar of the \
            history, 0.",
        reference: "A. A. Merrill, Filtered Waves (1977)",
    },
    IndicatorInfo {
        name: "zlema",
        title: "Zero-lag exponential moving average",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("ZLEMA"),
        pine: None,
        formula: "ema(2 · x − the value ⌊(n − 1)/2⌋ bars before, n)",
        meaning: "An exponential average of the price plus its recent change, which shifts the average forward by its \
            own lag. It turns with the price and overshoots after jumps.",
        notes: "First value on bar n + ⌊(n − 1)/2⌋. A period of 1 copies the values.",
        reference: "J. F. Ehlers and R. Way, Zero Lag (Well, Almost), Stocks & Commodities 28 (2010)",
    },
    IndicatorInfo {
        name: "bollinger",
        title: "Bollinger bands",
        group: Group::Overlap,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 20), number("deviations", 0.0, 100.0, 2.0)],
        outputs: &[output("upper", Unit::Price), output("middle", Unit::Price), output("lower", Unit::Price)],
        talib: None,
        pine: pine(
            "[{name}_middle, {name}_upper, {name}_lower] = ta.bb({source}, {period}, {deviations})",
            &["{name}_upper", "{name}_middle", "{name}_lower"],
        ),
        formula: "middle = sma(x, n); upper, lower = middle ± deviations · σ; σ² = Σ (x − middle)²/n",
        meaning: "A simple average with bands at a distance that follows the volatility. Prices near a band are high \
            or low compared with the recent past; narrow bands often come before a large movement, and a close \
            outside of them shows its strength.",
        notes: "First value on bar n. A flat window gives three equal values. The variance comes from sums around a \
            level near the prices, so it is as exact at a price of 10⁹ as at 1; TradingView takes the mean of squares \
            less the square of the mean: values differ in the last digits.",
        reference: "J. Bollinger, Bollinger on Bollinger Bands (2001)",
    },
];

use super::make::{average, bars, number, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};
use crate::MovingAverage;

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "adr",
        title: "Average day range",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("ADR"),
        pine: pine("ta.sma(high - low, {period})", &[]),
        formula: "sma(high - low, n)",
        meaning: "How far the price usually travels within a bar; on daily bars, within a session. Day traders set \
            targets by it and expect little more once the day has covered it. Unlike the average true range it leaves \
            gaps out.",
        notes: "The first n - 1 bars have no value.",
        reference: "Common charting practice; as TradingView's built-in script of this name",
    },
    IndicatorInfo {
        name: "atr",
        title: "Average true range",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("ATR"),
        pine: pine("ta.atr({period})", &[]),
        formula: "mean of the first n true ranges, then ((n - 1) * previous + true range) / n, with the true range \
            max(high - low, |high - close before|, |low - close before|)",
        meaning: "How far the price usually moves within a bar, gaps included, in units of the price. It has no \
            direction: stops are set and positions sized by a multiple of it, so that they fit the market's present \
            noise.",
        notes: "In TA-Lib the first bar has no true range, so that the first n bars have no value. TradingView takes \
            high - low for it, begins a bar earlier and from another mean; the difference fades by (n - 1)/n a bar.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
    IndicatorInfo {
        name: "bbw",
        title: "Bollinger band width",
        group: Group::Volatility,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 2, 100_000, 20),
            number("deviations_up", -3e37, 3e37, 2.0),
            number("deviations_down", -3e37, 3e37, 2.0),
            average("ma_type", MovingAverage::Sma),
        ],
        outputs: &[output("value", Unit::Number)],
        talib: Some("BBW"),
        pine: None,
        formula: "100 * (upper - lower) / middle of the Bollinger bands",
        meaning: "How wide the bands are in percent of the price. A width at its lowest for half a year (the squeeze) \
            says that the market has gone quiet and that a large move may be near, without saying where to.",
        notes: "The first n - 1 bars, or as many as the average needs, have no value. The deviation is that of the \
            whole window (divided by n, not n - 1), whatever the average. A middle band of 0 gives 0. TradingView's \
            ta.bbw is the same for a simple average and equal deviations.",
        reference: "J. Bollinger, Bollinger on Bollinger Bands (2001)",
    },
    IndicatorInfo {
        name: "cvi",
        title: "Chaikin volatility",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 2, 100_000, 10), bars("roc_period", 1, 100_000, 10)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CVI"),
        pine: pine("{name}_range = ta.ema(high - low, {period})", &["ta.roc({name}_range, {roc_period})"]),
        formula: "100 * (e - e of roc_period bars before) / e of roc_period bars before, with e = ema(high - low, \
            period)",
        meaning: "By how many percent the usual range of a bar has grown. A quick rise belongs to the end of a panic \
            and often to a bottom; a slow decline after a long advance to a top.",
        notes: "The first period - 1 + roc_period bars have no value. A growth from 0 counts as 0. Gaps between bars \
            do not count.",
        reference: "S. B. Achelis, Technical Analysis from A to Z (2nd edition, 2000)",
    },
    IndicatorInfo {
        name: "massi",
        title: "Mass index",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("fast", 2, 100_000, 9), bars("slow", 2, 100_000, 25)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("MASSI"),
        pine: pine("math.sum(ta.ema(high - low, {fast}) / ta.ema(ta.ema(high - low, {fast}), {fast}), {slow})", &[]),
        formula: "sum over slow bars of ema(high - low, fast) / ema(ema(high - low, fast), fast)",
        meaning: "Tells a turn from a widening of the range, without its direction. With the usual periods Dorsey's \
            signal is the reversal bulge: a rise above 27 and a fall below 26.5 announce that the trend is about to \
            turn.",
        notes: "It stands near the number of bars summed. The first 2 * (fast - 1) + slow - 1 bars have no value. \
            Where bars have had no range at all the quotient counts as 1.",
        reference: "D. Dorsey, The Mass Index, Technical Analysis of Stocks & Commodities 10:6 (1992)",
    },
    IndicatorInfo {
        name: "natr",
        title: "Normalized average true range",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 14)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("NATR"),
        pine: pine("100 * ta.atr({period}) / close", &[]),
        formula: "100 * atr(n) / close",
        meaning: "The average true range in percent of the price: it compares the volatility of markets, and of one \
            market over many years, whose prices differ.",
        notes: "The first n bars have no value. A close of 0 gives 0. With a period of 1 TA-Lib gives the true range \
            itself, not its percentage. See atr for what differs in TradingView.",
        reference: "J. Forman, Cross-Market Evaluations with Normalized Average True Range, Technical Analysis of \
            Stocks & Commodities 24:5 (2006)",
    },
    IndicatorInfo {
        name: "percentb",
        title: "Bollinger %B",
        group: Group::Volatility,
        inputs: &[Column::Source],
        parameters: &[
            bars("period", 2, 100_000, 20),
            number("deviations_up", -3e37, 3e37, 2.0),
            number("deviations_down", -3e37, 3e37, 2.0),
            average("ma_type", MovingAverage::Sma),
        ],
        outputs: &[output("value", Unit::Number)],
        talib: Some("PERCENTB"),
        pine: None,
        formula: "(price - lower) / (upper - lower) of the Bollinger bands",
        meaning: "Where the price stands in the bands: 0 at the lower, 1 at the upper one, beyond them outside. It \
            makes band signals measurable: a second low of the price with a higher %B is a W bottom.",
        notes: "The first n - 1 bars, or as many as the average needs, have no value. The deviation is that of the \
            whole window (divided by n, not n - 1), whatever the average. Bands without a distance give 0.5.",
        reference: "J. Bollinger, Bollinger on Bollinger Bands (2001)",
    },
    IndicatorInfo {
        name: "rogerssatchell",
        title: "Rogers-Satchell volatility",
        group: Group::Volatility,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters: &[bars("period", 1, 100_000, 10), number("annualization", 0.0, 3e37, 252.0)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("ROGERSSATCHELL"),
        pine: pine(
            "math.sqrt({annualization}) * math.sqrt(ta.sma(math.log(high / close) * math.log(high / open) + \
                 math.log(low / close) * math.log(low / open), {period}))",
            &[],
        ),
        formula: "sqrt(annualization) * sqrt(mean over n bars of ln(high/close) * ln(high/open) + ln(low/close) * \
            ln(low/open))",
        meaning: "The volatility of returns from whole bars instead of closes, far more exact for the same number of \
            bars, and not misled by a trend. With daily bars and an annualization of 252 it is a yearly fraction: 0.2 \
            is 20 per cent.",
        notes: "The first n - 1 bars have no value. Gaps between bars do not count. A bar with a price of 0 or below \
            adds nothing. TA-Lib keeps a running total and renews it every 32 windows, or when it has nearly \
            vanished. The logarithm is the platform's, so that last digits may differ from system to system.",
        reference: "L. C. G. Rogers, S. E. Satchell, Estimating Variance from High, Low and Closing Prices, The \
            Annals of Applied Probability 1 (1991)",
    },
    IndicatorInfo {
        name: "rvi",
        title: "Relative volatility index",
        group: Group::Volatility,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 14), bars("stddev_period", 2, 100_000, 10)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("RVI"),
        pine: pine(
            "{name}_deviation = ta.stdev({source}, {stddev_period})\n\
             {name}_change = ta.change({source})\n\
             {name}_up = ta.rma({name}_change > 0 ? {name}_deviation : {name}_deviation * 0, {period})\n\
             {name}_down = ta.rma({name}_change < 0 ? {name}_deviation : {name}_deviation * 0, {period})",
            &["100 * {name}_up / ({name}_up + {name}_down)"],
        ),
        formula: "100 * U / (U + D), with Wilder's averages over period bars U of the standard deviation of \
            stddev_period prices on bars that rose and D on bars that fell",
        meaning: "The relative strength index of volatility: above 50 the market is livelier when it rises. Dorsey \
            made it to confirm other signals, as it measures something that they do not: buy only above 50, sell only \
            below, and leave a position where it passes 40 or 60 against it.",
        notes: "The first stddev_period - 1 + period - 1 bars have no value. No deviation at all gives 50. \
            TradingView's built-in script of this name smooths with exponential averages.",
        reference: "D. Dorsey, The Relative Volatility Index, Technical Analysis of Stocks & Commodities 11:6 (1993)",
    },
    IndicatorInfo {
        name: "rvir",
        title: "Relative volatility index, refined",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low],
        parameters: &[bars("period", 1, 100_000, 14), bars("stddev_period", 2, 100_000, 10)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("RVIR"),
        pine: pine(
            "{name}_high_deviation = ta.stdev(high, {stddev_period})\n\
             {name}_low_deviation = ta.stdev(low, {stddev_period})\n\
             {name}_high_change = ta.change(high)\n\
             {name}_low_change = ta.change(low)\n\
             {name}_high_up = ta.rma({name}_high_change > 0 ? {name}_high_deviation : {name}_high_deviation * 0, \
                 {period})\n\
             {name}_high_down = ta.rma({name}_high_change < 0 ? {name}_high_deviation : {name}_high_deviation * 0, \
                 {period})\n\
             {name}_low_up = ta.rma({name}_low_change > 0 ? {name}_low_deviation : {name}_low_deviation * 0, \
                 {period})\n\
             {name}_low_down = ta.rma({name}_low_change < 0 ? {name}_low_deviation : {name}_low_deviation * 0, \
                 {period})",
            &["50 * {name}_high_up / ({name}_high_up + {name}_high_down) + 50 * {name}_low_up / ({name}_low_up + \
                  {name}_low_down)"],
        ),
        formula: "(rvi of the highs + rvi of the lows) / 2",
        meaning: "Dorsey's revision of his index, from highs and lows instead of closes: it reacts to what happens \
            within the bars, and less to where they happen to close. It is read like the first form, above 50 for \
            rising and below for falling markets.",
        notes: "The first stddev_period - 1 + period - 1 bars have no value. No deviation at all gives 50.",
        reference: "D. Dorsey, Refining the Relative Volatility Index, Technical Analysis of Stocks & Commodities \
            13:9 (1995)",
    },
    IndicatorInfo {
        name: "trange",
        title: "True range",
        group: Group::Volatility,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("TRANGE"),
        pine: pine("ta.tr", &[]),
        formula: "max(high - low, |high - close before|, |low - close before|)",
        meaning: "The range of a bar including the gap from the close before it: what the price really moved. Most \
            measures of volatility are averages of it.",
        notes: "The first bar has no value, because no close comes before it; TradingView's ta.tr(true) gives high - \
            low there.",
        reference: "J. W. Wilder, New Concepts in Technical Trading Systems (1978)",
    },
];

use super::make::{average, bars, number, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};
use crate::MovingAverage;

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "ad",
        title: "Accumulation/distribution line",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Close, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Volume)],
        talib: Some("AD"),
        pine: pine("ta.accdist", &[]),
        formula: "ad = sum over all bars of ((close − low) − (high − close)) / (high − low) · volume",
        meaning: "A running total of the volume, each bar’s weighted by where in its range it closed: a close at the high \
            counts in full, one at the low is taken away. A line that rises while the price stands still speaks of \
            buyers; a new high of the price without one of the line is a warning. Only its shape matters, its level \
            depends on where the data begins.",
        notes: "No warm-up. A bar whose high equals its low adds nothing. Pine’s ta.accdist is the same sum.",
        reference: "M. Chaikin; S. B. Achelis, Technical Analysis from A to Z (1995).",
    },
    IndicatorInfo {
        name: "adosc",
        title: "Chaikin oscillator",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Close, Column::Volume],
        parameters: &[bars("fast", 2, 100_000, 3), bars("slow", 2, 100_000, 10)],
        outputs: &[output("value", Unit::Volume)],
        talib: Some("ADOSC"),
        pine: pine("ta.ema(ta.accdist, {fast}) - ta.ema(ta.accdist, {slow})", &[]),
        formula: "adosc = ema(ad, fast) − ema(ad, slow)",
        meaning: "The momentum of the accumulation/distribution line: above 0 where the last bars drew in more volume \
            than those before. Crossings of 0 and divergences from the price are read as early signs of a turn.",
        notes: "The first value stands at bar max(fast, slow) − 1. TA-Lib starts both averages with the line’s first \
            value; Pine’s ta.ema starts each with a simple mean of its own length, so that the first few hundred \
            values differ. If fast is the longer one the sign turns around.",
        reference: "M. Chaikin; S. B. Achelis, Technical Analysis from A to Z (1995).",
    },
    IndicatorInfo {
        name: "cmf",
        title: "Chaikin money flow",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Close, Column::Volume],
        parameters: &[bars("period", 2, 100_000, 20)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CMF"),
        pine: pine(
            "math.sum(high > low ? (2 * close - low - high) / (high - low) * volume : 0.0, {period}) / \
             math.sum(volume, {period})",
            &[],
        ),
        formula: "cmf = sum(((close − low) − (high − close)) / (high − low) · volume, n) / sum(volume, n)",
        meaning: "Buying against selling pressure over a window, from −1 (every bar closed at its low) to 1. Values above \
            0.05 or so are read as accumulation, below −0.05 as distribution. Unlike the accumulation/distribution \
            line it forgets what is older than the window.",
        notes: "The first value stands at bar n − 1. A bar without range has no money flow. A window without volume \
            gives 0, where Pine gives na. Both sums are running totals, which a whole window without volume clears.",
        reference: "M. Chaikin; Technical Analysis of Stocks & Commodities (1990s).",
    },
    IndicatorInfo {
        name: "efi",
        title: "Elder’s force index",
        group: Group::Volume,
        inputs: &[Column::Close, Column::Volume],
        parameters: &[bars("period", 1, 100_000, 13)],
        outputs: &[output("value", Unit::Volume)],
        talib: Some("EFI"),
        pine: pine("ta.ema(ta.change(close) * volume, {period})", &[]),
        formula: "efi = ema((close − previous close) · volume, n)",
        meaning: "Direction, extent and volume of a move in one number: a large change on large volume is force, a drift \
            on none is not. With a period of 2 it times entries within a trend, with 13 it shows who is in control; \
            a new extreme of the price with less force than at the last one is a warning.",
        notes: "The first value stands at bar n: the first change needs a bar before it. A period of 1 gives the force \
            of each bar unsmoothed. Volume times price differs by orders of magnitude from market to market, so \
            levels cannot be compared.",
        reference: "A. Elder, Trading for a Living (1993).",
    },
    IndicatorInfo {
        name: "emv",
        title: "Ease of movement",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Volume],
        parameters: &[bars("period", 1, 100_000, 14), number("volume_divisor", 1.0, 3e37, 10_000.0)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("EMV"),
        pine: pine("ta.sma({volume_divisor} * ta.change(hl2) * (high - low) / volume, {period})", &[]),
        formula: "emv = sma((middle − previous middle) / (volume / volume_divisor / (high − low)), n), middle = (high + \
            low) / 2",
        meaning: "How far the price moves for the volume it takes: high where it rises without effort, below 0 where it \
            falls without effort, near 0 where much volume moves little. The divisor only scales it.",
        notes: "The first value stands at bar n: the first change of the middle needs a bar before it. Bars without \
            range or without volume count as 0; in Pine a bar without volume gives na.",
        reference: "R. W. Arms, Volume Cycles in the Stock Market (1983).",
    },
    IndicatorInfo {
        name: "kvo",
        title: "Klinger volume oscillator",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Close, Column::Volume],
        parameters: &[bars("fast", 2, 100_000, 34), bars("slow", 2, 100_000, 55), bars("signal", 2, 100_000, 13)],
        outputs: &[output("kvo", Unit::Volume), output("signal", Unit::Volume)],
        talib: Some("KVO"),
        pine: pine(
            "var bool {name}_rising = true\n\
             var float {name}_ranges = na\n\
             {name}_was = {name}_rising\n\
             {name}_rising := hlc3 > hlc3[1] ? true : hlc3 < hlc3[1] ? false : {name}_was\n\
             {name}_turned = {name}_rising != {name}_was or na({name}_ranges)\n\
             {name}_ranges := high - low + ({name}_turned ? high[1] - low[1] : {name}_ranges)\n\
             {name}_sign = {name}_rising ? 1 : -1\n\
             {name}_size = math.abs(2 * (high - low) / {name}_ranges - 1)\n\
             {name}_force = {name}_ranges == 0 ? 0.0 : volume * {name}_size * 100 * {name}_sign\n\
             {name} = ta.ema({name}_force, {fast}) - ta.ema({name}_force, {slow})\n\
             {name}_signal = ta.ema({name}, {signal})",
            &["{name}", "{name}_signal"],
        ),
        formula: "kvo = ema(force, fast) − ema(force, slow); force = volume · |2 · range / ranges − 1| · 100 · trend; \
            signal = ema(kvo, signal)",
        meaning: "Long-term money flow that still answers to short-term turns. The trend is the sign of the change of \
            high + low + close, and the ranges add up for as long as it lasts. Crossings of the signal line in the \
            direction of the main trend are read as entries, divergences from the price as warnings.",
        notes: "The first value stands at bar max(fast, slow, signal). All averages start with the force of the second \
            bar, so that the first values lean towards 0. Where the sum of ranges is 0 the force is 0; where high + \
            low + close ties the trend stays. TradingView’s built-in script of this name leaves the ranges out and \
            signs the whole volume; the lines given here follow Klinger’s article as TA-Lib does, but Pine’s \
            averages start with a simple mean.",
        reference: "S. J. Klinger, Identifying trends with volume analysis, Technical Analysis of Stocks & Commodities \
            15:12 (1997).",
    },
    IndicatorInfo {
        name: "marketfi",
        title: "Market facilitation index",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Number)],
        talib: Some("MARKETFI"),
        pine: pine("volume > 0 ? (high - low) / volume : 0.0", &[]),
        formula: "marketfi = (high − low) / volume",
        meaning: "How much range a unit of volume bought. It is read together with the volume: both rising is a move with \
            participants, a rising index on falling volume one without them, a falling index on rising volume a \
            battle before a breakout.",
        notes: "No warm-up. A bar without volume gives 0.",
        reference: "B. Williams, Trading Chaos (1995).",
    },
    IndicatorInfo {
        name: "nvi",
        title: "Negative volume index",
        group: Group::Volume,
        inputs: &[Column::Close, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Number)],
        talib: Some("NVI"),
        pine: pine("1000 * ta.nvi", &[]),
        formula: "nvi = previous nvi · (1 + (close − previous close) / previous close) where volume < previous volume, \
            else previous nvi; 1000 at first",
        meaning: "Follows the price on the quiet days only, on the assumption that informed money acts when the crowd \
            does not. Above its own average over a year it is read as a bull market, below as a bear market.",
        notes: "The index starts at 1000, in Pine at 1. A bar after a close of 0 changes nothing, and neither does one \
            that would make the index infinite. Only its shape and its place beside its own average matter: the \
            level depends on where the data begins.",
        reference: "P. L. Dysart (1930s); N. G. Fosback, Stock Market Logic (1976).",
    },
    IndicatorInfo {
        name: "obv",
        title: "On-balance volume",
        group: Group::Volume,
        inputs: &[Column::Source, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Volume)],
        talib: Some("OBV"),
        pine: pine("ta.cum(nz(math.sign(ta.change({source})), 1) * volume)", &[]),
        formula: "obv = previous obv + volume if source > previous source, − volume if source < previous source; volume \
            at first",
        meaning: "A running total of the volume that gives each bar to the side that won it. Volume is held to precede \
            price: a line that breaks out before the price does, or fails to follow it to a new extreme, is the \
            signal. Only its shape matters, its level depends on where the data begins.",
        notes: "No warm-up. It starts with the first bar’s volume, as TA-Lib does; Pine’s ta.obv starts with 0 and \
            always reads the close. An unchanged price adds nothing. Volumes are whole numbers mostly, so that the \
            sum is exact.",
        reference: "J. E. Granville, Granville’s New Key to Stock Market Profits (1963).",
    },
    IndicatorInfo {
        name: "pvi",
        title: "Positive volume index",
        group: Group::Volume,
        inputs: &[Column::Close, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Number)],
        talib: Some("PVI"),
        pine: pine("1000 * ta.pvi", &[]),
        formula: "pvi = previous pvi · (1 + (close − previous close) / previous close) where volume > previous volume, \
            else previous pvi; 1000 at first",
        meaning: "Follows the price on the busy days only, those of the crowd. It is read beside the negative volume \
            index: above its own average over a year the public is bullish.",
        notes: "The index starts at 1000, in Pine at 1. A bar after a close of 0 changes nothing, and neither does one \
            that would make the index infinite. Only its shape and its place beside its own average matter: the \
            level depends on where the data begins.",
        reference: "P. L. Dysart (1930s); N. G. Fosback, Stock Market Logic (1976).",
    },
    IndicatorInfo {
        name: "pvo",
        title: "Percentage volume oscillator",
        group: Group::Volume,
        inputs: &[Column::Volume],
        parameters: &[
            bars("fast", 2, 100_000, 12),
            bars("slow", 2, 100_000, 26),
            average("ma_type", MovingAverage::Ema),
        ],
        outputs: &[output("value", Unit::Number)],
        talib: Some("PVO"),
        pine: None,
        formula: "pvo = 100 · (ma(volume, fast) − ma(volume, slow)) / ma(volume, slow)",
        meaning: "How far recent volume lies above its longer average, in percent of it. Moves of the price that come \
            with a rising oscillator have participants; breakouts on falling values often fail. It says nothing \
            about direction.",
        notes: "The first value stands where that of the slower average stands, n − 1 for most kinds. The shorter \
            period is the fast one in whatever order they are given. An average of 0 gives 0, and so does a whole \
            window without volume for the averages that forget what is older (simple, weighted, triangular, Hull). \
            Pine has each average under its own name, so there is no one line for all.",
        reference: "G. Appel’s percentage price oscillator, applied to the volume.",
    },
    IndicatorInfo {
        name: "pvt",
        title: "Price volume trend",
        group: Group::Volume,
        inputs: &[Column::Close, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Volume)],
        talib: Some("PVT"),
        pine: pine("ta.pvt", &[]),
        formula: "pvt = previous pvt + (close − previous close) / previous close · volume; 0 at first",
        meaning: "On-balance volume that gives each side only the part of the volume that the move was worth: a rise of \
            one percent adds a hundredth of the bar’s volume. It is read like on-balance volume and is less jumpy \
            where changes are small.",
        notes: "No warm-up; 0 at the first bar. A bar after a close of 0 adds nothing. Pine’s ta.pvt is the same sum.",
        reference: "S. B. Achelis, Technical Analysis from A to Z (1995).",
    },
    IndicatorInfo {
        name: "rvol",
        title: "Relative volume",
        group: Group::Volume,
        inputs: &[Column::Volume],
        parameters: &[bars("period", 1, 100_000, 20)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("RVOL"),
        pine: pine("volume / ta.sma(volume, {period})[1]", &[]),
        formula: "rvol = volume / sma(volume, n) of the bar before",
        meaning: "How unusual a bar’s volume is: 1 is the average of the bars before it, 3 three times as much. Used to \
            tell breakouts that someone takes part in from those that nobody does, and to find markets that are in \
            play.",
        notes: "The first value stands at bar n. The bar itself is not part of its average. Behind a window without \
            volume it is infinite, or NaN where the bar has no volume either. The average comes from a running \
            total, which a whole window without volume clears.",
        reference: "Common trading practice.",
    },
    IndicatorInfo {
        name: "vwap",
        title: "Volume-weighted average price",
        group: Group::Volume,
        inputs: &[Column::High, Column::Low, Column::Close, Column::Volume],
        parameters: &[],
        outputs: &[output("value", Unit::Price)],
        talib: Some("VWAP"),
        pine: pine("ta.vwap(hlc3, barstate.isfirst)", &[]),
        formula: "vwap = sum(typical · volume) / sum(volume) since the first bar, typical = (high + low + close) / 3",
        meaning: "The average price paid since the first bar, by volume. Large orders are judged by it: who bought below \
            it did better than the market. The price’s side of it is read as the balance of power of the session; \
            give it one session’s bars, or restart it with each.",
        notes: "No warm-up. Until there is volume the value is 0. It never restarts by itself, while Pine’s ta.vwap by \
            default restarts every day: the line given here is anchored at the first bar.",
        reference: "S. A. Berkowitz, D. E. Logue, E. A. Noser, The total cost of transactions on the NYSE, Journal of \
            Finance 43 (1988).",
    },
];

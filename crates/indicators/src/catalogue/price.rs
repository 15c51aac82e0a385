use super::make::{bars, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "avgdev",
        title: "Average deviation",
        group: Group::Price,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("AVGDEV"),
        pine: pine("ta.dev({source}, {period})", &[]),
        formula: "mean = sum(source, n) / n; avgdev = sum(|source − mean|, n) / n",
        meaning: "How far the values of the window lie from their own mean, on average. It measures dispersion as the \
            standard deviation does, but a single outlier counts once and not squared. Wide readings mean a busy \
            market, narrow ones a quiet one; the commodity channel index divides by it.",
        notes: "The first value stands at bar n − 1. A flat window gives the rounding of its own mean, mostly 0. Both \
            sums are taken anew for each bar, from the newest value to the oldest. Pine’s ta.dev is the same \
            quantity; it begins at the same bar and may differ in the last digits.",
        reference: "Classical statistics (mean absolute deviation).",
    },
    IndicatorInfo {
        name: "avgprice",
        title: "Average price",
        group: Group::Price,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::Price)],
        talib: Some("AVGPRICE"),
        pine: pine("ohlc4", &[]),
        formula: "avgprice = (high + low + close + open) / 4",
        meaning: "One price that stands for the whole bar and gives its open the same weight as its close. Used as the \
            input of averages and oscillators when a close by chance near an extreme should count for less.",
        notes: "No warm-up. The four prices are added in the order high, low, close, open; Pine’s ohlc4 starts with the \
            open, so that the last digit may differ.",
        reference: "Common charting practice; TA-Lib, AVGPRICE.",
    },
    IndicatorInfo {
        name: "ha",
        title: "Heikin-Ashi candles",
        group: Group::Price,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[
            output("open", Unit::Price),
            output("high", Unit::Price),
            output("low", Unit::Price),
            output("close", Unit::Price),
        ],
        talib: Some("HA"),
        pine: pine(
            "{name}_close = ohlc4\n\
             var float {name}_open = na\n\
             {name}_open := na({name}_open) ? (open + close) / 2 : ({name}_open + {name}_close[1]) / 2\n\
             {name}_high = math.max(high, math.max({name}_open, {name}_close))\n\
             {name}_low = math.min(low, math.min({name}_open, {name}_close))",
            &["{name}_open", "{name}_high", "{name}_low", "{name}_close"],
        ),
        formula: "close = (o + h + l + c) / 4; open = (previous open + previous close) / 2; high = max(h, open, close); \
            low = min(l, open, close)",
        meaning: "Candles whose body begins in the middle of the last one, so that single bars against the trend \
            disappear. Runs of one colour without a shadow on the far side mark a strong trend, small bodies with \
            both shadows a pause or a turn. The prices are averages: nothing was ever traded at them.",
        notes: "The first candle opens at the middle of its bar’s own open and close, as on TradingView’s Heikin-Ashi \
            charts. All later opens depend on it a little: by half as much with each bar. TA-Lib can leave out an \
            unstable start; here nothing is left out.",
        reference: "D. Valcu, Using the Heikin-Ashi technique, Technical Analysis of Stocks & Commodities (2004); the \
            charts are Japanese and older.",
    },
    IndicatorInfo {
        name: "medprice",
        title: "Median price",
        group: Group::Price,
        inputs: &[Column::High, Column::Low],
        parameters: &[],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MEDPRICE"),
        pine: pine("hl2", &[]),
        formula: "medprice = (high + low) / 2",
        meaning: "The middle of the bar’s range. It leaves out where the bar opened and closed, and is the input of \
            Williams’ indicators (alligator, awesome oscillator).",
        notes: "No warm-up. Pine’s hl2 is the same double.",
        reference: "Common charting practice; TA-Lib, MEDPRICE.",
    },
    IndicatorInfo {
        name: "typprice",
        title: "Typical price",
        group: Group::Price,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::Price)],
        talib: Some("TYPPRICE"),
        pine: pine("hlc3", &[]),
        formula: "typprice = (high + low + close) / 3",
        meaning: "One price that stands for the bar, with its close beside its extremes. The money flow index, the \
            commodity channel index and most volume-weighted averages are built on it.",
        notes: "No warm-up. Pine’s hlc3 is the same quantity.",
        reference: "D. R. Lambert, Commodity channel index, Commodities (1980), uses it under this name.",
    },
    IndicatorInfo {
        name: "wclprice",
        title: "Weighted close price",
        group: Group::Price,
        inputs: &[Column::High, Column::Low, Column::Close],
        parameters: &[],
        outputs: &[output("value", Unit::Price)],
        talib: Some("WCLPRICE"),
        pine: pine("hlcc4", &[]),
        formula: "wclprice = (high + low + 2 · close) / 4",
        meaning: "One price that stands for the bar and counts its close twice, for those who hold the last price to be \
            the one that matters most.",
        notes: "No warm-up. Pine’s hlcc4 is the same quantity; the order in which it adds may differ.",
        reference: "Common charting practice; TA-Lib, WCLPRICE.",
    },
];

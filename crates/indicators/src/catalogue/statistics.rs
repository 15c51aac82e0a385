use super::make::{bars, number, output, pine};
use super::{Column, Group, IndicatorInfo, Unit};

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "beta",
        title: "Beta",
        group: Group::Statistics,
        inputs: &[Column::Source, Column::Second],
        parameters: &[bars("period", 1, 100_000, 5)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("BETA"),
        pine: pine(
            "ta.correlation(ta.roc({source}, 1), ta.roc({second}, 1), {period}) * ta.stdev(ta.roc({second}, 1), \
             {period}) / ta.stdev(ta.roc({source}, 1), {period})",
            &[],
        ),
        formula: "beta = cov(r(source), r(second), n) / var(r(source), n), r(x) = (x − previous x) / previous x",
        meaning: "How much the second column moves, relative to itself, for one percent of the first: give the market as \
            the source and the share as the second. 1 moves with the market, 2 twice as much, below 0 against it. It \
            tells how large a hedge has to be.",
        notes: "The first value stands at bar n: n changes need n + 1 bars. A change from 0 counts as 0; where the \
            source does not vary the value is 0, in Pine na. The sums hold deviations from a level near the values, \
            which moves to the mean of the window when digits would be lost and every 32 windows, so that the result \
            is as exact at a price of 10⁹ as at 1.",
        reference: "W. F. Sharpe, Capital asset prices, Journal of Finance 19 (1964).",
    },
    IndicatorInfo {
        name: "correl",
        title: "Correlation coefficient",
        group: Group::Statistics,
        inputs: &[Column::Source, Column::Second],
        parameters: &[bars("period", 1, 100_000, 30)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("CORREL"),
        pine: pine("ta.correlation({source}, {second}, {period})", &[]),
        formula: "correl = cov(source, second, n) / sqrt(var(source, n) · var(second, n))",
        meaning: "How closely two columns keep to one straight line over the window: 1 they rise and fall together, −1 \
            against each other, 0 neither. Used to find pairs, to see hedges come apart and to avoid holding the \
            same bet twice. Prices that both trend correlate for no other reason; changes say more.",
        notes: "The first value stands at bar n − 1. Never beyond −1 and 1. Where a column is flat the value is 0, in \
            Pine na. The sums hold deviations from a level near the values, which moves to the mean of the window \
            when digits would be lost and every 32 windows, so that the result is as exact at a price of 10⁹ as at \
            1.",
        reference: "K. Pearson, Note on regression and inheritance in the case of two parents, Proceedings of the Royal \
            Society 58 (1895).",
    },
    IndicatorInfo {
        name: "kurtosis",
        title: "Excess kurtosis",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 4, 10_000, 30)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("KURTOSIS"),
        pine: None,
        formula: "kurtosis = n(n + 1) / ((n − 1)(n − 2)(n − 3)) · sum((x − mean)⁴) / s⁴ − 3(n − 1)² / ((n − 2)(n − 3)), \
            s² = sum((x − mean)²) / (n − 1)",
        meaning: "How heavy the tails of the window are: 0 as in a normal distribution, above 0 where few outliers make \
            up most of the spread, below 0 where values cluster at two ends, as in a steady trend. Of returns, high \
            values warn that the standard deviation understates the risk.",
        notes: "The first value stands at bar n − 1. A flat window has none: NaN. The level that the sums of powers \
            refer to moves to the mean of the window when digits would be lost and every 32 windows. Pine has no \
            such function.",
        reference: "D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 \
            (1998): G₂.",
    },
    IndicatorInfo {
        name: "linearreg",
        title: "Linear regression",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("LINEARREG"),
        pine: pine("ta.linreg({source}, {period}, 0)", &[]),
        formula: "linearreg = a + b · (n − 1), with a + b · i the line of least squares through the window, i = 0 at its \
            oldest value",
        meaning: "Where the straight line that fits the last values best ends now: an average without the lag of one, at \
            the price of overshooting at turns. The price’s distance from it shows how far a move has run ahead of \
            its own trend.",
        notes: "The first value stands at bar n − 1. The sums run along with the window and are taken anew every 32 \
            windows, and when a value leaves that weighs a hundred times what is left. Of a flat window it is the \
            value itself, to rounding. Pine’s ta.linreg with an offset of 0 is the same quantity and begins at the \
            same bar.",
        reference: "A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805).",
    },
    IndicatorInfo {
        name: "linearreg_angle",
        title: "Linear regression angle",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Degrees)],
        talib: Some("LINEARREG_ANGLE"),
        pine: pine(
            "math.todegrees(math.atan(ta.linreg({source}, {period}, 0) - ta.linreg({source}, {period}, 1)))",
            &[],
        ),
        formula: "linearreg_angle = atan(b) · 180 / π, b the slope of the line of least squares through the window",
        meaning: "The slope of the regression line as an angle: 45 degrees for a rise of one price unit a bar. It depends \
            on the unit of the price, so that it can be compared only within one market.",
        notes: "The first value stands at bar n − 1. The sums run along with the window and are taken anew every 32 \
            windows, and when a value leaves that weighs a hundred times what is left. Between −90 and 90; 0 of a \
            flat window, to rounding. The arc tangent is the platform’s, as in TA-Lib.",
        reference: "A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805).",
    },
    IndicatorInfo {
        name: "linearreg_intercept",
        title: "Linear regression intercept",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("LINEARREG_INTERCEPT"),
        pine: pine("ta.linreg({source}, {period}, {period} - 1)", &[]),
        formula: "linearreg_intercept = a, with a + b · i the line of least squares through the window, i = 0 at its \
            oldest value",
        meaning: "Where the straight line that fits the last values best begins, at the oldest of them. With the end of \
            the line it gives the two points to draw it.",
        notes: "The first value stands at bar n − 1. The sums run along with the window and are taken anew every 32 \
            windows, and when a value leaves that weighs a hundred times what is left. Pine’s ta.linreg gives it \
            with an offset of n − 1.",
        reference: "A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805).",
    },
    IndicatorInfo {
        name: "linearreg_slope",
        title: "Linear regression slope",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("LINEARREG_SLOPE"),
        pine: pine("ta.linreg({source}, {period}, 0) - ta.linreg({source}, {period}, 1)", &[]),
        formula: "linearreg_slope = b, with a + b · i the line of least squares through the window",
        meaning: "How many price units a bar the straight line through the last values rises: direction and speed of the \
            trend in one number that single bars hardly move. Crossings of 0 mark turns.",
        notes: "The first value stands at bar n − 1. The sums run along with the window and are taken anew every 32 \
            windows, and when a value leaves that weighs a hundred times what is left. 0 of a flat window, to \
            rounding. In Pine the difference of two neighbouring points of the line.",
        reference: "A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805).",
    },
    IndicatorInfo {
        name: "median",
        title: "Median",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 10_000, 30)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("MEDIAN"),
        pine: pine("ta.median({source}, {period})", &[]),
        formula: "median = the middle one of the last n values by size, the mean of the middle two where n is even",
        meaning: "An average that single wild values cannot move: half of the window lies above it, half below. It \
            follows steps at once and ignores spikes, which makes it a filter for bad ticks and a base for robust \
            bands.",
        notes: "The first value stands at bar n − 1. Nothing is rounded but the mean of the middle two.",
        reference: "J. W. Tukey, Exploratory Data Analysis (1977).",
    },
    IndicatorInfo {
        name: "percentile",
        title: "Percentile (nearest rank)",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 10_000, 100), number("percentile", 0.0, 100.0, 50.0)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("PERCENTILE"),
        pine: pine("ta.percentile_nearest_rank({source}, {period}, {percentile})", &[]),
        formula: "percentile = of the last n values by size the one at place ⌈percentile · n / 100⌉, counted from 1",
        meaning: "The value below or at which the given share of the window lies. With 90 and 10 it draws bands that hold \
            four fifths of the values whatever their distribution, with 50 it is close to the median.",
        notes: "The first value stands at bar n − 1. Always one of the values of the window, never one in between; the \
            smallest for 0, the largest for 100. Pine’s ta.percentile_nearest_rank is the same rule.",
        reference: "R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996): \
            definition 1.",
    },
    IndicatorInfo {
        name: "percentrank",
        title: "Percent rank",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 10_000, 100)],
        outputs: &[output("value", Unit::Percent)],
        talib: Some("PERCENTRANK"),
        pine: pine("ta.percentrank({source}, {period})", &[]),
        formula: "percentrank = 100 · (how many of the n values before this one are below it) / n",
        meaning: "Where the current value stands among those before it, from 0 (none is below) to 100 (all are). It puts \
            any indicator on one scale, such as a volatility that is high for this market, and is one of the three \
            parts of Connors RSI.",
        notes: "The first value stands at bar n: the value itself is not one of the n. Equal values do not count here; \
            Pine’s ta.percentrank counts values below or equal, so that it lies higher where values tie, and is 100 \
            where TA-Lib gives 0 in a flat window.",
        reference: "L. Connors, C. Alvarez, An Introduction to ConnorsRSI (2012).",
    },
    IndicatorInfo {
        name: "stddev",
        title: "Standard deviation",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 5), number("deviations", -3e37, 3e37, 1.0)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("STDDEV"),
        pine: pine("{deviations} * ta.stdev({source}, {period})", &[]),
        formula: "stddev = deviations · sqrt(sum((x − mean)², n) / n)",
        meaning: "How far the values of the window spread around their mean, in the unit of the price. The usual measure \
            of volatility on the price’s own scale: bands, stops and position sizes are multiples of it.",
        notes: "The first value stands at bar n − 1. Of the population: divided by n, not n − 1, as Pine’s ta.stdev is \
            by default. 0 of a flat window. The sums hold deviations from a level near the values, which moves to \
            the mean of the window when digits would be lost and every 32 windows, so that the result is as exact at \
            a price of 10⁹ as at 1.",
        reference: "K. Pearson, Contributions to the mathematical theory of evolution, Philosophical Transactions 185 \
            (1894).",
    },
    IndicatorInfo {
        name: "tsf",
        title: "Time series forecast",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 100_000, 14)],
        outputs: &[output("value", Unit::Price)],
        talib: Some("TSF"),
        pine: pine("ta.linreg({source}, {period}, -1)", &[]),
        formula: "tsf = a + b · n, with a + b · i the line of least squares through the window, i = 0 at its oldest value",
        meaning: "The regression line one bar further: where the price would stand at the next bar if the trend of the \
            window went on unchanged. A close beyond it says that the move is faster than its own trend.",
        notes: "The first value stands at bar n − 1. The sums run along with the window and are taken anew every 32 \
            windows, and when a value leaves that weighs a hundred times what is left. Pine’s ta.linreg gives it \
            with an offset of −1.",
        reference: "S. B. Achelis, Technical Analysis from A to Z (1995).",
    },
    IndicatorInfo {
        name: "var",
        title: "Variance",
        group: Group::Statistics,
        inputs: &[Column::Source],
        parameters: &[bars("period", 1, 100_000, 5), number("deviations", -3e37, 3e37, 1.0)],
        outputs: &[output("value", Unit::Number)],
        talib: Some("VAR"),
        pine: pine("ta.variance({source}, {period})", &[]),
        formula: "var = sum((x − mean)², n) / n",
        meaning: "The square of the standard deviation, in squared price units. Variances of independent moves add up, \
            which standard deviations do not: a basis for risk sums and for tests of whether a price wanders at \
            random.",
        notes: "The first value stands at bar n − 1. Of the population: divided by n, as Pine’s ta.variance is by \
            default. Never below 0, and 0 of a flat window. The parameter deviations has no effect: TA-Lib has it \
            and does not read it. The sums hold deviations from a level near the values, which moves to the mean of \
            the window when digits would be lost and every 32 windows, so that the result is as exact at a price of \
            10⁹ as at 1.",
        reference: "R. A. Fisher (1918) for the name; T. F. Chan and others, Algorithms for computing the sample variance, \
            The American Statistician 37 (1983).",
    },
];

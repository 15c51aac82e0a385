//! What to show: the declarative description of a chart.

use crate::color::Ink;
use crate::layout::Layout;

/// Panes stacked over one time axis.
///
/// Bars stand at equal distances by position, so weekends and other gaps take no room. Every column of every layer has one
/// value per bar.
///
/// ```
/// use chart_render::{Chart, Layer, Line, Pane};
///
/// let (time, equity) = ([0, 60_000_000_000], [10_000.0, 10_050.0]);
/// let chart = Chart { title: "Equity", ..Chart::new(&time, vec![Pane::new(vec![Layer::Line(Line::new("", &equity))])]) };
/// assert_eq!(chart.panes.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chart<'a> {
    /// Large text at the top left; empty for none. Characters outside Latin-1 and common punctuation show as boxes.
    pub title: &'a str,
    /// Smaller text after the title; left out where it does not fit.
    pub subtitle: &'a str,
    /// Time of each bar in nanoseconds since 1970-01-01 UTC, not decreasing. Its length is the number of bars.
    pub time: &'a [i64],
    /// From top to bottom.
    pub panes: Vec<Pane<'a>>,
    /// What stands around the data.
    pub layout: Layout,
}

impl<'a> Chart<'a> {
    /// A chart of `panes` without title, in the default layout.
    pub fn new(time: &'a [i64], panes: Vec<Pane<'a>>) -> Self {
        Self { title: "", subtitle: "", time, panes, layout: Layout::default() }
    }
}

/// One pane: layers over one value scale.
///
/// ```
/// use chart_render::{Layer, Level, Line, Pane, ValueRange};
///
/// let rsi = [f64::NAN, 42.0, 71.0];
/// let layers = vec![Layer::Line(Line::new("RSI 14", &rsi)), Layer::Level(Level::new(70.0))];
/// let pane = Pane { range: ValueRange::Fixed { min: 0.0, max: 100.0 }, weight: 0.3, ..Pane::new(layers) };
/// assert_eq!(pane.layers.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Pane<'a> {
    /// First word of the legend; empty for none.
    pub title: &'a str,
    /// Share of the height among the weights of all panes; 0.01 to 100.
    pub weight: f64,
    /// Values shown from bottom to top.
    pub range: ValueRange,
    /// How values are written at the axis.
    pub format: ValueFormat,
    /// Drawn in this order, later over earlier.
    pub layers: Vec<Layer<'a>>,
}

impl<'a> Pane<'a> {
    /// A pane without title, of weight 1, with automatic range and format.
    pub fn new(layers: Vec<Layer<'a>>) -> Self {
        Self { title: "", weight: 1.0, range: ValueRange::Auto, format: ValueFormat::Auto, layers }
    }
}

/// The values that a pane shows from bottom to top.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum ValueRange {
    /// All values of all layers (levels, trades and markers too), with the layout's padding.
    #[default]
    Auto,
    /// From `min` to `max`, with the layout's padding outside; what lies beyond the pane is cut off.
    Fixed {
        /// Lowest value.
        min: f64,
        /// Highest value, above `min`.
        max: f64,
    },
}

/// How the values of a pane are written.
///
/// Thousands are separated by commas; values from 10¹⁵ on are written in scientific notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValueFormat {
    /// As many decimals as the labels need, one more for tags; [`ValueFormat::Compact`] for values from ten millions on.
    #[default]
    Auto,
    /// This number of decimals, at most 12: those of the instrument. No label stands between two such values.
    Decimals(u8),
    /// A fraction as percent with this number of decimals, at most 10: 0.025 is `2.5%`.
    Percent(u8),
    /// With K, M, B or T for thousands, millions, billions, trillions: volumes.
    Compact,
}

/// One thing drawn in a pane.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Layer<'a> {
    /// Candlesticks.
    Candles(Candles<'a>),
    /// Bars from zero, coloured by the candle's direction.
    Volume(Volume<'a>),
    /// A line through one value per bar.
    Line(Line<'a>),
    /// The space between two lines.
    Band(Band<'a>),
    /// A line and the space between it and a baseline.
    Area(Area<'a>),
    /// Bars from zero, coloured by sign.
    Histogram(Histogram<'a>),
    /// A horizontal line.
    Level(Level<'a>),
    /// Entries, exits and the lines between them.
    Trades(&'a [Trade]),
    /// Single signs.
    Markers(&'a [Marker]),
}

/// Candlesticks: a wick from low to high, a body from open to close, coloured by direction.
///
/// Where bars are too narrow for a body, only the wick is drawn; where several share a column of pixels, the column goes
/// from their lowest low to their highest high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candles<'a> {
    /// First price of each bar, finite.
    pub open: &'a [f64],
    /// Highest price of each bar, finite, not below `low`.
    pub high: &'a [f64],
    /// Lowest price of each bar, finite.
    pub low: &'a [f64],
    /// Last price of each bar, finite.
    pub close: &'a [f64],
    /// Whether the last close is marked by a dotted line and a tag at the axis (if the layout has a value axis).
    pub tag: bool,
}

impl<'a> Candles<'a> {
    /// Candles with a tag at the last close.
    pub const fn new(open: &'a [f64], high: &'a [f64], low: &'a [f64], close: &'a [f64]) -> Self {
        Self { open, high, low, close, tag: true }
    }
}

/// Bars from zero, coloured by the direction of the candle. Where several share a column of pixels, the largest is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume<'a> {
    /// Name in the legend; empty for none.
    pub name: &'a str,
    /// Volume of each bar, any unit, not negative; NaN for none.
    pub volume: &'a [f64],
    /// First price of each bar, finite.
    pub open: &'a [f64],
    /// Last price of each bar, finite.
    pub close: &'a [f64],
}

impl<'a> Volume<'a> {
    /// Volume bars named "Volume".
    pub const fn new(volume: &'a [f64], open: &'a [f64], close: &'a [f64]) -> Self {
        Self { name: "Volume", volume, open, close }
    }
}

/// A line through one value per bar.
///
/// Where several bars share a column of pixels, their first, lowest, highest and last values are kept: nothing visible is lost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'a> {
    /// Name in the legend; empty for none.
    pub name: &'a str,
    /// Value of each bar; NaN makes a gap.
    pub values: &'a [f64],
    /// Its colour.
    pub ink: Ink,
    /// Width in pixels at scale 1, 0.5 to 20; `None` for the theme's.
    pub width: Option<f64>,
    /// Whether the last value is tagged at the axis.
    pub tag: bool,
}

impl<'a> Line<'a> {
    /// A line in the next colour of the palette, without tag.
    pub const fn new(name: &'a str, values: &'a [f64]) -> Self {
        Self { name, values, ink: Ink::Auto, width: None, tag: false }
    }
}

/// The space between two lines, with fine lines along both. A bar where either is NaN is a gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band<'a> {
    /// Name in the legend; empty for none.
    pub name: &'a str,
    /// One edge, a value for each bar.
    pub upper: &'a [f64],
    /// The other edge, a value for each bar; it may cross the first.
    pub lower: &'a [f64],
    /// Its colour.
    pub ink: Ink,
}

impl<'a> Band<'a> {
    /// A band in the next colour of the palette.
    pub const fn new(name: &'a str, upper: &'a [f64], lower: &'a [f64]) -> Self {
        Self { name, upper, lower, ink: Ink::Auto }
    }
}

/// A line and the space between it and a baseline: equity (to the lower edge), drawdown (to 0).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area<'a> {
    /// Name in the legend; empty for none.
    pub name: &'a str,
    /// Value of each bar; NaN makes a gap.
    pub values: &'a [f64],
    /// The other edge of the filled space, finite and part of the range; `None` for the lower edge of the pane.
    pub baseline: Option<f64>,
    /// Its colour.
    pub ink: Ink,
    /// Whether the last value is tagged at the axis.
    pub tag: bool,
}

impl<'a> Area<'a> {
    /// An area down to the lower edge of the pane, in the next colour of the palette, without tag.
    pub const fn new(name: &'a str, values: &'a [f64]) -> Self {
        Self { name, values, baseline: None, ink: Ink::Auto, tag: false }
    }
}

/// Bars from zero, coloured by sign, paler while they shrink: the MACD histogram.
///
/// Where several share a column of pixels, the column reaches from their lowest to their highest value and to zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Histogram<'a> {
    /// Name in the legend; empty for none.
    pub name: &'a str,
    /// Value of each bar; NaN for none.
    pub values: &'a [f64],
}

impl<'a> Histogram<'a> {
    /// A histogram of `values`.
    pub const fn new(name: &'a str, values: &'a [f64]) -> Self {
        Self { name, values }
    }
}

/// A dashed horizontal line over the whole width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level<'a> {
    /// Text above its right end; empty for none. Left out with the legend, and where it would cover another level's.
    pub name: &'a str,
    /// Where it is, finite.
    pub value: f64,
    /// Its colour.
    pub ink: Ink,
    /// Whether its value is tagged at the axis.
    pub tag: bool,
}

impl Level<'_> {
    /// A muted level without name and tag.
    pub const fn new(value: f64) -> Self {
        Self { name: "", value, ink: Ink::Muted, tag: false }
    }
}

/// A closed trade: a triangle at the entry, one at the exit, a dashed line between them coloured by profit.
///
/// What buys points up from below its price, what sells points down from above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trade {
    /// Whether it bought first; otherwise it sold first.
    pub long: bool,
    /// Bar of the entry.
    pub entry_bar: usize,
    /// Price of the entry, finite.
    pub entry_price: f64,
    /// Bar of the exit, not before the entry's.
    pub exit_bar: usize,
    /// Price of the exit, finite.
    pub exit_price: f64,
    /// Net profit in any unit: only its sign is shown.
    pub profit: f64,
}

/// A sign at one bar and value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marker {
    /// Bar where it stands.
    pub bar: usize,
    /// Value at its tip, or at the centre of a dot; finite.
    pub value: f64,
    /// What it looks like.
    pub shape: MarkerShape,
    /// Its colour; [`Ink::Auto`] takes one colour of the palette for all such markers of the layer.
    pub ink: Ink,
}

/// What a [`Marker`] looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkerShape {
    /// A triangle below the value that points up at it.
    Up,
    /// A triangle above the value that points down at it.
    Down,
    /// A dot on the value.
    Dot,
}

/// Why a report cannot be made. `field` is the path of the value in the [`Report`](crate::Report), such as
/// `strategies[0].equity.equity`; `index` counts from 0.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value is NaN or infinite.
    #[error("{field}[{index}] is {value}, not a finite number")]
    NotFinite {
        /// Where.
        field: String,
        /// Which element; 0 for a single value.
        index: usize,
        /// The value.
        value: f64,
    },
    /// Times do not rise, or a range ends before it starts.
    #[error("{field}[{index}] is {time_ms} ms, after {previous_ms} ms: times must rise")]
    Unsorted {
        /// Where.
        field: String,
        /// Which element.
        index: usize,
        /// The time.
        time_ms: i64,
        /// The time before it.
        previous_ms: i64,
    },
    /// Values of an axis do not rise.
    #[error("{field}[{index}] is {value}, after {previous}: values must rise")]
    NotRising {
        /// Where.
        field: String,
        /// Which element.
        index: usize,
        /// The value.
        value: f64,
        /// The value before it.
        previous: f64,
    },
    /// Columns that belong together differ in length.
    #[error("{field} has {len} values where {expected} are expected")]
    Length {
        /// Where.
        field: String,
        /// Its length.
        len: usize,
        /// The length of its siblings.
        expected: usize,
    },
    /// There is nothing where something is needed.
    #[error("{field} is empty")]
    Empty {
        /// Where.
        field: String,
    },
    /// A number is outside of what it can mean.
    #[error("{field}[{index}] is {value}, outside of {low} to {high}")]
    Range {
        /// Where.
        field: String,
        /// Which element; 0 for a single value.
        index: usize,
        /// The value.
        value: f64,
        /// Smallest allowed.
        low: f64,
        /// Largest allowed.
        high: f64,
    },
    /// A bar's high is below, or its low above, one of its other prices.
    #[error("candles[{index}] has low {low} and high {high} around open {open} and close {close}")]
    Bar {
        /// Which bar.
        index: usize,
        /// Its open.
        open: f64,
        /// Its high.
        high: f64,
        /// Its low.
        low: f64,
        /// Its close.
        close: f64,
    },
    /// A trade or a period lies outside of the bars.
    #[error("{field}[{index}] is at {time_ms} ms, outside of the bars from {first_ms} to {last_ms} ms")]
    OutsideBars {
        /// Where.
        field: String,
        /// Which element.
        index: usize,
        /// The time.
        time_ms: i64,
        /// Open time of the first bar.
        first_ms: i64,
        /// End of the last bar.
        last_ms: i64,
    },
    /// The page's template failed, which is a defect of this crate.
    #[error("cannot fill the page")]
    Template(#[source] Box<dyn std::error::Error + Send + Sync>),
}

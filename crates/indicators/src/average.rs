/// The moving average inside an indicator that leaves the choice to its caller.
///
/// As an argument it is its place in [`MovingAverage::ALL`]; in text and JSON its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MovingAverage {
    /// Simple.
    Sma,
    /// Exponential.
    Ema,
    /// Weighted.
    Wma,
    /// Double exponential.
    Dema,
    /// Triple exponential.
    Tema,
    /// Triangular.
    Trima,
    /// Kaufman's adaptive.
    Kama,
    /// MESA adaptive; it has no period, so that the one given does nothing.
    Mama,
    /// Tillson's T3.
    T3,
    /// Hull.
    Hma,
    /// None: the value itself.
    Disabled,
    /// The one the indicator was first described with.
    Default,
    /// Zero-lag exponential.
    Zlema,
    /// Wilder's.
    Rma,
    /// Chande's variable index dynamic average.
    Vidya,
    /// Arnaud Legoux.
    Alma,
}

impl MovingAverage {
    /// All of them, in TA-Lib's order.
    pub const ALL: [Self; 16] = [
        Self::Sma,
        Self::Ema,
        Self::Wma,
        Self::Dema,
        Self::Tema,
        Self::Trima,
        Self::Kama,
        Self::Mama,
        Self::T3,
        Self::Hma,
        Self::Disabled,
        Self::Default,
        Self::Zlema,
        Self::Rma,
        Self::Vidya,
        Self::Alma,
    ];

    /// Their names, in the same order.
    pub const NAMES: [&'static str; 16] = [
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "disabled", "default", "zlema",
        "rma", "vidya", "alma",
    ];

    /// Its name in lower case.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

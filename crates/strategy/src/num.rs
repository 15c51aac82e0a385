use indicators::IndicatorKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Arg, InputId};

/// A number with a value at every bar, once its lookback has passed; before that, and on a division by zero, it has
/// none, and every comparison with it is false.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Num {
    /// A fixed number.
    Const(f64),
    /// The value of an input.
    Input(InputId),
    /// A price of the current bar.
    Price(Price),
    /// An output of an indicator.
    Indicator(IndicatorCall),
    /// The value that many bars earlier, 1 to 5,000.
    Lag(Box<Num>, u16),
    /// Arithmetic of two numbers.
    Binary(NumOp, Box<Num>, Box<Num>),
    /// A number of longer bars, which are made of those of the market.
    Longer(Longer),
}

/// A number of longer bars as it was known when a bar opened: its value at the last longer bar that had ended by then. So
/// it never looks ahead, changes with the first bar of each longer one, and has no value during the first.
///
/// Longer bars begin at multiples of their length from midnight UTC, weeks on Monday; the first may hold a part only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Longer {
    /// Length in minutes: a divisor of a day's 1,440, or a week's 10,080; a multiple of the market's bars.
    pub minutes: u16,
    /// The number. Lags inside count longer bars; another longer one cannot be inside.
    pub num: Box<Num>,
}

/// Arithmetic operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumOp {
    /// Sum.
    Add,
    /// Difference.
    Sub,
    /// Product.
    Mul,
    /// Quotient; no value where the divisor is 0.
    Div,
    /// The smaller one.
    Min,
    /// The larger one.
    Max,
}

/// One price of a bar, or a mean of its prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// (high + low) / 2.
    Hl2,
    /// (high + low + close) / 3.
    Hlc3,
    /// (open + high + low + close) / 4.
    Ohlc4,
    /// Volume in the feed's unit.
    Volume,
}

/// An output of an indicator from the catalogue of [`indicators`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorCall {
    /// Which indicator.
    pub kind: IndicatorKind,
    /// Its parameters, in the catalogue's order.
    pub args: Vec<Arg>,
    /// The price it is computed from; absent for those that only read columns of the bars, such as high and low.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Price>,
    /// Which output, as the catalogue names it (`value`, `signal`, `upper`, …).
    pub output: String,
}

impl IndicatorCall {
    /// The average true range over `period` bars, which [`Distance::Atr`](crate::Distance::Atr) is made of.
    ///
    /// # Panics
    /// Never: the catalogue lists it.
    pub fn average_true_range(period: Arg) -> Self {
        let kind = IndicatorKind::named("atr").expect("the catalogue lists the average true range");
        Self { kind, args: vec![period], source: None, output: kind.info().outputs[0].name.to_owned() }
    }
}

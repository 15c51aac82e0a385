mod arithmetic;
mod cumsum;
pub(crate) mod extremes;
mod max;
mod max_index;
pub(crate) mod pointwise;
mod slide;
mod sum;
mod transcendental;

pub use self::arithmetic::{Add, Ceil, Div, Floor, Mult, Sqrt, Sub};
pub use self::cumsum::CumSum;
pub(crate) use self::cumsum::accumulate;
pub use self::max::{Max, Min, MinMax};
pub use self::max_index::{MaxIndex, MinIndex, MinMaxIndex};
pub use self::sum::Sum;
pub use self::transcendental::{Acos, Asin, Atan, Cos, Cosh, Exp, Ln, Log10, Sin, Sinh, Tan, Tanh};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Acos, _, _>(),
    Maker::of::<Add, _, _>(),
    Maker::of::<Asin, _, _>(),
    Maker::of::<Atan, _, _>(),
    Maker::of::<Ceil, _, _>(),
    Maker::of::<Cos, _, _>(),
    Maker::of::<Cosh, _, _>(),
    Maker::of::<CumSum, _, _>(),
    Maker::of::<Div, _, _>(),
    Maker::of::<Exp, _, _>(),
    Maker::of::<Floor, _, _>(),
    Maker::of::<Ln, _, _>(),
    Maker::of::<Log10, _, _>(),
    Maker::of::<Max, _, _>(),
    Maker::of::<MaxIndex, _, _>(),
    Maker::of::<Min, _, _>(),
    Maker::of::<MinIndex, _, _>(),
    Maker::of::<MinMax, _, _>(),
    Maker::of::<MinMaxIndex, _, _>(),
    Maker::of::<Mult, _, _>(),
    Maker::of::<Sin, _, _>(),
    Maker::of::<Sinh, _, _>(),
    Maker::of::<Sqrt, _, _>(),
    Maker::of::<Sub, _, _>(),
    Maker::of::<Sum, _, _>(),
    Maker::of::<Tan, _, _>(),
    Maker::of::<Tanh, _, _>(),
];

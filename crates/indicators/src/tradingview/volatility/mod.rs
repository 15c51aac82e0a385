mod atr;
mod bollinger;
mod donchian;
mod keltner;
mod true_range;

pub use self::atr::Atr;
pub use self::bollinger::{Bollinger, BollingerWidth};
pub use self::donchian::Donchian;
pub use self::keltner::{Kcw, Keltner};
pub use self::true_range::{Tr, Trange};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Atr, _, _>(),
    Maker::of::<Trange, _, _>(),
    Maker::of::<Tr, _, _>(),
    Maker::of::<Bollinger, _, _>(),
    Maker::of::<BollingerWidth, _, _>(),
    Maker::of::<Keltner, _, _>(),
    Maker::of::<Kcw, _, _>(),
    Maker::of::<Donchian, _, _>(),
];
